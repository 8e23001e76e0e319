"""The gateway: a real WebSocket with IDENTIFY, heartbeats, events, RESUME, op 7 and op 9."""

import asyncio
import importlib
import json
import time
import zlib
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.e2e.fakes import discord_guilds as guilds
from tests.e2e.fakes.discord_session import Compress, Line, Session
from tests.e2e.fakes.discord_state import State
from tests.e2e.fakes.discord_world import Server

Json = dict[str, Any]

HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT = 1, 2, 3, 4, 6, 7
MEMBERS, INVALID, HELLO, ACK = 8, 9, 10, 11
SENDABLE = {HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, MEMBERS}
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = (1 << 1) | (1 << 8) | MESSAGE_CONTENT
KNOWN_INTENTS = (1 << 26) - 1
PAYLOAD_LIMIT = 4096


class Gateway:
    """Every session of the bot."""

    def __init__(self, state: State, url: Callable[[], str], heartbeat: float = 41.25) -> None:
        self.sessions: list[Session] = []
        self.identifies = 0
        self.resumes = 0
        self.heartbeats = 0
        self._state, self._url, self._interval = state, url, heartbeat
        self._lines: set[Line] = set()

    @property
    def connected(self) -> list[Session]:
        """The sessions that have a connection now."""
        return [session for session in self.sessions if session.line]

    async def dispatch(self, event: str, data: Json, guild_id: str | None = None) -> bool:
        """Tell the bot; False when there is nobody, not even a session that could be resumed."""
        listening = [
            s for s in self.connected or self.sessions[-1:] if guilds.concerns(s, guild_id)
        ]
        for session in listening:
            await session.dispatch(event, data)
        return bool(listening)

    async def introduce(self, server: Server, *, old: bool = False) -> None:
        """Tell every session of a server that it doesn't know, or can see again if it is `old`."""
        for session in self.sessions:
            await self._introduce(session, server, old=old)

    async def part(self, server: Server) -> None:
        """Tell every session that the bot was removed."""
        for session in self.sessions:
            await guilds.part(session, server)

    async def lose(self, server: Server) -> None:
        """Tell every session that a server can't be reached for a while."""
        for session in self.sessions:
            await guilds.lose(session, server)

    async def ask_to_reconnect(self) -> None:
        """Op 7 on every connection."""
        for session in self.connected:
            if session.line:
                await session.line.send({"op": RECONNECT, "d": None})

    async def invalidate(self, resumable: bool) -> None:
        """Op 9 on every connection."""
        for session in self.connected:
            line = session.line
            if not resumable:
                self.sessions.remove(session)
            if line:
                await line.send({"op": INVALID, "d": resumable})

    async def drop(self, code: int = 1001) -> None:
        """Cut every connection; the sessions stay resumable."""
        for session in self.sessions:
            session_line, session.line = session.line, None
            if session_line:
                session_line.session = None
                await session_line.socket.close(code=code)

    async def close(self) -> None:
        """Cut every connection, the unidentified ones as well."""
        for line in list(self._lines):
            await line.socket.close(code=1001)

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """The handler of the WebSocket."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        line = Line(socket, _compressor(request.query.get("compress")))
        self._lines.add(line)
        await line.send(
            {
                "op": HELLO,
                "t": None,
                "s": None,
                "d": {"heartbeat_interval": int(self._interval * 1000)},
            }
        )
        try:
            await self._listen(line)
        finally:
            self._lines.discard(line)
            if line.session and line.session.line is line:
                line.session.line = None
        if line.session and socket.close_code in (1000, 1001) and line.session in self.sessions:
            self.sessions.remove(line.session)  # the client said good-bye: nothing to resume
        return socket

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if message.type is not WSMsgType.TEXT:
                return await self._refuse(line, 4002, "a frame that is not text")
            if len(message.data.encode()) > PAYLOAD_LIMIT:
                return await self._refuse(line, 4002, "a payload of more than 4096 bytes")
            if line.hurried():
                return await self._refuse(line, 4008, "more than 120 gateway sends in a minute")
            await self._take(line, json.loads(message.data))
            if line.socket.closed:
                return None
        return None

    async def _take(self, line: Line, packet: Json) -> None:
        op, data = packet.get("op"), packet.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            await line.send({"op": ACK, "d": None})
        elif op not in SENDABLE:
            await self._refuse(line, 4001, f"unknown opcode {op}")
        elif op in (IDENTIFY, RESUME) and line.session:
            await self._refuse(line, 4005, "a second IDENTIFY on one connection")
        elif op == IDENTIFY and isinstance(data, dict):
            await self._identify(line, data)
        elif op == RESUME and isinstance(data, dict):
            await self._resume(line, data)
        elif not line.session:
            await self._refuse(line, 4003, f"opcode {op} before IDENTIFY")

    async def _identify(self, line: Line, data: Json) -> None:
        self.identifies += 1
        intents, shard = data.get("intents"), tuple(data.get("shard") or (0, 1))
        if data.get("token") != self._state.token:
            return await self._refuse(line, 4004, "IDENTIFY with a wrong token", fault=False)
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            return await self._refuse(line, 4013, f"invalid intents {intents}")
        if ungranted := intents & PRIVILEGED & ~self._state.grants:
            words = f"privileged intents {ungranted:#x} were never granted"
            return await self._refuse(line, 4014, words)
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            return await self._refuse(line, 4010, f"invalid shard {shard}")
        line.session = Session(intents, (shard[0], shard[1]), line=line)
        self.sessions.append(line.session)
        await line.session.dispatch("READY", self._ready(line.session, "shard" in data))
        for server in self._state.servers:
            await self._introduce(line.session, server, old=True)
        return None

    async def _resume(self, line: Line, data: Json) -> None:
        session = next((s for s in self.sessions if s.id == data.get("session_id")), None)
        if data.get("token") != self._state.token:
            return await self._refuse(line, 4004, "RESUME with a wrong token", fault=False)
        if session is None:
            return await line.send({"op": INVALID, "d": False})
        seen = data.get("seq")
        if not isinstance(seen, int) or not 0 <= seen <= len(session.events):
            return await self._refuse(line, 4007, f"RESUME from an invalid sequence {seen}")
        self.resumes += 1
        line.session = session
        while seen < len(session.events):  # more may come while these are sent
            await line.send(session.events[seen])
            seen += 1
        session.line = line
        await session.dispatch("RESUMED", {"_trace": ["fake"]})
        return None

    def _ready(self, session: Session, sharded: bool) -> Json:
        user = self._state.bot.private_payload()
        for problem in self._state.book.schema("UserPIIResponse", user):
            self._state.fault(f"the fake's READY breaks the spec: {problem}")
        inside = [
            server
            for server in self._state.servers
            if server.bot_inside and guilds.concerns(session, server.id)
        ]
        ready = {
            "v": 10,
            "user": user,
            "guilds": [{"id": server.id, "unavailable": True} for server in inside],
            "private_channels": [],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self._url(),
            "application": {
                "id": self._state.bot.id,
                "flags": self._state.application.get("flags", 0),
            },
        }
        return {**ready, "shard": list(session.shard)} if sharded else ready

    async def _introduce(self, session: Session, server: Server, *, old: bool) -> None:
        for problem in await guilds.introduce(session, server, self._state.book, old=old):
            self._state.fault(f"the fake's GUILD_CREATE breaks the spec: {problem}")

    async def _refuse(self, line: Line, code: int, reason: str, fault: bool = True) -> None:
        if fault:
            self._state.fault(f"gateway closed with {code}: {reason}")
        line.session = None
        await line.socket.close(code=code, message=reason.encode()[:120])


def _compressor(kind: str | None) -> Compress | None:
    if kind == "zlib-stream":
        stream = zlib.compressobj()
        return lambda raw: stream.compress(raw) + stream.flush(zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":
        return _zstd()
    return None


def _zstd() -> Compress:
    zstandard = importlib.import_module("zstandard")
    stream = zstandard.ZstdCompressor().compressobj()
    return lambda raw: bytes(stream.compress(raw) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))


async def until(what: Callable[[], bool], seconds: float, words: str) -> None:
    """Wait for something to come true, or say what did not."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise TimeoutError(f"{words}: not within {seconds} s")
        await asyncio.sleep(0.005)
