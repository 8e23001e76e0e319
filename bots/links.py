"""Whether something answers at an address that moderators wrote; only the public internet is asked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

PATIENCE = aiohttp.ClientTimeout(total=8)
# There is a page, and it isn't shown to everybody or to everything.
GUARDED = frozenset({401, 403, 405, 406, 429})
FAULT = 400

Allowed = Callable[[str], bool]


def is_public(number: str) -> bool:
    """Whether an address in numbers is one of the public internet."""
    return ipaddress.ip_address(number).is_global


class Resolver(AbstractResolver):
    """The addresses of a name that may be asked: none leads into somebody's own network."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed, self._resolver = allowed, ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises OSError where there is none."""
        found = await self._resolver.resolve(host, port, family)
        allowed = [one for one in found if self._allowed(one["host"])]
        if not allowed:
            raise OSError("an address inside a network")
        return allowed

    async def close(self) -> None:
        """Let go of what resolves names."""
        await self._resolver.close()


async def reach(url: str, allowed: Allowed = is_public) -> bool:
    """Whether something answers at `url`; a redirect is an answer, and is not followed."""
    host = URL(url).host or ""
    if _is_number(host) and not allowed(host):
        return False
    connector = aiohttp.TCPConnector(resolver=Resolver(allowed))
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as session:
        # Some servers know no HEAD, and say that there is nothing.
        return await _answers(session, "HEAD", url) or await _answers(session, "GET", url)


async def _answers(session: aiohttp.ClientSession, method: str, url: str) -> bool:
    try:
        async with session.request(method, url, allow_redirects=False) as response:
            return response.status < FAULT or response.status in GUARDED
    except (aiohttp.ClientError, OSError, ValueError):  # nobody there, too late, no address at all
        return False


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
