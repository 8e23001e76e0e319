"""The screens for moderators and proposers: an entry with its state, lists, history, refusals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import ceil

from core.community.own.text import Text
from core.community.protocol import presses
from core.community.protocol.command import (
    Command,
    Confirm,
    History,
    ListEntries,
    NewEntry,
    OpenEdit,
    Publish,
    Remove,
    Restore,
    SendBack,
    ShowChange,
    ShowMenu,
    ShowOwn,
    Submit,
)
from core.community.protocol.curation import ExportOne
from core.community.store.schema import ChangeRow, EntryRow
from core.content.moderation import Action, CountedScreen, Screen, State
from core.content.own import LINK, LONGEST_LINK
from core.content.wording import Wording
from core.dialogue.answers import linked, paragraphs, said_date
from core.dialogue.reply import Choice, Reply
from core.dialogue.request import Manage

PAGE = 10
# What is shown of a text that may still be far too long; together it fits on every platform.
MOST_TITLE, MOST_SHORT, MOST_MORE, MOST_ASKS, MOST_LINKS, MOST_PROBLEMS = 100, 400, 950, 400, 5, 5
MOST_SAID = 800
STATES = tuple(State)


class Boards:
    """The screens of one community."""

    def __init__(self, wording: Wording, tag: str) -> None:
        self._wording, self._said, self._tag = wording, wording.moderation, tag
        self._list = self._choice(self._said.buttons.list, ListEntries())

    def refused(self) -> Reply:
        """The table of permissions says no."""
        return self._screen(self._said.screens.refused)

    def stranger(self) -> Reply:
        """What members may do, to somebody who is not known to be one."""
        return self._screen(self._said.screens.stranger)

    def gone(self) -> Reply:
        """What was pressed or meant is not there, or not any more."""
        return self._screen(self._said.screens.gone, self._list)

    def thanks(self) -> Reply:
        """A suggestion was taken in."""
        return self._screen(self._said.screens.thanks)

    def full(self, most: int) -> Reply:
        """There are as many entries as a community may have."""
        return self._counted(self._said.screens.full, self._list, most=most)

    def too_many_proposals(self, most: int) -> Reply:
        """As many suggestions wait as may."""
        return self._counted(self._said.screens.too_many_proposals, most=most)

    def logged(self, change: ChangeRow, before: Text | None, now: Text) -> Reply:
        """A change, with the old and the new words where they differ."""
        said = self._wording.curating.logged
        lines = [self._line(change)]
        if before and before != now:
            lines.append(said.before.format(said=_all_of(before), entry=""))
        if before != now:
            lines.append(said.now.format(said=_all_of(now), entry=""))
        return Reply(clipped(now.question, MOST_TITLE) or "…", tuple(lines))

    def entry(
        self,
        entry: EntryRow,
        text: Text,
        problems: Sequence[str],
        *leads: str,
        may_publish: bool,
        due: bool = False,
    ) -> Reply:
        """An entry as moderators see it: its words, its state, and what can be done with it."""
        served = entry.live is not None and entry.state != State.PUBLISHED
        state = [self._said.states[entry.state], *([self._said.served] if served else [])]
        waits = [] if may_publish or entry.state != State.REVIEW else [self._said.needs_another]
        mend = [self._said.to_mend, *problems[:MOST_PROBLEMS]] if problems else []
        choices = [*self._steps(entry, fit=not problems, may_publish=may_publish)]
        if due and entry.state == State.PUBLISHED:
            right = Confirm(entry.slug, entry.head)
            choices.insert(0, self._choice(self._wording.curating.buttons.right, right))
        return self._written(text, [*leads, *mend, *waits], state, choices)

    def change(self, entry: EntryRow, change: ChangeRow, text: Text) -> Reply:
        """An entry as it once was, and the way back to it."""
        back = Restore(entry.slug, entry.head, change.number)
        restore = self._choice(self._said.buttons.restore, back)
        choices = [*([restore] if change.number != entry.head else []), self._history(entry)]
        return self._written(text, [], [self._line(change)], choices)

    def conflict(self, entry: EntryRow, mine: int) -> Reply:
        """Somebody else was quicker; both texts are there."""
        buttons = self._said.buttons
        return self._screen(
            self._said.screens.conflict,
            self._choice(buttons.show_theirs, ShowOwn(entry.slug)),
            self._choice(buttons.show_mine, ShowChange(entry.slug, mine)),
            self._choice(buttons.use_mine, Restore(entry.slug, entry.head, mine)),
        )

    def listed(
        self, shown: Iterable[tuple[EntryRow, Text]], number: int, state: int, page: int
    ) -> Reply:
        """A page of entries, and the ways to others."""
        add = self._choice(self._said.buttons.add, NewEntry())
        menu = self._choice(self._wording.menu.buttons.menu, ShowMenu())
        if not number:
            return self._screen(self._said.screens.empty, add, menu)
        entries = [self._choice(text.label, ShowOwn(entry.slug)) for entry, text in shown]
        turning = self._turning(lambda to: ListEntries(state, to), page, number)
        return self._counted(
            self._said.screens.listed, *entries, *turning, add, menu, number=number, page=page
        )

    def history(self, entry: EntryRow, changes: Sequence[ChangeRow], page: int) -> Reply:
        """A page of an entry's changes, newest first."""
        shown = changes[page * PAGE : (page + 1) * PAGE]
        version = self._said.buttons.version
        texts = [
            self._choice(
                version.format(number=change.number), ShowChange(entry.slug, change.number)
            )
            for change in shown
        ]
        turning = self._turning(lambda to: History(entry.slug, to), page, len(changes))
        back = self._choice(self._wording.buttons.back, ShowOwn(entry.slug))
        screen = self._said.screens.history
        reply = self._counted(screen, *texts, *turning, back, number=len(changes), page=page)
        lines = "\n".join(self._line(change) for change in shown)
        return Reply(reply.title, (*reply.paragraphs, lines), choices=reply.choices, private=True)

    def _steps(self, entry: EntryRow, *, fit: bool, may_publish: bool) -> Iterable[Choice]:
        buttons, slug, head = self._said.buttons, entry.slug, entry.head
        if entry.state == State.REMOVED:
            yield self._choice(buttons.history, History(slug))
            yield self._list
            return
        if fit and may_publish and entry.state != State.PUBLISHED:
            yield self._choice(buttons.publish, Publish(slug, head))
        elif fit and entry.state == State.DRAFT:
            yield self._choice(buttons.submit, Submit(slug, head))
        yield self._choice(buttons.edit, OpenEdit(slug))
        if entry.state == State.REVIEW and entry.proposer is None:
            yield self._choice(buttons.send_back, SendBack(slug, head))
        yield self._choice(buttons.remove, Remove(slug, head))
        yield self._history(entry)
        yield self._choice(self._wording.curating.buttons.export, ExportOne(slug))
        yield self._list

    def _history(self, entry: EntryRow) -> Choice:
        return self._choice(self._said.buttons.history, History(entry.slug))

    def _line(self, change: ChangeRow) -> str:
        done = self._said.done[Action(change.action)]
        who = change.name or self._said.someone
        when = _minute(change.at)
        return self._said.change.format(number=change.number, done=done, who=who, when=when)

    def _written(
        self, text: Text, above: Sequence[str], state: Sequence[str], choices: Iterable[Choice]
    ) -> Reply:
        asks = clipped(" · ".join(text.asks), MOST_ASKS)
        asked = [self._said.also_asked.format(said=asks)] if asks else []
        body = (clipped(text.short, MOST_SHORT), clipped(text.more, MOST_MORE))
        return Reply(
            title=clipped(text.question, MOST_TITLE) or "…",
            paragraphs=(*above, *(line for part in body for line in paragraphs(part)), *asked),
            evidence=tuple(state),
            citations=tuple(
                linked(self._wording, url) for url in text.links[:MOST_LINKS] if fits(url)
            ),
            choices=tuple(choices),
            private=True,
        )

    def _turning(self, to: Callable[[int], Command], page: int, number: int) -> Iterable[Choice]:
        if page > 0:
            yield self._choice(self._wording.buttons.previous_page, to(page - 1))
        if page + 1 < page_count(number):
            yield self._choice(self._wording.buttons.next_page, to(page + 1))

    def _choice(self, label: str, command: Command) -> Choice:
        return Choice(label, Manage(presses.write(self._tag, command)))

    def _screen(self, screen: Screen, *choices: Choice) -> Reply:
        return Reply(screen.title, (screen.text,), choices=choices, private=True)

    def _counted(
        self, screen: CountedScreen, *choices: Choice, number: int = 0, most: int = 0, page: int = 0
    ) -> Reply:
        pages = page_count(number)
        text = screen.text.format(number=number, most=most, page=page + 1, pages=pages)
        return Reply(screen.title, (text,), choices=choices, private=True)


def following(values: Sequence[int], now: int) -> int:
    """What comes after a choice; after the last one the first."""
    return next((value for value in values if value > now), values[0])


def _all_of(text: Text) -> str:
    parts = (text.question, text.short, text.more, " · ".join(text.asks), " ".join(text.links))
    return clipped(" / ".join(part for part in parts if part), MOST_SAID)


def clipped(text: str, most: int) -> str:
    """What of a text fits on a screen; all of it is in the form."""
    return text if len(text) <= most else text[: most - 1] + "…"


def fits(url: str) -> bool:
    """Whether an address can be shown as a link at all."""
    return re.fullmatch(LINK, url) is not None and len(url) <= LONGEST_LINK


def page_count(number: int) -> int:
    """How many pages it takes to list so many."""
    return max(1, ceil(number / PAGE))


def _minute(at: datetime) -> str:
    return f"{said_date(at.date())}, {at:%H:%M} UTC"
