"""What commands on entries and settings do: one transaction each, asked for by somebody who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from core.community.lives import Lives
from core.community.own.lint import Linter
from core.community.own.text import BLANK, Text
from core.community.protocol import choices, presses
from core.community.protocol.command import (
    AddEntry,
    Confirm,
    EditEntry,
    Editorial,
    History,
    ListEntries,
    NewEntry,
    NewProposal,
    OpenEdit,
    OpenTry,
    Propose,
    Publish,
    Remove,
    Restore,
    SendBack,
    SetAlike,
    SetAlone,
    SetCurators,
    SetDays,
    SetLog,
    ShowChange,
    ShowMenu,
    ShowOwn,
    ShowSettings,
    StopLog,
    Submit,
    Try,
)
from core.community.protocol.outcome import MOST_NAMED, Outcome
from core.community.protocol.permissions import may
from core.community.screens.boards import page_count
from core.community.screens.forms import form, try_form
from core.community.store import records
from core.community.store.records import Acting
from core.community.store.schema import EntryRow
from core.community.views import Views
from core.content.library import Library

# Not what members propose: a channel would keep their names when they are to be forgotten.
_LOGGED = (AddEntry, EditEntry, Submit, Publish, SendBack, Remove, Restore, Confirm)


class Editing:
    """Somebody's hands on one community's entries and settings."""

    def __init__(self, library: Library, linter: Linter, acting: Acting) -> None:
        self._acting = acting
        self._tag = acting.community.tag
        self._words = library.wording
        self._said = library.wording.moderation
        self._views = Views(library, linter, acting)
        self._boards = self._views.boards
        self._lives = Lives(self._said, self._views, acting)

    async def outcome(self, command: Editorial) -> Outcome:
        """What comes of a command, with word for the log channel of what was changed by moderators."""
        outcome = await self._outcome(command)
        if not outcome.done or not isinstance(command, _LOGGED):
            return outcome
        return replace(outcome, logged=await self._views.logged())

    async def _outcome(self, command: Editorial) -> Outcome:
        """The table of permissions is asked first, whatever led here."""
        if not may(self._acting.facts, self._acting.settings, command):
            return Outcome(self._boards.refused())
        match command:
            case ShowMenu():
                return Outcome(await self._views.menu(), door=self._views.begin.door())
            case NewEntry() | NewProposal() | OpenTry():
                return self._opened(command)
            case AddEntry(text):
                return await self.add(text)
            case Propose(text):
                return await self._lives.propose(text)
            case ListEntries(state, page):
                return Outcome(await self._views.listed(state, page))
            case ShowSettings():
                return self._settings()
            case SetAlone() | SetDays() | SetAlike() | SetLog() | StopLog() | SetCurators():
                return await self._set(choices.values(command))
            case Try():
                raise AssertionError("asked of an engine, in no transaction")
            case _:
                return await self._on_entry(command)

    def _opened(self, command: NewEntry | NewProposal | OpenTry) -> Outcome:
        match command:
            case NewEntry(text):
                return self._form(self._said.add_title, AddEntry(text))
            case NewProposal(text):
                return self._form(self._said.propose_title, Propose(text))
            case OpenTry():
                return Outcome(form=try_form(self._words, presses.write(self._tag, Try(""))))

    async def _on_entry(
        self,
        command: OpenEdit
        | EditEntry
        | ShowOwn
        | History
        | ShowChange
        | Submit
        | Publish
        | SendBack
        | Remove
        | Restore
        | Confirm,
    ) -> Outcome:
        entry = await records.entry_named(self._acting, command.entry)
        if entry is None:
            return Outcome(self._boards.gone())
        match command:
            case OpenEdit():
                text = await self._views.text(entry, entry.head)
                return self._form(
                    self._said.edit_title, EditEntry(entry.slug, entry.head, text or BLANK)
                )
            case EditEntry(_, number, text):
                return await self._lives.edit(entry, number, text)
            case ShowOwn():
                return Outcome(await self._views.entry(entry))
            case History(_, page):
                changes = await records.changes(self._acting, entry)
                page = min(page, page_count(len(changes)) - 1)
                return Outcome(self._boards.history(entry, changes, page))
            case ShowChange(_, number):
                return Outcome(await self._views.change(entry, number))
            case _:
                return await self._step(command, entry)

    async def _step(
        self, command: Restore | Publish | Confirm | Submit | SendBack | Remove, entry: EntryRow
    ) -> Outcome:
        match command:
            case Restore(_, number, back):
                return await self._lives.restore(entry, number, back)
            case Publish(_, number):
                return await self._lives.publish(entry, number)
            case Confirm(_, number):
                return await self._lives.confirm(entry, number)
            case Submit(_, number):
                return await self._lives.submit(entry, number)
            case SendBack(_, number):
                return await self._lives.send_back(entry, number)
            case Remove(_, number):
                return await self._lives.remove(entry, number)
            case _:
                assert_never(command)

    async def add(self, text: Text, name: str = "") -> Outcome:
        """A new draft, by that name if it is free."""
        return await self._lives.add(text, name)

    def _form(self, title: str, sent: AddEntry | EditEntry | Propose) -> Outcome:
        written = presses.write(self._tag, sent)
        return Outcome(form=form(self._said, title, written, sent.text))

    async def _set(self, values: Mapping[str, object]) -> Outcome:
        community = self._acting.community
        community.settings = {**community.settings, **values}
        await self._acting.session.flush()
        return self._settings(done=True)

    def _settings(self, *, done: bool = False) -> Outcome:
        chosen = self._acting.settings
        shown = self._views.settings()
        return Outcome(
            shown,
            done=done,
            curators=chosen.curators,
            log_channel=chosen.log,
            untold=chosen.untold[:MOST_NAMED],
        )
