"""Forms that are asked by messages, kept in the database: nothing typed is lost by a restart."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.own.text import BLANK, ROOM
from core.community.protocol import presses
from core.community.protocol.outcome import Field, Form, Outcome
from core.community.protocol.permissions import Facts, may
from core.community.screens.boards import Boards
from core.community.store import records
from core.community.store.database import Database
from core.community.store.records import Acting, naive
from core.community.store.schema import WritingRow
from core.community.writing import CANCEL, DROP, OPEN, Pressed, Prompts, Writing
from core.content.wording import Wording
from core.dialogue.place import Place

log = logging.getLogger(__name__)

# A message is taken for an answer this long; what was written is kept longer.
WAITS, KEPT = timedelta(days=1), timedelta(days=7)
MOST_OF_ONE = 5


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that is complete; `key` is what it is kept under until its text is safe elsewhere."""

    key: str
    sent: str
    values: dict[str, str]


Step = Outcome | Filled


class Asking:
    """The forms that people are writing."""

    def __init__(self, database: Database, wording: Wording, clock: Callable[[], datetime]) -> None:
        self._database, self._wording, self._clock = database, wording, clock
        self._prompts = Prompts(wording)

    async def begin(self, form: Form, owner: str) -> Outcome:
        """The first question of a form; another one that `owner` was writing is put aside."""
        key = records.drawn()
        begun = Writing(key, form)
        async with self._database.writing() as session:
            await self._purge(session)
            await _put_aside(session, owner)
            community = await records.community_tagged(session, begun.tag)
            if community is None:
                return Outcome(Boards(self._wording, begun.tag).gone())
            row = WritingRow(key=key, community_id=community.id, actor=owner, sent=form.sent)
            session.add(row)
            self._keep(row, begun)
            await session.flush()
            await _only(session, owner, MOST_OF_ONE)
        return Outcome(self._prompts.asked(begun), door=self._prompts.door(begun))

    async def waiting(self, actor: str) -> str | None:
        """The `sent` of the form for which the next message of `actor` is an answer."""
        async with self._database.reading() as session:
            row = await session.scalar(self._theirs(actor))
        return row.sent if row else None

    async def again(self, place: Place, facts: Facts) -> Outcome | None:
        """The question that waits for an answer, once more."""
        async with self._database.writing() as session:
            row = await session.scalar(self._theirs(facts.actor))
            if row is None:
                return None
            refused = await self._refused(session, row, place, facts)
            return refused or Outcome(self._prompts.asked(_read(row)))

    async def wrote(self, text: str, place: Place, facts: Facts) -> Step:
        """An answer: the next question, or the form when it was the last one."""
        async with self._database.writing() as session:
            row = await session.scalar(self._theirs(facts.actor).with_for_update())
            if row is None:
                return Outcome(Boards(self._wording, "").gone())
            if refused := await self._refused(session, row, place, facts):
                return refused
            before = _read(row)
            if len(text) > ROOM:
                return Outcome(self._prompts.too_long(before))
            return self._asked(row, before.wrote(text))

    async def pressed(self, pressed: Pressed, place: Place, facts: Facts) -> Step:
        """A button of a form; an old one shows where its form stands now."""
        async with self._database.writing() as session:
            row = await session.get(WritingRow, pressed.key, with_for_update=True)
            if row is None or row.actor not in (facts.actor, place.key):
                return Outcome(Boards(self._wording, pressed.tag).gone())
            if refused := await self._refused(session, row, place, facts):
                return refused
            if pressed.step == DROP:
                await session.delete(row)
                return Outcome(self._prompts.dropped())
            if pressed.step == CANCEL:
                return await self._cancelled(session, row)
            await _put_aside(session, facts.actor)
            row.actor = facts.actor
            here = _read(row)
            fresh = pressed.at == here.at and pressed.step != OPEN
            return self._asked(row, here.stepped(pressed.step) if fresh else here.asking(here.at))

    async def forget(self, key: str) -> None:
        """What was written is safe elsewhere."""
        async with self._database.writing() as session:
            await session.execute(delete(WritingRow).where(WritingRow.key == key))

    async def drop(self, actor: str) -> None:
        """What `actor` was asked for came in another way."""
        async with self._database.writing() as session:
            theirs = (WritingRow.actor == actor, WritingRow.waiting.is_(True))
            await session.execute(delete(WritingRow).where(*theirs))

    async def purge(self) -> None:
        """Delete what nobody has gone on with."""
        try:
            async with self._database.writing() as session:
                await self._purge(session)
        except (SQLAlchemyError, OSError) as error:
            log.error("asking database=%s action=tomorrow", type(error).__name__)

    async def _purge(self, session: AsyncSession) -> None:
        old = WritingRow.touched < naive(self._clock() - KEPT)
        await session.execute(delete(WritingRow).where(old))

    async def _cancelled(self, session: AsyncSession, row: WritingRow) -> Outcome:
        here = _read(row)
        if not any(here.values.values()):
            await session.delete(row)
            return Outcome(self._prompts.dropped())
        row.waiting = False
        return Outcome(self._prompts.cancelled(here))

    async def _refused(
        self, session: AsyncSession, row: WritingRow, place: Place, facts: Facts
    ) -> Outcome | None:
        """The table of permissions is asked at every step; who may no longer is set free."""
        community = await records.community_at(session, place)
        filled = presses.read(row.sent, BLANK)
        if filled and community and community.id == row.community_id:
            acting = Acting(session, community, facts, self._clock())
            if may(facts, acting.settings, filled.command):
                return None
        if row.actor == facts.actor:
            row.waiting = False
        boards = Boards(self._wording, "")
        return Outcome(boards.refused() if facts.member else boards.stranger())

    def _asked(self, row: WritingRow, now: Writing) -> Step:
        self._keep(row, now)
        if now.complete:
            row.waiting = False
            return Filled(now.key, now.form.sent, now.values)
        return Outcome(self._prompts.asked(now))

    def _keep(self, row: WritingRow, now: Writing) -> None:
        row.form = {"title": now.form.title, "fields": [asdict(one) for one in now.form.fields]}
        row.at, row.waiting, row.touched = now.at, True, naive(self._clock())

    def _theirs(self, actor: str) -> Any:
        fresh = WritingRow.touched > naive(self._clock() - WAITS)
        theirs = (WritingRow.actor == actor, WritingRow.waiting.is_(True), fresh)
        return select(WritingRow).where(*theirs).order_by(WritingRow.touched.desc()).limit(1)


async def _put_aside(session: AsyncSession, actor: str) -> None:
    theirs = update(WritingRow).where(WritingRow.actor == actor)
    await session.execute(theirs.values(waiting=False))


async def _only(session: AsyncSession, actor: str, most: int) -> None:
    theirs = select(WritingRow.key).where(WritingRow.actor == actor)
    keys = (await session.scalars(theirs.order_by(WritingRow.touched.desc()).offset(most))).all()
    await session.execute(delete(WritingRow).where(WritingRow.key.in_(keys)))


def _read(row: WritingRow) -> Writing:
    fields = tuple(Field(**field) for field in row.form["fields"])
    return Writing(row.key, Form(row.form["title"], fields, row.sent), row.at)
