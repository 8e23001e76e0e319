"""Vectors of reviewed wordings, kept on disk so that a start embeds nothing twice."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.matching.encoder import Encoder, Vector

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


class VectorCache:
    """A folder of vectors by encoder and text; anything odd in it is rebuilt, never trusted."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._path = folder / f"vectors-{encoder.name}.npz"
        self._encoder = encoder

    def encode(self, texts: Sequence[str], progress: Progress = lambda done, all: None) -> Vector:
        """The vectors of `texts`, shape (len(texts), dimensions), in their order."""
        known = self._read()
        wanted = {_key(text): text for text in texts}
        missing = [(key, text) for key, text in wanted.items() if key not in known]
        for done, (key, text) in enumerate(missing):
            progress(done, len(missing))
            known[key] = self._encoder.encode(text)
        if missing:
            progress(len(missing), len(missing))
            self._write({key: known[key] for key in wanted})
        return self._stacked([known[_key(text)] for text in texts])

    def number(self, about: str, measure: Callable[[], float]) -> float:
        """A number from 0 to 1 that takes long to measure, kept by all that it depends on."""
        path = self._path.with_name(f"number-{_key(about)}.txt")
        try:
            kept = float(path.read_text(encoding="ascii"))
            if 0 <= kept <= 1:
                return kept
            log.warning("numbers cache=foreign action=rebuild")
        except FileNotFoundError:
            pass
        except (OSError, ValueError):
            log.warning("numbers cache=unreadable action=rebuild")
        measured = measure()
        self._keep(path, lambda file: file.write(repr(measured).encode()))
        return measured

    def _read(self) -> dict[str, Vector]:
        try:
            with self._path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                keys, vectors = file["keys"], file["vectors"]
        except FileNotFoundError:
            return {}
        except Exception:  # noqa: BLE001 - a broken zip has a dozen ways to say so
            log.warning("vectors cache=unreadable action=rebuild")
            return {}
        if not _sound(keys, vectors, self._encoder.dimensions):
            log.warning("vectors cache=foreign action=rebuild")
            return {}
        return dict(zip(keys.tolist(), vectors, strict=True))

    def _write(self, vectors: dict[str, Vector]) -> None:
        keys, stacked = np.array(list(vectors)), self._stacked(list(vectors.values()))
        self._keep(self._path, lambda file: np.savez(file, keys=keys, vectors=stacked))

    def _keep(self, path: Path, write: Callable[[BinaryIO], object]) -> None:
        """Put a file in place whole, for another process may be reading it."""
        new = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                write(file)
            new.replace(path)
        except OSError as error:
            log.warning("vectors cache=unwritable reason=%s", error.strerror)

    def _stacked(self, vectors: Sequence[Vector]) -> Vector:
        if not vectors:
            return np.empty((0, self._encoder.dimensions), np.float32)
        return np.stack(vectors).astype(np.float32, copy=False)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _sound(keys: np.ndarray, vectors: np.ndarray, dimensions: int) -> bool:
    if keys.ndim != 1 or keys.dtype.kind != "U" or vectors.dtype != np.float32:
        return False
    if vectors.shape != (len(keys), dimensions):
        return False
    return bool(np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3))
