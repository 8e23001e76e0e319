"""A community's matcher is fitted in another process, and in this one where that can't be had."""

import os
from pathlib import Path

import pytest

from core.community.serving import fitting
from core.community.serving.fitting import fitted
from core.content.library import Library
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.vectors import VectorCache

ASKED = ["what are back dimples", "can i train for dimples", "where can i park my car", "dimpels"]


@pytest.fixture
def cache(vectors: Path, encoder: MiniLM) -> VectorCache:
    """The vectors of the tests, which the shipped matcher has filled."""
    return VectorCache(vectors, encoder)


def _same(one: FusedMatcher, other: FusedMatcher) -> bool:
    """Whether two matchers decide alike; the other process may add up in another order."""
    pairs = [(one.match(text), other.match(text)) for text in ASKED]
    return all(
        first.kind == second.kind
        and [c.entry for c in first.candidates] == [c.entry for c in second.candidates]
        for first, second in pairs
    )


def test_it_decides_as_one_that_was_fitted_here(
    library: Library, encoder: MiniLM, cache: VectorCache, matcher: FusedMatcher
) -> None:
    entries = tuple(library.entries.values())
    elsewhere = fitted(entries, encoder, cache, 0.05)
    elsewhere.__dict__["threshold"] = matcher.threshold
    assert _same(elsewhere, matcher)


def test_a_process_that_dies_is_done_without(
    library: Library, encoder: MiniLM, cache: VectorCache, caplog: pytest.LogCaptureFixture
) -> None:
    entries = tuple(library.entries.values())[:20]
    dying = fitting._elsewhere()
    with pytest.raises(Exception, match="terminated abruptly"):
        dying.submit(os._exit, 1).result()
    assert fitted(entries, encoder, cache, 0.05).match(entries[0].question).kind == "answer"
    assert "action=in-this-one" in caplog.text
    assert fitting._elsewhere() is not dying
