"""An engine a community: built off the event loop when first asked, dropped when long unused."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.community.shelf import laid_over
from core.community.vectors import OwnVectors
from core.content.library import Library
from core.content.own import OwnEntry
from core.dialogue.engine import Engine
from core.matching.encoder import Encoder
from core.matching.fused import FusedMatcher
from core.matching.match import Matcher
from core.safety.guard import Guard

# About 25 MB each, most of it the shipped wordings once more.
WARM = 16


@dataclass(frozen=True, slots=True)
class Shipped:
    """What all communities share: the packs, their matcher and guard, and the encoder."""

    library: Library
    matcher: FusedMatcher
    guard: Guard
    encoder: Encoder
    cache: Path
    foreign: Matcher | None = None

    def engine(self) -> Engine:
        """What is shipped, alone."""
        return Engine(self.library, self.matcher, self.guard, foreign=self.foreign)

    def engine_with(self, tag: str, entries: tuple[OwnEntry, ...]) -> Engine:
        """The packs with a community's entries over them; takes a second, more for new wordings."""
        library = laid_over(self.library, tag, entries)
        vectors = OwnVectors(self.cache / "communities" / tag, self.encoder, self.matcher)
        matcher = FusedMatcher(library.entries.values(), self.encoder, vectors)
        _ = matcher.index, matcher.threshold  # fitted here, where nobody waits
        return Engine(library, matcher, self.guard, foreign=self.foreign)


class Engines:
    """The engines of those communities that were asked lately."""

    def __init__(
        self, build: Callable[[str, tuple[OwnEntry, ...]], Engine], warm: int = WARM
    ) -> None:
        self._build, self._most = build, warm
        self._warm: OrderedDict[str, tuple[int, Engine]] = OrderedDict()
        self._building: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def at(self, tag: str, version: int) -> Engine | None:
        """The engine of a community, if it is warm and nothing has changed since."""
        built, engine = self._warm.get(tag, (None, None))
        if built != version:
            return None
        self._warm.move_to_end(tag)
        return engine

    async def built(self, tag: str, version: int, entries: tuple[OwnEntry, ...]) -> Engine:
        """The engine of a community, built once however many wait for it."""
        async with self._building[tag]:
            if found := self.at(tag, version):
                return found
            if tag in self._warm and self._warm[tag][0] > version:
                return self._warm[tag][1]
            engine = await asyncio.to_thread(self._build, tag, entries)
            self._warm[tag] = (version, engine)
            self._warm.move_to_end(tag)
            while len(self._warm) > self._most:
                dropped, _ = self._warm.popitem(last=False)
                self._building.pop(dropped, None)
            return engine
