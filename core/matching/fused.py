"""The matcher: sentence vectors and n-grams under one head, and a threshold that knows its FAQ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from core.content.model import Entry
from core.matching import calibrator as calibrators
from core.matching.calibrator import Calibrator
from core.matching.encoder import Encoder, Vector
from core.matching.explanation import EMPTY, Explanation, Weighed, because
from core.matching.index import Corpus, Index, Judged
from core.matching.match import Candidate, Match, Reason
from core.matching.ngrams import Ngrams
from core.matching.recalibration import Measured, Verdict, measured
from core.matching.speller import Mending, Speller
from core.matching.subject import Subject
from core.matching.threshold import threshold
from core.matching.vectors import Progress, VectorCache
from core.matching.windows import windows
from core.matching.wordings import Wording, tidy, wordings

SHOWN = 5
# Rows judged in one go: each takes as many numbers as there are wordings.
AT_ONCE = 512
ACCEPTED = 0.05
# Below these cosines nothing known is near enough, however sure the head is.
ANSWER_NEAREST, OFFER_NEAREST = 0.5, 0.4
# The calibrator has seen no FAQ of fewer entries; there the head is sure of everything.
FEW, FEW_NEAREST = 8, 0.65
# The chance from which entries are offered, and the share from which one is named beside another.
OFFER_FROM, BESIDE = 0.12, 0.005

# What naming the subject of the FAQ does to the odds; set on cases.yaml of the shipped pack.
NAMED, UNNAMED = 2.5, 0.3


@dataclass(frozen=True, slots=True)
class _Look:
    """A text as it was read, the pieces it was compared in, and the piece that told most."""

    mending: Mending
    pieces: tuple[str, ...]
    judged: Judged
    best: int


class FusedMatcher:
    """Finds the entry a question belongs to, or a few, or none.

    `accepted` is the share of wrong answers that the operator accepts, 0 to 1.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        encoder: Encoder,
        cache: VectorCache,
        progress: Progress = lambda done, all: None,
        *,
        accepted: float = ACCEPTED,
        calibrator: Calibrator | None = None,
    ) -> None:
        self.wordings: list[Wording] = list(wordings(entries))
        self._encoder, self._cache = encoder, cache
        self._accepted, self._calibrator = accepted, calibrator or calibrators.shipped()
        texts = [tidy(wording.text) for wording in self.wordings]
        self._ngrams, self._subject = Ngrams(texts), Subject(self.wordings)
        self._speller = Speller(texts)
        self.corpus = Corpus(
            self.wordings, cache.encode(texts, progress), self._ngrams.vectors(texts)
        )

    @cached_property
    def index(self) -> Index:
        """All wordings, fitted."""
        return Index(self.corpus, np.arange(len(self.wordings)))

    @cached_property
    def threshold(self) -> float:
        """The chance from which an entry is the answer."""
        texts = repr([self._calibrator, self._accepted, self._encoder.name, *self.wordings])
        return self._cache.number(
            texts, lambda: threshold(self.corpus, self._calibrator, self._accepted)
        )

    def moved(self, encoder: Encoder, cache: VectorCache) -> FusedMatcher:
        """Itself, fitted in another process, with the encoder and the cache of this one."""
        self._encoder, self._cache = encoder, cache
        return self

    def match(self, text: str) -> Match:
        """Decide about a question; any text of any length gets a decision."""
        look = self._look(text)
        return self._found(look) if look else Match("none")

    def recalibrate(self, verdicts: Sequence[Verdict]) -> Measured | None:
        """Decide by what curators have said from now on; None where they have said too little."""
        found = measured(verdicts, self._calibrator, self._accepted)
        if found:
            self._calibrator, self.threshold = found.calibrator, found.threshold
        return found

    def explain(self, text: str) -> Explanation:
        """The same decision, with how the text was read and why."""
        look = self._look(text)
        if look is None:
            return Explanation(Match("none"), EMPTY)
        match, weighed = self._found(look), self._weighed(look)
        return Explanation(
            match,
            because(match, weighed),
            self._said_of_subject(look.mending.text, weighed),
            look.mending.changes,
            look.pieces[look.best] not in windows(look.mending.text),
            look.pieces,
            tuple(self._candidates(self.index, look.judged, look.best, weighed.chance)),
        )

    def _look(self, text: str) -> _Look | None:
        tidied = tidy(text)
        if not tidied or not self.wordings:
            return None
        mending = self._speller.mend(tidied)
        pieces = [p for reading in dict.fromkeys((tidied, mending.text)) for p in windows(reading)]
        vectors = np.stack([self._encoder.encode(piece) for piece in pieces])
        judged = self.index.judge(vectors, self._ngrams.vectors(pieces))
        best = int(self._calibrator.chance(judged.signs).argmax())
        return _Look(mending, tuple(pieces), judged, best)

    def _found(self, look: _Look) -> Match:
        reading, piece = look.mending.text, look.pieces[look.best]
        match = self._decided(self.index, look.judged, look.best, reading, piece)
        signs = map(float, look.judged.signs[look.best])
        return replace(match, features=(*signs, self._odds(reading)))

    def match_known(self, at: int) -> Match:
        """Decide about wording number `at` as it is."""
        return next(self.match_rows(self.index, [at]))

    def match_rows(self, index: Index, rows: Sequence[int]) -> Iterator[Match]:
        """Decide about wordings by `index`, which may know only some of them."""
        for start in range(0, len(rows), AT_ONCE):
            at = np.array(rows[start : start + AT_ONCE], np.intp)
            judged = index.judge(self.corpus.vectors[at], self.corpus.lexical[at])
            for place, row in enumerate(at):
                text = self.wordings[row].text
                yield self._decided(index, judged, place, text, text)

    def twins(self, cosine: float) -> Iterator[tuple[int, int]]:
        """Pairs of asks of different entries that lie as close as `cosine` or closer."""
        vectors: Vector = self.corpus.vectors
        for one in range(len(vectors)):
            for other in one + 1 + np.flatnonzero(vectors[one + 1 :] @ vectors[one] >= cosine):
                first, second = self.wordings[one], self.wordings[other]
                if first.wanted and second.wanted and first.entry != second.entry:
                    yield one, int(other)

    def _decided(self, index: Index, judged: Judged, row: int, text: str, read: str) -> Match:
        """Decide about row `row`, a reading of `text` or a piece of it."""
        plain = float(self._calibrator.chance(judged.signs[row]))
        chance = self._in_view_of_subject(plain, text)
        candidates = tuple(self._candidates(index, judged, row, chance))
        near = float(judged.signs[row, 2])
        first = index.entries[judged.order[row, 0]]
        # Where "none of these" or a barred entry comes first, what comes next was not meant either.
        if not candidates or candidates[0].entry != first:
            return Match("none", (), self.threshold, read, "barred")
        far = near < _near_enough(len(index.entries))
        sure = chance >= self.threshold
        reason: Reason = "far" if far else "sure" if sure else "unsure"
        if reason == "sure":
            return Match("answer", candidates, self.threshold, read, reason)
        offered = plain >= OFFER_FROM and near >= OFFER_NEAREST
        return Match("clarify" if offered else "none", candidates, self.threshold, read, reason)

    def _weighed(self, look: _Look) -> Weighed:
        signs = look.judged.signs[look.best]
        plain = float(self._calibrator.chance(signs))
        chance = self._in_view_of_subject(plain, look.mending.text)
        near, enough = float(signs[2]), _near_enough(len(self.index.entries))
        first, cosines = look.judged.order[look.best, 0], look.judged.cosines[look.best]
        entry = self.index.entries[first]
        nearest = (
            self.index.nearest_row(entry, cosines)
            if entry
            else self.index.nearest_unwanted(cosines)
        )
        bars = (enough, OFFER_NEAREST, OFFER_FROM)
        return Weighed(plain, chance, near, self._accepted, *bars, entry, *nearest)

    def _said_of_subject(self, text: str, weighed: Weighed) -> str:
        if not self._subject.words:
            return ""
        named = "named" if self._subject.named_in(text) else "not named"
        return f"{named}: the chance goes from {weighed.plain:.2f} to {weighed.chance:.2f}"

    def _in_view_of_subject(self, chance: float, text: str) -> float:
        """The chance, moved where the FAQ has one subject and `text` names it or not."""
        odds = self._odds(text)
        return odds * chance / (1 - chance + odds * chance)

    def _odds(self, text: str) -> float:
        if not self._subject.words:
            return 1.0
        return NAMED if self._subject.named_in(text) else UNNAMED

    def _candidates(
        self, index: Index, judged: Judged, row: int, chance: float
    ) -> Iterator[Candidate]:
        shares, cosines = judged.shares[row], judged.cosines[row]
        best = float(shares.max())
        for at in judged.order[row, :SHOWN]:
            entry = index.entries[at]
            if entry is not None and shares[at] >= BESIDE:
                nearest, cosine = index.nearest_row(entry, cosines)
                # A text that lies nearest to "never this entry" never gets this entry.
                if nearest.wanted:
                    score = round(chance * float(shares[at]) / best, 4)
                    yield Candidate(entry, score, nearest.text, round(cosine, 4))


def _near_enough(entries: int) -> float:
    return FEW_NEAREST if entries < FEW else ANSWER_NEAREST
