"""The one door at which adapters knock: a request and its place in, a turn out."""

from __future__ import annotations

from core.content.wording import Wording
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.reply import Suggestion, Turn
from core.dialogue.request import Request
from core.dialogue.screens import Screens


class Desk:
    """Asks the shipped engine, whatever the place.

    It is asynchronous and is told the place so that a community's own entries can be laid over
    the packs, and its misses recorded, without a change to any adapter.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def wording(self) -> Wording:
        """Our own sentences."""
        return self._engine.library.wording

    @property
    def screens(self) -> Screens:
        """The replies that need no decision, such as the one for a fault of ours."""
        return self._engine.screens

    async def reply(self, request: Request, place: Place) -> Turn:
        """The turn for a request."""
        return self._engine.reply(request)

    async def press(self, token: str, place: Place) -> Turn:
        """The turn for a pressed button or an opened link."""
        return self._engine.press(token)

    async def suggest(self, text: str, most: int, place: Place) -> tuple[Suggestion, ...]:
        """Reviewed questions for what is being typed."""
        return self._engine.suggest(text, most)
