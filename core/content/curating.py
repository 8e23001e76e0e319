"""Our sentences for the inbox of unanswered questions and for what moderators teach."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from core.content.model import Label, Record
from core.content.template import only


class LessonKind(StrEnum):
    """What was taught about an entry: a wording of it, or one that it never answers."""

    ASKED = "asked"
    NEVER = "never"


class What(StrEnum):
    """What is counted: what became of questions, and what people said of answers."""

    ANSWERED = "answered"
    OFFERED = "offered"
    WITHHELD = "withheld"
    HELPFUL = "helpful"
    NOT_MEANT = "not_meant"


_LIMITS = StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
Sentence = Annotated[str, _LIMITS, only()]
Counted = Annotated[str, _LIMITS, only("number", "most", "days", "page", "pages")]
LessonText = Annotated[str, _LIMITS, only("number", "said", "entry", "who", "when")]
Said = Annotated[str, _LIMITS, only("said", "entry")]


class Plain(Record):
    """A screen that counts nothing."""

    title: Label
    text: Sentence


class Counting(Record):
    """A screen that says how many, or which page."""

    title: Label
    text: Counted


class CuratingButtons(Record):
    """What is pressed in the inbox."""

    inbox: Label
    draft: Label
    teach: Label
    never: Label
    ignore: Label
    lessons: Label
    undo: Annotated[str, StringConstraints(max_length=30), only("number")]


class CuratingScreens(Record):
    """Every screen around the inbox."""

    inbox: Counting
    nothing: Counting
    question: Counting
    pick: Counting
    pick_never: Plain
    none_to_bar: Plain
    taught: Plain
    unfit: Plain
    held: Plain
    ignored: Plain
    lessons: Counting
    no_lessons: Plain
    undone: Plain


class Curating(Record):
    """Everything that is read around the inbox and what was taught."""

    asked_times: Annotated[str, StringConstraints(max_length=30), only("said", "number")]
    lessons: dict[LessonKind, LessonText]
    undone: Said
    buttons: CuratingButtons
    screens: CuratingScreens

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Every kind of lesson has its words."""
        if set(self.lessons) != set(LessonKind):
            raise ValueError("lessons must have a sentence for each kind")
        return self
