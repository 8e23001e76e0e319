"""The conversation at a keyboard, or with lines from a pipe."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from io import StringIO
from typing import TextIO

from bots.desk import Desk
from bots.terminal.render import Style, render
from core.dialogue.place import Place
from core.dialogue.reply import Choice, Turn
from core.dialogue.request import About, Ask, Browse, Help, ListSources, Request, Start

PLACE = Place("terminal")
COMMANDS: dict[str, Request] = {
    "/topics": Browse(),
    "/sources": ListSources(),
    "/about": About(),
    "/check": Start(),
    "/help": Help(),
    "/start": Help(),
}
GOODBYES = ("/quit", "/exit", "/q")
PROMPT = "> "


def chat(desk: Desk, lines: TextIO | None = None, out: TextIO | None = None) -> None:
    """Talk until the input ends, the person says /quit, or presses Ctrl-C."""
    # A process can be started with its standard input closed: then there is nothing to hear.
    lines, out = lines or sys.stdin or StringIO(), out or sys.stdout
    conversation = _Conversation(desk, out)
    conversation.say(Help())
    try:
        for line in _lines(lines, out):
            if line.lower() in GOODBYES:
                break
            conversation.hear(line)
    except KeyboardInterrupt:
        pass
    print(file=out)


class _Conversation:
    """The last choices shown, so that a number can mean one of them."""

    def __init__(self, desk: Desk, out: TextIO) -> None:
        self._desk = desk
        self._out = out
        self._choices: tuple[Choice, ...] = ()

    def hear(self, line: str) -> None:
        """Answer a number, a command or a question."""
        numbers = [str(number) for number in range(1, len(self._choices) + 1)]
        if line in numbers:
            self.say(self._choices[numbers.index(line)].request)
        else:
            command, _, rest = line.partition(" ")
            text = rest if command == "/ask" else line
            self.say(COMMANDS.get(line.lower()) or Ask(text))

    def say(self, request: Request) -> None:
        """Show the reply to a request."""
        turn: Turn = asyncio.run(self._desk.reply(request, PLACE))
        self._choices = turn.reply.choices
        text = render(turn.reply, self._desk.wording, style_of(self._out))
        print(f"\n{text}\n", file=self._out, flush=True)


def _lines(lines: TextIO, out: TextIO) -> Iterator[str]:
    """The lines that are not empty, shown as if typed when they come from a pipe."""
    typed = lines.isatty()
    while True:
        if typed:
            print(PROMPT, end="", file=out, flush=True)
        line = lines.readline()
        if not line:
            return
        if line := line.strip():
            if not typed:
                print(PROMPT + line, file=out)
            yield line


def style_of(out: TextIO) -> Style:
    """The style of the terminal `out` leads to; a pipe or file gets no colour."""
    shown = out.isatty()
    width = shutil.get_terminal_size().columns if shown else 80
    return Style(max(20, width), shown and "NO_COLOR" not in os.environ)
