"""What moderators taught, laid over the entries of a library."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from core.content.curating import LessonKind
from core.content.library import Library
from core.content.model import Ask, Entry
from core.content.pack import Pack

_ASK: TypeAdapter[str] = TypeAdapter(Ask)


@dataclass(frozen=True, slots=True)
class Lesson:
    """Wordings that `entry` answers from now on, or never does; a note on it; or that it is hidden."""

    kind: LessonKind
    entry: str
    texts: tuple[str, ...]


def learnt(library: Library, lessons: Iterable[Lesson]) -> Library:
    """The library with the lessons in it; one about an entry that is gone is left out."""
    entries, notes = dict(library.entries), dict(library.notes)
    kept = needed(library)
    for lesson in lessons:
        match lesson.kind:
            case _ if lesson.entry not in entries:
                continue
            case LessonKind.NOTE:
                notes[lesson.entry] = " ".join(lesson.texts)
            case LessonKind.HIDDEN if lesson.entry not in kept:
                del entries[lesson.entry]
            case LessonKind.ASKED | LessonKind.NEVER:
                entries[lesson.entry] = _taught(entries[lesson.entry], lesson)
            case _:
                continue
    packs = tuple(_with(pack, entries) for pack in library.packs)
    return replace(library, packs=packs, entries=entries, notes=notes)


def needed(library: Library) -> frozenset[str]:
    """The entries that a safety rule, a guided check or a way for minors leads to."""
    messages = (message for rule in library.rules.values() for message in rule.messages)
    leads = (
        lead.entry
        for check in library.assessments.values()
        for outcome in check.outcomes
        for lead in outcome.leads
    )
    stand_ins = (pack.card.under_18 for pack in library.packs)
    return frozenset((*(id for message in messages for id in message.entries), *leads, *stand_ins))


def digest(entry: Entry) -> str:
    """Changes when an update changes anything of an entry."""
    return hashlib.sha256(entry.model_dump_json().encode()).hexdigest()[:16]


def fit(library: Library, entry: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The texts that can become wordings of `entry`: none is another's, or its own already."""
    known = {plain(said) for one in library.entries.values() for said in (one.question, *one.asks)}
    known |= {
        plain(said) for one in library.entries.values() if one.id == entry for said in one.not_asks
    }
    return tuple(text for text in texts if plain(text) not in known and _is_ask(text))


def plain(text: str) -> str:
    """How a known wording is compared: as the engine does."""
    return " ".join(text.casefold().split()).strip(" ?!.")


def _with(pack: Pack, entries: Mapping[str, Entry]) -> Pack:
    kept = tuple(entries[entry.id] for entry in pack.entries if entry.id in entries)
    return pack.model_copy(update={"entries": kept})


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
