"""What became of a community's questions: counts by day, without anybody's name in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.content.curating import InsightWords, What

DAYS, WEEK, MOST = 28, 7, 3
ASKED = (What.ANSWERED, What.OFFERED, What.WITHHELD)


@dataclass(frozen=True, slots=True)
class Listed:
    """A question and how often it came."""

    said: str
    number: int


@dataclass(frozen=True, slots=True)
class Insights:
    """The last days, oldest first, each with how often what happened; and what came most.

    `words` name it all; `alt` says the picture in words.
    """

    trend: tuple[Mapping[What, int], ...]
    top: tuple[Listed, ...]
    missing: tuple[Listed, ...]
    words: InsightWords

    @property
    def days(self) -> int:
        """How many there are."""
        return len(self.trend)

    @property
    def numbers(self) -> dict[str, int]:
        """All numbers by name."""
        sums = {str(what): sum(day[what] for day in self.trend) for what in What}
        asked = [sum(day[what] for what in ASKED) for day in self.trend]
        week, before = sum(asked[-WEEK:]), sum(asked[-2 * WEEK : -WEEK])
        return sums | {"asked": sum(asked), "week": week, "before": before, "days": self.days}

    @property
    def alt(self) -> str:
        """The picture in words."""
        return self.words.alt.format(**self.numbers)
