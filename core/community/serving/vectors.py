"""Vectors of a community's own wordings; those of the shipped packs are taken from their matcher."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from core.matching.encoder import Encoder, Vector
from core.matching.fused import FusedMatcher
from core.matching.vectors import Progress, VectorCache
from core.matching.wordings import tidy


class OwnVectors(VectorCache):
    """Keeps on disk only what the shipped matcher hasn't got, and takes over its threshold."""

    def __init__(self, folder: Path, encoder: Encoder, shipped: FusedMatcher) -> None:
        super().__init__(folder, encoder)
        self._shipped = shipped

    def encode(self, texts: Sequence[str], progress: Progress = lambda done, all: None) -> Vector:
        """The vectors of `texts`, in their order."""
        wordings, vectors = self._shipped.wordings, self._shipped.corpus.vectors
        known = {tidy(one.text): row for one, row in zip(wordings, vectors, strict=True)}
        own = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(own, super().encode(own, progress), strict=True))
        return np.stack([known[text] for text in texts])

    def number(self, about: str, measure: Callable[[], float]) -> float:
        """The shipped threshold: measuring it anew takes longer than anybody waits for an answer."""
        return self._shipped.threshold
