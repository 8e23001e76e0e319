"""A matcher fitted in another process, so that nobody who asks meanwhile waits for it."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from core.content.model import Entry
from core.matching.encoder import Encoder, Vector
from core.matching.fused import FusedMatcher
from core.matching.vectors import Progress, VectorCache
from core.matching.wordings import tidy, wordings

log = logging.getLogger(__name__)

# Whoever asks comes first, also where there is one processor for both.
NICE = 5


def fitted(
    entries: Sequence[Entry], encoder: Encoder, vectors: VectorCache, accepted: float
) -> FusedMatcher:
    """The matcher over entries, ready to be asked; blocks, and is for a thread of its own."""
    encoded = vectors.encode([tidy(one.text) for one in wordings(entries)])
    threshold = vectors.number("", lambda: accepted)
    given = _Given(encoder.name, encoder.dimensions, encoded, threshold)
    try:
        matcher = _elsewhere().submit(_fit, entries, given, accepted).result()
    except (BrokenExecutor, OSError) as error:
        # A system without room or leave for another process: slower for those who ask, and right.
        log.warning("fitting process=%s action=in-this-one", type(error).__name__)
        _elsewhere.cache_clear()
        matcher = _fit(entries, given, accepted)
    return matcher.moved(encoder, vectors)


@dataclass(frozen=True)
class _Given(VectorCache):
    """What the other process needs of an encoder and a cache: the vectors, and the threshold."""

    name: str
    dimensions: int
    vectors: Vector
    threshold: float

    def encode(self, texts: Sequence[str], progress: Progress = lambda done, all: None) -> Vector:
        assert len(texts) == len(self.vectors)
        return self.vectors

    def number(self, about: str, measure: Callable[[], float]) -> float:
        return self.threshold


class _Absent:
    """The encoder of another process."""

    def __init__(self, name: str, dimensions: int) -> None:
        self.name, self.dimensions = name, dimensions

    def encode(self, text: str) -> Vector:
        """Never asked while fitting."""
        raise NotImplementedError


def _fit(entries: Sequence[Entry], given: _Given, accepted: float) -> FusedMatcher:
    absent = _Absent(given.name, given.dimensions)
    matcher = FusedMatcher(entries, absent, given, accepted=accepted)
    _ = matcher.index, matcher.threshold
    return matcher


@cache
def _elsewhere() -> ProcessPoolExecutor:
    """One process for all communities, begun when first needed, ended with this one."""
    return ProcessPoolExecutor(1, get_context("spawn"), _begin)


def _begin() -> None:
    """Ctrl-C is for the process that answers; it ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICE)
