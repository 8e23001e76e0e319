"""Our sentences for the inbox of unanswered questions and for what moderators teach."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from core.content.model import Label, Record
from core.content.moderation import FieldWords
from core.content.template import only


class LessonKind(StrEnum):
    """What was taught about an entry: a wording, one it never answers, a note, or that it is hidden."""

    ASKED = "asked"
    NEVER = "never"
    NOTE = "note"
    HIDDEN = "hidden"


class What(StrEnum):
    """What is counted: what became of questions, what people said of answers, what was said unasked.

    WOULD: something would have been said, had the moderators let it.
    """

    ANSWERED = "answered"
    OFFERED = "offered"
    WITHHELD = "withheld"
    HELPFUL = "helpful"
    NOT_MEANT = "not_meant"
    SPOKEN = "spoken"
    WOULD = "would"


_LIMITS = StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
Sentence = Annotated[str, _LIMITS, only()]
Counted = Annotated[str, _LIMITS, only("number", "most", "days", "page", "pages")]
LessonText = Annotated[str, _LIMITS, only("number", "said", "entry", "who", "when")]
Numbers = Annotated[
    str,
    _LIMITS,
    only(
        "asked",
        "answered",
        "offered",
        "withheld",
        "helpful",
        "not_meant",
        "spoken",
        "would",
        "week",
        "before",
        "days",
    ),
]
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
    shipped: Label
    due: Label
    first_right: Label
    first_wrong: Label
    insights: Label
    export: Label
    hide: Label
    note: Label
    right: Label
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
    shipped: Counting
    one: Plain
    needed: Plain
    noted: Plain
    note_unfit: Plain
    due: Counting
    none_due: Plain
    checked: Plain
    judged: Counting
    insights: Counting


class Chosen(Record):
    """What is chosen about the inbox and the log channel, and the buttons that choose it."""

    inbox: Counted
    log: Sentence
    no_log: Sentence
    days: Annotated[str, StringConstraints(max_length=30), only("number")]
    alike: Annotated[str, StringConstraints(max_length=30), only("number")]
    stop_log: Label


class TransferWords(Record):
    """Export and import, and places that share one FAQ."""

    exported: Plain
    problems: Plain
    nothing: Plain
    differences: Counting
    taken: Counting
    stale: Plain
    new: Said
    changed: Said
    same: Counted
    taught: Counted
    take_all: Label
    take_one: Annotated[str, StringConstraints(max_length=30), only("number")]
    code: Plain
    code_is: Said
    code_title: Label
    code_field: FieldWords
    file_title: Label
    file_field: FieldWords
    no_code: Plain
    not_empty: Plain
    linked: Plain
    unlinked: Plain
    not_linked: Plain
    make_code: Label
    use_code: Label
    unlink: Label


class InsightWords(Record):
    """The numbers of the last weeks; `said` are the numbers, or a list."""

    questions: Numbers
    votes: Numbers
    trend: Numbers
    top: Said
    missing: Said
    none: Sentence
    title: Label
    axis: Label
    top_title: Label
    missing_title: Label
    alt: Numbers
    kinds: dict[What, Label]


class Logged(Record):
    """What a log channel is told of a change."""

    before: Said
    now: Said


class Curating(Record):
    """Everything that is read around the inbox and what was taught."""

    asked_times: Annotated[str, StringConstraints(max_length=30), only("said", "number")]
    lessons: dict[LessonKind, LessonText]
    note_title: Label
    measured: Annotated[str, _LIMITS, only("number", "wrong", "low", "high")]
    unmeasured: Counted
    note_field: FieldWords
    note: Said
    hidden: Sentence
    changed: Said
    gone: Said
    chosen: Chosen
    logged: Logged
    insights: InsightWords
    transfer: TransferWords
    buttons: CuratingButtons
    screens: CuratingScreens

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Every kind of lesson has its words."""
        if set(self.lessons) != set(LessonKind):
            raise ValueError("lessons must have a sentence for each kind")
        if set(self.insights.kinds) != set(What):
            raise ValueError("insights.kinds must name each of what is counted")
        return self
