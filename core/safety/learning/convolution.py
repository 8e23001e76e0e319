"""A network that reads a text token by token: filters look at tokens and their neighbours, and of each
filter the strongest answer counts, wherever in the text it was.

Y. Kim, "Convolutional Neural Networks for Sentence Classification", EMNLP 2014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.safety.learning.descent import Labels, Pace, Parts, Vector, descended, kept, softmax
from core.safety.learning.mixup import mixture

Tokens = NDArray[np.float16] | Vector

FILTERS, KEPT = 256, 0.5
# A filter sees this many tokens before and after its own.
REACHES = (0, 1)
PACE = Pace(epochs=8, batch=128, step=2e-3, decay=0.05)


@dataclass(frozen=True)
class Convolution:
    """`filters` has shape (tokens seen by all kinds of filters, width, FILTERS), `outer` (kinds of
    filters x FILTERS, classes); the others are their constants.
    """

    filters: Vector
    filters_constant: Vector
    outer: Vector
    outer_constant: Vector

    def shares(self, texts: Sequence[Tokens]) -> Vector:
        """What each class gets of 1, shape (n, classes), for texts of shape (tokens, width)."""
        row = _Row.of(texts)
        pooled = row.strongest(row.answers(self.filters) + self.filters_constant)
        return softmax(np.maximum(pooled, 0) @ self.outer + self.outer_constant)


def trained(texts: Sequence[Tokens], labels: Labels, classes: int, seed: int = 0) -> Convolution:
    """The network for texts of shape (tokens, width) and the class of each; the same for a seed."""
    chance = np.random.default_rng(seed)
    wanted = np.eye(classes, dtype=np.float32)[labels]

    def slopes(parts: Parts, rows: Labels) -> Parts:
        return _slopes(parts, _Row.of([texts[at] for at in rows]), wanted[rows], chance)

    start = _start(texts[0].shape[1], classes, chance)
    return Convolution(**descended(start, len(texts), slopes, PACE, chance))


@dataclass(frozen=True)
class _Row:
    """Texts in one row of tokens, shape (all tokens and gaps, width), with a gap before and after each.

    `first` has where each text begins, `after` where it has ended.
    """

    tokens: Vector
    first: Labels
    after: Labels

    @classmethod
    def of(cls, texts: Sequence[Tokens]) -> _Row:
        lengths = np.array([len(text) for text in texts])
        after = np.cumsum(lengths + 1)
        gap = np.zeros((1, texts[0].shape[1]), np.float32)
        parts = [gap, *(part for text in texts for part in (_even(text), gap))]
        return cls(np.concatenate(parts), after - lengths, after)

    def seen(self) -> list[list[Vector]]:
        """What each kind of filter sees: as many rows as there are, moved."""
        widest = max(REACHES)
        around = np.pad(self.tokens, ((widest, widest), (0, 0)))
        return [
            [
                around[widest + by : widest + by + len(self.tokens)]
                for by in range(-reach, reach + 1)
            ]
            for reach in REACHES
        ]

    def answers(self, filters: Vector) -> Vector:
        """Of every filter at every token, shape (row, kinds x FILTERS)."""
        at = iter(filters)
        kinds = [sum(moved @ next(at) for moved in kind) for kind in self.seen()]
        return np.concatenate(kinds, axis=1)

    def strongest(self, answers: Vector) -> Vector:
        """Of each filter in each text, shape (texts, kinds x FILTERS)."""
        bounds = np.stack([self.first, self.after], axis=1).ravel()
        return np.maximum.reduceat(answers, bounds)[::2]

    def back(self, slopes: Vector) -> Vector:
        """The slopes of the filters from those of their answers."""
        kinds = np.split(slopes, len(REACHES), axis=1)
        pairs = zip(self.seen(), kinds, strict=True)
        return np.stack([moved.T @ slope for kind, slope in pairs for moved in kind])


def _even(text: Tokens) -> Vector:
    """Each token with mean 0 and spread 1: as they come, a few of their numbers drown all others."""
    tokens = text.astype(np.float32)
    tokens -= tokens.mean(axis=1, keepdims=True)
    return np.asarray(tokens / (tokens.std(axis=1, keepdims=True) + np.float32(1e-5)))


def _start(width: int, classes: int, chance: np.random.Generator) -> Parts:
    sizes = np.concatenate([[2 * reach + 1] * (2 * reach + 1) for reach in REACHES])
    filters = chance.standard_normal((len(sizes), width, FILTERS))
    outer = chance.standard_normal((len(REACHES) * FILTERS, classes))
    return {
        "filters": (filters / np.sqrt(3 * width * sizes)[:, None, None]).astype(np.float32),
        "filters_constant": np.zeros(len(REACHES) * FILTERS, np.float32),
        "outer": (outer / np.sqrt(3 * len(outer))).astype(np.float32),
        "outer_constant": np.zeros(classes, np.float32),
    }


def _slopes(parts: Parts, row: _Row, wanted: Vector, chance: np.random.Generator) -> Parts:
    answers = row.answers(parts["filters"]) + parts["filters_constant"]
    pooled = row.strongest(answers)
    mixed = mixture(len(wanted), chance)
    heard = kept(pooled.shape, KEPT, chance)
    hidden: Vector = mixed.of(np.maximum(pooled, np.float32(0))) * heard
    given = softmax(hidden @ parts["outer"] + parts["outer_constant"])
    missed = np.asarray((given - mixed.of(wanted)) / len(wanted), np.float32)
    back = mixed.back(missed @ parts["outer"].T * heard) * (pooled > 0)
    filters = row.back(_where_strongest(row, answers, pooled, back))
    return {
        "filters": filters,
        "filters_constant": back.sum(axis=0),
        "outer": hidden.T @ missed,
        "outer_constant": missed.sum(axis=0),
    }


def _where_strongest(row: _Row, answers: Vector, pooled: Vector, back: Vector) -> Vector:
    """The slopes of the texts, each at the tokens that were heard."""
    slopes = np.zeros_like(answers)
    for text, (first, after) in enumerate(zip(row.first, row.after, strict=True)):
        slopes[first:after] = (answers[first:after] == pooled[text]) * back[text]
    return slopes
