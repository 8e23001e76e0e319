"""Vectors of the sets' texts, kept on disk so that a second run encodes nothing again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from core.matching.encoder import Encoder, Vector

Progress = Callable[[int, int], None]
EVERY = 50


class Recall:
    """An encoder that remembers; in all else the one it stands before."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder, self.name = encoder, encoder.name
        self._path = folder / f"bench-vectors-{encoder.name}.npz"
        self._known = _read(self._path)
        self._kept = len(self._known)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode(self, text: str) -> Vector:
        """The vector of a text, from memory if it was ever encoded."""
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        vector = self._known.get(key)
        if vector is None:
            vector = self._known[key] = self._encoder.encode(text)
        return vector

    def warm(self, texts: Iterable[str], progress: Progress) -> None:
        """Encode what is not known yet."""
        wanted = list(dict.fromkeys(texts))
        for done, text in enumerate(wanted):
            if done % EVERY == 0:
                progress(done, len(wanted))
            self.encode(text)

    def keep(self) -> None:
        """Write what was learned, whole or not at all."""
        if len(self._known) == self._kept:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(f".{os.getpid()}.tmp")
        with new.open("wb") as file:
            vectors = np.stack(list(self._known.values()))
            np.savez(file, keys=np.array(list(self._known)), vectors=vectors)
        new.replace(self._path)
        self._kept = len(self._known)


def _read(path: Path) -> dict[str, Vector]:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            keys, vectors = file["keys"].tolist(), file["vectors"].astype(np.float32)
            return dict(zip(keys, vectors, strict=True))
    except Exception:  # noqa: BLE001 - none, broken or foreign: all the same to a benchmark
        return {}
