"""Real answers for the README, drawn by the real adapters: `python -m tools.showcase`.

With --check it changes nothing and exits 1 if the README shows something else.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bots.discord.render import embed
from bots.runtime import build_engine
from bots.settings import Settings
from bots.telegram.render import html
from bots.terminal.render import render
from core.dialogue.engine import Engine
from core.dialogue.reply import Reply
from core.dialogue.request import Ask

README = Path("README.md")
BEGIN, END = "<!-- shown by tools/showcase.py -->", "<!-- /shown -->"
TERMINAL = "can u get back dimples if u werent born w them"
DISCORD = "do both of them have to look the same"
TELEGRAM = "will bridges give me back dimples"
REFUSED = "how do i get cheek dimples"


def main() -> int:
    """Write the answers into the README, or with --check compare."""
    before = README.read_text(encoding="utf-8")
    head, rest = before.split(BEGIN)
    after = f"{head}{BEGIN}\n{_shown(build_engine(Settings()))}\n{END}{rest.split(END)[1]}"
    if "--check" in sys.argv:
        if after != before:
            print("README.md shows other answers: run `python -m tools.showcase`", file=sys.stderr)
        return int(after != before)
    README.write_text(after, encoding="utf-8")
    return 0


def _shown(engine: Engine) -> str:
    return "\n\n".join(
        [
            f"In a terminal, asked *{TERMINAL}*:",
            f"```text\n{_terminal(engine, TERMINAL)}\n```",
            f"On Discord, asked *{DISCORD}* with `/ask`:",
            _discord(engine, _reply(engine, DISCORD)),
            f"On Telegram, asked *{TELEGRAM}*:",
            _telegram(engine, _reply(engine, TELEGRAM)),
            f"And what it does not know, it does not answer. Asked *{REFUSED}*:",
            f"```text\n{_terminal(engine, REFUSED)}\n```",
        ]
    )


def _reply(engine: Engine, text: str) -> Reply:
    turn = engine.reply(Ask(text))
    assert turn.decision.kind == "answer", f"the showcase asks what is answered, not: {text}"
    return turn.reply


def _terminal(engine: Engine, text: str) -> str:
    return render(engine.reply(Ask(text)).reply, engine.library.wording)


def _discord(engine: Engine, reply: Reply) -> str:
    """The embed as it is sent: its Markdown, drawn by whoever draws this page."""
    drawn = embed(reply, engine.library.wording)
    lines = [f"**{drawn.title}**", "", *(drawn.description or "").split("\n"), ""]
    lines += [f"<sub>{drawn.footer.text}</sub>", "", _buttons(reply)]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _telegram(engine: Engine, reply: Reply) -> str:
    """The message as it is sent: its HTML, drawn by whoever draws this page."""
    text = html(reply, engine.library.wording)
    lines = [*text.replace("\n", "<br>\n").split("\n"), "", _buttons(reply)]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _buttons(reply: Reply) -> str:
    return " ".join(f"<kbd>{choice.label}</kbd>" for choice in reply.choices)


if __name__ == "__main__":
    sys.exit(main())
