"""What comes of hiding shipped entries, of notes on them, and of looking at old ones again."""

from __future__ import annotations

from typing import assert_never

from core.community.own.lint import Linter
from core.community.own.overlay import digest, needed
from core.community.own.text import Text
from core.community.protocol import presses
from core.community.protocol.curation import (
    Annotation,
    Hide,
    ListDue,
    ListShipped,
    OpenNote,
    Recheck,
    SetNote,
    ShowShipped,
)
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import may
from core.community.screens.forms import note_form
from core.community.screens.notices import Notices
from core.community.store import lessons, records
from core.community.store.records import Acting
from core.community.store.schema import LessonRow
from core.content.curating import LessonKind
from core.content.library import Library
from core.content.model import Entry
from core.dialogue.reply import Reply

MOST_DUE = 10


class Annotating:
    """Somebody's hands on what is shipped, as one community has it."""

    def __init__(self, library: Library, linter: Linter, acting: Acting) -> None:
        self._library, self._linter, self._acting = library, linter, acting
        self._words = library.wording.curating
        self._tag = acting.community.tag
        self._notices = Notices(library, self._tag, acting.settings)

    async def outcome(self, command: Annotation) -> Outcome:
        """What comes of a command; the table of permissions is asked first."""
        if not may(self._acting.facts, self._acting.settings, command):
            return Outcome(self._notices.refused())
        match command:
            case ListShipped(page):
                return Outcome(self._notices.shipped([*self._library.entries.values()], page))
            case ListDue():
                return await self._due()
            case Recheck(number):
                return await self._recheck(number)
            case _:
                return await self._on_entry(command)

    async def _on_entry(self, command: ShowShipped | Hide | OpenNote | SetNote) -> Outcome:
        entry = self._library.entries.get(command.entry)
        if entry is None:
            return Outcome(self._notices.gone())
        match command:
            case ShowShipped():
                return Outcome(await self._shown(entry))
            case Hide():
                return await self._hide(entry)
            case OpenNote():
                return await self._open_note(entry)
            case SetNote(_, text):
                return await self._set_note(entry, text.short)
            case _:
                assert_never(command)

    async def _shown(self, entry: Entry, *leads: str) -> Reply:
        return self._notices.one(entry, await lessons.about(self._acting, entry.id), *leads)

    async def _hide(self, entry: Entry) -> Outcome:
        if entry.id in needed(self._library):
            return Outcome(self._notices.said(self._words.screens.needed))
        if await self._holding(entry, LessonKind.HIDDEN) or await lessons.full(self._acting):
            return Outcome(await self._shown(entry))
        await lessons.added(self._acting, LessonKind.HIDDEN, entry.id, (), digest(entry))
        await records.noticed(self._acting)
        return Outcome(await self._shown(entry), done=True)

    async def _open_note(self, entry: Entry) -> Outcome:
        taught = await lessons.about(self._acting, entry.id)
        notes = [row for row in taught if row.kind == LessonKind.NOTE]
        # The last one that was written, also if it was not fit to be shown.
        said = " ".join(notes[0].texts) if notes else ""
        written = presses.write(self._tag, SetNote(entry.id, Text()))
        return Outcome(form=note_form(self._words, written, said))

    async def _set_note(self, entry: Entry, said: str) -> Outcome:
        for row in await self._holding(entry, LessonKind.NOTE):
            await lessons.undone(self._acting, row.id)
        await records.noticed(self._acting)
        if not said:
            return Outcome(await self._shown(entry), done=True)
        if await lessons.full(self._acting):
            return Outcome(self._notices.said(self._words.screens.unfit))
        row = await lessons.added(self._acting, LessonKind.NOTE, entry.id, (said,), digest(entry))
        problems = self._linter.note_problems(self._tag, said, self._acting.now.date())
        if problems:
            await lessons.undone(self._acting, row.id)
            unfit = self._words.screens.note_unfit
            return Outcome(await self._shown(entry, unfit.text, *problems), done=True)
        return Outcome(await self._shown(entry, self._words.screens.noted.text), done=True)

    async def _due(self) -> Outcome:
        entries = [
            (entry, Text.model_validate(change.text))
            for entry, change in await records.due(self._acting, MOST_DUE)
        ]
        found = await changed(self._acting, self._library)
        return Outcome(self._notices.due(entries, found[: MOST_DUE // 2]))

    async def _recheck(self, number: int) -> Outcome:
        for row in await lessons.decided(self._acting):
            entry = self._library.entries.get(row.entry)
            if row.id == number and entry:
                row.against = digest(entry)
                await self._acting.session.flush()
                return Outcome(self._notices.said(self._words.screens.checked), done=True)
        return Outcome(self._notices.gone())

    async def _holding(self, entry: Entry, kind: LessonKind) -> list[LessonRow]:
        taught = await lessons.about(self._acting, entry.id)
        return [row for row in taught if row.kind == kind and row.undone_at is None]


async def changed(acting: Acting, library: Library) -> list[tuple[LessonRow, Entry | None]]:
    """Notes and hidings whose entry is another since, or is gone."""
    decided = [(row, library.entries.get(row.entry)) for row in await lessons.decided(acting)]
    return [
        (row, entry)
        for row, entry in decided
        if entry is None or (row.against and digest(entry) != row.against)
    ]
