"""Listens where moderators want it: whether something is said to a message that calls nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from core.community.feedback import Feedback
from core.community.interjections import Interjections, subject
from core.community.noting import Noting
from core.community.own.settings import CommunitySettings
from core.community.pauses import Pauses
from core.community.protocol.command import ListEntries
from core.community.protocol.overheard import Interjection, Overheard
from core.community.protocol.permissions import Facts, may
from core.community.questions import asks
from core.community.serving.answering import Answering
from core.community.serving.engines import Built
from core.community.store import records, silences, votes
from core.community.store.database import Database
from core.community.store.records import Acting
from core.content.speaking import Mode
from core.dialogue.place import Place
from core.dialogue.reply import Turn
from core.dialogue.request import Ask, Dismiss

log = logging.getLogger(__name__)

ALOUD = (Mode.OFFER, Mode.ANSWER)


@dataclass(frozen=True, slots=True)
class Moment:
    """A message, where and by whom, and what the moderators chose for its channel."""

    heard: Overheard
    place: Place
    actor: str
    mode: Mode
    chosen: CommunitySettings


class Overhearing:
    """Decides what is said unasked; of what it hears it keeps a count at the most."""

    def __init__(
        self,
        database: Database,
        answering: Answering,
        base: Built,
        *,
        noting: Noting,
        feedback: Feedback,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._answering, self._base = database, answering, base
        self._noting, self._feedback, self._clock = noting, feedback, clock
        self._pauses = Pauses()

    async def heard(self, heard: Overheard, place: Place, actor: str) -> Interjection | None:
        """What is said to a message; mostly nothing, and nothing where the database can't be asked."""
        if not speaks_up(heard):
            return None
        try:
            moment = await self._moment(heard, place, actor)
            return await self._said(moment) if moment else None
        except (SQLAlchemyError, OSError) as error:
            log.error("overhearing database=%s action=silent", type(error).__name__)
            return None

    async def may_dismiss(self, wanted: Dismiss, place: Place, facts: Facts) -> bool:
        """Whether it was said to whoever presses, or whether they moderate here."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            if community is None:
                return False
            acting = Acting(session, community, facts, self._clock())
            if may(facts, acting.settings, ListEntries()):
                return True
            return await votes.was_spoken_to(session, community, facts.actor, wanted.asked)

    async def _moment(self, heard: Overheard, place: Place, actor: str) -> Moment | None:
        """None where the moderators want nothing said, or whoever wrote it doesn't."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            if community is None or not community.settings.get("modes"):
                return None
            chosen = CommunitySettings.model_validate(community.settings)
            mode = chosen.modes.get(heard.channel, Mode.OFF)
            if mode == Mode.OFF or await silences.wanted(session, actor):
                return None
            return Moment(heard, place, actor, mode, chosen)

    async def _said(self, at: Moment) -> Interjection | None:
        ask = Ask(at.heard.text)
        built = await self._answering.at(ask, at.place) or self._base
        library = built.engine.library
        turn = built.engine.reply(ask)
        about = subject(turn, library, at.mode)
        now, hours = self._clock(), at.chosen.pause
        if about is None or not self._pauses.over(at.heard.channel, about, now, hours):
            return None
        entry = about if about in library.entries else None
        self._noting.interjected(at.place, entry or "", aloud=at.mode in ALOUD)
        if at.mode == Mode.COUNT:
            return None
        turn = await self._feedback.heeded(turn, ask, at.place, at.actor, library)
        said = Interjections(library, await self._code(at.place, at.actor))
        return _in_mode(said, turn, entry, at) if entry else said.urgent(turn)

    async def _code(self, place: Place, actor: str) -> str:
        """By it whoever is spoken to is known again, as long as the key of votes is there."""
        async with self._database.writing() as session:
            community = await records.community_at(session, place)
            assert community is not None
            day = self._clock().date()
            return await votes.spoken_to(session, community, actor, day)


def speaks_up(heard: Overheard) -> bool:
    """Whether a message is one that the bot may speak to: to nobody, and it opens or asks something."""
    if heard.to_others:
        return False
    return heard.opens if heard.inside else asks(heard.text)


def _in_mode(said: Interjections, turn: Turn, entry: str, at: Moment) -> Interjection | None:
    match at.mode:
        case Mode.OFFER:
            return said.offer(entry)
        case Mode.ANSWER:
            return said.answer(turn, entry)
        case Mode.SUGGEST if at.chosen.log:
            return said.suggestion(entry, at.chosen.log, at.heard.link)
        case _:
            return None
