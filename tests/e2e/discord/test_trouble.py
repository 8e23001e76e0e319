"""Fossae on Discord when something goes wrong: late, broken, cut off, turned away."""

import asyncio
from typing import Any

import pytest

from bots.desk import Desk
from bots.discord import service
from bots.refusal import Refused
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.reply import Suggestion, Turn
from core.dialogue.request import Request
from tests.e2e.discord.bot import Bot, prepared, running, settings_for, until, words
from tests.e2e.fakes.discord_gateway import MESSAGE_CONTENT
from tests.e2e.fakes.discord_guilds import GUILDS
from tests.e2e.fakes.discord_person import Person
from tests.e2e.fakes.discord_talk import GUILD_MESSAGES

QUESTION = "are they genetic"


@pytest.fixture
def ann(bot: Bot) -> Person:
    """Somebody."""
    return bot.fake.person("ann")


class BrokenDesk(Desk):
    """A desk that breaks, with whatever `secret` it holds in its hands."""

    secret = ""

    async def reply(self, request: Request, place: Place, actor: str | None = None) -> Turn:
        raise RuntimeError(f"broken {self.secret}")

    async def press(self, token: str, place: Place, actor: str | None = None) -> Turn:
        raise RuntimeError(f"broken {self.secret}")

    async def suggest(self, text: str, most: int, place: Place) -> tuple[Suggestion, ...]:
        raise RuntimeError(f"broken {self.secret}")


def said(bot: Bot, level: str) -> list[str]:
    """What was logged at a level, as declared by the test."""
    return [record.getMessage() for record in bot.journal.take(level)]


# Too late


async def test_a_press_that_expired_is_logged_once_and_dropped(bot: Bot, ann: Person) -> None:
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION)
    for _ in range(2):
        assert (await ann.press(shown, "Tell me more", expire=True)).failed
        await until(bot.journal.loud)
        assert said(bot, "WARNING") == ["discord late reason=expired action=dropped"]
    assert len(ann.sees(shown.channel)) == 1
    assert "Traceback" not in bot.journal.written


async def test_a_press_on_a_private_answer_that_expired_leaves_it(bot: Bot, ann: Person) -> None:
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION, private=True)
    assert (await ann.press(shown, "Tell me more", expire=True)).failed
    await until(bot.journal.loud)
    assert said(bot, "WARNING") == ["discord late reason=expired action=dropped"]
    assert words(ann.look(shown)) == words(shown)


@pytest.mark.parametrize("command", ["ask", "topics"])
async def test_a_command_that_expired_is_logged_once_and_dropped(
    bot: Bot, ann: Person, command: str
) -> None:
    given = {"question": QUESTION} if command == "ask" else {}
    assert (await bot.sent(ann, bot.channel(), command, expire=True, **given)).failed
    await until(bot.journal.loud)
    assert said(bot, "WARNING") == ["discord late reason=expired action=dropped"]


async def test_suggestions_that_expired_are_logged_once_and_dropped(bot: Bot, ann: Person) -> None:
    await bot.typed_in_vain(ann, bot.channel(), "are back dimples")
    await until(lambda: len(bot.fake.refusals) == 2)
    await bot.stop()
    assert said(bot, "WARNING") == ["discord late reason=expired action=dropped"]
    assert "Traceback" not in bot.journal.written


async def test_sharing_that_expired_is_logged_once_and_shares_nothing(
    bot: Bot, ann: Person
) -> None:
    channel = bot.channel()
    answer = await ann.context_menu(channel.post(ann, QUESTION), "Answer this")
    assert (await ann.press(answer, "Show it to everyone here", expire=True)).failed
    await until(bot.journal.loud)
    assert said(bot, "WARNING") == ["discord late reason=expired action=dropped"]
    assert len(channel.messages) == 1


async def test_of_two_replicas_one_answers_and_the_other_notes_it(bot: Bot, ann: Person) -> None:
    stop = asyncio.Event()
    other = asyncio.create_task(service.run(bot.settings, bot.desk, stop))
    await until(lambda: len(bot.fake.gateway.connected) == 2)
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION)
    await until(bot.journal.loud)
    stop.set()
    await other
    assert said(bot, "WARNING") == ["discord late reason=answered action=dropped"]
    assert words(shown).startswith("Are back dimples genetic?")
    assert "40060" in bot.fake.faults.pop()


async def test_a_press_on_what_was_dismissed_meanwhile_is_dropped(bot: Bot, ann: Person) -> None:
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION, private=True)
    pressing = asyncio.create_task(ann.press(shown, "Tell me more"))
    bot.fake.rate_limit("/callback", 0.05)
    await until(lambda: not bot.fake._state.rate_limits)
    ann.dismiss(shown)
    await until(lambda: bot.fake.refusals)
    pressing.cancel()
    await bot.stop()
    _limited, late = said(bot, "WARNING")
    assert late == "discord late reason=gone action=dropped"


# Our own fault


async def test_a_fault_of_ours_is_logged_once_and_apologised_for(engine: Engine) -> None:
    async with running(BrokenDesk(engine)) as bot:
        channel, ann = bot.channel(), bot.fake.person("ann")
        BrokenDesk.secret = bot.fake.token
        apology = bot.desk.screens.failure()
        for shown in (
            await ann.slash(channel, "ask", question="a question nobody else may read"),
            await ann.slash(channel, "topics"),
            await ann.context_menu(channel.post(ann, "what somebody wrote"), "Answer this"),
        ):
            assert shown.ephemeral and words(shown) == "\n".join(
                [apology.title, *apology.paragraphs]
            )
            assert shown.buttons == []
        errors = bot.journal.take("ERROR")
        assert [record.getMessage() for record in errors] == [
            "discord fault kind=application_command"
        ] * 3
        assert all(record.exc_info for record in errors)
        assert bot.journal.written.count("RuntimeError: broken [token]") == 3
        assert len(channel.messages) == 1


@pytest.mark.parametrize("private", [True, False])
async def test_a_fault_after_a_press_leaves_the_message_and_apologises(
    engine: Engine, desk: Desk, *, private: bool
) -> None:
    async with running(desk) as bot:
        channel, ann = bot.channel(), bot.fake.person("ann")
        shown = await ann.slash(channel, "ask", question=QUESTION, private=private)
        await bot.stop()
        bot.desk = BrokenDesk(engine)
        await bot.start()
        sorry = await ann.press(shown, "Tell me more")
        assert sorry.ephemeral and sorry.id != shown.id and words(ann.look(shown)) == words(shown)
        assert words(sorry).startswith("That went wrong on my side")
        assert said(bot, "ERROR") == ["discord fault kind=component"]


async def test_a_fault_while_typing_suggests_nothing(engine: Engine) -> None:
    async with running(BrokenDesk(engine)) as bot:
        ann = bot.fake.person("ann")
        assert await ann.typing(bot.channel(), "ask", question="what nobody may read") == []
        assert said(bot, "ERROR") == ["discord fault kind=autocomplete"]


async def test_a_fault_whose_apology_comes_too_late_is_dropped(engine: Engine) -> None:
    async with running(BrokenDesk(engine)) as bot:
        ann = bot.fake.person("ann")
        assert (await bot.sent(ann, bot.channel(), "topics", expire=True)).failed
        await until(lambda: len(bot.journal.loud()) == 2)
        assert said(bot, "ERROR") == ["discord fault kind=application_command"]
        assert said(bot, "WARNING") == ["discord apology failed error=NotFound"]


async def test_discords_own_breakdown_is_waited_out(bot: Bot, ann: Person) -> None:
    bot.fake.rate_limit("/callback", 0.05)
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION)
    assert words(shown).startswith("Are back dimples genetic?")
    (limited,) = said(bot, "WARNING")
    assert "rate limited" in limited


# Coming and going


async def test_a_stop_lets_what_was_begun_be_finished(bot: Bot, ann: Person) -> None:
    bot.fake.rate_limit("/callback", 0.2)
    channel = bot.channel()
    asking = asyncio.create_task(ann.slash(channel, "ask", question=QUESTION))
    await until(lambda: bot.fake._state.interactions and not bot.fake._state.rate_limits)
    await bot.stop()
    assert words(await asking).startswith("Are back dimples genetic?")
    assert len(said(bot, "WARNING")) == 1


async def test_it_says_when_it_comes_and_goes(bot: Bot) -> None:
    await until(lambda: "discord ready" in bot.journal.written)
    await bot.stop()
    assert [record.getMessage() for record in bot.journal.take("INFO")] == [
        "discord ready",
        "discord stopped",
    ]


async def test_a_connection_that_was_cut_is_resumed_and_nothing_is_lost(
    bot: Bot, ann: Person
) -> None:
    channel = bot.channel()
    await bot.fake.drop_connection()
    shown = await ann.slash(channel, "ask", question=QUESTION)
    assert words(shown).startswith("Are back dimples genetic?")
    assert (bot.fake.gateway.identifies, bot.fake.gateway.resumes) == (1, 1)


async def test_it_reconnects_when_discord_asks_it_to(bot: Bot, ann: Person) -> None:
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION)
    await bot.fake.ask_to_reconnect()
    assert (await ann.press(shown, "Tell me more")).ephemeral
    assert (bot.fake.gateway.identifies, bot.fake.gateway.resumes) == (1, 1)


async def test_an_invalid_session_that_can_be_resumed_is_resumed(bot: Bot, ann: Person) -> None:
    await bot.fake.invalidate_session(resumable=True)
    assert (await ann.slash(bot.channel(), "topics")).buttons
    assert (bot.fake.gateway.identifies, bot.fake.gateway.resumes) == (1, 1)


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4000, 4009])
async def test_it_comes_back_whatever_the_good_bye(bot: Bot, ann: Person, code: int) -> None:
    await bot.fake.gateway.drop(code)
    assert (await ann.slash(bot.channel(), "topics")).buttons


async def test_an_outage_is_a_line_in_the_log_and_does_not_hold_up_a_stop(desk: Desk) -> None:
    async with prepared(desk) as bot:
        bot.fake.gateway._url = lambda: "ws://127.0.0.1:9"
        await bot.start()
        await bot.fake.drop_connection()
        await until(bot.journal.loud)
        async with asyncio.timeout(3):
            await bot.stop()
        line, *more = said(bot, "WARNING")
        assert line.startswith("discord connection lost error=ClientConnectorError retry=")
        assert "Traceback" not in bot.journal.written and len(more) < 3


async def test_a_long_wait_to_be_let_in_does_not_hold_up_a_stop(desk: Desk) -> None:
    async with prepared(desk) as bot:
        stop = asyncio.Event()
        bot.fake.rate_limit("/users/@me", 600)
        entering = asyncio.create_task(service.run(bot.settings, bot.desk, stop))
        await until(bot.journal.loud)
        stop.set()
        async with asyncio.timeout(3):
            await entering
        (limited,) = said(bot, "WARNING")
        assert "rate limited" in limited


async def test_it_asks_to_hear_of_servers_and_of_nothing_else(bot: Bot) -> None:
    assert [session.intents for session in bot.fake.gateway.sessions] == [GUILDS]


async def test_where_it_is_set_it_asks_for_messages_as_well(desk: Desk) -> None:
    async with prepared(desk) as bot:
        bot.fake.grant_messages()
        bot.settings = settings_for(bot.fake, discord_messages=True)
        await bot.start()
        asked = GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT
        assert [each.intents for each in bot.fake.gateway.sessions] == [asked]


async def test_commands_keep_their_ids_over_a_restart(bot: Bot) -> None:
    before = [command["id"] for command in bot.fake.commands]
    await bot.restart()
    assert [command["id"] for command in bot.fake.commands] == before


# Turned away


async def turned_away(bot: Bot, **other: Any) -> str:
    """What an operator is told."""
    stop = asyncio.Event()
    with pytest.raises(Refused) as refused:
        await service.run(settings_for(bot.fake, **other), bot.desk, stop)
    assert bot.fake.token not in str(refused.value)
    assert "Traceback" not in bot.journal.written
    return str(refused.value)


async def test_a_wrong_token_is_refused_in_words_without_it(desk: Desk) -> None:
    async with prepared(desk) as bot:
        told = await turned_away(bot, discord_token="a.wrong.token")
        assert "FOSSAE_DISCORD_TOKEN" in told and "Reset Token" in told
        assert "a.wrong.token" not in told and "a.wrong.token" not in bot.journal.written


async def test_an_intent_that_discord_refuses_is_told_in_words(desk: Desk) -> None:
    async with prepared(desk) as bot:
        told = await turned_away(bot, discord_messages=True)
        assert "switch on Message Content Intent" in told
        assert "or unset FOSSAE_DISCORD_MESSAGES" in told
        assert "closed with 4014" in bot.fake.faults.pop()


async def test_an_api_that_is_not_there_is_told_in_words(desk: Desk) -> None:
    async with prepared(desk) as bot:
        told = await turned_away(bot, discord_api_url="http://127.0.0.1:9")
        assert told.startswith("Discord can't be reached")


async def test_an_api_that_is_broken_is_told_in_words(desk: Desk) -> None:
    async with prepared(desk) as bot:
        bot.fake.break_down("/users/@me", 503)
        assert "503" in await turned_away(bot)


async def test_an_api_that_is_something_else_is_told_in_words(desk: Desk) -> None:
    async with prepared(desk) as bot:
        told = await turned_away(bot, discord_api_url=bot.fake.api_url + "/nonsense")
        assert "501" in told and "FOSSAE_DISCORD_API_URL" in told
        assert bot.fake.faults.pop().startswith("unknown route")


async def test_a_gateway_that_is_not_there_is_told_in_words(desk: Desk) -> None:
    async with prepared(desk) as bot:
        told = await turned_away(bot, discord_gateway_url="ws://127.0.0.1:9")
        assert "gateway" in told and "FOSSAE_DISCORD_GATEWAY_URL" in told
        (line,) = said(bot, "WARNING")
        assert line.startswith("discord connection lost error=ClientConnectorError")


async def test_a_token_that_is_reset_while_it_runs_is_told_in_words(desk: Desk) -> None:
    async with running(desk) as bot:
        await bot.fake.gateway.drop(4004)
        await until(lambda: bot.over)
        with pytest.raises(Refused, match="FOSSAE_DISCORD_TOKEN"):
            await bot.stop()


async def test_a_connection_that_discord_forbids_is_told_in_words(desk: Desk) -> None:
    async with running(desk) as bot:
        await bot.fake.gateway.drop(4013)
        await until(lambda: bot.over)
        with pytest.raises(Refused, match="4013"):
            await bot.stop()


async def test_a_bot_told_to_stop_before_it_is_in_leaves_quietly(desk: Desk) -> None:
    async with prepared(desk) as bot:
        stop = asyncio.Event()
        stop.set()
        await service.run(bot.settings, bot.desk, stop)
