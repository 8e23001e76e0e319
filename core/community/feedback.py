"""What known people say of answers: counted once each, or forgotten when they want that."""

from __future__ import annotations

from dataclasses import replace

from core.community.keeping import Keeping
from core.community.noting import Noting
from core.content.library import Library
from core.dialogue.place import Place
from core.dialogue.reply import Choice, Reply, Turn
from core.dialogue.request import Ask, Forget, Helpful, Instead, Quiet, Request, mark


class Feedback:
    """Takes votes, and offers the button for them where moderators will see the count."""

    def __init__(self, noting: Noting, keeping: Keeping, helpful: str) -> None:
        self._noting, self._keeping, self._helpful = noting, keeping, helpful

    async def heeded(
        self, turn: Turn, request: Request, place: Place, actor: str, library: Library
    ) -> Turn:
        """The turn for a person, after what they wanted was noted; `library` is what answered."""
        match request:
            case Helpful(entry) if entry in library.entries:
                self._noting.voted(place, actor, entry, helpful=True)
            case Instead(_, str(of)):
                for entry in (id for id in library.entries if mark(id) == of):
                    self._noting.voted(place, actor, entry, helpful=False)
            case Forget():
                await self._noting.settled()
                await self._keeping.forget(actor)
            case Quiet(on):
                await self._keeping.silence(actor, on=on)
            case Ask() if turn.decision.kind == "answer" and not turn.reply.private:
                return await self._with_button(turn, place)
            case _:
                pass
        return turn

    async def _with_button(self, turn: Turn, place: Place) -> Turn:
        if turn.decision.entry is None or not await self._keeping.looked_after(place):
            return turn
        button = Choice(self._helpful, Helpful(turn.decision.entry))
        return replace(turn, reply=_with(turn.reply, button), aloud=_with(turn.aloud, button))


def _with(reply: Reply, button: Choice) -> Reply:
    """The reply with a button more, beside the one that says the contrary."""
    at = [isinstance(choice.request, Instead) for choice in reply.choices]
    if True not in at:
        return reply
    before = at.index(True)
    return replace(reply, choices=(*reply.choices[:before], button, *reply.choices[before:]))
