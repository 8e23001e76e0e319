"""The measures, as ../shared/research/matching.md defines them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import inf, nan

# The shares of wrong answers that an operator may accept.
ASKED = (0.02, 0.05, 0.10)
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """What a system made of one question.

    `entry` is the right one (None: nothing is), `place` where the system ranked it (1 is first, 0 not
    at all), `confidence` that of its first candidate (minus infinity: it had none), and `answers` the
    entry it answered with outright, by the share of wrong answers that was asked for.
    """

    entry: str | None
    place: int
    confidence: float
    answers: Mapping[float, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold came to: wrong of the answers given, and useful coverage."""

    wrong: float
    coverage: float
    given: int


def accuracy(judged: Sequence[Judged], within: int) -> float:
    """The share of in-scope questions whose entry is among the first `within`."""
    inside = [one for one in judged if one.entry is not None]
    return sum(1 <= one.place <= within for one in inside) / len(inside) if inside else nan


def reciprocal_rank(judged: Sequence[Judged]) -> float:
    """The mean over in-scope questions of 1 / the place of the right entry; 0 where unranked."""
    inside = [one for one in judged if one.entry is not None]
    return sum(1 / one.place for one in inside if one.place) / len(inside) if inside else nan


def separation(judged: Sequence[Judged]) -> float:
    """Out-of-scope AUROC: how often an in-scope question is surer than one that is not; ties half."""
    outside = sorted(one.confidence for one in judged if one.entry is None)
    inside = [one.confidence for one in judged if one.entry is not None]
    if not inside or not outside:
        return nan
    below = sum(bisect_left(outside, one) + bisect_right(outside, one) for one in inside)
    return below / 2 / len(inside) / len(outside)


def useful_coverage(judged: Sequence[Judged], wrong: float) -> float:
    """The most useful coverage that any threshold allows with at most `wrong`: the oracle's.

    Useful coverage is in-scope questions answered with the right entry / all in-scope questions; wrong
    is in-scope ones answered wrongly plus out-of-scope ones answered / all answers given.
    """
    inside = sum(one.entry is not None for one in judged)
    if not inside:
        return nan
    kept = (right for given, right in _cuts(judged) if given - right <= wrong * given + _ROUNDING)
    return max(kept, default=0) / inside


def operating_point(judged: Sequence[Judged], asked: float) -> Point:
    """What the system's own decisions came to when it was asked for at most `asked` wrong."""
    inside = sum(one.entry is not None for one in judged)
    answered = [one for one in judged if one.answers[asked] is not None]
    right = sum(one.answers[asked] == one.entry for one in answered)
    wrong = (len(answered) - right) / len(answered) if answered else nan
    return Point(wrong, right / inside if inside else nan, len(answered))


def _cuts(judged: Sequence[Judged]) -> Iterator[tuple[int, int]]:
    """Answers given and right ones, at every threshold; equal confidences are cut together."""
    sure = sorted((one for one in judged if one.confidence > -inf), key=lambda one: -one.confidence)
    given = right = 0
    for _, tied in groupby(sure, key=lambda one: one.confidence):
        for one in tied:
            given += 1
            right += one.entry is not None and one.place == 1
        yield given, right
