"""Where an interaction happens: who sees a reply there, and what the bot may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from core.community.permissions import Facts
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
    )


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
    may = interaction.app_permissions
    speak = may.send_messages_in_threads if _is_thread(interaction) else may.send_messages
    return speak and may.view_channel and may.read_message_history and may.embed_links


def _is_thread(interaction: discord.Interaction) -> bool:
    return isinstance(interaction.channel, discord.Thread)


def link_to(interaction: discord.Interaction, message: int) -> str:
    """The address of a message in the interaction's channel."""
    home = interaction.guild_id or "@me"
    return f"https://discord.com/channels/{home}/{interaction.channel_id}/{message}"
