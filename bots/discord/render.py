"""A reply as a Discord embed and buttons; the one place where text is escaped."""

from __future__ import annotations

import re
from io import BytesIO

import discord

from core.content.wording import Wording
from core.dialogue.reply import Citation, Reply

COLOUR = 0x5B7A9D
# Everything Discord reads as markup inside a line, emoji and bare addresses as well, and what only
# counts where a line begins. A backslash before a letter or a digit would itself be shown.
_MARKS = re.compile(r"([\\*_~|`<>\[\]@]|:(?=\S))")
_LINE_STARTS = re.compile(r"^(\s*(?:\d+(?=\.))?)([-#+.])", re.MULTILINE)


def embed(reply: Reply, wording: Wording) -> discord.Embed:
    """The words of a reply."""
    blocks = [
        *(escaped(paragraph) for paragraph in reply.paragraphs),
        "\n".join(f"> {escaped(line)}" for line in reply.evidence),
        "\n".join(f"• {_cited(citation)}" for citation in reply.citations),
        escaped(f"{wording.figure} {reply.figure.alt}") if reply.figure else "",
    ]
    drawn = discord.Embed(
        title=escaped(reply.title),
        description="\n\n".join(block for block in blocks if block),
        colour=COLOUR,
    )
    if reply.notice:
        drawn.set_footer(text=reply.notice)
    if reply.drawing:
        drawn.set_image(url=f"attachment://{reply.drawing.name}")
    return drawn


def files(reply: Reply) -> list[discord.File]:
    """The drawing of a reply, for its embed to show; none for most."""
    if reply.drawing is None or reply.figure is None:
        return []
    # Bytes, and not the path: the library leaves a file that it opened itself to the collector.
    drawn = BytesIO(reply.drawing.read_bytes())
    return [discord.File(drawn, reply.drawing.name, description=reply.figure.alt)]


def escaped(text: str) -> str:
    """Text in which nothing is bold, a link, an emoji, a list or a mention."""
    return _LINE_STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def _cited(citation: Citation) -> str:
    label = escaped(citation.label)
    return f"[{label}]({_address(citation.url)})" if citation.url else label


def _address(url: str) -> str:
    """An address that does not end the link early."""
    return url.replace("(", "%28").replace(")", "%29")
