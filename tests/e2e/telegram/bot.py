"""The real Telegram adapter before a fake Telegram, in this process, and what it leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bots.desk import Desk
from bots.settings import Settings
from bots.telegram import service
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.reply import Turn
from core.dialogue.request import Request
from tests.e2e.fakes.telegram_chat import Chat, Post, Topic
from tests.e2e.fakes.telegram_person import PATIENCE, Person
from tests.e2e.fakes.telegram_server import FakeTelegram
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.journal import Journal, logged

Json = dict[str, Any]

LEAVING = 2.0  # seconds until everything must be gone after a stop


class Listening(Desk):
    """A desk that remembers what it was asked, and where."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.heard: list[tuple[Request, str]] = []

    async def reply(self, request: Request, place: Place, actor: str | None = None) -> Turn:
        """Remember the request and answer it."""
        self.heard.append((request, place.key))
        return await super().reply(request, place, actor)


@contextmanager
def on_this_machine() -> Iterator[None]:
    """Without the certificates of the world, which take longer to read than a test to run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(Path(__file__).parent))
        yield


class Bot:
    """Fossae on Telegram."""

    def __init__(
        self, fake: FakeTelegram, desk: Desk, journal: Journal, settings: Settings
    ) -> None:
        self.fake, self.desk, self.journal, self.settings = fake, desk, journal, settings
        self._stop = asyncio.Event()
        self._run: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the adapter and wait until it polls; raises what the adapter raises."""
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

    # What people do that the fake has no word for

    async def heard(self, act: Callable[[], object], patience: float = PATIENCE) -> Shown:
        """What the bot sends next after `act`, wherever and in answer to whatever."""
        mark = len(self.fake.sent)
        act()
        await self.fake.world.pulse.until(lambda: self.fake.sent[mark:], patience)
        assert len(self.fake.sent) > mark, f"silence; faults: {self.fake.faults}"
        return self.fake.sent[mark]

    async def calm(self) -> None:
        """Wait until the bot has taken every update and does nothing more."""
        await self.fake.quiet(pause=0.05)

    async def silent(self, act: Callable[[], object] = lambda: None) -> None:
        """Nothing is sent or changed after `act`, though the bot has taken every update."""
        sent, edits = len(self.fake.sent), len(self.fake.edits)
        act()
        await self.calm()
        assert self.fake.sent[sent:] == [] and self.fake.edits[edits:] == []

    def post(
        self,
        who: Person,
        where: Chat | Topic,
        text: str,
        *,
        to: Post | None = None,
        photo: bool = False,
        **extra: Any,
    ) -> Post:
        """Put a message with anything in it into a chat and tell the bot, if it may see it."""
        post = who.write(where, text)
        post.reply_to = to
        post.extra.update(extra)
        if photo:
            post.photo = [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]
        self.fake.world.deliver(post)
        return post

    def expired_inline(self, who: Person, text: str) -> None:
        """An inline query that Telegram has given up."""
        query = self.fake.world.ask(expired=True)
        asked = {
            "id": query.id,
            "from": who.user,
            "query": text,
            "offset": "",
            "chat_type": "group",
        }
        self.fake.world.tell("inline_query", asked)

    def expired_guest(self, who: Person, where: Chat, text: str) -> None:
        """A question as a guest that Telegram has given up."""
        post = who.write(where, f"@{self.fake.username} {text}")
        query = self.fake.world.ask(post, expired=True)
        self.fake.world.tell("guest_message", {**post.json(), "guest_query_id": query.id})


@asynccontextmanager
async def prepared(desk: Desk, **options: Any) -> AsyncIterator[Bot]:
    """The adapter, not started yet; at the end nothing may be wrong and nothing left."""
    async with FakeTelegram(**options) as fake:
        settings = settings_for(fake)
        with on_this_machine(), logged(settings) as journal:
            before = asyncio.all_tasks()
            bot = Bot(fake, desk, journal, settings)
            try:
                yield bot
            finally:
                await bot.stop()
            assert fake.faults == []
            assert journal.loud() == []
            assert secrets_in(journal.written, fake) == []
            await nothing_left(fake, before)


@asynccontextmanager
async def running(desk: Desk, **options: Any) -> AsyncIterator[Bot]:
    """The adapter, polling."""
    async with prepared(desk, **options) as bot:
        await bot.start()
        yield bot


def settings_for(fake: FakeTelegram, **other: Any) -> Settings:
    """The settings that lead to the fake."""
    given = {"telegram_token": fake.token, "telegram_api_url": fake.api_url, **other}
    return Settings(_env_file=None, **given)


def secrets_in(written: str, fake: FakeTelegram) -> list[str]:
    """What stands in a log and must not: the token, ids of people and chats, what people wrote."""
    chats = fake.world.chats.values()
    posts = [post for chat in chats for post in chat.messages.values()]
    people = {str(post.sender["id"]) for post in posts} | {str(chat.id) for chat in chats}
    said = {post.text for post in posts if len(post.text.strip()) > len("/sources")}
    return [secret for secret in {fake.token, *people, *said} if secret in written]


async def nothing_left(fake: FakeTelegram, before: set[asyncio.Task[Any]]) -> None:
    """No connection and no task of the adapter is left."""

    def left() -> list[object]:
        tasks = asyncio.all_tasks() - before - {asyncio.current_task()}
        return [*tasks, *fake.connections]

    end = asyncio.get_running_loop().time() + LEAVING
    while left() and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110, sockets tell nobody
        await asyncio.sleep(0.01)
    assert left() == []
