"""How far a share that was counted may lie from the true one."""

from __future__ import annotations

from math import sqrt

# Two-sided 95 %.
NORMAL = 1.96


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, JASA 22, 1927); all of 0 to 1 where none was counted."""
    if not whole:
        return 0.0, 1.0
    share, square = part / whole, NORMAL * NORMAL
    middle = share + square / (2 * whole)
    spread = NORMAL * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    low, high = ((middle + way * spread) / (1 + square / whole) for way in (-1, 1))
    return max(0.0, low), min(1.0, high)


def shown(part: int, whole: int) -> str:
    """A share in per cent with its interval, as a person reads it."""
    low, high = wilson(part, whole)
    share = f"{part / whole:.1%}" if whole else "nothing counted"
    return f"{share} ({low:.1%} to {high:.1%})"
