"""Questions that found no answer: their words without a person in them, grouped by meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.store.schema import CommunityRow, QuestionRow
from core.matching.encoder import Vector

# Measured (docs/decisions/0014): below this cosine to the first of a group, questions about
# different things begin to lie together; above it, few that mean the same still meet.
ALIKE = 0.65
# Longer texts are stories about somebody, not questions for a list.
LONGEST, SHORTEST = 300, 3
MOST_KEPT, MOST_WORDINGS = 1_000, 5

# Mentions, names, addresses and numbers that lead to a person.
_PERSONAL = re.compile(
    r"<[@#][^>]{1,40}>|\S+@\S+|@[\w.]+|\b(?:https?|tg)://\S+|\+?\d(?:[\s().-]?\d){4,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that mean the same, and how often they came."""

    kin: int
    wordings: tuple[str, ...]
    number: int


def impersonal(text: str) -> str | None:
    """The words of a question without what leads to a person; None for what is no short question."""
    plain = " ".join(_PERSONAL.sub("…", text).split())
    return plain if len(plain.strip("… ?!.")) >= SHORTEST and len(plain) <= LONGEST else None


async def put(
    session: AsyncSession,
    community: CommunityRow,
    text: str,
    vector: Vector,
    day: date,
    *,
    chosen: bool = False,
) -> int:
    """Keep a question among those that mean the same; returns the number of their group."""
    first, ignored = await _nearest(session, community, vector)
    row = QuestionRow(
        community_id=community.id,
        kin=first or 0,
        text=text,
        vector=vector.astype(np.float16).tobytes(),
        day=day,
        chosen=chosen,
        ignored=ignored and not chosen,
    )
    session.add(row)
    await session.flush()
    row.kin = first or row.id
    await session.flush()
    await _make_room(session, community)
    return row.kin


async def groups(
    session: AsyncSession, community: CommunityRow, since: date, fewest: int
) -> list[Group]:
    """The groups of at least so many questions since a day, the most asked first."""
    rows = await _open(session, community, since)
    found: dict[int, list[QuestionRow]] = {}
    for row in rows:
        found.setdefault(row.kin, []).append(row)
    shown = [
        _grouped(kin, members)
        for kin, members in found.items()
        if len(members) >= fewest or any(one.chosen for one in members)
    ]
    return sorted(shown, key=lambda group: (-group.number, -group.kin))


async def group(
    session: AsyncSession, community: CommunityRow, since: date, kin: int
) -> Group | None:
    """One group, whatever its size."""
    members = [row for row in await _open(session, community, since) if row.kin == kin]
    return _grouped(kin, members) if members else None


async def settle(session: AsyncSession, community: CommunityRow, kin: int) -> None:
    """The question has its answer: nothing of it is kept."""
    await session.execute(delete(QuestionRow).where(*_of(community, kin)))


async def ignore(session: AsyncSession, community: CommunityRow, kin: int) -> None:
    """Keep the group, so that what means the same is ignored as well, and show it no more."""
    here = update(QuestionRow).where(*_of(community, kin))
    await session.execute(here.values(ignored=True, chosen=False))


async def forget(session: AsyncSession, community: CommunityRow, before: date) -> None:
    """Delete what came before a day."""
    ours = QuestionRow.community_id == community.id
    await session.execute(delete(QuestionRow).where(ours, QuestionRow.day < before))


async def _nearest(
    session: AsyncSession, community: CommunityRow, vector: Vector
) -> tuple[int | None, bool]:
    """The group whose first question lies near enough, and whether it is ignored."""
    ours = QuestionRow.community_id == community.id
    firsts = select(func.min(QuestionRow.id)).where(ours).group_by(QuestionRow.kin)
    rows = select(QuestionRow.kin, QuestionRow.ignored, QuestionRow.vector)
    found = (await session.execute(rows.where(QuestionRow.id.in_(firsts)))).all()
    if not found:
        return None, False
    near = np.stack([np.frombuffer(row.vector, np.float16) for row in found]) @ vector
    best = int(near.argmax())
    return (found[best].kin, found[best].ignored) if near[best] >= ALIKE else (None, False)


async def _open(
    session: AsyncSession, community: CommunityRow, since: date
) -> Sequence[QuestionRow]:
    ours = QuestionRow.community_id == community.id
    rows = select(QuestionRow).where(ours, QuestionRow.day >= since, ~QuestionRow.ignored)
    return (await session.scalars(rows.order_by(QuestionRow.id))).all()


async def _make_room(session: AsyncSession, community: CommunityRow) -> None:
    """A flood of questions pushes out the oldest, not the database."""
    ours = QuestionRow.community_id == community.id
    newest = select(QuestionRow.id).where(ours).order_by(QuestionRow.id.desc())
    oldest = await session.scalar(newest.offset(MOST_KEPT - 1).limit(1))
    if oldest is not None:
        await session.execute(delete(QuestionRow).where(ours, QuestionRow.id < oldest))


def _grouped(kin: int, members: Sequence[QuestionRow]) -> Group:
    times = Counter(row.text for row in members)
    return Group(kin, tuple(text for text, _ in times.most_common()), len(members))


def _of(community: CommunityRow, kin: int) -> tuple[ColumnElement[bool], ...]:
    return QuestionRow.community_id == community.id, QuestionRow.kin == kin
