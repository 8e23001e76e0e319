"""What moderators taught, laid over the entries of a library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from core.content.curating import LessonKind
from core.content.library import Library
from core.content.model import Ask, Entry

_ASK: TypeAdapter[str] = TypeAdapter(Ask)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Wordings that `entry` answers from now on, or never does."""

    kind: LessonKind
    entry: str
    texts: tuple[str, ...]


def learnt(library: Library, lessons: Iterable[Lesson]) -> Library:
    """The library with the lessons in it; one about an entry that is gone is left out."""
    entries = dict(library.entries)
    for lesson in lessons:
        if lesson.entry in entries:
            entries[lesson.entry] = _taught(entries[lesson.entry], lesson)
    packs = tuple(
        pack.model_copy(update={"entries": tuple(entries[entry.id] for entry in pack.entries)})
        for pack in library.packs
    )
    return replace(library, packs=packs, entries=entries)


def fit(library: Library, entry: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that can become wordings of `entry`: none is another's, or its own already."""
    known = {plain(said) for one in library.entries.values() for said in (one.question, *one.asks)}
    known |= {plain(said) for said in library.entries[entry].not_asks}
    return tuple(text for text in texts if plain(text) not in known and _is_ask(text))


def plain(text: str) -> str:
    """How a known wording is compared: as the engine does."""
    return " ".join(text.casefold().split()).strip(" ?!.")


def _taught(entry: Entry, lesson: Lesson) -> Entry:
    field = "asks" if lesson.kind == LessonKind.ASKED else "not_asks"
    said = tuple(dict.fromkeys((*getattr(entry, field), *lesson.texts)))
    return entry.model_copy(update={field: said})


def _is_ask(text: str) -> bool:
    try:
        _ASK.validate_python(text)
    except ValidationError:
        return False
    return True
