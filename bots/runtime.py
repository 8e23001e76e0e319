"""Wiring: content, encoder, matcher and engine from settings."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bots.settings import Settings
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import Engine
from core.matching.encoder import MiniLM
from core.matching.foreign import ForeignMatcher
from core.matching.fused import FusedMatcher
from core.matching.language import language
from core.matching.multilingual import Multilingual, installed
from core.matching.speller import Speller
from core.matching.vectors import VectorCache
from core.matching.wordings import tidy
from core.safety.classifier import load as load_classifier
from core.safety.guard import Guard
from core.safety.judge import Judge, Reader
from core.safety.training import ABROAD, ENGLISH, kept

if TYPE_CHECKING:
    from bots.desk import Desk
    from core.community.serving.engines import Shipped


@cache
def shared_encoder() -> MiniLM:
    """The one encoder of this process."""
    return MiniLM()


@cache
def shared_multilingual() -> Multilingual:
    """The one encoder of other languages, which loads nothing before it is asked."""
    return Multilingual()


def build_matcher(settings: Settings, library: Library) -> FusedMatcher:
    """The matcher over all entries; new wordings are embedded, which is shown as it goes."""
    encoder = shared_encoder()
    cache = VectorCache(settings.cache, encoder)
    entries, accepted = library.entries.values(), settings.accepted_wrong
    return FusedMatcher(entries, encoder, cache, show_progress, accepted=accepted)


def build_guard(settings: Settings, library: Library) -> Guard:
    """What is looked at before matching: the rules' words, and what was learnt of their texts."""
    return guard_of(library, shared_encoder())


def guard_of(library: Library, encoder: MiniLM) -> Guard:
    """The guard over a library."""
    speller = Speller(ask for entry in library.entries.values() for ask in entry.asks)
    return Guard(library, judge_of(library, encoder), [lambda text: speller.mend(text).text])


def judge_of(library: Library, encoder: MiniLM) -> Judge:
    """What the packs' classifiers make of a text; the first pack that has one is heard."""

    @cache
    def abroad() -> Reader | None:
        return _reader(library, ABROAD, shared_multilingual()) if installed() else None

    return Judge(_reader(library, ENGLISH, encoder), abroad, language)


def encoders() -> dict[str, str]:
    """The encoder that each classifier reads with, of those that are installed here."""
    named = {ENGLISH: MiniLM.name, ABROAD: Multilingual.name}
    return named if installed() else {ENGLISH: MiniLM.name}


def _reader(library: Library, of: str, encoder: MiniLM | Multilingual) -> Reader | None:
    read = (load_classifier(kept(pack.home, of), encoder.name) for pack in library.packs)
    classifier = next((one for one in read if one), None)
    return Reader(classifier, lambda text: encoder.encoded(tidy(text))) if classifier else None


def build_foreign(settings: Settings, library: Library) -> ForeignMatcher | None:
    """The matcher for other languages, if the extra is there and a language may be answered."""
    answered = any(spoken.safety_rules for spoken in library.wording.languages.values())
    if not answered or not installed():
        return None
    encoder = shared_multilingual()
    cache = VectorCache(settings.cache, encoder)
    return ForeignMatcher(library.entries.values(), encoder, cache, show_progress)


@dataclass(frozen=True, slots=True)
class Parts:
    """What answers are made with, fitted and ready."""

    library: Library
    matcher: FusedMatcher
    guard: Guard
    foreign: ForeignMatcher | None


def build_parts(settings: Settings) -> Parts:
    """All that is built from the operator's content; raises ContentError or ModelError."""
    library = load(settings.content)
    matcher, guard = build_matcher(settings, library), build_guard(settings, library)
    _ = matcher.index, matcher.threshold  # fitted here, where nobody waits
    parts = Parts(library, matcher, guard, build_foreign(settings, library))
    give_back()
    return parts


def build_engine(settings: Settings) -> Engine:
    """The engine over the operator's content; raises ContentError or ModelError."""
    parts = build_parts(settings)
    return Engine(parts.library, parts.matcher, parts.guard, foreign=parts.foreign)


def build_shipped(settings: Settings) -> Shipped:
    """What all communities share."""
    from core.community.serving.engines import Shipped  # noqa: PLC0415 - one question needs no database

    parts, cache = build_parts(settings), settings.cache
    made_of = (parts.library, parts.matcher, parts.guard, shared_encoder(), cache, parts.foreign)
    return Shipped(*made_of, settings.accepted_wrong)


def give_back() -> None:
    """To the system, what building needed and nothing needs now: a fifth of it, with glibc's allocator."""
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def build_desk(settings: Settings) -> Desk:
    """The desk at which every adapter of this process knocks; to be opened before that."""
    from bots.desk import Desk  # noqa: PLC0415
    from bots.links import reach  # noqa: PLC0415
    from core.community.communities import Communities  # noqa: PLC0415
    from core.community.store.database import Database  # noqa: PLC0415

    shipped = build_shipped(settings)
    communities = Communities(Database(settings.database_url), shipped, reach=reach)
    return Desk(shipped.engine(), communities)


def show_progress(done: int, all: int) -> None:
    """One line on standard error that counts up, where a person is looking."""
    if sys.stderr.isatty() and (done % 20 == 0 or done == all):
        end = "\n" if done == all else "\r"
        print(f"Reading {all} wordings for the first time: {done}", end=end, file=sys.stderr)
