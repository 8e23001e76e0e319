"""What curators say of tried answers: numbers that the matcher read, and right or wrong; no text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.own.overlay import digest
from core.community.store.records import Acting, naive
from core.community.store.schema import CommunityRow, VerdictRow
from core.content.library import Library
from core.matching.match import Match
from core.matching.recalibration import Verdict

# Beyond these the oldest go: a FAQ changes, and so do those who ask.
MOST = 2_000
WAITS, KEPT = timedelta(days=1), timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict, and the words of the entry by digest that it was given on."""

    entry: str
    index: str
    verdict: Verdict


async def waiting(
    session: AsyncSession, community: CommunityRow, match: Match, library: Library, now: datetime
) -> int | None:
    """The number under which an answer may be judged; None where there was none to judge."""
    best = match.candidates[0].entry if match.candidates else ""
    if best not in library.entries or not match.features:
        return None
    row = VerdictRow(
        community_id=community.id,
        entry=best,
        index=digest(library.entries[best]),
        features=list(match.features),
        at=naive(now),
    )
    session.add(row)
    await session.flush()
    return row.id


async def judge(acting: Acting, number: int, *, right: bool) -> bool:
    """Whether there was such an answer to judge."""
    ours = VerdictRow.community_id == acting.community.id, VerdictRow.id == number
    row = await acting.session.scalar(select(VerdictRow).where(*ours))
    if row:
        row.right = right
        await acting.session.flush()
    return row is not None


async def number(session: AsyncSession, community: CommunityRow) -> int:
    """How many were given."""
    ours = VerdictRow.community_id == community.id, VerdictRow.right.is_not(None)
    return await session.scalar(select(func.count()).select_from(VerdictRow).where(*ours)) or 0


async def given(session: AsyncSession, community: CommunityRow) -> tuple[Given, ...]:
    """The newest verdicts."""
    ours = VerdictRow.community_id == community.id, VerdictRow.right.is_not(None)
    rows = select(VerdictRow).where(*ours).order_by(VerdictRow.id.desc()).limit(MOST)
    return tuple(
        Given(row.entry, row.index, Verdict(tuple(row.features), bool(row.right)))
        for row in await session.scalars(rows)
    )


def applying(found: Iterable[Given], library: Library) -> list[Verdict]:
    """Those whose entry is there and has the words it had."""
    now = {id: digest(entry) for id, entry in library.entries.items()} if found else {}
    return [one.verdict for one in found if now.get(one.entry) == one.index]


async def forget(session: AsyncSession, now: datetime) -> None:
    """Delete what nobody judged, and what is old."""
    unjudged = VerdictRow.right.is_(None), VerdictRow.at <= naive(now - WAITS)
    await session.execute(delete(VerdictRow).where(*unjudged))
    await session.execute(delete(VerdictRow).where(VerdictRow.at <= naive(now - KEPT)))
