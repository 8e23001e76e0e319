"""`python -m tools.bench.communities`: 1,000 communities on one process, into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from core.community.serving.engines import WARM
from tools.bench.crowd import ASKS, COMMUNITIES, ENTRIES
from tools.bench.crowded import PARTS, WORDS
from tools.bench.page import PAGE, number, processor, replaced, table
from tools.bench.sets import DATA, TITLES
from tools.bench.speed import printed

SLOWEST, TIMES = 3, 3
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 1 if a bound is broken or a part failed."""
    parser = argparse.ArgumentParser("bench.communities", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder of question sets")
    data = parser.parse_args(arguments).data
    if not any((data / f"{stem}.json").exists() for stem in TITLES):
        print(f"Skipped: no question sets in {data}; name their folder.", file=sys.stderr)
        return 0
    try:
        return _bench(data)
    except KeyboardInterrupt:
        print("\nStopped; nothing was written.", file=sys.stderr)
        return INTERRUPTED


def _bench(data: Path) -> int:
    load = os.getloadavg()[0]
    found = _played(data)
    if found is None:
        return 1
    part = _part(found, load)
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), part), encoding="utf-8")
    print(part, end="")
    return int(not within(found))


def _played(data: Path) -> Mapping[str, float] | None:
    """What all parts have found; none if one of them failed."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="fossae-bench-") as scratch:
        cache, database = Path(scratch, "cache"), Path(scratch, "all.db")
        for name in PARTS:
            print(f"{name} ...", file=sys.stderr)
            said = printed("-m", "tools.bench.crowded", name, str(data), str(cache), str(database))
            if not said:
                return None
            found |= json.loads(said)
    return found


def within(found: Mapping[str, float]) -> bool:
    """Whether both bounds were kept."""
    return found["slowest"] <= SLOWEST and found["busy p99"] <= TIMES * found["idle p99"]


def _part(found: Mapping[str, float], load: float) -> str:
    return f"""## Communities

Written by `python -m tools.bench.communities`. One process, {COMMUNITIES:,} communities in an SQLite file, each with
{ENTRIES} made-up answers of {ASKS} wordings over the shipped pack. *Cold* is known in the database and looked at by a
moderator, but never asked; *warm* has its engine, of which a process keeps {WARM}. A change is a published edit until a
member is answered with it, {len(WORDS)} times. Asks are whole turns of `/ask`, one after another without a pause:
{found["idle"]:,} idle, and {found["busy"]:,} while a moderator of another community published, in turns;
{found["builds"]} times in all.

{date.today()}; {processor()}, {_cores()} cores, load {load:.1f} at the start.

{table(["", "found", "bound"], _rows(found))}"""  # noqa: DTZ011


def _rows(found: Mapping[str, float]) -> list[list[str]]:
    times = found["busy p99"] / found["idle p99"]
    return [
        ["a community in the database", number(found["disk"], " KB", 0), ""],
        ["memory of a cold one", number(found["cold"], " KB", 1), ""],
        ["memory of a warm one", number(found["warm"], " MB", 1), ""],
        ["memory of the process that fits, one for all", number(found["fitting"], " MB", 0), ""],
        ["first answer ever, no vectors kept, median", number(found["first"], " s"), ""],
        ["from a change to its first answer, median", number(found["change"], " s"), ""],
        ["the slowest of them", number(found["slowest"], " s"), f"{SLOWEST} s"],
        [
            "the same while another community is asked, median",
            number(found["change, asked"], " s"),
            "",
        ],
        ["the slowest of these", number(found["slowest, asked"], " s"), ""],
        ["p50 of `/ask`, idle", _milliseconds(found["idle p50"]), ""],
        ["p50, another community re-indexed meanwhile", _milliseconds(found["busy p50"]), ""],
        ["p99, idle", _milliseconds(found["idle p99"]), ""],
        ["p99, re-indexed meanwhile", _milliseconds(found["busy p99"]), ""],
        ["p99 re-indexed to p99 idle", number(times, "×"), f"{TIMES}×"],
    ]


def _milliseconds(seconds: float) -> str:
    return number(seconds * 1000, " ms", 1)


def _cores() -> int:
    """Those that we may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
