"""What most tests need: the shipped content, and the engine and desk over it."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bots.desk import Desk
from bots.runtime import guard_of
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import Engine
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.vectors import VectorCache
from core.safety.guard import Guard
from tests import databases
from tests.moderating import Clock
from tests.shared import ROOT

NOW = Clock.now


@pytest.fixture(scope="session", autouse=True)
def _no_data_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that tests start keep their database in a folder of the tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The content as it ships."""
    return load(ROOT / "content")


@pytest.fixture(scope="session")
def encoder() -> MiniLM:
    """The encoder, loaded once."""
    return MiniLM()


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for vectors that no earlier run has written."""
    return tmp_path_factory.mktemp("vectors")


@pytest.fixture(scope="session")
def matcher(library: Library, encoder: MiniLM, vectors: Path) -> FusedMatcher:
    """The matcher over the shipped content."""
    return FusedMatcher(library.entries.values(), encoder, VectorCache(vectors, encoder))


@pytest.fixture(scope="session")
def guard(library: Library, encoder: MiniLM) -> Guard:
    """The guard over the shipped rules, both layers."""
    return guard_of(library, encoder)


@pytest.fixture(scope="session")
def engine(library: Library, matcher: FusedMatcher, guard: Guard) -> Engine:
    """The engine over the shipped content."""
    return Engine(library, matcher, guard)


@pytest.fixture(scope="session")
def desk(engine: Engine) -> Desk:
    """The desk over the shipped content."""
    return Desk(engine)


@pytest.fixture(scope="session")
def shipped(
    library: Library, matcher: FusedMatcher, guard: Guard, encoder: MiniLM, vectors: Path
) -> Shipped:
    """What all communities share."""
    return Shipped(library, matcher, guard, encoder, vectors)


@pytest.fixture(params=databases.KINDS)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database with nothing in it, of each kind in turn."""
    async with databases.cleared(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database, before any migration."""
    database = Database(database_url)
    yield database
    await databases.noted()
    await database.close()


@pytest.fixture
def clock() -> Clock:
    """The time, which a test lets pass."""
    return Clock()


@pytest.fixture
async def communities(database: Database, shipped: Shipped, clock: Clock) -> Communities:
    """No community yet, on the day of the tests."""
    communities = Communities(database, shipped, clock)
    await communities.open()
    return communities
