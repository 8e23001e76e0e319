"""What a system has to do to take part, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.matching.encoder import Encoder
    from tools.bench.sets import Ask, Faq

# Entries and confidences, best first.
Ranking = list[tuple[str, float]]


class Contender(Protocol):
    """A FAQ that was read by a system, ready for questions."""

    def rank(self, text: str) -> Ranking:
        """Its candidates, best first."""

    def decide(self, text: str, asked: float) -> str | None:
        """The entry it answers with outright when `asked` of its answers may be wrong."""


class Supplies:
    """What systems are built with: the encoder, loaded by whoever needs it, and a folder to use."""

    def __init__(self, load: Callable[[], Encoder], folder: Path) -> None:
        self._load, self.folder = load, folder

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that all systems share."""
        return self._load()


@dataclass(frozen=True, slots=True)
class Kind:
    """A system: its name, how it is built, and how far its figures go.

    `rule` says how it decides to answer ("" where nobody knows a customary cut), `heeds` whether that
    depends on the asked rate, `ranks` whether more than its first candidate is known, `sample` how many
    questions it is quick enough for, `skips` what the names of FAQs hold that it is too slow for, `note`
    what a reader has to know, and `fitted_on` the sets its shipped parameters come from: on one of those,
    `make` has to take parameters fitted without it, and the tables say so.
    """

    name: str
    make: Callable[[Faq, Supplies], Contender]
    rule: str = ""
    heeds: bool = False
    ranks: bool = True
    sample: int | None = None
    skips: str | None = None
    note: str = ""
    fitted_on: frozenset[str] = frozenset()


class Grouped:
    """Asks by entry, entries in the order of their names (so that ties fall alike for all)."""

    def __init__(self, asks: Iterable[Ask]) -> None:
        by_entry: dict[str, list[str]] = {}
        for text, entry in asks:
            by_entry.setdefault(entry, []).append(text)
        self.by_entry = dict(sorted(by_entry.items()))
        self.entries = list(self.by_entry)
        self.texts = [text for texts in self.by_entry.values() for text in texts]
        self.documents = [" ".join(texts) for texts in self.by_entry.values()]
        self.owner = [at for at, texts in enumerate(self.by_entry.values()) for _ in texts]

    def best(self, scores: Sequence[float]) -> Ranking:
        """Entries by the best of their asks."""
        best: dict[int, float] = {}
        for at, score in zip(self.owner, scores, strict=True):
            if score > best.get(at, float("-inf")):
                best[at] = score
        return ranked((self.entries[at], score) for at, score in best.items())


def ranked(scored: Iterable[tuple[str, float]]) -> Ranking:
    """Best first; equal ones stay as they were."""
    return sorted(scored, key=lambda pair: -pair[1])
