"""What commands do: one transaction each, asked for by somebody who may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from core.community.own.lint import Linter
from core.community.own.shelf import own_id, slug_for
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
from core.community.protocol.outcome import Outcome, Told
from core.community.protocol.permissions import may
from core.community.screens.boards import page_count
from core.community.screens.forms import form, try_form
from core.community.store import records
from core.community.store.records import Acting
from core.community.store.schema import EntryRow
from core.community.views import Views
from core.content.library import Library
from core.content.moderation import Action, State

MOST_ENTRIES, MOST_PROPOSALS, MOST_OF_ONE = 500, 50, 3

# Not what members propose: a channel would keep their names when they are to be forgotten.
_LOGGED = (AddEntry, EditEntry, Submit, Publish, SendBack, Remove, Restore, Confirm)


class Editing:
    """Somebody's hands on one community's entries."""

    def __init__(self, library: Library, linter: Linter, acting: Acting) -> None:
        self._acting = acting
        self._tag = acting.community.tag
        self._words = library.wording
        self._said = library.wording.moderation
        self._views = Views(library, linter, acting)
        self._boards = self._views.boards

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
                return await self._propose(text)
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
                return await self._edit(entry, number, text)
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
                return await self._restore(entry, number, back)
            case Publish(_, number):
                return await self._publish(entry, number)
            case Confirm(_, number):
                return await self._confirm(entry, number)
            case Submit(_, number):
                return await self._move(
                    entry, number, Action.SUBMITTED, State.REVIEW, {State.DRAFT}
                )
            case SendBack(_, number):
                return await self._move(
                    entry, number, Action.SENT_BACK, State.DRAFT, {State.REVIEW}
                )
            case Remove(_, number):
                return await self._remove(entry, number)
            case _:
                assert_never(command)

    async def add(self, text: Text, name: str = "") -> Outcome:
        """A new draft, by that name if it is free."""
        if await records.counted(self._acting, EntryRow.state != State.REMOVED) >= MOST_ENTRIES:
            return Outcome(self._boards.full(MOST_ENTRIES))
        taken = await records.slugs(self._acting)
        slug = name if name and name not in taken else slug_for(text.question, taken)
        entry = await records.begun(self._acting, slug, text, Action.ADDED)
        return Outcome(await self._views.entry(entry, self._said.leads[Action.ADDED]), done=True)

    async def _propose(self, text: Text) -> Outcome:
        actor = self._acting.facts.actor
        mine = await records.counted(self._acting, EntryRow.proposer == actor)
        if mine >= MOST_OF_ONE:
            return Outcome(self._boards.too_many_proposals(MOST_OF_ONE))
        if await records.counted(self._acting, EntryRow.proposer.is_not(None)) >= MOST_PROPOSALS:
            return Outcome(self._boards.too_many_proposals(MOST_PROPOSALS))
        slug = slug_for(text.question, await records.slugs(self._acting))
        await records.begun(self._acting, slug, text, Action.PROPOSED, proposer=actor)
        return Outcome(self._boards.thanks(), done=True)

    async def _edit(self, entry: EntryRow, over: int, text: Text) -> Outcome:
        """A removed entry stays removed: its editor was too late, and the text is kept."""
        state = State.REVIEW if entry.proposer else State.DRAFT
        open_still = entry.state != State.REMOVED
        if open_still and await records.stepped(
            self._acting, entry, over, Action.EDITED, text, state=state
        ):
            return Outcome(
                await self._views.entry(entry, self._said.leads[Action.EDITED]), done=True
            )
        mine = await records.set_aside(self._acting, entry, text)
        return Outcome(self._boards.conflict(entry, mine), done=True)

    async def _restore(self, entry: EntryRow, over: int, back: int) -> Outcome:
        """What was published once needs no second review."""
        text = await self._views.text(entry, back)
        if text is None:
            return Outcome(self._boards.gone())
        if not await records.stepped(
            self._acting, entry, over, Action.RESTORED, text, state=State.DRAFT
        ):
            return Outcome(self._boards.gone())
        done = Outcome(await self._views.entry(entry, self._said.leads[Action.RESTORED]), done=True)
        if await self._views.was_published(entry, text) and not await self._views.problems(
            entry, text
        ):
            return await self._publish(entry, entry.head, reviewed=True)
        return done

    async def _publish(self, entry: EntryRow, over: int, *, reviewed: bool = False) -> Outcome:
        text = await self._views.text(entry, over)
        if text is None or entry.state not in (State.DRAFT, State.REVIEW):
            return Outcome(self._boards.gone())
        if await self._views.problems(entry, text) or not (
            reviewed or await self._views.may_publish(entry)
        ):
            return Outcome(await self._views.entry(entry))
        values = {
            "state": State.PUBLISHED,
            "live": EntryRow.count + 1,
            "due": records.a_year_after(self._acting.now.date()),
        }
        if not await records.stepped(self._acting, entry, over, Action.PUBLISHED, text, **values):
            return Outcome(self._boards.gone())
        await records.noticed(self._acting)
        told = await self._decided(entry, self._said.accepted, text)
        shown = await self._views.entry(entry, self._said.leads[Action.PUBLISHED])
        return Outcome(shown, told=told, done=True, published=own_id(self._tag, entry.slug))

    async def _confirm(self, entry: EntryRow, over: int) -> Outcome:
        text = await self._views.text(entry, over)
        if text is None or entry.state != State.PUBLISHED:
            return Outcome(self._boards.gone())
        due = records.a_year_after(self._acting.now.date())
        values = {"live": EntryRow.count + 1, "due": due}
        if not await records.stepped(self._acting, entry, over, Action.CONFIRMED, text, **values):
            return Outcome(self._boards.gone())
        await records.noticed(self._acting)
        shown = await self._views.entry(entry, self._said.leads[Action.CONFIRMED])
        return Outcome(shown, done=True)

    async def _remove(self, entry: EntryRow, over: int) -> Outcome:
        text = await self._views.text(entry, over)
        if text is None or entry.state == State.REMOVED:
            return Outcome(self._boards.gone())
        values = {"state": State.REMOVED, "live": None, "due": None}
        if not await records.stepped(self._acting, entry, over, Action.REMOVED, text, **values):
            return Outcome(self._boards.gone())
        await records.noticed(self._acting)
        told = await self._decided(entry, self._said.declined, text)
        shown = await self._views.entry(entry, self._said.leads[Action.REMOVED])
        return Outcome(shown, told=told, done=True)

    async def _move(
        self, entry: EntryRow, over: int, action: Action, to: State, out_of: set[State]
    ) -> Outcome:
        text = await self._views.text(entry, over)
        if text is None or entry.state not in out_of:
            return Outcome(self._boards.gone())
        if not await records.stepped(self._acting, entry, over, action, text, state=to):
            return Outcome(self._boards.gone())
        return Outcome(await self._views.entry(entry, self._said.leads[action]), done=True)

    async def _decided(self, entry: EntryRow, sentence: str, text: Text) -> tuple[Told, ...]:
        """Word for the proposer, who is forgotten with it."""
        proposer = entry.proposer
        if proposer is None:
            return ()
        await records.forget_proposer(self._acting, entry)
        said = sentence.format(question=text.question)
        return (Told(proposer, replace(self._boards.thanks(), paragraphs=(said,))),)

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
        return Outcome(shown, done=done, curators=chosen.curators, log_channel=chosen.log)
