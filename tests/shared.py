"""Where the material beside the project lies, on a machine that has it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def shared(path: str) -> Path:
    """The file `path` of ../shared; a machine without it skips the test and says so."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs ../shared/{path}, which this machine does not have")
    return found
