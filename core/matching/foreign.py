"""The matcher for questions in other languages than the entries are written in.

The multilingual encoder puts a question near its translation, less near its paraphrase: so the
cosine of the nearest wording is added to a ridge classifier's score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from core.content.model import Entry
from core.matching.encoder import Encoder, Vector
from core.matching.explanation import DONE, Explanation
from core.matching.match import Candidate, Match
from core.matching.vectors import Progress, VectorCache
from core.matching.wordings import tidy, wordings

OFFERED = 3
HIGHEST = 2.0


@dataclass(frozen=True, slots=True)
class ForeignCuts:
    """The sum (0 to 2) from which the best three are offered, and the sum and lead to answer.

    Chosen on the back-dimples pack with each question's own ask left out and with
    tests/data/out_of_scope_translated.jsonl, to offer readily and to answer hardly ever.
    """

    offer: float = 0.65
    answer: float = 1.0
    lead: float = 0.2


class ForeignMatcher:
    """Finds entries for a question in any language of its encoder; mostly it offers a few."""

    penalty = 1.0

    def __init__(
        self,
        entries: Iterable[Entry],
        encoder: Encoder,
        cache: VectorCache,
        progress: Progress = lambda done, all: None,
        cuts: ForeignCuts = ForeignCuts(),
    ) -> None:
        self._wordings = list(wordings(entries))
        self._encoder, self._cuts = encoder, cuts
        self._entries = list(dict.fromkeys(wording.entry for wording in self._wordings))
        self._vectors = cache.encode([tidy(w.text) for w in self._wordings], progress)
        self._rows: dict[str, list[int]] = {}
        for row, wording in enumerate(self._wordings):
            self._rows.setdefault(wording.entry, []).append(row)
        if self._wordings:
            self._centre = self._vectors.mean(axis=0)
            self._weights = self._fit()

    def match(self, text: str) -> Match:
        """Decide about a question; any text of any length gets a decision."""
        tidied = tidy(text)
        if not tidied or not self._wordings:
            return Match("none")
        vector = self._encoder.encode(tidied)
        scores = self._centred(vector) @ self._weights
        found = sorted(self._candidates(scores, self._vectors @ vector), key=lambda c: -c.score)
        return self._judged(tuple(found[:OFFERED]))

    def explain(self, text: str) -> Explanation:
        """The same decision, and why."""
        match, cuts = self.match(text), self._cuts
        scores = [one.score for one in match.candidates] + [0.0, 0.0]
        said = f"{scores[0]:.2f}, {scores[0] - scores[1]:.2f} before the next"
        takes = f"an answer takes {cuts.answer / HIGHEST:.2f} and {cuts.lead / HIGHEST:.2f}"
        offer = f"nothing reaches the {cuts.offer / HIGHEST:.2f} that an offer takes"
        why = offer if match.kind == "none" else f"{said}, where {takes}"
        return Explanation(match, f"{why}: {DONE[match.kind]}", considered=match.candidates)

    def _judged(self, best: tuple[Candidate, ...]) -> Match:
        sums = [candidate.score * HIGHEST for candidate in best] + [0.0, 0.0]
        if sums[0] < self._cuts.offer:
            return Match("none")
        sure = sums[0] >= self._cuts.answer and sums[0] - sums[1] >= self._cuts.lead
        return Match("answer" if sure else "clarify", best)

    def _candidates(self, scores: Vector, cosines: Vector) -> Iterator[Candidate]:
        for score, entry in zip(scores, self._entries, strict=True):
            nearest = max(self._rows[entry], key=lambda row: cosines[row])
            # A text that lies nearest to "never this entry" never gets this entry.
            if self._wordings[nearest].wanted:
                both = float(score + cosines[nearest])
                share = round(min(1.0, max(0.0, both / HIGHEST)), 4)
                cosine = round(float(cosines[nearest]), 4)
                yield Candidate(entry, share, self._wordings[nearest].text, cosine)

    def _fit(self) -> Vector:
        """The weights of a ridge classifier, shape (dimensions, entries); a not_ask is no entry's."""
        points = self._centred(self._vectors)
        targets = np.zeros((len(points), len(self._entries)), np.float32)
        for row, wording in enumerate(self._wordings):
            targets[row, self._entries.index(wording.entry)] = wording.wanted
        kernel = points @ points.T + self.penalty * np.eye(len(points), dtype=np.float32)
        return np.asarray(points.T @ np.linalg.solve(kernel, targets), np.float32)

    def _centred(self, vectors: Vector) -> Vector:
        moved = vectors - self._centre
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-6))
