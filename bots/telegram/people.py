"""Who somebody is in a group at this moment; asked anew each time, for a press proves nothing."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from telegram import Bot, ChatMember, ChatMemberRestricted, Message, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bots.telegram.trouble import patiently
from core.community.permissions import Facts
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
    voice = message.sender_chat
    if voice is not None:
        ours = voice.id == message.chat_id
        return Facts(f"{KIND}{voice.id}", voice.effective_name or "", manages=ours)
    assert message.from_user is not None
    return await facts_at(message.get_bot(), message.from_user, Place(f"{KIND}{message.chat_id}"))


def owner_of(message: Message, facts: Facts) -> str:
    """Whose a form is that begins in a group: of those who wrote unnamed, whoever opens it."""
    return f"{KIND}{message.chat_id}" if message.sender_chat else facts.actor


async def facts_at(bot: Bot, user: User, place: Place) -> Facts:
    """A person and whether they are an administrator of the group `place`."""
    manages = await _administers(bot, user, int(place.key.removeprefix(KIND)))
    return Facts(actor_of(user), user.full_name, manages=manages)


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


async def _administers(bot: Bot, user: User, chat: int) -> bool:
    """Telegram answers this to every bot in the group; of others it tells administrators alone."""
    try:
        found = await _administrators(bot, chat)
    except (Forbidden, BadRequest):
        log.info("telegram administrators=unknown action=refused")
        return False
    return any(one.user.id == user.id for one in found)


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
