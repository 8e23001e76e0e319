"""Our sentences where a form is asked one message after another, and around it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from core.content.model import Label, Record
from core.content.moderation import Counted, Listed, Screen
from core.content.template import only


class AskingButtons(Record):
    """What is pressed instead of writing."""

    back: Label
    skip: Label
    keep: Label
    empty: Label
    cancel: Label
    go_on: Label
    drop: Label


class AskingScreens(Record):
    """What is said beside the questions of a form."""

    door: Screen
    cancelled: Screen
    dropped: Screen
    too_long: Screen
    elsewhere: Screen


Hint = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Step = Annotated[
    str, StringConstraints(min_length=1, max_length=60), only("number", "most", "field")
]


class AskingWords(Record):
    """A form by messages: `step` names the field, `now` what stands there already."""

    step: Step
    now: Listed
    buttons: AskingButtons
    screens: AskingScreens


class MenuButtons(Record):
    """What moderators begin with."""

    menu: Label
    review: Label
    test: Label
    settings: Label
    search: Label
    log: Label


class MenuCommands(Record):
    """What a platform's command list says of the commands round a community's own answers."""

    faq: Hint
    save: Hint
    teach: Hint
    propose: Hint
    privacy: Hint


class MenuWords(Record):
    """Where moderators begin, and the way there from a group."""

    title: Label
    text: Counted
    waiting: Counted
    door: Screen
    logging: Screen
    buttons: MenuButtons
    commands: MenuCommands
    try_title: Label
