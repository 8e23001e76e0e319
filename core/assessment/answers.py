"""Answers as bits of a number, so that a condition is three comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.content.assessment import Assessment, Condition


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition over bits."""

    all_of: int = 0
    any_of: int = 0
    none_of: int = 0

    def holds(self, given: int) -> bool:
        """Whether the condition holds of the answers given; what was not asked was not said."""
        return (
            given & self.all_of == self.all_of
            and (not self.any_of or given & self.any_of != 0)
            and not given & self.none_of
        )

    def settled(self, given: int, asked: int) -> bool | None:
        """Whether it holds whatever is still to be answered (`asked` has been); None if that is open."""
        missing = self.all_of & ~given
        possible = self.any_of & (given | ~asked)
        if missing & asked or given & self.none_of or (self.any_of and not possible):
            return False
        known = (
            not missing and (not self.any_of or self.any_of & given) and not self.none_of & ~asked
        )
        return True if known else None


class Coding:
    """The bit of each answer of an assessment, `question=option`."""

    def __init__(self, assessment: Assessment) -> None:
        answers = [answer for question in assessment.questions for answer in question.answers]
        self._bits = {answer: 1 << at for at, answer in enumerate(answers)}
        self.options = [[self._bits[a] for a in q.answers] for q in assessment.questions]
        self.asked = [sum(map(sum, self.options[:n])) for n in range(len(self.options) + 1)]

    def test(self, condition: Condition | None) -> Requirement:
        """A condition as a test; none holds of everyone."""
        if condition is None:
            return Requirement()
        parts = (condition.all_of, condition.any_of, condition.none_of)
        return Requirement(*(self._sum(answers) for answers in parts))

    def _sum(self, answers: Iterable[str]) -> int:
        return sum(self._bits[answer] for answer in set(answers))
