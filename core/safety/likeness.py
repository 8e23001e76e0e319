"""The second layer: texts that mean what a rule's examples mean, in words nobody foresaw.

Regularised least squares on sentence vectors, one column a message, as in the first matcher. The
method says in closed form what it would have said of each example had it been left out, and each
message's threshold is set on those scores: at most a few of the texts that are not its own would
have reached it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.content.safety import Lexicon
from core.safety.signs import Noticed

Vector = NDArray[np.float32]
Encode = Callable[[str], Vector]

LANGUAGE = "en"
PENALTY = 0.5
# The share of harmless texts that may reach the threshold of an emergency, of all other texts that
# may reach any other, and what neither falls below.
EMERGENCY, OTHERWISE, FLOOR = 0.012, 0.004, 0.2
WINDOW, MOST_WINDOWS = 30, 12


@dataclass(frozen=True, slots=True)
class Known:
    """A text whose rule and message are known; None for a harmless one."""

    text: str
    noticed: Noticed | None


def known_texts(lexicons: Iterable[Lexicon], harmless: Iterable[str] = ()) -> list[Known]:
    """Every example of the encoder's language, and other harmless texts; each text once."""
    ours = [one for one in lexicons if one.language == LANGUAGE]
    examples = [example for one in ours for example in one.examples]
    silent = [*harmless, *(text for one in ours for text in one.harmless)]
    silent += [text for example in examples for text in example.silent]
    said = {text: Known(text, None) for text in silent}
    for example in examples:
        for text in example.fires:
            said[text] = Known(text, (example.rule, example.message))
    return list(said.values())


class Likeness:
    """Judges texts by the vectors of known ones; `vectors` has a row of unit length for each.

    For the messages that are `urgent` a harmless text too many is worth a text that isn't missed.
    """

    def __init__(
        self,
        known: Sequence[Known],
        vectors: Vector,
        encode: Encode,
        urgent: Collection[Noticed] = (),
    ) -> None:
        self._known, self._vectors, self._encode = known, vectors, encode
        self._messages = sorted({one.noticed for one in known if one.noticed})
        self._centre = vectors.mean(axis=0) if len(vectors) else np.float32(0)
        self._weights, left_out = self._fit()
        self._thresholds = np.array(
            [
                self._threshold(message, left_out[:, at], urgent)
                for at, message in enumerate(self._messages)
            ]
        )

    def spot(self, text: str) -> set[Noticed]:
        """The messages that any window of `text` resembles, if no harmless text is nearer."""
        return {noticed for noticed, _ in self.seen(text)}

    def seen(self, text: str) -> Iterator[tuple[Noticed, str]]:
        """Every such message, with the example of it that lies nearest."""
        for window in windows(text) if self._messages else ():
            vector = self._encode(window)
            cosines = self._vectors @ vector
            if self._known[int(np.argmax(cosines))].noticed:
                scores = self._centred(vector) @ self._weights
                for at in np.flatnonzero(scores >= self._thresholds):
                    yield self._messages[at], self._nearest(self._messages[at], cosines)

    def _nearest(self, message: Noticed, cosines: Vector) -> str:
        rows = (row for row, one in enumerate(self._known) if one.noticed == message)
        return self._known[max(rows, key=lambda row: float(cosines[row]))].text

    def _threshold(self, message: Noticed, scores: Vector, urgent: Collection[Noticed]) -> float:
        harmless = [one.noticed is None for one in self._known]
        others = [one.noticed is None or one.noticed[0] != message[0] for one in self._known]
        may = EMERGENCY if message in urgent else OTHERWISE
        among = scores[harmless if message in urgent else others]
        return max(FLOOR, float(np.quantile(among, 1 - may))) if len(among) else FLOOR

    def _fit(self) -> tuple[Vector, Vector]:
        points, targets = self._centred(self._vectors), self._targets()
        # In the 384 dimensions rather than in the texts: the same solution, at a tenth of the time.
        inverse = np.linalg.inv(points.T @ points + PENALTY * np.eye(points.shape[1]))
        weights = inverse @ (points.T @ targets)
        leverage = np.einsum("nd,de,ne->n", points, inverse, points, optimize=True)
        left_out = targets - (targets - points @ weights) / (1 - leverage)[:, None]
        return weights.astype(np.float32), left_out.astype(np.float32)

    def _targets(self) -> Vector:
        targets = np.zeros((len(self._known), len(self._messages)), np.float32)
        for row, one in enumerate(self._known):
            if one.noticed:
                targets[row, self._messages.index(one.noticed)] = 1
        return targets

    def _centred(self, vectors: Vector) -> Vector:
        moved = vectors - self._centre
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), 1e-6))


def windows(text: str) -> list[str]:
    """The whole text in at most MOST_WINDOWS overlapping pieces; a short one is one piece."""
    words = text.split()
    if len(words) <= WINDOW:
        return [" ".join(words)] if words else []
    length = max(WINDOW, -(-2 * len(words) // (MOST_WINDOWS + 1)))
    starts = range(0, max(1, len(words) - length // 2), length // 2 + length % 2)
    return [" ".join(words[at : at + length]) for at in starts]
