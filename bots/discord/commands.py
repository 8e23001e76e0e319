"""The commands as Discord lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from core.dialogue.request import About, Browse, ListSources

if TYPE_CHECKING:
    from bots.discord.app import Bot

CHOICES = 25
LONGEST_QUESTION = 6_000
_ANYWHERE = {"guilds": True, "dms": True, "private_channels": True}


def plant(bot: Bot) -> None:
    """Add every command to the bot's tree."""
    said = bot.desk.wording.commands
    commands: list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu] = [_ask(bot)]
    for name, hint, request in (
        ("topics", said.topics, Browse()),
        ("sources", said.sources, ListSources()),
        ("about", said.about, About()),
    ):
        commands.append(_screen(bot, name, hint, request))
    commands.append(_answer_this(bot))
    for command in commands:
        app_commands.allowed_installs(guilds=True, users=True)(command)
        app_commands.allowed_contexts(**_ANYWHERE)(command)
        bot.tree.add_command(command)


def _ask(bot: Bot) -> app_commands.Command[Any, ..., Any]:
    said = bot.desk.wording.commands

    @app_commands.command(name="ask", description=said.ask)
    @app_commands.describe(question=said.question, private=said.private)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        private: bool = False,
    ) -> None:
        await bot.guarded(interaction, bot.asked(interaction, question, private=private))

    @ask.autocomplete("question")
    async def typing(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        await bot.guarded(interaction, bot.typed(interaction, typed))
        return []  # all is said already, inside our own boundary

    return ask


def _screen(
    bot: Bot, name: str, hint: str, request: Browse | ListSources | About
) -> app_commands.Command[Any, ..., Any]:
    @app_commands.command(name=name, description=hint)
    async def screen(interaction: discord.Interaction) -> None:
        await bot.guarded(interaction, bot.opened(interaction, request))

    return screen


def _answer_this(bot: Bot) -> app_commands.ContextMenu:
    @app_commands.context_menu(name=bot.desk.wording.commands.answer_this)
    async def answer_this(interaction: discord.Interaction, message: discord.Message) -> None:
        await bot.guarded(interaction, bot.asked_about(interaction, message))

    return answer_this
