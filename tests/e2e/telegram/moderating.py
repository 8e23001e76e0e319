"""A group whose administrators look after its answers, as they do it on Telegram."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_person import PATIENCE, Person
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.telegram.bot import Bot

WIFI = [
    "What is the wifi password?",
    "Ask at the desk. It is written on the board.",
    "wifi code\nhow do i get online here",
    "The board hangs beside the door.",
    "https://wifi.example/help",
]
OPEN = "Open it privately"


@dataclass
class Hand:
    """Somebody in the private chat, and what is before them."""

    bot: Bot
    who: Person
    seen: Shown

    async def press(self, label: str) -> Shown:
        """Press a button of what is before them."""
        fake = self.bot.fake
        sent, edits = len(fake.sent), len(fake.edits)

        def come() -> list[Shown]:
            fresh = [*fake.sent[sent:], *fake.edits[edits:]]
            return [each for each in fresh if each.chat is self.seen.chat]

        pressed = await self.who.press(self.seen, label)
        assert pressed.answered
        await fake.world.pulse.until(come, PATIENCE)  # an index may have to be built
        assert come(), f"nothing came of {label!r}; faults: {fake.faults}"
        self.seen = come()[-1]
        return self.seen

    async def write(self, *texts: str) -> Shown:
        """Write messages, one after another."""
        for text in texts:
            self.seen = await self.who.say(self.who.private(), text)
        return self.seen


def admin(bot: Bot, group: Chat, name: str) -> Person:
    """An administrator of the group."""
    person = bot.fake.person(name)
    bot.fake.promote(group, person)
    return person


async def through(bot: Bot, who: Person, door: Shown) -> Hand:
    """Open in private what a button in a group leads to."""
    url = (await who.press(door, OPEN)).url
    assert url, "the button leads nowhere"
    return Hand(bot, who, await who.follow(url))


async def at_menu(bot: Bot, group: Chat, who: Person) -> Hand:
    """/faq in the group, and through the door."""
    return await through(bot, who, await who.say(group, "/faq"))


async def published(bot: Bot, group: Chat, who: Person, texts: list[str] = WIFI) -> Hand:
    """An answer that `who` has written and published alone."""
    hand = await at_menu(bot, group, who)
    if "One moderator is enough" in (await hand.press("Settings")).buttons:
        await hand.press("One moderator is enough")
    await hand.press("All answers")
    await hand.press("Add an answer")
    await hand.write(*texts)
    await hand.press("Publish")
    return hand


async def brought(bot: Bot, number: int, *acts: Callable[[], object]) -> list[Shown]:
    """The next messages that the bot sends, so many of them."""
    before = len(bot.fake.sent)
    for act in acts:
        act()
    await bot.fake.world.pulse.until(lambda: len(bot.fake.sent) >= before + number, PATIENCE)
    return bot.fake.sent[before:]
