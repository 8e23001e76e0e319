"""Those who want nothing said to them unasked, wherever they are."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.store.database import insert
from core.community.store.schema import SilenceRow


async def wanted(session: AsyncSession, actor: str) -> bool:
    """Whether somebody wants it."""
    return await session.get(SilenceRow, actor) is not None


async def choose(session: AsyncSession, actor: str, *, on: bool) -> None:
    """From now on; or no longer. May be said twice."""
    await session.execute(delete(SilenceRow).where(SilenceRow.actor == actor))
    if on:
        made = insert(session, SilenceRow).values(actor=actor)
        await session.execute(made.on_conflict_do_nothing())
