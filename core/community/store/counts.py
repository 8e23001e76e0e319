"""How often things happened, by day; no text and no person is in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.store.database import insert
from core.community.store.schema import CommunityRow, CountRow
from core.content.curating import What


async def add(
    session: AsyncSession,
    community: CommunityRow,
    day: date,
    counted: tuple[What, str],
    number: int = 1,
) -> None:
    """Count on something about an entry (or none), however many processes do so at once."""
    what, entry = counted
    row = {"community_id": community.id, "day": day, "what": what, "entry": entry}
    one = insert(session, CountRow).values(**row, number=number)
    more = {"number": CountRow.number + number}
    await session.execute(one.on_conflict_do_update(index_elements=list(row), set_=more))


async def between(
    session: AsyncSession, community: CommunityRow, first: date, last: date
) -> Sequence[CountRow]:
    """All that was counted from one day to another, both with."""
    ours = CountRow.community_id == community.id
    rows = select(CountRow).where(ours, CountRow.day >= first, CountRow.day <= last)
    return (await session.scalars(rows.order_by(CountRow.day))).all()


async def forget(session: AsyncSession, before: date) -> None:
    """Delete what was counted before a day."""
    await session.execute(delete(CountRow).where(CountRow.day < before))
