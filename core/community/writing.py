"""A form that is asked one message after another: where it stands, and what it asks next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.community.protocol.outcome import Field, Form
from core.community.protocol.presses import tag_in
from core.community.screens.boards import clipped
from core.content.asking import AskingWords
from core.content.moderation import Screen
from core.content.own import TAG
from core.content.wording import Wording
from core.dialogue.reply import Choice, Reply
from core.dialogue.request import Manage

MOST_NOW = 1_500
BACK, KEEP, EMPTY, CANCEL, OPEN, DROP = "bsecox"
KEY = r"[a-z0-9]{8}"
_WRITTEN = re.compile(
    rf"-(?P<step>[{BACK}{KEEP}{EMPTY}{CANCEL}{OPEN}{DROP}])(?P<tag>{TAG})(?P<key>{KEY})(?P<at>\d)"
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a form: which form, at which of its fields, and what is wanted."""

    step: str
    tag: str
    key: str
    at: int

    @property
    def opened(self) -> Pressed:
        """The same form, shown where it stands."""
        return replace(self, step=OPEN)


def read(written: str) -> Pressed | None:
    """The button of a form; None for all others."""
    found = _WRITTEN.fullmatch(written)
    return Pressed(found["step"], found["tag"], found["key"], int(found["at"])) if found else None


@dataclass(frozen=True, slots=True)
class Writing:
    """A form under way; `at` is the field that is asked now."""

    key: str
    form: Form
    at: int = 0

    @property
    def tag(self) -> str:
        """The community it is for."""
        return tag_in(self.form.sent) or ""

    @property
    def values(self) -> dict[str, str]:
        """What is in it."""
        return {field.name: field.value for field in self.form.fields}

    @property
    def complete(self) -> bool:
        """Whether every field was asked."""
        return self.at >= len(self.form.fields)

    def wrote(self, text: str) -> Writing:
        """With `text` in the field that is asked, and on to the next."""
        fields = [*self.form.fields]
        fields[self.at] = replace(fields[self.at], value=text)
        return replace(self, form=replace(self.form, fields=tuple(fields)), at=self.at + 1)

    def stepped(self, step: str) -> Writing:
        """One field back, or on with the field as it is, or empty."""
        match step:
            case "b":
                return self.asking(self.at - 1)
            case "s":
                return replace(self, at=self.at + 1)
            case "e":
                return self.wrote("")
            case _:
                return self

    def asking(self, at: int) -> Writing:
        """At a field that there is."""
        return replace(self, at=min(max(at, 0), len(self.form.fields) - 1))


class Prompts:
    """What a person who fills in a form is shown."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._said: AskingWords = wording.asking

    def asked(self, writing: Writing, *leads: str) -> Reply:
        """The next question, with what stands there already."""
        field = writing.form.fields[writing.at]
        most = len(writing.form.fields)
        step = self._said.step.format(number=writing.at + 1, most=most, field=field.label)
        now = [self._said.now.format(said=clipped(field.value, MOST_NOW))] if field.value else []
        choices = tuple(self._choices(writing, field))
        paragraphs = (*leads, step if most > 1 else field.label, field.hint, *now)
        return Reply(writing.form.title, paragraphs, choices=choices, private=True)

    def too_long(self, writing: Writing) -> Reply:
        """The same question again: the answer was longer than can be kept."""
        return self.asked(
            writing, self._said.screens.too_long.title, self._said.screens.too_long.text
        )

    def door(self, writing: Writing) -> Reply:
        """A button to the form that everyone around may see."""
        open = self._choice(writing, self._wording.buttons.open_privately, OPEN)
        return replace(_screen(self._said.screens.door, open), private=False)

    def cancelled(self, writing: Writing) -> Reply:
        """What was written waits for its writer."""
        buttons = self._said.buttons
        go_on = self._choice(writing, buttons.go_on, OPEN)
        return _screen(
            self._said.screens.cancelled, go_on, self._choice(writing, buttons.drop, DROP)
        )

    def dropped(self) -> Reply:
        """Nothing of it is kept."""
        return _screen(self._said.screens.dropped)

    def _choices(self, writing: Writing, field: Field) -> Iterator[Choice]:
        buttons = self._said.buttons
        if field.value:
            yield self._choice(writing, buttons.keep, KEEP)
        elif not field.required:
            yield self._choice(writing, buttons.skip, KEEP)
        if field.value and not field.required:
            yield self._choice(writing, buttons.empty, EMPTY)
        if writing.at:
            yield self._choice(writing, buttons.back, BACK)
        yield self._choice(writing, buttons.cancel, CANCEL)

    def _choice(self, writing: Writing, label: str, step: str) -> Choice:
        return Choice(label, Manage(f"-{step}{writing.tag}{writing.key}{writing.at}"))


def _screen(screen: Screen, *choices: Choice) -> Reply:
    return Reply(screen.title, (screen.text,), choices=choices, private=True)
