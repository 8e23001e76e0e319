"""A fake Discord on 127.0.0.1: real HTTP, a real gateway, and people who use the bot."""

from typing import Any, Self

from aiohttp import web

from tests.e2e.fakes.discord_gateway import Gateway, until
from tests.e2e.fakes.discord_interaction import Interaction
from tests.e2e.fakes.discord_person import Person
from tests.e2e.fakes.discord_replies import Replies
from tests.e2e.fakes.discord_rest import Rest
from tests.e2e.fakes.discord_routes import Account, Messages
from tests.e2e.fakes.discord_spec import Book
from tests.e2e.fakes.discord_state import Ping, Refused, Request, State
from tests.e2e.fakes.discord_talk import Talk
from tests.e2e.fakes.discord_world import Account as User
from tests.e2e.fakes.discord_world import Channel, Server

Json = dict[str, Any]
PATIENCE = 10.0


class FakeDiscord:
    """What a test needs: where the bot connects, places, people, and what went wrong."""

    def __init__(self, deadline: float = 3.0, heartbeat: float = 41.25) -> None:
        self._state = State(deadline)
        self._port = 0
        self.gateway = Gateway(self._state, lambda: self.gateway_url, heartbeat)
        self._talk = Talk(self._state, self.gateway)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 1024 * 1024)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5, access_log=None)
        app.router.add_get("/gateway", self.gateway.connect)
        app.router.add_get("/gateway/", self.gateway.connect)
        account = Account(self._state, lambda: self.gateway_url)
        routes = [
            *account.routes(),
            *Messages(self._state).routes(),
            *Replies(self._state).routes(),
        ]
        Rest(self._state, self._talk.answers).mount(app, routes)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        self._state.base_url = f"http://127.0.0.1:{self._port}"
        return self

    async def __aexit__(self, *problem: object) -> None:
        await self.gateway.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What Route.BASE has to be."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """What DEFAULT_GATEWAY has to be."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self._state.token

    @property
    def bot(self) -> User:
        """The bot's account; its id is the application's as well."""
        return self._state.bot

    @property
    def book(self) -> Book:
        """The specification everything is checked against."""
        return self._state.book

    @property
    def faults(self) -> list[str]:
        """What the bot, or the fake, did and must not do."""
        return self._state.faults

    @property
    def refusals(self) -> list[Refused]:
        """Every request that was refused, the expected ones as well."""
        return self._state.refusals

    @property
    def requests(self) -> list[Request]:
        """What came in: (method, route, body)."""
        return self._state.requests

    @property
    def pings(self) -> list[Ping]:
        """Every message that would have notified somebody."""
        return self._state.pings

    @property
    def commands(self) -> list[Json]:
        """The registered global commands."""
        return self._state.commands

    @property
    def application(self) -> Json:
        """What the application is set to beyond the usual; change it to misconfigure it."""
        return self._state.application

    def grant_messages(self, *, large: bool = False) -> None:
        """In the portal somebody switches on Message Content Intent; a large bot has another flag."""
        flags = (1 << 18) if large else (1 << 19)
        self.application.update(flags=flags, flags_new=str(flags))

    @property
    def stopped(self) -> bool:
        """Whether no bot is connected now."""
        return not self.gateway.connected

    def server(self, name: str, bot_inside: bool = True, locale: str = "en-US") -> Server:
        """A server; without the bot inside, only a person's own install brings it."""
        server = Server(name, bot_inside, locale, bot=self.bot)
        self._state.servers.append(server)
        return server

    async def invite(self, server: Server) -> None:
        """Somebody adds the bot to a server."""
        server.bot_inside = True
        await self.gateway.introduce(server)

    async def remove(self, server: Server) -> None:
        """Somebody removes the bot from a server."""
        server.bot_inside = False
        await self.gateway.part(server)

    async def outage(self, server: Server) -> None:
        """Discord itself can't reach a server for a while."""
        server.available = False
        await self.gateway.lose(server)

    async def recovery(self, server: Server) -> None:
        """It can again."""
        server.available = True
        await self.gateway.introduce(server, old=True)

    def dm(self, person: Person | None = None) -> Channel:
        """The DM of this person with the bot; of nobody in particular, of whoever uses it first."""
        known = (
            c
            for c in self._state.channels.values()
            if person and c.kind == 1 and c.people == [person]
        )
        channel = next(known, None) or self._private("DM", 1)
        if person and not channel.people:
            channel.people.append(person)
        return channel

    def close_dm(self, person: Person) -> None:
        """She lets no bot write to her."""
        self._state.closed.add(person.id)

    def private_channel(self, name: str = "friends") -> Channel:
        """A group DM, where only the person's install brings the bot."""
        return self._private(name, 3)

    def person(self, name: str, locale: str = "en-US", installed: bool | None = None) -> Person:
        """Somebody; unless told, she has the app installed where nothing else brings it."""
        person = Person(self._state, self._talk, self._deliver, name, locale, installed=installed)
        self._state.accounts[person.id] = person
        return person

    async def bot_ready(self, seconds: float = PATIENCE) -> None:
        """Wait until the bot has identified itself and registered its commands."""
        await until(self._ready, seconds, "a connected bot with commands")

    async def bot_gone(self, seconds: float = PATIENCE) -> None:
        """Wait until the bot has disconnected."""
        await until(lambda: self.stopped, seconds, "a bot that has left")

    async def ask_to_reconnect(self, seconds: float = PATIENCE) -> None:
        """Op 7; returns when the bot is back."""
        before = self._arrivals
        await self.gateway.ask_to_reconnect()
        await until(lambda: self._arrivals > before, seconds, "a bot that reconnects")

    async def invalidate_session(self, resumable: bool = False, seconds: float = PATIENCE) -> None:
        """Op 9; returns when the bot is back."""
        before = self._arrivals
        await self.gateway.invalidate(resumable)
        await until(lambda: self._arrivals > before, seconds, "a bot that identifies again")

    async def drop_connection(self) -> None:
        """Cut the gateway; what happens meanwhile is replayed when the bot resumes."""
        await self.gateway.drop()

    def rate_limit(self, route: str, seconds: float) -> None:
        """Answer the next request whose route contains `route` with 429."""
        self._state.rate_limits.append((route, seconds))

    def break_down(self, route: str, status: int = 503) -> None:
        """Answer the next request whose route contains `route` with a failure of Discord's own."""
        self._state.failures.append((route, status))

    def pass_time(self, seconds: float) -> None:
        """Make every interaction so much older."""
        for interaction in self._state.interactions.values():
            interaction.born -= seconds

    def _ready(self) -> bool:
        return bool(self.gateway.connected) and self._state.commands_set

    @property
    def _arrivals(self) -> int:
        return self.gateway.identifies + self.gateway.resumes

    def _private(self, name: str, kind: int) -> Channel:
        channel = Channel(name, None, kind)
        self._state.channels[channel.id] = channel
        return channel

    async def _deliver(self, interaction: Interaction) -> bool:
        """Tell the bot about an interaction."""
        self._state.interactions[interaction.token] = interaction
        payload = interaction.payload()
        for problem in self.book.interaction(payload) if self.book.available else []:
            self._state.fault(f"the fake's interaction breaks the spec: {problem}")
        server = interaction.channel.server
        if server:
            await self.gateway.introduce(server)
        return await self.gateway.dispatch(
            "INTERACTION_CREATE", payload, server.id if server else None
        )
