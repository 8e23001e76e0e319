"""The tables: built by migrations alone, there and back, also with what people wrote in them."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError

from core.community.protocol.mistake import DatabaseError
from core.community.store.database import Database
from core.community.store.schema import CommunityRow, PlaceRow, Table
from tests import databases


@pytest.fixture(params=databases.KINDS)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database before any migration, of each kind in turn."""
    async with databases.empty(request.param, tmp_path) as url:
        yield url


CREATED = datetime(2026, 11, 25, 12, 0)  # noqa: DTZ001 - as both databases keep it


def _difference(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Table.metadata))


async def _with_a_place(database: Database) -> None:
    async with database.writing() as session:
        session.add(CommunityRow(id=1, tag="abcdefgh", created=CREATED))
        await session.flush()
        session.add(PlaceRow(key="discord:1", community_id=1))


async def test_migrations_build_exactly_what_the_code_reads(database: Database) -> None:
    await database.upgrade()
    async with database.reading() as session:
        connection = await session.connection()
        assert await connection.run_sync(_difference) == []


async def test_migrations_go_down_and_up_again(database: Database) -> None:
    await database.upgrade()
    await database.downgrade("base")
    async with database.reading() as session:
        tables = await (await session.connection()).run_sync(_tables)
    assert tables <= {"alembic_version"}
    await database.upgrade()
    await _with_a_place(database)


def _tables(connection: Connection) -> set[str]:
    return set(connection.dialect.get_table_names(connection))


async def test_an_upgrade_of_what_is_new_enough_keeps_everything(database: Database) -> None:
    await database.upgrade()
    await _with_a_place(database)
    await database.upgrade()
    async with database.reading() as session:
        assert await session.scalar(select(PlaceRow.key)) == "discord:1"


async def test_with_a_community_goes_all_that_is_its(database: Database) -> None:
    await database.upgrade()
    await _with_a_place(database)
    async with database.writing() as session:
        await session.execute(text("DELETE FROM communities"))
    async with database.reading() as session:
        assert await session.scalar(select(PlaceRow.key)) is None


async def test_an_upgrade_from_the_first_tables_keeps_what_was_written(database: Database) -> None:
    await database.upgrade("0001")
    async with database.writing() as session:
        for statement in (
            "INSERT INTO communities VALUES (1, 'abcdefgh', 1, '{}', '2026-11-25 12:00:00', NULL)",
            "INSERT INTO places VALUES ('discord:1', 1)",
            "INSERT INTO entries VALUES (1, 1, 'wifi', 'draft', 1, 1, NULL, NULL, NULL)",
        ):
            await session.execute(text(statement))
    for move, to in ((database.upgrade, "head"), (database.downgrade, "0001")):
        await move(to)
        async with database.reading() as session:
            assert await session.scalar(text("SELECT slug FROM entries")) == "wifi"


async def _failing(database: Database) -> None:
    async with database.writing() as session:
        session.add(CommunityRow(id=1, tag="abcdefgh", created=CREATED))
        await session.flush()
        raise ZeroDivisionError


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    await database.upgrade()
    with pytest.raises(ZeroDivisionError):
        await _failing(database)
    async with database.reading() as session:
        assert await session.scalar(select(CommunityRow.tag)) is None


async def test_an_error_does_not_say_what_was_to_be_kept(database: Database) -> None:
    await database.upgrade()
    await _with_a_place(database)
    with pytest.raises(IntegrityError) as failed:
        await _with_a_place(database)
    assert "abcdefgh" not in str(failed.value)


async def test_a_database_that_cannot_be_opened_is_said_in_words_and_without_its_password() -> None:
    database = Database("postgresql://fossae:hidden@127.0.0.1:1/nowhere")
    with pytest.raises(DatabaseError, match="FOSSAE_DATABASE_URL can't be opened") as raised:
        await database.upgrade()
    assert "hidden" not in str(raised.value)
