"""A Request written in at most 64 characters of [A-Za-z0-9_-], and read back.

Tokens are not signed: a forged one can ask for nothing but public content. The alphabet and the
length are what Discord's custom_id, Telegram's callback_data, result ids and start links all allow.
An entry is named by its id, or by `_` and an id that is not a shipped pack's (a community's own).
A step of a check holds its edition (four characters) and one character an answer: never log it.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase, digits

from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Dismiss,
    Forget,
    Help,
    Helpful,
    Instead,
    ListSources,
    Manage,
    Part,
    Quiet,
    Request,
    SayMinor,
    ShowEntry,
    ShowMessage,
    ShowPrivacy,
    Start,
    Step,
    Stop,
)

LONGEST = 64
ALPHABET = r"[A-Za-z0-9_-]"

# How long the code of whoever was spoken to is: enough that nobody hits another's by chance.
ASKED = 12
_ENTRY = r"_?[a-z0-9-]{1,40}"
_TOKEN = re.compile(
    rf"(?P<show>[emspEMSP])(?P<shown>{_ENTRY})"
    rf"|i(?P<instead>{_ENTRY})?(?:X(?P<of>[0-9a-f]{{6}}))?"
    rf"|b(?P<helpful>{_ENTRY})"
    rf"|u(?P<minor>{_ENTRY})"
    r"|t(?:(?P<topic>[a-z0-9-]{1,40})(?:_(?P<page>\d{1,4}))?)?"
    r"|o(?P<sources>\d{1,4})"
    r"|c(?P<start>[a-z0-9-]{1,40})?"
    r"|n(?P<stop>[a-z0-9-]{1,40})"
    rf"|[qw](?P<edition>{ALPHABET}{{4}})(?P<picks>[A-Za-z0-9]{{0,58}})_(?P<taken>[a-z0-9-]{{1,40}})"
    r"|xR(?P<rule>[1-9][0-9]?)_(?P<message>[a-z0-9-]{1,40})_(?P<language>[a-z]{2})"
    rf"|f(?P<manage>{ALPHABET}{{1,63}})"
    rf"|d(?P<dismiss>[0-9a-f]{{{ASKED}}})"
    r"|(?P<plain>[ahvzkl])"
)
_PARTS = {"e": Part.SHORT, "m": Part.MORE, "s": Part.SOURCES, "p": Part.FIGURE}
DIGITS = ascii_uppercase + ascii_lowercase + digits
_LETTERS = {part: letter for letter, part in _PARTS.items()}


class TokenError(Exception):
    """A token that leads nowhere: forged, cut short, or written by another version."""


def write(request: Request) -> str:  # noqa: PLR0912 - a case a request
    """The token of a request; an Ask has none and raises ValueError."""
    match request:
        case ShowEntry(entry, part, of_age):
            letter = _LETTERS[part]
            return (letter.upper() if of_age else letter) + entry
        case Instead(entry, of):
            return "i" + (entry or "") + (f"X{of}" if of else "")
        case Helpful(entry):
            return "b" + entry
        case ShowPrivacy():
            return "v"
        case Forget():
            return "z"
        case Dismiss(asked):
            return "d" + asked
        case Quiet(on):
            return "k" if on else "l"
        case SayMinor(entry):
            return "u" + entry
        case Browse(None, _):
            return "t"
        case Browse(topic, page):
            return f"t{topic}" + (f"_{page}" if page else "")
        case ListSources(page):
            return f"o{page}"
        case ShowMessage(rule, message, language):
            return f"x{rule}_{message}_{language}"
        case Manage(written):
            return f"f{written}"
        case About():
            return "a"
        case Help():
            return "h"
        case Start(assessment):
            return "c" + (assessment or "")
        case Stop(assessment):
            return "n" + assessment
        case Step(assessment, edition, picks, why):
            taken = "".join(DIGITS[pick] for pick in picks)
            return f"{'w' if why else 'q'}{edition}{taken}_{assessment}"
        case Ask():
            raise ValueError("a question has no token")


def read(token: str) -> Request:
    """The request of a token; raises TokenError."""
    found = _TOKEN.fullmatch(token) if token.isascii() and len(token) <= LONGEST else None
    if found is None:
        raise TokenError
    if letter := found["show"]:
        return ShowEntry(found["shown"], _PARTS[letter.lower()], letter.isupper())
    if entry := found["minor"]:
        return SayMinor(entry)
    if entry := found["helpful"]:
        return Helpful(entry)
    if asked := found["dismiss"]:
        return Dismiss(asked)
    if rule := found["rule"]:
        return ShowMessage(f"R{rule}", found["message"], found["language"])
    if managed := found["manage"]:
        return Manage(managed)
    if page := found["sources"]:
        return ListSources(int(page))
    if assessment := found["taken"]:
        picks = tuple(map(DIGITS.index, found["picks"]))
        return Step(assessment, found["edition"], picks, token[0] == "w")
    return _plain(token[0], found)


def opening(written: str) -> str:
    """What opens where a button of others, or a link that went round, was pressed.

    The answers in a check are somebody's own: it begins anew. Nobody deletes anything by a link that
    somebody else made. What can't be read stays as it is.
    """
    try:
        request = read(written)
    except TokenError:
        return written
    if isinstance(request, Forget | Quiet):
        return write(ShowPrivacy())
    return write(Start(request.assessment)) if isinstance(request, Step) else written


def _plain(letter: str, found: re.Match[str]) -> Request:
    match letter:
        case "i":
            return Instead(found["instead"], found["of"])
        case "v":
            return ShowPrivacy()
        case "z":
            return Forget()
        case "t":
            return Browse(found["topic"], int(found["page"] or 0))
        case "c":
            return Start(found["start"])
        case "n":
            return Stop(found["stop"])
        case "k" | "l":
            return Quiet(letter == "k")
        case "a":
            return About()
        case _:
            return Help()
