"""What matching says: an answer, a few to choose from, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may fit, how well (0 to 1), and the ask that came nearest."""

    entry: str
    score: float
    ask: str


@dataclass(frozen=True, slots=True)
class Match:
    """A decision and the candidates behind it, best first.

    `threshold` is the score from which the first would have been the answer, `read` the text, or the
    part of it, as it was read.
    """

    kind: Literal["answer", "clarify", "none"]
    candidates: tuple[Candidate, ...] = ()
    threshold: float | None = None
    read: str | None = None


class Matcher(Protocol):
    """The narrow door between the dialogue and whatever finds entries."""

    def match(self, text: str) -> Match:
        """Decide about a question; any text of any length gets a decision."""
