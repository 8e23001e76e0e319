"""Places that share one FAQ: joined by a code that holds once, for an hour."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from core.community.store.records import Acting, founded, naive
from core.community.store.schema import CodeRow, CommunityRow, EntryRow, LessonRow, PlaceRow
from core.dialogue.place import Place

HOLDS = timedelta(hours=1)
# Nothing that is read as something else.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_LONG = 10


async def code(acting: Acting) -> str:
    """A new code for this community."""
    made = "".join(secrets.choice(_SIGNS) for _ in range(_LONG))
    until = naive(acting.now + HOLDS)
    row = CodeRow(digest=_digest(made), community_id=acting.community.id, until=until)
    acting.session.add(row)
    await acting.session.flush()
    return f"{made[:5]}-{made[5:]}"


async def community_of(acting: Acting, said: str) -> int | None:
    """The community that a code leads to; it is used up with that."""
    now = naive(acting.now)
    used = delete(CodeRow).where(CodeRow.digest == _digest(said), CodeRow.until > now)
    return await acting.session.scalar(used.returning(CodeRow.community_id))


async def empty(acting: Acting) -> bool:
    """Whether nothing was written or taught in this community yet."""
    ours = acting.community.id
    for table in (EntryRow, LessonRow):
        number = select(func.count()).select_from(table).where(table.community_id == ours)
        if await acting.session.scalar(number):
            return False
    return True


async def join(acting: Acting, place: Place, community: int) -> None:
    """A place goes over to another community; the one it leaves goes when it has no other."""
    here = update(PlaceRow).where(PlaceRow.key == place.key)
    await acting.session.execute(here.values(community_id=community))
    placed = select(PlaceRow.community_id)
    gone = CommunityRow.id == acting.community.id, CommunityRow.id.not_in(placed)
    await acting.session.execute(delete(CommunityRow).where(*gone))


async def alone(acting: Acting) -> bool:
    """Whether this community has one place only."""
    ours = PlaceRow.community_id == acting.community.id
    number = await acting.session.scalar(select(func.count()).select_from(PlaceRow).where(ours))
    return (number or 0) <= 1


async def leave(acting: Acting, place: Place) -> None:
    """A place begins anew, with nothing."""
    await acting.session.execute(delete(PlaceRow).where(PlaceRow.key == place.key))
    await acting.session.flush()
    await founded(acting.session, place, acting.now)


def _digest(said: str) -> str:
    plain = "".join(sign for sign in said.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
