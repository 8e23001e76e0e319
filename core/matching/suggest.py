"""Reviewed questions while a person is still typing: prefixes and half words count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from math import log

from core.content.model import Entry

_WORD = re.compile(r"\w+")
# What a word of the question itself weighs against one that only an ask has.
QUESTION, ASK = 2.0, 1.0
LONGEST = 12
_LAST = "\U0010ffff"


class Suggester:
    """Ranks entries by how many typed words begin a word of their question or asks."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._found: dict[str, dict[int, float]] = defaultdict(dict)
        for at, entry in enumerate(self._entries):
            for word in _words(" ".join(entry.asks)):
                self._found[word][at] = ASK
            for word in _words(entry.question):
                self._found[word][at] = QUESTION
        self._words = sorted(self._found)

    def suggest(self, text: str) -> list[Entry]:
        """Entries for what was typed so far, best first; all of them for nothing typed."""
        typed = list(dict.fromkeys(_WORD.findall(text.casefold())))[-LONGEST:]
        if not typed:
            return self._entries
        scores: dict[int, float] = defaultdict(float)
        for word in typed:
            for at, weight in self._weights(word).items():
                scores[at] += weight
        order = sorted(scores, key=lambda at: (-scores[at], at))
        return [self._entries[at] for at in order]

    def _weights(self, typed: str) -> dict[int, float]:
        """The entries that have a word beginning with `typed`; a rare one weighs more."""
        first, end = bisect_left(self._words, typed), bisect_left(self._words, typed + _LAST)
        hits: dict[int, float] = {}
        for word in self._words[first:end]:
            for at, weight in self._found[word].items():
                hits[at] = max(weight, hits.get(at, 0.0))
        rarity = log(1 + len(self._entries) / max(1, len(hits)))
        return {at: weight * rarity for at, weight in hits.items()}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
