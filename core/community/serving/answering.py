"""Which engine answers where: that of the place's community, or the one a button leads to."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from core.community.own.shelf import tag_of
from core.community.serving.engines import Built, Engines, Own, Shipped
from core.community.serving.published import served
from core.community.store import lessons, records, verdicts
from core.community.store.database import Database
from core.dialogue.place import Place
from core.dialogue.request import Browse, Helpful, Instead, Request, SayMinor, ShowEntry

log = logging.getLogger(__name__)


class Answering:
    """Finds what was written for a place, and has it built when something has changed."""

    def __init__(self, database: Database, shipped: Shipped) -> None:
        self._database, self._shipped = database, shipped
        self._engines = Engines(shipped.engine_with)

    async def at(self, request: Request, place: Place) -> Built | None:
        """None where nothing was written, or where the database can't be asked."""
        try:
            return await self._at(request, place)
        except (SQLAlchemyError, OSError) as error:
            log.error("community database=%s action=shipped-answers", type(error).__name__)
            return None

    async def _at(self, request: Request, place: Place) -> Built | None:
        async with self._database.reading() as session:
            tag = _tag_in(request)
            community = await (
                records.community_tagged(session, tag)
                if tag
                else records.community_at(session, place)
            )
            if community is None or not community.version:
                return None
            if warm := self._engines.at(community.tag, community.version):
                return warm
            found = await records.published(session, community)
            taught = await lessons.in_force(session, community)
            judged = await verdicts.given(session, community)
        own = Own(served(self._shipped.library, community.tag, found), taught, judged)
        return await self._engines.built(community.tag, community.version, own) if own else None


def _tag_in(request: Request) -> str | None:
    match request:
        case (
            ShowEntry(str(id))
            | Instead(str(id))
            | SayMinor(str(id))
            | Browse(str(id))
            | Helpful(str(id))
        ):
            return tag_of(id)
        case _:
            return None
