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
from bots.discord.surroundings import KIND
from bots.refusal import Refused
from bots.settings import Settings

log = logging.getLogger(__name__)

LEAVING = 2.0  # seconds that answers under way have when the bot is told to stop

_REFUSED = (
    "Discord does not know FOSSAE_DISCORD_TOKEN: copy it again from "
    "https://discord.com/developers/applications (your application, Bot, Reset Token)."
)
_AWAY = "Discord can't be reached: check the network and FOSSAE_DISCORD_API_URL"
_BROKEN = "Discord answers with an error, now or at this FOSSAE_DISCORD_API_URL"
_NO_GATEWAY = (
    "Discord's gateway can't be reached: check the network and FOSSAE_DISCORD_GATEWAY_URL."
)
_UNGRANTED = (
    "Discord does not let this bot read what is said in channels: switch on Message Content Intent at "
    "https://discord.com/developers/applications (your application, Bot), "
    "or unset FOSSAE_DISCORD_MESSAGES."
)
_CLOSED = "Discord closed the connection and forbids another"
_WRONG_TOKEN = 4004


async def run(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Answer Discord until `stop` is set; raises Refused."""
    assert settings.discord_token is not None
    point_at(settings)
    _hush()
    bot = Bot(desk, hears=settings.discord_messages)
    serving = asyncio.create_task(bot.start(settings.discord_token.get_secret_value()))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            _entered(serving, bot)
        await bot.boundary.finish(LEAVING)
    finally:
        stopping.cancel()
        desk.senders.pop(KIND, None)
        await bot.close()
        await bot.boundary.finish(LEAVING)
        serving.cancel()  # it may be waiting minutes to connect again
        await asyncio.gather(serving, return_exceptions=True)
        log.info("discord stopped")


def _entered(serving: asyncio.Task[None], bot: Bot) -> None:
    """Tell an operator in words why the bot did not get in, or was sent away."""
    try:
        serving.result()
    except discord.LoginFailure:
        raise Refused(_REFUSED) from None
    except discord.PrivilegedIntentsRequired:
        raise Refused(_UNGRANTED) from None
    except discord.ConnectionClosed as closed:
        known = closed.code != _WRONG_TOKEN
        raise Refused(f"{_CLOSED} (code {closed.code})." if known else _REFUSED) from None
    except discord.HTTPException as error:
        raise Refused(f"{_BROKEN} ({error.status} {error.response.reason}).") from None
    except aiohttp.ClientConnectionError as error:
        raise Refused(f"{_AWAY} ({type(error).__name__}).") from None
    except AttributeError:
        # This is how the library fails when its very first connection does.
        if bot.ws is not None:
            raise
        raise Refused(_NO_GATEWAY) from None


def _hush() -> None:
    """Keep out of the log what the library writes with a person's id, or as a fault that is none."""
    # What goes wrong while someone is typing; our own boundary logs it without the id.
    logging.getLogger("discord.app_commands.tree").setLevel(logging.CRITICAL)
    logging.getLogger("discord.client").addFilter(_in_a_line)


def _in_a_line(record: logging.LogRecord) -> bool:
    """A lost connection is no fault: one line, where the library writes its traceback."""
    if record.msg == "Attempting a reconnect in %.2fs" and record.exc_info and record.args:
        error = record.exc_info[0]
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.msg = "discord connection lost error=%s retry=%.0fs"
        record.args, record.exc_info = (error and error.__name__, *record.args), None
    return True


def point_at(settings: Settings) -> None:
    """Send the library to the addresses that are set; it has no parameter for them."""
    Route.BASE = settings.discord_api_url.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)
    # There is no voice here to warn about.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
