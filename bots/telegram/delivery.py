"""Bringing a reply to a chat, whatever became of the chat in the meantime."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, RetryAfter

from bots.telegram.render import NO_PREVIEW, html, keyboard
from core.content.wording import Wording
from core.dialogue.reply import Reply

log = logging.getLogger(__name__)

LONGEST_WAIT = 60
# What Telegram says of an edit or a press that is simply too late, or that changes nothing.
_UNCHANGED = "message is not modified"
_LATE = ("query is too old", "query id is invalid")
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def send(to: Message, reply: Reply, wording: Wording, *, quoting: bool) -> None:
    """Send a reply into the chat (and topic) of `to`, as an answer to it if `quoting`."""

    async def once(chat: int, quote: bool) -> None:
        await to.get_bot().send_message(
            chat_id=chat,
            text=html(reply, wording),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(reply),
            message_thread_id=to.message_thread_id if to.is_topic_message else None,
            reply_parameters=_quote(to) if quote else None,
        )

    try:
        await _patiently(lambda: once(to.chat_id, quoting))
    except ChatMigrated as moved:
        # The message stayed behind with the old group, so it cannot be quoted in the new one.
        chat = moved.new_chat_id
        await _patiently(lambda: once(chat, False))


async def edit(query: CallbackQuery, reply: Reply, wording: Wording) -> None:
    """Put a reply in place of the message whose button was pressed; send it if that is gone."""
    try:
        await _patiently(lambda: _edited(query, reply, wording))
    except BadRequest as error:
        if _says(error, _UNCHANGED):
            return
        if not _says(error, *_GONE) or not isinstance(query.message, Message):
            raise
        await send(query.message, reply, wording, quoting=False)


def is_late(error: BaseException) -> bool:
    """Whether a press or inline query was answered after Telegram had given it up."""
    return isinstance(error, BadRequest) and _says(error, *_LATE)


def _quote(message: Message) -> ReplyParameters:
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)


async def _edited(query: CallbackQuery, reply: Reply, wording: Wording) -> None:
    await query.edit_message_text(
        html(reply, wording),
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(reply),
    )


async def _patiently(call: Callable[[], Awaitable[None]]) -> None:
    """Do as Telegram asks once when it says to wait; more than a minute is not worth it."""
    try:
        await call()
    except RetryAfter as limit:
        seconds = limit.retry_after
        wait = seconds.total_seconds() if not isinstance(seconds, int | float) else seconds
        if wait > LONGEST_WAIT:
            raise
        log.info("telegram limited wait=%ss", wait)
        await asyncio.sleep(wait)
        await call()


def _says(error: BadRequest, *phrases: str) -> bool:
    return any(phrase in error.message.lower() for phrase in phrases)
