"""How often a matcher is right, offers the right entry, is wrong, or withholds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

import numpy as np

from core.matching.encoder import Vector
from core.matching.fused import FusedMatcher
from core.matching.index import Index, Rows
from core.matching.interval import shown
from core.matching.match import Match, Matcher
from core.matching.outcome import Labelled, Outcome, outcome

FOLDS = 5
# From this cosine on two wordings are the same question, lightly rewritten.
ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a labelled question."""

    question: Labelled
    match: Match
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """The trials of an evaluation, counted."""

    trials: tuple[Trial, ...]

    def count(self, outcome: Outcome) -> int:
        """How many trials ended so."""
        return Counter(trial.outcome for trial in self.trials)[outcome]

    @property
    def given(self) -> int:
        """How many answers were given, right or wrong."""
        return self.count("right") + self.count("wrong")

    @property
    def wrong_rate(self) -> float:
        """The share of wrong ones among the answers that were given; 0 when none was."""
        return self.count("wrong") / self.given if self.given else 0.0

    def __str__(self) -> str:
        whole = len(self.trials)
        return "\n".join([f"{whole} questions", *self._lines(whole)])

    def _lines(self, whole: int) -> Iterator[str]:
        for became in get_args(Outcome):
            part = self.count(became)
            yield f"  {became:9}{part:5}  {shown(part, whole)}"
        wrong = self.count("wrong")
        yield f"wrong of the {self.given} answers given: {shown(wrong, self.given)}"


def cross_validated(matcher: FusedMatcher) -> Report:
    """Every ask, matched by four fifths of the wordings, without itself and what is all but itself."""
    return Report(tuple(_held_out_trials(matcher)))


def held_out(matcher: FusedMatcher, alike: float = ALIKE) -> Iterator[tuple[int, Match]]:
    """Each ask's row and what would have been said of it, had its cluster never been written.

    Wordings whose cosine reaches `alike`, directly or by way of others, make one cluster.
    """
    cluster = clusters(matcher.corpus.vectors, alike)
    numbers = list(range(int(cluster.max(initial=-1)) + 1))
    random.Random(1).shuffle(numbers)  # noqa: S311 - the same folds each time
    folds = np.array([numbers[one] % FOLDS for one in cluster], np.intp)
    asks = np.array([one.wanted and not one.heading for one in matcher.wordings], bool)
    for fold in range(FOLDS):
        out = np.flatnonzero(asks & (folds == fold))
        known = np.flatnonzero(~np.isin(cluster, cluster[out]))
        if len(out) and any(matcher.wordings[row].wanted for row in known):
            rows = out.tolist()
            index = Index(matcher.corpus, known)
            yield from zip(rows, matcher.match_rows(index, rows), strict=True)


def clusters(vectors: Vector, alike: float) -> Rows:
    """The number of each row's cluster, counted from 0: connected by cosines of `alike` or more."""
    found = np.full(len(vectors), -1, np.intp)
    for row in range(len(vectors)):
        if found[row] < 0:
            number, waiting = found.max() + 1, [row]
            found[row] = number
            while waiting:
                near = np.flatnonzero((vectors @ vectors[waiting.pop()] >= alike) & (found < 0))
                found[near] = number
                waiting += near.tolist()
    return found


def labelled(matcher: Matcher, questions: Iterable[Labelled]) -> Report:
    """Questions with known answers, matched as a member's would be."""
    return Report(tuple(_trial(question, matcher.match(question.text)) for question in questions))


def _held_out_trials(matcher: FusedMatcher) -> Iterator[Trial]:
    for at, match in held_out(matcher):
        wording = matcher.wordings[at]
        yield _trial(Labelled(wording.text, (wording.entry,)), match)


def _trial(question: Labelled, match: Match) -> Trial:
    return Trial(question, match, _outcome(question, match))


def _outcome(question: Labelled, match: Match) -> Outcome:
    return outcome(question, match.kind, [candidate.entry for candidate in match.candidates])
