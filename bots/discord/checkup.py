"""What Discord says of the bot's own set-up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import aiohttp
import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord.app import Bot
from bots.discord.listed import Tree, out_of_step
from bots.discord.service import point_at
from bots.finding import Finding
from bots.settings import Settings

_PORTAL = "https://discord.com/developers/applications, your application"
_LATER = "try again later, or check FOSSAE_DISCORD_API_URL"


async def examine(settings: Settings, desk: Desk) -> AsyncIterator[Finding]:
    """Look at the token, where it may be installed, what it is given, and the command list."""
    assert settings.discord_token is not None
    point_at(settings)
    async with discord.Client(intents=discord.Intents(guilds=True)) as client:
        try:
            await client.login(settings.discord_token.get_secret_value())
            yield Finding(f"the token is valid, the bot is {client.user}")
            info = await client.application_info()
            for finding in (*_installs(info), _messages(info, wanted=settings.discord_messages)):
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


def _messages(info: discord.AppInfo, *, wanted: bool) -> Finding:
    """What is set has to be allowed; what is allowed need not be set."""
    flags, what = info.flags, "is given what is said in channels (Message Content Intent)"
    allowed = flags.gateway_message_content or flags.gateway_message_content_limited
    if not wanted:
        return Finding("hears only what calls it (FOSSAE_DISCORD_MESSAGES is not set)")
    remedy = f"{_PORTAL}, Bot, switch on Message Content Intent, or unset FOSSAE_DISCORD_MESSAGES"
    return Finding(what) if allowed else Finding(f"not: {what}", remedy)


async def _commands(client: discord.Client, wanted: Tree) -> Finding:
    different = await out_of_step(wanted, app_commands.CommandTree(client))
    if not different:
        return Finding("the commands are in step")
    names = ", ".join(different)
    return Finding(f"the commands are out of step: {names}", "start the bot once: fossae run")
