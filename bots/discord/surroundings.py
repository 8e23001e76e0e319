"""Where an interaction happens: who sees a reply there, and what the bot may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from core.community.protocol.permissions import Facts
from core.dialogue.place import Place

KIND = "discord:"


def server_place(number: int) -> Place:
    """A server as a community's place."""
    return Place(f"{KIND}{number}")


def place_of(interaction: discord.Interaction) -> Place:
    """The server, or else the channel, as a community's place."""
    return Place(f"{KIND}{interaction.guild_id or interaction.channel_id}")


def data_of(interaction: discord.Interaction) -> Mapping[str, Any]:
    """What came with a press or a form, as Discord sends it."""
    return interaction.data or {}


def actor_of(interaction: discord.Interaction) -> str:
    """Whoever acts, by a name of ours."""
    return f"{KIND}{interaction.user.id}"


def facts_of(interaction: discord.Interaction) -> Facts:
    """What is known of whoever acts, at this moment."""
    member, may = interaction.user, interaction.permissions
    inside = interaction.guild_id is not None
    roles = member.roles if isinstance(member, discord.Member) else []
    return Facts(
        actor=actor_of(interaction),
        name=member.display_name,
        manages=inside and (may.manage_guild or may.administrator),
        # The role that everybody has says nothing.
        roles=frozenset(str(role.id) for role in roles if not role.is_default()),
        hears=hears(interaction),
        channel=channel_of(interaction.channel),
    )


def channel_of(where: object) -> str:
    """A channel by a name of ours; what stands in a thread stands in the thread's channel."""
    if isinstance(where, discord.Thread):
        return f"{KIND}{where.parent_id}"
    return f"{KIND}{where.id}" if isinstance(where, discord.abc.GuildChannel) else ""


def hears(interaction: discord.Interaction) -> bool:
    """Whether the bot is given what is said without calling it: in every server, or in none."""
    return interaction.client.intents.message_content


def is_between_us(interaction: discord.Interaction) -> bool:
    """Whether this is the direct channel of the person and the bot."""
    return bool(interaction.context.dm_channel)


def is_seen_by_one(interaction: discord.Interaction) -> bool:
    """Whether only the presser sees the pressed message, so that it may be edited in place."""
    message = interaction.message
    return is_between_us(interaction) or (message is not None and message.flags.ephemeral)


def may_speak_publicly(interaction: discord.Interaction) -> bool:
    """Whether a public reply stays public; Discord hides it without USE_EXTERNAL_APPS."""
    if interaction.guild_id is None or interaction.is_guild_integration():
        return True
    return interaction.permissions.use_external_apps


def may_post(interaction: discord.Interaction) -> bool:
    """Whether the bot may write a message of its own here that answers another one."""
    if not interaction.is_guild_integration():
        return False
    return _may_answer(interaction.app_permissions, interaction.channel)


def may_answer(message: discord.Message) -> bool:
    """Whether the bot may answer a message where it stands."""
    where, me = message.channel, message.guild.me if message.guild else None
    if me is None or not isinstance(where, discord.Thread | discord.abc.GuildChannel):
        return False
    return _may_answer(where.permissions_for(me), where)


def may_write(interaction: discord.Interaction) -> bool:
    """Whether the bot may write a message of its own here."""
    return _may_write(interaction.app_permissions, interaction.channel)


def may_look_back(interaction: discord.Interaction) -> bool:
    """Whether the bot is given what was said here earlier."""
    may = interaction.app_permissions
    return hears(interaction) and may.view_channel and may.read_message_history


def _may_answer(may: discord.Permissions, where: object) -> bool:
    seen = may.view_channel and may.read_message_history and may.embed_links
    return seen and _may_write(may, where)


def _may_write(may: discord.Permissions, where: object) -> bool:
    return may.send_messages_in_threads if isinstance(where, discord.Thread) else may.send_messages


def link_to(interaction: discord.Interaction, message: int) -> str:
    """The address of a message in the interaction's channel."""
    home = interaction.guild_id or "@me"
    return f"https://discord.com/channels/{home}/{interaction.channel_id}/{message}"
