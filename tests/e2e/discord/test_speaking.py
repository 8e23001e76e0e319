"""Fossae speaks unasked in a server's channels, as far as its moderators want that."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.dialogue.engine import Engine
from tests.alarming import EMERGENCY
from tests.e2e.discord.bot import link_to, words
from tests.e2e.discord.speaking import GENETIC, RARE, Talking, talking
from tests.e2e.fakes.discord_menus import CHANNELS, NotChoosable
from tests.e2e.fakes.discord_person import shown
from tests.e2e.fakes.discord_world import NEWS, WRITING, Permission
from tests.moderating import Clock

ANSWERED, OFFERED = "Are back dimples genetic?", "I may have an answer to that"
DISMISS, QUIET, READ = "Take this away", "Never speak to me unasked", "Read the answer"


@pytest.fixture
async def here(engine: Engine, communities: Communities) -> AsyncIterator[Talking]:
    """A server in which people talk."""
    async with talking(Desk(engine, communities)) as made:
        yield made


# The modes


async def test_nothing_is_said_before_a_moderator_wants_it(here: Talking) -> None:
    assert await here.says(here.mia, GENETIC) is None
    await here.chooses("Answer", here.server.channel("elsewhere"))
    assert await here.says(here.mia, GENETIC) is None
    assert here.spoken(here.channel) == []


async def test_a_channel_may_be_counted_in_silence(here: Talking) -> None:
    chosen = await here.chooses("Only count")
    assert chosen.edited and "Only count" in words(chosen)
    for question in (GENETIC, RARE):
        assert await here.says(here.mia, question) is None
    counted = await here.opened(here.channel)
    assert "I would have spoken 2 times" in words(counted)
    assert ANSWERED in words(counted) and here.spoken(here.channel) == []


async def test_an_offer_is_one_line_and_is_read_in_private(here: Talking) -> None:
    await here.chooses("Offer to answer")
    offer = await here.gets(here.mia, GENETIC)
    assert words(offer).startswith(OFFERED) and ANSWERED in words(offer)
    assert offer.buttons == [READ, DISMISS, QUIET] and not offer.ephemeral
    answer = await here.bob.press(offer, READ)
    assert answer.ephemeral and words(answer).startswith(ANSWERED)
    assert len(here.spoken(here.channel)) == 1


async def test_moderators_are_told_in_their_log_and_members_see_nothing(here: Talking) -> None:
    refused = await here.chooses("Tell the moderators")
    assert "There is no log channel yet" in words(refused)
    log = here.server.channel("faq-log")
    settings = await here.ann.slash(here.channel, "faq settings")
    menu = here.bot.desk.wording.faq_commands.log
    await here.ann.choose(settings, menu, "faq-log")
    await here.chooses("Tell the moderators")
    message = await here.mia.says(here.channel, GENETIC)
    assert await here.said_to(message) is None and here.spoken(here.channel) == []
    told = here.spoken(log)[-1]
    assert ANSWERED in words(told) and link_to(message) in told.text
    assert GENETIC not in told.text and here.mia.name not in told.text


async def test_without_a_log_channel_the_settings_and_the_doctor_name_where_nobody_is_told(
    here: Talking,
) -> None:
    here.server.channel("faq-log")
    settings = await here.ann.slash(here.channel, "faq settings")
    await here.ann.choose(settings, here.bot.desk.wording.faq_commands.log, "faq-log")
    chosen = await here.chooses("Tell the moderators")
    settings = await here.ann.press(chosen, "Settings")
    assert "can't: 1" not in words(settings)
    stopped = await here.ann.press(settings, "Tell no channel any more")
    doctor = await here.ann.slash(here.channel, "faq doctor")
    for told in (words(stopped), words(doctor)):
        assert "Channels where I am to tell the moderators, and can't: 1." in told
        assert f"• {here.channel.name}" in told


async def test_an_answer_says_why_it_is_given(here: Talking) -> None:
    await here.chooses("Answer")
    answer = await here.gets(here.mia, GENETIC)
    assert words(answer).startswith(ANSWERED)
    assert f"I speak up because this sounds like: “{ANSWERED}”" in words(answer)
    assert here.bot.desk.wording.notice in words(answer)
    assert answer.buttons[-2:] == [DISMISS, QUIET] and "Tell me more" in answer.buttons
    more = await here.bob.press(answer, "Tell me more")
    assert more.ephemeral and words(more).startswith(ANSWERED)


async def test_a_channel_of_news_and_a_forum_can_be_chosen_and_a_thread_can_not(
    here: Talking,
) -> None:
    here.server.channel("news").kind = NEWS
    here.server.forum("questions")
    here.server.thread("a thread")
    for name in ("news", "questions"):
        (channel,) = (one for one in here.server.channels if one.name == name)
        assert "This channel" in words(await here.opened(channel))
    with pytest.raises(NotChoosable):
        await here.opened(here.server.channels[-1])


async def test_another_servers_channel_is_no_choice(here: Talking) -> None:
    settings = await here.ann.slash(here.channel, "faq settings")
    listed = await here.ann.press(settings, "Speaking unasked")
    foreign = here.bot.channel()
    again = await here.ann.choose_forged(listed, "speak:", CHANNELS, [foreign.id])
    assert words(again) == words(listed)


async def test_a_member_chooses_nothing(here: Talking) -> None:
    one = await here.opened(here.channel)
    listed = await here.ann.press(
        await here.ann.slash(here.channel, "faq settings"), "Speaking unasked"
    )
    screen = await here.mia.slash(here.channel, "topics")
    for custom_id in (*one.custom_ids.values(), *listed.custom_ids.values()):
        assert "This is for" in words(await here.mia.press_id(screen, custom_id))


async def test_the_channel_where_the_settings_are_opened_is_one_press_away(here: Talking) -> None:
    settings = await here.ann.slash(here.channel, "faq settings")
    listed = await here.ann.press(settings, "Speaking unasked")
    one = await here.ann.press(listed, "This channel")
    await here.ann.press(one, "Answer")
    assert await here.says(here.mia, GENETIC)


# What is left alone


@pytest.mark.parametrize(
    "text", ["mine are genetic", "lol", "nice weather today", "https://example.org/dimples", "?"]
)
async def test_what_asks_nothing_is_left_alone(here: Talking, text: str) -> None:
    await here.chooses("Answer")
    assert await here.says(here.mia, text) is None


async def test_what_people_say_to_each_other_is_left_alone(here: Talking) -> None:
    await here.chooses("Answer")
    first = await here.bob.says(here.channel, "look at mine")
    assert await here.says(here.mia, GENETIC, to=first) is None
    assert await here.says(here.mia, GENETIC, to=first, quietly=True) is None
    role = here.server.role("Helpers")
    for named in (f"<@{here.bob.id}>", f"<@&{role.id}>"):
        assert await here.says(here.mia, f"{named} {GENETIC}") is None
    here.server.grant(here.mia, Permission.MENTION_EVERYONE)
    assert await here.says(here.mia, f"@everyone {GENETIC}") is None
    assert here.spoken(here.channel) == []


async def test_who_names_the_bot_is_not_answered_unasked(here: Talking) -> None:
    await here.chooses("Answer")
    assert await here.says(here.mia, f"<@{here.bot.fake.bot.id}> {GENETIC}") is None


async def test_bots_webhooks_and_discord_itself_are_left_alone(here: Talking) -> None:
    await here.chooses("Answer")
    other = here.bot.fake.person("other")
    assert await here.says(other, GENETIC, webhook=True) is None
    assert await here.says(here.mia, GENETIC, kind=18) is None  # Discord: "... started a thread"
    other.bot = True
    assert await here.says(other, GENETIC) is None
    assert await here.says(here.mia, "") is None


async def test_only_what_opens_a_thread_is_answered_in_it(here: Talking) -> None:
    await here.chooses("Answer")
    said = await here.mia.says(here.channel, "look at this")
    thread = await here.mia.threads_from(said, "A thread")
    assert await here.says(here.mia, GENETIC, where=thread, later=timedelta(minutes=1)) is None
    assert await here.says(here.bob, GENETIC, where=thread) is None
    opener = await here.mia.threads(here.channel, "Dimples", GENETIC)
    assert await here.said_to(opener)
    assert await here.says(here.bob, RARE, where=opener.channel) is None


async def test_a_thread_whose_first_message_came_late_is_left_alone(here: Talking) -> None:
    await here.chooses("Answer")
    late = await here.mia.threads(here.channel, "Dimples", RARE, later=timedelta(minutes=1))
    assert await here.said_to(late) is None


async def test_a_post_is_understood_with_its_title(here: Talking) -> None:
    forum = here.server.forum("questions")
    await here.chooses("Answer", forum)
    post = await here.mia.posts(forum, "Are back dimples genetic", "My mother has them.")
    answer = await here.said_to(post)
    assert answer and words(answer).startswith(ANSWERED)
    silent = await here.mia.posts(forum, "Are back dimples genetic", "")
    assert await here.said_to(silent) is None  # it was answered here a moment ago
    assert await here.says(here.mia, RARE, where=post.channel) is None


async def test_the_same_answer_waits_until_the_pause_is_over(here: Talking, clock: Clock) -> None:
    other = here.server.channel("other")
    for channel in (here.channel, other):
        await here.chooses("Answer", channel)
    assert await here.says(here.mia, GENETIC)
    assert await here.says(here.bob, GENETIC) is None
    assert await here.says(here.bob, RARE)
    assert await here.says(here.bob, GENETIC, where=other)
    clock.now += timedelta(hours=7)
    assert await here.says(here.bob, GENETIC)


# Taking it away


@pytest.mark.parametrize("mode", ["Answer", "Offer to answer"])
async def test_whoever_was_asked_takes_it_away(here: Talking, mode: str) -> None:
    await here.chooses(mode)
    answer = await here.gets(here.mia, GENETIC)
    await here.mia.press(answer, DISMISS)
    assert here.spoken(here.channel) == [] and here.mia.sees(here.channel) != []


async def test_also_after_the_message_was_deleted_and_a_restart(here: Talking) -> None:
    await here.chooses("Answer")
    message = await here.mia.says(here.channel, GENETIC)
    answer = await here.said_to(message)
    await here.mia.deletes(message)
    await here.bot.restart()
    assert answer
    await here.mia.press(answer, DISMISS)
    assert here.spoken(here.channel) == []


async def test_a_moderator_takes_it_away(here: Talking) -> None:
    await here.chooses("Answer")
    await here.bob.press(await here.gets(here.mia, GENETIC), DISMISS)
    assert here.spoken(here.channel) == []


async def test_nobody_else_does(here: Talking) -> None:
    await here.chooses("Answer")
    answer, other = await here.gets(here.mia, GENETIC), here.bot.fake.person("other")
    refused = await other.press(answer, DISMISS)
    assert refused.ephemeral and words(refused).startswith("This wasn't said to you")
    assert len(here.spoken(here.channel)) == 1
    forged = await other.press_id(answer, "d" + "0" * 12)
    assert forged.ephemeral and len(here.spoken(here.channel)) == 1


async def test_what_is_not_taken_away_stays_as_it_is(here: Talking) -> None:
    await here.chooses("Answer")
    answer, other = await here.gets(here.mia, GENETIC), here.bot.fake.person("other")
    await other.press(answer, DISMISS)
    assert not here.mia.look(answer).edited and here.mia.look(answer).buttons == answer.buttons


# Never unasked


async def test_a_member_is_never_spoken_to_again_until_she_wants_it(
    here: Talking, clock: Clock
) -> None:
    await here.chooses("Answer")
    quiet = await here.mia.press(await here.gets(here.mia, GENETIC), QUIET)
    assert quiet.ephemeral and words(quiet).startswith("I won't speak to you unasked")
    clock.now += timedelta(hours=7)
    assert await here.says(here.mia, RARE) is None
    assert await here.says(here.bob, GENETIC)
    clock.now += timedelta(hours=7)
    again = await here.mia.press(quiet, "Speak to me unasked again")
    assert again.edited and words(again).startswith("I may speak to you unasked again")
    assert await here.says(here.mia, RARE)


async def test_from_privacy_and_back(here: Talking) -> None:
    await here.chooses("Answer")
    privacy = await here.mia.slash(here.channel, "privacy")
    quiet = await here.mia.press(privacy, QUIET)
    assert quiet.edited and quiet.ephemeral
    assert await here.says(here.mia, GENETIC) is None
    await here.mia.press(quiet, "Speak to me unasked again")
    assert await here.says(here.mia, GENETIC)


async def test_who_presses_it_at_another_ones_answer_means_herself(here: Talking) -> None:
    await here.chooses("Answer")
    other = here.bot.fake.person("other")
    await other.press(await here.gets(here.mia, GENETIC), QUIET)
    assert await here.says(other, RARE) is None
    assert await here.says(here.mia, RARE)


# Safety


async def test_an_emergency_gets_the_neutral_line(here: Talking) -> None:
    await here.chooses("Answer")
    assert await here.says(here.mia, f"{EMERGENCY}, what can i do?") is None  # as a reply to it
    said = shown(here.spoken(here.channel)[-1])
    assert EMERGENCY not in said.text and here.mia.name not in said.text
    assert DISMISS in said.buttons and QUIET not in said.buttons
    asked = await here.bob.slash(here.channel, "ask", question=EMERGENCY)
    assert asked.ephemeral and words(asked) != words(said)


async def test_an_emergency_says_nothing_where_nothing_is_wanted(here: Talking) -> None:
    assert await here.says(here.mia, f"{EMERGENCY}, what can i do?") is None


@pytest.mark.parametrize("mode", ["Answer", "Offer to answer"])
async def test_nothing_of_a_message_is_echoed(here: Talking, mode: str) -> None:
    await here.chooses(mode)
    said = await here.gets(here.mia, f"@everyone **{ANSWERED}** [a](https://evil.example)")
    for part in ("everyone", "**", "evil.example"):
        assert part not in said.text
    assert here.bot.fake.pings == []


# Trouble


@pytest.mark.parametrize(
    "lacking",
    ["VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS", "READ_MESSAGE_HISTORY"],
)
async def test_where_it_may_not_answer_it_is_silent(here: Talking, lacking: str) -> None:
    closed = here.server.channel("closed", WRITING & ~Permission[lacking])
    await here.chooses("Answer", closed)
    if lacking == "VIEW_CHANNEL":
        await here.mia.says(closed, GENETIC)
    else:
        assert await here.says(here.mia, GENETIC, where=closed) is None
        assert here.bot.journal.written.count("discord unasked action=skipped") == 1
    assert here.bot.fake.refusals == []


async def test_in_a_thread_it_needs_the_permission_for_threads(here: Talking) -> None:
    closed = here.server.channel("closed", WRITING & ~Permission.SEND_MESSAGES_IN_THREADS)
    await here.chooses("Answer", closed)
    opener = await here.mia.threads(closed, "Dimples", GENETIC)
    assert await here.said_to(opener) is None
    assert "action=skipped reason=permissions" in here.bot.journal.written


async def test_a_permission_taken_a_moment_ago_is_no_fault(here: Talking) -> None:
    await here.chooses("Answer")
    here.channel.own_app_permissions = WRITING & ~Permission.SEND_MESSAGES
    assert await here.says(here.mia, GENETIC) is None
    assert "action=skipped reason=forbidden" in here.bot.journal.written


async def test_a_message_that_is_gone_meanwhile_is_not_answered(here: Talking) -> None:
    await here.chooses("Answer")
    overhear = here.bot.desk.overhear
    message = await here.mia.says(here.server.channel("other"), "first")

    async def slow(*heard: object) -> object:
        here.channel.everything[-1].delete()
        return await overhear(*heard)  # type: ignore[arg-type]

    here.bot.desk.overhear = slow  # type: ignore[method-assign,assignment]
    await here.said_to(message)
    assert await here.says(here.mia, GENETIC) is None and here.spoken(here.channel) == []
    assert "action=skipped reason=gone" in here.bot.journal.written


async def test_the_log_knows_nothing_of_what_was_said(here: Talking) -> None:
    await here.chooses("Answer")
    message = await here.mia.says(here.channel, GENETIC)
    assert await here.said_to(message)
    for secret in (GENETIC, message.id, here.mia.id, here.mia.name, here.channel.id):
        assert secret not in here.bot.journal.written


async def test_a_fault_is_said_to_nobody_and_logged_without_the_message(here: Talking) -> None:
    await here.chooses("Answer")
    wrong = ValueError(f"can't read {GENETIC} of {here.mia.id}")
    here.bot.desk.overhear = AsyncMock(side_effect=wrong)  # type: ignore[method-assign]
    assert await here.says(here.mia, GENETIC) is None
    (line,) = here.bot.journal.take("ERROR")
    assert "discord fault kind=overheard error=ValueError at=" in line.getMessage()
    assert "hearing.py:" in line.getMessage() and not line.exc_info
    assert here.spoken(here.channel) == []


async def test_a_breakdown_of_discords_is_said_to_nobody(here: Talking) -> None:
    await here.chooses("Answer")
    here.bot.fake.break_down("/channels/{channel_id}/messages", 400)
    assert await here.says(here.mia, GENETIC) is None
    (line,) = here.bot.journal.take("ERROR")
    assert "kind=overheard error=HTTPException" in line.getMessage()


async def test_what_was_said_while_the_connection_was_lost_is_answered_once(here: Talking) -> None:
    await here.chooses("Answer")
    await here.bot.fake.drop_connection()
    message = await here.mia.says(here.channel, GENETIC)
    assert await here.said_to(message) and len(here.spoken(here.channel)) == 1


async def test_what_was_taken_away_by_two_at_once_is_no_fault(here: Talking) -> None:
    await here.chooses("Answer")
    answer = await here.gets(here.mia, GENETIC)
    await asyncio.gather(here.mia.press(answer, DISMISS), here.bob.press(answer, DISMISS))
    assert here.spoken(here.channel) == []
    here.bot.journal.take("WARNING")


async def test_a_question_that_is_overheard_delays_no_other(here: Talking) -> None:
    await here.chooses("Answer")
    for number in range(40):
        await here.mia.says(here.channel, f"{GENETIC} {number}")
    answer = await here.bob.slash(here.channel, "ask", question=GENETIC)
    assert words(answer).startswith(ANSWERED)
