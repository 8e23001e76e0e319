"""The error boundary: what is nobody's fault is noted, a fault of ours is logged and said."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import discord

log = logging.getLogger(__name__)

# An interaction nobody waits for any more, that was answered already, or whose message is gone.
_LATE = {10062: "expired", 10015: "expired", 50027: "expired", 40060: "answered", 10008: "gone"}

Apology = Callable[[discord.Interaction], Awaitable[None]]


class Boundary:
    """Stands around everything a person sets off; `apologise` tells them that the fault is ours."""

    def __init__(self, apologise: Apology) -> None:
        self._apologise = apologise
        self._at_work: set[asyncio.Task[Any]] = set()

    async def guard(
        self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]
    ) -> None:
        """Do the work; nothing it raises gets past here."""
        self._begin()
        try:
            await work
        except discord.HTTPException as error:
            if error.code not in _LATE:
                await self.fault(interaction, error)
            else:
                log.warning("discord late reason=%s action=dropped", _LATE[error.code])
        except Exception as error:  # noqa: BLE001 - this is the boundary
            await self.fault(interaction, error)

    async def unwatched(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what no person has set off and nobody waits for."""
        self._begin()
        try:
            await work
        except Exception as error:
            log.exception("discord fault kind=event error=%s", type(error).__name__)

    async def overhearing(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what comes of a message that was not meant for the bot: nobody is told of a fault.

        The log gets its place alone: an error's own words may quote the message.
        """
        self._begin()
        try:
            await work
        except Exception as error:  # noqa: BLE001 - this is the boundary
            kind = type(error).__name__
            log.error("discord fault kind=overheard error=%s at=%s", kind, _place(error))

    def _begin(self) -> None:
        """What is at work now is to be finished before the bot leaves."""
        if task := asyncio.current_task():
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    async def fault(self, interaction: discord.Interaction, error: Exception) -> None:
        """Log a fault of ours and say so to the person."""
        log.error("discord fault kind=%s", interaction.type.name, exc_info=error)
        if interaction.type is discord.InteractionType.autocomplete:
            return  # nothing can be said to someone who is typing
        try:
            await self._apologise(interaction)
        except Exception as again:  # noqa: BLE001 - whatever it is, there is nobody left to tell
            log.warning("discord apology failed error=%s", type(again).__name__)

    async def finish(self, seconds: float) -> None:
        """Let what was begun be finished, if it does not take too long."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)


def _place(error: Exception) -> str:
    """Where an error came from: the file and line of every call, without a word of it."""
    frames = traceback.extract_tb(error.__traceback__)
    return ">".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
