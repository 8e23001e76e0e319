"""How the bot is in a community: what the adapter found, and what waits for its moderators."""

from __future__ import annotations

from core.community.annotating import changed
from core.community.protocol import presses
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import may
from core.community.protocol.speaking import Checked, CheckLinks, Examine
from core.community.screens.boards import Boards
from core.community.screens.menu import Menu
from core.community.store import records
from core.community.store.records import Acting
from core.community.store.schema import EntryRow
from core.content.doctoring import Doctoring, Point
from core.content.library import Library
from core.content.moderation import State
from core.dialogue.reply import Choice, Reply
from core.dialogue.request import Manage

MOST_DUE = 100


class Examining:
    """Somebody's look at how the bot is in one community."""

    def __init__(self, library: Library, acting: Acting) -> None:
        self._library, self._acting = library, acting

    async def outcome(self, command: Examine) -> Outcome:
        """The screen of the doctor; the table of permissions is asked first."""
        wording, tag = self._library.wording, self._acting.community.tag
        if not may(self._acting.facts, self._acting.settings, command):
            return Outcome(Boards(wording, tag).refused())
        checked = (*command.checked, await self._due(), await self._waiting())
        button = Manage(presses.write(tag, CheckLinks()))
        links = Choice(wording.doctoring.links, button)
        door = Menu(wording, tag).door(Examine())
        return Outcome(examined(wording.doctoring, checked, links), door=door)

    async def _due(self) -> Checked:
        due = len(await records.due(self._acting, MOST_DUE))
        number = due + len(await changed(self._acting, self._library))
        return Checked(Point.DUE, not number, str(number))

    async def _waiting(self) -> Checked:
        number = await records.counted(self._acting, EntryRow.state == State.REVIEW)
        return Checked(Point.REVIEW, not number, str(number))


def examined(words: Doctoring, checked: tuple[Checked, ...], *choices: Choice) -> Reply:
    """What has to be mended first, with the way to do it; then what is in order."""
    ill = [_line(words, one) for one in checked if not one.fine]
    fine = "\n".join(_line(words, one) for one in checked if one.fine)
    summary = words.ill.format(number=len(ill), said="") if ill else words.fine
    paragraphs = (summary, *ill, *([fine] if fine else []))
    return Reply(words.title, paragraphs, choices=choices, private=True)


def _line(words: Doctoring, one: Checked) -> str:
    point = words.points[one.point]
    mark, sentence = ("✓", point.fine) if one.fine else ("✗", point.mend)
    return f"{mark} {sentence.format(number=one.said, said=one.said)}"
