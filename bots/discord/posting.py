"""What goes beside a reply: word for a proposer and the log channel, a picture of the numbers."""

from __future__ import annotations

import asyncio
import logging
from io import BytesIO

import discord

from bots.desk import Send, Word
from bots.discord.buttons import view
from bots.discord.menus import number_of
from bots.discord.render import embed
from bots.insights import picture
from core.community.protocol.insights import Insights
from core.community.protocol.outcome import File, Told
from core.content.wording import Wording

log = logging.getLogger(__name__)

LONGEST_ALT = 1_024


def sender(client: discord.Client, wording: Wording) -> Send:
    """How those are reached who are not here: a person directly, a log channel where it is."""

    async def send(word: Word) -> bool:
        try:
            where = await _reached(client, word)
            if where:
                await where.send(embed=embed(word.reply, wording), view=view(word.reply))
        except (discord.HTTPException, OSError) as error:
            log.info("discord told error=%s action=dropped", type(error).__name__)
            return False
        return where is not None

    return send


async def _reached(client: discord.Client, word: Word) -> discord.abc.Messageable | None:
    if isinstance(word, Told):
        number = number_of(word.actor)
        return await client.create_dm(discord.Object(number)) if number else None
    number = number_of(word.channel)
    return client.get_partial_messageable(number) if number else None


def attached(file: File) -> discord.File:
    """A text as a file."""
    return discord.File(BytesIO(file.text.encode()), file.name)


async def drawing(insights: Insights) -> discord.File:
    """Insights as a picture, with its words for those who can't see it."""
    drawn = await asyncio.to_thread(picture, insights)
    return discord.File(BytesIO(drawn), "insights.png", description=insights.alt[:LONGEST_ALT])
