"""What the classifier reads of a text beside its sentence vector: its words and pieces of words."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.safety.words import words_of

Vector = NDArray[np.float32]

WIDTH = 4096
SIZES = (2, 3, 4, 5)
_SIGN = 1 << 31


def features(text: str) -> Vector:
    """Hashed words with their neighbours, and hashed letters, each half of the length; (WIDTH,).

    Hashing as in K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009.
    """
    words = words_of(text).words
    return (_hashed(_phrases(words)) + _hashed(_pieces(words))) / np.float32(np.sqrt(2))


def _phrases(words: tuple[str, ...]) -> Iterator[str]:
    yield from (f"1 {word}" for word in words)
    yield from (f"2 {one} {next}" for one, next in pairwise(words))
    yield from (f"3 {one} {other}" for one, other in zip(words, words[2:], strict=False))


def _pieces(words: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        padded = f" {word} "
        for size in SIZES:
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


def _hashed(marks: Iterable[str]) -> Vector:
    vector = np.zeros(WIDTH, np.float32)
    for mark in set(marks):
        number = zlib.crc32(mark.encode())
        vector[number % WIDTH] += 1 if number & _SIGN else -1
    return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-6))
