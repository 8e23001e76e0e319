"""What moderators are shown of one community: its entries, their texts, and what is wrong there."""

from __future__ import annotations

from collections.abc import Sequence

from core.community.own.lint import Linter
from core.community.own.shelf import Written
from core.community.own.text import BLANK, Text
from core.community.protocol.command import ShowSettings
from core.community.protocol.outcome import Logged
from core.community.protocol.permissions import may
from core.community.screens.boards import PAGE, STATES, Boards, page_count
from core.community.screens.menu import Menu
from core.community.screens.preferences import Preferences
from core.community.serving.published import served
from core.community.store import records
from core.community.store.records import Acting
from core.community.store.schema import EntryRow
from core.content.library import Library
from core.content.moderation import Action, State
from core.dialogue.reply import Reply

KEPT = (State.DRAFT, State.REVIEW, State.PUBLISHED)


class Views:
    """One community as somebody who acts in it sees it."""

    def __init__(self, library: Library, linter: Linter, acting: Acting) -> None:
        self._library, self._linter, self._acting = library, linter, acting
        self._tag = acting.community.tag
        self.boards = Boards(library.wording, self._tag)
        self.begin = Menu(library.wording, self._tag)

    async def menu(self) -> Reply:
        """Where moderators begin; what they may not do is not on it."""
        number = await records.counted(self._acting, EntryRow.state.in_(KEPT))
        waiting = await records.counted(self._acting, EntryRow.state == State.REVIEW)
        settings = may(self._acting.facts, self._acting.settings, ShowSettings())
        return self.begin.shown(number=number, waiting=waiting, settings=settings)

    async def listed(self, state: int, page: int) -> Reply:
        """A page of the entries in a state, or of all that are not removed."""
        states = STATES[state - 1 : state] if 0 < state <= len(STATES) else KEPT
        number = await records.counted(self._acting, EntryRow.state.in_(states))
        page = min(page, page_count(number) - 1)
        found = await records.heads(self._acting, states, page * PAGE, PAGE)
        shown = [(entry, Text.model_validate(change.text)) for entry, change in found]
        return self.boards.listed(shown, number, state, page)

    async def entry(self, entry: EntryRow, *leads: str) -> Reply:
        """An entry with what can be done with it, after `leads`."""
        text = await self.text(entry, entry.head) or BLANK
        problems = [] if entry.state == State.REMOVED else await self.problems(entry, text)
        may_publish = await self.may_publish(entry)
        due = entry.due is not None and entry.due <= self._acting.now.date()
        return self.boards.entry(entry, text, problems, *leads, may_publish=may_publish, due=due)

    async def change(self, entry: EntryRow, number: int) -> Reply:
        """An entry as it once was."""
        change = await records.change_of(self._acting, entry, number)
        if change is None:
            return self.boards.gone()
        return self.boards.change(entry, change, Text.model_validate(change.text))

    async def may_publish(self, entry: EntryRow) -> bool:
        """Whether this moderator may: alone if the community says so, else what others wrote."""
        if self._acting.settings.alone:
            return True
        changes = await records.changes(self._acting, entry)
        wrote = (one for one in changes if one.action in records.WRITING)
        return next(wrote).actor != self._acting.facts.actor

    async def was_published(self, entry: EntryRow, text: Text) -> bool:
        """Whether members ever got exactly this."""
        changes = await records.changes(self._acting, entry)
        once = (one for one in changes if one.action == Action.PUBLISHED)
        return any(Text.model_validate(one.text) == text for one in once)

    async def problems(self, entry: EntryRow, text: Text) -> Sequence[str]:
        """What keeps a text from being published, beside what members get now."""
        today = self._acting.now.date()
        written = Written(entry.slug, text, today, records.a_year_after(today))
        found = await records.published(self._acting.session, self._acting.community)
        others = served(self._library, self._tag, found)
        return self._linter.problems(self._tag, written, others)

    async def text(self, entry: EntryRow, number: int) -> Text | None:
        """The text after change `number`."""
        change = await records.change_of(self._acting, entry, number)
        return Text.model_validate(change.text) if change else None

    def settings(self) -> Reply:
        """What is chosen here."""
        return Preferences(self._library.wording, self._tag).chosen(self._acting.settings)

    async def logged(self) -> Logged | None:
        """The change that was just made, for the log channel, if there is one."""
        channel = self._acting.settings.log
        newest = await records.newest_change(self._acting)
        if not channel or newest is None:
            return None
        entry, change = newest
        before = await self.text(entry, change.number - 1)
        now = Text.model_validate(change.text)
        return Logged(channel, self.boards.logged(change, before, now))
