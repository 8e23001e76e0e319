"""An empty database of either kind, gone after the test."""

from __future__ import annotations

import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

KINDS = ("sqlite", "postgresql")
SERVER = os.environ.get("POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432")


@asynccontextmanager
async def empty(kind: str, folder: Path) -> AsyncIterator[str]:
    """The address of a database in which nothing is; a machine without the server skips the test."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fossae.db'}"
        return
    name = f"fossae_test_{uuid.uuid4().hex}"
    await _say(f"CREATE DATABASE {name}")
    try:
        yield f"{SERVER}/{name}"
    finally:
        await _say(f"DROP DATABASE {name} WITH (FORCE)")


async def _say(statement: str) -> None:
    try:
        connection = await asyncpg.connect(f"{SERVER}/postgres", timeout=5)
    except (OSError, asyncpg.PostgresError):
        pytest.skip("needs PostgreSQL")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
