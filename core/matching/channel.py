"""Which reading of a doubtful word is likeliest, by how common it is and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import NamedTuple

from core.matching.slips import SPACE, cost
from core.matching.vocabulary import Vocabulary

UNKNOWN, UNKNOWN_LETTER = -14.0, -1.0  # what a word that nobody knows scores, in nats
PAIR, UNKNOWN_PAIR = 2, 2.0  # unknown words of two letters are often abbreviations
MARGIN = 1.0  # by how much a reading must beat what was written,
MARGIN_KNOWN = 3.0  # and where that is a word, if a rare one
JOINT = 3.0  # what a space too many costs


class Place(NamedTuple):
    """A doubtful word between its neighbours; `own` admits only words of the FAQ."""

    word: str
    before: str | None
    after: str | None
    own: bool


def likeliest(vocabulary: Vocabulary, place: Place) -> str:
    """The reading that beats what was written by most, or what was written; two words at most."""
    bar = _as_written(vocabulary, place)
    best = max(_readings(vocabulary, place), default=(bar, place.word))
    return best[1] if best[0] > bar else place.word


def is_one(vocabulary: Vocabulary, first: str, second: str) -> bool:
    """Whether two words are likelier one with a space too many in it."""
    whole = vocabulary.probability(first + second)
    if not whole:
        return False
    return log(whole) - JOINT > _alone(vocabulary, first) + _alone(vocabulary, second)


def _readings(vocabulary: Vocabulary, place: Place) -> Iterator[tuple[float, str]]:
    for word in vocabulary.near(place.word):
        if vocabulary.owns(word) or not place.own:
            yield _likely(vocabulary, place, word) - cost(place.word, word), word
    for first, second in () if place.own else _splits(vocabulary, place.word):
        score = log(vocabulary.probability(first, place.before)) - SPACE
        rest = place._replace(before=first)
        yield score + _likely(vocabulary, rest, second), f"{first} {second}"


def _splits(vocabulary: Vocabulary, written: str) -> Iterator[tuple[str, str]]:
    for at in range(1, len(written)):
        halves = written[:at], written[at:]
        if all(vocabulary.trusts(half) and (len(half) > 1 or half in "ai") for half in halves):
            yield halves


def _as_written(vocabulary: Vocabulary, place: Place) -> float:
    if vocabulary.knows(place.word):
        return MARGIN_KNOWN + _likely(vocabulary, place, place.word)
    return MARGIN + _unknown(place.word)


def _likely(vocabulary: Vocabulary, place: Place, word: str) -> float:
    """The logarithm of how likely a known word is between its neighbours."""
    score = log(vocabulary.probability(word, place.before))
    if place.after and (alone := vocabulary.probability(place.after)):
        score += log(vocabulary.probability(place.after, word) / alone)
    return score


def _alone(vocabulary: Vocabulary, word: str) -> float:
    return log(vocabulary.probability(word)) if vocabulary.knows(word) else _unknown(word)


def _unknown(word: str) -> float:
    score = UNKNOWN + UNKNOWN_LETTER * len(word)
    return score + UNKNOWN_PAIR if len(word) == PAIR else score
