"""Our sentences for what the bot says in a channel without being asked, and for who chooses that."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from core.content.model import Label, Record
from core.content.template import only


class Mode(StrEnum):
    """What the bot does in a channel about questions that nobody asked it."""

    OFF = "off"
    COUNT = "count"
    SUGGEST = "suggest"
    OFFER = "offer"
    ANSWER = "answer"


_LIMITS = StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
Sentence = Annotated[str, _LIMITS, only()]
Said = Annotated[str, _LIMITS, only("said")]
Numbered = Annotated[str, _LIMITS, only("number", "days", "asked", "told")]
Pressed = Annotated[str, StringConstraints(max_length=30), only("number")]
Line = Annotated[str, _LIMITS, only("said", "entry", "number")]


class Screen(Record):
    """A screen that fills in nothing."""

    title: Label
    text: Sentence


class Saying(Record):
    """A screen that quotes a reviewed question."""

    title: Label
    text: Said


class Counting(Record):
    """A screen that says how many."""

    title: Label
    text: Numbered


class ModeWords(Record):
    """A mode on its button, and what it means."""

    label: Label
    means: Sentence


class Replayed(Record):
    """What would have been said to the last messages of a channel."""

    summary: Counting
    nothing: Counting
    answer: Line
    suggest: Line
    alarm: Numbered
    unreadable: Screen


class Speaking(Record):
    """Everything around speaking unasked: the choices, what is said, and how that is stopped."""

    modes: dict[Mode, ModeWords]
    chosen: Numbered
    channels: Counting
    channel: Screen
    deaf: Screen
    no_log: Screen
    untold: Annotated[str, _LIMITS, only("number")]
    counted: Numbered
    most: Said
    pause: Pressed
    button: Label
    offer: Saying
    because: Said
    suggested: Saying
    message: Label
    read: Label
    dismiss: Label
    quiet: Label
    speak_again: Label
    dismissing: Screen
    dismissed: Screen
    quieted: Screen
    speaking: Screen
    replay: Replayed

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Every mode has its words."""
        if set(self.modes) != set(Mode):
            raise ValueError("speaking.modes must have words for each mode")
        return self
