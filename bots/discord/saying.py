"""How a reply reaches a person on Discord: said anew, or in place of what was pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

import discord

from bots.discord.buttons import view
from bots.discord.render import embed, files
from bots.discord.surroundings import is_between_us, is_seen_by_one
from core.content.wording import Wording
from core.dialogue.reply import Reply

PATIENCE = 2.0  # Discord waits three seconds for the first sign

Found = TypeVar("Found")
Items = Iterable[discord.ui.Item[Any]]


async def in_time(
    interaction: discord.Interaction, work: Coroutine[Any, Any, Found], *, alone: bool
) -> Found:
    """What the work finds; where it takes long, Discord is told to wait."""
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=PATIENCE)
    try:
        if not task.done():
            await _wait(interaction, alone=alone)
    finally:
        found = await task  # what was begun is finished, whoever still waits for it
    return found


async def _wait(interaction: discord.Interaction, *, alone: bool) -> None:
    if interaction.message is not None and is_seen_by_one(interaction):
        await interaction.response.defer()
    else:
        ephemeral = alone and not is_between_us(interaction)
        await interaction.response.defer(ephemeral=ephemeral, thinking=True)


async def say(
    interaction: discord.Interaction,
    reply: Reply,
    wording: Wording,
    *,
    alone: bool,
    extra: Items = (),
    more: Iterable[discord.File] = (),
) -> None:
    """Say it in a message of its own."""
    send: Any = interaction.response.send_message
    if interaction.response.is_done():
        send = interaction.followup.send
    await send(
        embed=embed(reply, wording),
        view=view(reply, extra),
        files=[*files(reply), *more],
        ephemeral=alone and not is_between_us(interaction),
    )


async def edit(
    interaction: discord.Interaction,
    reply: Reply,
    wording: Wording,
    *,
    extra: Items = (),
    more: Iterable[discord.File] = (),
) -> None:
    """Say it in place of what was pressed."""
    change: Any = interaction.response.edit_message
    if interaction.response.is_done():
        change = interaction.edit_original_response
    await change(
        embed=embed(reply, wording),
        view=view(reply, extra),
        attachments=[*files(reply), *more],
    )
