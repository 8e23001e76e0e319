"""All communities: the engine for a place, and the way in for those who look after one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from core.community import writing
from core.community.asking import Asking, Step
from core.community.feedback import Feedback
from core.community.hands import Hands
from core.community.keeping import Keeping
from core.community.links import Links, Reach, nowhere
from core.community.noting import Noting
from core.community.overhearing import Overhearing
from core.community.own.lint import Linter
from core.community.own.settings import CommunitySettings
from core.community.own.text import Text
from core.community.protocol import presses
from core.community.protocol.command import Command, ListEntries, Try
from core.community.protocol.curation import (
    Curation,
)
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts, may
from core.community.protocol.speaking import CheckLinks, Replay, ShowChannel
from core.community.replaying import Replaying
from core.community.screens.boards import Boards
from core.community.serving.answering import Answering
from core.community.serving.engines import Built, Shipped
from core.community.store import records
from core.community.store.database import Database
from core.community.store.records import Acting
from core.community.trying import NOBODY, Trying
from core.content.moderation import State
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.request import (
    Ask,
    Request,
    ShowEntry,
)

log = logging.getLogger(__name__)

MOST_SEARCHED, MOST_SHOWN = 1_000, 5

Clock = Callable[[], datetime]


class Communities:
    """What was written in the communities of this database, over what is shipped."""

    def __init__(
        self,
        database: Database,
        shipped: Shipped,
        clock: Clock = lambda: datetime.now(UTC),
        reach: Reach = nowhere,
    ) -> None:
        """`reach` tells whether there is something at an address."""
        self._database, self._shipped, self._clock = database, shipped, clock
        self._answering = Answering(database, shipped)
        self.asking = Asking(database, shipped.library.wording, clock)
        self._base = shipped.built()
        self._trying = Trying(database, self._answering, self._base, clock)
        self._nobody = Boards(shipped.library.wording, NOBODY)
        self.keeping = Keeping(database, clock)
        self.noting = Noting(database, shipped.guard, shipped.encoder, clock)
        helpful = shipped.library.wording.privacy.helpful
        self._hands = Hands(shipped.library, Linter(shipped.library), self.noting.read)
        self.feedback = Feedback(self.noting, self.keeping, helpful)
        self.overhearing = Overhearing(
            database,
            self._answering,
            self._base,
            noting=self.noting,
            feedback=self.feedback,
            clock=clock,
        )
        self._replaying = Replaying(database, self._answering, self._base)
        self._links = Links(database, shipped.library.wording, reach)

    async def open(self) -> None:
        """Bring the database to the newest shape, and throw away what is due."""
        await self._database.upgrade()
        await self.tend()

    async def tend(self) -> None:
        """Throw away what is due: communities that were left, old questions, forms given up."""
        await self.keeping.tend()
        await self.asking.purge()

    async def close(self) -> None:
        """Write what waits, and let go of the database."""
        await self.noting.close()
        await self._database.close()

    async def engine(self, request: Request, place: Place) -> Engine | None:
        """The engine with a community's own entries: those of its place, or those a link leads to.

        None where there are none, or where the database can't be asked: what is shipped still holds.
        """
        built = await self._answering.at(request, place)
        return built.engine if built else None

    async def manage(self, command: Command, place: Place, facts: Facts) -> Outcome:
        """What comes of a command given at a place of the community."""
        if isinstance(command, Try):
            return await self._trying.tried(command, place, facts)
        if isinstance(command, Replay):
            return await self._replaying.replayed(command, place, facts)
        if isinstance(command, CheckLinks):
            return await self._links.checked(command, place, facts)
        built = await self._ready(command, place)
        async with self._database.writing() as session:
            now = self._clock()
            community = await records.community_at(session, place)
            if community is None:
                if not may(facts, CommunitySettings(), command):
                    return Outcome(self._nobody.refused())
                community = await records.founded(session, place, now)
            acting = Acting(session, community, facts, now)
            outcome = await self._hands.done(command, acting, built or self._base, place)
        return await self._with_stolen(outcome, place)

    async def _ready(self, command: Command, place: Place) -> Built | None:
        """What those who sort or count look at: all that was asked, and the engine as it is now.

        Before the transaction: an engine may have to be built, and nobody may wait for that.
        """
        if isinstance(command, Curation | ShowChannel):
            await self.noting.settled()
        return await self._answering.at(Ask(""), place) if isinstance(command, Curation) else None

    async def press(self, written: str, place: Place, facts: Facts) -> Outcome:
        """What comes of a moderator's button; `place` must be one of its community's."""
        if asked := writing.read(written):
            return await self._stepped(await self.asking.pressed(asked, place, facts), place, facts)
        return await self._pressed(presses.read(written), place, facts)

    async def opened(self, written: str, place: Place, facts: Facts) -> Outcome:
        """What a link leads to, which anybody may have made and passed on: it changes nothing."""
        if asked := writing.read(written):
            step = await self.asking.pressed(asked.opened, place, facts)
            return await self._stepped(step, place, facts)
        pressed = presses.read(written)
        return await self._pressed(presses.shown(pressed) if pressed else None, place, facts)

    async def waiting(self, actor: str) -> str | None:
        """The form that waits for a message of `actor`; none where the database can't be asked."""
        try:
            return await self.asking.waiting(actor)
        except (SQLAlchemyError, OSError) as error:
            log.error("community database=%s action=no-form", type(error).__name__)
            return None

    async def wrote(self, text: str, place: Place, facts: Facts) -> Outcome:
        """What comes of a message while a form waits for its writer's answer."""
        return await self._stepped(await self.asking.wrote(text, place, facts), place, facts)

    async def filled(
        self, sent: str, values: Mapping[str, str], place: Place, facts: Facts
    ) -> Outcome:
        """What comes of a form that was filled in: `Form.sent` and a value for each field's name."""
        return await self._pressed(presses.read(sent, Text.of(values)), place, facts)

    async def like(
        self, typed: str, most: int, place: Place, facts: Facts
    ) -> tuple[tuple[str, str], ...]:
        """Question and name of entries for a moderator who is typing; nothing for anybody else."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            if community is None:
                return ()
            acting = Acting(session, community, facts, self._clock())
            if not may(facts, acting.settings, ListEntries()):
                return ()
            found = await records.heads(acting, tuple(State), 0, MOST_SEARCHED)
        named = ((Text.model_validate(change.text).question, entry.slug) for entry, change in found)
        return _containing(named, typed)[:most]

    async def _with_stolen(self, outcome: Outcome, place: Place) -> Outcome:
        """Say at once whose questions a newly published entry takes; its engine is warm by that."""
        id = outcome.published
        built = await self._answering.at(ShowEntry(id), place) if id else None
        if id is None or built is None or outcome.reply is None:
            return outcome
        stolen = await asyncio.to_thread(built.stolen, id)
        if not stolen:
            return outcome
        said = self._shipped.library.wording.moderation.draws
        said = said.format(said="\n".join(f"“{text}”" for text in stolen[:MOST_SHOWN]))
        lead, *rest = outcome.reply.paragraphs
        return replace(outcome, reply=replace(outcome.reply, paragraphs=(lead, said, *rest)))

    async def places(self, written: str) -> tuple[Place, ...]:
        """Where a moderator's button or form belongs to, for an adapter that sees it elsewhere."""
        asked = writing.read(written)
        tag = asked.tag if asked else presses.tag_in(written)
        if tag is None:
            return ()
        async with self._database.reading() as session:
            return tuple(await records.places_of(session, tag))

    async def log_channel(self, place: Place) -> str:
        """The channel that is told of changes, if there is one."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            return CommunitySettings.model_validate(community.settings).log if community else ""

    async def moved(self, old: Place, new: Place) -> None:
        """A place goes by another name, such as a Telegram group that became a supergroup."""
        async with self._database.writing() as session:
            await records.moved(session, old, new)

    async def _stepped(self, step: Step, place: Place, facts: Facts) -> Outcome:
        """A complete form is sent; it stays with its writer where that came to nothing."""
        if isinstance(step, Outcome):
            return step
        outcome = await self.filled(step.sent, step.values, place, facts)
        if outcome.done or not presses.keeps(step.sent):
            await self.asking.forget(step.key)
        return outcome

    async def _pressed(
        self, pressed: presses.Pressed | None, place: Place, facts: Facts
    ) -> Outcome:
        if pressed is None:
            return Outcome(self._nobody.gone())
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
        if community is None or community.tag != pressed.tag:
            return Outcome(self._nobody.refused())
        return await self.manage(pressed.command, place, facts)


def _containing(named: Iterable[tuple[str, str]], typed: str) -> tuple[tuple[str, str], ...]:
    """What holds all the words typed so far, in the order it was written."""
    words = typed.casefold().split()
    return tuple(one for one in named if all(word in one[0].casefold() for word in words))
