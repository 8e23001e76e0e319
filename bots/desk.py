"""The one door at which adapters knock: a request and its place in, a turn out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from core.community.communities import Communities
from core.community.protocol.command import Command
from core.community.protocol.curation import ImportFile
from core.community.protocol.outcome import Form, Logged, Outcome, Told
from core.community.protocol.overheard import Interjection, Overheard
from core.community.protocol.permissions import Facts
from core.content.wording import Wording
from core.dialogue import token as tokens
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.reply import Suggestion, Turn
from core.dialogue.request import Ask, Dismiss, Manage, Request
from core.dialogue.screens import Screens

Word = Told | Logged
Send = Callable[[Word], Awaitable[bool]]


class Desk:
    """Asks the engine of the place's community, or the shipped one where nothing was added."""

    def __init__(self, engine: Engine, communities: Communities | None = None) -> None:
        self._engine = engine
        self._communities = communities
        # How a platform reaches those who are not here, by how its keys begin; a linked community
        # has people and channels on another one than where something was done.
        self.senders: dict[str, Send] = {}

    async def open(self) -> None:
        """Make the database ready; to be awaited before the first knock."""
        if self._communities:
            await self._communities.open()

    async def close(self) -> None:
        """Let go of the database."""
        if self._communities:
            await self._communities.close()

    @property
    def wording(self) -> Wording:
        """Our own sentences."""
        return self._engine.library.wording

    @property
    def screens(self) -> Screens:
        """The replies that need no decision, such as the one for a fault of ours."""
        return self._engine.screens

    async def reply(self, request: Request, place: Place, actor: str | None = None) -> Turn:
        """The turn for a request; `actor`, as in Facts, where the adapter knows who it is."""
        engine = await self._at(request, place)
        turn = engine.reply(request)
        if self._communities is None:
            return turn
        self._communities.noting.heard(request, place, turn)
        if actor is None:
            return turn
        feedback, library = self._communities.feedback, engine.library
        return await feedback.heeded(turn, request, place, actor, library)

    async def press(self, token: str, place: Place, actor: str | None = None) -> Turn:
        """The turn for a pressed button or an opened link; `actor` as for `reply`."""
        try:
            request = tokens.read(token)
        except tokens.TokenError:
            return self._engine.press(token)
        return await self.reply(request, place, actor)

    async def suggest(self, text: str, most: int, place: Place) -> tuple[Suggestion, ...]:
        """Reviewed questions for what is being typed."""
        return (await self._at(Ask(text), place)).suggest(text, most)

    async def manage(self, command: Command, place: Place, facts: Facts) -> Outcome:
        """What comes of a moderator's or proposer's command."""
        return await self._moderated().manage(command, place, facts)

    async def press_managed(self, pressed: Manage, place: Place, facts: Facts) -> Outcome:
        """What comes of a moderator's button; `place` is the community's, wherever it is pressed."""
        return await self._moderated().press(pressed.written, place, facts)

    async def open_managed(self, wanted: Manage, place: Place, facts: Facts) -> Outcome:
        """What a link to something of the moderators' shows; followed, it changes nothing."""
        return await self._moderated().opened(wanted.written, place, facts)

    async def fill(
        self, sent: str, values: Mapping[str, str], place: Place, facts: Facts
    ) -> Outcome:
        """What comes of a form: its `sent`, and what was written by field name."""
        return await self._moderated().filled(sent, values, place, facts)

    async def begin(self, form: Form, owner: str) -> Outcome:
        """The first question of a form that is asked one message after another.

        `owner` is an actor; or a place's key where it was begun by somebody who can't be told from
        others there: whoever opens it first, and may, goes on with it.
        """
        return await self._moderated().asking.begin(form, owner)

    async def waiting(self, actor: str) -> str | None:
        """The `sent` of the form to which the next message of `actor` belongs, if there is one."""
        return await self._communities.waiting(actor) if self._communities else None

    async def wrote(self, text: str, place: Place, facts: Facts) -> Outcome:
        """What comes of a message while a form waits for it."""
        return await self._moderated().wrote(text, place, facts)

    async def received(self, data: bytes, place: Place, facts: Facts) -> Outcome:
        """What comes of a file that was sent while a form waits for one."""
        outcome = await self.manage(ImportFile(data), place, facts)
        await self._moderated().asking.drop(facts.actor)
        return outcome

    async def asked_again(self, place: Place, facts: Facts) -> Outcome | None:
        """The question that waits for an answer, once more."""
        return await self._moderated().asking.again(place, facts)

    async def send(self, word: Word) -> bool:
        """Whether a person or a log channel was told, by whichever adapter reaches them."""
        key = word.actor if isinstance(word, Told) else word.channel
        send = self.senders.get(key.partition(":")[0] + ":")
        return send is not None and await send(word)

    async def overhear(self, heard: Overheard, place: Place, actor: str) -> Interjection | None:
        """What is said to a message that does not call the bot; nothing, for almost all of them.

        To be called only where a platform gives the bot such messages.
        """
        if self._communities is None:
            return None
        return await self._communities.overhearing.heard(heard, place, actor)

    async def log_channel(self, place: Place) -> str:
        """The channel that is told of changes, as its platform names it; empty if there is none."""
        return await self._moderated().log_channel(place)

    async def may_dismiss(self, wanted: Dismiss, place: Place, facts: Facts) -> bool:
        """Whether somebody may take away what was said unasked: who was spoken to, or a moderator."""
        if self._communities is None:
            return False
        return await self._communities.overhearing.may_dismiss(wanted, place, facts)

    def alarm(self, text: str) -> Turn | None:
        """What a safety rule says alone to a text that was no question; nothing is recorded."""
        turn = self._engine.reply(Ask(text))
        return turn if turn.decision.kind == "safety" else None

    def emergency(self, text: str) -> Turn | None:
        """The same of emergencies alone: what can't wait until a form is filled in."""
        turn = self.alarm(text)
        rule = self._engine.library.rules.get(turn.decision.rule or "") if turn else None
        return turn if rule and rule.urgent else None

    async def like(
        self, typed: str, most: int, place: Place, facts: Facts
    ) -> tuple[tuple[str, str], ...]:
        """Question and name of a community's entries, for a moderator who is typing."""
        return await self._moderated().like(typed, most, place, facts)

    async def places_of(self, written: str) -> tuple[Place, ...]:
        """The places of the community that a moderator's button or a form's `sent` belongs to."""
        return await self._moderated().places(written)

    async def moved(self, old: Place, new: Place) -> None:
        """A place goes by another name from now on; what was written there comes along."""
        if self._communities:
            await self._communities.moved(old, new)

    async def left(self, place: Place) -> None:
        """The bot was removed from a place; what was written there goes in 30 days."""
        if self._communities:
            await self._communities.keeping.left(place)

    async def back(self, place: Place) -> None:
        """The bot is at a place again, and with it what was written there."""
        if self._communities:
            await self._communities.keeping.back(place)

    async def present(self, places: Iterable[Place], kind: str) -> None:
        """At start: all places with keys that begin with `kind` where the bot is."""
        if self._communities:
            await self._communities.keeping.present(places, kind)

    async def known(self, kind: str) -> tuple[Place, ...]:
        """The places with keys that begin with `kind` and where something was written."""
        return await self._communities.keeping.known(kind) if self._communities else ()

    async def tend(self) -> None:
        """Throw away what is due; done when the desk is opened, and to be done once a day."""
        await self._moderated().tend()

    def _moderated(self) -> Communities:
        assert self._communities, "this desk was given no database"
        return self._communities

    async def _at(self, request: Request, place: Place) -> Engine:
        found = await self._communities.engine(request, place) if self._communities else None
        return found or self._engine
