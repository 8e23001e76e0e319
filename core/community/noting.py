"""What the desk's decisions leave behind: written after the reply, in the order it came."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from core.community.store import counts, inbox, records, votes
from core.community.store.database import Database
from core.community.store.schema import CommunityRow
from core.content.curating import What
from core.dialogue.place import Place
from core.dialogue.reply import Decision, Turn
from core.dialogue.request import Ask, Instead, Request, ShowEntry
from core.matching.encoder import Encoder, Vector
from core.matching.language import language
from core.matching.wordings import tidy
from core.safety.guard import Guard

log = logging.getLogger(__name__)

# Whoever has picked none of the offers by then has not found what they asked.
PATIENCE = timedelta(minutes=10)
MOST_OFFERED = 1_000
Read = Callable[[str], tuple[str, Vector] | None]

_KINDS = {
    "answer": What.ANSWERED,
    "clarify": What.OFFERED,
    "none": What.WITHHELD,
    "safety": What.WITHHELD,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Something that happened, with the entry it was about, if that may be said."""

    what: What
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an answer; the entries that were `offered` may still be picked."""

    text: str
    offered: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Voted:
    """Somebody's word on an answer."""

    actor: str
    entry: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class _Note:
    place: Place
    at: datetime
    about: Counted | Unanswered | Voted


class Noting:
    """Keeps what communities may know of their questions; never who asked one."""

    def __init__(
        self, database: Database, guard: Guard, encoder: Encoder, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._guard, self._encoder = database, guard, encoder
        self._clock = clock
        # In memory alone: a restart forgets who might have picked something, and loses no answer.
        self._offers: list[_Note] = []
        self._waiting: list[_Note] = []
        self._writing: asyncio.Task[None] | None = None
        # Done when what waits now is written, however much is noted meanwhile.
        self._written: asyncio.Future[None] | None = None

    def heard(self, request: Request, place: Place, turn: Turn) -> None:
        """Note what somebody wanted and what was decided; returns before anything is written."""
        match request:
            case Ask(text):
                self._asked(place, text, turn)
            case ShowEntry(entry):
                self._opened(place, entry)
            case Instead(None, None):
                self._turned_down(place)
            case _:
                return

    def voted(self, place: Place, actor: str, entry: str, *, helpful: bool) -> None:
        """Note somebody's word on an answer."""
        self._note(place, Voted(actor, entry, helpful))
        self._go_on()

    def interjected(self, place: Place, entry: str, *, aloud: bool) -> None:
        """Note that something was said unasked, or would have been."""
        self._note(place, Counted(What.SPOKEN if aloud else What.WOULD, entry))
        self._go_on()

    async def settled(self) -> None:
        """Wait until all that may be written by now is written; what comes later is not waited for."""
        self._go_on()
        if self._writing is None:
            return
        if self._written is None:
            self._written = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._written)

    async def close(self) -> None:
        """Write what can't wait any longer."""
        self._waiting += self._offers
        self._offers = []
        await self.settled()

    def _asked(self, place: Place, text: str, turn: Turn) -> None:
        decision = turn.decision
        if decision.kind == "shown":
            return
        # What is said in private is nobody's business, in a small community least of all.
        named = decision.kind == "answer" and not turn.reply.private and not decision.rule
        self._note(place, Counted(_KINDS[decision.kind], (named and decision.entry) or ""))
        if decision.rule is None and decision.kind == "none":
            self._note(place, Unanswered(text))
        if decision.rule is None and decision.kind == "clarify":
            self._offers.append(_Note(place, self._clock(), _offered(text, decision)))
        self._go_on()

    def _opened(self, place: Place, entry: str) -> None:
        """If it was offered, that question has its answer."""
        offers = [one for one in self._offers if entry in _entries(one)]
        # On Telegram an offer made in a group is opened in private, which is another place.
        here = [one for one in offers if one.place == place] or offers
        if here:
            self._offers.remove(here[-1])

    def _turned_down(self, place: Place) -> None:
        """None of what was offered here last was meant."""
        here = [one for one in self._offers if one.place == place]
        if here:
            self._offers.remove(here[-1])
            self._waiting.append(here[-1])
            self._go_on()

    def _note(self, place: Place, about: Counted | Unanswered | Voted) -> None:
        self._waiting.append(_Note(place, self._clock(), about))

    def _go_on(self) -> None:
        late = self._clock() - PATIENCE
        self._waiting += [one for one in self._offers if one.at <= late]
        self._offers = [one for one in self._offers if one.at > late][-MOST_OFFERED:]
        if self._waiting and self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        written: asyncio.Future[None] | None = None
        try:
            while self._waiting or self._written:
                batch, self._waiting = self._waiting, []
                written, self._written = self._written, None
                await self._kept(batch)
                _done(written)
        finally:
            self._writing = None
            _done(written)

    async def _kept(self, batch: Sequence[_Note]) -> None:
        try:
            for place, notes in groupby(batch, key=lambda note: note.place):
                await self._keep(place, list(notes))
        except (SQLAlchemyError, OSError) as error:
            log.error("noting database=%s action=dropped", type(error).__name__)

    async def _keep(self, place: Place, notes: Sequence[_Note]) -> None:
        async with self._database.reading() as session:
            if await records.community_at(session, place) is None:
                return
        # Looking and encoding take a moment: neither the loop nor a transaction waits for them.
        texts = [one.about.text for one in notes if isinstance(one.about, Unanswered)]
        read = {text: await asyncio.to_thread(self.read, text) for text in texts}
        async with self._database.writing() as session:
            community = await records.community_at(session, place)
            for note in notes if community else ():
                assert community
                await _kept(session, community, note, read)

    def read(self, text: str) -> tuple[str, Vector] | None:
        """A text that may be kept, and its vector; None for what a safety rule notices."""
        plain = inbox.impersonal(text)
        # The rules read not every language: what they may not have understood is not kept.
        if plain is None or language(text) not in (None, "en"):
            return None
        if self._guard.look(text) or self._guard.look(plain):
            return None
        return plain, self._encoder.encode(tidy(plain))


async def _kept(
    session: AsyncSession,
    community: CommunityRow,
    note: _Note,
    read: dict[str, tuple[str, Vector] | None],
) -> None:
    day = note.at.date()
    match note.about:
        case Counted(what, entry):
            await counts.add(session, community, day, (what, entry))
        case Voted(actor, entry, helpful):
            await votes.vote(session, community, actor, entry, day, helpful=helpful)
        case Unanswered(text):
            if kept := read[text]:
                await inbox.put(session, community, *kept, day)


def _offered(text: str, decision: Decision) -> Unanswered:
    return Unanswered(text, frozenset(one.entry for one in decision.candidates))


def _entries(note: _Note) -> frozenset[str]:
    return note.about.offered if isinstance(note.about, Unanswered) else frozenset()


def _done(written: asyncio.Future[None] | None) -> None:
    if written and not written.done():
        written.set_result(None)
