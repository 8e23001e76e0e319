"""The second layer: which rule a text is a matter of, in words that no sign foresaw.

A few small networks over the sentence vector, words and pieces of words, trained ahead of time on a pack's
training texts (`fossae train`) and kept beside them: a bot only reads what was learnt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.safety.ensemble import Ensemble, assembled, trained_together
from core.safety.features import features
from core.safety.signs import Noticed

Vector = NDArray[np.float32]
Encode = Callable[[str], Vector]

WINDOW, MOST_WINDOWS = 30, 12
# What stands for "no rule" among the chances of messages.
HARMLESS: Noticed = ("", "harmless")
# Where its numbers mean something else than before, what was kept is not read.
FORM = 2


@dataclass(frozen=True)
class Classifier:
    """What was learnt: the chance of each message for a text.

    The last class of the networks is "harmless"; `digest` says from which texts it was learnt, and
    `encoder` whose sentence vectors it reads, which are moved by `centre`.
    """

    messages: tuple[Noticed, ...]
    centre: Vector
    networks: Ensemble
    encoder: str
    digest: str

    def chances(self, text: str, encode: Encode) -> dict[Noticed, float]:
        """The chance of each message, 0 to 1, in the window of `text` where it is greatest.

        That of HARMLESS is the one of the window that is least so.
        """
        pieces = windows(text)
        if not pieces:
            return {}
        points = _points([encode(piece) for piece in pieces], pieces, self.centre)
        shares = self.networks.shares(points)
        best = dict(zip(self.messages, shares.max(axis=0).tolist(), strict=False))
        return best | {HARMLESS: float(shares[:, -1].min())}


def learnt(
    texts: Sequence[str],
    labels: Sequence[Noticed | None],
    vectors: Vector,
    encoder: str,
    digest: str,
) -> Classifier:
    """The classifier of `texts`, whose sentence vectors are the rows of `vectors`."""
    messages = tuple(sorted({label for label in labels if label}))
    numbers = {label: at for at, label in enumerate((*messages, None))}
    centre = vectors.mean(axis=0)
    points = _points(vectors, texts, centre)
    known = np.array([numbers[label] for label in labels], np.intp)
    networks = trained_together(points, known, len(numbers))
    return Classifier(messages, centre, networks, encoder, digest)


def save(classifier: Classifier, file: Path) -> None:
    """Keep it, in half the digits: that changes no chance by a hundredth."""
    said = {
        "form": FORM,
        "encoder": classifier.encoder,
        "digest": classifier.digest,
        "messages": classifier.messages,
    }
    parts = {name: one.astype(np.float16) for name, one in classifier.networks.parts().items()}
    numbers: dict[str, Any] = {"centre": classifier.centre, **parts}
    np.savez_compressed(file, said=np.array(json.dumps(said)), **numbers)


def load(file: Path, encoder: str) -> Classifier | None:
    """What was kept; None where there is nothing, or nothing for this encoder."""
    if not file.exists():
        return None
    with np.load(file, allow_pickle=False) as kept:
        said = json.loads(str(kept["said"]))
        if (said["form"], said["encoder"]) != (FORM, encoder):
            return None
        messages = tuple((rule, message) for rule, message in said["messages"])
        numbers = {name: _read(name, kept[name]) for name in kept.files if name != "said"}
        centre = numbers.pop("centre")
        return Classifier(messages, centre, assembled(numbers), encoder, said["digest"])


def _read(name: str, kept: NDArray[Any]) -> Vector:
    """With all its digits, but for what a bot keeps most of: see Network."""
    return kept if name == "inner" else kept.astype(np.float32)


def windows(text: str) -> list[str]:
    """The whole text in at most MOST_WINDOWS overlapping pieces; a short one is one piece."""
    words = text.split()
    if len(words) <= WINDOW:
        return [" ".join(words)] if words else []
    length = max(WINDOW, -(-2 * len(words) // (MOST_WINDOWS + 1)))
    starts = range(0, max(1, len(words) - length // 2), length // 2 + length % 2)
    return [" ".join(words[at : at + length]) for at in starts]


def _points(vectors: Sequence[Vector] | Vector, texts: Sequence[str], centre: Vector) -> Vector:
    moved = np.stack(list(vectors)) - centre
    moved /= np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    return np.concatenate([moved, np.stack([features(text) for text in texts])], axis=1)
