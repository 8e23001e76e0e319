"""The Telegram bot: which update goes where."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bots.desk import Desk
from bots.settings import Settings
from bots.telegram.boundary import Boundary
from bots.telegram.conversation import SCREENS, Conversation
from bots.telegram.elsewhere import Elsewhere
from bots.telegram.moderation import Moderation
from bots.telegram.presence import Presence

App = Application[Any, Any, Any, Any, Any, Any]

UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
    Update.MY_CHAT_MEMBER,
]
# What was sent through the bot (an inline result) comes back as a message and is no question.
_SAID = filters.UpdateType.MESSAGES & ~filters.VIA_BOT  # new or edited
_NEW = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
_UNKNOWN = filters.ChatType.PRIVATE & filters.COMMAND
_NOT_TEXT = (
    filters.ChatType.PRIVATE
    & filters.UpdateType.MESSAGE
    & ~filters.TEXT
    & ~filters.StatusUpdate.ALL
)


def build(settings: Settings, desk: Desk, presence: Presence) -> App:
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
    moderation = Moderation(desk)
    _moderate(app, moderation)
    _attend(app, presence)
    _listen(app, Conversation(desk, moderation), Elsewhere(desk))
    app.add_error_handler(Boundary(desk).failed)
    return app


def _moderate(app: App, moderation: Moderation) -> None:
    """A command that was edited is not given again."""
    app.add_handler(CommandHandler("faq", moderation.summoned, _NEW))
    app.add_handler(CommandHandler("save", moderation.saved, _NEW))
    app.add_handler(CommandHandler("teach", moderation.taught, _NEW))
    app.add_handler(CommandHandler("propose", moderation.proposed, _NEW))


def _attend(app: App, presence: Presence) -> None:
    app.add_handler(ChatMemberHandler(presence.changed))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, presence.moved))


def _listen(app: App, talk: Conversation, elsewhere: Elsewhere) -> None:
    """Order matters: a guest message is also a message, and a command is also a text."""
    app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, elsewhere.guest))
    app.add_handler(CommandHandler("start", talk.started, _SAID))
    app.add_handler(CommandHandler("ask", talk.asked, _SAID))
    app.add_handler(CommandHandler("help", talk.helped, _SAID))
    app.add_handler(CommandHandler(list(SCREENS), talk.screen, _SAID))
    app.add_handler(MessageHandler(_SAID & _UNKNOWN, talk.helped))
    app.add_handler(MessageHandler(_SAID & filters.ChatType.PRIVATE & filters.TEXT, talk.told))
    app.add_handler(MessageHandler(_SAID & _NOT_TEXT, talk.unreadable))
    app.add_handler(MessageHandler(_SAID & filters.ChatType.GROUPS, talk.overheard))
    app.add_handler(CallbackQueryHandler(talk.pressed))
    app.add_handler(InlineQueryHandler(elsewhere.inline))
