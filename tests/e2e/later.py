"""What a year or an upgrade brings: the same bot later, and the answers that came with it changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bots.desk import Desk
from core.community.serving.engines import Shipped
from core.content.model import Entry
from core.matching.fused import FusedMatcher
from core.matching.vectors import VectorCache
from tests.e2e.discord import bot as discord_bot
from tests.e2e.telegram import bot as telegram_bot

CHANGED, GONE = "why-venus", "medical-name"
NEW_WORDS = "They are named after the goddess, and nobody knows who did it first."


def next_edition(shipped: Shipped) -> Shipped:
    """What an upgrade ships: one of the answers says something else, another one is gone."""
    entries = {id: _next(entry) for id, entry in shipped.library.entries.items() if id != GONE}
    packs = tuple(
        pack.model_copy(
            update={"entries": tuple(entries[one.id] for one in pack.entries if one.id != GONE)}
        )
        for pack in shipped.library.packs
    )
    library = replace(shipped.library, packs=packs, entries=entries)
    vectors = VectorCache(shipped.cache, shipped.encoder)
    matcher = FusedMatcher(entries.values(), shipped.encoder, vectors)
    return replace(shipped, library=library, matcher=matcher)


def _next(entry: Entry) -> Entry:
    seen = tuple(one for one in entry.see_also if one != GONE)
    said = NEW_WORDS if entry.id == CHANGED else entry.short
    return entry.model_copy(update={"see_also": seen, "short": said})


@asynccontextmanager
async def started_anew(bot: discord_bot.Bot | telegram_bot.Bot, desk: Desk) -> AsyncIterator[None]:
    """The bot is stopped, and comes back with another desk."""
    await bot.stop()
    before, bot.desk = bot.desk, desk
    await desk.open()
    await bot.start()
    try:
        yield
    finally:
        await bot.stop()
        await desk.close()
        bot.desk = before
