"""A network with one hidden layer, in numpy: small enough to be read by a bot, quick enough to learn.

Trained on mixtures of texts with dropout (N. Srivastava et al., JMLR 15, 2014) by Adam with decoupled
weight decay (D. Kingma and J. Ba, ICLR 2015; I. Loshchilov and F. Hutter, ICLR 2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.safety.mixup import mixture

Vector = NDArray[np.float32]
Labels = NDArray[np.intp]
Parts = dict[str, Vector]

HIDDEN, DROPPED = 256, np.float32(0.5)
EPOCHS, BATCH, PACE, DECAY = 20, 128, 5e-3, 0.1
_MEAN, _SQUARE, _TINY = np.float32(0.9), np.float32(0.98), np.float32(1e-8)


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
        return _softmax(hidden @ self.outer + self.outer_constant)


def trained(points: Vector, labels: Labels, classes: int, seed: int = 0) -> Network:
    """The network for points of shape (n, width) and the class of each; the same for a seed."""
    chance = np.random.default_rng(seed)
    parts = _start(points.shape[1], classes, chance)
    means, squares = _zeros(parts), _zeros(parts)
    for step, (rows, pace) in enumerate(_batches(len(points), chance), 1):
        slopes = _slopes(parts, points[rows], labels[rows], chance)
        for name, slope in slopes.items():
            means[name] += (1 - _MEAN) * (slope - means[name])
            squares[name] += (1 - _SQUARE) * (slope * slope - squares[name])
            mean = means[name] / (1 - _MEAN**step)
            square = squares[name] / (1 - _SQUARE**step)
            parts[name] -= pace * (mean / (np.sqrt(square) + _TINY) + DECAY * parts[name])
    return Network(**parts)


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


def _zeros(parts: Parts) -> Parts:
    return {name: np.zeros_like(part) for name, part in parts.items()}


def _batches(count: int, chance: np.random.Generator) -> Iterator[tuple[Labels, np.float32]]:
    """Rows to learn from and the pace at which, slower and slower."""
    for epoch in range(EPOCHS):
        pace = np.float32(PACE * (1 - epoch / EPOCHS))
        for rows in np.array_split(chance.permutation(count), max(1, count // BATCH)):
            yield rows, pace


def _slopes(parts: Parts, points: Vector, labels: Labels, chance: np.random.Generator) -> Parts:
    mixed = mixture(len(labels), chance)
    # Whether points or what the first layer makes of them are mixed is the same, and this is less work.
    before = mixed.of(points @ parts["inner"] + parts["inner_constant"])
    kept = ((chance.random(before.shape, np.float32) > DROPPED) / (1 - DROPPED)).astype(np.float32)
    hidden = np.maximum(before, 0) * kept
    given = _softmax(hidden @ parts["outer"] + parts["outer_constant"])
    missed = (given - mixed.of(np.eye(given.shape[1], dtype=np.float32)[labels])) / len(labels)
    back = np.asarray(missed @ parts["outer"].T * kept * (before > 0), np.float32)
    return {
        "inner": points.T @ mixed.back(back),
        "inner_constant": back.sum(axis=0),
        "outer": hidden.T @ missed,
        "outer_constant": missed.sum(axis=0),
    }


def _softmax(scores: Vector) -> Vector:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
