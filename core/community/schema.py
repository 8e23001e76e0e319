"""The tables: a community with its places, its entries, and every change ever made to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.content.moderation import Action, State

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}


class Table(DeclarativeBase):
    """What all tables share: constraints with names, so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMES)


class CommunityRow(Table):
    """A community; `version` counts what members can notice, `tag` is in its entries' ids.

    `left_at` is when the bot was removed from its last place. Times are UTC.
    """

    __tablename__ = "communities"
    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(8), unique=True)
    version: Mapped[int] = mapped_column(default=0)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime]
    left_at: Mapped[datetime | None]


class PlaceRow(Table):
    """A server or a group; linked ones belong to the same community."""

    __tablename__ = "places"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )


class EntryRow(Table):
    """An entry: `head` is its latest text, `live` the one that members get, `count` the last number.

    `proposer` is whoever suggested it, known only until that is decided.
    """

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("community_id", "slug"),
        Index("ix_entries_state", "community_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(30))
    state: Mapped[State] = mapped_column(String(10))
    head: Mapped[int]
    count: Mapped[int]
    live: Mapped[int | None]
    due: Mapped[date | None]
    proposer: Mapped[str | None] = mapped_column(String(100))


class ChangeRow(Table):
    """A step in an entry's history, with the whole text as it was after it."""

    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    number: Mapped[int]
    action: Mapped[Action] = mapped_column(String(10))
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(100))
    at: Mapped[datetime]


class WritingRow(Table):
    """A form that somebody is filling in by messages; gone when it is sent, or after a week.

    `at` counts its fields from 0; a message of `actor` is the answer while it is `waiting`.
    """

    __tablename__ = "writing"
    key: Mapped[str] = mapped_column(String(8), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    actor: Mapped[str] = mapped_column(String(100), index=True)
    sent: Mapped[str] = mapped_column(String(64))
    form: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[int]
    waiting: Mapped[bool]
    touched: Mapped[datetime]
