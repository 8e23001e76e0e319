"""What most tests need: the shipped content, and the engine and desk over it."""

from pathlib import Path

import pytest

from bots.desk import Desk
from bots.runtime import guard_of
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import Engine
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.vectors import VectorCache
from core.safety.guard import Guard
from tests.shared import ROOT


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
