"""The bot is removed from servers and comes back: what was written waits, on either database."""

import asyncio
from datetime import timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from sqlalchemy import select

from bots.desk import Desk
from bots.moving import take_out
from bots.settings import Settings
from core.community.communities import Communities
from core.community.keeping import Keeping
from core.community.store.database import Database
from core.community.store.schema import PlaceRow
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from tests.e2e.discord.bot import running, until, words
from tests.e2e.discord.moderating import WIFI, Gym, gym
from tests.moderating import Clock


class Leavings:
    """Which places the database takes for left."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def now(self) -> set[str]:
        """Their keys."""
        async with self._database.reading() as session:
            left = select(PlaceRow.key).where(PlaceRow.left_at.is_not(None))
            return set(await session.scalars(left))

    async def become(self, *servers: str) -> None:
        """Wait until they are these servers."""
        wanted = {f"discord:{server}" for server in servers}
        for _ in range(500):
            if await self.now() == wanted:
                return
            await _a_moment()
        raise AssertionError(await self.now())


async def _a_moment() -> None:
    ticks = iter(range(2))
    await until(lambda: next(ticks, None) is None)


@pytest.fixture
def left(database: Database) -> Leavings:
    """What was left."""
    return Leavings(database)


async def test_a_server_that_removes_the_bot_is_left_and_one_that_adds_it_again_is_back(
    here: Gym, left: Leavings
) -> None:
    await here.publishes()
    await here.bot.fake.remove(here.server)
    await left.become(here.server.id)
    await here.bot.fake.invite(here.server)
    await left.become()
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)


@pytest.mark.parametrize("days", [29, 30])
async def test_what_was_left_for_thirty_days_is_gone_and_before_that_all_is_there(
    engine: Engine, communities: Communities, clock: Clock, left: Leavings, days: int
) -> None:
    desk = Desk(engine, communities)
    async with running(desk) as bot:
        here = gym(bot)
        await here.publishes()
        await bot.fake.remove(here.server)
        await left.become(here.server.id)
        clock.now += timedelta(days=days)
        await desk.tend()
        await bot.fake.invite(here.server)
        await left.become()
        answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
        assert (WIFI["Short answer"] in words(answer)) is (days < 30)
        listed = await here.ann.slash(here.channel, "faq list")
        assert ("No answers here yet" in words(listed)) is (days == 30)


async def test_the_operator_takes_out_what_a_server_that_was_left_has_written(
    here: Gym, left: Leavings, database_url: str, vectors: Path, tmp_path: Path
) -> None:
    await here.publishes()
    await here.bot.fake.remove(here.server)
    await left.become(here.server.id)
    using = Settings(_env_file=None, database_url=database_url, cache=vectors)
    file = tmp_path / "faq.yaml"
    await asyncio.to_thread(take_out, using, file, f"discord:{here.server.id}")
    assert WIFI["Short answer"] in file.read_text(encoding="utf-8")


async def test_a_return_while_the_bot_was_down_is_noticed_and_nothing_goes(
    engine: Engine, communities: Communities, clock: Clock, left: Leavings
) -> None:
    desk = Desk(engine, communities)
    async with running(desk) as bot:
        here = gym(bot)
        await here.publishes()
        await bot.fake.remove(here.server)
        await left.become(here.server.id)
        await bot.stop()
        here.server.bot_inside = True
        clock.now += timedelta(days=20)
        await bot.start()
        await left.become()
        clock.now += timedelta(days=20)
        await desk.tend()
        answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
        assert WIFI["Short answer"] in words(answer)


async def test_an_outage_of_discord_is_no_removal(here: Gym, left: Leavings) -> None:
    await here.adds(here.ann)
    await here.bot.fake.outage(here.server)
    other = gym(here.bot)
    await other.adds(other.ann)
    await here.bot.fake.remove(other.server)
    await left.become(other.server.id)


async def test_an_outage_that_outlasts_a_start_is_no_removal_either(
    here: Gym, left: Leavings
) -> None:
    await here.adds(here.ann)
    await here.bot.stop()
    await here.bot.fake.outage(here.server)
    other = gym(here.bot)
    await here.bot.start()
    await other.adds(other.ann)
    await here.bot.fake.remove(other.server)
    await left.become(other.server.id)
    await here.bot.fake.recovery(here.server)
    assert "1 in all." in words(await here.ann.slash(here.channel, "faq list"))
    assert await left.now() == {f"discord:{other.server.id}"}


async def test_a_removal_while_the_bot_was_down_is_noticed_when_it_starts(
    here: Gym, left: Leavings
) -> None:
    await here.adds(here.ann)
    other = gym(here.bot)
    await other.adds(other.ann)
    await here.bot.stop()
    here.server.bot_inside = False
    await here.bot.start()
    await left.become(here.server.id)
    await here.bot.stop()
    here.server.bot_inside, other.server.bot_inside = True, False
    await here.bot.start()
    await left.become(other.server.id)


async def test_a_removal_while_the_session_was_lost_is_noticed(here: Gym, left: Leavings) -> None:
    await here.adds(here.ann)
    here.server.bot_inside = False
    await here.bot.fake.invalidate_session()
    await left.become(here.server.id)


async def test_what_is_told_in_quick_succession_is_taken_in_its_order(
    here: Gym, left: Leavings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, back = asyncio.Event(), asyncio.Event(), Keeping.back

    async def slow(keeping: Keeping, place: Place) -> None:
        begun.set()
        await go_on.wait()
        await back(keeping, place)

    await here.adds(here.ann)
    await here.bot.fake.remove(here.server)
    await left.become(here.server.id)
    monkeypatch.setattr(Keeping, "back", slow)
    await here.bot.fake.invite(here.server)
    await begun.wait()
    await here.bot.fake.remove(here.server)
    other = gym(here.bot)
    await here.mia.slash(other.channel, "about")
    go_on.set()
    await here.bot.stop()
    assert await left.now() == {f"discord:{here.server.id}"}


async def test_servers_where_nothing_was_written_are_not_remembered(
    here: Gym, left: Leavings, communities: Communities
) -> None:
    await here.mia.slash(here.channel, "ask", question="are they genetic")
    await here.bot.fake.remove(here.server)
    other = gym(here.bot)
    await other.adds(other.ann)
    assert [place.key for place in await communities.keeping.known("discord:")] == [
        f"discord:{other.server.id}"
    ]
    assert await left.now() == set()


async def test_a_database_that_fails_then_is_noted_and_nothing_else(
    here: Gym, left: Leavings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await here.adds(here.ann)
    with monkeypatch.context() as broken:
        broken.setattr(Keeping, "left", AsyncMock(side_effect=OSError("disk full")))
        await here.bot.fake.remove(here.server)
        await until(here.bot.journal.loud)
    (record,) = here.bot.journal.take("ERROR")
    assert record.getMessage() == "discord fault kind=event error=OSError"
    await here.bot.restart()
    await left.become(here.server.id)
