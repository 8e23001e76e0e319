"""A pack as it was read: each record still knows its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from core.content.document import Document, Path
from core.content.model import Claim, Entry, Pack, PackCard, Record, Source
from core.content.problem import Problem

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class Filed(Generic[R_co]):
    """A record and where it is written."""

    record: R_co
    document: Document
    path: Path

    def problem(self, at: Path, rule: str, what: str, remedy: str) -> Problem:
        """A problem at the line of `at`, a path inside this record."""
        return self.document.problem((*self.path, *at), rule, what, remedy)


@dataclass(slots=True)
class Draft:
    """The records of one pack, before they are found fit to be published."""

    card: Filed[PackCard]
    sources: list[Filed[Source]] = field(default_factory=list)
    claims: list[Filed[Claim]] = field(default_factory=list)
    entries: list[Filed[Entry]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def published(self) -> Pack:
        """The pack without addresses."""
        return Pack(
            card=self.card.record,
            sources=tuple(s.record for s in self.sources),
            claims=tuple(c.record for c in self.claims),
            entries=tuple(e.record for e in self.entries),
        )

    def reviewed(self) -> Iterator[Filed[Claim] | Filed[Entry]]:
        """Everything that carries a review."""
        yield from self.claims
        yield from self.entries
