"""How long things are kept: places the bot has left, questions that grew old."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.own.settings import CommunitySettings
from core.community.store import counts, inbox, silences, verdicts, votes
from core.community.store.database import Database
from core.community.store.records import naive
from core.community.store.schema import CodeRow, CommunityRow, ImportRow, PlaceRow
from core.dialogue.place import Place

log = logging.getLogger(__name__)

# So long everything is there again when the bot is.
GRACE = timedelta(days=30)
DAY = timedelta(days=1)
COUNTED = timedelta(days=400)


class Keeping:
    """Notices where the bot is, and throws away what is due."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    async def left(self, place: Place) -> None:
        """The bot was removed from a place; its data goes in 30 days. May be said twice."""
        async with self._database.writing() as session:
            await _leave(session, [place.key], naive(self._clock()))

    async def back(self, place: Place) -> None:
        """The bot is there again, and with it everything."""
        async with self._database.writing() as session:
            await _return(session, [place.key])

    async def present(self, places: Iterable[Place], kind: str) -> None:
        """All places whose key begins with `kind` where the bot is now: the others were left."""
        here = {place.key for place in places}
        async with self._database.writing() as session:
            known = set(await session.scalars(select(PlaceRow.key).where(_of_kind(kind))))
            await _leave(session, known - here, naive(self._clock()))
            await _return(session, known & here)

    async def known(self, kind: str) -> tuple[Place, ...]:
        """The places whose key begins with `kind`, also those that the bot has left lately."""
        rows = select(PlaceRow.key).where(_of_kind(kind))
        async with self._database.reading() as session:
            return tuple(Place(key) for key in await session.scalars(rows.order_by(PlaceRow.key)))

    async def looked_after(self, place: Place) -> bool:
        """Whether somebody has moderated there; not if that can't be asked."""
        try:
            async with self._database.reading() as session:
                return await session.get(PlaceRow, place.key) is not None
        except (SQLAlchemyError, OSError):
            return False

    async def tend(self) -> None:
        """Throw away what is due; to be done at start and once a day."""
        try:
            async with self._database.writing() as session:
                await self._forget_places(session)
                await self._forget_questions(session)
                await self._forget_files(session)
                await verdicts.forget(session, self._clock())
                await votes.throw_key_away(session, self._clock().date())
                await counts.forget(session, self._clock().date() - COUNTED)
        except (SQLAlchemyError, OSError) as error:
            log.error("keeping database=%s action=tomorrow", type(error).__name__)

    async def forget(self, actor: str) -> None:
        """Delete what leads to a person."""
        async with self._database.writing() as session:
            await votes.forget(session, actor)

    async def silence(self, actor: str, *, on: bool) -> None:
        """Somebody wants nothing said to them unasked, or does again."""
        async with self._database.writing() as session:
            await silences.choose(session, actor, on=on)

    async def _forget_places(self, session: AsyncSession) -> None:
        """A community goes with its last place."""
        due = naive(self._clock() - GRACE)
        await session.execute(delete(PlaceRow).where(PlaceRow.left_at <= due))
        placed = select(PlaceRow.community_id)
        await session.execute(delete(CommunityRow).where(CommunityRow.id.not_in(placed)))

    async def _forget_files(self, session: AsyncSession) -> None:
        now = naive(self._clock())
        await session.execute(delete(ImportRow).where(ImportRow.at <= now - DAY))
        await session.execute(delete(CodeRow).where(CodeRow.until <= now))

    async def _forget_questions(self, session: AsyncSession) -> None:
        today = self._clock().date()
        for community in (await session.scalars(select(CommunityRow))).all():
            days = CommunitySettings.model_validate(community.settings).days
            await inbox.forget(session, community, today - timedelta(days=days))


async def _leave(session: AsyncSession, keys: Iterable[str], now: datetime) -> None:
    here = PlaceRow.key.in_(sorted(keys)), PlaceRow.left_at.is_(None)
    await session.execute(update(PlaceRow).where(*here).values(left_at=now))


async def _return(session: AsyncSession, keys: Iterable[str]) -> None:
    here = PlaceRow.key.in_(sorted(keys))
    await session.execute(update(PlaceRow).where(here).values(left_at=None))


def _of_kind(kind: str) -> ColumnElement[bool]:
    return PlaceRow.key.startswith(kind, autoescape=True)
