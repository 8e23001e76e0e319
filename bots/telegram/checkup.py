"""What Telegram says of the bot's own set-up."""

from __future__ import annotations

from collections.abc import AsyncIterator

from telegram import Bot, User
from telegram.error import InvalidToken, TelegramError

from bots.finding import Finding
from bots.settings import Settings
from bots.telegram import commands
from core.content.wording import Wording


async def examine(settings: Settings, wording: Wording) -> AsyncIterator[Finding]:
    """Look at the token, the switches of @BotFather and the command lists."""
    assert settings.telegram_token is not None
    base = settings.telegram_api_url.rstrip("/")
    bot = Bot(settings.telegram_token.get_secret_value(), f"{base}/bot", f"{base}/file/bot")
    try:
        await bot.initialize()
        yield Finding(f"the token is valid, the bot is @{bot.username}")
        for finding in _switches(bot.bot):
            yield finding
        yield await _commands(bot, wording)
    except InvalidToken:
        yield Finding("the token is refused", "copy FOSSAE_TELEGRAM_TOKEN again from @BotFather")
    except TelegramError as error:
        yield Finding(
            f"Telegram can't be reached ({error.message})", "check FOSSAE_TELEGRAM_API_URL"
        )
    finally:
        await bot.shutdown()


def _switches(me: User) -> list[Finding]:
    return [
        _switch(
            me.supports_inline_queries,
            "inline mode (@your_bot in any chat)",
            "@BotFather: /setinline, choose the bot, write a placeholder such as: your question",
        ),
        _switch(
            me.supports_guest_queries,
            "guest mode (mentions in chats the bot is not in)",
            "@BotFather: /mybots, choose the bot, Bot Settings, Guest Mode, turn on",
        ),
        _switch(me.can_join_groups, "may be added to groups", "@BotFather: /setjoingroups, Enable"),
        Finding(_privacy(me)),
    ]


def _switch(on: bool | None, what: str, remedy: str) -> Finding:
    return Finding(f"{what}: on") if on else Finding(f"{what}: off", remedy)


def _privacy(me: User) -> str:
    """Both are right, so both are in order: it is the operator's choice."""
    if me.can_read_all_group_messages:
        now = "off: the bot sees every group message, and answers mentions and /ask"
    else:
        now = "on: in groups the bot sees commands only, unless it is an administrator"
    again = "after a change of it, remove the bot from a group and add it again"
    return f"privacy mode is {now} (@BotFather: /setprivacy; {again})"


async def _commands(bot: Bot, wording: Wording) -> Finding:
    behind = await commands.out_of_step(bot, wording)
    if not behind:
        return Finding("the command lists are in step")
    return Finding("the command lists are out of step", "start the bot once: fossae run")
