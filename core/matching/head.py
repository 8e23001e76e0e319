"""The classifier over fused vectors: multinomial logistic regression, every class weighing the same.

Fitted by L-BFGS (D. Liu and J. Nocedal, "On the limited memory BFGS method", Mathematical
Programming 45, 1989), in numpy, since scikit-learn costs 2.6 s of import and 100 MB.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.matching.encoder import Vector

PENALTY = 0.1
ROUNDS = 20
# Beyond this many products a round, fitting would take longer than an edit may: centroids then.
WORK = 4e9
# What a cosine to a centroid is worth in log-odds, about what fitting makes of it.
SHARPNESS = 12.0
_MEMORY = 6
_ENOUGH = 1e-4
_FLAT = 1e-10

Labels = NDArray[np.intp]
Objective = Callable[[Vector], tuple[float, Vector]]


def fit(points: Vector, labels: Labels, classes: int) -> Vector:
    """Weights of shape (width + 1, classes), the last row for the constant.

    `points` has shape (n, width), float32; `labels` the class of each, 0 to classes - 1.
    """
    with_one = np.concatenate([points, np.ones((len(points), 1), np.float32)], axis=1)
    if with_one.size * classes > WORK:
        return _centroids(with_one, labels, classes)
    shape = (with_one.shape[1], classes)
    return _minimised(_objective(with_one, labels, classes), np.zeros(shape, np.float32))


def log_odds(weights: Vector, points: Vector) -> Vector:
    """What each class scores for each point, shape (n, classes); a softmax makes shares of it."""
    return np.asarray(points @ weights[:-1] + weights[-1])


def _centroids(points: Vector, labels: Labels, classes: int) -> Vector:
    sums = np.zeros((classes, points.shape[1]), np.float32)
    np.add.at(sums, labels, points)
    sums[:, -1] = 0
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return np.ascontiguousarray((SHARPNESS * sums / lengths).T)


def _objective(points: Vector, labels: Labels, classes: int) -> Objective:
    """The penalised loss and its gradient, as functions of the weights."""
    sizes = np.maximum(np.bincount(labels, minlength=classes), 1)
    shares = (len(points) / classes / sizes)[labels].astype(np.float32)
    rows = np.arange(len(points))
    strength = np.full((points.shape[1], 1), PENALTY, np.float32)
    strength[-1] = PENALTY / 100

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = points @ weights
        scores -= scores.max(axis=1, keepdims=True)
        missed = -scores[rows, labels]
        np.exp(scores, out=scores)
        sums = scores.sum(axis=1, keepdims=True)
        scores /= sums
        scores[rows, labels] -= 1
        scores *= shares[:, None]
        value = (shares * (missed + np.log(sums[:, 0]))).sum()
        value += 0.5 * (strength * weights * weights).sum()
        return float(value), points.T @ scores + strength * weights

    return loss


def _minimised(loss: Objective, weights: Vector) -> Vector:
    value, gradient = loss(weights)
    steps: list[tuple[Vector, Vector]] = []
    for turn in range(ROUNDS):
        direction = -_scaled(gradient, steps)
        moved, new_value, new_gradient = _searched(loss, weights, direction, value, gradient)
        steps = [*steps, ((moved - weights).ravel(), (new_gradient - gradient).ravel())]
        steps = [step for step in steps[-_MEMORY:] if step[0] @ step[1] > _FLAT]
        gain = value - new_value
        weights, value, gradient = moved, new_value, new_gradient
        if turn >= _MEMORY and gain < _ENOUGH * abs(value):
            break
    return weights


def _scaled(gradient: Vector, steps: list[tuple[Vector, Vector]]) -> Vector:
    """The gradient times the inverse curvature that the last steps have shown (two loops)."""
    flat = gradient.ravel().copy()
    if not steps:
        return np.asarray((flat / max(float(np.linalg.norm(flat)), 1e-12)).reshape(gradient.shape))
    pulls = []
    for step, change in reversed(steps):
        pull = (step @ flat) / (step @ change)
        flat -= pull * change
        pulls.append(pull)
    step, change = steps[-1]
    flat *= (step @ change) / (change @ change)
    for (step, change), pull in zip(steps, reversed(pulls), strict=True):
        flat += (pull - (change @ flat) / (step @ change)) * step
    return flat.reshape(gradient.shape)


def _searched(
    loss: Objective, weights: Vector, direction: Vector, value: float, gradient: Vector
) -> tuple[Vector, float, Vector]:
    """Armijo's rule: the first step, halved until it goes down by enough."""
    slope = float((gradient * direction).sum())
    length = 1.0
    for _ in range(12):
        moved = weights + np.float32(length) * direction
        new_value, new_gradient = loss(moved)
        if new_value <= value + 1e-4 * length * slope:
            return moved, new_value, new_gradient
        length /= 2
    return weights, value, gradient
