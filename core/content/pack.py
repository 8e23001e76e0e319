"""A pack as it is published: the card and all that lies beside it."""

from __future__ import annotations

from pathlib import Path

from core.content.assessment import Assessment
from core.content.model import Case, Claim, Entry, PackCard, Record, Source


class Pack(Record):
    """One topic, complete."""

    card: PackCard
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    entries: tuple[Entry, ...]
    cases: tuple[Case, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    home: Path = Path()
