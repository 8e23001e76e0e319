"""A bot on Telegram, and a group, as most of these tests begin."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.dialogue.engine import Engine
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.telegram import moderating
from tests.e2e.telegram.bot import Bot, running


@pytest.fixture
async def bot(desk: Desk) -> AsyncIterator[Bot]:
    """Fossae, running, in privacy mode."""
    async with running(desk) as started:
        yield started


@pytest.fixture
async def telegram(engine: Engine, communities: Communities) -> AsyncIterator[Bot]:
    """Fossae, running, with a database of either kind."""
    async with running(Desk(engine, communities)) as started:
        yield started


@pytest.fixture
def group(telegram: Bot) -> Chat:
    """A group."""
    return telegram.fake.group("Gym")


@pytest.fixture
async def ann(telegram: Bot, group: Chat) -> moderating.Hand:
    """Ann, who has published an answer in the group."""
    return await moderating.published(telegram, group, moderating.admin(telegram, group, "ann"))


@pytest.fixture
def mia(telegram: Bot) -> Person:
    """A member of the group."""
    return telegram.fake.person("mia")
