"""/faq doctor: how Fossae is in a server, told where moderators are."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.dialogue.engine import Engine
from tests.conftest import NOW
from tests.e2e.discord.bot import running, words
from tests.e2e.discord.moderating import WIFI, Gym, gym
from tests.e2e.discord.speaking import Talking, talking
from tests.e2e.fakes.discord_person import NotPossible
from tests.e2e.fakes.discord_world import WRITING, Channel, Permission

LACKING = {
    "SEND_MESSAGES": "I can't write here.",
    "EMBED_LINKS": "I may not embed links",
    "READ_MESSAGE_HISTORY": "I can't read the message history",
    "SEND_MESSAGES_IN_THREADS": "I can't write in threads.",
    "VIEW_CHANNEL": "I can't see this channel.",
}


@pytest.fixture
async def here(engine: Engine, communities: Communities) -> AsyncIterator[Talking]:
    """A server in which Fossae is given what is said."""
    async with talking(Desk(engine, communities)) as made:
        yield made


async def found(here: Gym, where: Channel | None = None) -> str:
    """What a moderator is told."""
    shown = await here.ann.slash(where or here.channel, "faq doctor")
    assert shown.ephemeral and words(shown).startswith("How I am here")
    return words(shown)


async def test_a_bot_that_may_do_all_it_needs_is_in_order(here: Talking) -> None:
    said = await found(here)
    assert "Everything I can look at is in order." in said and "✗" not in said
    for point in ("The commands are up to date.", "I can write in threads.", "I am given what is"):
        assert f"✓ {point}" in said
    assert "log channel" not in said


@pytest.mark.parametrize("lacking", LACKING)
async def test_a_missing_permission_is_named_with_the_way_to_mend_it(
    here: Talking, lacking: str
) -> None:
    closed = here.server.channel("closed", WRITING & ~Permission[lacking])
    said = await found(here, closed)
    assert "To be mended: 1." in said and f"✗ {LACKING[lacking]}" in said
    assert "✗" not in await found(here)


async def test_in_a_thread_writing_is_another_permission(here: Talking) -> None:
    closed = here.server.channel("closed", WRITING & ~Permission.SEND_MESSAGES)
    said = await found(here, here.server.thread("a thread", parent=closed))
    assert "✗" not in said


async def test_without_the_intent_it_says_how_it_is_switched_on(
    engine: Engine, communities: Communities
) -> None:
    async with running(Desk(engine, communities)) as bot:
        said = await found(gym(bot))
        assert "I am given only messages that call me." in said
        assert "set FOSSAE\\_DISCORD\\_MESSAGES" in said or "set FOSSAE_DISCORD_MESSAGES" in said


async def test_commands_of_another_version_are_named(here: Talking) -> None:
    (faq,) = (each for each in here.bot.fake.commands if each["name"] == "faq")
    (edit,) = (each for each in faq["options"] if each["name"] == "edit")
    edit["options"][0]["description"] = "What it said in an earlier version"
    assert "✗ The commands are not up to date." in await found(here)


async def test_commands_that_discord_does_not_tell_leave_the_rest(here: Talking) -> None:
    here.bot.fake.break_down("/commands", 400)
    said = await found(here)
    assert "commands" not in said and "✓ I can write here." in said
    assert "discord commands error=HTTPException action=unchecked" in here.bot.journal.written


async def chooses_log(here: Gym, name: str) -> None:
    """Ann chooses a channel that is told of changes."""
    settings = await here.ann.slash(here.channel, "faq settings")
    await here.ann.choose(settings, here.bot.desk.wording.faq_commands.log, name)


async def test_a_log_channel_that_can_be_written_to_is_in_order(here: Talking) -> None:
    here.server.channel("faq-log")
    await chooses_log(here, "faq-log")
    assert "✓ The log channel can be reached." in await found(here)


@pytest.mark.parametrize("lacking", ["VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS"])
async def test_a_log_channel_that_is_closed_is_named(here: Talking, lacking: str) -> None:
    here.server.channel("faq-log", WRITING & ~Permission[lacking])
    await chooses_log(here, "faq-log")
    assert "✗ I can't write in the log channel." in await found(here)


async def test_dead_links_are_looked_for_where_somebody_wants_it(here: Talking) -> None:
    shown = await here.ann.slash(here.channel, "faq doctor")
    looked = await here.ann.press(shown, "Look for dead links")
    assert looked.edited and "Your answers hold no links." in words(looked)


async def test_a_dead_link_is_named_with_the_answer_that_holds_it(
    engine: Engine, database: Database, shipped: Shipped
) -> None:
    dead, alive = "https://wifi.example/help", "https://wifi.example/"

    async def reach(link: str) -> bool:
        return link == alive

    communities = Communities(database, shipped, lambda: NOW, reach)
    await communities.open()
    async with running(Desk(engine, communities)) as bot:
        made = gym(bot)
        await made.publishes(links=f"{dead}\n{alive}")
        shown = await made.ann.slash(made.channel, "faq doctor")
        looked = words(await made.ann.press(shown, "Look for dead links"))
        assert f"✗ Nothing answers at this link any more, or not just now: {dead}" in looked
        assert WIFI["Question"] in looked and f": {alive} " not in looked


async def test_curators_may_ask_and_members_may_not(here: Talking) -> None:
    helpers = here.server.role("Helpers", here.mia)
    with pytest.raises(NotPossible):
        await here.mia.slash(here.channel, "faq doctor")
    settings = await here.ann.slash(here.channel, "faq settings")
    await here.ann.choose(settings, here.bot.desk.wording.faq_commands.roles, "Helpers")
    here.server.open("faq", helpers)
    shown = await here.mia.slash(here.channel, "faq doctor")
    assert words(shown).startswith("How I am here")
