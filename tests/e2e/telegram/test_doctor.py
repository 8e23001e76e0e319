"""How the bot is in a group, as its administrators are told by /faq doctor and in their menu."""

import asyncio

import pytest

from bots.desk import Desk
from bots.telegram import delivery
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.dialogue.engine import Engine
from tests.conftest import NOW
from tests.e2e.telegram.bot import Bot, running
from tests.e2e.telegram.moderating import OPEN, WIFI, Hand, admin, at_menu, published, through

DOCTOR, DEAD = "How I am here", "https://wifi.example/help"


@pytest.fixture
async def desk(engine: Engine, communities: Communities) -> Desk:
    """A desk over an empty database of either kind."""
    return Desk(engine, communities)


def ill(hand: Hand) -> list[str]:
    """What has to be mended."""
    return [line for line in hand.seen.text.split("\n") if line.startswith("✗")]


async def test_in_a_group_it_opens_in_private_and_says_how_it_is(bot: Bot) -> None:
    group = bot.fake.group("Gym", bot_admin=True)
    ann = admin(bot, group, "ann")
    door = await ann.say(group, "/faq doctor")
    assert door.buttons == [OPEN] and "✓" not in door.text
    hand = await through(bot, ann, door)
    assert hand.seen.text.startswith(f"{DOCTOR}\n\nEverything I can look at is in order.")
    assert hand.seen.text.endswith("Gym") and ill(hand) == []
    for line in (
        "I can write here.",
        "I hear what is said in this group",
        "People can ask me from",
    ):
        assert f"✓ {line}" in hand.seen.text


async def test_members_are_refused_in_the_group_and_behind_the_door(bot: Bot) -> None:
    group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
    assert (await mia.say(group, "/faq doctor")).text.startswith("This is for moderators")
    door = await admin(bot, group, "ann").say(group, "/faq doctor")
    assert (await through(bot, mia, door)).seen.text.startswith("This is for moderators")


async def test_an_unnamed_administrator_is_told_too(bot: Bot) -> None:
    group = bot.fake.group("Gym")
    ann = admin(bot, group, "ann")
    door = await ann.say(group, "/faq doctor", anonymous=True)
    assert (await through(bot, ann, door)).seen.text.startswith(DOCTOR)


async def test_privacy_mode_is_named_with_what_has_to_be_done_after_changing_it(bot: Bot) -> None:
    group = bot.fake.group("Gym")
    hand = await at_menu(bot, group, admin(bot, group, "ann"))
    await hand.press(DOCTOR)
    (line,) = ill(hand)
    assert "make me an administrator" in line
    assert "turn privacy mode off at @BotFather, then remove me and add me again" in line


async def test_what_keeps_it_from_writing_and_commands_that_are_behind_are_named(bot: Bot) -> None:
    group = bot.fake.group("Gym")
    hand = await at_menu(bot, group, admin(bot, group, "ann"))
    group.muted = True
    bot.fake.commands.clear()
    await hand.press(DOCTOR)
    assert any("I can't write here." in line for line in ill(hand))
    assert any("The commands are not up to date." in line for line in ill(hand))
    assert "To be mended: 3." in hand.seen.text


async def test_inline_mode_that_is_off_is_named(desk: Desk) -> None:
    async with running(desk, inline=False) as bot:
        group = bot.fake.group("Gym")
        hand = await at_menu(bot, group, admin(bot, group, "ann"))
        await hand.press(DOCTOR)
        assert any("/setinline" in line for line in ill(hand))


async def test_a_log_group_that_can_not_be_told_any_more_is_named(bot: Bot) -> None:
    group, team = bot.fake.group("Gym", bot_admin=True), bot.fake.group("Team")
    ann = admin(bot, group, "ann")
    hand = await at_menu(bot, group, ann)
    url = (await hand.press("Settings")).urls["Tell a group of changes"]
    await ann.say(team, f"/start@fossae_test_bot {url.partition('?startgroup=')[2]}")
    hand = await at_menu(bot, group, ann)
    assert "✓ The log channel can be reached." in (await hand.press(DOCTOR)).text
    team.bot_status = "kicked"
    hand = await at_menu(bot, group, ann)
    await hand.press(DOCTOR)
    (line,) = ill(hand)
    assert "I can't write in the log channel." in line


async def test_a_line_to_telegram_that_breaks_is_no_finding(bot: Bot) -> None:
    group = bot.fake.group("Gym")
    hand = await at_menu(bot, group, admin(bot, group, "ann"))
    bot.fake.hang_up_next("getMyCommands")
    assert "went wrong" in (await hand.press(DOCTOR)).text
    bot.journal.take("WARNING")


async def test_dead_links_are_looked_for_when_somebody_wants_it_and_that_may_take_a_while(
    engine: Engine, database: Database, shipped: Shipped, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    async def reach(link: str) -> bool:
        looked.append(link)
        await asyncio.sleep(0.3)
        return False

    monkeypatch.setattr(delivery, "PATIENCE", 0.05)
    monkeypatch.setattr(delivery, "TYPES", 0.1)
    communities = Communities(database, shipped, lambda: NOW, reach)
    await communities.open()
    async with running(Desk(engine, communities)) as bot:
        group = bot.fake.group("Gym")
        ann = admin(bot, group, "ann")
        await published(bot, group, ann)
        hand = await at_menu(bot, group, ann)
        await hand.press(DOCTOR)
        assert looked == []
        await hand.press("Look for dead links")
        assert looked == [DEAD] and f"{DEAD} ({WIFI[0]})" in ill(hand)[0]
        shown = bot.fake.asked("sendChatAction")
        assert shown and {(one["chat_id"], one["action"]) for one in shown} == {(ann.id, "typing")}


@pytest.mark.parametrize("manages", [True, False])
async def test_in_a_group_with_topics_it_says_whether_it_may_write_in_closed_ones(
    bot: Bot, *, manages: bool
) -> None:
    group = bot.fake.forum("Gym", bot_admin=True)
    group.bot_manages_topics = manages
    hand = await at_menu(bot, group, admin(bot, group, "ann"))
    await hand.press(DOCTOR)
    said = "✓ I can write in closed topics too." if manages else "✗ This group has topics"
    assert said in hand.seen.text
