"""The error boundary: what is nobody's fault is noted, a fault of ours is logged and said."""

from __future__ import annotations

import logging
from traceback import format_tb

from telegram import Update
from telegram.ext import ContextTypes

from bots.desk import Desk
from bots.telegram import delivery, hearing, trouble
from bots.telegram.trouble import Unasked

log = logging.getLogger(__name__)


class Boundary:
    """Stands behind everything a person sets off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Note or log what went wrong, and say so to whoever waits."""
        if isinstance(context.error, Unasked):
            _noted_quietly(context.error.__cause__ or context.error)
            return
        if context.error is None or not _noted(context.error, hearing.kind_of(update)):
            return
        if isinstance(update, Update):
            await self._apologise(update)

    async def _apologise(self, update: Update) -> None:
        try:
            await delivery.apologise(update, self._desk.screens.failure(), self._desk.wording)
        except Exception as error:  # noqa: BLE001, the last boundary there is
            _noted(error, "apology")


def _noted(error: BaseException, kind: str) -> bool:
    """Write an error down; whether somebody waits for a word about it."""
    match trouble.of(error):
        case "fault":
            log.error("telegram fault update=%s", kind, exc_info=error)
            return True
        case "unreachable":
            log.warning("telegram unreachable update=%s", kind)
            return True
        case "shut-out":
            log.info("telegram shut-out update=%s action=dropped", kind)
        case "late":
            log.warning("telegram late update=%s action=dropped", kind)
        case "limited":
            log.warning("telegram limited update=%s action=dropped", kind)
    return False


def _noted_quietly(error: BaseException) -> None:
    """Where it broke, and not its words: they may hold what somebody wrote to others."""
    if trouble.of(error) != "fault":
        _noted(error, "overheard")
        return
    where = "".join(format_tb(error.__traceback__))
    log.error("telegram fault update=overheard error=%s\n%s", type(error).__name__, where)
