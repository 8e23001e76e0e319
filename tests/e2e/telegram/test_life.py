"""Fossae on Telegram as its operator knows it: starting, stopping, logs, faults."""

import asyncio
import logging
from typing import Any

import pytest
from telegram import Bot as TelegramBot
from telegram import BotCommand

from bots.desk import Desk
from bots.refusal import Refused
from bots.telegram import commands, service
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.reply import Suggestion, Turn
from core.dialogue.request import Request
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.fakes.telegram_server import FakeTelegram
from tests.e2e.journal import logged
from tests.e2e.telegram.bot import (
    Bot,
    Listening,
    nothing_left,
    prepared,
    running,
    settings_for,
)

SECRET = "a secret worry about my back"


class Broken(Desk):
    """A desk that can do nothing but show its fixed screens."""

    async def reply(self, request: Request, place: Place, actor: str | None = None) -> Turn:
        """Break."""
        raise RuntimeError("the desk is broken")

    async def press(self, token: str, place: Place, actor: str | None = None) -> Turn:
        """Break."""
        raise RuntimeError("the desk is broken")

    async def suggest(self, text: str, most: int, place: Place) -> tuple[Suggestion, ...]:
        """Break."""
        raise RuntimeError("the desk is broken")


@pytest.fixture
def broken(engine: Engine) -> Desk:
    """A desk that can do nothing."""
    return Broken(engine)


def one_fault(bot: Bot) -> None:
    """There is one error in the log: a traceback, and nothing about anybody."""
    (fault,) = bot.journal.take("ERROR")
    assert fault.exc_info
    written = bot.journal.format(fault)
    assert "RuntimeError: the desk is broken" in written and "Traceback" in written
    assert SECRET not in written and bot.fake.token not in written


# Starting


async def test_the_commands_are_set_for_private_chats_and_for_groups(desk: Desk) -> None:
    async with running(desk) as bot:
        assert {scope for scope, _ in bot.fake.commands} == {
            "all_private_chats",
            "all_group_chats",
            "all_chat_administrators",
        }
        private = bot.fake.commands["all_private_chats", ""]
        assert [each["command"] for each in private] == [
            "ask",
            "topics",
            "check",
            "sources",
            "about",
            "privacy",
            "help",
        ]
        grouped = bot.fake.commands["all_group_chats", ""]
        members = ["ask", "topics", "check", "about", "privacy", "help", "propose"]
        assert [each["command"] for each in grouped] == members
        managing = bot.fake.commands["all_chat_administrators", ""]
        assert [each["command"] for each in managing] == [*members, "faq", "save", "teach"]
        assert grouped[0]["description"] == desk.wording.commands.ask


async def test_commands_are_set_only_where_they_are_out_of_step(desk: Desk) -> None:
    async with prepared(desk) as bot:
        await bot.start()
        assert len(bot.fake.asked("setMyCommands")) == 3
        await bot.stop()
        await bot.start()
        assert len(bot.fake.asked("setMyCommands")) == 3
        await bot.stop()
        bot.fake.commands["all_group_chats", ""].reverse()
        await bot.start()
        assert len(bot.fake.asked("setMyCommands")) == 4
        wanted = commands.wanted(desk.wording)
        shown = bot.fake.commands["all_group_chats", ""]
        by_type = {scope.type: listed for scope, listed in wanted.items()}
        assert [BotCommand(**each) for each in shown] == by_type["all_group_chats"]


async def refusal(bot: Bot) -> str:
    """The words in which the bot says that it cannot start."""
    with pytest.raises(Refused) as caught:
        await bot.start()
    assert caught.value.__cause__ is None
    return str(caught.value)


async def test_a_wrong_token_is_refused_in_words_that_help(desk: Desk) -> None:
    async with prepared(desk) as bot:
        wrong = bot.fake.token + "wrong"
        bot.settings = settings_for(bot.fake, telegram_token=wrong)
        words = await refusal(bot)
        assert "FOSSAE_TELEGRAM_TOKEN" in words and "@BotFather" in words
        assert wrong not in words and wrong not in bot.journal.written
        assert bot.fake.token not in words


async def test_something_that_is_no_token_is_refused_too(desk: Desk) -> None:
    async with prepared(desk) as bot:
        for wrong in ("nonsense", "1:x", "a/b", "ü:ß"):
            bot.settings = settings_for(bot.fake, telegram_token=wrong)
            words = await refusal(bot)
            assert "FOSSAE_TELEGRAM_TOKEN" in words and wrong not in words


async def test_a_telegram_that_cannot_be_reached_is_named(desk: Desk) -> None:
    async with prepared(desk) as bot:
        bot.settings = settings_for(bot.fake, telegram_api_url="http://127.0.0.1:1")
        words = await refusal(bot)
        assert "can't be reached" in words and "FOSSAE_TELEGRAM_API_URL" in words
        assert bot.fake.token not in words


@pytest.mark.parametrize("method", ["getMe", "getMyCommands", "setMyCommands"])
async def test_a_line_that_breaks_while_starting_leaves_nothing_open(
    desk: Desk, method: str
) -> None:
    async with prepared(desk) as bot:
        bot.fake.hang_up_next(method)
        assert "can't be reached" in await refusal(bot)


@pytest.mark.parametrize("method", ["getMyCommands", "setMyCommands"])
async def test_a_start_waits_when_telegram_says_so(desk: Desk, method: str) -> None:
    async with prepared(desk) as bot:
        bot.fake.refuse_next(method, 429, "retry after 1", retry_after=0.05)
        await bot.start()
        assert len(bot.fake.commands) == 3


async def test_a_start_stumbles_and_goes_on(desk: Desk) -> None:
    async with prepared(desk) as bot:
        bot.fake.hang_up_next("deleteWebhook")
        await bot.start()


# Stopping


async def test_what_was_begun_is_finished_before_the_end(engine: Engine) -> None:
    class Slow(Desk):
        async def reply(self, request: Request, place: Place, actor: str | None = None) -> Turn:
            await asyncio.sleep(0.2)
            return await super().reply(request, place, actor)

    async with running(Slow(engine)) as bot:
        ann = bot.fake.person("ann")
        bot.post(ann, ann.private(), "are they genetic")
        await bot.fake.world.pulse.until(lambda: not bot.fake.world.updates.pending, 5)
        await asyncio.sleep(0.05)
        await bot.stop()
        assert len(bot.fake.sent) == 1
        await bot.start()
        await bot.silent()


async def test_a_start_that_is_stopped_at_once_leaves_nothing(desk: Desk) -> None:
    async with FakeTelegram() as fake:
        before = asyncio.all_tasks()
        with logged(settings := settings_for(fake)):
            stop = asyncio.Event()
            stop.set()
            await service.run(settings, desk, stop)
        await nothing_left(fake, before)
        assert fake.faults == []


async def test_a_run_that_is_cancelled_leaves_nothing(desk: Desk) -> None:
    async with FakeTelegram() as fake:
        before = asyncio.all_tasks()
        with logged(settings := settings_for(fake)):
            run = asyncio.create_task(service.run(settings, desk, asyncio.Event()))
            await fake.bot_ready()
            run.cancel()
            with pytest.raises(asyncio.CancelledError):
                await run
        await nothing_left(fake, before)


async def test_a_second_bot_with_the_same_token_is_named_in_a_line(desk: Desk) -> None:
    async with running(desk) as bot:
        async with TelegramBot(bot.fake.token, base_url=f"{bot.fake.api_url}/bot") as rival:
            await rival.get_updates(timeout=0)
        await bot.fake.bot_ready()
        ann = bot.fake.person("ann")
        assert (await ann.say(ann.private(), "are they genetic")).text
        (conflict,) = bot.journal.take("WARNING")
        assert "only one bot instance" in conflict.getMessage() and conflict.exc_info is None


# Faults of ours


@pytest.mark.parametrize("text", [SECRET, f"/ask {SECRET}", "/topics", "/help", "/start eback"])
async def test_a_fault_of_ours_is_logged_and_said_in_private(broken: Desk, text: str) -> None:
    async with running(broken) as bot:
        ann = bot.fake.person("ann")
        shown = await ann.say(ann.private(), text)
        assert shown.text.startswith(broken.wording.screens.failure.title)
        one_fault(bot)


async def test_a_fault_of_ours_is_said_to_the_one_who_asked_in_a_group(broken: Desk) -> None:
    async with running(broken) as bot:
        ann, topic = bot.fake.person("ann"), bot.fake.forum("Club").topic("Questions")
        shown = await ann.say(topic, f"/ask {SECRET}")
        assert shown.text.startswith(broken.wording.screens.failure.title)
        assert shown.thread_id == topic.thread_id
        assert shown.reply_to == shown.message_id - 1
        one_fault(bot)


async def pressed_on_broken(bot: Bot, desk: Desk, ann: Person) -> Any:
    """A press under a message of better days."""
    bot.desk = desk
    await bot.stop()
    await bot.start()
    shown = await ann.say(ann.private(), "are they genetic")
    await bot.stop()
    bot.desk = Broken(desk._engine)
    await bot.start()
    return await ann.press(shown, "Tell me more")


async def test_a_fault_of_ours_after_a_press_is_said_and_the_button_stops_turning(
    desk: Desk, broken: Desk
) -> None:
    async with running(desk) as bot:
        pressed = await pressed_on_broken(bot, desk, bot.fake.person("ann"))
        assert pressed.answered and pressed.edited is None
        said = [pressed.toast or "", *(shown.text for shown in pressed.sent)]
        assert any(broken.wording.screens.failure.title in each for each in said)
        one_fault(bot)


async def test_a_fault_of_ours_as_a_guest_is_said_in_place(broken: Desk) -> None:
    async with running(broken) as bot:
        shown = await bot.fake.person("ann").guest(SECRET)
        assert shown.text.startswith(broken.wording.screens.failure.title)
        one_fault(bot)


async def test_a_fault_of_ours_in_an_inline_query_is_logged(broken: Desk) -> None:
    async with running(broken) as bot:
        results = await bot.fake.person("ann").inline(SECRET)
        assert results == [] and results.cache_time == 0
        one_fault(bot)


async def test_one_broken_update_does_not_stop_the_next(desk: Desk) -> None:
    async with running(desk) as bot:
        ann = bot.fake.person("ann")
        bot.fake.refuse_next("sendMessage", 400, "something nobody thought of")
        shown = await ann.say(ann.private(), "are they genetic")
        assert shown.text.startswith(desk.wording.screens.failure.title)
        (fault,) = bot.journal.take("ERROR")
        assert fault.exc_info
        assert (await ann.say(ann.private(), "are they genetic")).text.startswith("Are back")


async def test_a_fault_after_a_press_was_answered_is_said_all_the_same(desk: Desk) -> None:
    async with running(desk) as bot:
        ann = bot.fake.person("ann")
        shown = await ann.say(ann.private(), "are they genetic")
        bot.fake.refuse_next("editMessageText", 400, "something nobody thought of")
        pressed = await ann.press(shown, "Tell me more")
        assert pressed.answered and pressed.edited is None
        assert pressed.sent[0].text.startswith(desk.wording.screens.failure.title)
        assert len(bot.journal.take("ERROR")) == 1


async def test_a_fault_after_a_press_in_a_group_is_seen_by_the_presser_alone(desk: Desk) -> None:
    async with running(desk) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
        shown = await ann.say(group, "/ask are they genetic")
        bot.fake.refuse_next("answerCallbackQuery", 400, "something nobody thought of")
        pressed = await ann.press(shown, "Tell me more")
        assert pressed.alert and (pressed.toast or "").startswith(
            desk.wording.screens.failure.title
        )
        assert pressed.sent == () and pressed.edited is None
        assert len(bot.journal.take("ERROR")) == 1


async def test_an_apology_that_fails_as_well_is_logged_once_more(desk: Desk) -> None:
    async with running(desk) as bot:
        ann = bot.fake.person("ann")
        for _ in range(2):
            bot.fake.refuse_next("sendMessage", 400, "something nobody thought of")
        await bot.silent(lambda: bot.post(ann, ann.private(), "are they genetic"))
        assert len(bot.journal.take("ERROR")) == 2


async def test_the_place_of_a_question_is_its_chat(engine: Engine) -> None:
    desk = Listening(engine)
    async with running(desk) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
        await ann.say(group, "/ask are they genetic")
        await ann.say(ann.private(), "are they genetic")
        await ann.guest("are they genetic")
        places = [place for _, place in desk.heard]
        assert places == [f"telegram:{group.id}", f"telegram:{ann.id}", "telegram:guest"]


async def test_the_log_of_a_quiet_day_says_only_that_it_began_and_ended(desk: Desk) -> None:
    async with prepared(desk) as bot:
        await bot.start()
        ann = bot.fake.person("ann")
        shown = await ann.say(ann.private(), "are they genetic")
        await ann.press(shown, "Tell me more")
        await bot.stop()
        levels = {record.levelno for record in bot.journal.records}
        assert levels == {logging.INFO}
        said = [record.getMessage() for record in bot.journal.records]
        assert said == ["telegram ready", "telegram stopped"]
