"""One use of the bot by a person: a command, a press, typing, a form; and what came of it."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.fakes.discord_limits import ACTION_ROW, BUTTON, EPHEMERAL, walk
from tests.e2e.fakes.discord_world import Account, Channel, Message, Permission, snowflake

Json = dict[str, Any]

COMMAND, PRESS, TYPING, FORM = 2, 3, 4, 5
TOKEN_LIFE = 15 * 60
FOLLOW_UPS_OF_A_USER_INSTALL = 5


@dataclass(frozen=True)
class Effect:
    """Something the person sees because of the interaction."""

    message: Message
    edited: bool


@dataclass(eq=False)
class Interaction:
    """What Discord remembers of an interaction."""

    kind: int
    person: Account
    channel: Channel
    data: Json
    owners: dict[str, str]
    application: Account
    deadline: float = 3.0
    source: Message | None = None
    expired: bool = False
    target: Message | None = None
    id: str = field(default_factory=snowflake)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(120))
    born: float = field(default_factory=time.monotonic)
    answer: Json | None = None
    original: Message | None = None
    follow_ups: int = 0
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    refused: asyncio.Event = field(default_factory=asyncio.Event)
    effects: "asyncio.Queue[Effect]" = field(default_factory=asyncio.Queue)

    @property
    def age(self) -> float:
        """Seconds since the bot was told."""
        return time.monotonic() - self.born

    @property
    def answer_type(self) -> int:
        """The type of the first answer, 0 before it."""
        return int(self.answer["type"]) if self.answer else 0

    @property
    def ephemeral_only(self) -> bool:
        """Only the person's install brings the bot, and here such bots may not speak up."""
        allowed = self.channel.may(self.person) & Permission.USE_EXTERNAL_APPS
        return bool(self.channel.server) and not self.channel.bot_inside and not allowed

    @property
    def follow_up_limit(self) -> int | None:
        """How many follow-ups it may have, if that is limited."""
        return None if self.channel.bot_inside else FOLLOW_UPS_OF_A_USER_INSTALL

    def answered(self, answer: Json) -> None:
        """The bot has given its first answer."""
        self.answer = answer
        self.acknowledged.set()

    def shows(self, message: Message, edited: bool) -> None:
        """The person sees a new or a changed message."""
        self.effects.put_nowait(Effect(message, edited))

    def metadata(self) -> Json:
        """What a message says about the interaction it came from."""
        common = {"id": self.id, "type": self.kind, "user": self.person.payload()}
        common["authorizing_integration_owners"] = self.owners
        if self.kind == PRESS and self.source:
            common["interacted_message_id"] = self.source.id
        if self.kind == COMMAND and self.target:
            common["target_message_id"] = self.target.id
        if self.kind == FORM:
            trigger = {**common, "type": PRESS if self.source else COMMAND}
            pressed = {"interacted_message_id": self.source.id} if self.source else {}
            common["triggering_interaction_metadata"] = {**trigger, **pressed}
        return common

    def response(self) -> Json:
        """The interaction, as the answer to a callback describes it."""
        body: Json = {"id": self.id, "type": self.kind, "channel_id": self.channel.id}
        if self.channel.server:
            body["guild_id"] = self.channel.server.id
        message = self.original
        if message:
            body |= {"response_message_id": message.id, "response_message_loading": message.loading}
            body["response_message_ephemeral"] = bool(message.flags & EPHEMERAL)
        return body

    def payload(self) -> Json:
        """INTERACTION_CREATE."""
        body: Json = {
            "id": self.id,
            "application_id": self.application.id,
            "type": self.kind,
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel": self.channel.payload(self.channel.may(self.person)),
            "channel_id": self.channel.id,
            "app_permissions": str(int(self.channel.app_permissions)),
            "locale": self.person.locale,
            "entitlements": [],
            "authorizing_integration_owners": self.owners,
            "context": self.channel.context,
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if self.source:
            body["message"] = self._carrying(self.source.payload())
        return body | (self._inside() if self.channel.server else {"user": self.person.payload()})

    def _carrying(self, message: Json) -> Json:
        """The message with the pressed button: discord.py drops an id its message lacks."""
        pressed = self.data["custom_id"]
        if self.kind != PRESS or any(
            part.get("custom_id") == pressed for _, part in walk(message["components"], ())
        ):
            return message
        forged = {"type": BUTTON, "id": 1001, "style": 1, "label": "forged", "custom_id": pressed}
        row = {"type": ACTION_ROW, "id": 1000, "components": [forged]}
        return {**message, "components": [*message["components"], row]}

    def _inside(self) -> Json:
        server = self.channel.server
        assert server
        member = member_payload(self.person, self.channel)
        where = {"guild_id": server.id, "guild": server.payload(), "guild_locale": server.locale}
        return {**where, "member": member}


def member_payload(person: Account, where: Channel) -> Json:
    """A guild member with its roles, and what it may do in a channel."""
    roles = [role.id for role in where.server.roles_of(person)] if where.server else []
    nothing = {"avatar": None, "banner": None, "nick": None, "premium_since": None}
    state = {
        "communication_disabled_until": None,
        "flags": 0,
        "pending": False,
        "mute": False,
        "deaf": False,
    }
    joined = {"joined_at": "2024-01-01T00:00:00+00:00", "roles": roles, "user": person.payload()}
    return {**nothing, **state, **joined, "permissions": str(int(where.may(person)))}
