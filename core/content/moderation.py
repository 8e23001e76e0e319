"""Our sentences for those who look after a community's own FAQ."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self, get_args

from pydantic import StringConstraints, model_validator

from core.content.model import Label, Line, Long, Record
from core.content.template import only


class State(StrEnum):
    """How far the latest text of an entry has come."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    REMOVED = "removed"


class Action(StrEnum):
    """What was done to an entry; ASIDE is a text kept because another came first."""

    ADDED = "added"
    PROPOSED = "proposed"
    EDITED = "edited"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    SENT_BACK = "sent_back"
    RESTORED = "restored"
    CONFIRMED = "confirmed"
    REMOVED = "removed"
    ASIDE = "aside"


_LIMITS = StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
Sentence = Annotated[str, _LIMITS, only()]
# A problem names the field and what was found there, or how much is allowed.
ProblemText = Annotated[str, _LIMITS, only("field", "said", "most")]
ChangeText = Annotated[str, _LIMITS, only("number", "done", "who", "when")]
Told = Annotated[str, _LIMITS, only("question")]
Counted = Annotated[str, _LIMITS, only("number", "most", "page", "pages")]
CandidateText = Annotated[str, _LIMITS, only("question", "score", "nearest")]
Listed = Annotated[str, _LIMITS, only("said")]


class FieldWords(Record):
    """A field of a form: its name, and a hint inside it."""

    label: Label
    hint: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Fields(Record):
    """The form an entry is written in."""

    question: FieldWords
    short: FieldWords
    asks: FieldWords
    more: FieldWords
    links: FieldWords


class Shelf(Record):
    """The community's own entries among the packs."""

    title: Label
    covers: Line
    not_covered: Line
    about: Long


class ModeratorButtons(Record):
    """What moderators press."""

    add: Label
    edit: Label
    submit: Label
    publish: Label
    send_back: Label
    remove: Label
    history: Label
    restore: Label
    use_mine: Label
    show_mine: Label
    show_theirs: Label
    list: Label
    alone_on: Label
    alone_off: Label
    version: Annotated[str, StringConstraints(max_length=30), only("number")]


class Screen(Record):
    """A reply to a moderator or a proposer: its title and what it says."""

    title: Label
    text: Sentence


class CountedScreen(Record):
    """A screen that says how many, or which page."""

    title: Label
    text: Counted


class ModeratorScreens(Record):
    """Every reply to a moderator or a proposer that is not an entry."""

    refused: Screen
    stranger: Screen
    gone: Screen
    listed: CountedScreen
    empty: Screen
    history: CountedScreen
    conflict: Screen
    full: CountedScreen
    too_many_proposals: CountedScreen
    thanks: Screen
    tried: Screen
    settings_alone: Screen
    settings_two: Screen


Problems = dict[str, ProblemText]
# What can be wrong with an entry written in chat; a rule without a sentence here would be mute.
PROBLEMS = (
    "too-long",
    "empty-text",
    "bad-form",
    "wrong-kind",
    "duplicate",
    "shared-ask",
    "contradiction",
    "markup",
    "banned",
    "ownerless",
    "many-asks",
    "many-links",
)


class Moderation(Record):
    """Everything a moderator or a proposer reads."""

    shelf: Shelf
    link: Sentence
    someone: Sentence
    add_title: Label
    edit_title: Label
    propose_title: Label
    fields: Fields
    states: dict[State, Sentence]
    served: Sentence
    done: dict[Action, Sentence]
    leads: dict[Action, Sentence]
    change: ChangeText
    also_asked: Listed
    decided: dict[Literal["answer", "clarify", "none", "safety", "shown"], Sentence]
    candidate: CandidateText
    rule: Listed
    draws: Listed
    curators: Counted
    needs_another: Sentence
    to_mend: Sentence
    buttons: ModeratorButtons
    screens: ModeratorScreens
    problems: Problems
    accepted: Told
    declined: Told

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Every state, action and problem has its words."""
        wanted = {"states": State, "done": Action, "leads": Action, "problems": PROBLEMS}
        wanted["decided"] = get_args(get_args(type(self).model_fields["decided"].annotation)[0])
        short = [n for n, kinds in wanted.items() if set(getattr(self, n)) != set(kinds)]
        if short:
            raise ValueError(f"{', '.join(short)} must have a sentence for each of its kinds")
        return self
