"""What a slip of the finger costs: how much likelier a word must be than what was written."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import OSA

# In nats, chosen on training questions of BANKING77 and HWU64; no benchmark is scored on those.
SWAPPED, DOUBLED, NEIGHBOUR, LEFT_OUT, ADDED, OTHER = 4.0, 4.0, 4.0, 4.0, 6.0, 7.5
TWO, TWO_ADDED = 11.0, 12.0
FIRST = 3.0  # on top, where the first letter is another: that one is looked at
SPACE = 4.0
FURTHEST = 2

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def cost(written: str, meant: str) -> float:
    """The price of writing one word for another; both have letters and lie one or two edits apart.

    Edits are those of optimal string alignment: a letter added, left out or changed, two swapped.
    """
    first = FIRST if written[0] != meant[0] else 0.0
    if OSA.distance(written, meant, score_cutoff=1) > 1:
        return first + (TWO if len(written) < len(meant) + 2 else TWO_ADDED)
    return first + _one(written, meant, _differ_at(written, meant))


def _one(written: str, meant: str, at: int) -> float:
    if len(written) < len(meant):
        return LEFT_OUT
    if len(written) > len(meant):
        return DOUBLED if at and written[at] == written[at - 1] else ADDED
    if written[at + 1 :] != meant[at + 1 :]:
        return SWAPPED
    return NEIGHBOUR if frozenset((written[at], meant[at])) in _BESIDE else OTHER


def _differ_at(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _keyboard() -> frozenset[frozenset[str]]:
    """Keys that touch; a key lies between two of the row above it."""
    beside = [pair for row in _ROWS for pair in pairwise(row)]
    for upper, lower in pairwise(_ROWS):
        beside += [*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)]
    return frozenset(map(frozenset, beside))


_BESIDE = _keyboard()
