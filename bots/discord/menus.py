"""The menus under the settings: roles that look after the answers, and channels, with links there."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

import discord

from bots.discord.surroundings import KIND, data_of
from core.community.protocol.command import SetCurators, SetLog
from core.community.protocol.outcome import Outcome
from core.community.protocol.speaking import ShowChannel, ShowChannels
from core.content.wording import FaqCommands
from core.dialogue.reply import Citation

# A colon, so that neither is a token; what was picked comes with the press.
ROLES, CHANNEL, SPEAKING = "roles:", "channel:", "speak:"
MENUS = (ROLES, CHANNEL, SPEAKING)
MOST_ROLES = 25
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]
_WITH_QUESTIONS = [*_CHANNELS, discord.ChannelType.forum]
_Menu = discord.ui.Item[Any]
Meant = SetCurators | SetLog | ShowChannel | ShowChannels


def under(guild: discord.Guild, outcome: Outcome, said: FaqCommands) -> Iterator[_Menu]:
    """The menus that belong to an outcome, with what is chosen now; none for most."""
    if outcome.curators is not None:
        roles = [role for role in guild.roles if str(role.id) in outcome.curators]
        yield discord.ui.RoleSelect(
            custom_id=ROLES,
            placeholder=said.roles,
            min_values=0,
            max_values=MOST_ROLES,
            default_values=roles[:MOST_ROLES],
        )
    if outcome.log_channel is not None:
        number = number_of(outcome.log_channel)
        channel = guild.get_channel(number) if number else None
        yield discord.ui.ChannelSelect(
            custom_id=CHANNEL,
            placeholder=said.log,
            min_values=0,
            channel_types=_CHANNELS,
            default_values=[channel] if channel else [],
        )
    if outcome.picks_channel:
        yield discord.ui.ChannelSelect(
            custom_id=SPEAKING, placeholder=said.channel, channel_types=_WITH_QUESTIONS
        )


def meant(interaction: discord.Interaction, custom_id: str) -> Meant:
    """What picking from a menu means; only what is this server's counts."""
    picked = {str(value) for value in data_of(interaction).get("values", ())}
    guild = interaction.guild
    if custom_id == ROLES:
        # The role that everybody has is none.
        return SetCurators(frozenset(picked - {str(interaction.guild_id)}))
    channels = guild.channels if guild else ()
    found = [KIND + str(channel.id) for channel in channels if str(channel.id) in picked]
    if custom_id == SPEAKING:
        return ShowChannel(found[0]) if found else ShowChannels()
    return SetLog("".join(found[:1]))


def links(interaction: discord.Interaction, keys: Container[str]) -> Iterator[Citation]:
    """The server's channels by their names, each leading there, as far as whoever acts may see them."""
    guild, who = interaction.guild, interaction.user
    if guild is None or not isinstance(who, discord.Member):
        return
    for channel in guild.channels:
        if f"{KIND}{channel.id}" in keys and channel.permissions_for(who).view_channel:
            yield Citation(channel.name, channel.name, channel.jump_url)


def number_of(key: str) -> int | None:
    """The id behind a key of ours; None for another platform's."""
    number = key.removeprefix(KIND)
    return int(number) if key.startswith(KIND) and number.isdecimal() else None
