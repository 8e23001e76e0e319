"""From a pack's training texts to its classifiers, and whether these are still of those texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from core.content.draft import Draft, Filed
from core.content.problem import Problem
from core.content.reader import read_training, training_files
from core.content.safety import Training
from core.safety.classifier import load
from core.safety.signs import Noticed

ENGLISH, ABROAD = "en", "abroad"
Known = tuple[str, Noticed | None]


def files(home: Path, of: str) -> list[Path]:
    """The training files of the English classifier, or of the one for every language."""
    return [file for file in training_files(home) if of == ABROAD or file.stem == ENGLISH]


def kept(home: Path, of: str) -> Path:
    """Where a classifier lies."""
    return home / "safety" / "training" / f"{of}.npz"


def digest(written: Sequence[Path]) -> str:
    """What changes when a training file does."""
    return sha256(b"\0".join(file.read_bytes() for file in written)).hexdigest()[:16]


def known(filed: Sequence[Filed[Training]]) -> list[Known]:
    """Every text with its label, each text once; the later label counts."""
    return list(dict(pair for one in filed for pair in _labelled(one.record)).items())


def problems(draft: Draft, encoders: dict[str, str]) -> list[Problem]:
    """What is wrong with a pack's training texts, or with what was learnt from them.

    `encoders` names the encoder of each classifier.
    """
    return [*mistakes(draft), *_stale(draft.home, encoders)]


def mistakes(draft: Draft) -> list[Problem]:
    """What is wrong with the texts alone: nothing may be learnt from them as they are."""
    filed, found = read_training(draft.home)
    named = {(rule.record.id, one.id) for rule in draft.rules for one in rule.record.messages}
    return [*found, *(problem for one in filed for problem in _unknown(one, named))]


def _unknown(filed: Filed[Training], named: set[Noticed]) -> Iterator[Problem]:
    """A bot that noticed such a message would have nothing to say."""
    rule, message = filed.record.rule, filed.record.message
    if (rule, message) != (None, None) and (rule, message) not in named:
        what = f"there is no message `{message}` of {rule}"
        yield filed.problem(("message",), "unknown-message", what, "correct one of them")


def _labelled(training: Training) -> Iterator[Known]:
    named = (training.rule, training.message)
    label = (named[0], named[1]) if named[0] and named[1] else None
    yield from ((text, label) for text in training.texts)
    yield from ((text, None) for text in training.harmless)


def _stale(home: Path, encoders: dict[str, str]) -> Iterator[Problem]:
    for of, encoder in encoders.items():
        written = files(home, of)
        classifier = load(kept(home, of), encoder) if written else None
        if written and (classifier is None or classifier.digest != digest(written)):
            what = "these texts are not what was learnt"
            yield Problem(str(written[0]), 1, "untrained", what, "run `fossae train`")
