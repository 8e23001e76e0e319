"""How the networks learn: Adam with decoupled weight decay, at a pace that slackens.

D. Kingma and J. Ba, "Adam", ICLR 2015; I. Loshchilov and F. Hutter, "Decoupled Weight Decay", ICLR 2019.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Labels = NDArray[np.intp]
Parts = dict[str, Vector]
Slopes = Callable[[Parts, Labels], Parts]

_MEAN, _SQUARE, _TINY = np.float32(0.9), np.float32(0.98), np.float32(1e-8)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often everything is read, how much at a time, with what steps, and how much is forgotten."""

    epochs: int
    batch: int
    step: float
    decay: float


def descended(
    parts: Parts, count: int, slopes: Slopes, pace: Pace, chance: np.random.Generator
) -> Parts:
    """The parts after learning from `count` rows; `slopes` has those of some rows, by part."""
    parts = {name: part.copy() for name, part in parts.items()}
    means, squares = _zeros(parts), _zeros(parts)
    for turn, (rows, step) in enumerate(_batches(count, pace, chance), 1):
        for name, slope in slopes(parts, rows).items():
            means[name] += (1 - _MEAN) * (slope - means[name])
            squares[name] += (1 - _SQUARE) * (slope * slope - squares[name])
            mean = means[name] / (1 - _MEAN**turn)
            square = squares[name] / (1 - _SQUARE**turn)
            parts[name] -= step * (
                mean / (np.sqrt(square) + _TINY) + np.float32(pace.decay) * parts[name]
            )
    return parts


def softmax(scores: Vector) -> Vector:
    """Shares of 1 in each row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def kept(shape: tuple[int, ...], share: float, chance: np.random.Generator) -> Vector:
    """Which numbers are kept, `share` of them, and by how much they grow for it.

    Dropout: N. Srivastava et al., JMLR 15, 2014.
    """
    return ((chance.random(shape, np.float32) < share) / np.float32(share)).astype(np.float32)


def _zeros(parts: Parts) -> Parts:
    return {name: np.zeros_like(part) for name, part in parts.items()}


def _batches(
    count: int, pace: Pace, chance: np.random.Generator
) -> Iterator[tuple[Labels, np.float32]]:
    """Rows to learn from, and the step to take."""
    for epoch in range(pace.epochs):
        step = np.float32(pace.step * (1 - epoch / pace.epochs))
        for rows in np.array_split(chance.permutation(count), max(1, count // pace.batch)):
            yield rows, step
