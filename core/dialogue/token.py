"""A Request written in at most 64 characters of [A-Za-z0-9_-], and read back.

Tokens are not signed: a forged one can ask for nothing but public content. The alphabet and the
length are what Discord's custom_id, Telegram's callback_data, result ids and start links all allow.
An entry is named by its id, or by `_` and an id that is not a shipped pack's (a community's own).
"""

from __future__ import annotations

import re

from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Help,
    Instead,
    ListSources,
    Part,
    Request,
    SayMinor,
    ShowEntry,
    ShowMessage,
)

LONGEST = 64
ALPHABET = r"[A-Za-z0-9_-]"

_ENTRY = r"_?[a-z0-9-]{1,40}"
_TOKEN = re.compile(
    rf"(?P<show>[emspEMSP])(?P<shown>{_ENTRY})"
    rf"|i(?P<instead>{_ENTRY})?"
    rf"|u(?P<minor>{_ENTRY})"
    r"|t(?:(?P<topic>[a-z0-9-]{1,40})(?:_(?P<page>\d{1,4}))?)?"
    r"|o(?P<sources>\d{1,4})"
    r"|wR(?P<rule>[1-9][0-9]?)_(?P<message>[a-z0-9-]{1,40})_(?P<language>[a-z]{2})"
    r"|(?P<plain>[ah])"
)
_PARTS = {"e": Part.SHORT, "m": Part.MORE, "s": Part.SOURCES, "p": Part.FIGURE}
_LETTERS = {part: letter for letter, part in _PARTS.items()}


class TokenError(Exception):
    """A token that leads nowhere: forged, cut short, or written by another version."""


def write(request: Request) -> str:
    """The token of a request; an Ask has none and raises ValueError."""
    match request:
        case ShowEntry(entry, part, of_age):
            letter = _LETTERS[part]
            return (letter.upper() if of_age else letter) + entry
        case Instead(entry):
            return "i" + (entry or "")
        case SayMinor(entry):
            return "u" + entry
        case Browse(None, _):
            return "t"
        case Browse(topic, page):
            return f"t{topic}" + (f"_{page}" if page else "")
        case ListSources(page):
            return f"o{page}"
        case ShowMessage(rule, message, language):
            return f"w{rule}_{message}_{language}"
        case About():
            return "a"
        case Help():
            return "h"
        case Ask():
            raise ValueError("a question has no token")


def read(token: str) -> Request:
    """The request of a token; raises TokenError."""
    found = _TOKEN.fullmatch(token) if token.isascii() else None
    if found is None:
        raise TokenError
    if letter := found["show"]:
        return ShowEntry(found["shown"], _PARTS[letter.lower()], letter.isupper())
    if entry := found["minor"]:
        return SayMinor(entry)
    if rule := found["rule"]:
        return ShowMessage(f"R{rule}", found["message"], found["language"])
    if page := found["sources"]:
        return ListSources(int(page))
    return _plain(token[0], found)


def _plain(letter: str, found: re.Match[str]) -> Request:
    match letter:
        case "i":
            return Instead(found["instead"])
        case "t":
            return Browse(found["topic"], int(found["page"] or 0))
        case "a":
            return About()
        case _:
            return Help()
