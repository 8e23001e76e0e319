"""`fossae` as its own process, pointed at both fakes by nothing but its settings."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.content.library import Library
from core.matching.fused import FusedMatcher
from tests.e2e.discord.bot import words
from tests.e2e.fakes.discord_server import FakeDiscord
from tests.e2e.fakes.telegram_server import FakeTelegram
from tests.shared import ROOT

STARTING, LEAVING = 30.0, 5.0
QUESTION, ANSWER = "are they genetic", "Are back dimples genetic?"


@dataclass
class World:
    """Both fakes, and the settings that lead to them."""

    discord: FakeDiscord
    telegram: FakeTelegram
    home: Path
    settings: dict[str, str] = field(default_factory=dict)


@pytest.fixture
async def world(tmp_path: Path, vectors: Path, matcher: FusedMatcher) -> AsyncIterator[World]:
    """Both fakes, and the vectors of all wordings, which this process has computed already."""
    assert matcher
    async with FakeDiscord() as discord, FakeTelegram() as telegram:
        world = World(discord, telegram, tmp_path)
        world.settings = {
            "FOSSAE_DISCORD_TOKEN": discord.token,
            "FOSSAE_DISCORD_API_URL": discord.api_url,
            "FOSSAE_DISCORD_GATEWAY_URL": discord.gateway_url,
            "FOSSAE_TELEGRAM_TOKEN": telegram.token,
            "FOSSAE_TELEGRAM_API_URL": telegram.api_url,
            "FOSSAE_CACHE": str(vectors),
        }
        yield world
        assert discord.faults == [] and telegram.faults == []


async def fossae(
    world: World, command: str, /, **settings: str | None
) -> asyncio.subprocess.Process:
    """The command, started in a folder without a .env and with no other settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOSSAE_")}
    given = {name: value for name, value in settings.items() if value is not None}
    known = {k: v for k, v in world.settings.items() if k not in settings}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bots.cli", command),
        cwd=world.home,
        env={**kept, "PYTHONPATH": str(ROOT), **known, **given},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process, seconds: float) -> tuple[int, str, str]:
    """How a process ended, and what it has written; it is given so many seconds to end."""
    try:
        async with asyncio.timeout(seconds):
            out, err = await process.communicate()
    except TimeoutError:
        process.kill()
        _, err = await process.communicate()
        pytest.fail(f"it did not end within {seconds} s: {err.decode()}")
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def running(world: World, by: signal.Signals) -> AsyncIterator[asyncio.subprocess.Process]:
    """`fossae run` until it is told to end by a signal: with status 0, soon, and quietly."""
    process = await fossae(world, "run")
    try:
        await asyncio.gather(world.discord.bot_ready(STARTING), world.telegram.bot_ready(STARTING))
        yield process
    except BaseException:
        if process.returncode is None:
            process.kill()
        print((await process.communicate())[1].decode())
        raise
    process.send_signal(by)
    status, _, err = await ended(process, LEAVING)
    assert status == 0, err
    assert unclean(world, err) == [], err
    await world.discord.bot_gone()


def unclean(world: World, written: str) -> list[str]:
    """What must not stand in what an operator reads."""
    secrets = {world.discord.token, world.telegram.token}
    return [word for word in (*secrets, "Traceback", "ERROR", "WARNING") if word in written]


async def test_it_answers_on_both_and_old_buttons_work_after_a_restart(
    world: World, library: Library
) -> None:
    ann, channel = world.discord.person("ann"), world.discord.server("Gym").channel("general")
    bea = world.telegram.person("bea")
    async with running(world, signal.SIGTERM):
        there = await ann.slash(channel, "ask", question=QUESTION)
        here = await bea.say(bea.private(), QUESTION)
        assert words(there).startswith(ANSWER) and here.text.startswith(ANSWER)
        assert library.wording.notice in words(there) and library.wording.notice in here.text
    async with running(world, signal.SIGINT):
        more = await ann.press(there, "Tell me more")
        assert more.ephemeral and words(more).startswith(ANSWER)
        pressed = await bea.press(here, "Tell me more")
        assert pressed.edited is not None and pressed.edited.text.startswith(ANSWER)
    assert list(world.home.iterdir()) == []


@pytest.mark.parametrize("platform", ["DISCORD", "TELEGRAM"])
async def test_a_wrong_token_ends_it_with_words_and_without_the_token(
    world: World, platform: str
) -> None:
    wrong = "7000000009:" + "Wrong-Token" * 3
    name = f"FOSSAE_{platform}_TOKEN"
    process = await fossae(world, "run", **{name: wrong})
    status, out, err = await ended(process, STARTING)
    assert status == 1 and out == ""
    assert name in err and "copy it again" in err
    assert wrong not in err and unclean(world, err) == [], err


async def test_an_intent_that_discord_refuses_ends_it_with_words(world: World) -> None:
    process = await fossae(world, "run", FOSSAE_DISCORD_MESSAGES="true")
    status, out, err = await ended(process, STARTING)
    assert status == 1 and out == "" and unclean(world, err) == [], err
    assert "switch on Message Content Intent" in err and "unset FOSSAE_DISCORD_MESSAGES" in err
    assert "closed with 4014" in world.discord.faults.pop()


async def test_what_is_said_in_a_channel_reaches_no_log(world: World) -> None:
    world.discord.grant_messages()
    world.settings |= {"FOSSAE_DISCORD_MESSAGES": "true", "FOSSAE_LOG_LEVEL": "DEBUG"}
    ann, channel = world.discord.person("ann"), world.discord.server("Gym").channel("general")
    process = await fossae(world, "run")
    await asyncio.gather(world.discord.bot_ready(STARTING), world.telegram.bot_ready(STARTING))
    said = await ann.says(channel, "is it my left hip or my right one?")
    await ann.slash(channel, "ask", question=QUESTION)
    process.send_signal(signal.SIGTERM)
    status, _, err = await ended(process, LEAVING)
    assert status == 0 and "discord ready" in err and unclean(world, err) == []
    for secret in (said.content, said.id, ann.id, channel.id, QUESTION):
        assert secret not in err


async def test_with_one_token_one_bot_runs(world: World) -> None:
    process = await fossae(world, "run", FOSSAE_TELEGRAM_TOKEN=None)
    await world.discord.bot_ready(STARTING)
    process.send_signal(signal.SIGTERM)
    status, _, err = await ended(process, LEAVING)
    assert status == 0 and unclean(world, err) == [] and "telegram" not in err
    assert world.telegram.requests == []


# The doctor


async def doctor(world: World, **settings: str | None) -> tuple[int, str]:
    """What the doctor says; it writes nothing else."""
    status, said, err = await ended(await fossae(world, "doctor", **settings), STARTING)
    assert err == "" and unclean(world, said) == []
    return status, said


async def test_the_doctor_finds_commands_out_of_step_until_the_bots_have_run(
    world: World,
) -> None:
    status, before = await doctor(world)
    assert status == 1 and before.count("  mend  ") == 2
    assert before.count("        start the bot once: fossae run\n") == 2
    async with running(world, signal.SIGTERM):
        pass
    status, after = await doctor(world)
    assert status == 0
    assert after.startswith("Discord\n  ok    the token is valid, the bot is fossae")
    assert "\nTelegram\n  ok    the token is valid, the bot is @" in after
    assert all(
        line.startswith(("Discord", "Telegram", "Languages", "  ok    "))
        for line in after.splitlines()
    )


async def test_the_doctor_goes_on_to_the_other_platform(world: World) -> None:
    status, said = await doctor(world, FOSSAE_DISCORD_TOKEN="a.wrong.token")
    assert status == 1 and "a.wrong.token" not in said
    assert said.startswith("Discord\n  mend  the token is refused\n        copy it again:")
    assert "\nTelegram\n  ok    the token is valid" in said


async def test_the_doctor_names_what_is_off_and_how_to_turn_it_on(world: World) -> None:
    async with FakeTelegram(inline=False) as telegram:
        status, said = await doctor(
            world,
            FOSSAE_DISCORD_TOKEN=None,
            FOSSAE_TELEGRAM_TOKEN=telegram.token,
            FOSSAE_TELEGRAM_API_URL=telegram.api_url,
        )
    assert status == 1
    assert said.startswith("Discord\n  ok    no FOSSAE_DISCORD_TOKEN is set, so")
    assert (
        "  mend  inline mode (@your_bot in any chat): off\n        @BotFather: /setinline" in said
    )


async def test_without_tokens_there_is_nothing_to_mend(world: World) -> None:
    status, said = await doctor(world, FOSSAE_DISCORD_TOKEN=None, FOSSAE_TELEGRAM_TOKEN=None)
    assert status == 0
    assert "no FOSSAE_DISCORD_TOKEN is set" in said and "no FOSSAE_TELEGRAM_TOKEN is set" in said
