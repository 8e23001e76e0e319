"""A pack as it was read: each record still knows its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from core.content.assessment import Assessment
from core.content.document import Document, Path
from core.content.model import Case, Claim, Entry, Figure, PackCard, Record, Source
from core.content.pack import Pack
from core.content.problem import Problem
from core.content.safety import Lexicon, SafetyRule

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class Filed(Generic[R_co]):
    """A record and where it is written."""

    record: R_co
    document: Document
    path: Path

    def problem(self, at: Path, rule: str, what: str, remedy: str) -> Problem:
        """A problem at the line of `at`, a path inside this record."""
        found = self.document.problem((*self.path, *at), rule, what, remedy)
        return replace(found, excused=rule in getattr(self.record, "exempt", {}))

    def address(self, at: Path) -> str:
        """Where `at` is written, as editors understand it."""
        return f"{self.document.file}:{self.document.line((*self.path, *at))}"


@dataclass(slots=True)
class Draft:
    """The records of one pack, before they are found fit to be published."""

    card: Filed[PackCard]
    sources: list[Filed[Source]] = field(default_factory=list)
    claims: list[Filed[Claim]] = field(default_factory=list)
    entries: list[Filed[Entry]] = field(default_factory=list)
    cases: list[Filed[Case]] = field(default_factory=list)
    home: FilePath = FilePath()
    unread: set[str] = field(default_factory=set)
    assessments: list[Filed[Assessment]] = field(default_factory=list)
    rules: list[Filed[SafetyRule]] = field(default_factory=list)
    lexicons: list[Filed[Lexicon]] = field(default_factory=list)

    def published(self) -> Pack:
        """The pack without addresses."""
        return Pack(
            card=self.card.record,
            sources=tuple(s.record for s in self.sources),
            claims=tuple(c.record for c in self.claims),
            entries=tuple(e.record for e in self.entries),
            cases=tuple(c.record for c in self.cases),
            assessments=tuple(a.record for a in self.assessments),
            rules=tuple(r.record for r in self.rules),
            lexicons=tuple(x.record for x in self.lexicons),
            home=self.home,
        )

    def figure_path(self, figure: Figure) -> FilePath:
        """Where the drawing of a figure lies."""
        return self.home / "figures" / figure.file

    def reviewed(
        self,
    ) -> Iterator[
        Filed[Claim] | Filed[Entry] | Filed[Assessment] | Filed[SafetyRule] | Filed[Lexicon]
    ]:
        """Everything that carries a review."""
        yield from self.claims
        yield from self.entries
        yield from self.assessments
        yield from self.rules
        yield from self.lexicons
