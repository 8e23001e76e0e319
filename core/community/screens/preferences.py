"""The screen of what is chosen in a community."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.community.own.settings import ALIKE, DAYS, CommunitySettings
from core.community.protocol.command import Command, SetAlike, SetAlone, SetDays, StopLog
from core.community.protocol.curation import MakeCode, OpenCode, Unlink
from core.community.protocol.speaking import ShowChannels
from core.community.screens.boards import Boards, following
from core.dialogue.reply import Reply


class Preferences(Boards):
    """What those who manage one community choose."""

    def chosen(self, now: CommunitySettings) -> Reply:
        """What is chosen, and the ways to choose something else."""
        screens = self._said.screens
        pressed = (self._choice(label, command) for label, command in self._ways(now).items())
        screen = screens.settings_alone if now.alone else screens.settings_two
        told = self._screen(screen, *pressed, self._list)
        return replace(told, paragraphs=(*told.paragraphs, *self._lines(now)))

    def _ways(self, now: CommunitySettings) -> dict[str, Command]:
        buttons, said = self._said.buttons, self._wording.curating.chosen
        joined = self._wording.curating.transfer
        days, alike = following(DAYS, now.days), following(ALIKE, now.alike)
        ways: dict[str, Command] = {
            buttons.alone_off if now.alone else buttons.alone_on: SetAlone(int(not now.alone)),
            said.days.format(number=days): SetDays(days),
            said.alike.format(number=alike): SetAlike(alike),
            self._wording.speaking.button: ShowChannels(),
            joined.make_code: MakeCode(),
            joined.use_code: OpenCode(),
            joined.unlink: Unlink(),
        }
        return ways | ({said.stop_log: StopLog()} if now.log else {})

    def _lines(self, now: CommunitySettings) -> Iterator[str]:
        said = self._wording.curating.chosen
        yield self._said.curators.format(number=len(now.curators), most=0, page=0, pages=0)
        yield said.inbox.format(days=now.days, most=now.alike, number=0, page=0, pages=0)
        yield said.log if now.log else said.no_log
        if now.untold:
            yield self._wording.speaking.untold.format(number=len(now.untold))
