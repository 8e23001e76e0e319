"""Wiring: content, encoder, matcher and engine from settings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from bots.desk import Desk
from bots.settings import Settings
from core.community.communities import Communities
from core.community.database import Database
from core.community.engines import Shipped
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import Engine
from core.matching.encoder import Encoder, MiniLM
from core.matching.foreign import ForeignMatcher
from core.matching.fused import FusedMatcher
from core.matching.multilingual import Multilingual, installed
from core.matching.vectors import VectorCache
from core.matching.wordings import tidy
from core.safety.guard import Guard
from core.safety.likeness import LANGUAGE, Likeness, known_texts


@cache
def shared_encoder() -> MiniLM:
    """The one encoder of this process."""
    return MiniLM()


def build_matcher(settings: Settings, library: Library) -> FusedMatcher:
    """The matcher over all entries; new wordings are embedded, which is shown as it goes."""
    encoder = shared_encoder()
    cache = VectorCache(settings.cache, encoder)
    entries, accepted = library.entries.values(), settings.accepted_wrong
    return FusedMatcher(entries, encoder, cache, show_progress, accepted=accepted)


def build_guard(settings: Settings, library: Library) -> Guard:
    """What is looked at before matching: the rules' words, and the encoder on their examples."""
    return guard_of(library, shared_encoder(), settings.cache)


def guard_of(library: Library, encoder: Encoder, cache: Path) -> Guard:
    """The guard over a library, with the vectors of its examples kept beside the matcher's."""
    # Asks are English; the signs of other languages would only cost a second at every start.
    english = tuple(one for one in library.lexicons if one.language == LANGUAGE)
    signs = Guard(replace(library, lexicons=english))
    harmless = (ask for ask in plain_asks(library) if signs.look(ask) is None)
    known = known_texts(library.lexicons, harmless)
    vectors = VectorCache(cache / "safety", encoder).encode([tidy(one.text) for one in known])
    urgent = {
        (rule.id, message.id)
        for rule in library.rules.values()
        for message in rule.messages
        if message.mode == "emergency"
    }
    likeness = Likeness(known, vectors, lambda text: encoder.encode(tidy(text)), urgent)
    return Guard(library, likeness)


def plain_asks(library: Library) -> Iterator[str]:
    """Wordings of entries for anyone that no safety rule leads to: what people ask in peace."""
    messages = (message for rule in library.rules.values() for message in rule.messages)
    led = {id for message in messages for id in message.entries}
    for entry in library.entries.values():
        if entry.audience == "anyone" and entry.sensitivity == "open" and entry.id not in led:
            yield from entry.asks


def build_foreign(settings: Settings, library: Library) -> ForeignMatcher | None:
    """The matcher for other languages, if the extra is there and a language may be answered."""
    answered = any(spoken.safety_rules for spoken in library.wording.languages.values())
    if not answered or not installed():
        return None
    encoder = Multilingual()
    cache = VectorCache(settings.cache, encoder)
    return ForeignMatcher(library.entries.values(), encoder, cache, show_progress)


def build_engine(settings: Settings) -> Engine:
    """The engine over the operator's content; raises ContentError or ModelError."""
    library = load(settings.content)
    matcher, guard = build_matcher(settings, library), build_guard(settings, library)
    return Engine(library, matcher, guard, foreign=build_foreign(settings, library))


def build_shipped(settings: Settings) -> Shipped:
    """What all communities share."""
    library = load(settings.content)
    matcher, guard = build_matcher(settings, library), build_guard(settings, library)
    foreign = build_foreign(settings, library)
    accepted = settings.accepted_wrong
    return Shipped(library, matcher, guard, shared_encoder(), settings.cache, foreign, accepted)


def build_desk(settings: Settings) -> Desk:
    """The desk at which every adapter of this process knocks; to be opened before that."""
    shipped = build_shipped(settings)
    communities = Communities(Database(settings.database_url), shipped)
    return Desk(shipped.engine(), communities)


def show_progress(done: int, all: int) -> None:
    """One line on standard error that counts up, where a person is looking."""
    if sys.stderr.isatty() and (done % 20 == 0 or done == all):
        end = "\n" if done == all else "\r"
        print(f"Reading {all} wordings for the first time: {done}", end=end, file=sys.stderr)
