"""The rules for a message and its parts, checked beside the schema and without it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.e2e.fakes.discord_refusal import Problem

Json = dict[str, Any]
Path = tuple[str | int, ...]
Check = Callable[[Any], Iterable[Problem]]

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
ACTION_ROW, BUTTON, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 4, 10, 18
LINK, PREMIUM = 5, 6
SELECTS = (3, 5, 6, 7, 8)
SENDABLE_FLAGS = (1 << 2) | (1 << 12) | COMPONENTS_V2
EMBED_TEXTS = {"title": 256, "description": 4096}


def text(value: object) -> str:
    """`value` if it is text, else nothing: wrong types are the schema's business."""
    return value if isinstance(value, str) else ""


def objects(value: object) -> list[Json]:
    """The objects in a list, or none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def long(path: Path, value: object, most: int, least: int = 0) -> Iterator[Problem]:
    """A text outside its length."""
    if least <= len(text(value)) <= most:
        return
    if least:
        yield Problem(
            path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
        )
    else:
        yield Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def many(path: Path, value: object, most: int) -> Iterator[Problem]:
    """A list with too many items."""
    if isinstance(value, list) and len(value) > most:
        yield Problem(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def message(body: Json, at: Path = (), flags: int = SENDABLE_FLAGS) -> Iterator[Problem]:
    """Everything wrong with a message somebody wants to send or to change into this."""
    yield from long((*at, "content"), body.get("content"), 2000)
    yield from embeds(body.get("embeds"), (*at, "embeds"))
    yield from components(body, at)
    yield from mentions(body, at)
    if (body.get("flags") or 0) & ~flags:
        yield Problem(
            (*at, "flags"), "BASE_TYPE_CHOICES", f"flags {body['flags']} may not be set here"
        )


def reply(body: Json, at: Path = ()) -> Iterator[Problem]:
    """A message that answers an interaction: it may be ephemeral as well."""
    return message(body, at, SENDABLE_FLAGS | EPHEMERAL)


def embeds(value: object, at: Path) -> Iterator[Problem]:
    """Every embed, and the 6,000 characters of all together."""
    yield from many(at, value, 10)
    for number, item in enumerate(objects(value)):
        yield from embed(item, (*at, number))
    if sum(map(embed_length, objects(value))) > 6000:
        yield Problem(at, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def embed(item: Json, at: Path) -> Iterator[Problem]:
    """One embed."""
    for name, most in EMBED_TEXTS.items():
        yield from long((*at, name), item.get(name), most)
    yield from long((*at, "footer", "text"), _part(item, "footer").get("text"), 2048)
    yield from long((*at, "author", "name"), _part(item, "author").get("name"), 256)
    yield from many((*at, "fields"), item.get("fields"), 25)
    for number, field in enumerate(objects(item.get("fields"))):
        yield from long((*at, "fields", number, "name"), text(field.get("name")).strip(), 256, 1)
        yield from long((*at, "fields", number, "value"), text(field.get("value")).strip(), 1024, 1)
    for name in ("image", "thumbnail"):
        yield from _scheme(
            (*at, name, "url"), _part(item, name).get("url"), ("http", "https", "attachment")
        )
    yield from _scheme((*at, "url"), item.get("url"), ("http", "https"))


def embed_length(item: Json) -> int:
    """What an embed counts towards the 6,000."""
    parts = [item.get("title"), item.get("description"), _part(item, "footer").get("text")]
    parts.append(_part(item, "author").get("name"))
    for field in objects(item.get("fields")):
        parts += [field.get("name"), field.get("value")]
    return sum(len(text(part)) for part in parts)


def mentions(body: Json, at: Path) -> Iterator[Problem]:
    """Both everybody of a kind and some of them by name."""
    allowed = _part(body, "allowed_mentions")
    for kind in ("users", "roles"):
        if allowed.get(kind) and kind in (allowed.get("parse") or []):
            words = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem(
                (*at, "allowed_mentions"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words
            )


def components(body: Json, at: Path) -> Iterator[Problem]:
    """Rows, buttons and menus; the new layout only with its flag."""
    here = (*at, "components")
    rows = objects(body.get("components"))
    if (body.get("flags") or 0) & COMPONENTS_V2:
        yield from _new_layout(body, at, rows)
    else:
        yield from many(here, body.get("components"), 5)
        for number, row in enumerate(rows):
            if row.get("type") != ACTION_ROW:
                yield Problem(
                    (*here, number, "type"),
                    "UNION_TYPE_CHOICES",
                    'Value of field "type" must be one of (1,).',
                )
    for path, part in walk(rows, here):
        yield from _component(part, path)
    yield from _duplicates(rows, here)


def walk(parts: list[Json], at: Path) -> Iterator[tuple[Path, Json]]:
    """Every component with its path, the nested ones as well."""
    for number, part in enumerate(parts):
        yield (*at, number), part
        yield from walk(objects(part.get("components")), (*at, number, "components"))
        for name in ("accessory", "component"):
            if isinstance(part.get(name), dict):
                yield (*at, number, name), part[name]


def _component(part: Json, at: Path) -> Iterator[Problem]:
    kind = part.get("type")
    if kind == ACTION_ROW:
        yield from _row(part, at)
    if kind == BUTTON:
        yield from _button(part, at)
    if kind in SELECTS:
        yield from long((*at, "custom_id"), part.get("custom_id"), 100, 1)
        yield from long((*at, "placeholder"), part.get("placeholder"), 150)
        yield from many((*at, "options"), part.get("options"), 25)
        for number, option in enumerate(objects(part.get("options"))):
            yield from long((*at, "options", number, "label"), option.get("label"), 100, 1)
            yield from long((*at, "options", number, "value"), option.get("value"), 100, 1)
            yield from long((*at, "options", number, "description"), option.get("description"), 100)


def _row(row: Json, at: Path) -> Iterator[Problem]:
    inside = objects(row.get("components"))
    width = sum(5 if part.get("type") in SELECTS else 1 for part in inside)
    if width > 5:
        yield Problem(
            at,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )
    if not inside:
        yield Problem(
            (*at, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
        )


def _button(button: Json, at: Path) -> Iterator[Problem]:
    yield from long((*at, "label"), button.get("label"), 80)
    if not button.get("label") and not button.get("emoji") and button.get("style") != PREMIUM:
        yield Problem(
            at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji"
        )
    if button.get("style") == LINK:
        yield from _link(button, at)
    elif button.get("style") != PREMIUM:
        yield from long((*at, "custom_id"), button.get("custom_id"), 100, 1)
        if button.get("url"):
            yield Problem(
                at,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )


def _link(button: Json, at: Path) -> Iterator[Problem]:
    yield from long((*at, "url"), button.get("url"), 512, 1)
    yield from _scheme((*at, "url"), button.get("url"), ("http", "https", "discord"))
    if button.get("custom_id"):
        yield Problem(
            at,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
            "A custom id and url cannot both be specified",
        )


def _scheme(at: Path, url: object, allowed: tuple[str, ...]) -> Iterator[Problem]:
    scheme, colon, rest = text(url).partition("://")
    if text(url) and not (colon and rest and scheme.lower() in allowed):
        yield Problem(
            at,
            "URL_TYPE_INVALID_SCHEME",
            f'Scheme "{scheme}" is not supported. Scheme must be one of {allowed}.',
        )


def _duplicates(rows: list[Json], at: Path) -> Iterator[Problem]:
    seen = set()
    for path, part in walk(rows, at):
        name = text(part.get("custom_id"))
        if name and name in seen:
            yield Problem(
                (*path, "custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            )
        seen.add(name)


def _new_layout(body: Json, at: Path, rows: list[Json]) -> Iterator[Problem]:
    parts = [part for _, part in walk(rows, at)]
    for field in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(field):
            yield Problem(
                (*at, field),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"{field} with Components V2",
            )
    if len(parts) > 40:
        yield Problem(
            (*at, "components"),
            "BASE_TYPE_MAX_LENGTH",
            "The total number of components must be 40 or fewer.",
        )
    if sum(len(text(part.get("content"))) for part in parts) > 4000:
        yield Problem(
            (*at, "components"),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            "Text exceeds 4000 characters",
        )


def _part(item: Json, name: str) -> Json:
    value = item.get(name)
    return value if isinstance(value, dict) else {}


def callback(body: Json) -> Iterator[Problem]:
    """An answer to an interaction, by its type."""
    data = body.get("data") if isinstance(body.get("data"), dict) else {}
    assert isinstance(data, dict)
    if body.get("type") in (4, 5, 7):
        yield from reply(data, ("data",))
    if body.get("type") == 8:
        yield from choices(data.get("choices"), ("data", "choices"))
    if body.get("type") == 9:
        yield from modal(data, ("data",))


def choices(value: object, at: Path) -> Iterator[Problem]:
    """Suggestions of a command's option, fixed or while typing."""
    yield from many(at, value, 25)
    for number, choice in enumerate(objects(value)):
        yield from long((*at, number, "name"), choice.get("name"), 100, 1)
        if isinstance(choice.get("value"), str):
            yield from long((*at, number, "value"), choice["value"], 100, 1)


def modal(data: Json, at: Path) -> Iterator[Problem]:
    """A form."""
    yield from long((*at, "custom_id"), data.get("custom_id"), 100, 1)
    yield from long((*at, "title"), data.get("title"), 45, 1)
    yield from many((*at, "components"), data.get("components"), 5)
    for path, part in walk(objects(data.get("components")), (*at, "components")):
        yield from _field(part, path)
    yield from _duplicates(objects(data.get("components")), (*at, "components"))


def _field(part: Json, at: Path) -> Iterator[Problem]:
    if part.get("type") == LABEL:
        yield from long((*at, "label"), part.get("label"), 45, 1)
        yield from long((*at, "description"), part.get("description"), 100)
    if part.get("type") == TEXT_INPUT:
        yield from long((*at, "custom_id"), part.get("custom_id"), 100, 1)
        yield from long((*at, "label"), part.get("label"), 45)
        yield from long((*at, "placeholder"), part.get("placeholder"), 100)
        yield from long((*at, "value"), part.get("value"), part.get("max_length") or 4000)
    if part.get("type") in SELECTS:
        yield from _component(part, at)
