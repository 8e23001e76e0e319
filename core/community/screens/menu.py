"""Where moderators begin, and the way there from where others look on."""

from __future__ import annotations

from core.community.protocol import presses
from core.community.protocol.command import (
    Command,
    ListEntries,
    NewEntry,
    OpenTry,
    ShowMenu,
    ShowSettings,
)
from core.community.protocol.curation import (
    Export,
    ListDue,
    ListLessons,
    ListShipped,
    OpenImport,
    ShowInbox,
    ShowInsights,
)
from core.community.protocol.speaking import Examine
from core.community.screens.boards import STATES
from core.content.moderation import State
from core.content.wording import Wording
from core.dialogue.reply import Choice, Reply
from core.dialogue.request import Manage

MENU = ShowMenu()
REVIEW = ListEntries(1 + STATES.index(State.REVIEW))


class Menu:
    """The menu of one community."""

    def __init__(self, wording: Wording, tag: str) -> None:
        self._wording, self._said, self._tag = wording, wording.menu, tag

    def shown(self, *, number: int, waiting: int, settings: bool) -> Reply:
        """What there is, and what can be done; `settings` for those who may choose them."""
        buttons, moderators = self._said.buttons, self._wording.moderation.buttons
        curating = self._wording.curating.buttons
        lines = [self._said.text.format(number=number, most=0, page=0, pages=0)]
        choices: list[tuple[str, Command]] = [(moderators.add, NewEntry())]
        choices.append((moderators.list, ListEntries()))
        if waiting:
            lines.append(self._said.waiting.format(number=waiting, most=0, page=0, pages=0))
            choices.append((buttons.review, REVIEW))
        choices += [(curating.inbox, ShowInbox()), (curating.lessons, ListLessons())]
        choices += [(curating.shipped, ListShipped()), (curating.due, ListDue())]
        choices.append((curating.insights, ShowInsights()))
        choices.append((curating.export, Export()))
        choices.append((buttons.test, OpenTry()))
        choices.append((self._wording.doctoring.title, Examine()))
        managers: list[tuple[str, Command]] = [
            (self._wording.curating.transfer.file_title, OpenImport()),
            (buttons.settings, ShowSettings()),
        ]
        choices += managers if settings else []
        pressed = tuple(self._choice(*choice) for choice in choices)
        return Reply(self._said.title, tuple(lines), choices=pressed, private=True)

    def door(self, to: Command = MENU) -> Reply:
        """A button to the menu, or to what was asked for, that everyone around may see."""
        screen, label = self._said.door, self._wording.buttons.open_privately
        return Reply(screen.title, (screen.text,), choices=(self._choice(label, to),))

    def _choice(self, label: str, command: Command) -> Choice:
        return Choice(label, Manage(presses.write(self._tag, command)))
