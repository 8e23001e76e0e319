"""What a person can want, whichever button, command or sentence they said it with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from core.content.wording import Reach


class Part(StrEnum):
    """How much of an entry is shown."""

    SHORT = "short"
    MORE = "more"
    SOURCES = "sources"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question in a person's own words; it has no token, for words are not kept."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """An entry; `of_age` says that the person has just said to be 18 or over."""

    entry: str
    part: Part = Part.SHORT
    of_age: bool = False


@dataclass(frozen=True, slots=True)
class Instead:
    """ "Not what I asked": the next best entry, or None when nothing is left to offer.

    `of` is the mark of the entry that was not meant, where one was given as the answer.
    """

    entry: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Helpful:
    """An answer helped: the same once more, with thanks."""

    entry: str


@dataclass(frozen=True, slots=True)
class Browse:
    """The topics, or the questions of one topic; pages count from 0."""

    topic: str | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class ListSources:
    """Every work that the packs cite; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class SayMinor:
    """ "I am under 18" on the way to `entry`."""

    entry: str


@dataclass(frozen=True, slots=True)
class About:
    """What this bot is and who checks it."""


@dataclass(frozen=True, slots=True)
class Help:
    """How to ask; `reach` is what the bot can see where it was asked."""

    reach: Reach = "private"


@dataclass(frozen=True, slots=True)
class Start:
    """The first page of a guided check, or of all there are."""

    assessment: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where the `picks` (an option a question, counted from 0) lead in one edition of a check.

    `why` asks why a question is asked, or what an outcome rests on.
    """

    assessment: str
    edition: str
    picks: tuple[int, ...] = ()
    why: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Leaves a check."""

    assessment: str


@dataclass(frozen=True, slots=True)
class ShowMessage:
    """What a safety rule says in one situation and language; it quotes nothing of what was asked."""

    rule: str
    message: str
    language: str


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """What is kept, and for how long."""


@dataclass(frozen=True, slots=True)
class Forget:
    """ "Delete what leads to me"; who that is, only the adapter knows."""


@dataclass(frozen=True, slots=True)
class Dismiss:
    """What was said unasked is to go away; `asked` is a code of whoever it was said to."""

    asked: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """ "Never speak to me unasked"; or, not `on`, that it may be done again."""

    on: bool = True


@dataclass(frozen=True, slots=True)
class Manage:
    """A moderator's press; what it stands for, only core/community reads."""

    written: str


Request = (
    Ask
    | ShowEntry
    | Instead
    | Browse
    | ListSources
    | SayMinor
    | About
    | Help
    | Start
    | Step
    | Stop
    | ShowMessage
    | Helpful
    | ShowPrivacy
    | Forget
    | Dismiss
    | Quiet
    | Manage
)


def mark(entry: str) -> str:
    """A short name for an entry, where a token has no room for its id."""
    return hashlib.sha256(entry.encode()).hexdigest()[:6]
