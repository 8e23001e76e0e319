"""Communities as several end-to-end tests begin: a server on Discord, a group on Telegram."""

from collections.abc import AsyncIterator

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.dialogue.engine import Engine
from tests.e2e import discord_bot, telegram_bot, telegram_moderating
from tests.e2e.discord_moderating import Gym, gym
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_person import Person


@pytest.fixture
async def here(engine: Engine, communities: Communities) -> AsyncIterator[Gym]:
    """A server with moderators, and Fossae in it."""
    async with discord_bot.running(Desk(engine, communities)) as bot:
        yield gym(bot)


@pytest.fixture
async def published(here: Gym) -> None:
    """The server has an answer of its own."""
    await here.publishes()


@pytest.fixture
async def telegram(engine: Engine, communities: Communities) -> AsyncIterator[telegram_bot.Bot]:
    """Fossae on Telegram, running, with a database of either kind."""
    async with telegram_bot.running(Desk(engine, communities)) as started:
        yield started


@pytest.fixture
def group(telegram: telegram_bot.Bot) -> Chat:
    """A group on Telegram."""
    return telegram.fake.group("Gym")


@pytest.fixture
async def ann(telegram: telegram_bot.Bot, group: Chat) -> telegram_moderating.Hand:
    """Ann, who has published an answer in the group."""
    admin = telegram_moderating.admin(telegram, group, "ann")
    return await telegram_moderating.published(telegram, group, admin)


@pytest.fixture
def mia(telegram: telegram_bot.Bot) -> Person:
    """A member of the group."""
    return telegram.fake.person("mia")
