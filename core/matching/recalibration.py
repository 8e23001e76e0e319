"""What people who know a FAQ have said of its answers, and what that makes of its thresholds.

A verdict keeps what the matcher read of a question, never the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.matching.calibrator import SIGNS, Calibrator, Signs
from core.matching.interval import wilson
from core.matching.threshold import LOWEST, lowest_sure

# With fewer verdicts the interval is too wide to move a threshold.
FEWEST = 100
# What was learnt on public sets weighs like so many verdicts.
PRIOR = 50.0
ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Verdict:
    """`features` as `Match.features` had them: the signs, and what naming the subject did to the odds."""

    features: tuple[float, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A calibrator and a threshold for one FAQ, measured on `reviewed` verdicts.

    `wrong` is the share of wrong answers among those at or above the threshold, with its 95 % interval.
    """

    calibrator: Calibrator
    threshold: float
    reviewed: int
    answered: int
    wrong: tuple[float, float, float]


def measured(
    verdicts: Sequence[Verdict], calibrator: Calibrator, accepted: float
) -> Measured | None:
    """What verdicts make of a calibrator; None where there are fewer than FEWEST."""
    if len(verdicts) < FEWEST:
        return None
    read = np.array([verdict.features for verdict in verdicts], float)
    right = np.array([verdict.right for verdict in verdicts])
    signs, leaning = read[:, : len(SIGNS)], np.log(read[:, len(SIGNS)])
    fitted = _moved(calibrator, signs, leaning, right)
    chances = _chances(fitted, signs, leaning)
    # Who tries a FAQ asks what it has; of strangers' questions such verdicts say too little to go lower.
    lowest = LOWEST * calibrator.usual_threshold(accepted)
    threshold = max(lowest, lowest_sure(chances, right, accepted))
    given = chances >= threshold
    wrong = int((given & ~right).sum())
    share = wrong / max(1, int(given.sum()))
    low, high = wilson(wrong, int(given.sum()))
    return Measured(fitted, threshold, len(verdicts), int(given.sum()), (share, low, high))


def _chances(calibrator: Calibrator, signs: Signs, leaning: Signs) -> Signs:
    plain = calibrator.chance(signs)
    return np.asarray(1 / (1 + (1 - plain) / plain * np.exp(-leaning)))


def _moved(calibrator: Calibrator, signs: Signs, leaning: Signs, right: Signs) -> Calibrator:
    """Logistic regression held to what was known, by Newton's method."""
    points = np.column_stack([signs, np.ones(len(signs))])
    known = np.array([*calibrator.weights, calibrator.constant])
    # A step is as long in each sign as that sign is wide here.
    hold = PRIOR * np.diag(np.maximum(points.var(axis=0), 1e-3))
    hold[-1, -1] = PRIOR
    found = known.copy()
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(points @ found + leaning)))
        slope = points.T @ (chance - right) + hold @ (found - known)
        curve = (points * (chance * (1 - chance))[:, None]).T @ points + hold
        found = found - np.linalg.solve(curve, slope)
    return Calibrator(tuple(map(float, found[:-1])), float(found[-1]), calibrator.usual)
