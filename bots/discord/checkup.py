"""What Discord says of the bot's own set-up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord.app import Bot
from bots.discord.service import point_at
from bots.finding import Finding
from bots.settings import Settings

_PORTAL = "https://discord.com/developers/applications, your application"


async def examine(settings: Settings, desk: Desk) -> AsyncIterator[Finding]:
    """Look at the token, where the application may be installed, and the command list."""
    assert settings.discord_token is not None
    point_at(settings)
    async with discord.Client(intents=discord.Intents.none()) as client:
        tree = app_commands.CommandTree(client)
        try:
            await client.login(settings.discord_token.get_secret_value())
        except discord.LoginFailure:
            yield Finding("the token is refused", f"copy it again: {_PORTAL}, Bot, Reset Token")
            return
        except aiohttp.ClientConnectionError as error:
            reason = type(error).__name__
            yield Finding(f"Discord can't be reached ({reason})", "check FOSSAE_DISCORD_API_URL")
            return
        yield Finding(f"the token is valid, the bot is {client.user}")
        for finding in _installs(await client.application_info()):
            yield finding
        yield _commands(Bot(desk).tree.get_commands(), await tree.fetch_commands())


def _installs(info: discord.AppInfo) -> Iterator[Finding]:
    remedy = f"{_PORTAL}, Installation, tick it and save"
    for config, what in (
        (info.guild_integration_config, "may be added to servers (Guild Install)"),
        (info.user_integration_config, "may be added by a person to their account (User Install)"),
    ):
        yield Finding(what) if config else Finding(f"not: {what}", remedy)
    if info.interactions_endpoint_url:
        yield Finding(
            "interactions are sent to a web address, so this bot never sees them",
            f"{_PORTAL}, General Information, empty Interactions Endpoint URL",
        )


def _commands(
    wanted: Iterable[
        app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
    ],
    registered: Iterable[app_commands.AppCommand],
) -> Finding:
    missing = {command.name for command in wanted} ^ {command.name for command in registered}
    if not missing:
        return Finding("the commands are in step")
    names = ", ".join(sorted(missing))
    return Finding(f"the commands are out of step: {names}", "start the bot once: fossae run")
