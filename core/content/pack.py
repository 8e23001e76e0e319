"""A pack: one topic, with all that lies in its folder."""

from __future__ import annotations

from pathlib import Path

from core.content.assessment import Assessment
from core.content.model import Case, Claim, Entry, PackCard, Record, Source
from core.content.safety import Lexicon, SafetyRule


class Pack(Record):
    """One topic, complete: the card and all that lies beside it."""

    card: PackCard
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    entries: tuple[Entry, ...]
    cases: tuple[Case, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    rules: tuple[SafetyRule, ...] = ()
    lexicons: tuple[Lexicon, ...] = ()
    home: Path = Path()
