"""The cache of vectors: nothing is embedded twice, and nothing odd on disk is trusted."""

import hashlib
import logging
import warnings
from pathlib import Path

import numpy as np
import pytest

from core.matching.encoder import Vector
from core.matching.vectors import VectorCache

DIMENSIONS = 8
TEXTS = ["why does it whistle", "which fuse", "furry inside"]


class Counting:
    """An encoder that makes vectors from nothing and remembers what it was given."""

    name = "counting"
    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, text: str) -> Vector:
        """A vector of length 1 that differs from text to text."""
        self.encoded.append(text)
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
        return np.asarray(vector / np.linalg.norm(vector))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a cache that knows TEXTS."""
    VectorCache(tmp_path, Counting()).encode(TEXTS)
    return tmp_path / "vectors-counting.npz"


def again(folder: Path, texts: list[str] = TEXTS) -> list[str]:
    """What a new process has to embed; what it gets must be right in any case."""
    encoder, fresh = Counting(), Counting()
    vectors = VectorCache(folder, encoder).encode(texts)
    assert np.array_equal(vectors, np.stack([fresh.encode(text) for text in texts]))
    return encoder.encoded


def test_vectors_come_in_the_order_of_their_texts(tmp_path: Path) -> None:
    assert again(tmp_path) == TEXTS


def test_the_second_start_embeds_nothing(file: Path) -> None:
    assert again(file.parent) == []


def test_the_second_start_writes_nothing(file: Path) -> None:
    before = file.stat().st_mtime_ns, file.stat().st_ino
    again(file.parent)

    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_order_and_repetition_do_not_matter(file: Path) -> None:
    assert again(file.parent, [*reversed(TEXTS), TEXTS[0]]) == []


def test_a_text_that_is_asked_for_twice_is_embedded_once(tmp_path: Path) -> None:
    assert again(tmp_path, ["which fuse", "which fuse"]) == ["which fuse"]


def test_only_a_new_text_is_embedded(file: Path) -> None:
    assert again(file.parent, [*TEXTS, "a new one"]) == ["a new one"]
    assert again(file.parent, [*TEXTS, "a new one"]) == []


def test_a_text_that_is_gone_is_forgotten_with_the_next_new_one(file: Path) -> None:
    again(file.parent, [TEXTS[0], "a new one"])

    assert again(file.parent) == TEXTS[1:]


def test_another_encoder_has_its_own_file(file: Path) -> None:
    other = Counting()
    other.name = "other"
    VectorCache(file.parent, other).encode(TEXTS)

    assert other.encoded == TEXTS
    assert again(file.parent) == []


def test_no_texts_are_no_vectors(tmp_path: Path) -> None:
    assert VectorCache(tmp_path, Counting()).encode([]).shape == (0, DIMENSIONS)


def test_progress_counts_what_is_embedded(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    VectorCache(tmp_path, Counting()).encode(TEXTS, lambda done, all: seen.append((done, all)))

    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    "content", [b"", b"not a zip", b"PK\x03\x04", b"\x93NUMPY", b"\0" * 5_000], ids=repr
)
def test_a_corrupt_file_is_rebuilt(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert again(file.parent) == TEXTS
    assert again(file.parent) == []


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_rebuilt(file: Path, part: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])

    assert again(file.parent) == TEXTS
    assert again(file.parent) == []


def test_a_flipped_bit_is_noticed(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)

    assert again(file.parent) == TEXTS


KEYS = np.array([hashlib.sha256(text.encode()).hexdigest()[:32] for text in TEXTS])
UNIT = np.eye(len(TEXTS), DIMENSIONS, dtype=np.float32)


@pytest.mark.parametrize(
    "arrays",
    [
        {"something": np.ones(3)},
        {"keys": KEYS},
        {"keys": KEYS, "vectors": UNIT[:2]},
        {"keys": KEYS, "vectors": UNIT[:, :5]},
        {"keys": KEYS, "vectors": UNIT.astype(np.float64)},
        {"keys": KEYS, "vectors": UNIT * 2},
        {"keys": KEYS, "vectors": UNIT * np.nan},
        {"keys": KEYS, "vectors": UNIT * 0},
        {"keys": np.arange(3), "vectors": UNIT},
        {"keys": KEYS[:, None], "vectors": UNIT},
        {"keys": np.array([{"a": "pickle"}] * 3, dtype=object), "vectors": UNIT},
    ],
    ids=lambda arrays: " ".join(f"{name}:{a.dtype}{list(a.shape)}" for name, a in arrays.items()),
)
def test_a_foreign_file_is_rebuilt(file: Path, arrays: dict[str, np.ndarray]) -> None:
    with file.open("wb") as opened:
        np.savez(opened, allow_pickle=True, **arrays)

    assert again(file.parent) == TEXTS


def test_a_bare_array_is_rebuilt_too(file: Path) -> None:
    with file.open("wb") as opened:
        np.save(opened, UNIT)

    assert again(file.parent) == TEXTS


@pytest.mark.parametrize(("offset", "bit"), [(8, 1), (10, 32)], ids=["encrypted", "compressed"])
def test_a_bit_flipped_in_the_directory_is_noticed_too(file: Path, offset: int, bit: int) -> None:
    whole = bytearray(file.read_bytes())
    whole[whole.find(b"PK\x01\x02") + offset] ^= bit
    file.write_bytes(whole)

    assert again(file.parent) == TEXTS


def test_a_file_that_cannot_be_read_is_closed(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04 and no more")

    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always")
        again(file.parent)

    assert [str(one.message) for one in noticed] == []


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, folder: str
) -> None:
    (tmp_path / "file").write_text("in the way")

    with caplog.at_level(logging.WARNING):
        assert again(tmp_path / folder) == TEXTS
    assert "cache=unwritable" in caplog.text


def test_a_folder_where_the_file_should_be_is_no_error(file: Path) -> None:
    file.unlink()
    file.mkdir()

    assert again(file.parent) == TEXTS


def test_a_rebuilt_cache_is_noted_without_any_text(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(b"")
    with caplog.at_level(logging.INFO):
        again(file.parent)

    assert "cache=unreadable action=rebuild" in caplog.text
    assert "whistle" not in caplog.text


def test_writing_leaves_nothing_else_behind(file: Path) -> None:
    assert list(file.parent.iterdir()) == [file]
