"""How the bot is in a community: what has to be mended and how, and what is in order."""

from __future__ import annotations

from collections.abc import Mapping

from core.community.protocol.command import Command, ShowMenu
from core.community.protocol.speaking import Checked, CheckLinks, Examine
from core.community.screens.boards import Boards
from core.content.doctoring import Doctoring
from core.dialogue.reply import Reply


class Checkup(Boards):
    """The screens of the doctor."""

    @property
    def _words(self) -> Doctoring:
        return self._wording.doctoring

    def all(self, checked: tuple[Checked, ...]) -> Reply:
        """Every point that was looked at, and the way to look at links."""
        menu = self._wording.menu.buttons.menu
        return self._examined(checked, {self._words.links: CheckLinks(), menu: ShowMenu()})

    def links(self, checked: tuple[Checked, ...]) -> Reply:
        """The links of a community's answers, and the way back."""
        back = {self._words.title: Examine()}
        if checked:
            return self._examined(checked, back)
        return self._screen_of((self._words.no_links.format(number=0, said=""),), back)

    def _examined(self, checked: tuple[Checked, ...], ways: Mapping[str, Command]) -> Reply:
        """What has to be mended comes first."""
        ill = [self._point(one) for one in checked if not one.fine]
        fine = "\n".join(self._point(one) for one in checked if one.fine)
        words = self._words
        summary = words.ill.format(number=len(ill), said="") if ill else words.fine
        return self._screen_of((summary, *ill, *([fine] if fine else [])), ways)

    def _point(self, one: Checked) -> str:
        point = self._words.points[one.point]
        mark, sentence = ("✓", point.fine) if one.fine else ("✗", point.mend)
        return f"{mark} {sentence.format(number=one.said, said=one.said)}"

    def _screen_of(self, paragraphs: tuple[str, ...], ways: Mapping[str, Command]) -> Reply:
        choices = tuple(self._choice(label, command) for label, command in ways.items())
        return Reply(self._words.title, paragraphs, choices=choices, private=True)
