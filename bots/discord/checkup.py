"""What Discord says of the bot's own set-up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
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
_LATER = "try again later, or check FOSSAE_DISCORD_API_URL"


async def examine(settings: Settings, desk: Desk) -> AsyncIterator[Finding]:
    """Look at the token, where the application may be installed, and the command list."""
    assert settings.discord_token is not None
    point_at(settings)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(settings.discord_token.get_secret_value())
            yield Finding(f"the token is valid, the bot is {client.user}")
            for finding in _installs(await client.application_info()):
                yield finding
            yield await _commands(client, Bot(desk).tree)
        except discord.LoginFailure:
            yield Finding("the token is refused", f"copy it again: {_PORTAL}, Bot, Reset Token")
        except discord.HTTPException as error:
            reason = f"{error.status} {error.response.reason}"
            yield Finding(f"Discord answers with an error ({reason})", _LATER)
        except aiohttp.ClientConnectionError as error:
            reason = type(error).__name__
            yield Finding(f"Discord can't be reached ({reason})", "check FOSSAE_DISCORD_API_URL")


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


async def _commands(client: discord.Client, wanted: app_commands.CommandTree[Bot]) -> Finding:
    registered = await app_commands.CommandTree(client).fetch_commands()
    ours = {_told(command.to_dict(wanted)) for command in wanted.get_commands()}
    different = ours ^ {_told(command.to_dict()) for command in registered}
    if not different:
        return Finding("the commands are in step")
    names = ", ".join(sorted({name for name, *_ in different}))
    return Finding(f"the commands are out of step: {names}", "start the bot once: fossae run")


def _told(command: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person is told of a command: its name, what it does, and the same of all inside it."""
    said = (command["name"], command.get("description") or "")
    inside = (_told(option) for option in command.get("options") or ())
    return sum(inside, said)
