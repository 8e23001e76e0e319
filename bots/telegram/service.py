"""The life of the Telegram bot: enter, poll, leave."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from telegram.error import InvalidToken, TelegramError

from bots.desk import Desk
from bots.refusal import Refused
from bots.settings import Settings
from bots.telegram import commands, delivery
from bots.telegram.app import UPDATES, App, build
from bots.telegram.people import KIND
from bots.telegram.presence import Presence

log = logging.getLogger(__name__)

_REFUSED = "Telegram does not know FOSSAE_TELEGRAM_TOKEN: copy it again from @BotFather (/mybots)."
_UNREACHED = "Telegram can't be reached ({}): check the network and FOSSAE_TELEGRAM_API_URL."
STUMBLES = 3


async def run(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Answer Telegram until `stop` is set; raises Refused."""
    presence = Presence(desk)
    app = build(settings, desk, presence)
    looking: asyncio.Task[None] | None = None
    try:
        await _enter(app, desk)
        desk.senders[KIND] = partial(delivery.bring, app.bot, desk.wording)
        log.info("telegram ready")
        looking = asyncio.create_task(_look(app, presence))
        await stop.wait()
    finally:
        desk.senders.pop(KIND, None)
        if looking:
            looking.cancel()  # it goes through every group; the next start does it again
        await _leave(app)
        log.info("telegram stopped")


async def _enter(app: App, desk: Desk) -> None:
    try:
        await app.initialize()
        await commands.register(app.bot, desk.wording)
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(
            allowed_updates=UPDATES, bootstrap_retries=STUMBLES, error_callback=_missed
        )
    except InvalidToken:
        raise Refused(_REFUSED) from None
    except TelegramError as error:
        raise Refused(_UNREACHED.format(error.message)) from None


async def _look(app: App, presence: Presence) -> None:
    try:
        await presence.look(app.bot)
    except Exception as error:  # noqa: BLE001 - whatever it is, the bot goes on
        log.warning("telegram groups=unknown error=%s action=next-start", type(error).__name__)


def _missed(error: TelegramError) -> None:
    """A poll that failed is repeated by itself: worth a line, not a traceback."""
    log.warning("telegram poll failed action=again reason=%r", error.message)


async def _leave(app: App) -> None:
    """Close whatever was opened; where entering failed, that is not everything."""
    assert app.updater is not None
    if app.updater.running:
        await app.updater.stop()
    if app.running:
        await app.stop()
    await app.shutdown()
    await app.bot.shutdown()
