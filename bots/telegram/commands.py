"""The command lists Telegram shows: one for private chats, one for groups, one for those who run a group."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bots.telegram.trouble import patiently
from core.content.wording import Wording


def wanted(wording: Wording) -> dict[BotCommandScope, list[BotCommand]]:
    """What each scope should show."""
    said, ours = wording.commands, wording.menu.commands
    shared = [
        BotCommand("ask", said.ask),
        BotCommand("topics", said.topics),
        BotCommand("check", said.check),
        BotCommand("about", said.about),
        BotCommand("privacy", ours.privacy),
        BotCommand("help", said.help),
    ]
    private = [*shared[:3], BotCommand("sources", said.sources), *shared[3:]]
    grouped = [*shared, BotCommand("propose", ours.propose)]
    managing = [
        BotCommand("faq", ours.faq),
        BotCommand("save", ours.save),
        BotCommand("teach", ours.teach),
    ]
    return {
        BotCommandScopeAllPrivateChats(): private,
        BotCommandScopeAllGroupChats(): grouped,
        BotCommandScopeAllChatAdministrators(): [*grouped, *managing],
    }


async def out_of_step(bot: Bot, wording: Wording) -> list[BotCommandScope]:
    """The scopes in which Telegram shows something else."""
    return [
        scope
        for scope, commands in wanted(wording).items()
        if list(await _shown(bot, scope)) != commands
    ]


async def register(bot: Bot, wording: Wording) -> None:
    """Bring the scopes into step that are not."""
    for scope in await out_of_step(bot, wording):
        await _show(bot, scope, wanted(wording)[scope])


async def _shown(bot: Bot, scope: BotCommandScope) -> tuple[BotCommand, ...]:
    return await patiently(lambda: bot.get_my_commands(scope=scope))


async def _show(bot: Bot, scope: BotCommandScope, commands: list[BotCommand]) -> None:
    await patiently(lambda: bot.set_my_commands(commands, scope=scope))
