"""A reply as text for a terminal of up to 80 columns."""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from core.content.wording import Wording
from core.dialogue.reply import Reply

WIDEST = 80


@dataclass(frozen=True, slots=True)
class Style:
    """How wide the terminal is and whether it shows colour."""

    width: int = WIDEST
    colour: bool = False

    def bold(self, text: str) -> str:
        """`text` to be noticed."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def dim(self, text: str) -> str:
        """`text` to be passed over."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text


def render(reply: Reply, wording: Wording, style: Style = Style()) -> str:
    """The whole reply; its choices are numbered from 1."""
    blocks = [
        "\n".join(style.bold(line) for line in _wrapped(reply.title, style)),
        *("\n".join(_wrapped(paragraph, style)) for paragraph in reply.paragraphs),
        "\n".join(_dimmed(style, reply.evidence)),
        "\n".join(_cited(reply, style)),
        "\n".join(_pictured(reply, wording, style)),
        "\n".join(_dimmed(style, (reply.notice,) if reply.notice else ())),
        "\n".join(_chosen(reply, style)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _wrapped(text: str, style: Style, indent: str = "", first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        min(style.width, WIDEST),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _dimmed(style: Style, lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        yield from (style.dim(part) for part in _wrapped(line, style))


def _cited(reply: Reply, style: Style) -> Iterator[str]:
    for citation in reply.citations:
        yield from _wrapped(citation.label, style, "    ", "  * ")
        if citation.url:
            yield style.dim(f"    {citation.url}")


def _pictured(reply: Reply, wording: Wording, style: Style) -> Iterator[str]:
    if reply.figure:
        yield from _wrapped(f"{wording.figure} {reply.figure.alt}", style)
    if reply.drawing:
        yield style.dim(str(reply.drawing))


def _chosen(reply: Reply, style: Style) -> Iterator[str]:
    for number, choice in enumerate(reply.choices, 1):
        yield from _wrapped(choice.label, style, "     ", f"{number:>3}. ")


def style_of(out: TextIO) -> Style:
    """The style of the terminal `out` leads to; a pipe or file gets no colour."""
    shown = out.isatty()
    width = shutil.get_terminal_size().columns if shown else 80
    return Style(max(20, width), shown and "NO_COLOR" not in os.environ)
