"""Reading and writing a community's rows; what they mean is decided elsewhere."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.own.settings import CommunitySettings
from core.community.own.text import Text, clean
from core.community.protocol.permissions import Facts
from core.community.store.schema import ChangeRow, CommunityRow, EntryRow, PlaceRow
from core.content.moderation import Action, State
from core.content.own import SLUG
from core.dialogue.place import Place

_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
WRITING = (Action.ADDED, Action.PROPOSED, Action.EDITED, Action.RESTORED)


@dataclass(frozen=True, slots=True)
class Acting:
    """A community at one moment in a transaction, who acts in it, and when."""

    session: AsyncSession
    community: CommunityRow
    facts: Facts
    now: datetime

    @property
    def settings(self) -> CommunitySettings:
        """What those who manage it have chosen."""
        return CommunitySettings.model_validate(self.community.settings)


async def community_at(session: AsyncSession, place: Place) -> CommunityRow | None:
    """The community that a place belongs to, if anybody has ever written something there."""
    joined = PlaceRow.community_id == CommunityRow.id
    found = select(CommunityRow).join(PlaceRow, joined).where(PlaceRow.key == place.key)
    return await session.scalar(found)


async def community_tagged(session: AsyncSession, tag: str) -> CommunityRow | None:
    """The community whose entries carry `tag`."""
    return await session.scalar(select(CommunityRow).where(CommunityRow.tag == tag))


async def founded(session: AsyncSession, place: Place, now: datetime) -> CommunityRow:
    """The community of a place, made if there is none; two at once make one."""
    if found := await community_at(session, place):
        return found
    tag = drawn()
    try:
        async with session.begin_nested():
            community = CommunityRow(tag=tag, version=0, settings={}, created=naive(now))
            session.add(community)
            await session.flush()
            session.add(PlaceRow(key=place.key, community_id=community.id))
            await session.flush()
    except IntegrityError:
        made = await community_at(session, place)
        assert made is not None
        return made
    return community


async def places_of(session: AsyncSession, tag: str) -> Sequence[Place]:
    """Every place of a community."""
    joined = PlaceRow.community_id == CommunityRow.id
    keys = select(PlaceRow.key).join(CommunityRow, joined).where(CommunityRow.tag == tag)
    return [Place(key) for key in await session.scalars(keys)]


async def moved(session: AsyncSession, old: Place, new: Place) -> None:
    """What was written at `old` is at `new` from now on, unless something is there already.

    A place may also be a channel that something was chosen for, as Telegram's groups are.
    """
    if await session.get(PlaceRow, new.key) is not None:
        return
    here = update(PlaceRow).where(PlaceRow.key == old.key)
    await session.execute(here.values(key=new.key))
    if community := await community_at(session, new):
        chosen = CommunitySettings.model_validate(community.settings)
        community.settings = {**community.settings, **chosen.renamed(old.key, new.key)}


async def published(
    session: AsyncSession, community: CommunityRow
) -> list[tuple[EntryRow, ChangeRow]]:
    """What members get, with the change that brought it."""
    joined = and_(ChangeRow.entry_id == EntryRow.id, ChangeRow.number == EntryRow.live)
    rows = select(EntryRow, ChangeRow).join(ChangeRow, joined).order_by(EntryRow.id)
    found = await session.execute(rows.where(EntryRow.community_id == community.id))
    return [(entry, change) for entry, change in found]


async def entry_named(acting: Acting, slug: str) -> EntryRow | None:
    """An entry of this community, whatever its state; a name may be anything somebody typed."""
    if not re.fullmatch(SLUG, slug):
        return None
    ours = EntryRow.community_id == acting.community.id
    return await acting.session.scalar(select(EntryRow).where(ours, EntryRow.slug == slug))


async def slugs(acting: Acting) -> set[str]:
    """Every name that is taken here, also by what was removed."""
    ours = EntryRow.community_id == acting.community.id
    return set(await acting.session.scalars(select(EntryRow.slug).where(ours)))


async def counted(acting: Acting, *conditions: Any) -> int:
    """How many entries of this community meet the conditions."""
    ours = EntryRow.community_id == acting.community.id
    number = select(func.count()).select_from(EntryRow).where(ours, *conditions)
    return await acting.session.scalar(number) or 0


async def heads(
    acting: Acting, states: Sequence[State], skip: int, most: int
) -> list[tuple[EntryRow, ChangeRow]]:
    """The latest texts of entries in some states, oldest first."""
    joined = and_(ChangeRow.entry_id == EntryRow.id, ChangeRow.number == EntryRow.head)
    ours = EntryRow.community_id == acting.community.id
    rows = select(EntryRow, ChangeRow).join(ChangeRow, joined).where(ours)
    rows = rows.where(EntryRow.state.in_(states)).order_by(EntryRow.id).offset(skip).limit(most)
    return [(entry, change) for entry, change in await acting.session.execute(rows)]


async def change_of(acting: Acting, entry: EntryRow, number: int) -> ChangeRow | None:
    """Step `number` of an entry's history."""
    ours = ChangeRow.entry_id == entry.id
    return await acting.session.scalar(select(ChangeRow).where(ours, ChangeRow.number == number))


async def newest_change(acting: Acting) -> tuple[EntryRow, ChangeRow] | None:
    """The step that was taken last in this community."""
    joined = ChangeRow.entry_id == EntryRow.id
    ours = EntryRow.community_id == acting.community.id
    rows = select(EntryRow, ChangeRow).join(ChangeRow, joined).where(ours)
    found = await acting.session.execute(rows.order_by(ChangeRow.id.desc()).limit(1))
    return next(((entry, change) for entry, change in found), None)


async def due(acting: Acting, most: int) -> list[tuple[EntryRow, ChangeRow]]:
    """Entries that members get and that should be looked at again, the oldest first."""
    joined = and_(ChangeRow.entry_id == EntryRow.id, ChangeRow.number == EntryRow.head)
    ours = EntryRow.community_id == acting.community.id, EntryRow.live.is_not(None)
    rows = select(EntryRow, ChangeRow).join(ChangeRow, joined).where(*ours)
    rows = rows.where(EntryRow.due <= acting.now.date()).order_by(EntryRow.due, EntryRow.id)
    return [(entry, change) for entry, change in await acting.session.execute(rows.limit(most))]


async def changes(acting: Acting, entry: EntryRow) -> Sequence[ChangeRow]:
    """An entry's whole history, newest first."""
    rows = select(ChangeRow).where(ChangeRow.entry_id == entry.id)
    return (await acting.session.scalars(rows.order_by(ChangeRow.number.desc()))).all()


async def begun(
    acting: Acting, slug: str, text: Text, action: Action, *, proposer: str | None = None
) -> EntryRow:
    """A new entry with its first text."""
    entry = EntryRow(
        community_id=acting.community.id,
        slug=slug,
        state=State.REVIEW if proposer else State.DRAFT,
        head=1,
        count=1,
        live=None,
        due=None,
        proposer=proposer,
    )
    acting.session.add(entry)
    await acting.session.flush()
    await _kept(acting, entry, 1, action, text)
    return entry


async def stepped(
    acting: Acting, entry: EntryRow, over: int, action: Action, text: Text, **values: Any
) -> bool:
    """Whether the entry took a step on from text `over`: not if somebody else was quicker."""
    here = update(EntryRow).where(EntryRow.id == entry.id, EntryRow.head == over)
    number = EntryRow.count + 1
    moved = here.values(head=number, count=number, **values).returning(EntryRow.count)
    taken = await acting.session.scalar(moved.execution_options(synchronize_session=False))
    if taken is not None:
        await _kept(acting, entry, taken, action, text)
        await acting.session.refresh(entry)
    return taken is not None


async def set_aside(acting: Acting, entry: EntryRow, text: Text) -> int:
    """The number under which a text is kept that came too late."""
    here = update(EntryRow).where(EntryRow.id == entry.id).values(count=EntryRow.count + 1)
    here = here.returning(EntryRow.count).execution_options(synchronize_session=False)
    number = await acting.session.scalar(here)
    assert number is not None
    await _kept(acting, entry, number, Action.ASIDE, text)
    await acting.session.refresh(entry)
    return number


async def noticed(acting: Acting, **values: Any) -> None:
    """Count on: members see something else from now on, in every process."""
    here = update(CommunityRow).where(CommunityRow.id == acting.community.id)
    await acting.session.execute(here.values(version=CommunityRow.version + 1, **values))


async def forget_proposer(acting: Acting, entry: EntryRow) -> None:
    """Who suggested an entry is nobody's business once it is decided."""
    entry.proposer = None
    theirs = update(ChangeRow).where(ChangeRow.entry_id == entry.id)
    theirs = theirs.where(ChangeRow.action == Action.PROPOSED)
    await acting.session.execute(theirs.values(actor=None, name=None))


async def _kept(acting: Acting, entry: EntryRow, number: int, action: Action, text: Text) -> None:
    change = ChangeRow(
        entry_id=entry.id,
        number=number,
        action=action,
        text=text.model_dump(mode="json"),
        actor=acting.facts.actor,
        name=" ".join(clean(acting.facts.name).split())[:100],
        at=naive(acting.now),
    )
    acting.session.add(change)
    await acting.session.flush()


def drawn() -> str:
    """Eight signs that nobody can guess, and nobody takes for others."""
    return "".join(secrets.choice(_SIGNS) for _ in range(8))


def naive(now: datetime) -> datetime:
    """UTC without saying so, as both databases keep it."""
    return now.astimezone(UTC).replace(tzinfo=None)


def a_year_after(day: date) -> date:
    """When something published on `day` comes due."""
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
