"""A rule as a page: its name, why it is there, an example that breaks it, and the check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.content.draft import Draft
from core.content.problem import Problem

Check = Callable[[Sequence[Draft], date], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that content keeps.

    `example` is YAML that breaks it when laid over a sound pack (keys: pack, source, claim, entry,
    other for a second entry; a key without a value is taken away). A rule that `stops` keeps a bot
    from starting. The others are an author's duty, from which an entry, claim or source is free if
    it says `exempt: {rule: reason}`.
    """

    id: str
    reason: str
    example: str
    check: Check
    stops: bool = False


def each(check: Callable[[Draft], Iterator[Problem]]) -> Check:
    """A check of one pack as a check of all of them."""

    def checked(drafts: Sequence[Draft], _: date) -> Iterator[Problem]:
        for draft in drafts:
            yield from check(draft)

    return checked
