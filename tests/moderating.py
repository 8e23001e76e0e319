"""Somebody who looks after a community's FAQ, presses buttons by their labels and fills in forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.community.communities import Communities
from core.community.protocol.command import Command, NewEntry, SetAlone
from core.community.protocol.outcome import Form, Outcome
from core.community.protocol.permissions import Facts
from core.dialogue.place import Place
from core.dialogue.reply import Reply, Turn
from core.dialogue.request import Ask, Manage, Request

HERE = Place("discord:1")
WIFI = {
    "question": "What is the wifi password?",
    "short": "Ask at the desk. It is written on the board.",
    "asks": "wifi code\nhow do i get online here",
}


class Clock:
    """A clock that a test moves."""

    now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The time of the test."""
        return self.now


@dataclass
class Person:
    """What they are, where they are, and what they see."""

    communities: Communities
    facts: Facts
    place: Place = HERE
    seen: list[Outcome] = field(default_factory=list)

    @property
    def reply(self) -> Reply:
        """What was shown last."""
        reply = self.seen[-1].reply
        assert reply is not None
        return reply

    @property
    def form(self) -> Form:
        """What was opened last."""
        form = self.seen[-1].form
        assert form is not None
        return form

    @property
    def text(self) -> str:
        """All that was shown last."""
        return "\n".join((self.reply.title, *self.reply.paragraphs, *self.reply.evidence))

    @property
    def labels(self) -> list[str]:
        """What can be pressed now."""
        return [choice.label for choice in self.reply.choices]

    async def does(self, command: Command) -> Person:
        """Give a command."""
        self.seen.append(await self.communities.manage(command, self.place, self.facts))
        return self

    async def presses(self, label: str) -> Person:
        """Press a button of what was shown last."""
        request = next(choice.request for choice in self.reply.choices if choice.label == label)
        assert isinstance(request, Manage)
        pressed = await self.communities.press(request.written, self.place, self.facts)
        self.seen.append(pressed)
        return self

    async def fills(self, **values: str) -> Person:
        """Fill in the form that was opened last; what is not named stays as it is."""
        before = {one.name: one.value for one in self.form.fields}
        sent = self.form.sent
        filled = await self.communities.filled(sent, before | values, self.place, self.facts)
        self.seen.append(filled)
        return self


def person(communities: Communities, name: str, **facts: object) -> Person:
    """A member, or with `manages=True` someone who manages the community."""
    return Person(communities, Facts(f"discord:{name[:20]}", name, **facts))  # type: ignore[arg-type]


async def published_by(who: Person, **values: str) -> Person:
    """Somebody who publishes an answer alone, and now has it before them."""
    await who.does(SetAlone(1))
    await who.does(NewEntry())
    await who.fills(**WIFI | values)
    return await who.presses("Publish")


async def asked(communities: Communities, text: str, place: Place = HERE) -> Turn | None:
    """What a member gets for a question; None where only what is shipped is there."""
    return await requested(communities, Ask(text), place)


async def requested(communities: Communities, request: Request, place: Place) -> Turn | None:
    """What a member gets."""
    engine = await communities.engine(request, place)
    return engine.reply(request) if engine else None
