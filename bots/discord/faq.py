"""The commands around a server's own answers, as Discord lists them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from bots.discord.boundary import Boundary
from bots.discord.listed import Tree
from bots.discord.moderation import Moderation
from core.community.protocol import command as wanted
from core.community.protocol.curation import (
    Export,
    ExportOne,
    ListDue,
    ListLessons,
    ListShipped,
    ShowInbox,
    ShowInsights,
)
from core.community.screens.boards import STATES
from core.content.moderation import State

Command = app_commands.Command[Any, ..., Any]
OnMessage = Callable[[discord.Interaction, discord.Message], Coroutine[Any, Any, None]]

LONGEST_TEXT = 6_000
FEWEST_REPLAYED, USUALLY_REPLAYED, MOST_REPLAYED = 10, 50, 200
IN_REVIEW = STATES.index(State.REVIEW) + 1
_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
_INSIDE = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
# What is offered before anybody chose otherwise; the core decides at every use.
_MANAGERS = discord.Permissions(manage_guild=True)


def plant(tree: Tree, moderation: Moderation, boundary: Boundary) -> None:
    """Add /faq, /propose and the menu entry to the tree."""
    said = moderation.desk.wording.faq_commands
    for command in (
        _faq(tree, moderation, boundary),
        _plain(moderation, boundary, "propose", said.propose, wanted.NewProposal()),
        _on_message(boundary, said.save, moderation.saved),
        _on_message(boundary, said.sort, moderation.sorted),
    ):
        if not isinstance(command, app_commands.Group):
            app_commands.allowed_installs(guilds=True, users=False)(command)
            app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
        tree.add_command(command)


def _faq(tree: Tree, moderation: Moderation, boundary: Boundary) -> app_commands.Group:
    said = moderation.desk.wording.faq_commands
    group = app_commands.Group(
        name="faq",
        description=said.faq,
        default_permissions=_MANAGERS,
        allowed_installs=_SERVERS,
        allowed_contexts=_INSIDE,
    )
    for name, hint, command in (
        ("menu", said.menu, wanted.ShowMenu()),
        ("add", said.add, wanted.NewEntry()),
        ("list", said.list, wanted.ListEntries()),
        ("review", said.review, wanted.ListEntries(IN_REVIEW)),
        ("inbox", said.inbox, ShowInbox()),
        ("taught", said.taught, ListLessons()),
        ("shipped", said.shipped, ListShipped()),
        ("due", said.due, ListDue()),
        ("insights", said.insights, ShowInsights()),
        ("settings", said.settings, wanted.ShowSettings()),
    ):
        group.add_command(_plain(moderation, boundary, name, hint, command))
    for name, hint, kind in (
        ("edit", said.edit, wanted.OpenEdit),
        ("remove", said.remove, wanted.ShowOwn),
        ("show", said.show, wanted.ShowOwn),
        ("history", said.history, wanted.History),
    ):
        group.add_command(_on_entry(moderation, boundary, name, hint, kind))
    group.add_command(_test(moderation, boundary))
    group.add_command(_export(moderation, boundary))
    group.add_command(_import(moderation, boundary))
    group.add_command(_replay(moderation, boundary))
    group.add_command(_doctor(tree, moderation, boundary))
    return group


def _plain(
    moderation: Moderation, boundary: Boundary, name: str, hint: str, wish: wanted.Command
) -> Command:
    @app_commands.command(name=name, description=hint)
    async def plain(interaction: discord.Interaction) -> None:
        await boundary.guard(interaction, moderation.given(interaction, wish))

    return plain


def _on_entry(
    moderation: Moderation,
    boundary: Boundary,
    name: str,
    hint: str,
    kind: Callable[[str], wanted.Command],
) -> Command:
    @app_commands.command(name=name, description=hint)
    @app_commands.describe(entry=moderation.desk.wording.faq_commands.entry)
    async def on_entry(interaction: discord.Interaction, entry: str) -> None:
        await boundary.guard(interaction, moderation.given(interaction, kind(entry)))

    _suggested(on_entry, moderation, boundary)
    return on_entry


def _suggested(command: Command, moderation: Moderation, boundary: Boundary) -> None:
    """Entries are offered while the option `entry` is typed."""

    @command.autocomplete("entry")
    async def typing(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        await boundary.guard(interaction, moderation.typed(interaction, typed))
        return []  # all is said already, inside our own boundary


def _test(moderation: Moderation, boundary: Boundary) -> Command:
    said = moderation.desk.wording.faq_commands

    @app_commands.command(name="test", description=said.test)
    @app_commands.describe(text=said.text)
    async def test(
        interaction: discord.Interaction, text: app_commands.Range[str, 1, LONGEST_TEXT]
    ) -> None:
        await boundary.guard(interaction, moderation.given(interaction, wanted.Try(text)))

    return test


def _export(moderation: Moderation, boundary: Boundary) -> Command:
    said = moderation.desk.wording.faq_commands

    @app_commands.command(name="export", description=said.export)
    @app_commands.describe(entry=said.alone)
    async def export(interaction: discord.Interaction, entry: str = "") -> None:
        await boundary.guard(interaction, moderation.given(interaction, _file(entry)))

    _suggested(export, moderation, boundary)
    return export


def _file(entry: str) -> Export | ExportOne:
    return ExportOne(entry) if entry else Export()


def _import(moderation: Moderation, boundary: Boundary) -> Command:
    said = moderation.desk.wording.faq_commands

    @app_commands.command(name="import", description=said.imports)
    @app_commands.describe(file=said.file)
    async def taken(interaction: discord.Interaction, file: discord.Attachment) -> None:
        await boundary.guard(interaction, moderation.imported(interaction, file))

    return taken


def _replay(moderation: Moderation, boundary: Boundary) -> Command:
    said = moderation.desk.wording.faq_commands

    @app_commands.command(name="replay", description=said.replay)
    @app_commands.describe(number=said.number)
    async def replay(
        interaction: discord.Interaction,
        number: app_commands.Range[int, FEWEST_REPLAYED, MOST_REPLAYED] = USUALLY_REPLAYED,
    ) -> None:
        await boundary.guard(interaction, moderation.replayed(interaction, number))

    return replay


def _doctor(tree: Tree, moderation: Moderation, boundary: Boundary) -> Command:
    @app_commands.command(name="doctor", description=moderation.desk.wording.faq_commands.doctor)
    async def doctor(interaction: discord.Interaction) -> None:
        await boundary.guard(interaction, moderation.examined(interaction, tree))

    return doctor


def _on_message(boundary: Boundary, name: str, work: OnMessage) -> app_commands.ContextMenu:
    @app_commands.context_menu(name=name)
    @app_commands.default_permissions(manage_guild=True)
    async def on_message(interaction: discord.Interaction, message: discord.Message) -> None:
        await boundary.guard(interaction, work(interaction, message))

    return on_message
