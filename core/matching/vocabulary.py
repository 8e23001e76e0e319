"""What a FAQ's people write: its own words and their order, on top of the shipped English."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import exp
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.matching.lexicon import english
from core.matching.prose import words
from core.matching.slips import FURTHEST

# A rarer word may be a slip, and no word is mended to it.
RARE = exp(-12.5)
# A foreign word that is at least so common in English too says nothing of the language.
COMMON = exp(-7)
# The share of the FAQ's own words in the mixture, and how many words of it are worth nothing.
OWN, DOUBT = 0.5, 2000
# The share of the FAQ's own word order, where the earlier word has been seen often.
ORDER, SELDOM = 0.35, 5
SHORT = 5  # letters; shorter words are one slip from what was meant

Buckets = dict[tuple[str, int], list[str]]


class Vocabulary:
    """How likely a word is in a FAQ, alone or after another, and which words are near."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.english = english()
        self._own: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            read = [word.text for word in words(text)]
            self._own.update(read)
            self._pairs.update(pairwise(read))
        self._weight = OWN / (self._own.total() + DOUBT)
        self._near = _bucketed(word for word in self._own if word not in self.english.levels)

    def owns(self, word: str) -> bool:
        """Whether the FAQ itself says it."""
        return word in self._own

    def knows(self, word: str) -> bool:
        """Whether it is a word at all."""
        return word in self.english.levels or word in self._own

    def trusts(self, word: str) -> bool:
        """Whether it is a word that needs no second look."""
        return word in self._own or self.english.probability(word) >= RARE

    def is_english(self, word: str) -> bool:
        """Whether it speaks for a text being English."""
        return self.trusts(word) and word not in self.english.foreign

    def is_foreign(self, word: str) -> bool:
        """Whether it speaks against that; "me" does neither."""
        if not word.isascii():
            return True
        return word in self.english.foreign and self.english.probability(word) < COMMON

    def meant(self, word: str) -> str | None:
        """What it is short for, unless the FAQ writes it so itself."""
        return None if self.owns(word) else self.english.shortenings.get(word)

    def probability(self, word: str, before: str | None = None) -> float:
        """How likely it comes, after the word before it if that is given; 0 when unknown."""
        alone = (1 - OWN) * self.english.probability(word) + self._weight * self._own[word]
        seen = self._own[before] if before else 0
        if not seen:
            return alone
        share = ORDER * seen / (seen + SELDOM)
        return (1 - share) * alone + share * self._pairs[before or "", word] / seen

    def near(self, written: str) -> set[str]:
        """The trusted words one slip away, and two where the word is long."""
        furthest = 1 if len(written) < SHORT else FURTHEST
        found = {*_within(furthest, written, _english_buckets()), *_other_heads(written)}
        found.update(_within(furthest, written, self._near))
        found.discard(written)
        return {
            word for word in found if len(word) > 1 and self.trusts(word) and not self.meant(word)
        }


@lru_cache(maxsize=1)
def _english_buckets() -> Buckets:
    return _bucketed(english().levels)


def _bucketed(all: Iterable[str]) -> Buckets:
    """Words by first letter and length: people seldom miss the first, and slips change few."""
    buckets: Buckets = defaultdict(list)
    for word in all:
        buckets[word[0], len(word)].append(word)
    return dict(buckets)


def _within(furthest: int, written: str, buckets: Buckets) -> Iterator[str]:
    for length in range(len(written) - furthest, len(written) + furthest + 1):
        bucket = buckets.get((written[0], length), [])
        for found, _, _ in process.extract(
            written, bucket, scorer=OSA.distance, score_cutoff=furthest, limit=None
        ):
            yield found


def _other_heads(written: str) -> Iterator[str]:
    """Every text that one slip at its head may have turned into this one."""
    head, tail = written[0], written[1:]
    if tail:
        yield tail
        yield tail[0] + head + tail[1:]
    for letter in ascii_lowercase:
        yield letter + written
        yield letter + tail
