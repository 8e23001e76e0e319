"""Several networks that learnt the same from different starts: their mean is surer and calmer than one.

L. Hansen and P. Salamon, "Neural Network Ensembles", IEEE TPAMI 12, 1990.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from core.safety.network import Labels, Network, Parts, Vector, trained

COUNT = 3
_NAMES = tuple(field.name for field in fields(Network))


@dataclass(frozen=True)
class Ensemble:
    """Networks that are asked together."""

    networks: tuple[Network, ...]

    def shares(self, points: Vector) -> Vector:
        """What each class gets of 1 for each point, shape (n, classes)."""
        return np.asarray(np.mean([one.shares(points) for one in self.networks], axis=0))

    def parts(self) -> Parts:
        """All numbers: the parts of every network, one network above the other."""
        return {name: np.stack([vars(one)[name] for one in self.networks]) for name in _NAMES}


def assembled(parts: Mapping[str, Vector]) -> Ensemble:
    """The ensemble of these `parts`."""
    rows = zip(*(parts[name] for name in _NAMES), strict=True)
    return Ensemble(tuple(Network(*row) for row in rows))


def trained_together(points: Vector, labels: Labels, classes: int) -> Ensemble:
    """COUNT networks for points of shape (n, width) and the class of each."""
    return Ensemble(tuple(trained(points, labels, classes, seed) for seed in range(COUNT)))
