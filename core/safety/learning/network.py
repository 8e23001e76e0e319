"""A network with one hidden layer, in numpy: small enough to be read by a bot, quick enough to learn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.safety.learning.descent import Labels, Pace, Parts, Vector, descended, kept, softmax
from core.safety.learning.mixup import mixture

HIDDEN, KEPT = 256, 0.5
PACE = Pace(epochs=20, batch=128, step=5e-3, decay=0.1)


@dataclass(frozen=True)
class Network:
    """`inner` has shape (width, HIDDEN), `outer` (HIDDEN, classes); the others are their constants.

    `inner` may have half the digits: it is nearly all there is, and a text needs few of its rows.
    """

    inner: Vector
    inner_constant: Vector
    outer: Vector
    outer_constant: Vector

    def shares(self, points: Vector) -> Vector:
        """What each class gets of 1 for each point, shape (n, classes)."""
        used = np.flatnonzero(points.any(axis=0))
        before = points[:, used] @ self.inner[used].astype(np.float32)
        hidden = np.maximum(before + self.inner_constant, 0)
        return softmax(hidden @ self.outer + self.outer_constant)


def trained(points: Vector, labels: Labels, classes: int, seed: int = 0) -> Network:
    """The network for points of shape (n, width) and the class of each; the same for a seed."""
    chance = np.random.default_rng(seed)
    wanted = np.eye(classes, dtype=np.float32)[labels]
    start = _start(points.shape[1], classes, chance)

    def slopes(parts: Parts, rows: Labels) -> Parts:
        return _slopes(parts, points[rows], wanted[rows], chance)

    return Network(**descended(start, len(points), slopes, PACE, chance))


def _start(width: int, classes: int, chance: np.random.Generator) -> Parts:
    # A point is about as long as two texts' vectors, however wide it is.
    inner = chance.standard_normal((width, HIDDEN)) / np.sqrt(HIDDEN)
    outer = chance.standard_normal((HIDDEN, classes)) / np.sqrt(HIDDEN)
    return {
        "inner": inner.astype(np.float32),
        "inner_constant": np.zeros(HIDDEN, np.float32),
        "outer": outer.astype(np.float32),
        "outer_constant": np.zeros(classes, np.float32),
    }


def _slopes(parts: Parts, points: Vector, wanted: Vector, chance: np.random.Generator) -> Parts:
    mixed = mixture(len(points), chance)
    # Whether points or what the first layer makes of them are mixed is the same, and this is less work.
    before = mixed.of(points @ parts["inner"] + parts["inner_constant"])
    heard = kept(before.shape, KEPT, chance)
    hidden = np.maximum(before, 0) * heard
    given = softmax(hidden @ parts["outer"] + parts["outer_constant"])
    missed = (given - mixed.of(wanted)) / len(points)
    back = np.asarray(missed @ parts["outer"].T * heard * (before > 0), np.float32)
    return {
        "inner": points.T @ mixed.back(back),
        "inner_constant": back.sum(axis=0),
        "outer": hidden.T @ missed,
        "outer_constant": missed.sum(axis=0),
    }
