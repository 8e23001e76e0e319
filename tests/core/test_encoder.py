"""The encoder: unit vectors from the tested file only, loaded by nobody who does not need it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.matching.encoder import CHECKSUMS, HOME, MiniLM, ModelError
from tests.shared import ROOT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the model's files, as links."""
    for name in CHECKSUMS:
        (tmp_path / name).symlink_to(HOME / name)
    return tmp_path


@pytest.mark.parametrize("text", ["", "how deep are they", "🫖" * 500, "x" * 6_000])
def test_a_vector_has_length_one(encoder: MiniLM, text: str) -> None:
    vector = encoder.encode(text)

    assert vector.shape == (MiniLM.dimensions,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_what_was_encoded_before(encoder: MiniLM) -> None:
    before = encoder.encode("why does a kettle whistle")
    encoder.encode("x" * 1_000)

    assert np.array_equal(encoder.encode("why does a kettle whistle"), before)


def test_it_tells_of_each_token_what_it_became(encoder: MiniLM) -> None:
    """Between a token for the beginning and one for the end."""
    whole, tokens = encoder.encoded("why does a kettle whistle")

    assert tokens.shape == (7, MiniLM.dimensions)
    assert np.array_equal(whole, encoder.encode("why does a kettle whistle"))
    assert not np.array_equal(tokens[1], encoder.encoded("a kettle whistles")[1][1])


def test_texts_that_mean_alike_lie_close(encoder: MiniLM) -> None:
    whistle, scream, fuse = map(
        encoder.encode,
        ("why does my kettle whistle", "what makes the kettle sing", "which fuse do i need"),
    )

    assert whistle @ scream > whistle @ fuse


def test_the_tested_files_are_taken(home: Path) -> None:
    assert MiniLM(home).encode("hello").shape == (MiniLM.dimensions,)


@pytest.mark.parametrize("name", CHECKSUMS)
def test_a_missing_file_is_refused_with_a_remedy(home: Path, name: str) -> None:
    (home / name).unlink()

    with pytest.raises(ModelError, match=f"{name} is missing: fetch the repository again"):
        MiniLM(home)


@pytest.mark.parametrize("name", CHECKSUMS)
def test_a_changed_file_is_refused_with_a_remedy(home: Path, name: str) -> None:
    (home / name).unlink()
    (home / name).write_bytes((HOME / name).read_bytes() + b"\0")

    with pytest.raises(ModelError, match=f"{name} is not the file that was tested: fetch"):
        MiniLM(home)


@pytest.mark.parametrize(
    "statement",
    [
        "import core",
        "from core.content.reader import load; load(Path('content'))",
        "import core.dialogue.engine, core.safety.age",
        "import core.matching.encoder, core.matching.fused, core.matching.evaluation",
        "import bots.cli",
    ],
)
def test_nothing_but_the_encoder_loads_the_runtime(statement: str) -> None:
    program = f"""
        import sys
        from pathlib import Path
        {statement}
        print(*sorted({{"onnxruntime", "tokenizers"}} & set(sys.modules)))
    """.replace("\n        ", "\n")
    done = subprocess.run(  # noqa: S603 - our own statement
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == []
