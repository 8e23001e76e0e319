"""Safety rules on Telegram: alone with the person, as a door in a group, never in their name."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.content.library import Library
from tests.e2e.telegram_bot import Bot, running

NAME = "@fossae_test_bot"
CRISIS = "i cant do this anymore i want to kill myself"
# An emergency, weight, a minor, a photo: the rule and what the person wrote.
STOPS = [
    ("R1", "self-harm", CRISIS),
    ("R1", "spine", "my legs are numb and i cant pee since this morning"),
    ("R6", "target", "give me a body fat target for back dimples"),
    ("R11", "rating", "rate my back dimples out of 10"),
]


@pytest.fixture
async def bot(desk: Desk) -> AsyncIterator[Bot]:
    """Fossae, running, with privacy mode off; at the end its log is searched for what was said."""
    async with running(desk, can_read_all=True) as started:
        yield started


def title(library: Library, rule: str, message: str, language: str = "en") -> str:
    """The title of a rule's text."""
    texts = (t for x in library.lexicons if x.language == language for t in x.texts)
    return next(t.title for t in texts if (t.rule, t.message) == (rule, message))


@pytest.mark.parametrize(("rule", "message", "text"), STOPS)
async def test_in_private_the_rule_answers(
    bot: Bot, library: Library, rule: str, message: str, text: str
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), text)

    assert shown.text.startswith(title(library, rule, message))
    assert bool(shown.buttons) == (rule != "R1")


async def test_an_emergency_has_numbers_with_their_day(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), CRISIS)

    assert "If you are in the UK: 999 (checked 2026-11-25)" in shown.text
    assert "If you are in the UK: Samaritans, 116 123 (checked 2026-11-25)" in shown.text


@pytest.mark.parametrize("way", ["/ask {}", "/ask" + NAME + " {}", NAME + " {}"])
async def test_in_a_group_there_is_a_door_that_quotes_nothing(
    bot: Bot, library: Library, way: str
) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown = await ann.say(group, way.format(CRISIS))

    (door,) = (x.door for x in library.lexicons if x.language == "en")
    assert shown.text.startswith(door.title) and "emergency number" in shown.text
    assert "kill" not in shown.text and shown.reply_to is None
    pressed = await ann.press(shown, door.open)
    assert pressed.url
    inside = await ann.follow(pressed.url)
    assert inside.chat is ann.private()
    assert inside.text.startswith(title(library, "R1", "self-harm"))


async def test_what_is_not_said_to_the_bot_is_not_answered(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    await bot.silent(lambda: bot.post(ann, group, CRISIS))


@pytest.mark.parametrize(("rule", "message", "text"), STOPS)
async def test_inline_there_is_only_a_button_for_the_person_alone(
    bot: Bot, library: Library, rule: str, message: str, text: str
) -> None:
    ann = bot.fake.person("ann")
    results = await ann.inline(text)

    assert results == [] and results.is_personal and results.cache_time == 0
    assert results.button
    inside = await ann.start(results.button["start_parameter"])
    assert inside.text.startswith(title(library, rule, message))


async def test_a_guest_sees_a_door(bot: Bot, library: Library) -> None:
    shown = await bot.fake.person("ann").guest(CRISIS)

    (door,) = (x.door for x in library.lexicons if x.language == "en")
    assert shown.text.startswith(door.title) and shown.buttons == [door.open]


async def test_someone_under_18_is_answered_with_a_line_and_nothing_for_adults(
    bot: Bot, library: Library
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "im 15, are back dimples genetic")
    (line,) = (
        t.says[0]
        for x in library.lexicons
        for t in x.texts
        if (t.rule, t.message) == ("R7", "young")
    )

    assert line in shown.text
    surgery = await ann.say(ann.private(), "im 15, how much is back dimple surgery")
    assert library.entries["under-18"].short in surgery.text
    assert library.entries["cost"].short not in surgery.text


async def test_a_photo_is_not_looked_at_but_the_words_under_it_are(
    bot: Bot, desk: Desk, library: Library
) -> None:
    ann = bot.fake.person("ann")
    plain = await bot.heard(lambda: bot.post(ann, ann.private(), "my back", photo=True))
    assert plain.text.startswith(desk.wording.screens.no_text.title)
    shown = await bot.heard(lambda: bot.post(ann, ann.private(), CRISIS, photo=True))
    assert shown.text.startswith(title(library, "R1", "self-harm"))


async def test_an_edited_message_is_looked_at_again(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    await ann.say(ann.private(), "are they genetic")
    post = list(ann.private().messages.values())[-2]
    shown = await bot.heard(lambda: bot.fake.world.deliver(edited(post, CRISIS), edited=True))
    assert shown.text.startswith(title(library, "R1", "self-harm"))


async def test_an_emergency_is_answered_in_its_own_language(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "ich will mich umbringen")
    assert shown.text.startswith(title(library, "R1", "self-harm", "de"))
