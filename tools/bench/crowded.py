"""One part of the benchmark of communities in a process of its own: prints JSON."""

from __future__ import annotations

import asyncio
import gc
import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice, takewhile
from pathlib import Path
from typing import Any

from bots.desk import Desk
from core.community.own.text import Text
from core.community.protocol.command import Command, EditEntry, ListEntries, Publish
from core.community.protocol.permissions import Facts
from core.community.serving.engines import WARM
from core.dialogue.request import Ask
from tools.bench import sets
from tools.bench.crowd import COMMUNITIES, Scene, fill, place, slug, texts
from tools.bench.probe import resident

Figures = Mapping[str, float]

ANN = Facts("discord:1", "Ann", manages=True)
MEMBER = "discord:2"
WORDS = ("first", "second", "third", "fourth", "fifth")
# Idle and busy in turns, so that what else the machine does falls on both.
ROUNDS, PUBLISHED, QUESTIONS, WARMING = 4, 3, 300, 20
MOST = 1_500
ASKED, CHANGED = 0, 1


class Moderator:
    """Somebody who rewords an answer of community `CHANGED` that nobody reworded, and publishes it."""

    def __init__(self, desk: Desk, own: Sequence[Text], at: int) -> None:
        self._desk, self._text, self._slug = desk, own[at], slug(at)
        self._head, self.published = 1, 0

    async def publishes(self) -> float:
        """How many seconds passed until a member was answered in the new words."""
        word = WORDS[self.published % len(WORDS)]
        new = f"{self._text.question} for the {word} time"
        said = f"This is the {word} answer."
        asks = (*self._text.asks, new)
        text = Text(question=self._text.question, short=said, asks=asks)
        await self._does(EditEntry(self._slug, self._head, text))
        begun = time.perf_counter()
        await self._does(Publish(self._slug, self._head + 1))
        turn = await self._desk.reply(Ask(new), place(CHANGED), MEMBER)
        took = time.perf_counter() - begun
        if said not in turn.reply.paragraphs:
            raise RuntimeError(f"not answered in the new words: {turn.decision}")
        self._head, self.published = self._head + 2, self.published + 1
        return took

    async def over_and_over(self, times: int) -> list[float]:
        """The same, one after another."""
        return [await self.publishes() for _ in range(times)]

    async def _does(self, command: Command) -> None:
        outcome = await self._desk.manage(command, place(CHANGED), ANN)
        if not outcome.done:
            raise RuntimeError(f"{command} was not done: {outcome.reply}")


async def full(scene: Scene) -> Figures:
    """How large a community is in the database."""
    await fill(scene)
    return {"disk": scene.database.stat().st_size / 1024 / COMMUNITIES}


async def cold(scene: Scene) -> Figures:
    """What a community weighs that is known, and looked at by moderators, but never asked."""
    shipped = scene.shipped()
    empty = scene.desk(shipped, "empty.db")
    await _looked_at(empty, [0] * WARMING)
    before = _weighed()
    desk = scene.desk(shipped)
    await _looked_at(desk, range(COMMUNITIES))
    found = _weighed() - before
    await empty.close()
    await desk.close()
    return {"cold": found * 1024 / COMMUNITIES}


async def warm(scene: Scene) -> Figures:
    """What a community weighs that has its engine, and how long its very first one took to come."""
    shipped = scene.shipped()
    # One is built and dropped before, for what is loaded once for all.
    await _first_answers(scene.desk(shipped), [WARM])
    before = _weighed()
    desk = scene.desk(shipped)
    took = await _first_answers(desk, range(WARM), close=False)
    found = (_weighed() - before) / WARM
    fitting = sum(resident(str(child.pid)) for child in multiprocessing.active_children())
    await desk.close()
    return {"warm": found, "first": statistics.median(took), "fitting": fitting}


async def change(scene: Scene) -> Figures:
    """How long a published edit takes until a member is answered with it."""
    desk = scene.desk(scene.shipped())
    await _first_answers(desk, [CHANGED], close=False)
    moderator = Moderator(desk, texts(scene.data)[CHANGED], 0)
    took = await moderator.over_and_over(len(WORDS))
    await desk.close()
    return {"change": statistics.median(took), "slowest": max(took)}


async def asks(scene: Scene) -> Figures:
    """How long a member waits, idle and while another community is re-indexed over and over."""
    desk = scene.desk(scene.shipped())
    await _first_answers(desk, [ASKED, CHANGED], close=False)
    questions = sets.members_questions(scene.data, QUESTIONS)
    moderator = Moderator(desk, texts(scene.data)[CHANGED], 1)
    await _asked(desk, questions[:WARMING])
    idle: list[float] = []
    busy: list[float] = []
    changes: list[float] = []
    for _ in range(ROUNDS):
        idle += await _asked(desk, questions)
        changing = asyncio.create_task(moderator.over_and_over(PUBLISHED))
        busy += await _asked(desk, _until(changing, questions))
        changes += await changing
    await desk.close()
    found = {"idle": len(idle), "busy": len(busy), "builds": len(changes)}
    late = {"change, asked": statistics.median(changes), "slowest, asked": max(changes)}
    return {**found, **late, **_spread("idle", idle), **_spread("busy", busy)}


def _until(done: asyncio.Task[Any], questions: Sequence[str]) -> Iterator[str]:
    """Questions, again and again, until something else is done; not for ever, if it waits for them."""
    return takewhile(lambda _: not done.done(), islice(cycle(questions), MOST))


async def _looked_at(desk: Desk, places: Iterable[int]) -> None:
    """As at a start of the bot, and then by a moderator of each."""
    await desk.open()
    wanted = list(places)
    await desk.present(map(place, wanted), "discord:")
    for at in wanted:
        await desk.manage(ListEntries(), place(at), ANN)


async def _first_answers(desk: Desk, places: Iterable[int], *, close: bool = True) -> list[float]:
    await desk.open()
    took = [await _timed(desk.reply(Ask("hello"), place(at))) for at in places]
    if close:
        await desk.close()
    return took


async def _asked(desk: Desk, questions: Iterable[str]) -> list[float]:
    return [await _timed(desk.reply(Ask(one), place(ASKED), MEMBER)) for one in questions]


async def _timed(doing: Coroutine[Any, Any, object]) -> float:
    begun = time.perf_counter()
    await doing
    return time.perf_counter() - begun


def _weighed() -> float:
    gc.collect()
    return resident()


def _spread(name: str, took: Sequence[float]) -> Figures:
    high = statistics.quantiles(took, n=100, method="inclusive")[98]
    return {f"{name} p50": statistics.median(took), f"{name} p99": high}


Part = Callable[[Scene], Coroutine[Any, Any, Figures]]
# In this order: later ones find the database, and the vectors that earlier ones have kept.
PARTS: Mapping[str, Part] = {one.__name__: one for one in (full, cold, warm, change, asks)}


def main(arguments: Sequence[str]) -> int:
    """Play part `name` with the sets in `data`, the vectors in `cache`, and `database`."""
    name, data, cache, database = arguments
    scene = Scene(Path(data), Path(cache), Path(database))
    print(json.dumps(asyncio.run(PARTS[name](scene))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
