"""Who somebody is in a group at this moment; asked anew each time, for a press proves nothing."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from telegram import Bot, Chat, ChatMember, ChatMemberRestricted, Message, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bots.telegram.trouble import patiently
from core.community.protocol.permissions import Facts
from core.dialogue.place import Place

log = logging.getLogger(__name__)

KIND = "telegram:"
NAMES = 1_000


def actor_of(user: User) -> str:
    """The name of a person that is the same everywhere on Telegram."""
    return f"{KIND}{user.id}"


def asker(message: Message) -> str | None:
    """Who wrote a message; nobody where it is in the name of a group or channel."""
    user = message.from_user
    return actor_of(user) if user and not message.sender_chat else None


async def facts_of(message: Message) -> Facts:
    """Whoever wrote in a group; only its administrators can write in the group's own name."""
    place = Place(f"{KIND}{message.chat_id}")
    if message.sender_chat is not None:
        return await _facts_of_voice(message, message.sender_chat, place)
    assert message.from_user is not None
    return await facts_at(message.get_bot(), message.from_user, place)


async def _facts_of_voice(message: Message, voice: Chat, place: Place) -> Facts:
    name, ours = voice.effective_name or "", voice.id == message.chat_id
    if not ours:
        return Facts(f"{KIND}{voice.id}", name)
    hears = await _hears(message.get_bot(), message.chat_id)
    return Facts(f"{KIND}{voice.id}", name, manages=True, hears=hears, channel=place.key)


def owner_of(message: Message, facts: Facts) -> str:
    """Whose a form is that begins in a group: of those who wrote unnamed, whoever opens it."""
    return f"{KIND}{message.chat_id}" if message.sender_chat else facts.actor


async def facts_at(bot: Bot, user: User, place: Place) -> Facts:
    """A person, whether they are an administrator of the group `place`, and what the bot hears there."""
    team = await _team(bot, int(place.key.removeprefix(KIND)))
    hears = _of_the_team(bot, team)
    manages, here = user.id in team, place.key
    return Facts(actor_of(user), user.full_name, manages=manages, hears=hears, channel=here)


async def standing(
    bot: Bot, user: User, places: Sequence[Place], lately: Place | None = None
) -> tuple[Place, Facts]:
    """Of a community's places one that they administer, rather `lately`; else one they belong to."""
    here = Place(actor_of(user)), Facts(actor_of(user), user.full_name, member=False)
    for place in sorted(places, key=lambda place: place != lately):
        if place.key.startswith(KIND):
            there = place, await _facts_from_afar(bot, user, place)
            if there[1].manages:
                return there
            here = here if here[1].member else there
    return here


async def _facts_from_afar(bot: Bot, user: User, place: Place) -> Facts:
    """Who doesn't write in the group now may have left it, or been thrown out."""
    facts = await facts_at(bot, user, place)
    if facts.manages:
        return facts
    return replace(facts, member=await _belongs(bot, user, int(place.key.removeprefix(KIND))))


async def _hears(bot: Bot, chat: int) -> bool:
    """Whether the bot is given what is said in a group without calling it."""
    return _of_the_team(bot, frozenset()) or _of_the_team(bot, await _team(bot, chat))


def _of_the_team(bot: Bot, team: frozenset[int]) -> bool:
    """With privacy mode off it hears everything, and so does an administrator."""
    return bool(bot.bot.can_read_all_group_messages) or bot.id in team


async def _team(bot: Bot, chat: int) -> frozenset[int]:
    """The administrators, the bot itself included; Telegram tells them to every bot in the group."""
    try:
        return frozenset(one.user.id for one in await _administrators(bot, chat))
    except (Forbidden, BadRequest):
        log.info("telegram administrators=unknown action=refused")
        return frozenset()


async def _belongs(bot: Bot, user: User, chat: int) -> bool:
    """Where the list of members is hidden, Telegram tells this to administrators alone."""
    try:
        return inside(await patiently(lambda: bot.get_chat_member(chat, user.id)))
    except ChatMigrated as moved:
        return await _belongs(bot, user, moved.new_chat_id)
    except (Forbidden, BadRequest):
        log.info("telegram member=unknown action=refused")
        return False


def inside(member: ChatMember) -> bool:
    """Whether somebody is in a group, in whatever standing."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in (ChatMember.LEFT, ChatMember.BANNED)


async def _administrators(bot: Bot, chat: int) -> tuple[ChatMember, ...]:
    try:
        return await patiently(lambda: bot.get_chat_administrators(chat))
    except ChatMigrated as moved:
        new = moved.new_chat_id
        return await patiently(lambda: bot.get_chat_administrators(new))


class Groups:
    """Which group is meant, for whoever looks after two of them: its name, and where they came from.

    Of groups that share their answers, the one where somebody wrote last; after a restart any.
    """

    def __init__(self) -> None:
        self._names: OrderedDict[str, str] = OrderedDict()
        self._lately: OrderedDict[str, Place] = OrderedDict()

    def came(self, actor: str, place: Place) -> None:
        """Somebody gave a command in a group."""
        self._lately[actor] = place
        self._lately.move_to_end(actor)
        while len(self._lately) > NAMES:
            self._lately.popitem(last=False)

    def lately(self, user: User) -> Place | None:
        """Where somebody gave a command last."""
        return self._lately.get(actor_of(user))

    async def name(self, bot: Bot, place: Place) -> str | None:
        """A group's name as it was lately; None for what is no group, or not within reach."""
        chat = place.key.removeprefix(KIND)
        if not chat.startswith("-"):
            return None
        if chat not in self._names:
            with suppress(TelegramError):
                self._names[chat] = (await patiently(lambda: bot.get_chat(int(chat)))).title or ""
        while len(self._names) > NAMES:
            self._names.popitem(last=False)
        return self._names.get(chat) or None
