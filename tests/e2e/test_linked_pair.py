"""A Discord server and a Telegram group that share their answers, on either database."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.content.library import Library
from core.dialogue.engine import Engine
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI
from tests.e2e.linked_pair import Pair, paired
from tests.e2e.telegram.moderating import WIFI as FIVE
from tests.e2e.telegram.moderating import Hand, at_menu, published, through

QUESTION, SHORT = WIFI["Question"], WIFI["Short answer"]
FROM_TELEGRAM, FROM_DISCORD = "Changed on Telegram.", "Changed on Discord."


@pytest.fixture
async def pair(engine: Engine, communities: Communities) -> AsyncIterator[Pair]:
    """A server and a group that know nothing of each other yet."""
    async with paired(Desk(engine, communities)) as both:
        yield both


@pytest.fixture
async def linked(pair: Pair) -> Pair:
    """They share an answer that was written on Discord."""
    await pair.server.publishes()
    assert "Joined" in await pair.joins_from_telegram()
    return pair


async def rewritten(hand: Hand, short: str) -> str:
    """The short answer of the form that is open; what is said at its end."""
    await hand.press("Keep it as it is")
    await hand.write(short)
    await hand.press("Keep it as it is")
    await hand.press("Skip this")
    return (await hand.press("Skip this")).text


# Linking


async def test_what_was_written_on_discord_is_answered_on_telegram_once_they_are_linked(
    pair: Pair,
) -> None:
    await pair.server.publishes()
    assert SHORT not in await pair.asks_on_telegram()
    assert "Joined" in await pair.joins_from_telegram()
    answer = await pair.asks_on_telegram()
    assert answer.startswith(QUESTION) and SHORT in answer


async def test_what_was_written_on_telegram_is_answered_on_discord_once_they_are_linked(
    pair: Pair,
) -> None:
    await published(pair.bot, pair.group, pair.tess)
    assert SHORT not in await pair.asks_on_discord()
    assert "Joined" in await pair.joins_from_discord()
    answer = await pair.asks_on_discord()
    assert answer.startswith(QUESTION) and SHORT in answer


async def test_with_answers_of_its_own_a_place_does_not_join(pair: Pair) -> None:
    await pair.server.publishes()
    await published(pair.bot, pair.group, pair.tess, [*FIVE[:1], "Only on Telegram.", *FIVE[2:]])
    assert "Joined" not in await pair.joins_from_telegram()
    assert "Only on Telegram." in await pair.asks_on_telegram()
    assert SHORT in await pair.asks_on_discord()


# Writing


async def test_an_answer_added_on_discord_is_on_telegram_at_once_and_edited_there(
    linked: Pair,
) -> None:
    await linked.server.publishes(
        question="Where are the lockers?", asks="locker room", short="Left."
    )
    assert "Left." in await linked.asks_on_telegram("where are the lockers")
    await (await linked.at_settings()).press("One moderator is enough")
    hand = await linked.at_entry("Where are the lockers?")
    await hand.press("Change it")
    assert "Saved." in await rewritten(hand, "Down the stairs.")
    assert "Left." in await linked.asks_on_discord("where are the lockers")
    assert "Published." in (await hand.press("Publish")).text
    assert "Down the stairs." in await linked.asks_on_discord("where are the lockers")
    seen = await linked.server.opens(linked.server.bob, "history", "Where are the lockers?")
    assert "changed by Tess" in words(seen)


async def test_who_is_later_on_telegram_is_told_and_both_texts_are_kept(linked: Pair) -> None:
    hand = await linked.at_entry()
    await hand.press("Change it")
    form = await linked.server.opens(linked.server.ann, "edit")
    saved = await linked.server.ann.submit(form, {"Short answer": FROM_DISCORD})
    assert FROM_DISCORD in words(saved)
    told = await rewritten(hand, FROM_TELEGRAM)
    assert told.startswith("Someone else was quicker")
    conflict = hand.seen
    assert FROM_DISCORD in (await hand.press("Show what is there now")).text
    hand.seen = conflict
    assert FROM_TELEGRAM in (await hand.press("Show my version")).text
    hand.seen = conflict
    assert FROM_TELEGRAM in (await hand.press("Use my version")).text


async def test_who_is_later_on_discord_is_told_and_both_texts_are_kept(linked: Pair) -> None:
    ann, form = linked.server.ann, await linked.server.opens(linked.server.ann, "edit")
    hand = await linked.at_entry()
    await hand.press("Change it")
    assert "Saved." in await rewritten(hand, FROM_TELEGRAM)
    conflict = await ann.submit(form, {"Short answer": FROM_DISCORD})
    assert words(conflict).startswith("Someone else was quicker")
    seen = words(await linked.server.opens(ann, "history"))
    assert "changed by Tess" in seen and "kept aside by ann" in seen
    assert FROM_DISCORD in words(await ann.press(conflict, "Use my version"))


# The inbox, what is taught, and the numbers

PARKING = ("where can i park my car", "can i park my car here")


async def test_what_is_asked_in_vain_on_either_side_is_one_question_and_settled_once(
    linked: Pair,
) -> None:
    await linked.asks_on_telegram(PARKING[0])
    await linked.asks_on_discord(PARKING[1])
    ann, channel = linked.server.ann, linked.server.channel
    inbox = await ann.slash(channel, "faq inbox")
    assert inbox.buttons[0] == f"{PARKING[0]} (2)"
    hand = await at_menu(linked.bot, linked.group, linked.tess)
    await hand.press("Unanswered questions")
    await hand.press(f"{PARKING[0]} (2)")
    assert "Ignored" in (await hand.press("Ignore")).text
    assert "Nothing to look at." in words(await ann.slash(channel, "faq inbox"))


async def test_what_is_taught_and_hidden_on_discord_holds_on_telegram_until_taken_back_there(
    linked: Pair, library: Library
) -> None:
    ann, channel = linked.server.ann, linked.server.channel
    taught, venus = "what r those lil marks by the waistband", library.entries["why-venus"]
    message = channel.post(linked.server.mia, taught)
    sorting = await ann.context_menu(message, "What should answer this?")
    fitting = await ann.press(sorting, "An answer here fits")
    await ann.press(fitting, "What are back dimples?")
    assert (await linked.asks_on_telegram(taught)).startswith("What are back dimples?")
    shipped = await ann.press(await ann.slash(channel, "faq shipped"), venus.label)
    await ann.press(shipped, "Hide it here")
    assert venus.question not in await linked.asks_on_telegram(venus.question)
    hand = await at_menu(linked.bot, linked.group, linked.tess)
    shown = await hand.press("What was taught")
    assert f"Hidden: “{venus.question}” (ann, 25 November 2026)" in shown.text
    await hand.press("Take back 2")
    assert (await linked.asks_on_telegram(venus.question)).startswith(venus.question)
    assert venus.short in await linked.asks_on_discord(venus.question)


async def test_the_numbers_are_those_of_both_sides(linked: Pair) -> None:
    await linked.asks_on_telegram("are they genetic")
    await linked.asks_on_discord("are they genetic")
    told = words(await linked.server.ann.slash(linked.server.channel, "faq insights"))
    assert "2 questions: 2 answered" in told and "Are back dimples genetic? (2)" in told


# What is told to the other side


async def test_a_suggestion_from_telegram_is_published_on_discord_and_its_writer_told(
    linked: Pair,
) -> None:
    hers = await through(
        linked.bot,
        linked.tim,
        await linked.tim.say(linked.group, "/propose Where are the lockers?"),
    )
    await hers.press("Keep it as it is")
    await hers.write("Down the stairs.", "locker room")
    await hers.press("Skip this")
    assert (await hers.press("Skip this")).text.startswith("Thank you")
    ann = linked.server.ann
    queue = await ann.slash(linked.server.channel, "faq review")
    before = len(linked.bot.fake.sent)
    seen = await ann.press(queue, "Where are the lockers?")
    assert "Published." in words(await ann.press(seen, "Publish"))
    await linked.bot.fake.world.pulse.until(lambda: len(linked.bot.fake.sent) > before, 8)
    (told,) = linked.bot.fake.sent[before:]
    assert told.chat is linked.tim.private()
    assert "Your suggestion is now an answer here: Where are the lockers?" in told.text
    assert "Down the stairs." in await linked.asks_on_telegram("where are the lockers")


async def test_a_suggestion_from_discord_is_declined_on_telegram_and_its_writer_told(
    linked: Pair,
) -> None:
    mia = linked.server.mia
    form = await mia.slash(linked.server.channel, "propose")
    await mia.submit(form, {**WIFI, "Question": "Where are the lockers?", "Other wordings": ""})
    hand = await at_menu(linked.bot, linked.group, linked.tess)
    await hand.press("Waiting for review")
    await hand.press("Where are the lockers?")
    assert "Removed." in (await hand.press("Remove")).text
    home = linked.server.bot.fake.dm(mia)
    await mia.eventually(home, "decided not to take your suggestion for now")


async def test_the_log_channel_on_discord_hears_of_a_change_made_on_telegram(linked: Pair) -> None:
    ann, log = linked.server.ann, linked.server.server.channel("faq-log")
    menu = linked.bot.desk.wording.faq_commands.log
    await ann.choose(await ann.slash(linked.server.channel, "faq settings"), menu, "faq-log")
    hand = await linked.at_entry()
    await hand.press("Change it")
    await rewritten(hand, FROM_TELEGRAM)
    told = words(await ann.eventually(log, FROM_TELEGRAM))
    assert "changed by Tess" in told and f"Before: {QUESTION} / {SHORT}" in told


async def test_the_log_group_on_telegram_hears_of_a_change_made_on_discord(linked: Pair) -> None:
    team, hand = linked.bot.fake.group("Team"), await linked.at_settings()
    url = hand.seen.urls["Tell a group of changes"]
    await linked.tess.say(team, f"/start@fossae_test_bot {url.partition('?startgroup=')[2]}")
    form = await linked.server.opens(linked.server.ann, "edit")
    before = len(linked.bot.fake.sent)
    await linked.server.ann.submit(form, {"Short answer": FROM_DISCORD})
    await linked.bot.fake.world.pulse.until(lambda: len(linked.bot.fake.sent) > before, 8)
    (told,) = linked.bot.fake.sent[before:]
    assert told.chat is team and FROM_DISCORD in told.text and "changed by ann" in told.text


async def test_the_log_channel_on_discord_hears_of_a_question_that_was_overheard_on_telegram(
    linked: Pair,
) -> None:
    ann, log = linked.server.ann, linked.server.server.channel("faq-log")
    menu = linked.bot.desk.wording.faq_commands.log
    await ann.choose(await ann.slash(linked.server.channel, "faq settings"), menu, "faq-log")
    hand = await linked.at_settings()
    for label in ("Speaking unasked", "This channel", "Tell the moderators"):
        await hand.press(label)
    sent = len(linked.bot.fake.sent)
    linked.bot.post(linked.tim, linked.group, "wifi code anyone?")
    told = words(await ann.eventually(log, "Somebody asked this"))
    assert QUESTION in told and "wifi code anyone" not in told
    await linked.bot.calm()
    assert len(linked.bot.fake.sent) == sent


# Leaving


async def test_when_the_group_leaves_the_shared_answers_the_server_keeps_everything(
    linked: Pair,
) -> None:
    hand = await linked.at_settings()
    await hand.press("Leave the shared answers")
    assert SHORT not in await linked.asks_on_telegram()
    assert SHORT in await linked.asks_on_discord()
    assert "by bob" in words(await linked.server.opens(linked.server.ann, "history"))


async def test_when_the_server_leaves_the_shared_answers_the_group_keeps_everything(
    linked: Pair,
) -> None:
    ann = linked.server.ann
    settings = await ann.slash(linked.server.channel, "faq settings")
    await ann.press(settings, "Leave the shared answers")
    assert SHORT not in await linked.asks_on_discord()
    assert SHORT in await linked.asks_on_telegram()
    assert "by bob" in (await (await linked.at_entry()).press("History")).text


async def test_where_the_bot_is_thrown_out_the_other_side_keeps_everything(linked: Pair) -> None:
    await linked.server.bot.fake.remove(linked.server.server)
    assert SHORT in await linked.asks_on_telegram()
    await linked.server.bot.fake.invite(linked.server.server)
    linked.bot.fake.remove_bot(linked.group, linked.tess)
    await linked.bot.calm()
    assert SHORT in await linked.asks_on_discord()
    linked.bot.fake.add_bot(linked.group, linked.tess)
    await linked.bot.calm()
    assert SHORT in await linked.asks_on_telegram()
