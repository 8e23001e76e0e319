"""The sentence encoder: a text becomes 384 numbers, and texts that mean alike lie close."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

HOME = Path(__file__).parent / "minilm"
CHECKSUMS = {
    "model.onnx": "53fb9c855dc13f6935646eef7cd3a813bb343b4e7a430109e1d724cb72f7020a",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class Encoder(Protocol):
    """Whatever turns a text into a vector of unit length; `name` changes with its numbers."""

    name: str
    dimensions: int

    def encode(self, text: str) -> Vector:
        """The vector of one text, shape (dimensions,), float32, of length 1."""


class ModelError(Exception):
    """The model's files are missing or are not the ones that were tested."""


class MiniLM:
    """all-MiniLM-L6-v2 as int8 ONNX (see minilm/NOTICE.md), on one thread, with no network."""

    name = CHECKSUMS["model.onnx"][:16]
    dimensions = 384

    def __init__(self, home: Path = HOME) -> None:
        _verify(home)
        # Without this, onnxruntime reports its use to its makers and keeps an id on disk.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        # Loaded here and not above: reading content and `import core` need no runtime.
        import onnxruntime  # noqa: PLC0415
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            home / "model.onnx", options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(home / "tokenizer.json"))
        self._tokenizer.no_padding()

    def encode(self, text: str) -> Vector:
        """The vector of one text; what lies beyond 128 tokens is not read."""
        # One text a call: the ranges of dynamic int8 depend on what else is in the batch.
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vector: Vector = self._session.run(["emb"], feed)[0][0]
        return vector


def _verify(home: Path) -> None:
    for name, expected in CHECKSUMS.items():
        path = home / name
        if not path.exists():
            raise ModelError(f"{path} is missing: fetch the repository again, with its model file")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"{path} is not the file that was tested: fetch the repository again")
