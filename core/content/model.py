"""The shapes that authors write in YAML: packs, sources, claims, entries and our own wording."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

ID = r"[a-z0-9]+(-[a-z0-9]+)*"


class Record(BaseModel):
    """A piece of content: immutable, and a key nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _iso(value: object) -> object:
    """pydantic would take a bare number for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError("date_parsing", "not a date")
    return value


Day = Annotated[date, BeforeValidator(_iso)]


def _text(longest: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=longest, strip_whitespace=True)


Slug = Annotated[str, StringConstraints(pattern=f"^{ID}$", max_length=40)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2,4}$")]
Label = Annotated[str, _text(38)]
Question = Annotated[str, _text(100)]
Ask = Annotated[str, _text(200)]
Short = Annotated[str, _text(350)]
Long = Annotated[str, _text(900)]
Line = Annotated[str, _text(300)]


class Verdict(StrEnum):
    """What we hold of a claim after looking for evidence."""

    SUPPORTED = "supported"
    PLAUSIBLE = "plausible"
    CONTESTED = "contested"
    UNSUPPORTED = "unsupported"
    OPINION = "opinion"
    FRAMING = "framing"
    GAP = "gap"


class Evidence(StrEnum):
    """How well an answer is founded, in the words a member reads; strongest first."""

    STRONG = "strong"
    SOME = "some"
    EXPERTS = "experts"
    CONTESTED = "contested"
    NONE = "none"
    COMMUNITY = "community"


class Review(Record):
    """Who last checked a text, when, and when it must be looked at again."""

    status: Literal["editorial", "clinician", "moderators"]
    on: Day
    due: Day
    reviewer: Line | None = None


# Rules that a record breaks on purpose, each with the reason.
Exempt = dict[Slug, Line]


class Source(Record):
    """A work that a claim rests on, and how much of it was actually read."""

    id: Code
    label: Label
    title: Line
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=300)]
    kind: Literal[
        "study", "review", "textbook", "guideline", "label", "official", "expert", "consumer", "web"
    ]
    read: Literal["original", "copy", "unread"]
    read_on: Day | None = None
    audience: Literal["anyone", "adults"] = "anyone"
    says: Long
    exempt: Exempt = {}


Grade = Literal["A", "B", "C", "D", "none"]


class Claim(Record):
    """The smallest thing that can be true, cited and withdrawn."""

    id: Code
    text: Line
    verdict: Verdict
    grade: Grade
    sources: tuple[Code, ...] = ()
    review: Review
    revise_if: Line | None = None
    left_out: Line | None = None
    exempt: Exempt = {}


class Figure(Record):
    """A drawing of ours that an entry may show."""

    id: Slug
    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.(png|svg)$")]
    alt: Line


class Entry(Record):
    """A question people ask, the reviewed answer, and what the answer rests on."""

    id: Slug
    topic: Slug
    question: Question
    label: Label
    asks: tuple[Ask, ...]
    not_asks: tuple[Ask, ...] = ()
    short: Short
    more: Long | None = None
    evidence: Evidence
    claims: tuple[Code, ...]
    see_also: tuple[Slug, ...] = ()
    audience: Literal["anyone", "adults"] = "anyone"
    sensitivity: Literal["open", "private"] = "open"
    figure: Slug | None = None
    review: Review
    exempt: Exempt = {}


class Case(Record):
    """An author's expectation: what a question in nobody's wording must find, or that nothing may."""

    text: Annotated[str, _text(600)]
    finds: tuple[Slug, ...]
    note: Line | None = None


class Topic(Record):
    """A shelf on which entries are browsed."""

    id: Slug
    label: Label


Share = Annotated[float, Field(ge=0, le=1)]


class Promise(Record):
    """What a pack states of its cases; `fossae check` fails below it.

    `found`: of the cases that must find an entry, the share answered or offered rightly.
    `answered`: the share answered outright and rightly. `wrong`: of all answers given, the share
    that was wrong, at most.
    """

    found: Share
    answered: Share
    wrong: Share


class PackCard(Record):
    """pack.yaml: what a pack is about, what it covers and what it does not."""

    id: Slug
    title: Label
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    covers: Line
    not_covered: Line
    about: Long
    under_18: Slug
    topics: tuple[Topic, ...]
    figures: tuple[Figure, ...] = ()
    promise: Promise | None = None


STRENGTH = {evidence: rank for rank, evidence in enumerate(reversed(Evidence))}
_BY_GRADE = {
    "A": Evidence.STRONG,
    "B": Evidence.SOME,
    "C": Evidence.EXPERTS,
    "D": Evidence.NONE,
    "none": Evidence.NONE,
}


def evidence_for(claim: Claim) -> Evidence:
    """The strongest words an answer may use that rests on this claim."""
    if claim.verdict is Verdict.CONTESTED:
        return Evidence.CONTESTED
    if claim.verdict is Verdict.GAP:
        return Evidence.NONE
    graded = _BY_GRADE[claim.grade]
    untested = claim.verdict in (Verdict.PLAUSIBLE, Verdict.OPINION)
    return min(graded, Evidence.EXPERTS, key=STRENGTH.__getitem__) if untested else graded
