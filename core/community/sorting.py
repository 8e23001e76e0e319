"""What comes of commands around the inbox and of what is taught; one transaction each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import assert_never

from sqlalchemy.ext.asyncio import AsyncSession

from core.community.editing import Editing
from core.community.noting import Read
from core.community.own.overlay import fit
from core.community.own.shelf import own_id
from core.community.own.text import Text
from core.community.protocol import presses
from core.community.protocol.command import AddEntry
from core.community.protocol.curation import (
    AddAnswer,
    Curation,
    DraftAnswer,
    Ignore,
    Judge,
    ListLessons,
    Never,
    OnQuestion,
    PickAnswer,
    PickNever,
    ShowInbox,
    ShowInsights,
    ShowQuestion,
    Sort,
    Teach,
    Undo,
)
from core.community.protocol.insights import DAYS
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import may
from core.community.screens.boards import PAGE, page_count
from core.community.screens.forms import form
from core.community.screens.menu import Menu
from core.community.screens.trays import Trays
from core.community.serving.engines import Built
from core.community.store import counts, inbox, lessons, records, verdicts
from core.community.store.inbox import Group
from core.community.store.records import Acting
from core.community.store.schema import CommunityRow
from core.community.tallying import gathered
from core.content.curating import LessonKind
from core.content.library import Library
from core.content.model import Entry
from core.dialogue.request import Ask
from core.matching.recalibration import FEWEST

EVERY = 10


class Sorting:
    """Somebody's hands on one community's inbox; `built` is what answers there now."""

    def __init__(
        self, acting: Acting, editing: Editing, built: Built, read: Read, shipped: Library
    ) -> None:
        self._acting, self._editing, self._built, self._read = acting, editing, built, read
        self._shipped = shipped.entries
        self._entries = built.engine.library.entries
        self._words = built.engine.library.wording.curating
        self._tag = acting.community.tag
        self._menu = Menu(built.engine.library.wording, self._tag)
        self._trays = Trays(built.engine.library, self._tag, acting.settings)

    async def outcome(self, command: Curation) -> Outcome:
        """What comes of a command; the table of permissions is asked first."""
        if not may(self._acting.facts, self._acting.settings, command):
            return Outcome(self._trays.refused())
        match command:
            case ShowInbox(page):
                return Outcome(self._trays.inbox(await self._groups(), page))
            case Sort(text):
                return await self._sort(text)
            case Judge(tried, right):
                return await self._judge(tried, right=bool(right))
            case ShowInsights():
                return await self._insights()
            case ListLessons(page):
                return await self._lessons(page)
            case Undo(number):
                return await self._undo(number)
            case _:
                return await self._on_question(command)

    async def _on_question(self, command: OnQuestion) -> Outcome:
        if isinstance(command, AddAnswer):
            return await self._add(command)
        found = await inbox.group(*self._ours, self._since, command.question)
        if found is None:
            return Outcome(self._trays.gone())
        match command:
            case ShowQuestion():
                return Outcome(self._trays.question(found))
            case DraftAnswer(kin):
                return self._form(kin, found)
            case PickAnswer(_, page):
                return Outcome(self._trays.pick(found, self._nearest(found), page))
            case PickNever():
                return Outcome(self._trays.pick_never(found, self._found_now(found)))
            case Teach(entry, _, shipped):
                return await self._learn(LessonKind.ASKED, self._id(entry, shipped), found)
            case Never(entry, _, shipped):
                return await self._learn(LessonKind.NEVER, self._id(entry, shipped), found)
            case Ignore(kin):
                await inbox.ignore(*self._ours, kin)
                return Outcome(self._trays.said(self._words.screens.ignored), done=True)
            case _:
                assert_never(command)

    @property
    def _ours(self) -> tuple[AsyncSession, CommunityRow]:
        return self._acting.session, self._acting.community

    @property
    def _since(self) -> date:
        return self._acting.now.date() - timedelta(days=self._acting.settings.days)

    async def _groups(self) -> list[Group]:
        return await inbox.groups(*self._ours, self._since, self._acting.settings.alike)

    async def _judge(self, tried: int, *, right: bool) -> Outcome:
        """Every so many verdicts the threshold is measured anew, when the engine is next built."""
        if not await verdicts.judge(self._acting, tried, right=right):
            return Outcome(self._trays.gone())
        number = await verdicts.number(*self._ours)
        if number >= FEWEST and number % EVERY == 0:
            await records.noticed(self._acting)
        return Outcome(self._trays.judged(number), done=True)

    async def _insights(self) -> Outcome:
        today = self._acting.now.date()
        rows = await counts.between(*self._ours, today - timedelta(days=DAYS - 1), today)
        groups = await inbox.groups(*self._ours, self._since, self._acting.settings.alike)
        questions = self._questions({row.entry for row in rows})
        found = gathered(rows, questions, groups, today, self._words.insights)
        number = await verdicts.number(*self._ours)
        shown = self._trays.insights(found, number, self._built.measured)
        return Outcome(shown, insights=found)

    async def _sort(self, text: str) -> Outcome:
        """A safety rule's texts are kept for nobody, whoever points at them."""
        if inbox.impersonal(text) is None:
            return Outcome(self._trays.said(self._words.screens.unfit), door=self._menu.door())
        read = self._read(text)
        if read is None:
            return Outcome(self._trays.said(self._words.screens.held), door=self._menu.door())
        day = self._acting.now.date()
        kin = await inbox.put(*self._ours, *read, day, chosen=True)
        found = await inbox.group(*self._ours, self._since, kin)
        assert found is not None
        return Outcome(self._trays.question(found), door=self._menu.door(ShowQuestion(kin)))

    def _form(self, kin: int, found: Group) -> Outcome:
        first, *others = found.wordings[: inbox.MOST_WORDINGS]
        text = Text(question=first, asks=tuple(others))
        title = self._built.engine.library.wording.moderation.add_title
        written = presses.write(self._tag, AddAnswer(kin, text))
        said = self._built.engine.library.wording.moderation
        return Outcome(form=form(said, title, written, text))

    async def _add(self, command: AddAnswer) -> Outcome:
        added = await self._editing.outcome(AddEntry(command.text))
        if added.done:
            await inbox.settle(*self._ours, command.question)
        return added

    def _nearest(self, found: Group) -> list[Entry]:
        read = self._read(found.wordings[0])
        near = self._built.nearest(read[1]) if read else list(self._entries)
        return [self._entries[id] for id in near]

    def _found_now(self, found: Group) -> list[Entry]:
        decision = self._built.engine.reply(Ask(found.wordings[0])).decision
        return [self._entries[one.entry] for one in decision.candidates]

    async def _learn(self, kind: LessonKind, entry: str, found: Group) -> Outcome:
        """Taught once more, a safety rule may have come to notice it since."""
        if entry not in self._entries:
            return Outcome(self._trays.gone())
        said = found.wordings[: inbox.MOST_WORDINGS]
        texts = fit(self._built.engine.library, entry, (one for one in said if self._read(one)))
        if not texts or await lessons.full(self._acting):
            return Outcome(self._trays.said(self._words.screens.unfit))
        row = await lessons.added(self._acting, kind, entry, texts)
        await inbox.settle(*self._ours, found.kin)
        await records.noticed(self._acting)
        return Outcome(self._trays.taught(row, self._questions([row.entry])), done=True)

    async def _lessons(self, page: int) -> Outcome:
        number, _ = await lessons.page(self._acting, 0, 0)
        page = min(page, page_count(number) - 1)
        _, rows = await lessons.page(self._acting, page * PAGE, PAGE)
        questions = self._questions(row.entry for row in rows)
        return Outcome(self._trays.lessons(rows, questions, number, page))

    async def _undo(self, number: int) -> Outcome:
        row = await lessons.undone(self._acting, number)
        if row is None:
            return Outcome(self._trays.gone())
        await records.noticed(self._acting)
        return Outcome(self._trays.undone(row, self._questions([row.entry])), done=True)

    def _questions(self, ids: Iterable[str]) -> dict[str, str]:
        """The questions of entries, also of hidden ones."""
        known = {**self._shipped, **self._entries}
        return {id: known[id].question for id in ids if id in known}

    def _id(self, entry: str, shipped: int) -> str:
        return entry if shipped else own_id(self._tag, entry)
