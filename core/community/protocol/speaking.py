"""What moderators can want of what the bot says unasked, and of its health."""

from __future__ import annotations

from dataclasses import dataclass

from core.community.protocol.overheard import Overheard
from core.content.doctoring import Point


@dataclass(frozen=True, slots=True)
class ShowChannels:
    """The channels in which the bot may speak unasked."""


@dataclass(frozen=True, slots=True)
class ShowChannel:
    """What it does in one channel, by its key."""

    channel: str


@dataclass(frozen=True, slots=True)
class SetMode:
    """From now on it does `mode` (counted as in Mode, from 0) in a channel."""

    channel: str
    mode: int


@dataclass(frozen=True, slots=True)
class SetPause:
    """An answer is not given again unasked in the same channel for so many hours."""

    hours: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What it would have said to messages of a channel, oldest first, had it been allowed to.

    Not `readable`: the bot may not look back there.
    """

    messages: tuple[Overheard, ...]
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A point an adapter has looked at: whether it is in order, and a word that belongs to it."""

    point: Point
    fine: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Examine:
    """How the bot is here; `checked` is what only the adapter can know."""

    checked: tuple[Checked, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckLinks:
    """Which links of this community's answers lead nowhere."""


Speaking = ShowChannels | ShowChannel | SetMode | SetPause
Health = Examine | CheckLinks
