"""The database: SQLite or PostgreSQL, migrated when it is opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from core.community.protocol.mistake import DatabaseError

MIGRATIONS = Path(__file__).parent / "migrations"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
# Any number, as long as every replica that migrates waits for the same one.
LOCK = 7_340_033


class Database:
    """Connections to one database, and the transactions on them."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that writes nothing."""
        async with AsyncSession(self._engine) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction: all of it is kept, or nothing."""
        writer = self._engine.execution_options(writes=True)
        async with AsyncSession(writer, expire_on_commit=False) as session, session.begin():
            yield session

    async def upgrade(self, to: str = "head") -> None:
        """Bring the tables to the newest shape; one of many replicas does it, the others wait."""
        await self._migrate(command.upgrade, to)

    async def downgrade(self, to: str) -> None:
        """Bring the tables back to an older shape."""
        await self._migrate(command.downgrade, to)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._engine.dispose()

    async def _migrate(self, direction: Any, to: str) -> None:
        try:
            await self._migrated(direction, to)
        except (SQLAlchemyError, OSError) as error:
            reason = getattr(error, "orig", None) or error
            raise DatabaseError(f"FOSSAE_DATABASE_URL can't be opened: {reason}") from error

    async def _migrated(self, direction: Any, to: str) -> None:
        file = self._engine.url.database
        if file and self._engine.dialect.name == "sqlite":
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        async with self._engine.execution_options(writes=True).begin() as connection:
            await _alone(connection)
            await connection.run_sync(_run, direction, to)


def insert(session: AsyncSession, table: Any) -> sqlite.Insert | postgresql.Insert:
    """An insert that can say what to do where the row is there already; both say it alike."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _engine(url: str) -> AsyncEngine:
    address = make_url(url)
    backend = address.get_backend_name()
    address = address.set(drivername=DRIVERS.get(backend, backend))
    # What people wrote would stand in the traceback of an error, and so in the log.
    engine = create_async_engine(address, hide_parameters=True)
    if backend == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: Any) -> None:
    """Readers and one writer at a time, who waits for the one before."""
    connection.isolation_level = None  # the driver would begin a transaction too late
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def _alone(connection: AsyncConnection) -> None:
    """PostgreSQL lets many write at once; SQLite has already made the others wait."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _run(connection: Connection, direction: Any, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    direction(config, to)
