"""How the bot is in a community: what the adapter found, and what waits for its moderators."""

from __future__ import annotations

from collections.abc import Iterator

from core.community.annotating import changed
from core.community.protocol.outcome import MOST_NAMED, Outcome
from core.community.protocol.permissions import may
from core.community.protocol.speaking import Checked, Examine
from core.community.screens.checkup import Checkup
from core.community.screens.menu import Menu
from core.community.store import records
from core.community.store.records import Acting
from core.community.store.schema import EntryRow
from core.content.doctoring import Point
from core.content.library import Library
from core.content.moderation import State

MOST_DUE = 100


class Examining:
    """Somebody's look at how the bot is in one community."""

    def __init__(self, library: Library, acting: Acting) -> None:
        self._library, self._acting = library, acting

    async def outcome(self, command: Examine) -> Outcome:
        """The screen of the doctor; the table of permissions is asked first."""
        wording, tag = self._library.wording, self._acting.community.tag
        screens = Checkup(wording, tag)
        if not may(self._acting.facts, self._acting.settings, command):
            return Outcome(screens.refused())
        checked = (*command.checked, *self._telling(), await self._due(), await self._waiting())
        return Outcome(
            screens.all(checked),
            door=Menu(wording, tag).door(Examine()),
            untold=self._acting.settings.untold[:MOST_NAMED],
        )

    def _telling(self) -> Iterator[Checked]:
        """Whether the moderators can be told, where they want to be."""
        chosen = self._acting.settings
        if chosen.telling:
            yield Checked(Point.TELLING, not chosen.untold, str(len(chosen.untold)))

    async def _due(self) -> Checked:
        due = len(await records.due(self._acting, MOST_DUE))
        number = due + len(await changed(self._acting, self._library))
        return Checked(Point.DUE, not number, str(number))

    async def _waiting(self) -> Checked:
        number = await records.counted(self._acting, EntryRow.state == State.REVIEW)
        return Checked(Point.REVIEW, not number, str(number))
