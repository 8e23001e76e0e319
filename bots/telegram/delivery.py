"""Bringing a reply to a chat, whatever became of the chat in the meantime."""

from __future__ import annotations

from asyncio import create_task, sleep, wait
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    Document,
    InlineKeyboardButton,
    InlineQueryResultArticle,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bots.desk import Word
from bots.telegram import render, trouble
from bots.telegram.people import KIND
from bots.telegram.trouble import patiently
from core.community.protocol.outcome import Told
from core.content.wording import Wording
from core.dialogue.reply import Reply

CAPTION = 1024
# When it begins to be long, and how long Telegram shows that somebody types.
PATIENCE, TYPES = 1.0, 4.5
_DELETED = ("message to delete not found",)
# What Telegram says of an edit that changes nothing, or that comes too late.
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def send(
    to: Message,
    reply: Reply,
    wording: Wording,
    *,
    quoting: bool,
    extra: InlineKeyboardButton | None = None,
) -> None:
    """Send a reply into the chat (and topic) of `to`, as an answer to it if `quoting`."""

    async def once(chat: int, quote: bool) -> None:
        text = render.html(reply, wording)
        options: dict[str, Any] = {
            "chat_id": chat,
            "parse_mode": ParseMode.HTML,
            "reply_markup": render.keyboard(reply, extra),
            "message_thread_id": to.message_thread_id if to.is_topic_message else None,
            "reply_parameters": _quote(to) if quote else None,
        }
        if reply.drawing:
            await to.get_bot().send_photo(photo=reply.drawing, caption=text, **options)
        else:
            preview = render.NO_PREVIEW
            await to.get_bot().send_message(text=text, link_preview_options=preview, **options)

    try:
        await patiently(lambda: once(to.chat_id, quoting))
    except ChatMigrated as moved:
        # The message stayed behind with the old group, so it cannot be quoted in the new one.
        chat = moved.new_chat_id
        await patiently(lambda: once(chat, False))


async def interject(to: Message, reply: Reply, wording: Wording, *, quoting: bool) -> None:
    """Say what nobody asked for, without a sound; BadRequest where the message to quote is gone."""
    await patiently(
        lambda: to.get_bot().send_message(
            to.chat_id,
            render.html(reply, wording),
            parse_mode=ParseMode.HTML,
            link_preview_options=render.NO_PREVIEW,
            reply_markup=render.keyboard(reply),
            message_thread_id=to.message_thread_id if to.is_topic_message else None,
            reply_parameters=ReplyParameters(to.message_id) if quoting else None,
            disable_notification=True,
        )
    )


async def take_away(query: CallbackQuery, rest: Reply, wording: Wording) -> None:
    """Delete the message of the button; `rest` stands there where Telegram finds it too old for that."""
    assert query.message is not None
    bot, chat, message = query.get_bot(), query.message.chat.id, query.message.message_id
    try:
        await patiently(lambda: bot.delete_message(chat, message))
    except BadRequest as error:
        if not trouble.says(error, *_DELETED):
            await _reduced(bot, chat, message, render.html(rest, wording))


async def _reduced(bot: Bot, chat: int, message: int, text: str) -> None:
    """Leave a few words of a message and no buttons, unless it is gone by now."""
    try:
        await patiently(
            lambda: bot.edit_message_text(text, chat, message, parse_mode=ParseMode.HTML)
        )
    except BadRequest as error:
        if not trouble.says(error, _UNCHANGED, *_GONE):
            raise


@asynccontextmanager
async def typing(bot: Bot, chat: int) -> AsyncIterator[None]:
    """Show that something is done, where it takes a while."""
    showing = create_task(_type(bot, chat))
    try:
        yield
    finally:
        showing.cancel()
        await wait({showing})


async def bring(bot: Bot, wording: Wording, word: Word) -> bool:
    """Whether somebody who is not here, or a log, was told."""
    key = word.actor if isinstance(word, Told) else word.channel
    return await tell(bot, int(key.removeprefix(KIND)), word.reply, wording)


async def tell(bot: Bot, chat: int, reply: Reply, wording: Wording) -> bool:
    """Whether something could be said to a person, or in a group, where nobody asked now."""

    async def once(chat: int) -> None:
        await bot.send_message(
            chat,
            render.html(reply, wording),
            parse_mode=ParseMode.HTML,
            link_preview_options=render.NO_PREVIEW,
            reply_markup=render.keyboard(reply),
        )

    with suppress(Forbidden, BadRequest):
        try:
            await patiently(lambda: once(chat))
        except ChatMigrated as moved:
            new = moved.new_chat_id
            await patiently(lambda: once(new))
        return True
    return False


async def picture(bot: Bot, chat: int, png: bytes, alt: str) -> None:
    """A drawing of ours with its words under it: Telegram has no other place for them."""
    caption = alt.encode("utf-16-le")[: 2 * CAPTION].decode(
        "utf-16-le", "ignore"
    )  # its way to count
    await patiently(lambda: bot.send_photo(chat, png, caption=caption))


async def file(bot: Bot, chat: int, name: str, text: str) -> None:
    """A text as a file."""
    await patiently(lambda: bot.send_document(chat, text.encode(), filename=name))


async def fetched(document: Document, largest: int) -> bytes:
    """What is in a file; of one that is too large nothing is fetched, and only its size kept."""
    if (document.file_size or 0) > largest:
        return bytes(largest + 1)
    found = await patiently(document.get_file)
    return bytes(await found.download_as_bytearray())


async def edit(
    query: CallbackQuery,
    reply: Reply,
    wording: Wording,
    extra: InlineKeyboardButton | None = None,
) -> None:
    """Put a reply in place of the message whose button was pressed; send it if that can't be."""
    if isinstance(query.message, Message) and (reply.drawing or query.message.photo):
        # A text can't become a picture, nor a picture a text.
        await send(query.message, reply, wording, quoting=False, extra=extra)
        return
    try:
        await patiently(lambda: _edited(query, reply, wording, extra))
    except BadRequest as error:
        if trouble.says(error, _UNCHANGED):
            return
        if not trouble.says(error, *_GONE) or not isinstance(query.message, Message):
            raise
        await send(query.message, reply, wording, quoting=False, extra=extra)


async def answer_guest(message: Message, reply: Reply, wording: Wording) -> None:
    """Answer a mention in a chat the bot is not in: Telegram takes one message for it."""
    query = message.guest_query_id
    assert query is not None
    result = InlineQueryResultArticle(
        id="guest",
        title=reply.title,
        input_message_content=render.content(reply, wording),
        reply_markup=render.keyboard(reply),
    )
    await patiently(lambda: message.get_bot().answer_guest_query(query, result))


async def apologise(update: Update, screen: Reply, wording: Wording) -> None:
    """Say that something went wrong to whoever waits for an answer, where they wait for it."""
    if update.callback_query is not None:
        await _excuse(update.callback_query, screen, wording)
    elif update.inline_query is not None:
        await update.inline_query.answer([], cache_time=0)
    elif update.guest_message is not None:
        await answer_guest(update.guest_message, screen, wording)
    elif update.effective_message is not None:
        message = update.effective_message
        await send(message, screen, wording, quoting=message.chat.type != "private")


async def _excuse(query: CallbackQuery, screen: Reply, wording: Wording) -> None:
    """In private as a message; where others look on, in a window only the presser sees."""
    message = query.message
    if not isinstance(message, Message) or message.chat.type != "private":
        await query.answer(render.brief(screen), show_alert=True)
        return
    with suppress(BadRequest):  # it was answered before things went wrong
        await query.answer()
    await send(message, screen, wording, quoting=False)


def _quote(message: Message) -> ReplyParameters:
    return ReplyParameters(message.message_id, allow_sending_without_reply=True)


async def _type(bot: Bot, chat: int) -> None:
    await sleep(PATIENCE)
    while True:
        with suppress(TelegramError):
            await bot.send_chat_action(chat, ChatAction.TYPING)
        await sleep(TYPES)


async def _edited(
    query: CallbackQuery, reply: Reply, wording: Wording, extra: InlineKeyboardButton | None
) -> None:
    await query.edit_message_text(
        render.html(reply, wording),
        parse_mode=ParseMode.HTML,
        link_preview_options=render.NO_PREVIEW,
        reply_markup=render.keyboard(reply, extra),
    )
