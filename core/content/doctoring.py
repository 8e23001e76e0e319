"""Our sentences for what moderators are told of the bot's health in their community."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from core.content.model import Label, Record
from core.content.template import only


class Point(StrEnum):
    """What is looked at; each platform knows some of them."""

    COMMANDS = "commands"
    SEE = "see"
    WRITE = "write"
    EMBED = "embed"
    HISTORY = "history"
    THREADS = "threads"
    LOG = "log"
    TELLING = "telling"
    MESSAGES = "messages"
    PRIVACY_MODE = "privacy_mode"
    INLINE = "inline"
    TOPICS = "topics"
    DUE = "due"
    REVIEW = "review"
    LINKS = "links"


_LIMITS = StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
Found = Annotated[str, _LIMITS, only("number", "said")]


class PointWords(Record):
    """A point in order, and one to be mended: what is wrong and how it is put right."""

    fine: Found
    mend: Found


class Doctoring(Record):
    """The screen of the doctor, and what it says of each point."""

    title: Label
    fine: Found
    ill: Found
    links: Label
    no_links: Found
    points: dict[Point, PointWords]

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Every point has its words."""
        if set(self.points) != set(Point):
            raise ValueError("doctoring.points must have words for each point")
        return self
