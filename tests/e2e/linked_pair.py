"""A Discord server and a Telegram group before one Fossae: both adapters, one desk, one database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bots.desk import Desk
from tests.e2e.discord import bot as discord_bot
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym, gym
from tests.e2e.fakes.discord_person import Shown
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.telegram import bot as telegram_bot
from tests.e2e.telegram.moderating import Hand, admin, at_menu

CODE = "The code: "


@dataclass
class Pair:
    """On Discord, Ann and Bob manage the server; on Telegram, Tess runs the group and Tim is in it."""

    server: Gym
    bot: telegram_bot.Bot
    group: Chat
    tess: Person
    tim: Person

    async def at_settings(self) -> Hand:
        """Tess in the private chat, at the settings of the group."""
        hand = await at_menu(self.bot, self.group, self.tess)
        await hand.press("Settings")
        return hand

    async def at_entry(self, question: str = WIFI["Question"]) -> Hand:
        """Tess in the private chat, at one of the answers."""
        hand = await at_menu(self.bot, self.group, self.tess)
        await hand.press("All answers")
        await hand.press(question)
        return hand

    async def asks_on_telegram(self, text: str = "whats the wifi code pls") -> str:
        """What Tim is answered in the group."""
        return str((await self.tim.say(self.group, f"/ask {text}")).text)

    async def asks_on_discord(self, text: str = "whats the wifi code pls") -> str:
        """What Mia is answered in the server."""
        return words(await self.server.mia.slash(self.server.channel, "ask", question=text))

    async def joins_from_telegram(self) -> str:
        """Ann makes a code on Discord, Tess uses it on Telegram; what she is told."""
        code = code_in(await self._at_discord("Share with another place"))
        hand = await self.at_settings()
        await hand.press("Join another place")
        return (await hand.write(code)).text

    async def joins_from_discord(self) -> str:
        """Tess makes a code on Telegram, Ann uses it on Discord; what she is told."""
        hand = await self.at_settings()
        code = code_in((await hand.press("Share with another place")).text)
        ann, settings = self.server.ann, await self._settings()
        form = await ann.press(settings, "Join another place")
        return words(await ann.submit(form, {"Code": code}))

    async def _at_discord(self, label: str) -> str:
        return words(await self.server.ann.press(await self._settings(), label))

    async def _settings(self) -> Shown:
        return await self.server.ann.slash(self.server.channel, "faq settings")


def code_in(text: str) -> str:
    """The code that stands in a screen."""
    (line,) = (one for one in text.split("\n") if one.startswith(CODE))
    return line.removeprefix(CODE).split()[0]


@asynccontextmanager
async def paired(desk: Desk) -> AsyncIterator[Pair]:
    """Both bots, running as `fossae run` has them run; the places know nothing of each other yet."""
    async with (
        discord_bot.running(desk) as there,
        telegram_bot.running(desk, can_read_all=True) as bot,
    ):
        group, tim = bot.fake.group("Gym on Telegram"), bot.fake.person("tim")
        yield Pair(gym(there), bot, group, admin(bot, group, "tess"), tim)
        await there.stop()  # each looks afterwards for what may be left of itself alone
