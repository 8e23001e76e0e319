"""`fossae train`: learns the classifiers of the safety rules from the packs' training texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bots.runtime import shared_encoder, show_progress
from bots.settings import Settings
from core.content.problem import ContentError
from core.content.reader import read_training
from core.matching.encoder import Encoder
from core.matching.multilingual import Multilingual, installed
from core.matching.vectors import VectorCache
from core.matching.wordings import tidy
from core.safety.classifier import learnt, save
from core.safety.training import ABROAD, ENGLISH, digest, files, kept, known


def train(settings: Settings) -> Iterator[str]:
    """Learn what every pack teaches; a line for each classifier. Raises ContentError."""
    for card in sorted((settings.content / "packs").glob("*/pack.yaml")):
        home = card.parent
        filed, problems = read_training(home)
        if problems:
            raise ContentError(problems)
        if not filed:
            yield f"{home} has no training texts."
            continue
        yield _trained(settings, home, ENGLISH, shared_encoder())
        if installed():
            yield _trained(settings, home, ABROAD, Multilingual())
        else:
            yield "Other languages need the extra `languages`: pip install '.[languages]'"


def _trained(settings: Settings, home: Path, of: str, encoder: Encoder) -> str:
    written = files(home, of)
    filed = [one for one in read_training(home)[0] if Path(one.document.file) in written]
    texts, labels = zip(*known(filed), strict=True)
    cache = VectorCache(settings.cache / "training", encoder)
    vectors = cache.encode([tidy(text) for text in texts], show_progress)
    classifier = learnt(texts, labels, vectors, encoder.name, digest(written))
    save(classifier, kept(home, of))
    return f"{kept(home, of)}: {len(texts):,} texts, {len(classifier.messages)} messages."
