"""What comes due on Telegram: a year later, and after an upgrade of what came with the bot."""

from datetime import timedelta

from bots.desk import Desk
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.library import Library
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.later import CHANGED, GONE, NEW_WORDS, next_edition, started_anew
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import WIFI, Hand, admin, at_menu, published, through
from tests.moderating import Clock

YEAR = timedelta(days=366)
NOTE = "We have a poster about this in the hall."
DUE = "Due for another look"


async def due(hand: Hand, group: Chat) -> Hand:
    """What is to be looked at again, through the menu."""
    hand = await at_menu(hand.bot, group, hand.who)
    assert (await hand.press(DUE)).text.startswith(DUE)
    return hand


async def at_shipped(hand: Hand, group: Chat, label: str) -> Hand:
    """Before an answer that came with the bot, through the menu and the list."""
    hand = await at_menu(hand.bot, group, hand.who)
    await hand.press("Answers that came with me")
    while label not in hand.seen.buttons:
        await hand.press("Next page")
    await hand.press(label)
    return hand


# A year later


async def test_a_year_later_an_answer_is_due_and_said_to_be_right(
    telegram: Bot, clock: Clock
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    hand = await due(hand, group)
    assert "Nothing is due." in hand.seen.text
    clock.now += YEAR
    hand = await due(hand, group)
    assert "1 to look at." in hand.seen.text
    assert (await mia.say(group, "/ask wifi code")).text.startswith(WIFI[0])
    await hand.press(WIFI[0])
    right = await hand.press("It is still right")
    assert "It stays as it is, and comes due again in a year." in right.text
    assert "It is still right" not in right.buttons
    history = await hand.press("History")
    assert "3. looked at again by Ann, 26 November 2027" in history.text
    assert "Nothing is due." in (await due(hand, group)).seen.text


async def test_what_is_due_may_be_removed_instead(telegram: Bot, clock: Clock) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    clock.now += YEAR
    hand = await due(hand, group)
    await hand.press(WIFI[0])
    await hand.press("Remove")
    assert "Nothing is due." in (await due(hand, group)).seen.text
    assert WIFI[0] not in (await mia.say(group, "/ask wifi code")).text


async def test_the_doctor_counts_what_is_due_and_what_waits(telegram: Bot, clock: Clock) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    hand = await at_menu(telegram, group, hand.who)
    assert "✓ No answer of yours is due." in (await hand.press("How I am here")).text
    clock.now += YEAR
    hand = await at_menu(telegram, group, hand.who)
    hers = await through(telegram, mia, await mia.say(group, "/propose"))
    await hers.write("Is there tea?", *WIFI[1:])
    ill = (await hand.press("How I am here")).text
    assert "✗ Answers and notes to look at again: 1. You find them under “Due”." in ill
    assert "✗ Answers that wait for a moderator: 1." in ill


# After an upgrade


async def test_after_an_upgrade_notes_and_hidden_answers_it_touched_are_listed(
    telegram: Bot, shipped: Shipped, library: Library, database_url: str, clock: Clock
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    venus, gone = library.entries[CHANGED], library.entries[GONE]
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    hand = await at_shipped(hand, group, venus.label)
    await hand.press("Write a note")
    await hand.write(NOTE)
    hand = await at_shipped(hand, group, gone.label)
    await hand.press("Hide it here")
    assert "Nothing is due." in (await due(hand, group)).seen.text
    edition = next_edition(shipped)
    newer = Desk(edition.engine(), Communities(Database(database_url), edition, clock))
    async with started_anew(telegram, newer):
        hand = await due(hand, group)
        assert "2 to look at." in hand.seen.text
        said = f"“{venus.question}” was changed by an update since this was written: “{NOTE}”"
        assert said in hand.seen.text and f"“{GONE}” is no longer there" in hand.seen.text
        shown = (await mia.say(group, f"/ask {venus.question}")).text
        assert NEW_WORDS in shown and NOTE in shown
        assert "It stays as it is." in (await hand.press("It is still right")).text
        hand = await due(hand, group)
        assert venus.question not in hand.seen.text
        await hand.press("Take back 2")
        assert "Nothing is due." in (await due(hand, group)).seen.text


# What has to stay


async def test_what_a_safety_rule_leads_to_cannot_be_hidden(
    telegram: Bot, library: Library
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    needed = library.entries["urgent-signs"]
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    hand = await at_shipped(hand, group, needed.label)
    assert "so it can't be hidden" in (await hand.press("Hide it here")).text
    assert needed.short[:40] in (await mia.say(group, f"/ask {needed.question}")).text
