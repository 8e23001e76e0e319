"""What keeps a text from being published, in words: the models and rules of files, asked in chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from core.community.own.shelf import Written, own_entries, own_entry
from core.community.own.text import Text
from core.content.document import Document
from core.content.draft import Draft, Filed
from core.content.library import Library
from core.content.model import Entry
from core.content.moderation import Moderation
from core.content.own import OwnEntry
from core.content.pack import Pack
from core.content.problem import Problem
from core.content.rules.asks import CONTRADICTION, SHARED_ASK
from core.content.rules.rule import Rule
from core.content.rules.texts import BANNED, MARKUP, OWNERLESS

# Reading age is left to authors: bots run without the package that measures it.
RULES: tuple[Rule, ...] = (SHARED_ASK, CONTRADICTION, MARKUP, BANNED, OWNERLESS)
MOST_ASKS, MOST_LINKS = 30, 5
_HERE, _OTHERS = "here", "others"
_QUOTED = re.compile(r"`([^`]*)`")
_KINDS = {
    "string_too_long": "too-long",
    "string_too_short": "empty-text",
    "string_pattern_mismatch": "bad-form",
}


class Linter:
    """Holds texts against the models, the rules, and all that is answered already."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._said = library.wording.moderation
        self._shipped = [_draft(pack, pack.entries, _OTHERS) for pack in library.packs]

    def problems(self, tag: str, written: Written, others: Iterable[OwnEntry]) -> tuple[str, ...]:
        """What is wrong with a text beside the community's `others`, a sentence each."""
        try:
            next(own_entries(tag, [written], self._library))
            entry = own_entry(tag, written, f"{written.slug[:20]} {tag}")
        except ValidationError as error:
            details = error.errors(include_url=False)
            return tuple(dict.fromkeys(_shape(self._said, detail) for detail in details))
        found = (*self._broken(entry, others), *_too_many(self._said, entry))
        return tuple(dict.fromkeys(found))

    def note_problems(self, tag: str, said: str, today: date) -> tuple[str, ...]:
        """What is wrong with a note: it is held against what holds for short answers."""
        written = Written("note", Text(question=f"Note {tag}?", short=said), today, today)
        short, note = self._said.fields.short.label, self._library.wording.curating.note_field.label
        return tuple(one.replace(short, note, 1) for one in self.problems(tag, written, ()))

    def _broken(self, entry: OwnEntry, others: Iterable[OwnEntry]) -> Iterator[str]:
        first = self._library.packs[0]
        rest = [other for other in others if other.id != entry.id]
        here = [_draft(first, [entry], _HERE)]
        everywhere = [*self._shipped, _draft(first, rest, _OTHERS), *here]
        for rule in RULES:
            for problem in rule.check(everywhere if rule is SHARED_ASK else here, date.min):
                if problem.file == _HERE:
                    yield self._words(problem, entry)

    def _words(self, problem: Problem, entry: OwnEntry) -> str:
        quoted = _QUOTED.findall(problem.what)
        field = next((name for name in _SPOKEN if f"`{name}`" in problem.what), "asks")
        said = next((text for text in quoted if text in entry.asks), quoted[-1] if quoted else "")
        if problem.rule == "shared-ask" and entry.question in quoted:
            return _sentence(self._said, "duplicate", "question", entry.question)
        return _sentence(self._said, problem.rule, field, said)


_SPOKEN = ("question", "short", "more")


def _too_many(said: Moderation, entry: OwnEntry) -> Iterator[str]:
    if len(entry.asks) > MOST_ASKS:
        yield _sentence(said, "many-asks", "asks", most=MOST_ASKS)
    if len(entry.links) > MOST_LINKS:
        yield _sentence(said, "many-links", "links", most=MOST_LINKS)


def _shape(said: Moderation, detail: ErrorDetails) -> str:
    field = str(detail["loc"][0])
    most = detail.get("ctx", {}).get("max_length", 0)
    rule = _KINDS.get(detail["type"], "wrong-kind")
    return _sentence(said, rule, field, str(detail["input"]), most)


def _sentence(said: Moderation, rule: str, field: str, found: str = "", most: int = 0) -> str:
    label = getattr(said.fields, field, said.fields.question).label
    return said.problems[rule].format(field=label, said=f"“{found[:100]}”", most=most)


def _draft(pack: Pack, entries: Iterable[Entry], file: str) -> Draft:
    document = Document(file)
    # A card of nobody's file: what is wrong with it is not this writer's business.
    card = Filed(pack.card, Document(_OTHERS), ())
    filed = [Filed(_all_asked(entry), document, ()) for entry in entries]
    return Draft(card, [], [], filed)


def _all_asked(entry: Entry) -> Entry:
    """An entry with its question among its asks: neither may be another's."""
    said = {ask.casefold().strip(" ?!."): ask for ask in (*entry.asks, entry.question)}
    return entry.model_copy(update={"asks": tuple(said.values())})
