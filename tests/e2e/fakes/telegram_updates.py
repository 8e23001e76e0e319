"""The queue of updates that a bot polls: the newest poll wins and its offset confirms."""

import asyncio
from typing import Any

from tests.e2e.fakes.telegram_pulse import Pulse
from tests.e2e.fakes.telegram_refusal import Refused

Json = dict[str, Any]

# Only for bots that ask for them.
UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST = 50


class Updates:
    """Updates in order, kept until the bot confirms them."""

    def __init__(self, pulse: Pulse) -> None:
        self.pulse = pulse
        self.pending: list[Json] = []
        self.allowed: list[str] = []
        self.polling = 0  # polls that wait now
        self.polls = 0
        self._number = 700_000_000

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind."""
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def add(self, kind: str, payload: Json) -> Json | None:
        """Queue an update; None when the bot did not ask for its kind."""
        if not self.wants(kind):
            return None
        self._number += 1
        update: Json = {"update_id": self._number, kind: payload}
        self.pending.append(update)
        self.pulse.beat()
        return update

    def confirm(self, offset: int) -> None:
        """Forget what the bot has seen; a negative offset keeps only that many of the last."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    async def poll(self, params: Json) -> list[Json]:
        """Wait for updates as long as the bot wants."""
        self.polls += 1
        mine = self.polls
        self.allowed = list(params.get("allowed_updates", self.allowed))
        self.confirm(int(params.get("offset", 0)))
        self.pulse.beat()
        await self._wait(mine, min(float(params.get("timeout", 0)), LONGEST))
        return self.pending[: int(params.get("limit", 100))]

    async def _wait(self, mine: int, timeout: float) -> None:
        self.polling += 1
        self.pulse.beat()
        try:
            await self.pulse.until(lambda: self.pending or self.polls != mine, timeout)
        finally:
            self.polling -= 1
            self.pulse.beat()
        if self.polls != mine:
            others = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refused(409, others)

    async def gone(self, still: float = 0.3) -> bool:
        """Whether nobody polls, and nobody began to during a moment."""
        polls = self.polls
        await asyncio.sleep(still)
        return self.polling == 0 and self.polls == polls
