"""Reviewed questions while a person is still typing: prefixes and half words count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from core.content.model import Entry

_WORD = re.compile(r"\w+")
# What a word of the question itself weighs against one that only an ask has.
QUESTION, ASK = 2.0, 1.0
LONGEST = 12


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: Entry
    question: frozenset[str]
    asks: frozenset[str]


class Suggester:
    """Ranks entries by how many typed words begin a word of their question or asks."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._indexed = [
            _Indexed(entry, _words(entry.question), _words(" ".join(entry.asks)))
            for entry in entries
        ]

    def suggest(self, text: str) -> list[Entry]:
        """Entries for what was typed so far, best first; all of them for nothing typed."""
        typed = list(dict.fromkeys(_WORD.findall(text.casefold())))[-LONGEST:]
        if not typed:
            return [one.entry for one in self._indexed]
        scores = [0.0] * len(self._indexed)
        for word in typed:
            for at, weight in self._weights(word):
                scores[at] += weight
        order = sorted((at for at, score in enumerate(scores) if score), key=lambda at: -scores[at])
        return [self._indexed[at].entry for at in order]

    def _weights(self, typed: str) -> list[tuple[int, float]]:
        """The entries that have a word beginning with `typed`; a rare one weighs more."""
        hits = [(at, _weight(typed, one)) for at, one in enumerate(self._indexed)]
        hits = [(at, weight) for at, weight in hits if weight]
        rarity = log(1 + len(self._indexed) / max(1, len(hits)))
        return [(at, weight * rarity) for at, weight in hits]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _weight(typed: str, indexed: _Indexed) -> float:
    if any(known.startswith(typed) for known in indexed.question):
        return QUESTION
    return ASK if any(known.startswith(typed) for known in indexed.asks) else 0.0
