"""The routes of the bot's account, its commands and plain channel messages."""

from collections.abc import Callable
from typing import Any

from tests.e2e.fakes import discord_command_limits as command_limits
from tests.e2e.fakes.discord_limits import EPHEMERAL
from tests.e2e.fakes.discord_messages import rewrite, write
from tests.e2e.fakes.discord_refusal import Problem, Refusal, invalid
from tests.e2e.fakes.discord_rest import Answer, Call, Route
from tests.e2e.fakes.discord_state import State
from tests.e2e.fakes.discord_world import THREAD, Channel, Message, Permission

Json = dict[str, Any]
P = Permission
COMMANDS = "/applications/{application_id}/commands"
GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
MESSAGES = "/channels/{channel_id}/messages"
MOST_AT_ONCE = 100


APPLICATION: Json = {
    "approximate_guild_count": 1,
    "approximate_user_authorization_count": 0,
    "approximate_user_install_count": 1,
    "bot_public": True,
    "bot_require_code_grant": False,
    "description": "",
    "eligible_oauth2_scopes": [],
    "explicit_content_filter": 0,
    "flags": 0,
    "flags_new": "0",
    "icon": None,
    "interactions_endpoint_url": None,
    "redirect_uris": [],
    "role_connections_verification_url": None,
    "team": None,
    "type": None,
    "verify_key": "0" * 64,
}


class Account:
    """Who the bot is and what it has registered."""

    def __init__(self, state: State, gateway_url: Callable[[], str]) -> None:
        self._state, self._gateway_url = state, gateway_url

    def routes(self) -> list[Route]:
        """Its routes."""
        commands: list[Route] = []
        for at in (COMMANDS, GUILD_COMMANDS):
            commands += [
                ("GET", at, self.commands),
                ("PUT", at, self.set_commands),
                ("POST", at, self.add_command),
            ]
            commands += [("GET", f"{at}/{{command_id}}", self.command)]
            commands += [("PATCH", f"{at}/{{command_id}}", self.edit_command)]
            commands += [("DELETE", f"{at}/{{command_id}}", self.delete_command)]
        return [
            ("GET", "/users/@me", lambda call: Answer(200, self._state.bot.private_payload())),
            ("GET", "/oauth2/applications/@me", lambda call: Answer(200, self.application())),
            ("GET", "/applications/@me", lambda call: Answer(200, self.application())),
            ("GET", "/gateway", lambda call: Answer(200, {"url": self._gateway_url()})),
            ("GET", "/gateway/bot", lambda call: Answer(200, self.gateway())),
            *commands,
        ]

    def application(self) -> Json:
        """The application as its owner sees it; a test may change it by `fake.application`."""
        bot = self._state.bot.payload()
        about = {"id": bot["id"], "name": bot["username"], "bot": bot, "owner": bot}
        return {**APPLICATION, **about, **self._state.application}

    def gateway(self) -> Json:
        """Where to connect and how often."""
        limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": 1, "session_start_limit": limit}

    def commands(self, call: Call) -> Answer:
        """The registered commands."""
        return Answer(200, self._list(call))

    def set_commands(self, call: Call) -> Answer:
        """Replace every command; one that keeps its name keeps its id."""
        wanted = call.body or []
        command_limits.refuse_too_many(wanted)
        known = {(item["type"], item["name"]): item["id"] for item in self._list(call)}
        stored = [self._state.register(item, call.path.get("guild_id")) for item in wanted]
        for item in stored:
            item["id"] = known.get((item["type"], item["name"]), item["id"])
        self._list(call)[:] = stored
        self._state.commands_set = True
        return Answer(200, stored)

    def add_command(self, call: Call) -> Answer:
        """Add or replace one command."""
        stored = self._state.register(call.body, call.path.get("guild_id"))
        items = self._list(call)
        same = [
            item
            for item in items
            if (item["type"], item["name"]) == (stored["type"], stored["name"])
        ]
        rest = [item for item in items if item not in same]
        command_limits.refuse_too_many([*rest, stored])
        if same:
            stored["id"] = same[0]["id"]
        items[:] = [*rest, stored]
        self._state.commands_set = True
        return Answer(200 if same else 201, stored)

    def command(self, call: Call) -> Answer:
        """One command."""
        return Answer(200, self._find(call))

    def edit_command(self, call: Call) -> Answer:
        """Change one command."""
        old = self._find(call)
        changed = {**old, **call.body}
        problems = list(command_limits.command(changed))
        if problems:
            raise invalid(*problems)
        old.update({**self._state.register(changed, call.path.get("guild_id")), "id": old["id"]})
        return Answer(200, old)

    def delete_command(self, call: Call) -> Answer:
        """Remove one command."""
        self._list(call).remove(self._find(call))
        return Answer(204)

    def _list(self, call: Call) -> list[Json]:
        if call.path["application_id"] != self._state.bot.id:
            raise Refusal(403, 50001, why="commands of another application")
        guild = call.path.get("guild_id")
        return self._state.guild_commands.setdefault(guild, []) if guild else self._state.commands

    def _find(self, call: Call) -> Json:
        for item in self._list(call):
            if item["id"] == call.path["command_id"]:
                return item
        raise Refusal(404, 10063)


class Messages:
    """Messages the bot writes as itself, not as an answer to an interaction."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Their routes."""
        one = f"{MESSAGES}/{{message_id}}"
        return [
            ("POST", "/users/@me/channels", self.open_dm),
            ("GET", "/channels/{channel_id}", self.channel),
            ("GET", MESSAGES, self.history),
            ("POST", MESSAGES, self.create),
            ("GET", one, self.get),
            ("PATCH", one, self.edit),
            ("DELETE", one, self.delete),
        ]

    def open_dm(self, call: Call) -> Answer:
        """The DM with a person, a new one if need be."""
        person = self._state.accounts.get(str(call.body["recipient_id"]))
        if person is None:
            raise Refusal(404, 10013)
        known = [c for c in self._state.channels.values() if c.kind == 1 and c.people == [person]]
        channel = known[0] if known else Channel("DM", None, 1, people=[person])
        self._state.channels[channel.id] = channel
        return Answer(200, channel.payload())

    def channel(self, call: Call) -> Answer:
        """One channel."""
        return Answer(200, self._channel(call).payload())

    def history(self, call: Call) -> Answer:
        """The newest messages first; none at all without the permission to read them."""
        channel, limit = self._channel(call), call.query.get("limit", "50")
        if not limit.isdecimal() or not 1 <= int(limit) <= MOST_AT_ONCE:
            raise invalid(
                Problem(("limit",), "NUMBER_TYPE_MAX", f"1 to {MOST_AT_ONCE}, not {limit}")
            )
        if set(call.query) - {"limit", "before", "after"}:
            raise invalid(Problem((), "QUERY", f"the fake doesn't know {sorted(call.query)}"))
        if channel.server and not channel.app_permissions & P.READ_MESSAGE_HISTORY:
            return Answer(200, [])
        before, after = (int(call.query.get(name, 0)) for name in ("before", "after"))
        ids = (m for m in channel.messages if after < int(m.id) and not 0 < before <= int(m.id))
        newest = sorted(ids, key=lambda message: int(message.id), reverse=True)
        return Answer(200, [self._given(message) for message in newest[: int(limit)]])

    def _given(self, message: Message) -> Json:
        return self._state.given(message, reads=bool(self._state.grants))

    def create(self, call: Call) -> Answer:
        """A new message."""
        channel = self._channel(call)
        if channel.kind == 1 and channel.people[0].id in self._state.closed:
            raise Refusal(403, 50007, fault=False)
        self._need(channel, *_needs(call, channel))
        if twin := self._twin(channel, call.body):
            return Answer(200, twin.payload())
        reference = self._reference(channel, call.body.get("message_reference"))
        message = Message(channel, self._state.bot, reference=reference)
        message.nonce = str(call.body["nonce"]) if "nonce" in call.body else None
        return Answer(200, write(self._state, message, call.body, call.files).payload())

    def _twin(self, channel: Channel, body: Json) -> Message | None:
        """The message that was sent with this nonce, when the bot wants it to be sent once."""
        if not body.get("enforce_nonce"):
            return None
        own = (m for m in channel.messages if m.author is self._state.bot)
        return next((m for m in own if m.nonce == str(body.get("nonce"))), None)

    def get(self, call: Call) -> Answer:
        """One message."""
        return Answer(200, self._given(self._message(call)))

    def edit(self, call: Call) -> Answer:
        """Change one of the bot's own messages."""
        message = self._own(call)
        return Answer(200, rewrite(self._state, message, call.body, call.files).payload())

    def delete(self, call: Call) -> Answer:
        """Delete a message; somebody else's needs the permission."""
        message = self._message(call)
        if message.author is not self._state.bot:
            self._need(message.channel, P.MANAGE_MESSAGES)
        message.delete()
        return Answer(204)

    def _channel(self, call: Call, *needs: Permission) -> Channel:
        channel = self._state.channel(call.path["channel_id"])
        if channel is None:
            raise Refusal(404, 10003)
        if not channel.bot_inside or (
            channel.server and not channel.app_permissions & P.VIEW_CHANNEL
        ):
            raise Refusal(403, 50001, fault=False)
        self._need(channel, *needs)
        return channel

    def _need(self, channel: Channel, *needs: Permission) -> None:
        for need in needs:
            if channel.server and not channel.app_permissions & (need | P.ADMINISTRATOR):
                raise Refusal(403, 50013, fault=False, why=need.name or "")

    def _message(self, call: Call) -> Message:
        message = self._channel(call).find(call.path["message_id"])
        if message is None or message.flags & EPHEMERAL:
            raise Refusal(404, 10008)
        return message

    def _own(self, call: Call) -> Message:
        message = self._message(call)
        if message.author is not self._state.bot:
            raise Refusal(403, 50005)
        return message

    def _reference(self, channel: Channel, reference: Json | None) -> Message | None:
        """The message replied to; one that somebody deleted is nobody's fault."""
        if reference is None:
            return None
        found = next(
            (
                m
                for m in channel.everything
                if m.id == str(reference["message_id"]) and not m.ephemeral
            ),
            None,
        )
        if found and not found.deleted:
            if channel.server and not channel.app_permissions & P.READ_MESSAGE_HISTORY:
                raise Refusal(403, 160002, fault=False)
            return found
        if reference.get("fail_if_not_exists", True) is False:
            return None
        unknown = Problem(
            ("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message"
        )
        raise Refusal(400, 50035, unknown, fault=found is None)


def _needs(call: Call, channel: Channel) -> list[Permission]:
    needs = [P.SEND_MESSAGES_IN_THREADS if channel.kind == THREAD else P.SEND_MESSAGES]
    if call.body.get("embeds"):
        needs.append(P.EMBED_LINKS)
    return [*needs, P.ATTACH_FILES] if call.files else needs
