"""From four signs to the chance that the best candidate is right: logistic, trained beforehand.

The parameters come from `python -m tools.calibrate` on public question sets (see the provenance in
calibrator.json); none has seen a shipped pack.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HOME = Path(__file__).parent / "calibrator.json"
# The log-odds of the best entry, its lead over the next, the cosine of the nearest wording of any
# entry, and the lexical likeness of the entry's own nearest wording.
SIGNS = ("log_odds", "lead", "nearest", "lexical")

Signs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibrator:
    """Weights of the signs, and the chance from which an asked rate of wrong answers may be kept.

    `usual` holds, for each rate asked of, the threshold that kept it on other FAQs: a FAQ whose own
    wordings are too few to say better never needs more.
    """

    weights: tuple[float, ...]
    constant: float
    usual: Mapping[str, float]

    def chance(self, signs: Signs) -> Signs:
        """The chance that each row of `signs`, shape (n, 4), is right; shape (n,)."""
        return np.asarray(1 / (1 + np.exp(-(signs @ np.array(self.weights) + self.constant))))

    def usual_threshold(self, asked: float) -> float:
        """The threshold for a rate, between those that were measured."""
        rates = sorted(float(rate) for rate in self.usual)
        cuts = [self.usual[_written(rate)] for rate in rates]
        return float(np.interp(asked, rates, cuts))


@cache
def shipped(without: str | None = None) -> Calibrator:
    """The calibrator that ships, or the one fitted without a public set, to be judged on that set."""
    fitted = json.loads(HOME.read_text(encoding="utf-8"))["fitted"]
    return _of(fitted[f"without {without}" if without else "all"])


def written(calibrator: Calibrator) -> dict[str, object]:
    """A calibrator as the file keeps it."""
    weights = dict(zip(SIGNS, (round(w, 4) for w in calibrator.weights), strict=True))
    usual = {rate: round(cut, 3) for rate, cut in calibrator.usual.items()}
    return {"weights": weights, "constant": round(calibrator.constant, 4), "usual": usual}


def usual_of(cuts: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Thresholds by rate as `Calibrator.usual` names them."""
    return {_written(rate): cut for rate, cut in cuts}


def _of(said: Mapping[str, object]) -> Calibrator:
    weights, usual = said["weights"], said["usual"]
    assert isinstance(weights, dict)
    assert isinstance(usual, dict)
    return Calibrator(tuple(weights[sign] for sign in SIGNS), float(str(said["constant"])), usual)


def _written(rate: float) -> str:
    return f"{rate:g}"
