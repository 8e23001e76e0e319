"""The Discord bot: a client whose commands and buttons lead into a conversation."""

from __future__ import annotations

import logging

import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord import commands
from bots.discord.boundary import Boundary
from bots.discord.buttons import Press
from bots.discord.conversation import Conversation

log = logging.getLogger(__name__)


class Bot(discord.Client):
    """A client without privileged or any other intents: interactions are all it needs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            intents=discord.Intents.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            # Without an intent no server is ever announced, so there is none to wait for.
            guild_ready_timeout=0,
        )
        self.conversation = Conversation(desk)
        self.boundary = Boundary(self.conversation.apologise)
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self.boundary.fault)
        self.add_dynamic_items(Press)
        commands.plant(self.tree, self.conversation, self.boundary)

    async def setup_hook(self) -> None:
        """Bring the command list into step."""
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Say so in the log."""
        log.info("discord ready")

    async def on_press(self, interaction: discord.Interaction, custom_id: str) -> None:
        """A button of ours; see Press."""
        work = self.conversation.pressed(interaction, custom_id)
        await self.boundary.guard(interaction, work)
