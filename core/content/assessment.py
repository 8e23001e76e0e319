"""The shapes of a guided check: questions, a decision table, outcomes, and what must always hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from core.content.model import Code, Evidence, Label, Line, Long, Record, Review, Slug
from core.content.model import Question as Title
from core.content.safety import Kind

# The option that every question has, so that nobody has to answer.
NOT_SAID = "not-said"
MOST_OPTIONS = 10

Answer = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+=[a-z0-9-]+$", max_length=81)]


class Condition(Record):
    """What must hold of the answers, each written `question=option`; all three parts at once."""

    all_of: tuple[Answer, ...] = ()
    any_of: tuple[Answer, ...] = ()
    none_of: tuple[Answer, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer it names."""
        return (*self.all_of, *self.any_of, *self.none_of)


class Option(Record):
    """One of the answers to a question: short on its button, in full in the message."""

    id: Slug
    label: Label
    text: Line | None = None


class Question(Record):
    """Something a person is asked, and why."""

    id: Slug
    text: Title
    why: Line
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MOST_OPTIONS)]

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer to it, as conditions write them."""
        return tuple(f"{self.id}={option.id}" for option in self.options)


class Passage(Record):
    """Something an outcome says, always or where its condition holds; `helplines` stand behind it."""

    text: Long
    when: Condition | None = None
    helplines: tuple[Kind, ...] = ()


class Lead(Record):
    """An entry that people go on to, under its own label or another."""

    entry: Slug
    label: Label | None = None
    when: Condition | None = None


class Outcome(Record):
    """Where a check ends.

    `at_once` ends it as soon as the answers so far decide for this outcome; `alone` shows nothing
    but its own words and the way back. One for `adults` may link to sources that are for them.
    """

    id: Slug
    title: Title
    says: Annotated[tuple[Passage, ...], Field(min_length=1)]
    evidence: Evidence
    claims: tuple[Code, ...]
    leads: tuple[Lead, ...] = ()
    audience: Literal["anyone", "adults"] = "anyone"
    at_once: bool = False
    alone: bool = False


class Row(Record):
    """A row of the decision table; one without a condition is for everyone who is left."""

    outcome: Slug
    when: Condition | None = None


class Addition(Record):
    """Something that several outcomes say where its condition holds, before or after their own."""

    text: Long
    when: Condition
    place: Literal["before", "after"]
    outcomes: tuple[Slug, ...]


class Invariant(Record):
    """Where its condition holds, a check always (or never) ends at one of `outcomes`."""

    when: Condition
    outcomes: tuple[Slug, ...]
    because: Line


class Assessment(Record):
    """A guided check; the first row of `table` that holds is where it ends."""

    id: Slug
    label: Label
    title: Title
    intro: Long
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    table: Annotated[tuple[Row, ...], Field(min_length=1)]
    outcomes: tuple[Outcome, ...]
    additions: tuple[Addition, ...] = ()
    always: tuple[Invariant, ...] = ()
    never: tuple[Invariant, ...] = ()
    review: Review
