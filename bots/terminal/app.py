"""The conversation at a keyboard, or with lines from a pipe."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from io import StringIO
from typing import Any, TextIO

from bots.desk import Desk
from bots.terminal.filling import Filling
from bots.terminal.render import render, style_of
from core.community.protocol.command import (
    Command,
    ListEntries,
    NewEntry,
    ShowMenu,
    ShowSettings,
    Try,
)
from core.community.protocol.curation import (
    Export,
    ListDue,
    ListLessons,
    ListShipped,
    MakeCode,
    ShowInbox,
    ShowInsights,
    Sort,
)
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts
from core.dialogue.place import Place
from core.dialogue.reply import Choice, Reply, Turn
from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Help,
    ListSources,
    Manage,
    Request,
    ShowPrivacy,
    Start,
)

PLACE = Place("terminal")
OPERATOR = Facts("terminal:operator", "the operator", manages=True)
FAQ: dict[str, Command] = {
    "add": NewEntry(),
    "settings": ShowSettings(),
    "inbox": ShowInbox(),
    "taught": ListLessons(),
    "shipped": ListShipped(),
    "due": ListDue(),
    "insights": ShowInsights(),
    "export": Export(),
    "share": MakeCode(),
    "menu": ShowMenu(),
}
COMMANDS: dict[str, Request] = {
    "/topics": Browse(),
    "/sources": ListSources(),
    "/about": About(),
    "/check": Start(),
    "/privacy": ShowPrivacy(),
    "/help": Help(),
    "/start": Help(),
}
GOODBYES = ("/quit", "/exit", "/q")
PROMPT = "> "


def chat(desk: Desk, lines: TextIO | None = None, out: TextIO | None = None) -> None:
    """Talk until the input ends, the person says /quit, or presses Ctrl-C."""
    # A process can be started with its standard input closed: then there is nothing to hear.
    lines, out = lines or sys.stdin or StringIO(), out or sys.stdout
    with asyncio.Runner() as runner:
        runner.run(desk.open())
        try:
            _talk(_Conversation(desk, out, runner), _lines(lines, out))
        except KeyboardInterrupt:
            pass
        finally:
            runner.run(desk.close())
    print(file=out)


def _talk(conversation: _Conversation, lines: Iterable[str]) -> None:
    conversation.say(Help())
    for line in lines:
        if line.lower() in GOODBYES:
            break
        conversation.hear(line)


class _Conversation:
    """The last choices shown, so that a number can mean one of them."""

    def __init__(self, desk: Desk, out: TextIO, runner: asyncio.Runner) -> None:
        self._desk = desk
        self._out = out
        self._runner = runner
        self._filling: Filling | None = None
        self._choices: tuple[Choice, ...] = ()

    def hear(self, line: str) -> None:
        """Answer a number, a command or a question."""
        if self._filling:
            self._fill(self._filling, line)
            return
        numbers = [str(number) for number in range(1, len(self._choices) + 1)]
        if line in numbers:
            self.say(self._choices[numbers.index(line)].request)
        else:
            command, _, rest = line.partition(" ")
            if command == "/faq":
                self._moderate(self._desk.manage(_faq(rest), PLACE, OPERATOR))
                return
            text = rest if command == "/ask" else line
            self.say(COMMANDS.get(line.lower()) or Ask(text))

    def say(self, request: Request) -> None:
        """Show the reply to a request."""
        if isinstance(request, Manage):
            self._moderate(self._desk.press_managed(request, PLACE, OPERATOR))
        else:
            turn: Turn = self._runner.run(self._desk.reply(request, PLACE, OPERATOR.actor))
            self._show(turn.reply)

    def _show(self, reply: Reply) -> None:
        self._choices = reply.choices
        text = render(reply, self._desk.wording, style_of(self._out))
        print(f"\n{text}\n", file=self._out, flush=True)

    def _moderate(self, doing: Coroutine[Any, Any, Outcome]) -> None:
        """The person at the keyboard is the operator, and looks after the FAQ of this terminal."""
        outcome = self._runner.run(doing)
        if outcome.reply:
            self._show(outcome.reply)
        if outcome.file:
            print(outcome.file.text, file=self._out, flush=True)
        if outcome.form:
            self._filling = Filling(outcome.form)
            print(f"\n{self._filling.prompt}", file=self._out, flush=True)

    def _fill(self, filling: Filling, line: str) -> None:
        filling.write(line)
        if filling.prompt:
            print(filling.prompt, file=self._out, flush=True)
            return
        self._filling = None
        sent = filling.form.sent
        self._moderate(self._desk.fill(sent, filling.values, PLACE, OPERATOR))


def _faq(rest: str) -> Command:
    """What stands behind /faq; nothing lists the answers."""
    word, _, text = rest.partition(" ")
    with_text: dict[str, Callable[[str], Command]] = {"test": Try, "sort": Sort}
    return with_text[word](text) if word in with_text and text else FAQ.get(rest, ListEntries())


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
