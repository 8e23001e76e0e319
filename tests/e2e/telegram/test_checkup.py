"""What `fossae doctor` finds on Telegram."""

import asyncio
from typing import Any

import pytest

from bots.desk import Desk
from bots.finding import Finding
from bots.settings import Settings
from bots.telegram import checkup
from tests.e2e.fakes.telegram_server import FakeTelegram
from tests.e2e.telegram.bot import nothing_left, on_this_machine, prepared, settings_for


async def found(fake: FakeTelegram, desk: Desk, settings: Settings) -> list[Finding]:
    """The findings; afterwards nothing is left open."""
    before = asyncio.all_tasks()
    with on_this_machine():
        findings = [each async for each in checkup.examine(settings, desk.wording)]
    await nothing_left(fake, before)
    assert fake.faults == []
    assert fake.token not in str(findings)
    return findings


async def test_a_bot_that_has_run_is_in_order(desk: Desk) -> None:
    async with prepared(desk) as bot:
        await bot.start()
        await bot.stop()
        findings = await found(bot.fake, desk, bot.settings)
        assert [each for each in findings if each.remedy] == []
        assert f"@{bot.fake.username}" in findings[0].what


@pytest.mark.parametrize(
    ("options", "words", "remedy"),
    [
        ({"inline": False}, "inline mode", "/setinline"),
        ({"guests": False}, "guest mode", "Guest Mode"),
        ({}, "command lists are out of step", "fossae run"),
    ],
)
async def test_what_is_to_be_mended_is_named(
    desk: Desk, options: dict[str, Any], words: str, remedy: str
) -> None:
    async with FakeTelegram(**options) as fake:
        findings = await found(fake, desk, settings_for(fake))
        (ill,) = [each for each in findings if words in each.what]
        assert remedy in (ill.remedy or "")


@pytest.mark.parametrize(("can_read_all", "words"), [(True, "is off"), (False, "is on")])
async def test_privacy_mode_is_told_and_both_are_in_order(
    desk: Desk, can_read_all: bool, words: str
) -> None:
    async with FakeTelegram(can_read_all=can_read_all) as fake:
        findings = await found(fake, desk, settings_for(fake))
        (privacy,) = [each for each in findings if "privacy mode" in each.what]
        assert words in privacy.what and privacy.remedy is None
        assert "remove the bot from a group and add it again" in privacy.what


@pytest.mark.parametrize(
    ("other", "remedy"),
    [
        ({"telegram_token": "1:nonsense"}, "FOSSAE_TELEGRAM_TOKEN"),
        ({"telegram_api_url": "http://127.0.0.1:1"}, "FOSSAE_TELEGRAM_API_URL"),
    ],
)
async def test_what_keeps_the_bot_out_is_the_only_finding(
    desk: Desk, other: dict[str, str], remedy: str
) -> None:
    async with FakeTelegram() as fake:
        (only,) = await found(fake, desk, settings_for(fake, **other))
        assert remedy in (only.remedy or "") and "nonsense" not in str(only)


async def test_a_line_that_breaks_in_between_is_named_last(desk: Desk) -> None:
    async with FakeTelegram() as fake:
        fake.hang_up_next("getMyCommands")
        findings = await found(fake, desk, settings_for(fake))
        assert "can't be reached" in findings[-1].what and len(findings) > 1
