"""The life of the Discord bot: enter, listen, leave."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bots.desk import Desk
from bots.discord.app import Bot
from bots.refusal import Refused
from bots.settings import Settings

log = logging.getLogger(__name__)

_REFUSED = (
    "Discord does not know FOSSAE_DISCORD_TOKEN: copy it again from "
    "https://discord.com/developers/applications (your application, Bot, Reset Token)."
)


async def run(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Answer Discord until `stop` is set; raises Refused."""
    assert settings.discord_token is not None
    point_at(settings)
    bot = Bot(desk)
    serving = asyncio.create_task(bot.start(settings.discord_token.get_secret_value()))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            _entered(serving)
    finally:
        stopping.cancel()
        await bot.close()
        await asyncio.gather(serving, return_exceptions=True)
        log.info("discord stopped")


def _entered(serving: asyncio.Task[None]) -> None:
    """Tell an operator in words why the bot did not get in."""
    try:
        serving.result()
    except discord.LoginFailure:
        raise Refused(_REFUSED) from None
    except aiohttp.ClientConnectionError as error:
        raise Refused(f"Discord can't be reached ({type(error).__name__}).") from None


def point_at(settings: Settings) -> None:
    """Send the library to the addresses that are set; it has no parameter for them."""
    Route.BASE = settings.discord_api_url.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)
    # There is no voice here to warn about.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
