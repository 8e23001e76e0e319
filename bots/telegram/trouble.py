"""What goes wrong with Telegram and is no fault of ours: what to call it, and when to wait."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Literal, TypeVar

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

log = logging.getLogger(__name__)

T = TypeVar("T")
Trouble = Literal["late", "shut-out", "limited", "unreachable", "fault"]


class Unasked(Exception):
    """Something went wrong where nobody waits for a word of the bot; what, is its cause."""


LONGEST_WAIT = timedelta(seconds=60)
# A press or query that Telegram has given up before it was answered.
_LATE = ("query is too old", "query id is invalid")
# Chats and topics that let nothing in, which Telegram calls bad requests.
_SHUT = (
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "chat not found",
    "thread not found",
    "topic_closed",
    "topic_deleted",
)


def of(error: BaseException) -> Trouble:
    """What an error means; a fault is what nobody foresaw, and so ours."""
    if isinstance(error, RetryAfter):
        return "limited"
    if isinstance(error, Forbidden) or says(error, *_SHUT):
        return "shut-out"
    if isinstance(error, BadRequest):
        return "late" if says(error, *_LATE) else "fault"
    return "unreachable" if isinstance(error, NetworkError) else "fault"


def says(error: BaseException, *phrases: str) -> bool:
    """Whether Telegram refused a request in one of these words."""
    return isinstance(error, BadRequest) and any(
        phrase in error.message.lower() for phrase in phrases
    )


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Do as Telegram asks once when it says to wait; more than a minute is not worth it."""
    try:
        return await call()
    except RetryAfter as limit:
        wait = _seconds(limit.retry_after)
        if wait > LONGEST_WAIT.total_seconds():
            raise
        log.info("telegram limited wait=%ss", wait)
        await asyncio.sleep(wait)
        return await call()


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
