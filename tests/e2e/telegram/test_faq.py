"""A group's own answers: written in private by its administrators, given to its members."""

from functools import partial

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.dialogue.engine import Engine
from tests.conftest import NOW
from tests.e2e.fakes.telegram_person import ANONYMOUS
from tests.e2e.telegram.bot import Bot, running
from tests.e2e.telegram.moderating import (
    OPEN,
    WIFI,
    Hand,
    admin,
    at_menu,
    brought,
    published,
    through,
)

# The way in


async def test_faq_opens_the_private_chat_at_the_menu(telegram: Bot) -> None:
    group = telegram.fake.group("Gym & <Spa>")
    ann = admin(telegram, group, "ann")
    door = await ann.say(group, "/faq")
    assert door.buttons == [OPEN] and "moderators" in door.text
    hand = await through(telegram, ann, door)
    assert hand.seen.text.startswith("The answers of this community")
    assert hand.seen.buttons[:2] == ["Add an answer", "All answers"]
    assert {"Unanswered questions", "Test a question", "Settings"} <= {*hand.seen.buttons}


async def test_a_member_is_refused_in_the_group_and_behind_the_door(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    ann = admin(telegram, group, "ann")
    assert (await mia.say(group, "/faq")).text.startswith("This is for moderators")
    door = await ann.say(group, "/faq")
    assert (await through(telegram, mia, door)).seen.text.startswith("This is for moderators")


async def test_an_anonymous_administrator_is_let_in_as_themselves(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    ann = admin(telegram, group, "ann")
    door = await ann.say(group, "/faq", anonymous=True)
    hand = await through(telegram, ann, door)
    assert "Add an answer" in hand.seen.buttons
    saved = await ann.say(group, "/save", anonymous=True)
    assert saved.reply_to and ANONYMOUS["first_name"] not in saved.text
    hand = await through(telegram, ann, saved)
    assert "1 of 5: Question" in hand.seen.text


async def test_every_press_and_every_message_is_held_against_the_group(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    ann = admin(telegram, group, "ann")
    hand = await at_menu(telegram, group, ann)
    menu = hand.seen
    await hand.press("Add an answer")
    telegram.fake.promote(group, ann, "member")
    assert (await hand.write("What is it?")).text.startswith("This is for moderators")
    hand.seen = menu
    assert (await hand.press("All answers")).text.startswith("This is for moderators")
    telegram.fake.remove_bot(group, ann)
    telegram.fake.promote(group, ann)
    hand.seen = menu
    assert (await ann.press(menu, "Settings")).answered


async def test_in_the_private_chat_no_group_is_meant(telegram: Bot) -> None:
    ann = telegram.fake.person("ann")
    for text in ("/faq", "/save", "/propose"):
        shown = await ann.say(ann.private(), text)
        assert shown.text.startswith("Please write that in your group")


# Writing


async def test_an_answer_is_written_step_by_step_published_and_given_to_members(
    telegram: Bot,
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    assert "Published. Members get this answer from now on." in hand.seen.text
    shown = await mia.say(group, "/ask whats the wifi code pls")
    assert shown.text.startswith("What is the wifi password?\n\nAsk at the desk.")
    assert "From the moderators here. Not checked by our editors." in shown.text
    assert "https://wifi.example/help" in shown.links.values()
    more = (await mia.press(shown, "Tell me more")).url
    assert more and "The board hangs beside the door." in (await mia.follow(more)).text
    assert (await mia.say(group, "/ask are they genetic")).text.startswith("Are back dimples")
    other = telegram.fake.group("Elsewhere")
    assert "wifi" not in (await mia.say(other, "/ask whats the wifi code pls")).text


async def test_back_skip_and_cancel(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    shown = await hand.press("Add an answer")
    assert "1 of 5: Question" in shown.text and shown.buttons == ["Cancel"]
    await hand.write(WIFI[0])
    assert "2 of 5: Short answer" in hand.seen.text
    await hand.press("One step back")
    assert "It says now: What is the wifi password?" in hand.seen.text
    await hand.press("Keep it as it is")
    await hand.write(WIFI[1])
    await hand.press("Skip this")
    await hand.press("Cancel")
    assert hand.seen.buttons == ["Go on writing", "Throw it away"]
    free = await hand.who.say(hand.who.private(), "are they genetic")
    assert free.text.startswith("Are back dimples genetic?")
    await hand.press("Go on writing")
    assert "4 of 5: More" in hand.seen.text
    await hand.press("Skip this")
    await hand.press("Skip this")
    assert "Saved as a draft." in hand.seen.text


async def test_a_form_goes_on_after_a_restart(
    telegram: Bot, engine: Engine, shipped: Shipped, database_url: str
) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Add an answer")
    await hand.write(*WIFI[:2])
    await telegram.stop()
    database = Database(database_url)
    telegram.desk = Desk(engine, Communities(database, shipped, lambda: NOW))
    await telegram.start()
    await hand.write(*WIFI[2:])
    assert hand.seen.text.startswith("What is the wifi password?\n\nSaved as a draft.")
    await telegram.stop()
    await database.close()


async def test_problems_are_said_in_words_and_nothing_typed_is_lost(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Add an answer")
    long = "Ask at the desk. " * 30
    await hand.write(WIFI[0], long, *WIFI[2:])
    assert "Short answer: too long. There is room for 350 characters." in hand.seen.text
    await hand.press("Change it")
    await hand.press("Keep it as it is")
    assert long.strip() in hand.seen.text
    await hand.write("Ask at the desk.")
    for _ in range(3):
        await hand.press("Keep it as it is")
    assert "Before it can be published" not in hand.seen.text and "Saved." in hand.seen.text


async def test_two_messages_at_once_answer_two_questions_in_their_order(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Add an answer")
    writes = [partial(telegram.post, hand.who, hand.who.private(), text) for text in WIFI]
    last = (await brought(telegram, len(WIFI), *writes))[-1]
    assert last.text.startswith(f"{WIFI[0]}\n\nSaved as a draft.\n\n{WIFI[1]}")


async def test_an_edited_message_is_no_answer(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Add an answer")
    await hand.write(WIFI[0])
    mine = hand.who.private().messages[hand.seen.message_id - 1]
    shown = await hand.who.edit(mine, "What is the code?")
    assert "2 of 5: Short answer" in shown.text


async def test_what_cannot_wait_is_said_also_while_a_form_is_open(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Add an answer")
    writes = partial(telegram.post, hand.who, hand.who.private(), "i want to kill myself")
    warned, asked = await brought(telegram, 2, writes)
    assert "emergency" in warned.text.lower() and "2 of 5: Short answer" in asked.text


async def test_of_two_at_once_the_second_is_told_and_gets_both_texts(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    ann = await published(telegram, group, admin(telegram, group, "ann"))
    ben = await at_menu(telegram, group, admin(telegram, group, "ben"))
    await ben.press("All answers")
    await ben.press(WIFI[0])
    for hand in (ann, ben):
        await hand.press("Change it")
        await hand.press("Keep it as it is")
    for hand, text in ((ann, "The text of Ann."), (ben, "The other text.")):
        await hand.write(text)
        for _ in range(3):
            await hand.press("Keep it as it is")
    assert "Saved." in ann.seen.text
    assert ben.seen.text.startswith("Someone else was quicker")
    conflict = ben.seen
    assert "The text of Ann." in (await ben.press("Show what is there now")).text
    ben.seen = conflict
    assert "The other text." in (await ben.press("Show my version")).text
    ben.seen = conflict
    assert "The other text." in (await ben.press("Use my version")).text


async def test_an_answer_is_removed_and_brought_back_with_one_press(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Remove")
    assert WIFI[0] not in (await mia.say(group, "/ask wifi code")).text
    await hand.press("History")
    await hand.press("Version 2")
    assert "Published" in (await hand.press("Bring this version back")).text
    assert (await mia.say(group, "/ask wifi code")).text.startswith(WIFI[0])


async def test_a_question_is_tested_in_private(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Test a question")
    await hand.write("are back dimples genetic")
    assert hand.seen.text.startswith("What I would do") and "I would answer it." in hand.seen.text


# From a message; suggestions


@pytest.mark.parametrize("command", ["/faq save", "/save", "/faq@fossae_test_bot SAVE"])
async def test_a_message_is_saved_as_an_answer(telegram: Bot, command: str) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    ann = admin(telegram, group, "ann")
    said = mia.write(group, "Ask at the desk, <b>they</b> know.")
    door = await telegram.heard(lambda: telegram.post(ann, group, command, to=said))
    assert "Ask at the desk" not in door.text
    hand = await through(telegram, ann, door)
    await hand.write(WIFI[0])
    assert "It says now: Ask at the desk, <b>they</b> know." in hand.seen.text
    await hand.press("Keep it as it is")
    assert "3 of 5: Other wordings" in hand.seen.text


async def test_what_one_began_another_does_not_get(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    ann, ben = admin(telegram, group, "ann"), admin(telegram, group, "ben")
    door = await ann.say(group, "/save")
    assert (await through(telegram, ben, door)).seen.text.startswith("It isn't here any more")


async def test_a_member_saves_nothing(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    assert (await mia.say(group, "/save")).text.startswith("This is for moderators")


async def test_a_member_suggests_an_answer_and_hears_what_became_of_it(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hers = await through(telegram, mia, await mia.say(group, f"/propose {WIFI[0]}"))
    assert f"It says now: {WIFI[0]}" in hers.seen.text
    await hers.press("Keep it as it is")
    await hers.write(*WIFI[1:])
    assert hers.seen.text.startswith("Thank you")
    ann = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await ann.press("Waiting for review")
    await ann.press(WIFI[0])
    await ann.press("Publish")
    await telegram.fake.quiet()
    told = telegram.fake.sent[-1]
    assert told.chat is mia.private()
    assert f"Your suggestion is now an answer here: {WIFI[0]}" in told.text


async def test_whoever_cannot_be_reached_is_no_fault(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hers = await through(telegram, mia, await mia.say(group, "/propose"))
    await hers.write(*WIFI)
    ann = await at_menu(telegram, group, admin(telegram, group, "ann"))
    mia.block()
    await ann.press("Waiting for review")
    await ann.press(WIFI[0])
    assert "Published" in (await ann.press("Publish")).text
    await telegram.calm()


# The life of a group


async def test_a_group_that_becomes_a_supergroup_keeps_its_answers(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym", supergroup=False), telegram.fake.person("mia")
    await published(telegram, group, admin(telegram, group, "ann"))
    new = telegram.fake.upgrade(group)
    await telegram.fake.quiet()
    assert (await mia.say(new, "/ask wifi code")).text.startswith(WIFI[0])


async def test_mentions_and_topics_have_the_answers_of_the_group(
    engine: Engine, communities: Communities
) -> None:
    async with running(Desk(engine, communities), can_read_all=True) as bot:
        group, mia = bot.fake.group("Gym"), bot.fake.person("mia")
        hand: Hand = await published(bot, group, admin(bot, group, "ann"))
        shown = await mia.say(group, "@fossae_test_bot whats the wifi code")
        assert shown.text.startswith(WIFI[0]) and hand.who is not mia
        topics = await mia.say(group, "/topics")
        assert "From the moderators here" in topics.buttons


async def test_a_groups_answers_are_searched_while_typing(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    assert "Search while you type" not in (await mia.say(group, "/topics")).buttons
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    topics = await mia.say(group, "/topics")
    mark = (await mia.press(topics, "Search while you type")).switch
    assert mark and mark.startswith("#")
    results = await mia.inline(mark + "wifi")
    assert results.titles[0] == WIFI[0] and results.cache_time == 0
    shown = await mia.pick(results.titled(WIFI[0]), group)
    assert "Ask at the desk." in shown.text
    assert (await mia.inline(mark + "back dimples genetic")).titles
    held = await mia.inline(mark + "i want to kill myself")
    assert held == [] and held.button
    assert WIFI[0] not in (await mia.inline("wifi")).titles
    assert WIFI[0] not in (await mia.inline("#abcdefgh wifi")).titles
    await hand.press("Remove")
    assert WIFI[0] not in (await mia.inline(mark + "wifi")).titles


async def test_whoever_looks_after_two_groups_sees_which_one_is_meant(telegram: Bot) -> None:
    groups = [telegram.fake.group(name) for name in ("Gym & <Spa>", "Chess")]
    ann = admin(telegram, groups[0], "ann")
    telegram.fake.promote(groups[1], ann)
    hands = [await at_menu(telegram, group, ann) for group in groups]
    for hand, group in zip(hands, groups, strict=True):
        assert hand.seen.text.endswith(group.title)
        assert (await hand.press("Add an answer")).text.endswith(group.title)
        assert (await hand.write(WIFI[0])).text.endswith(group.title)
