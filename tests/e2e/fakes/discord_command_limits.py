"""The rules for registering application commands."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.e2e.fakes.discord_limits import Path, choices, long, many, objects, text
from tests.e2e.fakes.discord_refusal import Problem, Refusal

Json = dict[str, Any]

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP = 1, 2
MOST = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
LOCALES = frozenset(
    [
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en-GB",
        "en-US",
        "es-419",
        "es-ES",
        "fi",
        "fr",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "lt",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "ru",
        "sv-SE",
        "th",
        "tr",
        "uk",
        "vi",
        "zh-CN",
        "zh-TW",
    ]
)


def commands(value: object) -> Iterator[Problem]:
    """Everything wrong with the whole list of commands."""
    for number, item in enumerate(objects(value)):
        yield from command(item, (number,))
    names = Counter((kind(item), text(item.get("name"))) for item in objects(value))
    for (_, name), times in names.items():
        if times > 1:
            yield Problem(
                (),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                f"Application command names must be unique: {name}",
            )


def kind(item: Json) -> int:
    """1 chat input, 2 user, 3 message."""
    return item.get("type") or CHAT_INPUT


def refuse_too_many(items: list[Json]) -> None:
    """30032 when a kind of command has more than it may."""
    for which, times in Counter(map(kind, items)).items():
        if times > MOST.get(which, 1):
            raise Refusal(
                400,
                30032,
                why=f"{times} commands of type {which}, {MOST.get(which, 1)} are allowed",
            )


def command(item: Json, at: Path = ()) -> Iterator[Problem]:
    """One command."""
    if kind(item) == CHAT_INPUT:
        yield from _names(item, at, strict=True)
        yield from _texts(item, at)
        yield from options(item.get("options"), (*at, "options"))
        if size(item) > 8000:
            yield Problem(
                at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)"
            )
        return
    yield from _names(item, at, strict=False)
    if item.get("description"):
        yield Problem(
            (*at, "description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
            "Context menus have no description",
        )
    if item.get("options"):
        yield Problem(
            (*at, "options"),
            "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS",
            "Context menus have no options",
        )


def options(value: object, at: Path) -> Iterator[Problem]:
    """The options of a command or a subcommand."""
    yield from many(at, value, 25)
    optional, seen = False, set()
    for number, option in enumerate(objects(value)):
        here, name = (*at, number), text(option.get("name"))
        yield from _option(option, here)
        if option.get("required") and optional:
            yield Problem(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        if name in seen:
            yield Problem(
                here, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique"
            )
        optional = optional or not option.get("required")
        seen.add(name)


def _option(option: Json, at: Path) -> Iterator[Problem]:
    yield from _names(option, at, strict=True)
    yield from _texts(option, at)
    yield from choices(option.get("choices"), (*at, "choices"))
    if option.get("choices") and option.get("autocomplete"):
        yield Problem(
            at,
            "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
            "choices and autocomplete exclude each other",
        )
    if option.get("type") in (SUBCOMMAND, GROUP):
        yield from options(option.get("options"), (*at, "options"))


def _names(item: Json, at: Path, strict: bool) -> Iterator[Problem]:
    for path, name in _localized(item, "name", at):
        yield from long(path, name, 32, 1)
        if strict and not valid(name):
            yield Problem(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    yield from _locales(item, "name_localizations", at)


def _texts(item: Json, at: Path) -> Iterator[Problem]:
    for path, description in _localized(item, "description", at):
        yield from long(path, description, 100, 1)
    yield from _locales(item, "description_localizations", at)


def _localized(item: Json, field: str, at: Path) -> Iterator[tuple[Path, str]]:
    yield (*at, field), text(item.get(field))
    for locale, words in (item.get(f"{field}_localizations") or {}).items():
        yield (*at, f"{field}_localizations", locale), text(words)


def _locales(item: Json, field: str, at: Path) -> Iterator[Problem]:
    for locale in item.get(field) or {}:
        if locale not in LOCALES:
            yield Problem((*at, field), "BASE_TYPE_CHOICES", f"{locale} is not a locale of Discord")


def valid(name: str) -> bool:
    """Letters, digits, marks, - _ ' and lower case wherever there is one."""
    return name == name.lower() and all(
        c in "-_'" or unicodedata.category(c)[0] in "LNM" for c in name
    )


def size(item: Json) -> int:
    """What counts towards the 8,000: names, descriptions, values; the longest translation."""
    own = sum(
        max(len(words) for _, words in _localized(item, field, ()))
        for field in ("name", "description")
    )
    fixed = sum(
        size(choice) + len(str(choice.get("value", ""))) for choice in objects(item.get("choices"))
    )
    return own + fixed + sum(map(size, objects(item.get("options"))))
