"""When what was last said unasked in a channel, so that it isn't said again too soon."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

# In memory alone: a restart may say something once more, and loses nothing else.
MOST = 10_000


class Pauses:
    """A channel and what was said there, each with the moment; `hours` have to pass."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def over(self, channel: str, about: str, now: datetime, hours: int) -> bool:
        """Whether it may be said now; if so, it counts as said."""
        before = self._said.get((channel, about))
        if before is not None and now - before < timedelta(hours=hours):
            return False
        self._said[channel, about] = now
        self._said.move_to_end((channel, about))
        while len(self._said) > MOST:
            self._said.popitem(last=False)
        return True
