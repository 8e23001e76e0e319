"""What a person who debugs is told about a question: how it was read, and why it got its reply."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bots.terminal.render import WIDEST
from core.matching.match import Candidate
from core.safety.guard import Notice

Route = Literal["safety", "greeting", "check", "wording", "language", "foreign", "matching"]

LABEL = 12


@dataclass(frozen=True, slots=True)
class Account:
    """Which way a question went, and why; what follows `heeded` is of one that was matched.

    `safety` has all that the rules noticed; it is not `heeded` where a reviewed question was asked
    in its own words. The end of a very long text is `cut`. `read` is the text, or the piece of it,
    by which the decision was taken.
    """

    route: Route
    decision: str
    entry: str | None
    rule: str | None
    why: str
    safety: tuple[Notice, ...] = ()
    heeded: bool = False
    cut: bool = False
    threshold: float | None = None
    read: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    unmended: bool = False
    pieces: tuple[str, ...] = ()
    subject: str = ""
    candidates: tuple[Candidate, ...] = ()

    def __str__(self) -> str:
        return "\n".join(_printable(f"{label:{LABEL}}{text}") for label, text in self._rows())

    def _rows(self) -> Iterator[tuple[str, str]]:
        yield from _listed("read", self._reading())
        yield from _listed("pieces", self._cut_into())
        yield from _listed("safety", self._noticed())
        yield "decision", self._decided()
        yield "why", self.why
        yield from _listed("subject", [self.subject] if self.subject else [])
        yield from _listed("candidates", _table(self.candidates))

    def _decided(self) -> str:
        entry = f" `{self.entry}`" if self.entry else ""
        beside = f", {self.rule} told beside it" if self.rule and self.decision != "safety" else ""
        return f"{self.decision}{entry}{beside}"

    def _cut_into(self) -> Iterator[str]:
        """The pieces, where they are more than one in each reading."""
        for piece in self.pieces if len(self.pieces) > 1 + bool(self.changes) else ():
            mark = "*" if piece == self.read else " "
            yield f"{mark} {textwrap.shorten(piece, WIDEST, placeholder=' ...')}"

    def _reading(self) -> Iterator[str]:
        mended = ", ".join(f"“{written}” as “{read}”" for written, read in self.changes)
        yield mended or "as written"
        if self.changes and self.unmended:
            yield "but nearer without that, so the decision was taken on it as written"
        if self.cut:
            yield "only its beginning: the end of so long a text is not read"

    def _noticed(self) -> list[str]:
        lines = list(dict.fromkeys(map(_notice, self.safety))) or ["no rule noticed anything"]
        if self.safety and not self.heeded:
            lines.append("not heeded: a reviewed question gives way only to an emergency")
        return lines


def _listed(label: str, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines):
        yield "" if number else label, line


def _printable(line: str) -> str:
    """What strangers wrote moves no cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _notice(one: Notice) -> str:
    said = f"{one.rule} {one.message} ({one.language})"
    quoted = ", ".join(f"“{words}”" for words in one.seen)
    by = {
        "words": f"by the words {quoted}",
        "likeness": "by what was learnt of such texts",
        "age": "by an age under 18, said or implied",
    }
    sure = "" if one.chance is None else f", chance {one.chance:.2f}"
    return f"{said} {by[one.by]}{sure}"


def _table(candidates: tuple[Candidate, ...]) -> list[str]:
    if not candidates:
        return ["none"]
    wide = max(len("entry"), *(len(one.entry) for one in candidates))
    head = f"score  {'entry':{wide}}  cosine  nearest ask"
    return [head, *(_candidate(one, wide) for one in candidates)]


def _candidate(one: Candidate, wide: int) -> str:
    cosine = "-" if one.cosine is None else f"{one.cosine:.2f}"
    return f"{one.score:5.2f}  {one.entry:{wide}}  {cosine:>6}  {one.ask}"
