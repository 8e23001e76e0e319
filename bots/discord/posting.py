"""What goes beside a reply: word for a proposer and the log channel, a picture of the numbers."""

from __future__ import annotations

import asyncio
import logging
from io import BytesIO

import discord

from bots.discord.buttons import view
from bots.discord.menus import number_of
from bots.discord.render import embed
from bots.insights import picture
from core.community.insights import Insights
from core.community.outcome import Logged, Told
from core.content.wording import Wording
from core.dialogue.reply import Reply

log = logging.getLogger(__name__)

LONGEST_ALT = 1_024


async def tell(client: discord.Client, told: Told, wording: Wording) -> bool:
    """Whether somebody could be written to; those of other platforms can't."""
    number = number_of(told.actor)
    if number is None:
        return False
    try:
        channel = await client.create_dm(discord.Object(number))
    except (discord.HTTPException, OSError) as error:
        return _dropped(error)
    return await _sent(channel, told.reply, wording)


async def note(client: discord.Client, logged: Logged, wording: Wording) -> bool:
    """Whether the log channel could be told; another platform's is not ours to tell."""
    number = number_of(logged.channel)
    if number is None:
        return True
    return await _sent(client.get_partial_messageable(number), logged.reply, wording)


async def drawing(insights: Insights) -> discord.File:
    """Insights as a picture, with its words for those who can't see it."""
    drawn = await asyncio.to_thread(picture, insights)
    return discord.File(BytesIO(drawn), "insights.png", description=insights.alt[:LONGEST_ALT])


async def _sent(channel: discord.abc.Messageable, reply: Reply, wording: Wording) -> bool:
    try:
        await channel.send(embed=embed(reply, wording), view=view(reply))
    except (discord.HTTPException, OSError) as error:
        return _dropped(error)
    return True


def _dropped(error: Exception) -> bool:
    log.info("discord told error=%s action=dropped", type(error).__name__)
    return False
