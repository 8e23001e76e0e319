"""A bot on Discord, and a server, as most of these tests begin."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.dialogue.engine import Engine
from tests.e2e.discord.bot import Bot, running
from tests.e2e.discord.moderating import Gym, gym


@pytest.fixture
async def bot(desk: Desk) -> AsyncIterator[Bot]:
    """Fossae, running."""
    async with running(desk) as started:
        yield started


@pytest.fixture
async def here(engine: Engine, communities: Communities) -> AsyncIterator[Gym]:
    """A server with moderators, and Fossae in it."""
    async with running(Desk(engine, communities)) as started:
        yield gym(started)


@pytest.fixture
async def published(here: Gym) -> None:
    """The server has an answer of its own."""
    await here.publishes()
