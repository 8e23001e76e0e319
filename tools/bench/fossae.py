"""Fossae as a contender; `build` is the one place that knows which matcher it is."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from core.content.model import Entry, Evidence, Review
from core.matching import calibrator
from core.matching.fused import ACCEPTED, FusedMatcher
from core.matching.match import Match
from core.matching.vectors import VectorCache
from tools.bench.contender import Grouped, Kind, Ranking, Supplies
from tools.bench.sets import Faq

_REVIEW = Review(status="editorial", on=date(2026, 1, 1), due=date(2027, 1, 1))
# The sets that tools.calibrate draws from, and for each the name without which it was fitted too.
FITTED_ON = {
    "clinc": "clinc",
    "bank": "bank",
    "bankoos": "bank",
    "hwu": "hwu",
    "sofmattress": "sofmattress",
}


def build(faq: Faq, supplies: Supplies, asked: float = ACCEPTED) -> FusedMatcher:
    """The matcher over a FAQ, with a calibrator that has not seen the set it comes from."""
    cache = VectorCache(supplies.folder, supplies.encoder)
    fitted = calibrator.shipped(FITTED_ON.get(faq.source))
    return FusedMatcher(entries(faq), supplies.encoder, cache, accepted=asked, calibrator=fitted)


class Fossae:
    """The matcher behind the door that every contender has."""

    def __init__(self, faq: Faq, supplies: Supplies) -> None:
        self._ranks = build(faq, supplies)
        self._decides = lru_cache(maxsize=None)(lambda asked: build(faq, supplies, asked))

    def rank(self, text: str) -> Ranking:
        """The candidates of its match, whatever it decided."""
        return [(one.entry, one.score) for one in self._ranks.match(text).candidates]

    def decide(self, text: str, asked: float) -> str | None:
        """The entry of an answer; an offer is no answer."""
        decider = self._decides(asked)
        match: Match = decider.match(text)
        return match.candidates[0].entry if match.kind == "answer" else None


def entries(faq: Faq) -> list[Entry]:
    """A FAQ as reviewed entries: the first ask is the question, so each ask stands there once."""
    return [_entry(name, texts) for name, texts in Grouped(faq.asks).by_entry.items()]


def _entry(name: str, texts: list[str]) -> Entry:
    """Not validated: labels of the sets are no slugs, and some asks are longer than ours may be."""
    return Entry.model_construct(
        id=name,
        topic="bench",
        question=texts[0],
        label=name,
        asks=tuple(texts[1:]),
        not_asks=(),
        short=texts[0],
        evidence=Evidence.NONE,
        claims=(),
        review=_REVIEW,
    )


FOSSAE = Kind(
    "Fossae",
    Fossae,
    heeds=True,
    rule="the asked rate",
    fitted_on=frozenset(FITTED_ON),
)
