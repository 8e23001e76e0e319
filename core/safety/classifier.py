"""The second layer: which rule a text is a matter of, in words that no sign foresaw.

Small networks, trained ahead of time on a pack's training texts (`fossae train`) and kept beside them: a
bot only reads what was learnt. Some see a text as a whole (its vector, words and pieces of words), others
token by token; they err on different texts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.safety.learning import convolution, network
from core.safety.learning.convolution import Convolution, Tokens
from core.safety.learning.descent import Labels, Parts, Vector
from core.safety.learning.ensemble import Ensemble, assembled, trained_together
from core.safety.learning.features import features
from core.safety.learning.network import Network
from core.safety.signs import Noticed

# A text as a whole, shape (dimensions,), and token by token, shape (tokens, dimensions).
Encoded = tuple[Vector, Tokens]
Encode = Callable[[str], Encoded]

WINDOW, MOST_WINDOWS = 30, 12
NETWORKS, LISTENERS = 3, 2
# How the names of their parts begin in the file, and the part that stays at half the digits.
WHOLE, HEARD = "whole-", "heard-"
HALVED = f"{WHOLE}inner"
# What stands for "no rule" among the chances of messages.
HARMLESS: Noticed = ("", "harmless")
# Where its numbers mean something else than before, what was kept is not read.
FORM = 3


@dataclass(frozen=True)
class Classifier:
    """What was learnt: the chance of each message for a text.

    The last class of the networks is "harmless"; `digest` says from which texts it was learnt, and
    `encoder` whose numbers it knows: the vectors, moved by `centre`, and what `listeners` hear of the
    tokens, where that encoder tells them.
    """

    messages: tuple[Noticed, ...]
    centre: Vector
    networks: Ensemble[Vector]
    listeners: Ensemble[Sequence[Tokens]] | None
    encoder: str
    digest: str

    def chances(self, text: str, encode: Encode) -> dict[Noticed, float]:
        """The chance of each message, 0 to 1, in the window of `text` where it is greatest.

        That of HARMLESS is the one of the window that is least so.
        """
        pieces = windows(text)
        if not pieces:
            return {}
        shares = self._shares([encode(piece) for piece in pieces], pieces)
        best = dict(zip(self.messages, shares.max(axis=0).tolist(), strict=False))
        return best | {HARMLESS: float(shares[:, -1].min())}

    def _shares(self, encoded: Sequence[Encoded], texts: Sequence[str]) -> Vector:
        points = _points([whole for whole, _ in encoded], texts, self.centre)
        shares = self.networks.shares(points)
        if self.listeners is None:
            return shares
        heard = self.listeners.shares([tokens for _, tokens in encoded])
        return np.asarray(np.mean([shares, heard], axis=0))


def learnt(
    texts: Sequence[str],
    labels: Sequence[Noticed | None],
    encoded: Sequence[Encoded],
    encoder: str,
    digest: str,
) -> Classifier:
    """The classifier of `texts`, as the encoder has `encoded` them."""
    messages = tuple(sorted({label for label in labels if label}))
    numbers = {label: at for at, label in enumerate((*messages, None))}
    known = np.array([numbers[label] for label in labels], np.intp)
    vectors = [whole for whole, _ in encoded]
    centre = np.mean(vectors, axis=0)
    points = _points(vectors, texts, centre)
    networks = trained_together(
        lambda seed: network.trained(points, known, len(numbers), seed), NETWORKS
    )
    listeners = _listening([tokens for _, tokens in encoded], known, len(numbers))
    return Classifier(messages, centre, networks, listeners, encoder, digest)


def save(classifier: Classifier, file: Path) -> None:
    """Keep it, in half the digits: that changes no chance by a hundredth."""
    said = {
        "form": FORM,
        "encoder": classifier.encoder,
        "digest": classifier.digest,
        "messages": classifier.messages,
    }
    halved = {name: one.astype(np.float16) for name, one in _parts(classifier).items()}
    numbers: dict[str, Any] = {"centre": classifier.centre, **halved}
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
        networks = assembled(Network, _read(kept, WHOLE))
        listening = _read(kept, HEARD)
        listeners = assembled(Convolution, listening) if listening else None
        return Classifier(messages, kept["centre"], networks, listeners, encoder, said["digest"])


def _listening(
    tokens: Sequence[Tokens], known: Labels, classes: int
) -> Ensemble[Sequence[Tokens]] | None:
    """None where the encoder tells no tokens."""
    if not all(len(one) for one in tokens):
        return None
    return trained_together(
        lambda seed: convolution.trained(tokens, known, classes, seed), LISTENERS
    )


def _parts(classifier: Classifier) -> Parts:
    whole = {f"{WHOLE}{name}": one for name, one in classifier.networks.parts().items()}
    heard = classifier.listeners.parts() if classifier.listeners else {}
    return whole | {f"{HEARD}{name}": one for name, one in heard.items()}


def _read(kept: Mapping[str, NDArray[Any]], of: str) -> Parts:
    """With all their digits, but for what a bot keeps most of: see Network."""
    named = (name for name in kept if name.startswith(of))
    return {
        name.removeprefix(of): kept[name] if name == HALVED else kept[name].astype(np.float32)
        for name in named
    }


def windows(text: str) -> list[str]:
    """The whole text in at most MOST_WINDOWS overlapping pieces; a short one is one piece."""
    words = text.split()
    if len(words) <= WINDOW:
        return [" ".join(words)] if words else []
    length = max(WINDOW, -(-2 * len(words) // (MOST_WINDOWS + 1)))
    starts = range(0, max(1, len(words) - length // 2), length // 2 + length % 2)
    return [" ".join(words[at : at + length]) for at in starts]


def _points(vectors: Sequence[Vector], texts: Sequence[str], centre: Vector) -> Vector:
    moved = np.stack(vectors) - centre
    moved /= np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    return np.concatenate([moved, np.stack([features(text) for text in texts])], axis=1)
