"""What people write on the fake Discord, and how much of it a real client is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import discord
import pytest
import yarl

from tests.e2e.discord.bot import addresses, until
from tests.e2e.fakes.discord_server import FakeDiscord
from tests.e2e.fakes.discord_talk import NotWritable
from tests.e2e.fakes.discord_world import WRITING, Channel, Permission

CONTENT = {"guilds": True, "guild_messages": True, "message_content": True}


class Listener(discord.Client):
    """Writes down every message it is told of."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0)
        self.heard: list[discord.Message] = []
        self.gone: list[int] = []

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)

    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        self.gone.append(gone.message_id)

    @property
    def texts(self) -> list[str]:
        """What was said."""
        return [message.content for message in self.heard]

    def place(self, where: Channel) -> discord.abc.Messageable:
        """A channel as the client knows it."""
        found = self.get_channel(int(where.id))
        assert isinstance(found, discord.TextChannel | discord.Thread)
        return found


@asynccontextmanager
async def listening(fake: FakeDiscord, **intents: bool) -> AsyncIterator[Listener]:
    """The client, connected."""
    client = Listener(discord.Intents(**intents))
    discord.http.Route.BASE = fake.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(fake.gateway_url)
    task = asyncio.create_task(client.start(fake.token))
    try:
        await until(client.is_ready)
        yield client
    finally:
        await client.close()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """A Discord in whose portal the intent is on."""
    async with FakeDiscord() as fake:
        fake.grant_messages()
        with addresses():
            yield fake
        assert fake.faults == []


@pytest.mark.parametrize("large", [False, True])
async def test_what_is_said_is_told_with_both_intents(fake: FakeDiscord, large: bool) -> None:
    fake.grant_messages(large=large)
    channel, ann = fake.server("Gym").channel("general"), fake.person("ann")
    async with listening(fake, **CONTENT) as client:
        said = await ann.says(channel, "hello there")
        await until(lambda: client.heard)
        (message,) = client.heard
        assert (message.content, message.id) == ("hello there", int(said.id))
        assert isinstance(message.author, discord.Member) and message.author.name == "ann"
        assert client.application_flags.gateway_message_content is large
        await ann.deletes(said)
        await until(lambda: client.gone == [message.id])


async def test_nothing_is_told_without_the_intent_for_messages(fake: FakeDiscord) -> None:
    channel, ann = fake.server("Gym").channel("general"), fake.person("ann")
    async with listening(fake, guilds=True) as client:
        await ann.deletes(await ann.says(channel, "hello there"))
        await until(lambda: client.get_channel(int(channel.id)))
        assert client.heard == [] and client.gone == []


async def test_words_are_kept_back_from_who_may_not_read_them(fake: FakeDiscord) -> None:
    channel, ann = fake.server("Gym").channel("general"), fake.person("ann")
    async with listening(fake, guilds=True, guild_messages=True) as client:
        first = await ann.says(channel, "hello there")
        await ann.says(channel, f"<@{fake.bot.id}> hello", to=first)
        await until(lambda: len(client.heard) == 2)
        assert client.texts == ["", f"<@{fake.bot.id}> hello"]
        resolved = client.heard[1].reference and client.heard[1].reference.resolved
        assert isinstance(resolved, discord.Message) and resolved.content == ""


async def test_history_has_no_words_where_the_portal_says_no(fake: FakeDiscord) -> None:
    fake.application.clear()
    channel, ann = fake.server("Gym").channel("general"), fake.person("ann")
    async with listening(fake, guilds=True) as client:
        await ann.says(channel, "hello there")
        await until(lambda: client.get_channel(int(channel.id)) or True)
        await client.fetch_channel(int(channel.id))
        found = [m async for m in client.get_partial_messageable(int(channel.id)).history()]
        assert [message.content for message in found] == [""]


async def test_a_channel_that_the_bot_may_not_see_is_silent(fake: FakeDiscord) -> None:
    server, ann = fake.server("Gym"), fake.person("ann")
    hidden = server.channel("staff", WRITING & ~Permission.VIEW_CHANNEL)
    async with listening(fake, **CONTENT) as client:
        await ann.says(hidden, "a secret")
        await ann.says(server.channel("general"), "hello")
        await until(lambda: client.heard)
        assert client.texts == ["hello"]


async def test_the_bot_hears_itself_and_other_bots(fake: FakeDiscord) -> None:
    channel, carl = fake.server("Gym").channel("general"), fake.person("carl")
    carl.bot = True
    async with listening(fake, **CONTENT) as client:
        await carl.says(channel, "beep")
        await until(lambda: client.heard)
        await client.place(channel).send("boop")
        await until(lambda: len(client.heard) == 2)
        assert [message.author.bot for message in client.heard] == [True, True]
        assert client.heard[1].author == client.user


async def test_who_is_named_is_told_as_discord_does(fake: FakeDiscord) -> None:
    server, ann, bob = fake.server("Gym"), fake.person("ann"), fake.person("bob")
    channel, role = server.channel("general"), server.role("Helpers")
    async with listening(fake, **CONTENT) as client:
        first = await ann.says(channel, f"<@{bob.id}> <@&{role.id}> @everyone")
        await bob.says(channel, "a reply", to=first)
        await bob.says(channel, "a quiet one", to=first, quietly=True)
        server.grant(ann, Permission.MENTION_EVERYONE)
        await ann.says(channel, "@everyone")
        await until(lambda: len(client.heard) == 4)
        named, reply, quiet, everyone = client.heard
        assert [user.name for user in named.mentions] == ["bob"] and not named.mention_everyone
        assert [found.name for found in named.role_mentions] == ["Helpers"]
        assert [user.name for user in reply.mentions] == ["ann"] and reply.reference
        assert quiet.mentions == [] and quiet.reference and everyone.mention_everyone


async def test_posts_and_threads_are_told_before_what_is_said_in_them(fake: FakeDiscord) -> None:
    server, ann = fake.server("Gym"), fake.person("ann")
    general, forum = server.channel("general"), server.forum("questions")
    async with listening(fake, **CONTENT) as client:
        post = await ann.posts(forum, "A title", "a text")
        await ann.threads(general, "Another", "its start")
        await until(lambda: len(client.heard) == 2)
        inside = [message.channel for message in client.heard]
        assert all(isinstance(thread, discord.Thread) for thread in inside)
        assert [getattr(thread, "name", "") for thread in inside] == ["A title", "Another"]
        assert [thread.parent_id for thread in inside if isinstance(thread, discord.Thread)] == [
            int(forum.id),
            int(general.id),
        ]
        assert inside[0].id == int(post.id) == client.heard[0].id
        assert inside[1].id != client.heard[1].id
        with pytest.raises(NotWritable):
            await ann.says(forum, "not a post")
        with pytest.raises(NotWritable):
            await ann.posts(general, "not", "a forum")


async def test_a_thread_from_a_message_has_its_id(fake: FakeDiscord) -> None:
    channel, ann = fake.server("Gym").channel("general"), fake.person("ann")
    async with listening(fake, **CONTENT) as client:
        said = await ann.says(channel, "hello there")
        thread = await ann.threads_from(said, "About that")
        await ann.says(thread, "more", later=timedelta(minutes=1))
        await until(lambda: len(client.heard) == 2)
        assert client.heard[1].channel.id == client.heard[0].id
        assert client.heard[1].created_at - client.heard[0].created_at >= timedelta(minutes=1)


async def test_history_is_read_in_pages_newest_first(fake: FakeDiscord) -> None:
    server, ann = fake.server("Gym"), fake.person("ann")
    channel, closed = server.channel("general"), server.channel("closed", Permission.VIEW_CHANNEL)
    for number in range(230):
        channel.post(ann, str(number))
    closed.post(ann, "hello")
    async with listening(fake, **CONTENT) as client:
        await until(lambda: client.get_channel(int(channel.id)))
        found = [message.content async for message in client.place(channel).history(limit=220)]
        assert found == [str(number) for number in range(229, 9, -1)]
        assert [message async for message in client.place(closed).history()] == []
        with pytest.raises(discord.HTTPException):
            await client.http.logs_from(int(channel.id), 101)
    assert "1 to 100, not 101" in fake.faults.pop()


async def test_the_bot_knows_what_it_may_do_in_a_channel(fake: FakeDiscord) -> None:
    server = fake.server("Gym")
    mute = server.channel("mute", WRITING & ~Permission.SEND_MESSAGES)
    inside = server.thread("inside", parent=mute)
    async with listening(fake, **CONTENT) as client:
        await until(lambda: client.get_channel(int(mute.id)))
        (guild,) = client.guilds
        for where in (mute, inside):
            found = guild.get_channel_or_thread(int(where.id))
            assert found
            may = found.permissions_for(guild.me)
            assert may.view_channel and may.read_message_history and not may.send_messages
            assert may.send_messages_in_threads and not may.manage_messages
