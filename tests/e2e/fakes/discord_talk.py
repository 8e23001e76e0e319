"""What people write to each other, and how much of it Discord tells the bot: as its intents allow."""

import re
from datetime import timedelta
from typing import Any

from tests.e2e.fakes import discord_guilds as guilds
from tests.e2e.fakes.discord_gateway import MESSAGE_CONTENT, Gateway
from tests.e2e.fakes.discord_guilds import GUILDS
from tests.e2e.fakes.discord_interaction import member_payload
from tests.e2e.fakes.discord_session import Session
from tests.e2e.fakes.discord_state import State
from tests.e2e.fakes.discord_world import (
    FORUM,
    THREAD,
    Account,
    Channel,
    Message,
    Permission,
    mentioned,
    snowflake,
)

Json = dict[str, Any]
GUILD_MESSAGES = 1 << 9
NOW = timedelta()


class NotWritable(AssertionError):
    """Discord's own client would not let the person write this."""


class Talk:
    """Tells every session of messages and threads, if it asked for that and the bot may see them."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self._state, self._gateway = state, gateway

    async def said(self, message: Message) -> None:
        """MESSAGE_CREATE."""
        where = message.channel
        if not where.server or message.ephemeral:
            return
        payload = message.payload()
        for problem in self._state.book.schema("MessageResponse", payload):
            self._state.fault(f"the fake's MESSAGE_CREATE breaks the spec: {problem}")
        for session in await self._listening(where, GUILD_MESSAGES):
            reads = bool(session.intents & MESSAGE_CONTENT)
            given = self._state.given(message, reads=reads)
            await session.dispatch("MESSAGE_CREATE", given | _inside(message))

    async def unsaid(self, message: Message) -> None:
        """MESSAGE_DELETE."""
        where = message.channel
        assert where.server
        gone = {"id": message.id, "channel_id": where.id, "guild_id": where.server.id}
        for session in await self._listening(where, GUILD_MESSAGES):
            await session.dispatch("MESSAGE_DELETE", gone)

    async def opened(self, thread: Channel) -> None:
        """THREAD_CREATE, which tells of a new thread before anything is said in it."""
        assert thread.server
        for problem in self._state.book.schema("ThreadResponse", thread.payload()):
            self._state.fault(f"the fake's THREAD_CREATE breaks the spec: {problem}")
        for session in await self._listening(thread, GUILDS):
            if thread.id not in session.known[thread.server.id]:
                session.known[thread.server.id].add(thread.id)
                await session.dispatch("THREAD_CREATE", {**thread.payload(), "newly_created": True})

    async def answers(self) -> None:
        """What the bot itself has said since; Discord tells it of that as well."""
        while self._state.new:
            await self.said(self._state.new.pop(0))

    def named(self, text: str) -> list[Account]:
        """The people, and the bot, whose names stand in a text."""
        known = {**self._state.accounts, self._state.bot.id: self._state.bot}
        numbers = [name[5:] for name in mentioned(text) if name.startswith("user:")]
        return [known[number] for number in numbers if number in known]

    async def _listening(self, where: Channel, intent: int) -> list[Session]:
        assert where.server
        if not where.bot_inside or not where.app_permissions & Permission.VIEW_CHANNEL:
            return []
        if where.kind != THREAD or intent != GUILDS:
            await self._gateway.introduce(where.server)
        sessions = self._gateway.connected or self._gateway.sessions[-1:]
        concerned = [s for s in sessions if guilds.concerns(s, where.server.id)]
        return [s for s in concerned if s.intents & intent and where.server.id in s.known]


def _inside(message: Message) -> Json:
    """What only the gateway adds to a message in a server."""
    server = message.channel.server
    assert server
    if message.webhook:
        return {"guild_id": server.id}
    member = member_payload(message.author, message.channel)
    kept = {name: value for name, value in member.items() if name not in ("user", "permissions")}
    return {"guild_id": server.id, "member": kept}


class Talker(Account):
    """Somebody who writes to others."""

    def __init__(self, talk: Talk, name: str, locale: str) -> None:
        super().__init__(name, locale)
        self._talk = talk

    async def says(
        self,
        where: Channel,
        text: str,
        *,
        to: Message | None = None,
        quietly: bool = False,
        later: timedelta = NOW,
        number: str | None = None,
        **more: Any,
    ) -> Message:
        """She writes in a channel or thread; a reply pings, if not `quietly`; `later` than now."""
        if where.kind == FORUM:
            raise NotWritable("in a forum one writes posts: she.posts(forum, title, text)")
        message = Message(where, self, text, reference=to, id=number or snowflake(later), **more)
        message.created_at += later
        self._mention(message, quietly=quietly)
        where.everything.append(message)
        await self._talk.said(message)
        return message

    async def posts(self, forum: Channel, title: str, text: str) -> Message:
        """She writes a post, a thread of a forum: its first message has the thread's id."""
        if forum.kind != FORUM:
            raise NotWritable(f"{forum.name} is no forum")
        thread = await self._opens(forum, title, snowflake())
        return await self.says(thread, text, number=thread.id)

    async def threads(
        self, channel: Channel, title: str, text: str, *, later: timedelta = NOW
    ) -> Message:
        """She opens a thread of its own with its first message, which she may be slow to send."""
        thread = await self._opens(channel, title, snowflake())
        return await self.says(thread, text, later=later)

    async def threads_from(self, message: Message, title: str) -> Channel:
        """She opens a thread from a message, which stays where it was; the thread has its id."""
        return await self._opens(message.channel, title, message.id)

    async def deletes(self, message: Message) -> None:
        """She deletes a message of her own."""
        if message.author is not self:
            raise NotWritable("not hers to delete")
        message.delete()
        await self._talk.unsaid(message)

    async def _opens(self, parent: Channel, title: str, number: str) -> Channel:
        assert parent.server
        thread = parent.server.thread(title, parent=parent)
        thread.id, thread.owner = number, self
        await self._talk.opened(thread)
        return thread

    def _mention(self, message: Message, *, quietly: bool) -> None:
        """Whom a message names, as Discord works it out."""
        people = self._talk.named(message.content)
        replied = message.reference.author if message.reference and not quietly else None
        message.mentions = [*people, *([replied] if replied and replied not in people else [])]
        server = message.channel.server
        roles = re.findall(r"<@&(\d+)>", message.content)
        message.mention_roles = (
            [role.id for role in server.roles if role.id in roles] if server else []
        )
        loud = message.channel.may(self) & Permission.MENTION_EVERYONE
        message.mention_everyone = bool(loud) and "everyone" in mentioned(message.content)
