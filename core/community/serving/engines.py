"""An engine a community: built off the event loop when first asked, dropped when long unused."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.community.own.overlay import Lesson, learnt
from core.community.own.shelf import laid_over
from core.community.serving.fitting import fitted
from core.community.serving.vectors import OwnVectors
from core.community.store.verdicts import Given, applying
from core.content.library import Library
from core.content.own import OwnEntry
from core.dialogue.engine import Engine
from core.matching.encoder import Encoder, Vector
from core.matching.fused import ACCEPTED, ANSWER_NEAREST, FusedMatcher
from core.matching.match import Match, Matcher
from core.matching.recalibration import FEWEST, Measured
from core.safety.guard import Guard

Build = Callable[[str, "Own"], "Built"]

# About 30 MB each, most of it the shipped wordings once more.
WARM = 16


@dataclass(frozen=True, slots=True)
class Own:
    """What is a community's: entries, lessons, and verdicts on what was tried."""

    entries: tuple[OwnEntry, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    verdicts: tuple[Given, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries or self.lessons or len(self.verdicts) >= FEWEST)


@dataclass(frozen=True, slots=True)
class Hiding:
    """A matcher some of whose entries are hidden: what belongs to one of them finds nothing."""

    matcher: Matcher
    hidden: frozenset[str]

    def match(self, text: str) -> Match:
        """Decide about a question."""
        found = self.matcher.match(text)
        kept = tuple(one for one in found.candidates if one.entry not in self.hidden)
        if found.candidates and found.candidates[0] not in kept:
            return Match("none", kept, found.threshold, found.read, found.reason)
        return replace(found, candidates=kept)


@dataclass(frozen=True, slots=True)
class Built:
    """An engine, the matcher inside, and what curators' verdicts have made of its threshold."""

    engine: Engine
    matcher: FusedMatcher
    measured: Measured | None = None

    def nearest(self, text: Vector) -> list[str]:
        """All entries, by their wording that lies nearest to a text."""
        likeness = self.matcher.corpus.vectors @ text
        found = [self.matcher.wordings[at] for at in np.argsort(-likeness)]
        shown = self.engine.library.entries
        return list(dict.fromkeys(one.entry for one in found if one.wanted and one.entry in shown))

    def stolen(self, entry: str) -> list[str]:
        """Wordings of other entries that lie nearer to this one than to the rest of their own."""
        asks = [at for at, one in enumerate(self.matcher.wordings) if one.wanted]
        of = np.array([self.matcher.wordings[at].entry for at in asks])
        vectors: Vector = self.matcher.corpus.vectors[asks]
        likeness = vectors @ vectors.T
        np.fill_diagonal(likeness, -1)
        drawn = likeness[:, of == entry].max(axis=1)
        kept = np.where(of[:, None] == of, likeness, -1).max(axis=1)
        lost = (of != entry) & (drawn >= ANSWER_NEAREST) & (drawn > kept)
        order = np.argsort(kept - drawn)
        return [self.matcher.wordings[asks[at]].text for at in order if lost[at]]


@dataclass(frozen=True, slots=True)
class Shipped:
    """What all communities share: the packs, their matcher and guard, and the encoder."""

    library: Library
    matcher: FusedMatcher
    guard: Guard
    encoder: Encoder
    cache: Path
    foreign: Matcher | None = None
    accepted: float = ACCEPTED

    def engine(self) -> Engine:
        """What is shipped, alone."""
        return Engine(self.library, self.matcher, self.guard, foreign=self.foreign)

    def built(self) -> Built:
        """The same, with the matcher inside."""
        return Built(self.engine(), self.matcher)

    def engine_with(self, tag: str, own: Own) -> Built:
        """The packs with what is a community's over them; takes a second, more for new wordings."""
        library = learnt(laid_over(self.library, tag, own.entries), own.lessons)
        vectors = OwnVectors(self.cache / "communities" / tag, self.encoder, self.matcher)
        # What is hidden is known still: a question about it must not find its neighbour instead.
        hidden = [
            entry for entry in self.library.entries.values() if entry.id not in library.entries
        ]
        known = (*library.entries.values(), *hidden)
        matcher = fitted(known, self.encoder, vectors, self.accepted)
        measured = matcher.recalibrate(applying(own.verdicts, library))
        away = frozenset(entry.id for entry in hidden)
        foreign = Hiding(self.foreign, away) if self.foreign else None
        reviewed = [entry for id, entry in self.library.entries.items() if id not in away]
        engine = Engine(
            library, Hiding(matcher, away), self.guard, foreign=foreign, reviewed=reviewed
        )
        return Built(engine, matcher, measured)


class Engines:
    """The engines of those communities that were asked lately."""

    def __init__(self, build: Build, warm: int = WARM) -> None:
        self._build, self._most = build, warm
        self._warm: OrderedDict[str, tuple[int, Built]] = OrderedDict()
        self._building: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def at(self, tag: str, version: int) -> Built | None:
        """The engine of a community, if it is warm and nothing has changed since."""
        version_built, found = self._warm.get(tag, (None, None))
        if version_built != version:
            return None
        self._warm.move_to_end(tag)
        return found

    async def built(self, tag: str, version: int, own: Own) -> Built:
        """The engine of a community, built once however many wait for it."""
        async with self._building[tag]:
            if found := self.at(tag, version):
                return found
            if tag in self._warm and self._warm[tag][0] > version:
                return self._warm[tag][1]
            built = await asyncio.to_thread(self._build, tag, own)
            self._warm[tag] = (version, built)
            self._warm.move_to_end(tag)
            while len(self._warm) > self._most:
                dropped, _ = self._warm.popitem(last=False)
                self._building.pop(dropped, None)
            return built
