"""Latency, memory, start-up and build time, each in a process of its own, one after another."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import nan
from pathlib import Path

from tools.bench.trial import Tick

# Entries and asks of each: the sizes of ../shared/research/matching.md, T11 and T12.
LATENCY = (200, 8)
BUILDS = ((50, 8), (1_000, 5))
HUGE = (10_000, 5)
QUERIES, SLOW_QUERIES = 400, 30
SLOW = ("difflib",)
# Its build is the encoding of every ask, which is most of Fossae's; once is enough.
UNBUILT = ("MiniLM max-sim",)
WARM_STARTS = 3
QUESTION = "can you get back dimples if you were not born with them"
ASK = "import sys; from bots.cli import main; sys.exit(main(['ask', sys.argv[1]]))"
BOTH_ADAPTERS = """
import importlib, pkgutil, bots.discord, bots.telegram
for package in (bots.discord, bots.telegram):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
from bots.runtime import build_engine
from bots.settings import Settings
from core.dialogue.request import Ask
import sys
engine = build_engine(Settings())
engine.reply(Ask(sys.argv[1]))
from tools.bench.probe import resident
print(resident())
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """A system's times in seconds and its memory in MB; builds by the number of entries."""

    name: str
    latency: Mapping[str, float]
    builds: Mapping[int, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Start:
    """`fossae ask` with the shipped pack: seconds without and with kept vectors, MB in all."""

    cold: float = nan
    warm: float = nan
    resident: float = nan


@dataclass(frozen=True, slots=True)
class Timing:
    """All that was timed and weighed."""

    speeds: list[Speed] = field(default_factory=list)
    start: Start = Start()


def measure(names: Iterable[str], folder: Path, huge: bool, tick: Tick) -> Timing:
    """Every system alone, then Fossae as an operator starts it."""
    sizes = (*BUILDS, HUGE) if huge else BUILDS
    speeds = [_speed(name, folder, sizes, tick) for name in names]
    tick("starting `fossae ask`", 0, 1)
    return Timing(speeds, _start())


def _speed(name: str, folder: Path, sizes: Iterable[tuple[int, int]], tick: Tick) -> Speed:
    queries = SLOW_QUERIES if name in SLOW else QUERIES
    tick(f"timing {name}", 0, 1)
    latency = _probe(name, folder, *LATENCY, queries)
    builds = {}
    for entries, asks in () if name in UNBUILT else sizes:
        tick(f"building {name} at {entries:,} entries", 0, 1)
        builds[entries] = _probe(name, folder, entries, asks, 0)
    return Speed(name, latency, builds)


def _probe(name: str, folder: Path, entries: int, asks: int, queries: int) -> dict[str, float]:
    arguments = [name, str(folder), str(entries), str(asks), str(queries)]
    ran = printed("-m", "tools.bench.probe", *arguments)
    figures: dict[str, float] = json.loads(ran) if ran else {}
    return figures


def _start() -> Start:
    with tempfile.TemporaryDirectory(prefix="fossae-bench-") as empty:
        # Loaded once before, so that the disk's share is the same for both.
        printed("-c", "import bots.cli, core.matching.encoder as e; e.MiniLM()")
        cold = _started(empty)
        warm = statistics.median(_started(empty) for _ in range(WARM_STARTS))
        weight = printed("-c", BOTH_ADAPTERS, QUESTION, cache=empty)
    return Start(cold, warm, float(weight or nan))


def _started(cache: str) -> float:
    begun = time.perf_counter()
    ran = printed("-c", ASK, QUESTION, cache=cache)
    return time.perf_counter() - begun if ran else nan


def printed(*arguments: str, cache: str | None = None) -> str:
    """What a Python of ours prints; nothing if it fails, and standard error says why."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOSSAE_")}
    set_ = {**kept, "FOSSAE_CACHE": cache} if cache else kept
    ran = subprocess.run(
        [sys.executable, *arguments], env=set_, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        print(f"\n{arguments[:3]} failed: {ran.stderr.strip()[-400:]}", file=sys.stderr)
    return "" if ran.returncode else ran.stdout
