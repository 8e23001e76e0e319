"""What those who manage a community have chosen."""

from __future__ import annotations

from pydantic import Field

from core.content.model import Record
from core.content.speaking import Mode

# What can be chosen by pressing on.
DAYS, ALIKE, PAUSES = (7, 14, 30, 60, 90), (1, 2, 3, 5), (1, 6, 24)


class CommunitySettings(Record):
    """`alone`: a moderator may publish what they wrote; `curators`: roles that moderate the FAQ.

    `log`: the channel that is told of changes, as its platform names it.
    `days`: how long unanswered questions are kept; `alike`: how many must mean the same to be shown.
    `modes`: what is done in which channel about what nobody asked the bot; `pause`: for how many hours
    the same answer is not given again there.
    """

    alone: bool = False
    curators: frozenset[str] = frozenset()
    days: int = 30
    log: str = ""
    alike: int = 2
    modes: dict[str, Mode] = Field(default_factory=dict)
    pause: int = 6

    @property
    def untold(self) -> tuple[str, ...]:
        """Channels in which the moderators are to be told, though there is nowhere to tell them."""
        return () if self.log else self.telling

    @property
    def telling(self) -> tuple[str, ...]:
        """Channels in which the moderators are to be told what was asked there."""
        return tuple(key for key, mode in self.modes.items() if mode == Mode.SUGGEST)

    def renamed(self, old: str, new: str) -> dict[str, object]:
        """What changes where a channel goes by another name."""
        modes = {new if key == old else key: mode for key, mode in self.modes.items()}
        return {"modes": modes, "log": new if self.log == old else self.log}
