"""The safety rules on Discord: to the person alone, before all else, and quoting nobody."""

import pytest

from bots.discord import saying
from core.community.communities import Communities
from core.community.store.database import Database
from core.content.library import Library
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
from tests.e2e.discord.bot import Bot, words
from tests.e2e.discord.moderating import WIFI, Gym

ALOUD = {EMERGENCY: "en", SPANISH: "es", WOUND: "en"}


# An emergency


@pytest.mark.parametrize(("text", "language"), [(EMERGENCY, "en"), (SPANISH, "es")])
async def test_an_emergency_is_answered_to_the_person_alone_with_nothing_to_press(
    bot: Bot, library: Library, text: str, language: str
) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    shown = await ann.slash(channel, "ask", question=text)
    wanted = told(library, "R1", "spine", language)
    assert words(shown).startswith(wanted.title)
    assert all(said in words(shown) for said in wanted.says)
    assert "112" in words(shown)
    assert shown.ephemeral and shown.buttons == []
    assert channel.messages == [] and bob.sees(channel) == []


async def test_it_is_answered_in_the_same_way_wherever_the_bot_can_be_asked(
    bot: Bot, library: Library
) -> None:
    ann, title = bot.fake.person("ann"), told(library, "R1", "spine").title
    for where in (bot.fake.dm(ann), bot.elsewhere(), bot.quiet()):
        shown = await ann.slash(where, "ask", question=EMERGENCY)
        assert words(shown).startswith(title) and shown.buttons == []


@pytest.mark.parametrize("text", ALOUD)
async def test_where_everyone_saw_that_an_answer_comes_there_is_a_door_that_quotes_nothing(
    here: Gym, library: Library, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(saying, "PATIENCE", 0)
    door = await here.ann.slash(here.channel, "ask", question=text)
    said = lexicon(library, ALOUD[text]).door
    assert not door.ephemeral and door.buttons == [said.open]
    assert words(door) == f"{said.title}\n{said.says}"
    assert not quoted(text, [door.embeds, door.components])
    for who in (here.ann, here.mia):
        opened = await who.press(door, said.open)
        rule = ("R2", "wound") if text == WOUND else ("R1", "spine")
        assert opened.ephemeral
        assert words(opened).startswith(told(library, *rule, ALOUD[text]).title)


@pytest.mark.parametrize("text", ALOUD)
async def test_nothing_is_offered_while_it_is_typed(bot: Bot, text: str) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    assert await ann.typing(channel, "ask", question="genetic")
    assert await ann.typing(channel, "ask", question=text) == []


async def test_answer_this_tells_the_presser_alone_and_offers_no_sharing(
    bot: Bot, library: Library
) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    message = channel.post(bob, EMERGENCY)
    shown = await ann.context_menu(message, "Answer this")
    assert words(shown).startswith(told(library, "R1", "spine").title)
    assert shown.ephemeral and shown.buttons == [] and channel.messages == [message]


# The other rules


async def test_a_rule_that_stops_shows_its_entries_as_buttons(bot: Bot, library: Library) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    shown = await ann.slash(channel, "ask", question=WOUND)
    entries = [library.entries[id] for id in library.rules["R2"].messages[0].entries]
    assert words(shown).startswith(told(library, "R2", "wound").title) and shown.ephemeral
    assert shown.buttons == [*(entry.label for entry in entries), "All topics"]
    opened = await ann.press(shown, entries[0].label)
    assert words(opened).startswith(entries[0].question) and channel.messages == []


async def test_a_rule_beside_stands_before_the_answer(bot: Bot, library: Library) -> None:
    shown = await bot.fake.person("ann").slash(bot.channel(), "ask", question=PAIN)
    entry, line = library.entries["pain-at-the-dimple"], told(library, "R4", "appointment").says[0]
    assert words(shown).startswith(f"{entry.question}\n{line}")
    assert words(shown).index(line) < words(shown).index(entry.short)


@pytest.mark.parametrize("text", YOUNG)
async def test_who_is_under_18_gets_no_procedures(bot: Bot, library: Library, text: str) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    shown = await ann.slash(channel, "ask", question=text)
    assert told(library, "R7", "young").says[0] in words(shown)
    assert adult_labels(library).isdisjoint(shown.buttons)
    offered = {question for question, _ in await ann.typing(channel, "ask", question=text)}
    assert not offered & {e.question for e in library.entries.values() if e.audience == "adults"}


async def test_a_picture_is_not_looked_at_and_the_reply_says_so(bot: Bot) -> None:
    picture = bot.channel().post(bot.fake.person("bob"), "")
    shown = await bot.fake.person("ann").context_menu(picture, "Answer this")
    assert "I don't look at pictures" in words(shown) and shown.ephemeral


# What is not for the bot, and what moderators write


async def test_what_is_not_said_to_the_bot_is_never_answered_logged_or_counted(
    here: Gym, communities: Communities, database: Database
) -> None:
    await here.publishes()
    await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    await communities.noting.settled()
    before, messages = await kept(database), list(here.channel.messages)
    said = [here.channel.post(here.mia, text) for text in (EMERGENCY, SPANISH, WOUND)]
    await here.mia.typing(here.channel, "ask", question=EMERGENCY)
    await here.mia.slash(here.channel, "about")
    await communities.noting.settled()
    assert here.channel.messages == [*messages, *said]
    assert before and await kept(database) == before
    assert not any(quoted(one.content, here.bot.journal.written) for one in said)


async def test_an_emergency_is_neither_logged_nor_kept(
    here: Gym, communities: Communities, database: Database
) -> None:
    await here.publishes()
    await here.mia.slash(here.channel, "ask", question=EMERGENCY)
    await communities.noting.settled()
    assert await kept(database) and not quoted(EMERGENCY, await kept(database))
    assert not quoted(EMERGENCY, here.bot.journal.written)


@pytest.mark.parametrize(("text", "rule"), [(EMERGENCY, ("R1", "spine")), (WOUND, ("R2", "wound"))])
async def test_an_entry_of_moderators_cannot_switch_a_rule_off(
    here: Gym, library: Library, text: str, rule: tuple[str, str]
) -> None:
    question = f"{text.capitalize()}, what now?"
    published = await here.publishes(question=question, asks=f"{text}\n{SPANISH}")
    assert "Published." in words(published)
    for asked in (text, question):
        shown = await here.mia.slash(here.channel, "ask", question=asked)
        assert words(shown).startswith(told(library, *rule).title)
        assert shown.ephemeral and WIFI["Short answer"] not in words(shown)
        assert question not in shown.buttons
        assert await here.mia.typing(here.channel, "ask", question=asked) == []
    spanish = await here.mia.slash(here.channel, "ask", question=SPANISH)
    assert words(spanish).startswith(told(library, "R1", "spine", "es").title)
