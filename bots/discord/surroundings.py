"""Where an interaction happens: who sees a reply there, and what the bot may do."""

from __future__ import annotations

import discord

from core.dialogue.place import Place


def place_of(interaction: discord.Interaction) -> Place:
    """The server, or else the channel, as a community's place."""
    return Place(f"discord:{interaction.guild_id or interaction.channel_id}")


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
