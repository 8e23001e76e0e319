"""Reading and writing what moderators taught."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.own.overlay import Lesson
from core.community.own.text import clean
from core.community.store.records import Acting, naive
from core.community.store.schema import CommunityRow, LessonRow
from core.content.curating import LessonKind

MOST = 300


async def in_force(session: AsyncSession, community: CommunityRow) -> tuple[Lesson, ...]:
    """What holds now, oldest first."""
    rows = select(LessonRow).where(*_holding(community)).order_by(LessonRow.id)
    found = await session.scalars(rows)
    return tuple(Lesson(LessonKind(row.kind), row.entry, tuple(row.texts)) for row in found)


async def full(acting: Acting) -> bool:
    """Whether there is room for no more."""
    number = select(func.count()).select_from(LessonRow).where(*_holding(acting.community))
    return (await acting.session.scalar(number) or 0) >= MOST


async def about(acting: Acting, entry: str) -> Sequence[LessonRow]:
    """Everything ever taught about an entry, newest first."""
    ours = LessonRow.community_id == acting.community.id, LessonRow.entry == entry
    return (
        await acting.session.scalars(select(LessonRow).where(*ours).order_by(LessonRow.id.desc()))
    ).all()


async def decided(acting: Acting) -> Sequence[LessonRow]:
    """What was decided on the words of shipped entries: notes, and what is hidden."""
    kinds = LessonRow.kind.in_([LessonKind.NOTE, LessonKind.HIDDEN])
    rows = select(LessonRow).where(*_holding(acting.community), kinds)
    return (await acting.session.scalars(rows.order_by(LessonRow.id))).all()


async def added(
    acting: Acting, kind: LessonKind, entry: str, texts: Iterable[str], against: str | None = None
) -> LessonRow:
    """A lesson, with who gave it and when."""
    row = LessonRow(
        community_id=acting.community.id,
        kind=kind,
        entry=entry,
        texts=list(texts),
        against=against,
        actor=acting.facts.actor,
        name=named(acting),
        at=naive(acting.now),
    )
    acting.session.add(row)
    await acting.session.flush()
    return row


async def page(acting: Acting, skip: int, most: int) -> tuple[int, Sequence[LessonRow]]:
    """How many lessons hold, and some of them, newest first."""
    ours = _holding(acting.community)
    number = await acting.session.scalar(select(func.count()).select_from(LessonRow).where(*ours))
    rows = select(LessonRow).where(*ours).order_by(LessonRow.id.desc()).offset(skip).limit(most)
    return number or 0, (await acting.session.scalars(rows)).all()


async def undone(acting: Acting, number: int) -> LessonRow | None:
    """A lesson that holds no more from now on; None where none did."""
    found = select(LessonRow).where(*_holding(acting.community), LessonRow.id == number)
    row = await acting.session.scalar(found)
    if row:
        row.undone_at, row.undone_by = naive(acting.now), named(acting)
        await acting.session.flush()
    return row


def named(acting: Acting) -> str:
    """The name under which the history shows whoever acts."""
    return " ".join(clean(acting.facts.name).split())[:100]


def _holding(community: CommunityRow) -> tuple[ColumnElement[bool], ...]:
    return LessonRow.community_id == community.id, LessonRow.undone_at.is_(None)
