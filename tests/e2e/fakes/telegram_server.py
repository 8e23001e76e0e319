"""A Bot API server on this machine that refuses what Telegram refuses."""

import itertools
import re
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import BodyPartReader, web

from tests.e2e.fakes import telegram_limits as limits
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_methods import Methods
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.fakes.telegram_refusal import Refused, bug
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.fakes.telegram_spec import book
from tests.e2e.fakes.telegram_world import World

Json = dict[str, Any]

TOKEN = re.compile(r"\d{3,16}:[A-Za-z0-9_-]{30,}")
OWNER: Json = {"id": 5_000_000_000, "is_bot": False, "first_name": "Owner", "username": "owner"}
BOOTING, CALM = 15.0, 15.0


class FakeTelegram:
    """The server and the world behind it."""

    def __init__(
        self,
        *,
        can_read_all: bool = False,
        inline: bool = True,
        guests: bool = True,
        feedback: bool = False,
        username: str = "fossae_test_bot",
    ) -> None:
        self.token = "7000000001:" + "Fake-Token_" * 3 + "xy"
        self.api_url = ""
        self.world = World(me(username, can_read_all, inline, guests), can_read_all, feedback)
        self.methods = Methods(self.world)
        self.requests: list[tuple[str, Json]] = []
        # By method: what to answer next; None hangs up.
        self.trouble: dict[str, list[Refused | None]] = {}
        self.busy = 0
        self._ids = itertools.count(1)
        self._runner = web.AppRunner(
            self._application(), handler_cancellation=True, shutdown_timeout=0.1
        )

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=64 * 2**20)
        application.router.add_route("*", "/bot{token}/{method}", self._handle)
        application.router.add_get("/file/bot{token}/files/{name}", self._download)
        application.router.add_route("*", "/{anywhere:.*}", self._nowhere)
        return application

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.api_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()

    # People and places

    def person(self, name: str, language_code: str | None = None) -> Person:
        """Somebody with that first name."""
        user: Json = {
            "id": 5_000_000_000 + next(self._ids),
            "is_bot": False,
            "first_name": name.title(),
        }
        user["username"] = f"{name.lower()}_{user['id'] % 1000}"
        return Person(
            self.world, {**user, "language_code": language_code} if language_code else user
        )

    def group(
        self, title: str, *, bot_admin: bool = False, supergroup: bool = True, bot: bool = True
    ) -> Chat:
        """A group that the bot has long been in (or, without `bot`, never was)."""
        number = next(self._ids)
        identifier = -1_001_000_000_000 - number if supergroup else -4_000_000 - number
        status = ("administrator" if bot_admin else "member") if bot else "left"
        chat = Chat(identifier, "supergroup" if supergroup else "group", title, bot_status=status)
        chat.join(OWNER)
        chat.roles[OWNER["id"]] = "creator"
        return self.world.open(chat)

    def forum(self, title: str, *, bot_admin: bool = False, bot: bool = True) -> Chat:
        """A supergroup with topics."""
        chat = self.group(title, bot_admin=bot_admin, bot=bot)
        chat.is_forum = True
        return chat

    def promote(self, chat: Chat, person: Person, role: str = "administrator") -> None:
        """Make a person an administrator (or a member, left, kicked)."""
        chat.join(person.user)
        chat.roles[person.id] = role

    def add_bot(self, chat: Chat, by: Person) -> None:
        """Put the bot into a group; it is told so."""
        chat.join(by.user)
        self.world.met.add(by.id)
        self.world.status(chat, "member", by.user)
        self.world.deliver(
            self.world.post(chat, by.user, extra={"new_chat_members": [self.world.bot_user]})
        )

    def remove_bot(self, chat: Chat, by: Person) -> None:
        """Throw the bot out of a group; it is told so."""
        self.world.status(chat, "kicked", by.user)

    def upgrade(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup with another id; people go on as before, the old id is dead."""
        assert chat.type == "group", f"{chat.title} is a {chat.type}"
        new = self.group(chat.title)
        new.bot_status, new.roles, new.people = chat.bot_status, dict(chat.roles), dict(chat.people)
        self.world.deliver(self.world.post(chat, OWNER, extra={"migrate_to_chat_id": new.id}))
        chat.moved_to = new
        self.world.deliver(self.world.post(new, OWNER, extra={"migrate_from_chat_id": chat.id}))
        return new

    # What was seen

    @property
    def username(self) -> str:
        """The bot's name without the @."""
        return self.world.username

    @property
    def sent(self) -> list[Shown]:
        """Everything the bot has sent, in order."""
        return self.world.sent

    @property
    def edits(self) -> list[Shown]:
        """Everything the bot has changed, in order."""
        return self.world.edits

    @property
    def faults(self) -> list[str]:
        """What was wrong with the bot's requests or with this fake."""
        return self.world.faults

    @property
    def commands(self) -> dict[tuple[str, str], list[Json]]:
        """The menus of commands by scope and language."""
        return self.world.commands

    @property
    def about(self) -> dict[tuple[str, str], str]:
        """What the bot says of itself: ("description", language) and so on."""
        return self.world.about

    @property
    def connections(self) -> list[object]:
        """The connections that are open now."""
        server = self._runner.server
        return list(server.connections) if isinstance(server, web.Server) else []

    def asked(self, method: str) -> list[Json]:
        """The requests of one method."""
        return [params for name, params in self.requests if name == method]

    # Waiting

    async def bot_ready(self, timeout: float = BOOTING) -> None:
        """Wait until the bot polls."""
        if not await self.world.pulse.until(lambda: self.world.updates.polling, timeout):
            raise TimeoutError(
                f"the bot does not poll; requests: {self.requests[-5:]}; faults: {self.faults}"
            )

    async def bot_gone(self, timeout: float = BOOTING) -> None:
        """Wait until the bot has stopped polling."""
        updates = self.world.updates
        while await self.world.pulse.until(lambda: not updates.polling, timeout):
            if await updates.gone():
                return
        raise TimeoutError("the bot still polls")

    async def quiet(self, pause: float = 0.2, timeout: float = CALM) -> None:
        """Wait until the bot has taken all updates and has asked for nothing during a moment."""
        updates, pulse = self.world.updates, self.world.pulse
        while await pulse.until(lambda: not updates.pending and not self.busy, timeout):
            if not await pulse.until(self._stirred(len(self.requests)), pause):
                return
        raise TimeoutError(
            f"{len(updates.pending)} updates wait, {self.busy} requests are under way"
        )

    def _stirred(self, requests: int) -> Callable[[], bool]:
        return lambda: bool(
            self.busy or self.world.updates.pending or len(self.requests) != requests
        )

    def refuse_next(self, method: str, status: int, reason: str, **parameters: float) -> None:
        """Answer the next request of a method with an error, such as 429 and retry_after."""
        self.trouble.setdefault(method, []).append(Refused(status, reason, False, **parameters))

    def hang_up_next(self, method: str) -> None:
        """Close the connection at the next request of a method, as a broken network does."""
        self.trouble.setdefault(method, []).append(None)

    # Requests

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            self._known(request.match_info["token"])
            return web.json_response({"ok": True, "result": await self._result(request)})
        except Refused as refusal:
            if refusal.bug:
                self.world.fault(f"{request.match_info['method']}: {refusal}")
            return web.json_response(refusal.answer(), status=refusal.status)

    async def _nowhere(self, request: web.Request) -> web.Response:
        return web.json_response(Refused(404, "").answer(), status=404)

    def _known(self, token: str) -> None:
        if not TOKEN.fullmatch(token):
            raise Refused(404, "")
        if token != self.token:
            raise Refused(401, "")

    async def _result(self, request: web.Request) -> object:
        raw, files = await read(request)
        asked = request.match_info["method"]
        method = book.names.get(asked.lower(), asked)
        params = book.decode(method, raw)
        if method == "getUpdates":
            return await self._updates(params)
        self.requests.append((method, params))
        self._trouble(method, request)
        self.busy += 1
        try:
            return self._answer(method, params, files)
        finally:
            self.busy -= 1
            self.world.pulse.beat()

    def _trouble(self, method: str, request: web.Request) -> None:
        if not self.trouble.get(method):
            return
        trouble = self.trouble[method].pop(0)
        if trouble is None and request.transport:
            request.transport.abort()
        raise trouble or Refused(502, "hung up")

    async def _updates(self, params: Json) -> list[Json]:
        self._check("getUpdates", params)
        return await self.world.updates.poll(params)

    def _answer(self, method: str, params: Json, files: dict[str, bytes]) -> object:
        function = self.methods.find(method)
        if function is None:
            known = (
                "this fake lacks it" if method in book.names.values() else "there is no such method"
            )
            self.world.fault(f"{method}: {known}")
            raise Refused(404, "method not found")
        self._check(method, params)
        result = function(params, files)
        self.world.faults += [f"own {problem}" for problem in book.answer(method, result)]
        return result

    def _check(self, method: str, params: Json) -> None:
        problems = book.request(method, params) if method in book.names.values() else []
        self.world.faults += problems
        self.world.faults += [
            f"{method}: {text}" for text in limits.check(params, self.username, method)
        ]
        if problems:
            raise bug(problems[0])

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.files.get(request.match_info["name"])
        if request.match_info["token"] != self.token or content is None:
            raise web.HTTPNotFound
        return web.Response(body=content)


def me(username: str, can_read_all: bool, inline: bool, guests: bool) -> Json:
    """The bot as getMe describes it."""
    return {
        "id": 7_000_000_001,
        "is_bot": True,
        "first_name": "Fossae",
        "username": username,
        "can_join_groups": True,
        "can_read_all_group_messages": can_read_all,
        "supports_inline_queries": inline,
        "supports_guest_queries": guests,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_join_request_queries": False,
    }


async def read(request: web.Request) -> tuple[Json, dict[str, bytes]]:
    """The parameters and files of a request: from its address, a form, a multipart form or JSON."""
    given: Json = dict(request.query)
    if request.content_type == "application/json" and request.body_exists:
        return {**given, **await request.json()}, {}
    if request.content_type.startswith("multipart/"):
        return await read_parts(request, given)
    return {**given, **dict(await request.post())}, {}


async def read_parts(request: web.Request, given: Json) -> tuple[Json, dict[str, bytes]]:
    """A multipart form; a file stands for itself as attach://<name of its part>."""
    files: dict[str, bytes] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        name, content = part.name or "", await part.read(decode=True)
        if part.filename:
            files[name] = bytes(content)
        else:
            given[name] = content.decode()
    pointed_at = str(given)
    own = {name: f"attach://{name}" for name in files if f"attach://{name}" not in pointed_at}
    return {**given, **own}, files
