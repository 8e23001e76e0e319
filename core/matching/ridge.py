"""The first matcher: a ridge classifier over sentence vectors, with a class for "none of these".

Regularised least squares on one-hot targets (R. Rifkin and R. Lippert, "Notes on Regularized
Least Squares", MIT 2007). Vectors are centred on the wordings: what all of them share (here,
"back dimples") tells nothing apart. The method also gives, in closed form, what it would have
said of each wording had that wording been left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.content.model import Entry
from core.matching.encoder import Encoder, Vector
from core.matching.match import Candidate, Match
from core.matching.vectors import Progress, VectorCache
from core.matching.wordings import tidy, wordings

SHOWN = 5

Order = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cuts:
    """From where an entry is the answer, and from where it is offered.

    `score` is the classifier's (about 0 to 1), `lead` its distance to the runner-up, `nearest`
    the cosine of the nearest wording; `beside` is the score from which an entry is named beside
    a better one. Chosen on the back-dimples pack with `fossae evaluate`;
    thresholds calibrated for each pack come with the matcher's next form.
    """

    score: float = 0.25
    lead: float = 0.10
    nearest: float = 0.50
    offer_score: float = 0.18
    beside: float = 0.12
    offer_nearest: float = 0.45


class RidgeMatcher:
    """Finds the entry a question belongs to, among entries and a class of not_asks."""

    penalty = 0.3

    def __init__(
        self,
        entries: Iterable[Entry],
        encoder: Encoder,
        cache: VectorCache,
        progress: Progress = lambda done, all: None,
        cuts: Cuts = Cuts(),
    ) -> None:
        self.wordings = list(wordings(entries))
        self._encoder, self._cuts = encoder, cuts
        self._vectors = cache.encode([tidy(wording.text) for wording in self.wordings], progress)
        self._classes = list(dict.fromkeys(wording.entry for wording in self.wordings))
        self._centre = self._vectors.mean(axis=0) if len(self._vectors) else np.float32(0)
        self._rows: dict[str, list[int]] = {}
        for row, wording in enumerate(self.wordings):
            self._rows.setdefault(wording.entry, []).append(row)
        self._fit()

    def match(self, text: str) -> Match:
        """Decide about a question; any text of any length gets a decision."""
        tidied = tidy(text)
        if not tidied or not self.wordings:
            return Match("none")
        vector = self._encoder.encode(tidied)
        return self._judged(self._centred(vector) @ self._weights, self._vectors @ vector)

    def match_known(self, at: int) -> Match:
        """Decide about wording number `at` as it is."""
        vector = self._vectors[at]
        return self._judged(self._centred(vector) @ self._weights, self._vectors @ vector)

    def twins(self, cosine: float) -> Iterator[tuple[int, int]]:
        """Pairs of asks of different entries that lie as close as `cosine` or closer."""
        close = np.argwhere(np.triu(self._vectors @ self._vectors.T, k=1) >= cosine)
        for one, other in close.tolist():
            first, second = self.wordings[one], self.wordings[other]
            if first.wanted and second.wanted and first.entry != second.entry:
                yield one, other

    def match_without(self, at: int) -> Match:
        """Decide about wording number `at` as if it had never been written."""
        cosines = self._vectors @ self._vectors[at]
        cosines[at] = -1.0
        return self._judged(self._left_out[at], cosines)

    def _centred(self, vectors: Vector) -> Vector:
        moved = vectors - self._centre
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-6))

    def _fit(self) -> None:
        points, targets = self._centred(self._vectors), self._targets()
        inverse = np.linalg.inv(points @ points.T + self.penalty * np.eye(len(points)))
        alpha = inverse @ targets
        self._weights = (points.T @ alpha).astype(np.float32)
        self._left_out = targets - alpha / np.diag(inverse)[:, None]

    def _targets(self) -> Vector:
        """One-hot rows, one a wording; the last column is the class of the not_asks."""
        column = {entry: at for at, entry in enumerate(self._classes)}
        targets = np.zeros((len(self.wordings), len(self._classes) + 1), np.float32)
        for row, wording in enumerate(self.wordings):
            targets[row, column[wording.entry] if wording.wanted else -1] = 1
        return targets

    def _judged(self, scores: Vector, cosines: Vector) -> Match:
        order = np.argsort(-scores)
        nearest = float(cosines.max())
        candidates = tuple(self._candidates(scores, cosines, order))
        # Where "none of these" or a barred entry comes first, what comes next was not meant either.
        if nearest < self._cuts.offer_nearest or not self._leads(candidates, int(order[0])):
            return Match("none")
        return Match("answer" if self._sure(scores[order], nearest) else "clarify", candidates)

    def _leads(self, candidates: tuple[Candidate, ...], first: int) -> bool:
        if not candidates or first == len(self._classes):
            return False
        best = candidates[0]
        return best.entry == self._classes[first] and best.score >= self._cuts.offer_score

    def _sure(self, ranked: Vector, nearest: float) -> bool:
        cuts = self._cuts
        lead = ranked[0] - ranked[1]
        return bool(ranked[0] >= cuts.score and lead >= cuts.lead and nearest >= cuts.nearest)

    def _candidates(self, scores: Vector, cosines: Vector, order: Order) -> Iterable[Candidate]:
        for at in order[:SHOWN]:
            if at < len(self._classes) and scores[at] >= self._cuts.beside:
                entry = self._classes[at]
                nearest = max(self._rows[entry], key=lambda row: cosines[row])
                # A text that lies nearest to "never this entry" never gets this entry.
                if self.wordings[nearest].wanted:
                    yield Candidate(entry, _confidence(scores[at]), self.wordings[nearest].text)


def _confidence(score: float) -> float:
    return round(min(1.0, max(0.0, float(score))), 4)
