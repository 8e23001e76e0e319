"""Safety rules on Discord: to the person alone, whatever was asked and wherever."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.content.library import Library
from tests.e2e.discord_bot import Bot, running, words

CRISIS = "i cant do this anymore i want to kill myself"
STOPS = [
    ("R1", "self-harm", CRISIS),
    ("R1", "spine", "my legs are numb and i cant pee since this morning"),
    ("R6", "target", "give me a body fat target for back dimples"),
    ("R11", "rating", "rate my back dimples out of 10"),
]


@pytest.fixture
async def bot(desk: Desk) -> AsyncIterator[Bot]:
    """Fossae, running; at the end its log is searched for what was said."""
    async with running(desk) as started:
        yield started


def title(library: Library, rule: str, message: str) -> str:
    """The title of a rule's text."""
    texts = (t for x in library.lexicons if x.language == "en" for t in x.texts)
    return next(t.title for t in texts if (t.rule, t.message) == (rule, message))


@pytest.mark.parametrize(("rule", "message", "text"), STOPS)
async def test_a_slash_command_is_answered_to_the_person_alone(
    bot: Bot, library: Library, rule: str, message: str, text: str
) -> None:
    channel, ann, ben = bot.channel(), bot.fake.person("ann"), bot.fake.person("ben")
    shown = await ann.slash(channel, "ask", question=text)

    assert shown.ephemeral and channel.messages == [] and ben.sees(channel) == []
    assert words(shown).startswith(title(library, rule, message))
    assert bool(shown.buttons) == (rule != "R1")


async def test_an_emergency_has_numbers_with_their_day(bot: Bot) -> None:
    shown = await bot.fake.person("ann").slash(bot.channel(), "ask", question=CRISIS)

    assert "If you are in the US: 988 Lifeline, 988 (checked 2026-11-25)" in words(shown)


async def test_nothing_is_suggested_to_someone_in_an_emergency(bot: Bot) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    assert await ann.type(channel, "ask", question=CRISIS) == []
    assert await ann.type(channel, "ask", question="are they gen") != []


async def test_about_someones_message_the_presser_alone_is_answered_and_cannot_share_it(
    bot: Bot, desk: Desk, library: Library
) -> None:
    ann, ben, channel = bot.fake.person("ann"), bot.fake.person("ben"), bot.channel()
    said = ben.post(channel, CRISIS)
    shown = await ann.menu(said, desk.wording.commands.answer_this)

    assert shown.ephemeral and shown.buttons == []
    assert words(shown).startswith(title(library, "R1", "self-harm"))


async def test_someone_under_18_is_answered_with_a_line_and_nothing_for_adults(
    bot: Bot, library: Library
) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    shown = await ann.slash(channel, "ask", question="im 15, are back dimples genetic")
    (line,) = (
        t.says[0]
        for x in library.lexicons
        for t in x.texts
        if (t.rule, t.message) == ("R7", "young")
    )

    assert line in words(shown)
    surgery = await ann.slash(channel, "ask", question="im 15, how much is back dimple surgery")
    assert library.entries["under-18"].short in words(surgery)
