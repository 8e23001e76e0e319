"""/faq replay: what Fossae would have said, before anybody lets it speak."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from bots.discord import hearing
from core.community.communities import Communities
from core.dialogue.engine import Engine
from tests.alarming import EMERGENCY
from tests.e2e.discord.bot import running, words
from tests.e2e.discord.moderating import gym
from tests.e2e.discord.speaking import GENETIC, RARE, Talking, talking
from tests.e2e.fakes.discord_person import NotPossible, Shown
from tests.e2e.fakes.discord_world import WRITING, Permission

ROUTE = "/channels/{channel_id}/messages"


@pytest.fixture
async def here(engine: Engine, communities: Communities) -> AsyncIterator[Talking]:
    """A server in which people talk."""
    async with talking(Desk(engine, communities)) as made:
        yield made


async def replayed(here: Talking, **given: int) -> Shown:
    """What a moderator is shown."""
    shown = await here.ann.slash(here.channel, "faq replay", **given)
    assert shown.ephemeral and here.spoken(here.channel) == []
    return shown


def pages(here: Talking) -> int:
    """How often Discord was asked for what was said."""
    return [(one.method, one.route) for one in here.bot.fake.requests].count(("GET", ROUTE))


async def test_it_shows_what_it_would_have_said_and_says_nothing(here: Talking) -> None:
    for text in (GENETIC, "lol", "nice", RARE, GENETIC):
        here.channel.post(here.mia, text)
    shown = await replayed(here)
    assert "Of the last 5 messages by people, 3 asked something. I would have answered 2." in words(
        shown
    )
    assert "“are they genetic?”: I would have answered “Are back dimples genetic?”" in words(shown)


async def test_what_people_said_to_each_other_and_bots_counts_as_it_would_have(
    here: Talking,
) -> None:
    first = here.channel.post(here.bob, "look at mine")
    here.channel.post(here.mia, GENETIC, reply_to=first)
    other = here.bot.fake.person("other")
    other.bot = True
    here.channel.post(other, GENETIC)
    here.channel.post(here.mia, "")
    shown = await replayed(here)
    assert "Of the last 2 messages by people, 0 asked something." in words(shown)


async def test_only_as_many_messages_are_read_as_are_wanted(here: Talking) -> None:
    here.channel.post(here.mia, GENETIC)
    for number in range(150):
        here.channel.post(here.mia, f"message {number}")
    assert "Of the last 50 messages" in words(await replayed(here))
    assert pages(here) == 1
    few, many = await replayed(here, number=10), await replayed(here, number=200)
    assert "Of the last 10 messages" in words(few) and "answered 1" in words(many)
    assert "Of the last 151 messages by people, 1 asked something." in words(many)


async def test_a_channel_full_of_bots_is_not_read_to_its_end(
    here: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "LOOKED_AT", 200)
    other = here.bot.fake.person("other")
    other.bot = True
    here.channel.post(here.mia, GENETIC)
    here.channel.post(here.mia, GENETIC)
    for _ in range(199):
        here.channel.post(other, "beep")
    assert "Of the last 1 messages" in words(await replayed(here, number=10))
    assert pages(here) == 2


async def test_a_post_is_replayed_with_its_title(here: Talking) -> None:
    forum = here.server.forum("questions")
    post = await here.mia.posts(forum, "Are back dimples genetic", "My mother has them.")
    shown = await here.ann.slash(post.channel, "faq replay")
    assert "I would have answered 1." in words(shown)


async def test_an_emergency_is_counted_and_not_quoted(here: Talking) -> None:
    here.channel.post(here.mia, f"{EMERGENCY}?")
    shown = await replayed(here)
    assert "Messages where a safety rule would have spoken: 1." in words(shown)
    assert EMERGENCY not in words(shown)


async def test_markup_in_what_was_said_stays_words(here: Talking) -> None:
    here.channel.post(here.mia, f"@everyone **{GENETIC}** are back dimples genetic?")
    shown = await replayed(here)
    assert "I would have answered 1." in words(shown)
    assert here.bot.fake.pings == []


async def test_without_the_permission_to_read_it_says_what_is_missing(here: Talking) -> None:
    closed = here.server.channel("closed", WRITING & ~Permission.READ_MESSAGE_HISTORY)
    closed.post(here.mia, GENETIC)
    shown = await here.ann.slash(closed, "faq replay")
    assert shown.ephemeral and words(shown).startswith("I can't read this channel")
    assert pages(here) == 0


async def test_a_channel_where_nobody_has_said_anything_can_be_read(here: Talking) -> None:
    assert "Of the last 0 messages by people" in words(await replayed(here))


async def test_without_the_intent_it_says_what_is_missing(
    engine: Engine, communities: Communities
) -> None:
    async with running(Desk(engine, communities)) as bot:
        made = gym(bot)
        made.channel.post(made.mia, GENETIC)
        shown = await made.ann.slash(made.channel, "faq replay")
        assert shown.ephemeral and words(shown).startswith("I don't hear what is said here")
        assert "FOSSAE_DISCORD_MESSAGES" in words(shown)
        assert all(request.route != ROUTE for request in bot.fake.requests)


async def test_a_channel_that_takes_long_to_read_is_waited_for(
    here: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.discord.saying.PATIENCE", 0.0)
    here.channel.post(here.mia, GENETIC)
    assert "I would have answered 1." in words(await replayed(here))


async def test_members_replay_nothing(here: Talking) -> None:
    with pytest.raises(NotPossible):
        await here.mia.slash(here.channel, "faq replay")


@pytest.mark.parametrize("number", [9, 201])
async def test_discord_itself_keeps_the_number_within_bounds(here: Talking, number: int) -> None:
    with pytest.raises(AssertionError, match="does not take"):
        await here.ann.slash(here.channel, "faq replay", number=number)
    late = await here.bot.sent(here.ann, here.channel, "faq replay", number=number)
    assert late.ephemeral
