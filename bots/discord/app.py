"""The Discord bot: a client whose commands and buttons lead into a conversation."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord import commands, faq
from bots.discord.boundary import Boundary
from bots.discord.buttons import Press, is_for_moderators
from bots.discord.conversation import Conversation
from bots.discord.hearing import Hearing
from bots.discord.moderation import Moderation
from bots.discord.posting import sender
from bots.discord.surroundings import KIND, server_place

log = logging.getLogger(__name__)


class Bot(discord.Client):
    """A client that hears of interactions, of the servers it is in, and of messages if it may."""

    def __init__(self, desk: Desk, *, hears: bool = False) -> None:
        """`hears`: whether it is to be given what is said in channels, which Discord has to allow."""
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=hears, message_content=hears),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            # READY names every server; what is told of each later keeps nobody waiting.
            guild_ready_timeout=0,
        )
        self.conversation = Conversation(desk)
        self.moderation = Moderation(desk)
        self.hearing = Hearing(desk)
        self.boundary = Boundary(self.moderation.apologise)
        self._turns = asyncio.Lock()
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self.boundary.fault)
        self.add_dynamic_items(Press)
        commands.plant(self.tree, self.conversation, self.boundary)
        faq.plant(self.tree, self.moderation, self.boundary)

    async def setup_hook(self) -> None:
        """Bring the command list into step; from here on people can be written to."""
        desk = self.conversation.desk
        desk.senders[KIND] = sender(self, desk.wording)
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Say so in the log; servers that were left or joined meanwhile are noticed."""
        log.info("discord ready")
        places = [server_place(guild.id) for guild in self.guilds]
        await self._in_turn(lambda: self.conversation.desk.present(places, KIND))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server; an outage is not told by this."""
        await self._in_turn(lambda: self.conversation.desk.left(server_place(guild.id)))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server, perhaps again."""
        await self._in_turn(lambda: self.conversation.desk.back(server_place(guild.id)))

    async def _in_turn(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """In the order in which it was told: who is back last must not be taken for gone."""

        async def after_the_others() -> None:
            async with self._turns:
                await work()

        await self.boundary.unwatched(after_the_others())

    async def on_press(self, interaction: discord.Interaction, custom_id: str) -> None:
        """A button or a menu of ours; see Press."""
        for_moderators = is_for_moderators(custom_id)
        pressed = self.moderation.pressed if for_moderators else self.conversation.pressed
        await self.boundary.guard(interaction, pressed(interaction, custom_id))

    async def on_message(self, message: discord.Message) -> None:
        """Somebody has said something; only told where the bot is given such messages."""
        if self.user is not None:
            await self.boundary.overhearing(self.hearing.heard(message, self.user.id))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A form of ours, also one that was opened before a restart."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.boundary.guard(interaction, self.moderation.filled(interaction))
