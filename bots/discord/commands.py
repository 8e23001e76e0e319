"""The commands as Discord lists them."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bots.discord.boundary import Boundary
from bots.discord.conversation import Conversation
from core.dialogue.request import About, Browse, ListSources, Request, ShowPrivacy, Start

Command = app_commands.Command[Any, ..., Any]

LONGEST_QUESTION = 6_000
_ANYWHERE = {"guilds": True, "dms": True, "private_channels": True}


def plant(
    tree: app_commands.CommandTree[Any], conversation: Conversation, boundary: Boundary
) -> None:
    """Add every command to the tree."""
    said = conversation.desk.wording.commands
    commands: list[Command | app_commands.ContextMenu] = [_ask(conversation, boundary)]
    for name, hint, request in (
        ("topics", said.topics, Browse()),
        ("sources", said.sources, ListSources()),
        ("about", said.about, About()),
        ("check", said.check, Start()),
        ("privacy", conversation.desk.wording.faq_commands.privacy, ShowPrivacy()),
    ):
        commands.append(_screen(conversation, boundary, name, hint, request))
    commands.append(_answer_this(conversation, boundary))
    for command in commands:
        app_commands.allowed_installs(guilds=True, users=True)(command)
        app_commands.allowed_contexts(**_ANYWHERE)(command)
        tree.add_command(command)


def _ask(conversation: Conversation, boundary: Boundary) -> Command:
    said = conversation.desk.wording.commands

    @app_commands.command(name="ask", description=said.ask)
    @app_commands.describe(question=said.question, private=said.private)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        private: bool = False,
    ) -> None:
        await boundary.guard(
            interaction, conversation.asked(interaction, question, private=private)
        )

    @ask.autocomplete("question")
    async def typing(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        await boundary.guard(interaction, conversation.typed(interaction, typed))
        return []  # all is said already, inside our own boundary

    return ask


def _screen(
    conversation: Conversation,
    boundary: Boundary,
    name: str,
    hint: str,
    request: Request,
) -> Command:
    @app_commands.command(name=name, description=hint)
    async def screen(interaction: discord.Interaction) -> None:
        await boundary.guard(interaction, conversation.opened(interaction, request))

    return screen


def _answer_this(conversation: Conversation, boundary: Boundary) -> app_commands.ContextMenu:
    @app_commands.context_menu(name=conversation.desk.wording.commands.answer_this)
    async def answer_this(interaction: discord.Interaction, message: discord.Message) -> None:
        await boundary.guard(interaction, conversation.asked_about(interaction, message))

    return answer_this
