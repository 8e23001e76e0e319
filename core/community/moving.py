"""What comes of exports, imports and shared places; one transaction each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import assert_never

from sqlalchemy import delete, select

from core.community.editing import Editing
from core.community.noting import Read
from core.community.own import transfer
from core.community.own.lint import Linter
from core.community.own.overlay import digest, fit, needed
from core.community.own.shelf import own_id, tag_of
from core.community.own.text import Text, clean
from core.community.parcels import Parcels
from core.community.protocol import presses
from core.community.protocol.command import EditEntry, Publish
from core.community.protocol.curation import (
    Export,
    ExportOne,
    ImportFile,
    MakeCode,
    OpenCode,
    OpenImport,
    ShowImport,
    TakeFile,
    TakeOne,
    Transfer,
    Unlink,
    UseCode,
)
from core.community.protocol.outcome import File, Outcome
from core.community.protocol.permissions import may
from core.community.screens.forms import code_form, import_form
from core.community.store import lessons, places, records
from core.community.store.inbox import MOST_WORDINGS
from core.community.store.records import Acting, naive
from core.community.store.schema import EntryRow, ImportRow
from core.content.curating import LessonKind
from core.content.library import Library
from core.content.moderation import State
from core.content.transfer import FiledEntry, FiledLesson, Filing
from core.dialogue.place import Place
from core.dialogue.reply import Reply

_SHIPPED_ONLY = (LessonKind.NOTE, LessonKind.HIDDEN)


class Moving:
    """Somebody's hands on what goes into files and comes out of them."""

    def __init__(
        self,
        library: Library,
        *,
        linter: Linter,
        editing: Editing,
        read: Read,
        acting: Acting,
        place: Place,
    ) -> None:
        self._library, self._linter, self._read = library, linter, read
        self._editing, self._acting, self._place = editing, acting, place
        self._tag = acting.community.tag
        self._said = library.wording.curating.transfer
        self._parcels = Parcels(library, self._tag, acting.settings)

    async def outcome(self, command: Transfer) -> Outcome:
        """What comes of a command; the table of permissions is asked first."""
        if not may(self._acting.facts, self._acting.settings, command):
            return Outcome(self._parcels.refused())
        match command:
            case Export():
                return await self._export("")
            case ExportOne(entry):
                return await self._export(entry)
            case OpenImport():
                sent = presses.write(self._tag, ImportFile(b""))
                return Outcome(form=import_form(self._library.wording.curating, sent))
            case ImportFile(data):
                return await self._receive(data)
            case ShowImport(file) | TakeFile(file) | TakeOne(file):
                return await self._with(command, file)
            case MakeCode():
                return Outcome(self._parcels.code(await places.code(self._acting)), done=True)
            case OpenCode():
                sent = presses.write(self._tag, UseCode(Text()))
                return Outcome(form=code_form(self._library.wording.curating, sent))
            case UseCode(text):
                return await self._join(text.question)
            case Unlink():
                return await self._unlink()
            case _:
                assert_never(command)

    async def _export(self, name: str) -> Outcome:
        entries = [
            transfer.filed(entry.slug, text, published=entry.live is not None)
            for entry, text in await self._texts()
            if name in ("", entry.slug)
        ]
        if name and not entries:
            return Outcome(self._parcels.gone())
        taught = (
            [] if name else await lessons.in_force(self._acting.session, self._acting.community)
        )
        filed = [
            FiledLesson(
                entry=one.entry.partition("-")[2] if tag_of(one.entry) else one.entry,
                kind=one.kind,
                texts=one.texts,
                own="true" if tag_of(one.entry) else "false",
            )
            for one in taught
        ]
        file = File(transfer.FILE, transfer.written(entries, filed))
        return Outcome(self._parcels.said(self._said.exported), file=file)

    async def _receive(self, data: bytes) -> Outcome:
        filing, problems = await asyncio.to_thread(transfer.read, data)
        if problems:
            return Outcome(self._parcels.problems(problems))
        row = ImportRow(
            community_id=self._acting.community.id,
            text=data.decode("utf-8-sig"),
            at=naive(self._acting.now),
        )
        self._acting.session.add(row)
        await self._acting.session.flush()
        return Outcome(await self._differences(row.id, filing, 0))

    async def _with(self, command: ShowImport | TakeFile | TakeOne, file: int) -> Outcome:
        ours = ImportRow.community_id == self._acting.community.id
        row = await self._acting.session.scalar(select(ImportRow).where(ours, ImportRow.id == file))
        if row is None:
            return Outcome(self._parcels.said(self._said.stale))
        filing, _ = await asyncio.to_thread(transfer.read, row.text.encode())
        match command:
            case ShowImport(_, page):
                return Outcome(await self._differences(file, filing, page))
            case TakeOne(_, at):
                taken = await self._take(filing.entries[at : at + 1])
            case TakeFile():
                taken = await self._take(filing.entries)
                await self._learn(filing.taught)
                await self._acting.session.execute(delete(ImportRow).where(ImportRow.id == file))
        return Outcome(self._parcels.taken(taken), done=True)

    async def _differences(self, file: int, filing: Filing, page: int) -> Reply:
        here = {entry.slug: text for entry, text in await self._texts()}
        found = transfer.differences(filing, here)
        return self._parcels.differences(file, found, len(filing.taught), page)

    async def _take(self, entries: Iterable[FiledEntry]) -> int:
        """How many were taken; each goes the way a form would, so nothing is overwritten."""
        here = {entry.slug: (entry, text) for entry, text in await self._texts()}
        taken = 0
        for one in entries:
            text = transfer.text_of(one)
            entry, now = here.get(one.id, (None, None))
            if now != text:
                command = EditEntry(one.id, entry.head, text) if entry else None
                done = await (
                    self._editing.outcome(command) if command else self._editing.add(text, one.id)
                )
                taken += done.done
            if one.state == "published" and self._acting.settings.alone:
                await self._publish(one.id if entry else None)
        return taken

    async def _publish(self, name: str | None) -> None:
        """The entry of that name, or the one that was just added, if it is fit."""
        newest = await records.newest_change(self._acting)
        entry = await records.entry_named(self._acting, name) if name else newest and newest[0]
        if entry and entry.state != State.PUBLISHED:
            await self._editing.outcome(Publish(entry.slug, entry.head))

    async def _learn(self, taught: Iterable[FiledLesson]) -> None:
        here = set(await lessons.in_force(self._acting.session, self._acting.community))
        known = {(one.kind, one.entry, one.texts) for one in here}
        for one in taught:
            own = one.own == "true"
            id = own_id(self._tag, one.entry) if own else one.entry
            entry = self._library.entries.get(id)
            barred = one.kind == LessonKind.HIDDEN and id in needed(self._library)
            unknown = entry is None and not own
            if barred or unknown or (own and one.kind in _SHIPPED_ONLY):
                continue
            texts = await self._fit(one, id)
            if texts is None or (one.kind, id, texts) in known or await lessons.full(self._acting):
                continue
            against = digest(entry) if entry and one.kind in _SHIPPED_ONLY else None
            await lessons.added(self._acting, one.kind, id, texts, against)
        await records.noticed(self._acting)

    async def _fit(self, lesson: FiledLesson, id: str) -> tuple[str, ...] | None:
        """The texts of a lesson that may be learnt; None where there is nothing to learn."""
        match lesson.kind:
            case LessonKind.HIDDEN:
                return ()
            case LessonKind.NOTE:
                said = clean(" ".join(lesson.texts))
                found = self._linter.note_problems(self._tag, said, self._acting.now.date())
                return (said,) if said and not found else None
            case _:
                texts = fit(self._library, id, lesson.texts[:MOST_WORDINGS])
                read = await asyncio.to_thread(lambda: [one for one in texts if self._read(one)])
                return tuple(read) or None

    async def _texts(self) -> list[tuple[EntryRow, Text]]:
        """The latest text of each entry that is not removed."""
        kept = [state for state in State if state != State.REMOVED]
        found = await records.heads(self._acting, kept, 0, transfer.MOST_ENTRIES)
        return [(entry, Text.model_validate(change.text)) for entry, change in found]

    async def _join(self, said: str) -> Outcome:
        if not await places.empty(self._acting):
            return Outcome(self._parcels.said(self._said.not_empty))
        community = await places.community_of(self._acting, said)
        if community in (None, self._acting.community.id):
            return Outcome(self._parcels.said(self._said.no_code))
        assert community is not None
        await places.join(self._acting, self._place, community)
        return Outcome(self._parcels.alone(self._said.linked), done=True)

    async def _unlink(self) -> Outcome:
        if await places.alone(self._acting):
            return Outcome(self._parcels.said(self._said.not_linked))
        await places.leave(self._acting, self._place)
        return Outcome(self._parcels.alone(self._said.unlinked), done=True)
