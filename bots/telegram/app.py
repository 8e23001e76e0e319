"""The Telegram bot: every update goes to the desk, every turn back to its chat."""

from __future__ import annotations

import logging
import re
from typing import Any

from telegram import (
    CallbackQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    Message,
    Update,
)
from telegram.constants import ChatMemberStatus
from telegram.error import Forbidden
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.helpers import create_deep_linked_url

from bots.desk import Desk
from bots.settings import Settings
from bots.telegram import delivery, hearing, render
from core.content.wording import Reach
from core.dialogue import token
from core.dialogue.place import Place
from core.dialogue.reply import Suggestion, Turn
from core.dialogue.request import About, Ask, Browse, Help, ListSources, Request, ShowEntry

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE

RESULTS = 20
INLINE = Place("telegram:inline")
GUEST = Place("telegram:guest")
SCREENS: dict[str, Request] = {"topics": Browse(), "sources": ListSources(), "about": About()}
UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
]
_LINKABLE = re.compile(rf"{token.ALPHABET}{{1,{token.LONGEST}}}")
_NOT_TEXT = filters.ChatType.PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL


def build(settings: Settings, desk: Desk) -> App:
    """The application, ready to be initialised; the settings must hold a Telegram token."""
    assert settings.telegram_token is not None
    base = settings.telegram_api_url.rstrip("/")
    app = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .concurrent_updates(True)
        .build()
    )
    _listen(app, Ears(desk))
    return app


def _listen(app: App, ears: Ears) -> None:
    """Order matters: a guest message is also a message, and a command is also a text."""
    # What was sent through the bot (an inline result) comes back as a message and is no question.
    new = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    either = new | (filters.UpdateType.EDITED_MESSAGE & ~filters.VIA_BOT)
    app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, ears.guest))
    app.add_handler(CommandHandler("start", ears.started, new))
    app.add_handler(CommandHandler("ask", ears.asked, either))
    app.add_handler(CommandHandler("help", ears.helped, new))
    app.add_handler(CommandHandler(list(SCREENS), ears.screen, new))
    app.add_handler(MessageHandler(either & filters.ChatType.PRIVATE & filters.TEXT, ears.told))
    app.add_handler(MessageHandler(new & _NOT_TEXT, ears.unreadable))
    app.add_handler(MessageHandler(new & filters.ChatType.GROUPS, ears.overheard))
    app.add_handler(CallbackQueryHandler(ears.pressed))
    app.add_handler(InlineQueryHandler(ears.inline))
    app.add_error_handler(ears.failed)


class Ears:
    """What the bot does for each kind of update."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def started(self, update: Update, context: Context) -> None:
        """/start, alone or with the token of a deep link."""
        message = _message(update)
        if context.args and hearing.is_private(message):
            await self._say(message, await self._desk.press(context.args[0], _place(message)))
        else:
            await self.helped(update, context)

    async def asked(self, update: Update, _: Context) -> None:
        """/ask with a question, or as an answer to someone's message."""
        message = _message(update)
        text, target = hearing.asked(message)
        request = Ask(text) if text else Help(await self._reach(message))
        await self._say(target, await self._desk.reply(request, _place(message)))

    async def helped(self, update: Update, _: Context) -> None:
        """/help, which says what the bot can see in this very chat."""
        message = _message(update)
        request = Help(await self._reach(message))
        await self._say(message, await self._desk.reply(request, _place(message)))

    async def screen(self, update: Update, _: Context) -> None:
        """/topics, /sources, /about."""
        message = _message(update)
        name = hearing.text_of(message)[1:].split()[0].partition("@")[0].lower()
        await self._say(message, await self._desk.reply(SCREENS[name], _place(message)))

    async def told(self, update: Update, _: Context) -> None:
        """Free text in a private chat is a question; an edited one is asked again."""
        message = _message(update)
        turn = await self._desk.reply(Ask(hearing.text_of(message)), _place(message))
        await self._say(message, turn, quoting=update.edited_message is not None)

    async def unreadable(self, update: Update, _: Context) -> None:
        """A picture, a voice message, a file: not looked at, not kept."""
        screen = self._desk.screens.no_text()
        await delivery.send(_message(update), screen, self._desk.wording, quoting=True)

    async def overheard(self, update: Update, context: Context) -> None:
        """A message in a group: only one that mentions the bot is for it."""
        message = _message(update)
        text = hearing.mentioned(message, context.bot.username)
        if text is not None:
            request = Ask(text) if text else Help(await self._reach(message))
            await self._say(message, await self._desk.reply(request, _place(message)))

    async def pressed(self, update: Update, context: Context) -> None:
        """A button: edited in place in private, opened in private from anywhere else."""
        query = update.callback_query
        assert query is not None
        if query.message is None or query.message.chat.type != "private":
            await self._lead_away(query, context.bot.username)
            return
        place = Place(f"telegram:{query.message.chat.id}")
        turn = await self._desk.press(query.data or "", place)
        await query.answer()
        await delivery.edit(query, turn.reply, self._desk.wording)

    async def inline(self, update: Update, _: Context) -> None:
        """An inline query: the answer first if there is one, then what is close."""
        query = update.inline_query
        assert query is not None
        results = {result.id: result for result in await self._results(query.query)}
        button = InlineQueryResultsButton(
            self._desk.wording.buttons.ask_privately, start_parameter=token.write(Help())
        )
        await query.answer(list(results.values()), button=button)

    async def guest(self, update: Update, context: Context) -> None:
        """A question in a chat the bot is not in: one message, said aloud."""
        message = update.guest_message
        assert message is not None and message.guest_query_id is not None
        text = hearing.mentioned(message, context.bot.username)
        question = hearing.text_of(message) if text is None else text
        turn = await self._desk.reply(Ask(question), GUEST)
        result = InlineQueryResultArticle(
            id="guest",
            title=turn.aloud.title,
            input_message_content=render.content(turn.aloud, self._desk.wording),
            reply_markup=render.keyboard(turn.aloud),
        )
        await context.bot.answer_guest_query(message.guest_query_id, result)

    async def failed(self, update: object, context: Context) -> None:
        """The error boundary: what is nobody's fault is noted, a fault of ours is logged and said."""
        error, kind = context.error, hearing.kind_of(update)
        if error is not None and delivery.is_late(error):
            log.warning("telegram late update=%s action=dropped", kind)
        elif isinstance(error, Forbidden):
            log.info("telegram shut-out update=%s action=dropped", kind)
        else:
            log.error("telegram fault update=%s", kind, exc_info=error)
            await self._apologise(update)

    async def _apologise(self, update: object) -> None:
        message = update.effective_message if isinstance(update, Update) else None
        if message is None or getattr(update, "guest_message", None):
            return
        try:
            screen = self._desk.screens.failure()
            await delivery.send(message, screen, self._desk.wording, quoting=False)
        except Exception:
            log.exception("telegram apology failed")

    async def _say(self, to: Message, turn: Turn, *, quoting: bool = False) -> None:
        private = hearing.is_private(to)
        reply = turn.reply if private else turn.aloud
        await delivery.send(to, reply, self._desk.wording, quoting=quoting or not private)

    async def _reach(self, message: Message) -> Reach:
        """What the bot gets to see in this chat (privacy mode, or an administrator's view)."""
        if hearing.is_private(message):
            return "private"
        me = message.get_bot().bot
        if me.can_read_all_group_messages:
            return "mentions"
        member = await message.chat.get_member(me.id)
        return "mentions" if member.status == ChatMemberStatus.ADMINISTRATOR else "commands"

    async def _lead_away(self, query: CallbackQuery, username: str) -> None:
        """Open the private chat at what was pressed; a forged token leads to the help there."""
        data = query.data or ""
        start = data if _LINKABLE.fullmatch(data) else token.write(Help())
        await query.answer(url=create_deep_linked_url(username, start))

    async def _results(self, text: str) -> list[InlineQueryResultArticle]:
        suggestions = list(await self._desk.suggest(text, RESULTS, INLINE))
        if text.strip():
            suggestions = [*await self._answer(text), *suggestions]
        return [await self._article(suggestion) for suggestion in suggestions[:RESULTS]]

    async def _answer(self, text: str) -> list[Suggestion]:
        """The matcher's own answer to what was typed, if it has one."""
        turn = await self._desk.reply(Ask(text), INLINE)
        entry = turn.decision.entry
        return [Suggestion(turn.reply.title, "", ShowEntry(entry))] if entry else []

    async def _article(self, suggestion: Suggestion) -> InlineQueryResultArticle:
        turn = await self._desk.reply(suggestion.request, INLINE)
        return render.article(suggestion, turn.aloud, self._desk.wording)


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None
    return message


_place = hearing.place_of
