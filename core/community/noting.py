"""What the desk's decisions leave behind: written after the reply, in the order it came."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from core.community import inbox, records
from core.community.database import Database
from core.dialogue.place import Place
from core.dialogue.reply import Decision
from core.dialogue.request import Ask, Instead, Request, ShowEntry
from core.matching.encoder import Encoder, Vector
from core.matching.language import language
from core.matching.wordings import tidy
from core.safety.guard import Guard

log = logging.getLogger(__name__)

# Whoever has picked none of the offers by then has not found what they asked.
PATIENCE = timedelta(minutes=10)
MOST_OFFERED = 1_000


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """A question without an answer, where it was asked and when; `offered` may still be picked."""

    place: Place
    text: str
    at: datetime
    offered: frozenset[str] = frozenset()


class Noting:
    """Keeps unanswered questions for a community's inbox; never anything about who asked."""

    def __init__(
        self, database: Database, guard: Guard, encoder: Encoder, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._guard, self._encoder = database, guard, encoder
        self._clock = clock
        # In memory alone: a restart forgets who might have picked something, and loses no answer.
        self._offered: list[_Unanswered] = []
        self._waiting: list[_Unanswered] = []
        self._writing: asyncio.Task[None] | None = None

    def heard(self, request: Request, place: Place, decision: Decision) -> None:
        """Note what somebody wanted and what was decided; returns before anything is written."""
        match request:
            case Ask(text):
                self._asked(place, text, decision)
            case ShowEntry(entry):
                self._opened(place, entry)
            case Instead(None):
                self._turned_down(place)
            case _:
                return

    def _asked(self, place: Place, text: str, decision: Decision) -> None:
        """Note what became of a question."""
        if decision.rule is None and decision.kind == "none":
            self._waiting.append(_Unanswered(place, text, self._clock()))
        if decision.rule is None and decision.kind == "clarify":
            offered = frozenset(one.entry for one in decision.candidates)
            self._offered.append(_Unanswered(place, text, self._clock(), offered))
        self._go_on()

    def _opened(self, place: Place, entry: str) -> None:
        """Somebody looks at an entry: if it was offered, that question has its answer."""
        offers = [one for one in self._offered if entry in one.offered]
        # On Telegram an offer made in a group is opened in private, which is another place.
        here = [one for one in offers if one.place == place] or offers
        if here:
            self._offered.remove(here[-1])

    def _turned_down(self, place: Place) -> None:
        """None of what was offered here last was meant."""
        here = [one for one in self._offered if one.place == place]
        if here:
            self._offered.remove(here[-1])
            self._waiting.append(here[-1])
            self._go_on()

    async def settled(self) -> None:
        """Wait until all that may be written is written."""
        self._go_on()
        while self._writing:
            await asyncio.shield(self._writing)

    async def close(self) -> None:
        """Write what can't wait any longer."""
        self._waiting += self._offered
        self._offered = []
        await self.settled()

    def _go_on(self) -> None:
        late = self._clock() - PATIENCE
        self._waiting += [one for one in self._offered if one.at <= late]
        self._offered = [one for one in self._offered if one.at > late][-MOST_OFFERED:]
        if self._waiting and self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._keep(batch)
        except (SQLAlchemyError, OSError) as error:
            log.error("inbox database=%s action=dropped", type(error).__name__)
        finally:
            self._writing = None

    async def _keep(self, batch: Collection[_Unanswered]) -> None:
        for one in batch:
            async with self._database.reading() as session:
                known = await records.community_at(session, one.place)
            if known is None:
                continue
            read = await asyncio.to_thread(self.read, one.text)
            if read is None:
                continue
            async with self._database.writing() as session:
                community = await records.community_at(session, one.place)
                if community:
                    await inbox.put(session, community, *read, one.at.date())

    def read(self, text: str) -> tuple[str, Vector] | None:
        """A text that may be kept, and its vector; None for what a safety rule notices."""
        plain = inbox.impersonal(text)
        # The rules read not every language: what they may not have understood is not kept.
        if plain is None or language(text) not in (None, "en"):
            return None
        if self._guard.look(text) or self._guard.look(plain):
            return None
        return plain, self._encoder.encode(tidy(plain))
