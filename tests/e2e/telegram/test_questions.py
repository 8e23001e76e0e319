"""Every way a question asked in vain can take on Telegram, and when it is shown at all."""

from datetime import timedelta

import pytest

from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import WIFI, Hand, at_menu, brought, through
from tests.moderating import Clock

PARKING = ("where can i park my car", "can i park my car here", "Is there parking for my car?")
ALARMING = (
    "i cant feel my legs since this morning",
    "my baby has a hole above the bum where can i park my car",
    "tell me how many calories i should eat to get them",
)


async def asks(mia: Person, group: Chat, *texts: str) -> None:
    """Mia asks in the group, one after another."""
    for text in texts:
        await mia.say(group, f"/ask {text}")


async def inbox(hand: Hand, group: Chat) -> Hand:
    """What is in the inbox, from the menu on."""
    hand = await at_menu(hand.bot, group, hand.who)
    await hand.press("Unanswered questions")
    return hand


async def first(hand: Hand, group: Chat) -> Hand:
    """The first question in it, opened."""
    hand = await inbox(hand, group)
    await hand.press(hand.seen.buttons[0])
    return hand


async def sorts(hand: Hand, group: Chat, mia: Person, text: str) -> Hand:
    """Ann answers a message of Mia's with /teach, and follows the button."""
    bot, said = hand.bot, mia.write(group, text)
    shown = await brought(bot, 2, lambda: bot.post(hand.who, group, "/teach", to=said))
    return await through(bot, hand.who, next(one for one in shown if one.chat is group))


async def test_one_that_came_once_waits_until_another_means_the_same(
    group: Chat, ann: Hand, mia: Person
) -> None:
    await asks(mia, group, PARKING[0], "when does the pool open")
    assert "Nothing to look at." in (await inbox(ann, group)).seen.text
    await asks(mia, group, PARKING[1])
    shown = (await inbox(ann, group)).seen
    assert "1 questions came at least 2 times" in shown.text
    assert shown.buttons[0] == f"{PARKING[0]} (2)"
    question = (await first(ann, group)).seen.text
    assert all(f"“{said}”" in question for said in PARKING[:2]) and "Mia" not in question


async def test_how_many_must_be_alike_and_for_how_long_is_chosen_in_the_settings(
    group: Chat, ann: Hand, mia: Person, clock: Clock
) -> None:
    hand = await at_menu(ann.bot, group, ann.who)
    await hand.press("Settings")
    await hand.press("Show from 3 alike on")
    settings = await hand.press("Keep questions 60 days")
    assert "kept for 60 days, and shown once 3 mean the same" in settings.text
    await asks(mia, group, *PARKING[:2])
    assert "Nothing to look at." in (await inbox(ann, group)).seen.text
    await asks(mia, group, PARKING[2])
    clock.now += timedelta(days=59)
    assert "1 questions came at least 3 times" in (await inbox(ann, group)).seen.text
    clock.now += timedelta(days=2)
    assert "Nothing to look at." in (await inbox(ann, group)).seen.text


async def test_one_that_is_ignored_stays_away_also_in_other_words(
    group: Chat, ann: Hand, mia: Person
) -> None:
    await asks(mia, group, *PARKING[:2])
    hand = await first(ann, group)
    assert (await hand.press("Ignore")).text.startswith("Ignored")
    await asks(mia, group, PARKING[2], PARKING[2])
    assert "Nothing to look at." in (await inbox(ann, group)).seen.text


async def test_one_becomes_another_wording_of_an_answer_and_that_is_taken_back(
    group: Chat, ann: Hand, mia: Person
) -> None:
    await asks(mia, group, *PARKING[:2])
    hand = await first(ann, group)
    await hand.press("An answer here fits")
    assert (await hand.press("Back")).text.startswith("Asked in vain")
    await hand.press("An answer here fits")
    while WIFI[0] not in hand.seen.buttons:
        await hand.press("Next page")
    learnt = await hand.press(WIFI[0])
    taught = f"also answers: “{PARKING[0]}” “{PARKING[1]}” (Ann, 25 November 2026)"
    assert f"“{WIFI[0]}” {taught}" in learnt.text
    assert (await mia.say(group, f"/ask {PARKING[1]}")).text.startswith(WIFI[0])
    await hand.press("Take back 1")
    assert not (await mia.say(group, f"/ask {PARKING[1]}")).text.startswith(WIFI[0])


async def test_an_answer_that_is_wrong_for_it_is_never_given_until_that_is_taken_back(
    group: Chat, ann: Hand, mia: Person
) -> None:
    wrong = "what is the wifi password of my neighbour"
    before = await mia.say(group, f"/ask {wrong}")
    assert before.text.startswith(WIFI[0]) or WIFI[0] in before.buttons
    hand = await sorts(ann, group, mia, wrong)
    await hand.press("Never give this answer")
    learnt = await hand.press(WIFI[0])
    assert f"“{WIFI[0]}” never answers: “{wrong}” (Ann," in learnt.text
    after = await mia.say(group, f"/ask {wrong}")
    assert WIFI[0] not in after.text and WIFI[0] not in after.buttons
    await hand.press("Take back 1")
    again = await mia.say(group, f"/ask {wrong}")
    assert again.text == before.text and again.buttons == before.buttons


@pytest.mark.parametrize("text", ALARMING)
async def test_what_a_safety_rule_noticed_is_never_shown(
    group: Chat, ann: Hand, mia: Person, text: str
) -> None:
    await asks(mia, group, text, text, text)
    assert "Nothing to look at." in (await inbox(ann, group)).seen.text


async def test_what_was_asked_in_vain_and_what_helped_stand_in_the_insights(
    telegram: Bot, group: Chat, ann: Hand, mia: Person
) -> None:
    await asks(mia, group, *PARKING)
    answer = await mia.say(group, "/ask wifi code")
    await mia.press(answer, "That helped")
    away = (await telegram.fake.person("ben").press(answer, "Not what I asked")).url
    assert away and await telegram.fake.person("ben").follow(away)
    hand = await at_menu(telegram, group, ann.who)
    sent = len(telegram.fake.sent)
    await hand.press("Insights")
    await telegram.fake.world.pulse.until(lambda: len(telegram.fake.sent) > sent, 8)
    told = telegram.fake.edits[-1].text
    assert "4 questions: 1 answered, 0 answered with a choice, 3 left without an answer" in told
    assert "Answers helped 1 times. 1 times people said" in told
    assert f"Asked most: {WIFI[0]} (1)" in told
    assert f"Asked in vain most: {PARKING[0]} (3)" in told
