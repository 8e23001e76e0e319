"""The HTTP side: takes a request apart, checks it, finds its handler, checks the answer."""

import json
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NamedTuple

from aiohttp import BodyPartReader, web

from tests.e2e.fakes import discord_command_limits as command_limits
from tests.e2e.fakes import discord_limits as limits
from tests.e2e.fakes.discord_messages import Files
from tests.e2e.fakes.discord_refusal import Problem, Refusal, invalid
from tests.e2e.fakes.discord_state import Refused, Request, State

Json = dict[str, Any]
UPLOAD_LIMIT = 10 * 1024 * 1024
OPEN = ("/interactions/", "/webhooks/")
"""Routes whose token is in the path."""


class Call(NamedTuple):
    """A request, taken apart."""

    method: str
    template: str
    path: dict[str, str]
    query: dict[str, str]
    body: Any
    files: Files


class Answer(NamedTuple):
    """What the fake answers."""

    status: int
    body: Any = None


Handler = Callable[[Call], Answer]
Route = tuple[str, str, Handler]
Handle = Callable[[web.Request], Awaitable[web.Response]]

CHECKS: dict[tuple[str, str], limits.Check] = {
    ("POST", "/channels/{channel_id}/messages"): limits.message,
    ("PATCH", "/channels/{channel_id}/messages/{message_id}"): limits.message,
    ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"): limits.callback,
    ("POST", "/webhooks/{webhook_id}/{webhook_token}"): limits.reply,
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"): limits.reply,
    ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"): limits.reply,
    ("PUT", "/applications/{application_id}/commands"): command_limits.commands,
    ("PUT", "/applications/{application_id}/guilds/{guild_id}/commands"): command_limits.commands,
    ("POST", "/applications/{application_id}/commands"): command_limits.command,
    ("POST", "/applications/{application_id}/guilds/{guild_id}/commands"): command_limits.command,
}


class Rest:
    """The API below /api/v10."""

    def __init__(self, state: State, after: Callable[[], Awaitable[None]]) -> None:
        """`after` every request, the gateway tells of what was said in it."""
        self._state, self._after = state, after

    def mount(self, app: web.Application, routes: Iterable[Route]) -> None:
        """Add the routes in their order: a literal one must come before its template."""
        for method, template, handler in routes:
            app.router.add_route(method, f"/api/v10{template}", self._handle(template, handler))
        app.router.add_route("*", "/api/{rest:.*}", self._unknown)
        app.router.add_get("/attachments/{rest:.*}", self._file)

    def _handle(self, template: str, handler: Handler) -> Handle:
        async def handle(request: web.Request) -> web.Response:
            try:
                call = await self._parse(request, template)
                self._admit(request, call)
                answer = handler(call)
                await self._after()
            except Refusal as refusal:
                answer = self._refuse(request.method, template, refusal)
            except _Limited as limited:
                return self._wait(limited.seconds)
            except Exception as broken:  # noqa: BLE001 - discord.py would try again after a 500
                self._state.fault(f"the fake broke on {request.method} {template}: {broken!r}")
                return _json(501, {"message": "The fake broke", "code": 0})
            return self._answer(request.method, template, answer)

        return handle

    async def _parse(self, request: web.Request, template: str) -> Call:
        body, files = await _body(request)
        self._state.requests.append(Request(request.method, template, body))
        path, query = dict(request.match_info), dict(request.query)
        return Call(request.method, template, path, query, body, files)

    def _admit(self, request: web.Request, call: Call) -> None:
        """The checks that do not depend on what the request is for."""
        if not call.template.startswith(OPEN):
            self._authorize(request)
        self._trouble(call.template)
        if sum(len(content) for _, content in call.files.values()) > UPLOAD_LIMIT:
            raise Refusal(413, 40005)
        check = CHECKS.get((call.method, call.template))
        problems = list(check(call.body)) if check and isinstance(call.body, (dict, list)) else []
        for words in self._state.book.request(call.method, call.template, call.body):
            where, _, what = words.partition(": ")
            problems.append(Problem(tuple(where.split(".")), "SPEC", what))
        if problems:
            raise invalid(*problems)

    def _trouble(self, template: str) -> None:
        """The rate limit or the breakdown a test has ordered for this route, once."""
        for limit in [limit for limit in self._state.rate_limits if limit[0] in template][:1]:
            self._state.rate_limits.remove(limit)
            raise _Limited(limit[1])
        for failure in [failure for failure in self._state.failures if failure[0] in template][:1]:
            self._state.failures.remove(failure)
            raise Refusal(failure[1], 130000, fault=False)

    def _authorize(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self._state.token}":
            raise Refusal(401, 0, fault=False)
        if not request.headers.get("User-Agent", "").startswith("DiscordBot ("):
            self._state.fault(f"{request.method} {request.path} without a DiscordBot User-Agent")

    def _refuse(self, method: str, template: str, refusal: Refusal) -> Answer:
        self._state.refusals.append(
            Refused(method, template, refusal.status, refusal.code, str(refusal))
        )
        if refusal.fault:
            self._state.fault(f"{method} {template}: {refusal}")
        return Answer(refusal.status, refusal.body())

    def _answer(self, method: str, template: str, answer: Answer) -> web.Response:
        for problem in self._state.book.answer(method, template, answer.status, answer.body):
            self._state.fault(
                f"the fake's {answer.status} to {method} {template} breaks the spec: {problem}"
            )
        if answer.body is None:
            return web.Response(status=answer.status)
        return _json(answer.status, answer.body)

    def _wait(self, seconds: float) -> web.Response:
        headers = {
            "Via": "1.1 google",
            "Retry-After": str(int(seconds) + 1),
            "X-RateLimit-Scope": "user",
        }
        return _json(
            429,
            {"message": "You are being rate limited.", "retry_after": seconds, "global": False},
            headers,
        )

    async def _unknown(self, request: web.Request) -> web.Response:
        self._state.requests.append(Request(request.method, request.path, None))
        self._state.fault(f"unknown route {request.method} {request.path}")
        return _json(501, {"message": "The fake does not know this route", "code": 0})

    async def _file(self, request: web.Request) -> web.Response:
        self._state.fetched.append(request.path)
        content = self._state.uploads.get(request.path)
        return web.Response(status=404) if content is None else web.Response(body=content)


class _Limited(Exception):
    """The request has to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    """discord.py compares the content type to exactly this, without a charset."""
    content = json.dumps(body).encode()
    return web.Response(
        status=status, body=content, headers={**(headers or {}), "Content-Type": "application/json"}
    )


async def _body(request: web.Request) -> tuple[Any, Files]:
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    raw = await request.read()
    if not raw:
        return None, {}
    if request.content_type != "application/json":
        raise invalid(
            Problem((), "CONTENT_TYPE", f"{request.content_type} is not application/json")
        )
    return _load(raw), {}


async def _multipart(request: web.Request) -> tuple[Any, Files]:
    body: Any = None
    files: Files = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content, name = await part.read(), part.name or ""
        if name == "payload_json":
            body = _load(bytes(content))
        elif name.startswith("files["):
            files[name[6:-1]] = (part.filename or "file", bytes(content))
        else:
            raise invalid(Problem((name,), "UNKNOWN_PART", "neither payload_json nor files[n]"))
    return body, files


def _load(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise invalid(Problem((), "JSON", "The body is not JSON")) from None
