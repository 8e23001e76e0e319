"""A bot's session at the gateway: what survives a lost connection, and one connection of it."""

import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
Compress = Callable[[bytes], bytes]

DISPATCH = 0
SENDS_A_MINUTE = 120


@dataclass(eq=False)
class Session:
    """What survives a lost connection: the events sent so far, and the servers told of."""

    intents: int
    shard: tuple[int, int] = (0, 1)
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    events: list[Json] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)
    line: "Line | None" = None

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event, or keep it until the client resumes."""
        packet = {"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(packet)
        if self.line:
            await self.line.send(packet)


@dataclass(eq=False)
class Line:
    """One open connection."""

    socket: web.WebSocketResponse
    compress: Compress | None
    session: Session | None = None
    sent: list[float] = field(default_factory=list)

    async def send(self, packet: Json) -> None:
        """Send one packet in the compression the client chose."""
        raw = json.dumps(packet).encode()
        with suppress(ConnectionError):
            if self.compress:
                await self.socket.send_bytes(self.compress(raw))
            else:
                await self.socket.send_str(raw.decode())

    def hurried(self) -> bool:
        """Whether the client has sent more than it may in a minute."""
        now = time.monotonic()
        self.sent = [moment for moment in self.sent if now - moment < 60] + [now]
        return len(self.sent) > SENDS_A_MINUTE
