"""The real Discord adapter before a fake Discord, in this process, and what it leaves behind."""

import asyncio
import os
import re
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bots.desk import Desk
from bots.discord import service
from bots.settings import Settings
from tests.bots.discord_markdown import drawn
from tests.e2e.fakes.discord_interaction import COMMAND, TYPING
from tests.e2e.fakes.discord_limits import walk
from tests.e2e.fakes.discord_options import focused, nested
from tests.e2e.fakes.discord_person import Person, Shown
from tests.e2e.fakes.discord_readable import Readable
from tests.e2e.fakes.discord_server import FakeDiscord
from tests.e2e.fakes.discord_world import MEMBER, Channel, Message, Permission
from tests.e2e.journal import Journal, logged

LINK = re.compile(r"https://discord\.com/channels/(?:@me|\d+)/\d+/\d+")
LEAVING = 2.0  # seconds until everything must be gone after a stop
OPEN_FILES = Path("/dev/fd")


@contextmanager
def addresses() -> Iterator[None]:
    """What the adapter sets in the library for the whole process is put back."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    voice = discord.VoiceClient.warn_nacl, discord.VoiceClient.warn_dave
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
        discord.VoiceClient.warn_nacl, discord.VoiceClient.warn_dave = voice


class Bot:
    """Fossae on Discord, in a server with one channel."""

    def __init__(self, fake: FakeDiscord, desk: Desk, journal: Journal, settings: Settings) -> None:
        self.fake, self.desk, self.journal, self.settings = fake, desk, journal, settings
        self._stop = asyncio.Event()
        self._run: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the adapter and wait until it listens; raises what the adapter raises."""
        self._stop = asyncio.Event()
        run = asyncio.create_task(service.run(self.settings, self.desk, self._stop))
        ready = asyncio.create_task(self.fake.bot_ready())
        await asyncio.wait({run, ready}, return_when=asyncio.FIRST_COMPLETED)
        if run.done():
            ready.cancel()
            await run
        await ready
        self._run = run

    async def stop(self) -> None:
        """Stop the adapter and wait until it is gone."""
        if self._run is not None:
            run, self._run = self._run, None
            self._stop.set()
            await run
            await self.fake.bot_gone()

    @property
    def over(self) -> bool:
        """Whether it has stopped by itself."""
        return self._run is None or self._run.done()

    async def restart(self) -> None:
        """Stop it and start it again: another process would know no more than this one."""
        await self.stop()
        await self.start()

    def channel(self, **options: Any) -> Channel:
        """A channel of a new server in which the bot is a member."""
        return self.fake.server("Gym").channel("general", **options)

    def elsewhere(self, **options: Any) -> Channel:
        """A channel of a server where only a person's own install brings the bot."""
        return self.fake.server("Elsewhere", bot_inside=False).channel("general", **options)

    def quiet(self) -> Channel:
        """A channel elsewhere where Discord hides what a person's own install says."""
        return self.elsewhere(member_permissions=MEMBER & ~Permission.USE_EXTERNAL_APPS)

    async def sent(
        self, who: Person, where: Channel, command: str, *, expire: bool = False, **given: Any
    ) -> Shown:
        """A slash command with values that her own client would not have let through."""
        item, path = who._command(where, command)
        kinds = {option["name"]: option["type"] for option in path[-1].get("options", [])}
        values = [{"name": n, "type": kinds[n], "value": value} for n, value in given.items()]
        return await who._use(COMMAND, where, nested(item, path, values), expired=expire)

    async def typed_in_vain(self, who: Person, where: Channel, text: str) -> None:
        """She types, and Discord has given up before the bot answers."""
        item, path = who._command(where, "ask")
        data = nested(item, path, focused(path[-1], {"question": text}))
        interaction = await who._start(TYPING, where, data, expired=True)
        await interaction.refused.wait()


@asynccontextmanager
async def prepared(desk: Desk, **options: Any) -> AsyncIterator[Bot]:
    """The adapter, not started yet; at the end nothing may be wrong and nothing left."""
    tasks, sockets = asyncio.all_tasks(), open_sockets()
    async with FakeDiscord(**options) as fake:
        settings = settings_for(fake)
        with addresses(), logged(settings) as journal:
            bot = Bot(fake, desk, journal, settings)
            try:
                yield bot
            finally:
                await bot.stop()
            for wrong in (fake.faults, fake.pings, journal.loud(), unescaped(fake)):
                assert not wrong, wrong
            assert not (found := secrets_in(journal.written, fake)), found
    await desk.close()
    await nothing_left(tasks, sockets)


@asynccontextmanager
async def running(desk: Desk, **options: Any) -> AsyncIterator[Bot]:
    """The adapter, connected."""
    async with prepared(desk, **options) as bot:
        await bot.start()
        yield bot


def settings_for(fake: FakeDiscord, **other: Any) -> Settings:
    """The settings that lead to the fake."""
    given = {
        "discord_token": fake.token,
        "discord_api_url": fake.api_url,
        "discord_gateway_url": fake.gateway_url,
        **other,
    }
    return Settings(_env_file=None, **given)


def secrets_in(written: str, fake: FakeDiscord) -> list[str]:
    """What stands in a log and must not: tokens, ids of people, what people wrote."""
    state = fake._state
    said = [m.content for c in state.all_channels().values() for m in c.everything]
    said += [
        str(option.get("value", ""))
        for used in state.interactions.values()
        for option in used.data.get("options", [])
    ]
    said += [
        value
        for used in state.interactions.values()
        for value in filled_in(used.data.get("components", []))
    ]
    long = (text for text in said if len(text) > 8)
    secrets = {fake.token, *state.interactions, *state.accounts, *long}
    return [secret for secret in secrets if secret in written]


def filled_in(parts: list[dict[str, Any]]) -> Iterator[str]:
    """What stands in a form that was sent."""
    for _, part in walk(parts, ()):
        yield from str(part.get("value", "")).split("\n")


def link_to(message: Message) -> str:
    """The address of a message."""
    server = message.channel.server
    home = server.id if server else "@me"
    return f"https://discord.com/channels/{home}/{message.channel.id}/{message.id}"


def words(shown: Readable) -> str:
    """What a person reads in a message, its Markdown drawn; without its buttons."""
    seen = [shown.content]
    for embed in shown.embeds:
        seen.append(drawn(embed.get("title", ""), blocks=False).text)
        seen.append(drawn(embed.get("description", "")).text)
        seen.append((embed.get("footer") or {}).get("text", ""))
    return "\n".join(line for line in seen if line)


def unescaped(fake: FakeDiscord) -> list[str]:
    """The markup in what the bot has shown, other than quotes and links to sources."""
    channels = fake._state.all_channels().values()
    shown = [m for c in channels for m in c.everything if m.author is fake.bot]
    found = [m.content for m in shown if m.content and not LINK.fullmatch(m.content)]
    for embed in (embed for message in shown for embed in message.embeds):
        found += drawn(embed.get("title", ""), blocks=False).markup
        found += drawn(embed.get("description", "")).markup
    return found


def open_sockets() -> int:
    """How many sockets this process has open."""
    return sum(_is_socket(int(each)) for each in os.listdir(OPEN_FILES))  # noqa: PTH208


def _is_socket(number: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:  # the one that was listing
        return False


async def nothing_left(tasks: set[asyncio.Task[Any]], sockets: int) -> None:
    """No task and no connection is left that was not there before."""

    def left() -> list[object]:
        more = asyncio.all_tasks() - tasks - {asyncio.current_task()}
        return [*more, *["a socket"] * (open_sockets() - sockets)]

    await until(lambda: not left(), LEAVING, lambda: f"nothing left but {left()}")


async def until(
    what: Callable[[], object], seconds: float = 5.0, words: Callable[[], str] = lambda: "it"
) -> None:
    """Wait for something to come true, or say what did not."""
    end = asyncio.get_running_loop().time() + seconds
    while not what():
        assert asyncio.get_running_loop().time() < end, f"not within {seconds} s: {words()}"
        await asyncio.sleep(0.005)
