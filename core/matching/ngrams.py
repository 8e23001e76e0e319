"""The lexical side of matching: word and character n-grams, hashed into vectors of fixed length.

Feature hashing with signs (K. Weinberger et al., "Feature Hashing for Large Scale Multitask
Learning", ICML 2009): no vocabulary is kept, and a dot product of two vectors is on average the
tf-idf cosine of the two texts.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.matching.encoder import Vector

WIDTH = 1024
SIZES = (2, 3, 4, 5)
_BUCKETS = 1 << 18
_COPIES = 2
_WORD = re.compile(r"\w+")
# Odd multipliers that spread a bucket's number over the places of a vector (Knuth, TAOCP 6.4).
_SPREAD = np.array([2654435761, 2246822519], np.uint64)


class Ngrams:
    """Texts as hashed tf-idf vectors; how rare an n-gram is, is counted on `texts`."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = np.zeros(_BUCKETS, np.float32)
        for text in texts:
            counts[_hashed(text)[0]] += 1
        self._rarity = (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)

    def vector(self, text: str) -> Vector:
        """Shape (WIDTH,), float32, of length about 1, or 0 for a text without words."""
        buckets, counts = _hashed(text)
        weights = (1 + np.log(counts)) * self._rarity[buckets]
        length = float(np.linalg.norm(weights)) or 1.0
        spread = buckets.astype(np.uint64)[:, None] * _SPREAD
        signs = np.where(spread & np.uint64(1 << 20), 1.0, -1.0)
        places = ((spread >> np.uint64(8)) ^ (spread >> np.uint64(23))) % np.uint64(WIDTH)
        values = signs * (weights / length)[:, None] / np.sqrt(_COPIES)
        summed = np.bincount(places.ravel().astype(np.intp), values.ravel(), WIDTH)
        return summed.astype(np.float32)

    def vectors(self, texts: Sequence[str]) -> Vector:
        """Shape (len(texts), WIDTH)."""
        if not texts:
            return np.empty((0, WIDTH), np.float32)
        return np.stack([self.vector(text) for text in texts])


def _hashed(text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The buckets of a text's n-grams, each once, and how often each occurs."""
    counts = Counter(zlib.crc32(gram.encode()) % _BUCKETS for gram in _grams(text.lower()))
    return np.array(list(counts), np.intp), np.array(list(counts.values()), np.float32)


def _grams(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    yield from (f"word {word}" for word in words)
    yield from (f"pair {one} {next}" for one, next in itertools.pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in SIZES:
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))
