"""A server with moderators and members, before a Fossae that has a database."""

from __future__ import annotations

from dataclasses import dataclass

from tests.e2e.discord.bot import Bot
from tests.e2e.fakes.discord_person import Person, Shown
from tests.e2e.fakes.discord_world import Channel, Permission, Server

WIFI = {
    "Question": "What is the wifi password?",
    "Short answer": "Ask at the desk. It is written on the board.",
    "Other wordings": "wifi code\nhow do i get online here",
}


@dataclass
class Gym:
    """Ann and Bob manage the server, Mia is a member of it."""

    bot: Bot
    server: Server
    channel: Channel
    ann: Person
    bob: Person
    mia: Person

    async def adds(self, who: Person, **changed: str) -> Shown:
        """Somebody fills in the form of /faq add."""
        form = await who.slash(self.channel, "faq add")
        return await who.submit(form, WIFI | {_label(name): v for name, v in changed.items()})

    async def publishes(self, **changed: str) -> Shown:
        """Ann writes an answer and Bob publishes it."""
        await self.ann.press(await self.adds(self.ann, **changed), "Send for review")
        question = changed.get("question", WIFI["Question"])
        return await self.bob.press(await self.opens(self.bob, "show", question), "Publish")

    async def opens(self, who: Person, command: str, question: str = WIFI["Question"]) -> Shown:
        """Somebody picks an entry from what is offered while they type its question."""
        found = dict(await who.typing(self.channel, f"faq {command}", entry=question[:20]))
        return await who.slash(self.channel, f"faq {command}", entry=found[question])


def gym(bot: Bot) -> Gym:
    """A new server, in which the bot is."""
    server = bot.fake.server("Gym")
    ann, bob, mia = (bot.fake.person(name) for name in ("ann", "bob", "mia"))
    for moderator in (ann, bob):
        server.grant(moderator, Permission.MANAGE_GUILD)
    return Gym(bot, server, server.channel("general"), ann, bob, mia)


def _label(name: str) -> str:
    return {"short": "Short answer", "asks": "Other wordings"}.get(name, name.title())
