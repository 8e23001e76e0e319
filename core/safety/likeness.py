"""The second layer: texts that mean what a rule's examples mean, in words nobody foresaw.

Regularised least squares on sentence vectors, one column a rule, as in the first matcher. The
method says in closed form what it would have said of each example had it been left out, and each
rule's threshold is set on those scores: at most a few of the texts that are not the rule's own
would have reached it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.content.safety import Lexicon
from core.safety.signs import Noticed

Vector = NDArray[np.float32]
Encode = Callable[[str], Vector]

LANGUAGE = "en"
PENALTY = 0.5
# The share of other texts that may reach a rule's threshold, and what it never falls below.
FALSE_ALARMS, FLOOR = 0.005, 0.3
WINDOW, MOST_WINDOWS = 30, 12


@dataclass(frozen=True, slots=True)
class Known:
    """A text whose rule and message are known; None for a harmless one."""

    text: str
    noticed: Noticed | None


def known_texts(lexicons: Iterable[Lexicon], harmless: Iterable[str] = ()) -> list[Known]:
    """Every example of the encoder's language, and other harmless texts."""
    examples = [e for one in lexicons if one.language == LANGUAGE for e in one.examples]
    fires = [Known(text, (e.rule, e.message)) for e in examples for text in e.fires]
    silent = [Known(text, None) for e in examples for text in e.silent]
    said = {one.text: one for one in [*(Known(text, None) for text in harmless), *silent, *fires]}
    return list(said.values())


class Likeness:
    """Judges texts by the vectors of known ones; `vectors` has a row of unit length for each."""

    def __init__(self, known: Sequence[Known], vectors: Vector, encode: Encode) -> None:
        self._known, self._vectors, self._encode = known, vectors, encode
        self._rules = sorted({one.noticed[0] for one in known if one.noticed})
        self._centre = vectors.mean(axis=0) if len(vectors) else np.float32(0)
        self._weights, left_out, targets = self._fit()
        self._thresholds = [
            _threshold(scores[target < 1])
            for scores, target in zip(left_out.T, targets.T, strict=True)
        ]

    def spot(self, text: str) -> set[Noticed]:
        """The rules that any window of `text` resembles, each with the message of the nearest."""
        noticed: set[Noticed] = set()
        for window in windows(text):
            vector = self._encode(window)
            scores = self._centred(vector) @ self._weights
            for at, rule in enumerate(self._rules):
                if scores[at] >= self._thresholds[at]:
                    noticed.add(self._nearest(rule, vector))
        return noticed

    def _nearest(self, rule: str, vector: Vector) -> Noticed:
        cosines = self._vectors @ vector
        own = [at for at, one in enumerate(self._known) if one.noticed and one.noticed[0] == rule]
        nearest = self._known[max(own, key=lambda at: cosines[at])].noticed
        assert nearest is not None
        return nearest

    def _fit(self) -> tuple[Vector, Vector, Vector]:
        points, targets = self._centred(self._vectors), self._targets()
        inverse = np.linalg.inv(points @ points.T + PENALTY * np.eye(len(points)))
        alpha = inverse @ targets
        left_out = targets - alpha / np.diag(inverse)[:, None]
        return (points.T @ alpha).astype(np.float32), left_out.astype(np.float32), targets

    def _targets(self) -> Vector:
        targets = np.zeros((len(self._known), len(self._rules)), np.float32)
        for row, one in enumerate(self._known):
            if one.noticed:
                targets[row, self._rules.index(one.noticed[0])] = 1
        return targets

    def _centred(self, vectors: Vector) -> Vector:
        moved = vectors - self._centre
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-6))


def windows(text: str) -> list[str]:
    """The whole text in at most MOST_WINDOWS overlapping pieces; a short one is one piece."""
    words = text.split()
    if len(words) <= WINDOW:
        return [" ".join(words)] if words else []
    length = max(WINDOW, -(-2 * len(words) // (MOST_WINDOWS + 1)))
    starts = range(0, max(1, len(words) - length // 2), length // 2 + length % 2)
    return [" ".join(words[at : at + length]) for at in starts]


def _threshold(others: Vector) -> float:
    return max(FLOOR, float(np.quantile(others, 1 - FALSE_ALARMS))) if len(others) else FLOOR
