"""The tables: a community with its places, its entries, and every change ever made to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy import Text as LongText
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.content.curating import LessonKind, What
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

    Times are UTC.
    """

    __tablename__ = "communities"
    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(8), unique=True)
    version: Mapped[int] = mapped_column(default=0)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime]


class PlaceRow(Table):
    """A server or a group; linked ones belong to the same community.

    `left_at` is when the bot was removed from there.
    """

    __tablename__ = "places"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    left_at: Mapped[datetime | None]


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


class QuestionRow(Table):
    """A question that found no answer, and the day it came; nothing says who asked.

    `kin` is the number of the first of those that mean the same. `chosen`: a moderator put it here.
    """

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_kin", "community_id", "kin"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    kin: Mapped[int]
    text: Mapped[str] = mapped_column(LongText)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[date]
    chosen: Mapped[bool]
    ignored: Mapped[bool]


class KeyRow(Table):
    """What turns a voter into a code; thrown away with the votes when its time is over."""

    __tablename__ = "keys"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str] = mapped_column(String(64))
    since: Mapped[date]


class VoteRow(Table):
    """One person's word on one answer, by a code that only says that it is the same person."""

    __tablename__ = "votes"
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry: Mapped[str] = mapped_column(String(50), primary_key=True)
    helpful: Mapped[bool]
    day: Mapped[date]


class SilenceRow(Table):
    """Somebody who wants nothing said to them unasked."""

    __tablename__ = "silences"
    actor: Mapped[str] = mapped_column(String(100), primary_key=True)


class CountRow(Table):
    """How often something happened on a day, and with which entry where that may be said."""

    __tablename__ = "counts"
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[What] = mapped_column(String(10), primary_key=True)
    entry: Mapped[str] = mapped_column(String(50), primary_key=True)
    number: Mapped[int]


class VerdictRow(Table):
    """What the matcher read of a question that was tried, and a curator's verdict; never the text.

    `index` is the digest of the entry that came first, as it was then.
    """

    __tablename__ = "verdicts"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    entry: Mapped[str] = mapped_column(String(50))
    index: Mapped[str] = mapped_column(String(16))
    features: Mapped[list[float]] = mapped_column(JSON)
    right: Mapped[bool | None]
    at: Mapped[datetime]


class ImportRow(Table):
    """A file that a manager has sent, until they say whether to take it, for a day at the most."""

    __tablename__ = "imports"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(LongText)
    at: Mapped[datetime]


class CodeRow(Table):
    """A code by which another place may join a community, once; only its digest is kept."""

    __tablename__ = "codes"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    until: Mapped[datetime]


class LessonRow(Table):
    """What moderators taught about an entry, shipped or their own; kept also when it is undone.

    `against` is the digest of the shipped entry that a note or hiding was decided on.
    """

    __tablename__ = "lessons"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(
        ForeignKey("communities.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[LessonKind] = mapped_column(String(10))
    entry: Mapped[str] = mapped_column(String(50))
    texts: Mapped[list[str]] = mapped_column(JSON)
    against: Mapped[str | None] = mapped_column(String(16))
    actor: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[str | None] = mapped_column(String(100))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(100))
