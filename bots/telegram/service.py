"""The life of the Telegram bot: enter, poll, leave."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import InvalidToken, NetworkError

from bots.desk import Desk
from bots.refusal import Refused
from bots.settings import Settings
from bots.telegram import commands
from bots.telegram.app import UPDATES, App, build

log = logging.getLogger(__name__)

_REFUSED = "Telegram does not know FOSSAE_TELEGRAM_TOKEN: copy it again from @BotFather (/mybots)."


async def run(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Answer Telegram until `stop` is set; raises Refused."""
    app = build(settings, desk)
    await _enter(app, desk)
    log.info("telegram ready")
    try:
        await stop.wait()
    finally:
        await _leave(app)
        log.info("telegram stopped")


async def _enter(app: App, desk: Desk) -> None:
    try:
        await app.initialize()
    except InvalidToken:
        raise Refused(_REFUSED) from None
    except NetworkError as error:
        raise Refused(f"Telegram can't be reached ({error.message}).") from None
    await commands.register(app.bot, desk.wording)
    await app.start()
    assert app.updater is not None
    await app.updater.start_polling(allowed_updates=UPDATES)


async def _leave(app: App) -> None:
    assert app.updater is not None
    await app.updater.stop()
    await app.stop()
    await app.shutdown()
