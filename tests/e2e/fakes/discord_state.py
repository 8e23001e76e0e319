"""Everything the fake remembers; the gateway, the routes and the people share it."""

import secrets
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.e2e.fakes.discord_interaction import Interaction
from tests.e2e.fakes.discord_spec import Book
from tests.e2e.fakes.discord_world import Account, Channel, Message, Server, snowflake

Json = dict[str, Any]


class Request(NamedTuple):
    """A request that came in."""

    method: str
    route: str
    body: Any


class Refused(NamedTuple):
    """A request that was not accepted, whoever was to blame."""

    method: str
    route: str
    status: int
    code: int
    reason: str


class Ping(NamedTuple):
    """A message that would have notified somebody, and whom: `everyone`, `user:ID`, `role:ID`."""

    message: Message
    whom: list[str]


def _everywhere() -> Json:
    """An application that servers may add and people may add."""
    install = {"oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}}
    return {"integration_types_config": {"0": install, "1": install}}


@dataclass(eq=False)
class State:
    """The state of one fake Discord."""

    deadline: float = 3.0
    token: str = field(default_factory=lambda: f"fake.{secrets.token_hex(16)}")
    bot: Account = field(default_factory=lambda: Account("fossae", bot=True))
    book: Book = field(default_factory=Book)
    servers: list[Server] = field(default_factory=list)
    channels: dict[str, Channel] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    guild_commands: dict[str, list[Json]] = field(default_factory=dict)
    commands_set: bool = False
    faults: list[str] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    pings: list[Ping] = field(default_factory=list)
    rate_limits: list[tuple[str, float]] = field(default_factory=list)
    failures: list[tuple[str, int]] = field(default_factory=list)
    application: Json = field(default_factory=_everywhere)
    closed: set[str] = field(default_factory=set)
    fetched: list[str] = field(default_factory=list)
    uploads: dict[str, bytes] = field(default_factory=dict)
    new: list[Message] = field(default_factory=list)
    base_url: str = ""

    def fault(self, words: str) -> None:
        """Something the bot, or the fake, must not do."""
        self.faults.append(words)

    def all_channels(self) -> dict[str, Channel]:
        """Every channel by its id."""
        inside = (channel for server in self.servers for channel in server.channels)
        return {channel.id: channel for channel in [*inside, *self.channels.values()]}

    def channel(self, channel_id: str) -> Channel | None:
        """The channel with this id."""
        return self.all_channels().get(channel_id)

    @property
    def grants(self) -> int:
        """The privileged intents that the portal has switched on, for a large bot or a small one."""
        return (1 << 15) if self.application.get("flags", 0) & (0b11 << 18) else 0

    def given(self, message: Message, *, reads: bool) -> Json:
        """A message as the bot gets it: without its words, unless it `reads`, wrote, or is named in it."""
        body = message.payload()
        its_own = message.author is self.bot or self.bot in message.mentions
        if not (reads or its_own or not message.channel.server):
            body |= {"content": "", "embeds": [], "components": [], "attachments": []}
        if body.get("referenced_message") and message.reference:
            body["referenced_message"] = self.given(message.reference, reads=reads)
            body["referenced_message"].pop("referenced_message", None)
        return body

    def register(self, wanted: Json, guild_id: str | None = None) -> Json:
        """A command as Discord keeps it."""
        return {
            **_stored(wanted),
            "application_id": self.bot.id,
            **({"guild_id": guild_id} if guild_id else {}),
        }


def _stored(wanted: Json) -> Json:
    """Discord fills in what was left out, and leaves out what is nothing."""
    defaults: Json = {
        "type": 1,
        "description": "",
        "default_member_permissions": None,
        "nsfw": False,
    }
    kept = {name: value for name, value in wanted.items() if value is not None or name in defaults}
    kept = {**defaults, **{name: value for name, value in kept.items() if value is not None}}
    if kept["default_member_permissions"] is not None:
        kept["default_member_permissions"] = str(kept["default_member_permissions"])
    if "options" in kept:
        kept["options"] = [_option(option) for option in kept["options"]]
    if not kept.get("options"):
        kept.pop("options", None)
    return {
        "integration_types": [0],
        "contexts": None,
        **kept,
        "id": snowflake(),
        "version": snowflake(),
    }


def _option(option: Json) -> Json:
    kept = {name: value for name, value in option.items() if value is not None}
    if "options" in kept:
        kept["options"] = [_option(inner) for inner in kept["options"]]
    return kept
