"""A command written in a few characters, for a button or a form, and read back.

It names its community by the tag, so that one pressed elsewhere finds the way. It grants nothing:
whoever presses is held against the table of permissions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from core.community.own.text import Text
from core.community.protocol import command as editorial
from core.community.protocol import curation, speaking
from core.community.protocol.command import Command
from core.content.own import SLUG, TAG

_LETTERS: dict[str, type[Command]] = {
    "n": editorial.NewEntry,
    "a": editorial.AddEntry,
    "m": editorial.NewProposal,
    "q": editorial.Propose,
    "e": editorial.OpenEdit,
    "u": editorial.EditEntry,
    "s": editorial.ShowOwn,
    "l": editorial.ListEntries,
    "h": editorial.History,
    "v": editorial.ShowChange,
    "r": editorial.Submit,
    "p": editorial.Publish,
    "b": editorial.SendBack,
    "x": editorial.Remove,
    "o": editorial.Restore,
    "t": editorial.ShowSettings,
    "y": editorial.SetAlone,
    "w": editorial.ShowMenu,
    "k": editorial.OpenTry,
    "j": editorial.Try,
    "I": curation.ShowInbox,
    "Q": curation.ShowQuestion,
    "D": curation.DraftAnswer,
    "A": curation.AddAnswer,
    "P": curation.PickAnswer,
    "T": curation.Teach,
    "R": curation.PickNever,
    "N": curation.Never,
    "G": curation.Ignore,
    "L": curation.ListLessons,
    "U": curation.Undo,
    "9": curation.Judge,
    "B": curation.ShowInsights,
    "f": curation.Export,
    "z": curation.ExportOne,
    "F": curation.ShowImport,
    "J": curation.TakeFile,
    "K": curation.TakeOne,
    "M": curation.MakeCode,
    "X": curation.OpenCode,
    "Y": curation.UseCode,
    "Z": curation.Unlink,
    "S": curation.ListShipped,
    "V": curation.ShowShipped,
    "H": curation.Hide,
    "O": curation.OpenNote,
    "W": curation.SetNote,
    "E": curation.ListDue,
    "C": curation.Recheck,
    "c": editorial.Confirm,
    "d": editorial.SetDays,
    "g": editorial.SetAlike,
    "0": editorial.StopLog,
    "1": curation.OpenImport,
    "2": curation.ImportFile,
    "3": speaking.ShowChannels,
    "4": speaking.ShowChannel,
    "5": speaking.SetMode,
    "6": speaking.SetPause,
    "7": speaking.Examine,
    "8": speaking.CheckLinks,
}
SHOWS = (
    editorial.ShowMenu,
    editorial.NewEntry,
    editorial.NewProposal,
    editorial.OpenEdit,
    editorial.OpenTry,
    editorial.ShowOwn,
    editorial.ListEntries,
    editorial.History,
    editorial.ShowChange,
    editorial.ShowSettings,
    curation.ShowInbox,
    curation.ShowQuestion,
    curation.DraftAnswer,
    curation.PickAnswer,
    curation.PickNever,
    curation.ListLessons,
    curation.ListShipped,
    curation.ShowShipped,
    curation.OpenNote,
    curation.ListDue,
    curation.ShowInsights,
    curation.Export,
    curation.ExportOne,
    curation.ShowImport,
    curation.OpenImport,
    curation.OpenCode,
    speaking.ShowChannels,
    speaking.ShowChannel,
    speaking.Examine,
)
# A step in an entry's life; a link to one shows the entry.
_STEPS = (
    editorial.Submit,
    editorial.Publish,
    editorial.SendBack,
    editorial.Remove,
    editorial.Restore,
)
_NAMES = {kind: letter for letter, kind in _LETTERS.items()}
_WRITTEN = re.compile(
    rf"(?P<letter>[a-zA-Z0-9])(?P<tag>{TAG})(?:-(?P<entry>{SLUG}))?(?P<numbers>(?:_\d{{1,9}}){{0,2}})"
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """The community a button belongs to, and what it stands for."""

    tag: str
    command: Command


def write(tag: str, command: Command) -> str:
    """A command in letters and digits; the text of a form is not in it."""
    named = [(name, getattr(command, name)) for name in _written(type(command))]
    values = [_named(value) if name == "channel" else value for name, value in named]
    entry = "".join(f"-{value}" for value in values if isinstance(value, str))
    numbers = "".join(f"_{value}" for value in values if isinstance(value, int))
    return _NAMES[type(command)] + tag + entry + numbers


def read(written: str, text: Text | None = None) -> Pressed | None:
    """What was written, with the text of its form; None for what leads nowhere."""
    found = _WRITTEN.fullmatch(written)
    kind = _LETTERS.get(found["letter"]) if found else None
    if found is None or kind is None:
        return None
    numbers = [int(number) for number in found["numbers"].split("_")[1:]]
    about = [_channel(found["entry"]) if "channel" in _names(kind) else found["entry"]]
    values: list[Any] = [*(about if found["entry"] else []), *numbers]
    if len(values) != len(_written(kind)) or bool(found["entry"]) != _has_name(kind):
        return None
    if "text" in _names(kind) and kind not in (editorial.NewEntry, editorial.NewProposal):
        if text is None:
            return None
        values.append(text.question if kind is editorial.Try else text)
    if "data" in _names(kind):
        if text is None:
            return None
        values.append(text.short.encode())
    made: Callable[..., Command] = kind
    return Pressed(found["tag"], made(*values))


def tag_in(written: str) -> str | None:
    """The community that a button or a form belongs to."""
    found = _WRITTEN.fullmatch(written)
    return found["tag"] if found else None


def shown(pressed: Pressed) -> Pressed:
    """What a link may lead to that anybody could have made: it shows, and changes nothing."""
    command = pressed.command
    if isinstance(command, SHOWS):
        return pressed
    if isinstance(command, _STEPS):
        return Pressed(pressed.tag, editorial.ShowOwn(command.entry))
    return Pressed(pressed.tag, editorial.ShowMenu())


def keeps(sent: str) -> bool:
    """Whether a form's text is kept once it is sent; a question to try is not, nor a file."""
    return not sent.startswith((_NAMES[editorial.Try], _NAMES[curation.ImportFile]))


def takes_file(sent: str) -> bool:
    """Whether a form may be filled in with a file."""
    return sent.startswith(_NAMES[curation.ImportFile])


def _names(kind: type[Command]) -> list[str]:
    return [field.name for field in fields(kind)]


def _written(kind: type[Command]) -> list[str]:
    return [name for name in _names(kind) if name not in ("text", "data", "checked")]


def _has_name(kind: type[Command]) -> bool:
    return not {"entry", "channel"}.isdisjoint(_names(kind))


def _named(channel: str) -> str:
    """A channel's key as a name; a minus, as Telegram's groups have it, is no part of one."""
    return channel.replace(":-", "-m").replace(":", "-")


def _channel(name: str) -> str:
    """The key that was written so."""
    kind, _, number = name.partition("-")
    return f"{kind}:{number.replace('m', '-', 1)}"
