"""The safety rules on Telegram: in private, before all else, and quoting nobody."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.store.database import Database
from core.content.library import Library
from core.dialogue.engine import Engine
from tests.alarming import (
    EMERGENCY,
    PAIN,
    SPANISH,
    WOUND,
    YOUNG,
    adult_labels,
    kept,
    lexicon,
    quoted,
    told,
)
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.telegram.bot import Bot, running
from tests.e2e.telegram.moderating import WIFI, Hand, admin, at_menu, brought, published

NAME = "@fossae_test_bot"
ALOUD = {
    EMERGENCY: ("R1", "spine", "en"),
    SPANISH: ("R1", "spine", "es"),
    WOUND: ("R2", "wound", "en"),
}


@pytest.fixture
async def reading(engine: Engine, communities: Communities) -> AsyncIterator[Bot]:
    """Fossae, running with a database, with privacy mode off."""
    async with running(Desk(engine, communities), can_read_all=True) as started:
        yield started


async def through(who: Person, door: Shown) -> Shown:
    """What the last button of a door, mostly the only one, leads to."""
    *_, button = door.buttons
    opened = await who.follow((await who.press(door, button)).url or "")
    assert opened.chat is who.private()
    return opened


def is_door(shown: Shown, library: Library, text: str) -> bool:
    """Whether this is the neutral line with the emergency line, and nothing of the text."""
    said = lexicon(library, ALOUD[text][2]).door
    assert [said.open] == shown.buttons and not quoted(text, shown.raw)
    return shown.text.split() == f"{said.title} {said.says}".split()


# An emergency


@pytest.mark.parametrize(("text", "language"), [(EMERGENCY, "en"), (SPANISH, "es")])
async def test_an_emergency_is_answered_in_private_with_nothing_to_press(
    bot: Bot, library: Library, text: str, language: str
) -> None:
    ann, wanted = bot.fake.person("ann"), told(library, "R1", "spine", language)
    for said in (text, f"/ask {text}"):
        shown = await ann.say(ann.private(), said)
        assert shown.text.startswith(wanted.title) and shown.buttons == []
        assert all(line in shown.text for line in wanted.says) and "112" in shown.text


@pytest.mark.parametrize("text", ALOUD)
async def test_in_a_group_there_is_a_door_that_quotes_nothing(
    bot: Bot, library: Library, text: str
) -> None:
    group, ann, ben = bot.fake.group("Gym"), bot.fake.person("ann"), bot.fake.person("ben")
    door = await ann.say(group, f"/ask {text}")
    assert is_door(door, library, text) and door.reply_to is None
    for who in (ann, ben):
        opened = await through(who, door)
        assert opened.text.startswith(told(library, *ALOUD[text]).title)


async def test_a_door_quotes_nobody_whose_message_was_pointed_at(
    bot: Bot, library: Library
) -> None:
    group, ann, ben = bot.fake.group("Gym"), bot.fake.person("ann"), bot.fake.person("ben")
    said = ben.write(group, EMERGENCY)
    door = await bot.heard(lambda: bot.post(ann, group, "/ask", to=said))
    assert is_door(door, library, EMERGENCY) and door.reply_to is None


async def test_a_door_quotes_nothing_of_a_question_that_was_edited(
    bot: Bot, library: Library
) -> None:
    group, ann = bot.fake.group("Gym"), bot.fake.person("ann")
    post = bot.post(ann, group, "/ask are they genetic")
    await bot.calm()
    door = await ann.edit(post, f"/ask {EMERGENCY}")
    assert is_door(door, library, EMERGENCY) and door.reply_to is None


@pytest.mark.parametrize("text", ALOUD)
async def test_a_guest_gets_the_door(bot: Bot, library: Library, text: str) -> None:
    ann = bot.fake.person("ann")
    door = await ann.guest(text)
    assert door.text.startswith(lexicon(library, ALOUD[text][2]).door.title)
    assert not quoted(text, [door.html, door.rows])
    assert (await through(ann, door)).text.startswith(told(library, *ALOUD[text]).title)


@pytest.mark.parametrize("text", ALOUD)
async def test_inline_there_is_only_a_private_button_for_that_person(
    bot: Bot, library: Library, text: str
) -> None:
    ann = bot.fake.person("ann")
    results = await ann.inline(text)
    assert results == [] and results.is_personal and results.cache_time == 0
    assert results.button and not quoted(text, results.button)
    assert results.button["text"] == lexicon(library, ALOUD[text][2]).door.open
    opened = await ann.start(results.button["start_parameter"])
    assert opened.text.startswith(told(library, *ALOUD[text]).title)


# The other rules


async def test_a_rule_that_stops_shows_its_entries_as_buttons(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), WOUND)
    entries = [library.entries[id] for id in library.rules["R2"].messages[0].entries]
    assert shown.text.startswith(told(library, "R2", "wound").title)
    assert shown.buttons == [*(entry.label for entry in entries), "All topics"]
    opened = (await ann.press(shown, entries[0].label)).edited
    assert opened and opened.text.startswith(entries[0].question)


async def test_a_rule_beside_stands_before_the_answer(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    entry, line = library.entries["pain-at-the-dimple"], told(library, "R4", "appointment").says[0]
    shown = await ann.say(ann.private(), f"/ask {PAIN}")
    assert shown.text.startswith(entry.question)
    assert 0 < shown.text.index(line) < shown.text.index(entry.short)


async def test_what_a_rule_says_beside_is_for_the_person_alone(bot: Bot, library: Library) -> None:
    ann, line = bot.fake.person("ann"), told(library, "R4", "appointment").says[0]
    shown = await ann.say(bot.fake.group("Gym"), f"/ask {PAIN}")
    assert library.entries["pain-at-the-dimple"].short in shown.text
    assert line not in shown.text
    assert line in (await through(ann, shown)).text


@pytest.mark.parametrize("text", YOUNG)
async def test_who_is_under_18_gets_no_procedures(bot: Bot, library: Library, text: str) -> None:
    ann, closed = bot.fake.person("ann"), adult_labels(library)
    shown = await ann.say(ann.private(), text)
    assert told(library, "R7", "young").says[0] in shown.text and closed.isdisjoint(shown.buttons)
    aloud = [await ann.say(bot.fake.group("Gym"), f"/ask {text}"), await ann.guest(text)]
    assert all(closed.isdisjoint(each.buttons) for each in aloud)
    adults = {e.question for e in library.entries.values() if e.audience == "adults"}
    assert adults.isdisjoint((await ann.inline(text)).titles)


# Photos


async def test_a_photo_is_not_fetched_and_the_reply_says_so(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await bot.heard(lambda: bot.post(ann, ann.private(), "are these normal", photo=True))
    assert "I don't look at pictures" in shown.text
    assert bot.fake.asked("getFile") == []


async def test_the_words_under_a_photo_are_looked_at_for_an_emergency(
    bot: Bot, library: Library
) -> None:
    ann = bot.fake.person("ann")
    shown = await bot.heard(lambda: bot.post(ann, ann.private(), EMERGENCY, photo=True))
    assert shown.text.startswith(told(library, "R1", "spine").title) and shown.buttons == []


async def test_an_emergency_under_an_album_is_the_last_word_on_it(
    bot: Bot, library: Library
) -> None:
    ann = bot.fake.person("ann")
    for caption in (EMERGENCY, "", ""):
        bot.post(ann, ann.private(), caption, photo=True, media_group_id="77")
    await bot.calm()
    assert [each.text.split("\n")[0] for each in bot.fake.sent] == [
        told(library, "R1", "spine").title
    ]


# What is not for the bot, and what moderators write


async def test_what_is_not_said_to_the_bot_is_never_answered_logged_or_counted(
    reading: Bot, communities: Communities, database: Database
) -> None:
    group, mia = reading.fake.group("Gym"), reading.fake.person("mia")
    await published(reading, group, admin(reading, group, "ann"))
    answer = await mia.say(group, f"/ask {WIFI[0]}")
    await communities.noting.settled()
    before = await kept(database)
    for text in ALOUD:
        await reading.silent(partial(reading.post, mia, group, text))
        await reading.silent(partial(reading.post, mia, group, text, to=answer.post))
        await mia.inline(text)
    await communities.noting.settled()
    assert before and await kept(database) == before
    assert not any(quoted(text, reading.journal.written) for text in ALOUD)


async def test_an_emergency_is_neither_logged_nor_kept(
    reading: Bot, communities: Communities, database: Database
) -> None:
    group, mia = reading.fake.group("Gym"), reading.fake.person("mia")
    await published(reading, group, admin(reading, group, "ann"))
    await mia.say(group, f"{NAME} {EMERGENCY}")
    await communities.noting.settled()
    assert await kept(database) and not quoted(EMERGENCY, await kept(database))
    assert not quoted(EMERGENCY, reading.journal.written)


async def writes(hand: Hand, text: str) -> None:
    """Answer a form; where a rule speaks, it does so before the form goes on."""
    number = 2 if hand.bot.desk.emergency(text) else 1
    post = partial(hand.bot.post, hand.who, hand.who.private(), text)
    hand.seen = (await brought(hand.bot, number, post))[-1]


@pytest.mark.parametrize("text", [EMERGENCY, WOUND])
async def test_an_entry_of_administrators_cannot_switch_a_rule_off(
    reading: Bot, library: Library, text: str
) -> None:
    group, mia = reading.fake.group("Gym"), reading.fake.person("mia")
    question = f"{text.capitalize()}, what now?"
    ann = admin(reading, group, "ann")
    await published(reading, group, ann)
    hand = await at_menu(reading, group, ann)
    await hand.press("Add an answer")
    for written in (question, WIFI[1], f"{text}\n{SPANISH}", *WIFI[3:]):
        await writes(hand, written)
    await hand.press("Publish")
    assert "Published." in hand.seen.text
    search = (await mia.press(await mia.say(group, "/topics"), "Search")).switch
    for asked in (text, question):
        door = await mia.say(group, f"/ask {asked}")
        assert is_door(door, library, text)
        assert (await through(mia, door)).text.startswith(told(library, *ALOUD[text]).title)
        results = await mia.inline(f"{search}{asked}")
        assert results == [] and results.is_personal and results.cache_time == 0
    assert is_door(await mia.say(group, f"/ask {SPANISH}"), library, SPANISH)
