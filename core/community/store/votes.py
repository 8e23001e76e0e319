"""One vote a person and answer, without keeping who: a keyed code, and a key that is thrown away."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.store import counts, silences
from core.community.store.database import insert
from core.community.store.schema import CommunityRow, EntryRow, KeyRow, VoteRow, WritingRow
from core.content.curating import What
from core.dialogue.token import ASKED

# After so long nobody, not even who has the database, can tell whose vote it was.
WINDOW = timedelta(days=30)
_ONLY = 1


async def vote(
    session: AsyncSession,
    community: CommunityRow,
    actor: str,
    entry: str,
    day: date,
    *,
    helpful: bool,
) -> None:
    """Count a vote; a second one of the same person on the same answer takes the first one's place."""
    voter = _code(await _key(session, day), community.id, entry, actor)
    before = await session.get(VoteRow, (community.id, voter, entry))
    if before and before.helpful == helpful:
        return
    if before:
        await counts.add(session, community, before.day, (_what(before.helpful), entry), -1)
        before.helpful, before.day = helpful, day
    else:
        row = VoteRow(community_id=community.id, voter=voter, entry=entry, helpful=helpful, day=day)
        session.add(row)
    await session.flush()
    await counts.add(session, community, day, (_what(helpful), entry))


async def spoken_to(session: AsyncSession, community: CommunityRow, actor: str, day: date) -> str:
    """A code of whoever something is said to, by which they are known again until the key goes."""
    return _code(await _key(session, day), community.id, "", actor)[:ASKED]


async def was_spoken_to(
    session: AsyncSession, community: CommunityRow, actor: str, code: str
) -> bool:
    """Whether a code is that of `actor`."""
    key = await session.get(KeyRow, _ONLY)
    theirs = _code(key.secret, community.id, "", actor)[:ASKED] if key else ""
    return hmac.compare_digest(theirs, code)


async def throw_key_away(session: AsyncSession, today: date) -> None:
    """When its time is over, the key goes, and the codes with it; the counts stay."""
    key = await session.get(KeyRow, _ONLY)
    if key and key.since <= today - WINDOW:
        await session.execute(delete(VoteRow))
        await session.delete(key)


async def forget(session: AsyncSession, actor: str) -> None:
    """Delete what leads to somebody: suggestions that wait, open forms, codes of votes, their silence."""
    await silences.choose(session, actor, on=False)
    await session.execute(delete(WritingRow).where(WritingRow.actor == actor))
    await session.execute(delete(EntryRow).where(EntryRow.proposer == actor))
    if key := await session.get(KeyRow, _ONLY):
        voted = select(VoteRow.community_id, VoteRow.entry).distinct()
        for community, entry in (await session.execute(voted)).all():
            theirs = VoteRow.voter == _code(key.secret, community, entry, actor)
            await session.execute(delete(VoteRow).where(theirs))


async def _key(session: AsyncSession, day: date) -> str:
    if await session.get(KeyRow, _ONLY) is None:
        made = insert(session, KeyRow).values(id=_ONLY, secret=secrets.token_hex(32), since=day)
        await session.execute(made.on_conflict_do_nothing())
    return (await session.get_one(KeyRow, _ONLY)).secret


def _code(secret: str, community: int, entry: str, actor: str) -> str:
    """Another for each answer, so that not even the votes of one person are seen to be one's."""
    said = f"{community} {entry} {actor}".encode()
    return hmac.new(bytes.fromhex(secret), said, hashlib.sha256).hexdigest()


def _what(helpful: bool) -> What:
    return What.HELPFUL if helpful else What.NOT_MEANT
