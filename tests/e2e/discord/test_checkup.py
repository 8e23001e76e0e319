"""What `fossae doctor` finds on Discord."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bots.desk import Desk
from bots.discord import checkup
from bots.finding import Finding
from tests.e2e.discord.bot import Bot, prepared, settings_for, until


@pytest.fixture
async def bot(desk: Desk) -> AsyncIterator[Bot]:
    """Fossae, which has run once and does not run now."""
    async with prepared(desk) as started:
        await started.start()
        await started.stop()
        yield started


async def found(bot: Bot, **other: Any) -> list[Finding]:
    """The findings."""
    settings = settings_for(bot.fake, **other)
    findings = [finding async for finding in checkup.examine(settings, bot.desk)]
    assert bot.fake.token not in str(findings)
    return findings


async def to_mend(bot: Bot, **other: Any) -> str:
    """The one thing that is to be mended, and how."""
    (ill,) = [finding for finding in await found(bot, **other) if finding.remedy]
    return str(ill)


async def test_a_bot_that_has_run_is_in_order(bot: Bot) -> None:
    findings = await found(bot)
    assert [finding.what for finding in findings if finding.remedy] == []
    assert [finding.what for finding in findings] == [
        "the token is valid, the bot is fossae",
        "may be added to servers (Guild Install)",
        "may be added by a person to their account (User Install)",
        "hears only what calls it (FOSSAE_DISCORD_MESSAGES is not set)",
        "the commands are in step",
    ]


async def test_a_bot_that_runs_is_left_alone(bot: Bot) -> None:
    await bot.start()
    assert all(finding.remedy is None for finding in await found(bot))
    ann = bot.fake.person("ann")
    assert (await ann.slash(bot.channel(), "topics")).buttons
    assert bot.fake.gateway.identifies == 2


@pytest.mark.parametrize(
    ("install", "words"), [("0", "not: may be added to servers"), ("1", "not: may be added by a")]
)
async def test_a_way_to_install_it_that_is_off_is_named(bot: Bot, install: str, words: str) -> None:
    del bot.fake.application["integration_types_config"][install]
    told = await to_mend(bot)
    assert words in told and "Installation, tick it and save" in told


@pytest.mark.parametrize("large", [False, True])
async def test_an_intent_that_is_set_and_allowed_is_in_order(bot: Bot, large: bool) -> None:
    bot.fake.grant_messages(large=large)
    findings = [str(finding) for finding in await found(bot, discord_messages=True)]
    assert "  ok    is given what is said in channels (Message Content Intent)" in findings
    assert not any("mend" in finding for finding in findings)


async def test_an_intent_that_is_set_and_not_allowed_is_named(bot: Bot) -> None:
    told = await to_mend(bot, discord_messages=True)
    assert "not: is given what is said in channels" in told
    assert "Bot, switch on Message Content Intent, or unset FOSSAE_DISCORD_MESSAGES" in told


async def test_interactions_that_go_elsewhere_are_named(bot: Bot) -> None:
    bot.fake.application["interactions_endpoint_url"] = "https://example.org/interactions"
    assert "empty Interactions Endpoint URL" in await to_mend(bot)
    (record,) = bot.journal.take("WARNING")
    assert record.name == "discord.client"


async def test_commands_that_were_never_registered_are_named(bot: Bot) -> None:
    bot.fake.commands.clear()
    told = await to_mend(bot)
    menus = "Answer this, Save as FAQ, What should answer this?"
    names = f"{menus}, about, ask, check, faq, privacy, propose, sources, topics"
    assert f"the commands are out of step: {names}\n" in told
    assert "start the bot once: fossae run" in told


async def test_a_subcommand_of_another_version_is_named(bot: Bot) -> None:
    (faq,) = (each for each in bot.fake.commands if each["name"] == "faq")
    (edit,) = (each for each in faq["options"] if each["name"] == "edit")
    edit["options"][0]["description"] = "What it said in an earlier version"
    assert "out of step: faq\n" in await to_mend(bot)


@pytest.mark.parametrize("change", ["name", "description", "option", "option's description"])
async def test_commands_of_another_version_are_named(bot: Bot, change: str) -> None:
    ask = bot.fake.commands[0]
    match change:
        case "name":
            ask["name"] = "question"
        case "description":
            ask["description"] = "What it said in an earlier version"
        case "option":
            del ask["options"][1]
        case _:
            ask["options"][1]["description"] = "What it said in an earlier version"
    told = await to_mend(bot)
    assert "out of step: ask" in told and ("question" in told) == (change == "name")


async def test_a_token_that_is_refused_is_told_without_it(bot: Bot) -> None:
    told = await to_mend(bot, discord_token="a.wrong.token")
    assert "the token is refused" in told and "Reset Token" in told
    assert "a.wrong.token" not in told + bot.journal.written


async def test_an_api_that_is_not_there_is_told(bot: Bot) -> None:
    told = await to_mend(bot, discord_api_url="http://127.0.0.1:9")
    assert "Discord can't be reached" in told and "check FOSSAE_DISCORD_API_URL" in told


@pytest.mark.parametrize("route", ["/users/@me", "/applications/@me", "/commands"])
async def test_an_api_that_is_broken_is_told(bot: Bot, route: str) -> None:
    bot.fake.break_down(route, 503)
    told = await to_mend(bot)
    assert "Discord answers with an error (503 Service Unavailable)" in told
    await until(lambda: not bot.fake._state.failures)
