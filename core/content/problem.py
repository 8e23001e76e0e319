"""A mistake in content: where it is, which rule it breaks, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake of an author; `line` counts from 1; `excused` if the record says why it may be."""

    file: str
    line: int
    rule: str
    what: str
    remedy: str
    excused: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.what}: {self.remedy}"


class ContentError(Exception):
    """Content that must not be served; holds every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
