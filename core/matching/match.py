"""What matching says: an answer, a few to choose from, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may fit, how well (0 to 1), and the ask that came nearest, with its cosine."""

    entry: str
    score: float
    ask: str
    cosine: float | None = None


# Sure enough; not sure enough; nothing known near enough, whatever the score; nearest to a not_ask.
Reason = Literal["sure", "unsure", "far", "barred"]


@dataclass(frozen=True, slots=True)
class Match:
    """A decision and the candidates behind it, best first.

    `threshold` is the score from which the first would have been the answer, `read` the text, or the
    part of it, as it was read, `reason` why it is an answer or none, where there was a choice, and
    `features` what a verdict on it keeps (core.matching.recalibration).
    """

    kind: Literal["answer", "clarify", "none"]
    candidates: tuple[Candidate, ...] = ()
    threshold: float | None = None
    read: str | None = None
    reason: Reason | None = None
    features: tuple[float, ...] = ()


class Matcher(Protocol):
    """The narrow door between the dialogue and whatever finds entries."""

    def match(self, text: str) -> Match:
        """Decide about a question; any text of any length gets a decision."""
