"""Several networks that learnt the same from different starts: their mean is surer and calmer than one.

L. Hansen and P. Salamon, "Neural Network Ensembles", IEEE TPAMI 12, 1990.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from core.safety.learning.descent import Parts, Vector

Given_contra = TypeVar("Given_contra", contravariant=True)
Of = TypeVar("Of")


class Member(Protocol[Given_contra]):
    """Whatever tells the shares of what it is given; all of it is arrays."""

    def shares(self, given: Given_contra, /) -> Vector:
        """What each class gets of 1, shape (n, classes)."""


@dataclass(frozen=True)
class Ensemble(Generic[Of]):
    """Networks that are asked together."""

    members: tuple[Member[Of], ...]

    def shares(self, given: Of) -> Vector:
        """What each class gets of 1 in the mean, shape (n, classes)."""
        return np.asarray(np.mean([one.shares(given) for one in self.members], axis=0))

    def parts(self) -> Parts:
        """All numbers: the parts of every member, one above the other."""
        names = vars(self.members[0])
        return {name: np.stack([vars(one)[name] for one in self.members]) for name in names}


def assembled(kind: Callable[..., Member[Of]], parts: Mapping[str, Vector]) -> Ensemble[Of]:
    """The ensemble of these `parts`, of the class `kind`."""
    rows = zip(*parts.values(), strict=True)
    return Ensemble(tuple(kind(**dict(zip(parts, row, strict=True))) for row in rows))


def trained_together(train: Callable[[int], Member[Of]], count: int) -> Ensemble[Of]:
    """`count` members, as `train` makes them from the number of each."""
    return Ensemble(tuple(train(seed) for seed in range(count)))
