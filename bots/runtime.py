"""Wiring: content, encoder, matcher and engine from settings."""

from __future__ import annotations

import sys

from bots.desk import Desk
from bots.settings import Settings
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import Engine
from core.matching.encoder import MiniLM
from core.matching.foreign import ForeignMatcher
from core.matching.multilingual import Multilingual, installed
from core.matching.ridge import RidgeMatcher
from core.matching.vectors import VectorCache


def build_matcher(settings: Settings, library: Library) -> RidgeMatcher:
    """The matcher over all entries; new wordings are embedded, which is shown as it goes."""
    encoder = MiniLM()
    cache = VectorCache(settings.cache, encoder)
    return RidgeMatcher(library.entries.values(), encoder, cache, show_progress)


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
    foreign = build_foreign(settings, library)
    return Engine(library, build_matcher(settings, library), foreign=foreign)


def build_desk(settings: Settings) -> Desk:
    """The desk at which every adapter of this process knocks."""
    return Desk(build_engine(settings))


def show_progress(done: int, all: int) -> None:
    """One line on standard error that counts up, where a person is looking."""
    if sys.stderr.isatty() and (done % 20 == 0 or done == all):
        end = "\n" if done == all else "\r"
        print(f"Reading {all} wordings for the first time: {done}", end=end, file=sys.stderr)
