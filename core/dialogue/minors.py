"""What someone under 18 is spared: what is for adults, and what the rules withhold."""

from __future__ import annotations

from dataclasses import replace

from core.content.library import Library
from core.content.model import Entry
from core.dialogue.reply import Reply, Turn
from core.dialogue.request import Browse, Instead, Request, ShowEntry


class Minors:
    """Knows what a library has that is not for minors, and what they get for it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._withheld = {
            topic for rule in library.rules.values() if rule.under_18 for topic in rule.withholds
        }

    def spared(self, entry: Entry) -> bool:
        """Whether an entry is not for them."""
        return entry.audience == "adults" or entry.topic in self._withheld

    def stand_in(self, entry: Entry) -> Entry:
        """What they get instead of it."""
        return self._library.entries[self._library.pack_of[entry.id].card.under_18]

    def without(self, turn: Turn) -> Turn:
        """The turn without ways to what is not for them."""
        return replace(turn, reply=self._cleared(turn.reply), aloud=self._cleared(turn.aloud))

    def _cleared(self, reply: Reply) -> Reply:
        kept = (one for one in reply.choices if not self._leads_there(one.request))
        return replace(reply, choices=tuple(kept))

    def _leads_there(self, request: Request) -> bool:
        match request:
            case ShowEntry(str(id)) | Instead(str(id)):
                return self.spared(self._library.entries[id])
            case Browse(topic):
                return topic in self._withheld
            case _:
                return False
