"""What moderators and proposers can want; a number is that of the text they had before them."""

from __future__ import annotations

from dataclasses import dataclass

from core.community.own.text import BLANK, Text
from core.community.protocol.curation import Annotation, Curation, Transfer
from core.community.protocol.speaking import Health, Replay, Speaking


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """Where moderators begin."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """The form for a new entry; `text` is what it begins with, such as a message that was saved."""

    text: Text = BLANK


@dataclass(frozen=True, slots=True)
class AddEntry:
    """A form that was filled in: a draft."""

    text: Text


@dataclass(frozen=True, slots=True)
class NewProposal:
    """A member's form for an entry."""

    text: Text = BLANK


@dataclass(frozen=True, slots=True)
class Propose:
    """A member's suggestion: it waits for review."""

    text: Text


@dataclass(frozen=True, slots=True)
class OpenEdit:
    """The form with an entry's latest text in it."""

    entry: str


@dataclass(frozen=True, slots=True)
class EditEntry:
    """New words for an entry, written over text `number`."""

    entry: str
    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class ShowOwn:
    """An entry as moderators see it."""

    entry: str


@dataclass(frozen=True, slots=True)
class ListEntries:
    """The entries in one state (counted as in State, from 1) or all (0); pages count from 0."""

    state: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The changes of an entry, newest first; pages count from 0."""

    entry: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowChange:
    """An entry as it was after change `number`."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Submit:
    """Text `number` is ready for another moderator."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Publish:
    """Members get text `number` from now on."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class SendBack:
    """Text `number` is a draft again."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Remove:
    """Nobody gets this entry any more, whose latest text is `number`."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Text `back` in place of text `number`."""

    entry: str
    number: int
    back: int


@dataclass(frozen=True, slots=True)
class OpenTry:
    """The form for a question to try."""


@dataclass(frozen=True, slots=True)
class Try:
    """What the bot would say to `text` here, and why; nothing of it is kept."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """What is chosen in this community."""


@dataclass(frozen=True, slots=True)
class SetAlone:
    """1: one moderator may publish alone; 0: another one must."""

    alone: int


@dataclass(frozen=True, slots=True)
class Confirm:
    """Text `number`, which members get, is still right: it comes due in another year."""

    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class SetDays:
    """Questions asked in vain are kept so many days."""

    days: int


@dataclass(frozen=True, slots=True)
class SetAlike:
    """So many questions have to mean the same before they are shown."""

    alike: int


@dataclass(frozen=True, slots=True)
class SetLog:
    """The channel, as the platform names it, that is told of changes; empty for none."""

    channel: str


@dataclass(frozen=True, slots=True)
class StopLog:
    """No channel is told of changes any more; a button, where no menu of channels can be shown."""


@dataclass(frozen=True, slots=True)
class SetCurators:
    """The roles, as the platform names them, that moderate the FAQ."""

    roles: frozenset[str]


Editorial = (
    ShowMenu
    | NewEntry
    | AddEntry
    | NewProposal
    | Propose
    | OpenEdit
    | EditEntry
    | ShowOwn
    | ListEntries
    | History
    | ShowChange
    | Submit
    | Publish
    | SendBack
    | Remove
    | Restore
    | OpenTry
    | Try
    | ShowSettings
    | SetAlone
    | SetCurators
    | Confirm
    | SetDays
    | SetAlike
    | SetLog
    | StopLog
)

Command = Editorial | Curation | Annotation | Transfer | Speaking | Health | Replay
