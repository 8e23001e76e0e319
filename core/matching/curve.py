"""What other thresholds would have come to: how much is answered, and how much of that is wrong.

Known as a risk-coverage curve (R. El-Yaniv and Y. Wiener, "On the Foundations of Noise-free
Selective Classification", JMLR 11, 2010).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from core.matching.evaluation import Report, Trial
from core.matching.interval import wilson


@dataclass(frozen=True, slots=True)
class Point:
    """So many of all questions answered, and so many of the answers wrong."""

    questions: int
    given: int
    wrong: int

    @property
    def coverage(self) -> float:
        """The share of the questions that is answered."""
        return self.given / self.questions if self.questions else 0.0

    @property
    def risk(self) -> float:
        """The share of the answers that is wrong."""
        return self.wrong / self.given if self.given else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the risk."""
        return wilson(self.wrong, self.given)


def operating(report: Report) -> Point:
    """Where the matcher's own threshold lies."""
    return Point(len(report.trials), report.given, report.count("wrong"))


def curve(report: Report) -> list[Point]:
    """A point for each threshold that would change something, the strictest first.

    What no threshold would have answered, such as a text far from everything, is never given.
    """
    return list(_points(report))


def _points(report: Report) -> Iterator[Point]:
    given = wrong = 0
    reachable = [one for one in report.trials if one.match.reason in ("sure", "unsure")]
    for _, tied in groupby(sorted(reachable, key=_score, reverse=True), key=_score):
        for trial in tied:
            given += 1
            wrong += trial.match.candidates[0].entry not in trial.question.entries
        yield Point(len(report.trials), given, wrong)


def _score(trial: Trial) -> float:
    return trial.match.candidates[0].score
