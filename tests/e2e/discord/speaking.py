"""A server in whose channels Fossae is given what is said, and what it says to it unasked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest

from bots.desk import Desk
from bots.discord.hearing import Hearing
from tests.e2e.discord.bot import prepared, settings_for, until
from tests.e2e.discord.moderating import Gym, gym
from tests.e2e.fakes.discord_person import Person, Shown, shown
from tests.e2e.fakes.discord_world import Channel, Message

GENETIC, RARE = "are they genetic?", "how rare are they?"


@dataclass
class Talking(Gym):
    """A server in which people talk to each other; `taken` are the messages the bot is done with."""

    taken: set[int] = field(default_factory=set)

    async def chooses(self, mode: str, channel: Channel | None = None) -> Shown:
        """Ann chooses what is done in a channel, from the settings on."""
        one = await self.opened(channel or self.channel)
        return await self.ann.press(one, mode)

    async def opened(self, channel: Channel) -> Shown:
        """Ann looks at a channel in the menu under the settings."""
        settings = await self.ann.slash(self.channel, "faq settings")
        listed = await self.ann.press(settings, "Speaking unasked")
        menu = self.bot.desk.wording.faq_commands.channel
        return await self.ann.choose(listed, menu, channel.name)

    async def said_to(self, message: Message) -> Shown | None:
        """What the bot says to a message for everyone to read, once it is done with it."""
        await until(lambda: int(message.id) in self.taken)
        found = [m for m in self.spoken(message.channel) if m.reference is message]
        assert len(found) <= 1
        return shown(found[0]) if found else None

    async def says(self, who: Person, text: str, **more: Any) -> Shown | None:
        """Somebody writes in the channel; what the bot says to it."""
        return await self.said_to(await who.says(more.pop("where", self.channel), text, **more))

    async def gets(self, who: Person, text: str, **more: Any) -> Shown:
        """The same, where something has to be said."""
        found = await self.says(who, text, **more)
        assert found, f"nothing was said to {text!r}"
        return found

    def spoken(self, where: Channel) -> list[Message]:
        """All that the bot has said in a channel for everyone to read, and that is still there."""
        return [message for message in where.messages if message.author is self.bot.fake.bot]


@asynccontextmanager
async def talking(desk: Desk) -> AsyncIterator[Talking]:
    """Fossae with the intent for what is said, in a server with moderators."""
    async with prepared(desk) as bot:
        bot.fake.grant_messages()
        bot.settings = settings_for(bot.fake, discord_messages=True)
        with _noting_what_is_done() as taken:
            await bot.start()
            made = gym(bot)
            people = (made.ann, made.bob, made.mia)
            yield Talking(bot, made.server, made.channel, *people, taken=taken)


@contextmanager
def _noting_what_is_done() -> Iterator[set[int]]:
    """The messages with which the bot is done, so that silence can be told from slowness."""
    heard, taken = Hearing.heard, set[int]()

    async def noted(hearing: Hearing, message: discord.Message, me: int) -> None:
        try:
            await heard(hearing, message, me)
        finally:
            taken.add(message.id)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Hearing, "heard", noted)
        yield taken
