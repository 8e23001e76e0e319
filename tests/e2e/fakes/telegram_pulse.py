"""Waiting for something to become true, woken by every change instead of by a clock."""

import asyncio
from collections.abc import Callable


class Pulse:
    """Beats whenever something has changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        """Wake all who wait."""
        last, self._next = self._next, asyncio.Event()
        last.set()

    async def until(self, happened: Callable[[], object], timeout: float) -> bool:
        """Wait until `happened` says something true; False when it did not within `timeout` seconds."""
        end = asyncio.get_running_loop().time() + timeout
        while not happened():
            if not await self._woken(end):
                return bool(happened())
        return True

    async def _woken(self, end: float) -> bool:
        try:
            async with asyncio.timeout_at(end):
                await self._next.wait()
        except TimeoutError:
            return False
        return True
