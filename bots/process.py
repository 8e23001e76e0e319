"""Every bot that has a token, in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine, Iterator
from typing import Any

from bots.desk import Desk
from bots.refusal import Refused
from bots.runtime import build_desk
from bots.settings import Settings

DAY = 24 * 60 * 60


def serve(settings: Settings) -> int:
    """Run the bots; returns 0 after a clean stop, 1 if a platform refused."""
    desk = build_desk(settings)
    refusals: list[BaseException] = []
    try:
        asyncio.run(_serve(settings, desk))
    except* Refused as group:
        refusals.extend(group.exceptions)
    for refusal in refusals:
        print(refusal, file=sys.stderr)
    return 1 if refusals else 0


async def _serve(settings: Settings, desk: Desk) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await desk.open()
    try:
        async with asyncio.TaskGroup() as bots:
            for bot in _bots(settings, desk, stop):
                bots.create_task(bot)
            bots.create_task(_daily(desk, stop))
    finally:
        await desk.close()


async def _daily(desk: Desk, stop: asyncio.Event) -> None:
    """Once a day, what is due is thrown away."""
    while not stop.is_set():
        try:
            await asyncio.wait_for(stop.wait(), DAY)
        except TimeoutError:
            await desk.tend()


def _bots(
    settings: Settings, desk: Desk, stop: asyncio.Event
) -> Iterator[Coroutine[Any, Any, None]]:
    """A bot a token; a platform's library is loaded only where it is used."""
    if settings.discord_token:
        from bots.discord import service as discord  # noqa: PLC0415

        yield discord.run(settings, desk, stop)
    if settings.telegram_token:
        from bots.telegram import service as telegram  # noqa: PLC0415

        yield telegram.run(settings, desk, stop)
