"""How the bot is in one group, as far as Telegram tells."""

from __future__ import annotations

from collections.abc import AsyncIterator

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bots.desk import Desk
from bots.telegram import commands
from bots.telegram.people import KIND, inside
from bots.telegram.trouble import patiently
from core.community.protocol.permissions import Facts
from core.community.protocol.speaking import Checked
from core.content.doctoring import Point
from core.dialogue.place import Place


async def checked(bot: Bot, desk: Desk, place: Place, facts: Facts) -> tuple[Checked, ...]:
    """What can be looked at, for somebody who looks after the group `place`."""
    return tuple([point async for point in _points(bot, desk, place, facts)])


async def _points(bot: Bot, desk: Desk, place: Place, facts: Facts) -> AsyncIterator[Checked]:
    yield Checked(Point.WRITE, await _writes(bot, _chat(place.key)))
    if (manages := await _manages_topics(bot, _chat(place.key))) is not None:
        yield Checked(Point.TOPICS, manages)
    yield Checked(Point.PRIVACY_MODE, facts.hears)
    yield Checked(Point.COMMANDS, not await commands.out_of_step(bot, desk.wording))
    yield Checked(Point.INLINE, bool(bot.bot.supports_inline_queries))
    log = await desk.log_channel(place)
    if log.startswith(KIND):  # the other platform's are not ours to look at
        yield Checked(Point.LOG, await _writes(bot, _chat(log)))


def _chat(key: str) -> int:
    return int(key.removeprefix(KIND))


async def _writes(bot: Bot, chat: int) -> bool:
    try:
        return await _may_write(bot, chat)
    except ChatMigrated as moved:
        return await _writes(bot, moved.new_chat_id)
    except (Forbidden, BadRequest):
        return False


async def _may_write(bot: Bot, chat: int) -> bool:
    """An administrator always; others as they were restricted, or as everybody in the group is."""
    me: ChatMember = await patiently(lambda: bot.get_chat_member(chat, bot.id))
    if isinstance(me, ChatMemberAdministrator):
        return True
    if isinstance(me, ChatMemberRestricted):
        return me.is_member and me.can_send_messages
    rights = (await patiently(lambda: bot.get_chat(chat))).permissions
    return inside(me) and (rights is None or rights.can_send_messages is not False)


async def _manages_topics(bot: Bot, chat: int) -> bool | None:
    """Whether the bot may write in closed topics; None where there are none, or nobody tells."""
    try:
        if not (await patiently(lambda: bot.get_chat(chat))).is_forum:
            return None
        me = await patiently(lambda: bot.get_chat_member(chat, bot.id))
    except (ChatMigrated, Forbidden, BadRequest):
        return None
    return isinstance(me, ChatMemberAdministrator) and bool(me.can_manage_topics)
