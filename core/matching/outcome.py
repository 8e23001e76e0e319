"""What became of a question whose right entries are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

OFFERED = 3

Outcome = Literal["right", "offered", "wrong", "withheld"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the entries any of which is right; none where nothing must be answered."""

    text: str
    entries: tuple[str, ...]


def outcome(question: Labelled, kind: str, shown: Sequence[str]) -> Outcome:
    """What became of a question that got `shown`, best first, as an answer or as an offer."""
    if kind == "answer":
        return "right" if shown[0] in question.entries else "wrong"
    if kind == "clarify" and set(question.entries) & set(shown[:OFFERED]):
        return "offered"
    return "withheld"
