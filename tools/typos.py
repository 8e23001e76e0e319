"""Slips of the finger, the same for a seed: `python -m tools.typos --count 2 --seed 4 < lines`.

Five kinds: a neighbouring key, two letters swapped, one left out, one doubled, a missing space. How often
each comes up is a choice of ours, not a measurement.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
WORD = re.compile(r"([^\W\d_]+)")
SHORTEST = 3  # letters; nobody misspells "is"

Kind = Callable[[str], list[str]]


def typos(text: str, count: int, seed: int) -> str:
    """The text with so many slips, in different words while there are any; fewer where there is no room."""
    # The text takes part in the seed: else every line of a file would slip in the same way.
    # `choices` draws on nothing but `random()`, which Python promises to keep as it is.
    rng = Random(f"{seed} {count} {text}")  # noqa: S311 - no secret depends on it
    before = WORD.split(text)
    after = list(before)
    for _ in range(count):
        slips = _slips(before, after)
        if not slips:
            break
        kind = rng.choices(list(slips), [KINDS[kind] for kind in slips])[0]
        index, slip = rng.choices(slips[kind])[0]
        after[index] = slip
    return "".join(after)


def neighbour(word: str) -> list[str]:
    """Another key than meant, never for the first letter: that one is looked at."""
    return [
        word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]
        for at in range(1, len(word))
        for key in NEIGHBOURS.get(word[at].lower(), "")
    ]


def swapped(word: str) -> list[str]:
    """Two letters in the wrong order, the first one excepted."""
    return [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(1, len(word) - 1)
        if word[at] != word[at + 1]
    ]


def left_out(word: str) -> list[str]:
    """A letter missing, not the first one."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def doubled(word: str) -> list[str]:
    """A letter typed twice."""
    return [word[: at + 1] + word[at:] for at in range(len(word))]


def run_together(gap: str) -> list[str]:
    """No space between two words."""
    return [""] if gap == " " else []


def main() -> int:
    """Lines in, lines with typos out."""
    parser = argparse.ArgumentParser(prog="python -m tools.typos", description=__doc__)
    parser.add_argument("--count", type=int, default=2, help="slips a line (2)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other slips (0)")
    options = parser.parse_args()
    for line in sys.stdin:
        print(typos(line.rstrip("\n"), options.count, options.seed))
    return 0


def _keyboard() -> dict[str, str]:
    """Each letter's neighbours; a key lies between two of the row above it."""
    near: dict[str, str] = {}
    beside = [pair for row in ROWS for pair in pairwise(row)]
    below = [pair for upper, lower in pairwise(ROWS) for pair in zip(upper, lower, strict=False)]
    aslant = [
        pair for upper, lower in pairwise(ROWS) for pair in zip(upper[1:], lower, strict=False)
    ]
    for one, other in (*beside, *below, *aslant):
        near[one] = near.get(one, "") + other
        near[other] = near.get(other, "") + one
    return near


def _slips(before: Sequence[str], after: Sequence[str]) -> dict[Kind, list[tuple[int, str]]]:
    """Where each kind can still happen: in pieces that are as meant, or else a second time in one."""
    untouched = [at for at, piece in enumerate(before) if after[at] == piece]
    for places in (untouched, range(len(before))):
        slips = {kind: list(_of(kind, places, before, after)) for kind in KINDS}
        if any(slips.values()):
            return {kind: found for kind, found in slips.items() if found}
    return {}


def _of(
    kind: Kind, places: Sequence[int], before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """Each slip of a kind that doesn't mend an earlier one."""
    for at in places:
        if _has_room(kind, at, before):
            undone = {before[at], after[at]}
            yield from ((at, slip) for slip in kind(after[at]) if slip not in undone)


def _has_room(kind: Kind, at: int, before: Sequence[str]) -> bool:
    """Words stand at the odd places; what lies before the first and after the last is no gap."""
    if at % 2:
        return kind is not run_together and len(before[at]) >= SHORTEST
    return kind is run_together and 0 < at < len(before) - 1


KINDS: dict[Kind, int] = {neighbour: 3, left_out: 3, swapped: 2, doubled: 1, run_together: 1}
NEIGHBOURS = _keyboard()


if __name__ == "__main__":
    sys.exit(main())
