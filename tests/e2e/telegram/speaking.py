"""A group in which the bot hears everything, and whose administrators choose what it does with that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bots.desk import Desk
from core.community.protocol.overheard import Interjection, Overheard
from core.dialogue.place import Place
from tests.e2e.discord.bot import until
from tests.e2e.fakes.telegram_chat import Chat, Post
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.telegram.bot import Bot, running
from tests.e2e.telegram.moderating import Hand, admin, at_menu

QUESTION, ENTRY = "are they genetic?", "Are back dimples genetic?"


class Attentive(Desk):
    """A desk that can be waited for, since silence is told from slowness by that alone."""

    listening = 0

    async def overhear(self, heard: Overheard, place: Place, actor: str) -> Interjection | None:
        """Listen, and be busy meanwhile."""
        self.listening += 1
        try:
            return await super().overhear(heard, place, actor)
        finally:
            self.listening -= 1


@dataclass
class Ears:
    """Ann runs the group, Mia and Ben are in it."""

    desk: Attentive
    bot: Bot
    group: Chat
    ann: Person
    mia: Person
    ben: Person

    async def at_channel(self) -> Hand:
        """Ann in the private chat, where she chooses what the bot does in the group."""
        hand = await at_menu(self.bot, self.group, self.ann)
        for label in ("Settings", "Speaking unasked", "This channel"):
            await hand.press(label)
        return hand

    async def chooses(self, mode: str) -> Hand:
        """Ann has chosen what it does."""
        hand = await self.at_channel()
        await hand.press(mode)
        return hand

    async def tells(self, team: Chat) -> None:
        """Ann has chosen the group in which moderators are told."""
        hand = await at_menu(self.bot, self.group, self.ann)
        url = (await hand.press("Settings")).urls["Tell a group of changes"]
        await self.ann.say(team, f"/start@fossae_test_bot {url.partition('?startgroup=')[2]}")

    async def hears(self, text: str = QUESTION, who: Person | None = None) -> Shown:
        """What is said at once to a message that doesn't call the bot."""
        return await self.bot.heard(lambda: self.bot.post(who or self.mia, self.group, text))

    async def lets_be(self, text: str = QUESTION, who: Person | None = None) -> None:
        """Nothing is said to such a message."""
        await self.silent(lambda: self.bot.post(who or self.mia, self.group, text))

    async def silent(self, act: Callable[[], object]) -> None:
        """Nothing is said after `act`, and everything was listened to."""
        sent, edits = len(self.bot.fake.sent), len(self.bot.fake.edits)
        act()
        await self.calm()
        assert self.bot.fake.sent[sent:] == [] and self.bot.fake.edits[edits:] == []

    async def calm(self) -> None:
        """Wait until nothing is listened to any more, and nothing follows from it."""
        await self.bot.calm()
        await until(lambda: not self.desk.listening)
        await self.bot.calm()

    def there(self, shown: Shown) -> Post | None:
        """What the bot has said, if it is there still."""
        return shown.chat.messages.get(shown.message_id)


@asynccontextmanager
async def listening(desk: Attentive, *, can_read_all: bool = True) -> AsyncIterator[Ears]:
    """Fossae, running, with privacy mode off."""
    async with running(desk, can_read_all=can_read_all) as bot:
        group = bot.fake.group("Gym")
        mia, ben = bot.fake.person("mia"), bot.fake.person("ben")
        yield Ears(desk, bot, group, admin(bot, group, "ann"), mia, ben)
