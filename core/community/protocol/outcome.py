"""What comes of a command: something to show, a form to open, and who else is to be told."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.community.protocol.insights import Insights
from core.dialogue.reply import Reply

MOST_NAMED = 10  # channels on a screen


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `lines` where more than one may be written, `longest` in characters."""

    name: str
    label: str
    hint: str
    value: str
    longest: int
    lines: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Form:
    """Something to fill in; goes back with `sent`, which fits wherever a token does."""

    title: str
    fields: tuple[Field, ...]
    sent: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message for somebody who is not here, by the `actor` of their Facts."""

    actor: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class File:
    """A text file, for whoever acted alone."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Logged:
    """What a channel is to be told, as the platform names it."""

    channel: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either `reply`, for whoever acted alone, or `form`; `done` says whether something changed.

    `door` may be shown to everyone around: a way to `reply` in private.
    `published` names the entry that members get in new words from now on. `curators` are the roles
    chosen now, where the settings are shown; a platform with a menu of roles puts it there. Likewise
    `log_channel`, which is empty where none is chosen. `logged` is for that channel. `insights` are to
    be drawn (`bots.insights.picture`) and shown with `reply`, as is `file`. Where `picks_channel`, a
    platform with a menu of channels puts one there, for ShowChannel. `untold` are channels, by their
    keys, in which moderators are to be told and can't be; a platform adds the names of its own.
    """

    reply: Reply | None = None
    form: Form | None = None
    told: tuple[Told, ...] = ()
    done: bool = False
    door: Reply | None = None
    published: str | None = None
    curators: frozenset[str] | None = None
    file: File | None = None
    insights: Insights | None = None
    log_channel: str | None = None
    logged: Logged | None = None
    picks_channel: bool = False
    untold: tuple[str, ...] = ()

    def logged_in(self, channel: str) -> Outcome:
        """The same, with word for a log channel of what was changed, if there is one."""
        if not channel or not self.done or self.reply is None:
            return self
        return replace(self, logged=Logged(channel, replace(self.reply, choices=(), private=False)))
