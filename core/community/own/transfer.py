"""A community's answers as a YAML file, written and read back; a file may be anybody's, and hostile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from core.community.own.text import FIELDS, Text
from core.content.document import Document, parse
from core.content.problem import Problem
from core.content.shape import shaped
from core.content.transfer import FiledEntry, FiledLesson, Filing

FILE = "faq.yaml"
LARGEST, MOST_ENTRIES, MOST_TAUGHT = 1_000_000, 500, 300
_HEAD = "# Answers of a community, as Fossae keeps them: `/faq import` or `fossae db import` reads them back.\n"


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry of a file beside what is there: the fields that differ, none where it is the same."""

    entry: FiledEntry
    new: bool
    fields: tuple[str, ...]


def written(entries: Iterable[FiledEntry], taught: Iterable[FiledLesson]) -> str:
    """The file's text."""
    said = {
        "entries": [_plain(entry.model_dump(mode="json")) for entry in entries],
        "taught": [_plain(lesson.model_dump(mode="json")) for lesson in taught],
    }
    return _HEAD + yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=100)


def read(data: bytes) -> tuple[Filing, tuple[Problem, ...]]:
    """What a file holds, and every reason why it can't be taken; size is looked at first."""
    if len(data) > LARGEST:
        what = f"the file is larger than {LARGEST // 1_000} kB"
        return Filing(), (_problem("too-large", what, "split it"),)
    try:
        document = parse(FILE, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Filing(), (_problem("unreadable", "this is not UTF-8 text", "export it anew"),)
    filing = _filing(document)
    document.problems += _twice(filing)
    return filing, tuple(document.problems)


def text_of(entry: FiledEntry) -> Text:
    """The words of an entry, as a form would have brought them."""
    lines = {name: "\n".join(getattr(entry, name)) for name in ("asks", "links")}
    plain = {name: getattr(entry, name) for name in ("question", "short", "more")}
    return Text.of(plain | lines)


def filed(slug: str, text: Text, *, published: bool) -> FiledEntry:
    """An entry as it stands in the file."""
    said = {name: getattr(text, name) for name in FIELDS}
    return FiledEntry(id=slug, **said, state="published" if published else "draft")


def differences(filing: Filing, here: Mapping[str, Text]) -> tuple[Changed, ...]:
    """What taking a file would change; `here` are the texts by name."""
    found = []
    for entry in filing.entries:
        now, text = here.get(entry.id), text_of(entry)
        fields = tuple(
            name for name in FIELDS if now is None or getattr(now, name) != getattr(text, name)
        )
        found.append(Changed(entry, now is None, fields))
    return tuple(found)


def _filing(document: Document) -> Filing:
    data = document.data
    if data is None:
        return Filing()
    if not isinstance(data, dict):
        document.problems.append(
            document.problem(
                (), "wrong-kind", "this is no export of answers", "begin with `entries:`"
            )
        )
        return Filing()
    entries = tuple(_records(document, "entries", FiledEntry, MOST_ENTRIES))
    taught = tuple(_records(document, "taught", FiledLesson, MOST_TAUGHT))
    for key in data.keys() - {"entries", "taught"}:
        what = f"`{key[:40]}` is no part of an export"
        document.problems.append(document.problem((key,), "unknown-key", what, "take it out"))
    return Filing(entries=entries, taught=taught)


def _records(document: Document, key: str, model: type[Any], most: int) -> Iterator[Any]:
    items = document.data.get(key) or []
    if not isinstance(items, list):
        problem = document.problem(
            (key,), "wrong-kind", f"`{key}` is not a list", "begin with `- `"
        )
        document.problems.append(problem)
        return
    if len(items) > most:
        what = f"`{key}` has more than {most} items"
        document.problems.append(document.problem((key,), "too-many", what, "split the file"))
    for at, item in enumerate(items[:most]):
        if record := shaped(document, item, model, (key, at)):
            yield record


def _twice(filing: Filing) -> Iterator[Problem]:
    for id, times in Counter(entry.id for entry in filing.entries).items():
        if times > 1:
            yield _problem("duplicate-id", f"`{id}` is there {times} times", "keep one of them")


def _problem(rule: str, what: str, remedy: str) -> Problem:
    return Problem(FILE, 1, rule, what, remedy)


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty, and what a reader fills in by itself."""
    return {key: value for key, value in said.items() if value not in ("", [], "false")}
