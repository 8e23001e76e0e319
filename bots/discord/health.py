"""What the bot can tell of its own health where a moderator asks for it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator

import discord

from bots.discord.listed import Tree, out_of_step
from bots.discord.menus import number_of
from bots.discord.surroundings import hears, may_write
from core.community.protocol.speaking import Checked
from core.content.doctoring import Point

log = logging.getLogger(__name__)


async def checked(
    interaction: discord.Interaction, tree: Tree, log_channel: str
) -> AsyncIterator[Checked]:
    """Every point that can be known from here; `log_channel` is the one chosen, by its key."""
    try:
        names = await out_of_step(tree, tree)
        yield Checked(Point.COMMANDS, not names, ", ".join(names))
    except discord.HTTPException as error:  # it is a matter of Discord's; the rest still counts
        log.info("discord commands error=%s action=unchecked", type(error).__name__)
    for point in (*_here(interaction), *_told(interaction, log_channel)):
        yield point
    yield Checked(Point.MESSAGES, hears(interaction))


def _here(interaction: discord.Interaction) -> Iterator[Checked]:
    """What may be done in the channel where it is asked."""
    may, name = interaction.app_permissions, getattr(interaction.channel, "name", "")
    yield Checked(Point.SEE, may.view_channel, name)
    yield Checked(Point.WRITE, may_write(interaction), name)
    yield Checked(Point.EMBED, may.embed_links, name)
    yield Checked(Point.HISTORY, may.read_message_history, name)
    yield Checked(Point.THREADS, may.send_messages_in_threads, name)


def _told(interaction: discord.Interaction, log_channel: str) -> Iterator[Checked]:
    """The log channel, if one is chosen and it is of this platform."""
    number, guild = number_of(log_channel), interaction.guild
    if number is None or guild is None:
        return
    channel = guild.get_channel(number)
    may = channel.permissions_for(guild.me) if channel else discord.Permissions.none()
    fine = may.view_channel and may.send_messages and may.embed_links
    yield Checked(Point.LOG, fine, channel.name if channel else "")
