"""What becomes of a group's answers when the bot is removed, comes back, or was away; the inbox."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bots.desk import Desk
from core.community.communities import Communities
from core.community.store.database import Database
from core.community.store.schema import PlaceRow
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from tests.e2e.telegram.bot import Bot, prepared, running
from tests.e2e.telegram.moderating import WIFI, admin, at_menu, brought, published, through
from tests.moderating import Clock


@pytest.fixture
async def bot(engine: Engine, communities: Communities) -> AsyncIterator[Bot]:
    """Fossae, with a database of either kind, not started yet."""
    async with prepared(Desk(engine, communities)) as ready:
        yield ready


async def gone(database: Database) -> list[str]:
    """The places that the bot has left."""
    async with database.reading() as session:
        left = select(PlaceRow.key).where(PlaceRow.left_at.is_not(None))
        return list(await session.scalars(left))


async def settled(bot: Bot, database: Database, number: int) -> list[str]:
    """Wait until so many places are left."""
    for _ in range(100):
        if len(await gone(database)) == number:
            break
        await bot.fake.quiet(pause=0.05)
    return await gone(database)


async def test_a_removal_is_noticed_and_a_return_brings_all_back(
    bot: Bot, database: Database
) -> None:
    await bot.start()
    group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
    ann = admin(bot, group, "ann")
    await published(bot, group, ann)
    bot.fake.remove_bot(group, ann)
    assert await settled(bot, database, 1) == [f"telegram:{group.id}"]
    bot.fake.add_bot(group, ann)
    assert await settled(bot, database, 0) == []
    assert (await mia.say(group, "/ask wifi code")).text.startswith(WIFI[0])


@pytest.mark.parametrize("days", [29, 30])
async def test_what_was_left_for_thirty_days_is_gone_and_before_that_all_is_there(
    engine: Engine, communities: Communities, database: Database, clock: Clock, days: int
) -> None:
    desk = Desk(engine, communities)
    async with running(desk) as bot:
        group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
        ann = admin(bot, group, "ann")
        await published(bot, group, ann)
        bot.fake.remove_bot(group, ann)
        assert await settled(bot, database, 1)
        clock.now += timedelta(days=days)
        await desk.tend()
        bot.fake.add_bot(group, ann)
        assert await settled(bot, database, 0) == []
        await bot.calm()
        answer = (await mia.say(group, "/ask wifi code")).text
        assert answer.startswith(WIFI[0]) is (days < 30)
        hand = await at_menu(bot, group, ann)
        listed = await hand.press("All answers")
        assert ("No answers here yet" in listed.text) is (days == 30)


async def test_a_return_while_the_bot_was_down_is_noticed_and_nothing_goes(
    engine: Engine, communities: Communities, database: Database, clock: Clock
) -> None:
    desk = Desk(engine, communities)
    async with running(desk) as bot:
        group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
        ann = admin(bot, group, "ann")
        await published(bot, group, ann)
        bot.fake.remove_bot(group, ann)
        assert await settled(bot, database, 1)
        await bot.stop()
        group.bot_status = "member"
        clock.now += timedelta(days=20)
        await bot.start()
        assert await settled(bot, database, 0) == []
        clock.now += timedelta(days=20)
        await desk.tend()
        assert (await mia.say(group, "/ask wifi code")).text.startswith(WIFI[0])


class Noted(Desk):
    """A desk that remembers what it was told of its places, once that was written down."""

    def __init__(self, engine: Engine, communities: Communities) -> None:
        super().__init__(engine, communities)
        self.noted: list[str] = []

    async def left(self, place: Place) -> None:
        """Remember it."""
        await super().left(place)
        self.noted.append("left")

    async def back(self, place: Place) -> None:
        """Remember it."""
        await super().back(place)
        self.noted.append("back")


async def test_removals_and_returns_are_taken_in_the_order_in_which_they_are_told(
    engine: Engine, communities: Communities
) -> None:
    desk = Noted(engine, communities)
    async with running(desk) as bot:
        group = bot.fake.group("Gym")
        ann = admin(bot, group, "ann")
        await at_menu(bot, group, ann)
        for _ in range(8):
            bot.fake.remove_bot(group, ann)
            bot.fake.add_bot(group, ann)
        while len(desk.noted) < 16:
            await bot.fake.quiet(pause=0.05)
        assert desk.noted == ["left", "back"] * 8


async def test_a_removal_while_it_was_down_is_noticed_at_the_next_start(
    bot: Bot, database: Database
) -> None:
    await bot.start()
    here, away, grown = (bot.fake.group(name, supergroup=name != "Grown") for name in GROUPS)
    for group in (here, away, grown):
        await at_menu(bot, group, admin(bot, group, "ann"))
    await bot.stop()
    away.bot_status = "kicked"
    new = bot.fake.upgrade(grown)
    bot.fake.world.updates.pending.clear()
    await bot.start()
    assert await settled(bot, database, 1) == [f"telegram:{away.id}"]
    async with database.reading() as session:
        keys = set(await session.scalars(select(PlaceRow.key)))
    assert keys == {f"telegram:{group.id}" for group in (here, away, new)}


GROUPS = ("Here", "Away", "Grown")


async def test_a_start_without_a_line_to_telegram_throws_nobody_out(
    bot: Bot, database: Database
) -> None:
    await bot.start()
    group = bot.fake.group("Gym")
    await at_menu(bot, group, admin(bot, group, "ann"))
    await bot.stop()
    bot.fake.hang_up_next("getChatMember")
    await bot.start()
    await bot.fake.quiet()
    assert await gone(database) == []


async def test_blocking_the_bot_is_no_leaving_of_a_group(bot: Bot, database: Database) -> None:
    await bot.start()
    group = bot.fake.group("Gym")
    ann = admin(bot, group, "ann")
    await at_menu(bot, group, ann)
    ann.block()
    await bot.fake.quiet()
    assert await gone(database) == []


# The inbox, and teaching


async def test_what_was_asked_in_vain_is_in_the_inbox_and_becomes_an_answer(bot: Bot) -> None:
    await bot.start()
    group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
    ann = admin(bot, group, "ann")
    await at_menu(bot, group, ann)
    for text in ("where can i park my car", "can i park my car here"):
        await mia.say(group, f"/ask {text}")
    hand = await at_menu(bot, group, ann)
    await hand.press("Unanswered questions")
    await hand.press("park")
    await hand.press("Write an answer")
    assert "It says now: where can i park my car" in hand.seen.text
    await hand.press("Keep it as it is")
    await hand.write("Behind the house.")
    for _ in range(3):
        await hand.press("Keep it" if "Keep it as it is" in hand.seen.buttons else "Skip this")
    assert "Saved as a draft." in hand.seen.text
    await hand.press("All answers")
    await hand.press("Menu")
    await hand.press("Unanswered questions")
    assert "Nothing to look at." in hand.seen.text


@pytest.mark.parametrize("command", ["/teach", "/faq teach"])
async def test_a_message_teaches_a_wording_and_it_can_be_taken_back(bot: Bot, command: str) -> None:
    await bot.start()
    group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
    ann = admin(bot, group, "ann")
    hand = await published(bot, group, ann)
    said = mia.write(group, "how can my phone see the web here")
    shown = await brought(bot, 2, lambda: bot.post(ann, group, command, to=said))
    door = next(each for each in shown if each.chat is group)
    assert "phone" not in door.text
    hand = await through(bot, ann, door)
    await hand.press("An answer here fits")
    await hand.press(WIFI[0])
    assert hand.seen.text.startswith("Learnt")
    assert (await mia.say(group, "/ask how can my phone see the web here")).text.startswith(WIFI[0])
    hand = await at_menu(bot, group, ann)
    await hand.press("What was taught")
    await hand.press("Take back 1")
    assert hand.seen.text.startswith("Taken back")


async def test_what_a_safety_rule_says_of_a_message_is_not_said_aloud(bot: Bot) -> None:
    await bot.start()
    group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
    ann = admin(bot, group, "ann")
    await at_menu(bot, group, ann)
    said = mia.write(group, "i want to kill myself")
    shown = await brought(bot, 2, lambda: bot.post(ann, group, "/teach", to=said))
    aloud = [each.text for each in shown if each.chat is group]
    alone = [each.text for each in shown if each.chat is ann.private()]
    assert len(aloud) == 1 and "safety rule" not in aloud[0]
    assert len(alone) == 1 and "A safety rule" in alone[0]
    assert (await mia.say(group, "/teach")).text.startswith("This is for moderators")


async def test_without_its_database_it_still_answers_in_private(
    bot: Bot, communities: Communities, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.start()

    async def broken(actor: str) -> str | None:
        raise OSError("no disk")

    monkeypatch.setattr(communities.asking, "waiting", broken)
    mia = bot.fake.person("mia")
    shown = await mia.say(mia.private(), "are they genetic")
    assert shown.text.startswith("Are back dimples genetic?")
    (error,) = bot.journal.take("ERROR")
    assert "action=no-form" in error.getMessage()


# The log


async def test_another_group_is_told_of_changes_until_that_is_ended(bot: Bot) -> None:
    await bot.start()
    group, team, mia = bot.fake.group("Gym"), bot.fake.group("Team"), bot.fake.person("mia")
    ann = admin(bot, group, "ann")
    hand = await at_menu(bot, group, ann)
    await hand.press("Settings")
    url = hand.seen.urls["Tell a group of changes"]
    start = f"/start@fossae_test_bot {url.partition('?startgroup=')[2]}"
    assert (await mia.say(team, start)).text.startswith("This is for moderators")
    assert (await ann.say(team, start)).text.startswith("I tell this group of changes")
    hand = await published(bot, group, ann)
    await hand.press("Remove")
    await bot.fake.quiet()
    told = [each.text for each in bot.fake.sent if each.chat is team]
    assert "published by Ann" in told[-2] and "removed by Ann" in told[-1]
    hand = await at_menu(bot, group, ann)
    await hand.press("Settings")
    await hand.press("Tell no channel any more")
    assert "No channel is told of changes." in hand.seen.text
    assert "Tell no channel any more" not in hand.seen.buttons


async def test_insights_are_numbers_and_a_picture_with_words_for_it(bot: Bot) -> None:
    await bot.start()
    group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
    ann = admin(bot, group, "ann")
    await at_menu(bot, group, ann)
    await mia.say(group, "/ask are they genetic")
    hand = await at_menu(bot, group, ann)
    before = len(bot.fake.sent)
    await hand.press("Insights")
    await bot.fake.world.pulse.until(lambda: len(bot.fake.sent) > before, 8)
    (photo,) = bot.fake.sent[before:]
    assert photo.has_photo and photo.chat is ann.private()
    assert photo.text.startswith("A bar chart of questions a day")
    assert "1 questions: 1 answered" in bot.fake.edits[-1].text
