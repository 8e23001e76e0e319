"""`python -m tools.bench`: one run, its tables on standard output and in docs/benchmarks.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bots.settings import SettingsError, read
from core.matching.encoder import MiniLM, ModelError
from tools.bench import fossae, page, peers, speed
from tools.bench.contender import Kind, Supplies
from tools.bench.recall import Recall
from tools.bench.sets import DATA, NOTES, BenchError, Faq, faqs, recorded
from tools.bench.trial import Result, compete, takes_part

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; returns its exit status."""
    parsed = _parser().parse_args(arguments)
    try:
        return _bench(parsed)
    except (BenchError, SettingsError, ModelError) as mistake:
        print(mistake, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped; nothing was written but vectors.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=DATA, help="folder of question sets")
    parser.add_argument(
        "--huge", action="store_true", help="also build at 10,000 entries (minutes)"
    )
    parser.add_argument("--no-speed", action="store_true", help="matching only; writes no page")
    parser.add_argument("--only", default="", help="only sets whose name begins so; writes no page")
    return parser


def _bench(parsed: argparse.Namespace) -> int:
    begun = time.monotonic()
    _keep_to_one_core()
    if missing := peers.require():
        raise BenchError(missing)
    chosen = [faq for faq in faqs(parsed.data) if faq.name.startswith(parsed.only)]
    if not chosen:
        raise BenchError(f"no set's name begins with {parsed.only}")
    results = _matched(chosen, parsed.data)
    kinds = (fossae.FOSSAE, *peers.PEERS)
    timing = speed.Timing()
    if not parsed.no_speed:
        timing = speed.measure([kind.name for kind in kinds], parsed.data, parsed.huge, _tick)
    _said(f"{time.monotonic() - begun:.0f} s in all")
    run = page.Run(results, timing, [*_notes(kinds), *_caveats(chosen)])
    if not parsed.no_speed and not parsed.only:
        page.write(page.page(run))
        _said(f"wrote {page.PAGE}")
    print(page.tables(run), end="")
    return 0


def _keep_to_one_core() -> None:
    """Where the system lets us; whatever is started from here inherits it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _matched(chosen: Sequence[Faq], data: Path) -> list[Result]:
    recall = Recall(MiniLM(), read().cache)
    try:
        recall.warm(
            (text for faq in chosen for text in faq.texts),
            lambda done, all: _tick("encoding", done, all),
        )
        return [result for faq in chosen for result in _trials(faq, data, recall)]
    finally:
        recall.keep()


def _trials(faq: Faq, data: Path, recall: Recall) -> Iterator[Result]:
    for kind in (fossae.FOSSAE, *peers.PEERS, *_products(faq, data)):
        if takes_part(kind, faq):
            begun = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="fossae-bench-") as scratch:
                yield compete(faq, kind, Supplies(lambda: recall, Path(scratch)), _tick)
            _said(f"{faq.name}: {kind.name}, {time.monotonic() - begun:.0f} s")


def _products(faq: Faq, data: Path) -> list[Kind]:
    """Products whose answers to every one of these questions were recorded."""
    return [
        peers.product(name, answers)
        for name, answers in recorded(data, faq.source).items()
        if all(question.text in answers for question in faq.questions)
    ]


def _notes(kinds: Sequence[Kind]) -> list[str]:
    """What a reader has to know about single systems."""
    sampled = [
        f"{kind.name} is slow: at most {kind.sample} questions a set, and none at {kind.skips}."
        for kind in kinds
        if kind.sample
    ]
    return [*(kind.note for kind in kinds if kind.note), *sampled]


def _caveats(chosen: Sequence[Faq]) -> list[str]:
    """What a reader has to know about single sets."""
    return [NOTES[source] for source in {faq.source: 1 for faq in chosen} if source in NOTES]


def _tick(what: str, done: int, all: int) -> None:
    if sys.stderr.isatty():
        counted = f" {done:,} of {all:,}" if all > 1 else ""
        print(f"\r\033[K{what}{counted}", end="", file=sys.stderr, flush=True)


def _said(what: str) -> None:
    clear = "\r\033[K" if sys.stderr.isatty() else ""
    print(f"{clear}{what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
