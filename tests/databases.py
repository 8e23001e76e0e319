"""An empty database of either kind, gone after the test or the run."""

from __future__ import annotations

import asyncio
import atexit
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from core.community.store.schema import Table

KINDS = ("sqlite", "postgresql")
SERVER = os.environ.get("POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432")
TABLES = ", ".join(table.name for table in Table.metadata.sorted_tables)


@asynccontextmanager
async def empty(kind: str, folder: Path) -> AsyncIterator[str]:
    """The address of a database without a table; a machine without the server skips the test."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fossae.db'}"
        return
    name = _new()
    await _say(f"CREATE DATABASE {name}")
    try:
        yield f"{SERVER}/{name}"
    finally:
        await _say(_gone(name))


@asynccontextmanager
async def cleared(kind: str, folder: Path) -> AsyncIterator[str]:
    """The same in a tenth of the time, for tests to which it may have been migrated already."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fossae.db'}"
        return
    name = await _kept()
    yield f"{SERVER}/{name}"
    await _clear(name)


async def noted() -> None:
    """Wait for what a test left being written down: a connection at work outlives its pool."""
    named = ((task, getattr(task.get_coro(), "__qualname__", "")) for task in asyncio.all_tasks())
    writing = [task for task, name in named if name == "Noting._write"]
    if writing:
        await asyncio.wait(writing, timeout=5)


_names: list[str] = []


async def _kept() -> str:
    """One for this process, made when first needed and dropped at its end."""
    if not _names:
        name = _new()
        await _say(f"CREATE DATABASE {name}")
        _names.append(name)
        atexit.register(lambda: asyncio.run(_say(_gone(name))))
    return _names[0]


_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""


async def _clear(name: str) -> None:
    """Nothing is in it any more, numbers begin at 1, and what a test left at work has ended."""
    connection = await asyncpg.connect(f"{SERVER}/{name}", timeout=5)
    try:
        await connection.execute(_OTHERS)
        if await connection.fetchval("SELECT to_regclass('alembic_version')"):
            await connection.execute(f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE")
        await asyncio.sleep(0.02)  # connections that were ended so are closed on our side too
    finally:
        await connection.close()


def _new() -> str:
    return f"fossae_test_{uuid.uuid4().hex}"


def _gone(name: str) -> str:
    return f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"


async def _say(statement: str) -> None:
    try:
        connection = await asyncpg.connect(f"{SERVER}/postgres", timeout=5)
    except (OSError, asyncpg.PostgresError):
        pytest.skip("needs PostgreSQL")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
