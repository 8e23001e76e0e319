"""Learning from texts that lie between two texts, which makes a network less sure of what it never saw.

H. Zhang, M. Cisse, Y. Dauphin and D. Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

# Most mixtures are nearly one of the two texts: the shares are drawn from Beta(EVEN, EVEN).
EVEN = 0.2


@dataclass(frozen=True)
class Mixture:
    """Each row's share of itself, shape (n, 1); the rest it takes from the row that `other` names."""

    share: Vector
    other: NDArray[np.intp]

    def of(self, rows: Vector) -> Vector:
        """The rows, mixed."""
        return self.share * rows + (1 - self.share) * rows[self.other]

    def back(self, slopes: Vector) -> Vector:
        """The slopes of the rows before they were mixed, from those after."""
        unmixed = self.share * slopes
        unmixed[self.other] += (1 - self.share) * slopes
        return unmixed


def mixture(count: int, chance: np.random.Generator) -> Mixture:
    """Any mixture of `count` rows."""
    share = chance.beta(EVEN, EVEN, (count, 1)).astype(np.float32)
    return Mixture(share, chance.permutation(count))
