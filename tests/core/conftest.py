"""What several tests of a community need: who looks after it, an answer, and where members ask."""

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.protocol.command import SetAlone
from core.dialogue.engine import Engine
from tests.moderating import Person, person, published_by


@pytest.fixture
async def ann(communities: Communities) -> Person:
    """Who looks after the community, alone."""
    return await person(communities, "Ann", manages=True).does(SetAlone(1))


@pytest.fixture
async def published(communities: Communities) -> None:
    """The community has an answer."""
    await published_by(person(communities, "Ann", manages=True))


@pytest.fixture
def desk(engine: Engine, communities: Communities) -> Desk:
    """The desk at which members of the community ask."""
    return Desk(engine, communities)
