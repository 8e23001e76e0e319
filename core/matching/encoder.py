"""The sentence encoder: a text becomes 384 numbers, and texts that mean alike lie close.

It can also say what it made of each token on the way there.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

HOME = Path(__file__).parent / "minilm"
CHECKSUMS = {
    "model.onnx": "53fb9c855dc13f6935646eef7cd3a813bb343b4e7a430109e1d724cb72f7020a",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# What the fourth of its six layers makes of each token. Later ones see more of the text than of the token.
TOKENS = "/n2_3/LayerNormalization_output_0"


class Encoded(NamedTuple):
    """A text as a whole, shape (dimensions,), and token by token, shape (tokens, dimensions)."""

    whole: Vector
    tokens: Vector


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
        model = _telling_tokens((home / "model.onnx").read_bytes())
        self._session: Any = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )
        # It keeps what it was made from, 23 MB, to begin again with other hardware, of which there is none.
        self._session._model_bytes = None  # noqa: SLF001 - there is no public way
        self._tokenizer: Any = Tokenizer.from_file(str(home / "tokenizer.json"))
        self._tokenizer.no_padding()

    def encode(self, text: str) -> Vector:
        """The vector of one text; what lies beyond 128 tokens is not read."""
        return self.encoded(text).whole

    def encoded(self, text: str) -> Encoded:
        """One text whole and token by token; what lies beyond 128 tokens is not read."""
        # One text a call: the ranges of dynamic int8 depend on what else is in the batch.
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        whole, tokens = self._session.run(["emb", TOKENS], feed)
        return Encoded(whole[0], tokens[0])


def _telling_tokens(model: bytes) -> bytes:
    """The model with TOKENS among its outputs, and the file as it was tested.

    Protobuf merges what follows a message into it: ModelProto.graph (7) gets one more output (12), of
    which only the name (1) has to be said.
    """
    return model + _field(7, _field(12, _field(1, TOKENS.encode())))


def _field(number: int, content: bytes) -> bytes:
    """A field of protobuf, of fewer than 128 bytes."""
    return bytes([number << 3 | 2, len(content)]) + content


def _verify(home: Path) -> None:
    for name, expected in CHECKSUMS.items():
        path = home / name
        if not path.exists():
            raise ModelError(f"{path} is missing: fetch the repository again, with its model file")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"{path} is not the file that was tested: fetch the repository again")
