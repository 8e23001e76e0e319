"""From which chance on an entry is the answer, for a FAQ of which nobody has asked anything yet.

Its own wordings stand for members' questions. Each is left out once beside the others of its entry,
which tells what is mistaken for what; and once with its whole entry, which makes a question that has
no answer here. Thresholds from the first alone let five times as many wrong answers through as were
asked for (../shared/research/matching.md, T6).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.matching.calibrator import Calibrator, Signs
from core.matching.index import Corpus, Index, Rows
from core.matching.wordings import Wording

FOLDS = 5
# How many questions without an answer are as near as those of an entry left out: of all that are
# asked, a tenth. Others lie farther off and are hardly ever answered.
OUTSIDE = 0.1
# One-sided 95 %: what was measured on few wordings must be so much better than what was asked for.
NORMAL = 1.645
# A FAQ of more wordings takes the usual threshold: trying itself would keep an edit waiting.
MOST_ROWS = 2_500
# What was measured on a FAQ itself may move the usual threshold only so far down.
LOWEST = 0.8

Mask = NDArray[np.bool_]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tried:
    """Wordings put to an index that didn't know them: their signs, which were found, which could be."""

    signs: Signs
    right: Mask
    inside: Mask


def threshold(corpus: Corpus, calibrator: Calibrator, accepted: float) -> float:
    """The chance from which at most `accepted` (0 to 1) of the answers should be wrong."""
    usual = calibrator.usual_threshold(accepted)
    if len(corpus.wordings) > MOST_ROWS:
        return usual
    tried = try_out(corpus)
    if tried is None:
        return usual
    chances = calibrator.chance(tried.signs)
    measured = lowest_kept(chances, tried.right, tried.inside, accepted)
    return float(np.clip(measured, LOWEST * usual, usual))


def lowest_kept(chances: Signs, right: Mask, inside: Mask, accepted: float) -> float:
    """The lowest chance from which the bound on wrong answers stays within `accepted`; else 1."""
    weight = OUTSIDE / (1 - OUTSIDE) * inside.sum() / max(1, (~inside).sum())
    order = np.argsort(-chances)
    weights = np.where(inside[order], 1.0, weight)
    wrong = np.cumsum(np.where(inside[order], ~right[order], 1.0) * weights)
    kept = np.flatnonzero(_upper(wrong, np.cumsum(weights)) <= accepted)
    return float(chances[order][kept[-1]]) if len(kept) else 1.0


def lowest_sure(chances: Signs, right: Mask, accepted: float) -> float:
    """The same where every question was reviewed, with or without an answer here."""
    return lowest_kept(chances, right, np.ones(len(right), bool), accepted)


def try_out(corpus: Corpus) -> Tried | None:
    """Every wording put to indexes without it; None where there is too little to leave out."""
    parts = [_tried(corpus, *split) for split in splits(corpus.wordings)]
    found = [part for part in parts if part is not None]
    if not found:
        return None
    columns = zip(*((part.signs, part.right, part.inside) for part in found), strict=True)
    return Tried(*(np.concatenate(column) for column in columns))


def splits(wordings: Sequence[Wording]) -> Iterator[tuple[Rows, Rows, Rows]]:
    """For each fold: the rows that stay, those left out beside others, those whose entry is gone."""
    lot = random.Random(0)  # noqa: S311 - the same FAQ always gets the same threshold
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, wording in enumerate(wordings):
        if wording.wanted:
            rows_of[wording.entry].append(row)
    whole, single = np.zeros(len(wordings), int) - 1, np.zeros(len(wordings), int) - 1
    for number, rows in enumerate(_shuffled(list(rows_of.values()), lot)):
        whole[rows] = number % FOLDS
        if len(rows) > 1:
            first = lot.randrange(FOLDS)
            single[_shuffled(rows, lot)] = (first + np.arange(len(rows))) % FOLDS
    for fold in range(FOLDS):
        gone, out = whole == fold, (single == fold) & (whole != fold)
        yield np.flatnonzero(~gone & ~out), np.flatnonzero(out), np.flatnonzero(gone)


def _tried(corpus: Corpus, kept: Rows, out: Rows, gone: Rows) -> Tried | None:
    asked = np.concatenate([out, gone])
    if not len(asked) or not any(corpus.wordings[row].wanted for row in kept):
        return None
    index = Index(corpus, kept)
    judged = index.judge(corpus.vectors[asked], corpus.lexical[asked])
    found = [index.entries[first] for first in judged.order[:, 0]]
    wanted = [corpus.wordings[row].entry for row in asked]
    right = np.array([one == other for one, other in zip(found, wanted, strict=True)])
    # What went to "none of these" would not have been answered.
    answered = np.array([one is not None for one in found])
    inside = np.arange(len(asked)) < len(out)
    signs = np.where(answered[:, None], judged.signs, -9.0)
    return Tried(signs, right, inside)


def _shuffled(items: list[T], lot: random.Random) -> list[T]:
    return lot.sample(items, len(items))


def _upper(wrong: Signs, given: Signs) -> Signs:
    """The upper end of Wilson's interval for a share (E. Wilson, JASA 22, 1927)."""
    share, squared = wrong / given, NORMAL * NORMAL
    spread = NORMAL * np.sqrt(share * (1 - share) / given + squared / 4 / given**2)
    return np.asarray((share + squared / 2 / given + spread) / (1 + squared / given))
