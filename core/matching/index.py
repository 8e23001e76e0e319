"""What a FAQ's wordings were made into: vectors side by side, and the head fitted on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.matching import head
from core.matching.calibrator import Signs
from core.matching.encoder import Vector
from core.matching.wordings import Wording

# How much the n-grams weigh beside the sentence vectors, and max-sim beside the head.
LEXICAL, NEAREST = 0.3, 2.0
# Certainty beyond this says nothing more: with one or two entries the head is always sure.
SUREST, FARTHEST = 4.0, 6.0

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Wordings with their sentence vectors, shape (n, 384), and n-gram vectors, shape (n, WIDTH)."""

    wordings: Sequence[Wording]
    vectors: Vector
    lexical: Vector


@dataclass(frozen=True, slots=True)
class Judged:
    """What an index makes of texts, a row each.

    `order` has the classes, best first; `shares` what each class gets of 1; `signs` what the
    calibrator reads; `cosines` the likeness to each row of the index.
    """

    order: Rows
    shares: Vector
    signs: Signs
    cosines: Vector


class Index:
    """Some rows of a corpus, ready to be compared with; its last class is "none of these", if any."""

    def __init__(self, corpus: Corpus, rows: Rows) -> None:
        kept = [corpus.wordings[row] for row in rows]
        named = [wording.entry if wording.wanted else None for wording in kept]
        self.entries: list[str | None] = [*dict.fromkeys(name for name in named if name)]
        self.entries += [None] if None in named else []
        at = {entry: number for number, entry in enumerate(self.entries)}
        labels = np.array([at[name] for name in named], np.intp)
        self._by_class = np.argsort(labels, kind="stable")
        self._starts = np.searchsorted(labels[self._by_class], np.arange(len(self.entries)))
        self._kept = kept
        self._rows: dict[str, list[int]] = {}
        for row, wording in enumerate(kept):
            self._rows.setdefault(wording.entry, []).append(row)
        self._vectors, self._lexical = corpus.vectors[rows], corpus.lexical[rows]
        self._centre = self._vectors.mean(axis=0)
        self._leaning = self._vectors @ self._centre
        self._lengths = self._from_centre(self._vectors)
        points = self._fused(self._vectors, self._lexical)
        self._weights = head.fit(points, labels, len(self.entries))

    def judge(self, vectors: Vector, lexical: Vector) -> Judged:
        """Compare texts, given by both their vectors, with all that is known."""
        cosines, alike = vectors @ self._vectors.T, lexical @ self._lexical.T
        fused = self._centred(cosines, vectors) + np.float32(LEXICAL) * alike
        scores = head.log_odds(self._weights, self._fused(vectors, lexical))
        scores += np.float32(NEAREST / (1 + LEXICAL)) * self._nearest(fused)
        shares = _shares(scores)
        order = np.argsort(-shares, axis=1)
        signs = _signs(shares, order, cosines, self._nearest(alike))
        return Judged(order, shares, signs, cosines)

    def nearest_row(self, entry: str, cosines: Vector) -> tuple[Wording, float]:
        """The wording of `entry`, wanted or not, that lies nearest by one row of `Judged.cosines`."""
        row = max(self._rows[entry], key=lambda at: float(cosines[at]))
        return self._kept[row], float(cosines[row])

    def nearest_unwanted(self, cosines: Vector) -> tuple[Wording, float]:
        """The nearest wording of the class "none of these"; only where there is that class."""
        rows = [row for row, wording in enumerate(self._kept) if not wording.wanted]
        row = max(rows, key=lambda at: float(cosines[at]))
        return self._kept[row], float(cosines[row])

    def _centred(self, cosines: Vector, vectors: Vector) -> Vector:
        """The cosines as seen from the centre of all that is known, without a second product."""
        centre = self._centre
        moved = cosines - (vectors @ centre)[:, None] - self._leaning + centre @ centre
        return np.asarray(moved / (self._from_centre(vectors) * self._lengths.T))

    def _from_centre(self, vectors: Vector) -> Vector:
        """The distance of each vector from the centre, shape (n, 1)."""
        lengths = np.linalg.norm(vectors - self._centre, axis=1, keepdims=True)
        return np.asarray(np.maximum(lengths, 1e-6))

    def _fused(self, vectors: Vector, lexical: Vector) -> Vector:
        moved = (vectors - self._centre) / self._from_centre(vectors)
        return np.concatenate([moved, np.float32(np.sqrt(LEXICAL)) * lexical], axis=1)

    def _nearest(self, likeness: Vector) -> Vector:
        """The best of each class's rows."""
        return np.maximum.reduceat(likeness[:, self._by_class], self._starts, axis=1)


def _shares(scores: Vector) -> Vector:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _signs(shares: Vector, order: Rows, cosines: Vector, words: Vector) -> Signs:
    """Columns as calibrator.SIGNS names them."""
    rows = np.arange(len(shares))
    first, second = order[:, 0], order[:, min(1, order.shape[1] - 1)]
    share = np.clip(shares[rows, first].astype(float), 1e-6, 1 - 1e-6)
    log_odds = np.minimum(np.log(share / (1 - share)), SUREST)
    lead = np.log(share / np.maximum(shares[rows, second], 1e-9))
    lead = np.minimum(lead if order.shape[1] > 1 else FARTHEST, FARTHEST) + np.zeros(len(rows))
    return np.stack([log_odds, lead, cosines.max(axis=1), words[rows, first]], axis=1)
