"""What exists on the fake Discord, and how Discord writes it: accounts, servers, messages."""

import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntFlag
from itertools import count
from typing import Any

from tests.e2e.fakes.discord_limits import EPHEMERAL
from tests.e2e.fakes.discord_readable import Readable

Json = dict[str, Any]
_numbers = count(1)
_EPOCH = 1420070400000


def snowflake(later: timedelta = timedelta()) -> str:
    """A new id that carries the present time, as Discord's do, or so much later."""
    moment = int((time.time() + later.total_seconds()) * 1000) - _EPOCH
    return str((moment << 22) | (next(_numbers) & 0x3FFFFF))


class Permission(IntFlag):
    """The permissions that matter to a bot that answers."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    SEND_MESSAGES_IN_THREADS = 1 << 38
    USE_EXTERNAL_APPS = 1 << 50


P = Permission
SPEAKING = P.VIEW_CHANNEL | P.SEND_MESSAGES | P.SEND_MESSAGES_IN_THREADS
WRITING = SPEAKING | P.EMBED_LINKS | P.ATTACH_FILES | P.READ_MESSAGE_HISTORY
MEMBER = WRITING | P.USE_APPLICATION_COMMANDS | P.USE_EXTERNAL_APPS
NEWS, THREAD, FORUM = 5, 11, 15
IN_CHANNELS = (1 << 53) - 1 & ~(P.ADMINISTRATOR | P.MANAGE_GUILD)
PRIVATE = P.ATTACH_FILES | P.EMBED_LINKS | P.MENTION_EVERYONE
"""What `app_permissions` says where the bot is not a member of the server."""


@dataclass(eq=False)
class Account:
    """A user of Discord, a person or a bot."""

    name: str
    locale: str = "en-US"
    bot: bool = False
    id: str = field(default_factory=snowflake)

    def payload(self) -> Json:
        """A user object."""
        blank = {"avatar": None, "global_name": None, "primary_guild": None}
        user = {
            "id": self.id,
            "username": self.name,
            "discriminator": "0",
            "public_flags": 0,
            "flags": 0,
        }
        return {**user, **blank, "bot": self.bot}

    def private_payload(self) -> Json:
        """The user object an account gets of itself."""
        return {
            **self.payload(),
            "mfa_enabled": True,
            "locale": self.locale,
            "verified": True,
            "email": None,
        }


@dataclass(eq=False)
class Role:
    """A role of a server; it brings no permissions of its own."""

    name: str
    id: str = field(default_factory=snowflake)

    def payload(self) -> Json:
        """A role object."""
        plain = {"hoist": False, "managed": False, "mentionable": False, "icon": None, "flags": 0}
        colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        looks = {"color": 0, "colors": colours, "unicode_emoji": None, "position": 1}
        return {"id": self.id, "name": self.name, "permissions": "0", **plain, **looks}


@dataclass(eq=False)
class Server:
    """A guild."""

    name: str
    bot_inside: bool = True
    locale: str = "en-US"
    id: str = field(default_factory=snowflake)
    channels: list["Channel"] = field(default_factory=list)
    granted: dict[str, int] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    given: dict[str, list[Role]] = field(default_factory=dict)
    opened: dict[str, list[Role]] = field(default_factory=dict)
    available: bool = True
    bot: Account | None = None

    def role(self, name: str, *people: Account) -> Role:
        """A new role, and who has it."""
        role = Role(name)
        self.roles.append(role)
        for person in people:
            self.given.setdefault(person.id, []).append(role)
        return role

    def roles_of(self, person: Account) -> list[Role]:
        """The roles of a member."""
        return self.given.get(person.id, [])

    def open(self, command: str, role: Role) -> None:
        """Under Integrations somebody lets a role use a command it wasn't offered."""
        self.opened.setdefault(command, []).append(role)

    def opens(self, command: str, person: Account) -> bool:
        """Whether a role of this member was let use a command."""
        return any(role in self.roles_of(person) for role in self.opened.get(command, []))

    def grant(self, person: Account, permissions: int) -> None:
        """Give one member more permissions than the others have, everywhere in the server."""
        self.granted[person.id] = self.granted.get(person.id, 0) | permissions

    def channel(
        self, name: str, app_permissions: int | None = None, member_permissions: int = MEMBER
    ) -> "Channel":
        """A text channel; the permissions are those the app and every member have in it."""
        channel = Channel(name, self, 0, app_permissions, member_permissions)
        self.channels.append(channel)
        return channel

    def forum(self, name: str, app_permissions: int | None = None) -> "Channel":
        """A channel of posts, each of which is a thread."""
        channel = self.channel(name, app_permissions)
        channel.kind = FORUM
        return channel

    def thread(
        self,
        name: str,
        app_permissions: int | None = None,
        member_permissions: int = MEMBER,
        *,
        parent: "Channel | None" = None,
    ) -> "Channel":
        """A public thread, where the permission to write is another one."""
        channel = self.channel(name, app_permissions, member_permissions)
        channel.kind, channel.parent = THREAD, parent or self.channels[0]
        return channel

    def payload(self) -> Json:
        """The partial guild of an interaction."""
        return {"id": self.id, "locale": self.locale, "features": []}


@dataclass(eq=False)
class Channel:
    """A place with messages: a text channel (0), a DM with the bot (1), a group DM (3), a thread."""

    name: str
    server: Server | None
    kind: int
    own_app_permissions: int | None = None
    member_permissions: int = MEMBER
    id: str = field(default_factory=snowflake)
    everything: list["Message"] = field(default_factory=list)
    people: list[Account] = field(default_factory=list)
    parent: "Channel | None" = None
    owner: Account | None = None

    @property
    def app_permissions(self) -> int:
        """What the app may do here; in a thread, what it may in its channel."""
        if self.own_app_permissions is not None:
            return self.own_app_permissions
        if self.parent and self.parent is not self:
            return self.parent.app_permissions
        return WRITING if self.bot_inside and self.server else PRIVATE

    def may(self, person: Account) -> int:
        """What this person may do here."""
        granted = self.server.granted.get(person.id, 0) if self.server else 0
        return self.member_permissions | granted

    @property
    def bot_inside(self) -> bool:
        """Whether the bot itself is here, not only somebody's install of it."""
        return self.server.bot_inside if self.server else self.kind == 1

    @property
    def context(self) -> int:
        """0 in a server, 1 in the DM with the bot, 2 in any other private channel."""
        return 0 if self.server else {1: 1}.get(self.kind, 2)

    @property
    def messages(self) -> list["Message"]:
        """Everything that is publicly visible, in order."""
        return [m for m in self.everything if not m.ephemeral and not m.deleted and not m.loading]

    def post(self, author: Account, content: str, reply_to: "Message | None" = None) -> "Message":
        """Somebody writes something, no bot involved."""
        message = Message(self, author, content=content, reference=reply_to)
        self.everything.append(message)
        return message

    def find(self, message_id: str) -> "Message | None":
        """The message with this id, unless it was deleted."""
        return next((m for m in self.everything if m.id == message_id and not m.deleted), None)

    def payload(self, permissions: int | None = None) -> Json:
        """A channel object; in a server with the permissions of whoever looks."""
        common: Json = {"id": self.id, "type": self.kind, "flags": 0, "last_message_id": None}
        if self.server:
            position = self.server.channels.index(self)
            common |= {
                "guild_id": self.server.id,
                "name": self.name,
                "position": position,
                "topic": None,
            }
            common |= {"parent_id": None, "nsfw": False, "rate_limit_per_user": 0}
            common = self._as_thread(common) if self.kind == THREAD else common
            return common if permissions is None else {**common, "permissions": str(permissions)}
        return common | self._between()

    def _as_thread(self, common: Json) -> Json:
        """What a thread has instead of a place in the list of channels."""
        kept = {k: common[k] for k in common.keys() - {"position", "topic", "nsfw"}}
        counts = {"message_count": 0, "member_count": 1, "total_message_sent": 0}
        about: Json = {"archived": False, "archive_timestamp": None, "locked": False}
        about["auto_archive_duration"] = 1440
        assert self.server
        assert self.parent
        inside = {"parent_id": self.parent.id, "owner_id": self.owner.id if self.owner else self.id}
        return {**kept, **counts, **inside, "thread_metadata": about}

    def overwritten(self) -> Json:
        """A channel as the gateway tells it: what everyone may do in it, and the bot by name."""
        assert self.server and self.server.bot
        everyone = _overwrite(self.server.id, 0, self.member_permissions)
        own = _overwrite(self.server.bot.id, 1, self.app_permissions)
        return {**self.payload(), "permission_overwrites": [everyone, own]}

    def _between(self) -> Json:
        """What a private channel has: its people."""
        common: Json = {}
        common["recipients"] = [person.payload() for person in self.people]
        if self.kind == 3:
            common |= {
                "name": self.name,
                "icon": None,
                "owner_id": self.people[0].id if self.people else self.id,
            }
        return common


@dataclass(eq=False)
class Message(Readable):
    """A message; an ephemeral one has an audience, and one may still be "thinking"."""

    channel: Channel
    author: Account
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: int = 0
    kind: int = 0
    reference: "Message | None" = None
    metadata: Json | None = None
    audience: Account | None = None
    mentions: list[Account] = field(default_factory=list)
    mention_roles: list[str] = field(default_factory=list)
    mention_everyone: bool = False
    webhook: bool = False
    loading: bool = False
    forced_ephemeral: bool = False
    deleted: bool = False
    nonce: str | None = None
    edited_at: datetime | None = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    id: str = field(default_factory=snowflake)

    @property
    def ephemeral(self) -> bool:
        """Only its audience can see it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def edited(self) -> bool:
        """Whether it was changed after it had been sent."""
        return self.edited_at is not None

    def delete(self) -> None:
        """Somebody deletes it."""
        self.deleted = True

    def payload(self, deep: bool = True) -> Json:
        """A message object."""
        body: Json = {
            "id": self.id,
            "channel_id": self.channel.id,
            "type": 19 if self.reference and not self.kind else self.kind,
            "author": self.author.payload(),
            "content": self.content,
            "embeds": [{"type": "rich", **_without_none(embed)} for embed in self.embeds],
            "components": self.components,
            "attachments": self.attachments,
            "flags": self.flags,
            "timestamp": self.created_at.isoformat(),
            "edited_timestamp": self.edited_at.isoformat() if self.edited_at else None,
            "mentions": [account.payload() for account in self.mentions],
            "mention_roles": self.mention_roles,
            "mention_everyone": self.mention_everyone,
            "pinned": False,
            "tts": False,
        }
        if self.webhook:
            body["webhook_id"] = self.author.id
        if self.metadata:
            owner = {"application_id": self.author.id, "webhook_id": self.author.id}
            body |= {**owner, "interaction_metadata": self.metadata}
        return body | (self._reply() if self.reference and deep else {})

    def _reply(self) -> Json:
        assert self.reference
        reference: Json = {
            "type": 0,
            "channel_id": self.channel.id,
            "message_id": self.reference.id,
        }
        if self.channel.server:
            reference["guild_id"] = self.channel.server.id
        original = None if self.reference.deleted else self.reference.payload(deep=False)
        return {"message_reference": reference, "referenced_message": original}


def _without_none(embed: Json) -> Json:
    kept = {name: value for name, value in embed.items() if value is not None}
    if "fields" in kept:
        kept["fields"] = [{"inline": False, **item} for item in kept["fields"]]
    return kept


def mentioned(content: str) -> list[str]:
    """What a text mentions: `everyone`, `user:ID`, `role:ID`."""
    found = ["everyone"] if re.search(r"@(everyone|here)\b", content) else []
    found += [f"user:{number}" for number in re.findall(r"<@!?(\d+)>", content)]
    return found + [f"role:{number}" for number in re.findall(r"<@&(\d+)>", content)]


def _overwrite(id: str, kind: int, may: int) -> Json:
    """What a role (0) or a member (1) may do in a channel, whatever they may elsewhere."""
    may &= IN_CHANNELS
    return {"id": id, "type": kind, "allow": str(may), "deny": str(IN_CHANNELS & ~may)}
