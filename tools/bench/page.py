"""The tables, as they are printed and as docs/benchmarks.md keeps them."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from math import isnan
from pathlib import Path

from tools.bench.measures import ASKED
from tools.bench.speed import HUGE, LATENCY, Speed, Start, Timing
from tools.bench.trial import Result

PAGE = Path("docs/benchmarks.md")
PACKAGES = ("numpy", "onnxruntime", "tokenizers", "rapidfuzz", "bm25s", "PyStemmer")
HEAD = """# Benchmarks

Written by `make bench`; don't edit it here. Fossae and its peers, put to the same questions in one run on
one core. The sets are public, lie beside the project and keep their own licences; their asks play the FAQ,
their tests the members.
"""
MATCHING = """## Matching

Out-of-scope questions are in the set where their number is not 0. *Useful coverage* is in-scope questions
answered with the right entry, of all in-scope questions; *wrong* is in-scope ones answered wrongly plus
out-of-scope ones answered, of all answers given. Here the threshold is an *oracle's*: cut on the test
itself, to compare what the confidences are worth and nothing else. AUROC is that of in-scope against
out-of-scope by confidence; ± is half of the 95 % interval. All figures but counts in %.
"""
HONEST = """## Honest operating points

What each system answered outright by its own rule, which has seen none of these questions: asked for a
rate of wrong answers, what came of it. A rule that heeds no rate has one line.
"""
SPEED = f"""## Speed and size

Each system in a process of its own, over {LATENCY[0]} entries with {LATENCY[0] * LATENCY[1]:,} asks; the unit is a
12-token encode by MiniLM, timed in turns with the questions. Memory is above the bare interpreter and the
asks. Builds have 8 asks an entry at 50, 5 from 1,000 on, and no kept vectors; an edit is one changed ask
with kept vectors, until it is live.
"""
NONE = "–"
# What another run has written, in a part of the page of its own.
BEGIN, END = "<!-- written by tools/bench/communities.py -->", "<!-- /communities -->"

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Run:
    """All that one run found out."""

    results: list[Result]
    timing: Timing
    notes: Sequence[str]


def page(run: Run) -> str:
    """The whole page."""
    return f"{HEAD}\n{_machine()}\n{_notes(run.notes)}\n{tables(run)}"


def write(whole: str) -> None:
    """Write the page, and keep what `python -m tools.bench.communities` has measured."""
    part = kept(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else ""
    PAGE.write_text(f"{whole}\n{part}\n" if part else whole, encoding="utf-8")


def kept(written: str) -> str:
    """The part of a page that lies between the markers, and they; nothing if there is none."""
    _, begin, rest = written.partition(BEGIN)
    part, end, _ = rest.partition(END)
    return f"{begin}{part}{end}" if end else ""


def replaced(written: str, part: str) -> str:
    """A page with another part between the markers, at its end if it had none."""
    marked, before = f"{BEGIN}\n{part}{END}", kept(written)
    return written.replace(before, marked) if before else f"{written.rstrip()}\n\n{marked}\n"


def tables(run: Run) -> str:
    """The tables alone."""
    parts = [f"{MATCHING}\n{_matching(run.results)}", f"{HONEST}\n{_honest(run.results)}"]
    if run.timing.speeds:
        parts.append(f"{SPEED}\n{_speeds(run.timing.speeds)}")
        parts.append(_start(run.timing.start))
    return "\n".join(parts)


def _machine() -> str:
    python, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return f"{date.today()}; {processor()}, {system}; Python {python}, {packages}.\n"  # noqa: DTZ011


def _notes(notes: Sequence[str]) -> str:
    return "".join(f"- {note}\n" for note in notes)


def _matching(results: Iterable[Result]) -> str:
    oracle = [f"coverage at {asked:.0%} wrong" for asked in ASKED]
    head = ["set", "system", "n", "out", "acc@1", "±", "acc@3", "MRR", "AUROC", *oracle]
    return table(head, (_matched(result) for result in results))


def _matched(result: Result) -> Row:
    deep = [_share(result.three), _share(result.reciprocal)] if result.kind.ranks else [NONE] * 2
    return [
        result.faq,
        _named(result),
        str(result.asked),
        str(result.outside),
        _share(result.first),
        _share(result.margin),
        *deep,
        _share(result.separation),
        *(_share(result.coverage[asked]) for asked in ASKED),
    ]


def _named(result: Result) -> str:
    fitted = result.source in result.kind.fitted_on
    return f"{result.kind.name}, fitted without this set" if fitted else result.kind.name


def _honest(results: Iterable[Result]) -> str:
    head = ["set", "system", "asked", "wrong", "useful coverage", "answers given", "of"]
    return table(head, (row for result in results for row in _operating(result)))


def _operating(result: Result) -> Iterator[Row]:
    for asked, point in list(result.points.items())[: None if result.kind.heeds else 1]:
        yield [
            result.faq,
            _named(result),
            f"{asked:.0%}" if result.kind.heeds else result.kind.rule,
            _share(point.wrong),
            _share(point.coverage),
            str(point.given),
            str(result.asked),
        ]


def _speeds(speeds: Sequence[Speed]) -> str:
    sizes = sorted({size for speed in speeds for size in (*speed.builds, HUGE[0])})
    builds = [f"build at {size:,}" for size in sizes]
    head = ["system", "p50", "p99", "p50 ms", "p99 ms", "unit ms", "memory MB", *builds]
    return table([*head, "edit at 1,000"], (_timed(speed, sizes) for speed in speeds))


def _timed(speed: Speed, sizes: Sequence[int]) -> Row:
    found = speed.latency
    unit = found.get("encode", float("nan"))
    times = [found.get(name, float("nan")) for name in ("p50", "p99")]
    return [
        speed.name,
        *(number(time / unit, "×") for time in times),
        *(number(time * 1000) for time in (*times, unit)),
        number(found.get("memory", float("nan")), digits=0),
        *(_seconds(speed, size, "build") for size in sizes),
        _seconds(speed, 1_000, "edit"),
    ]


def _seconds(speed: Speed, size: int, what: str) -> str:
    return number(speed.builds.get(size, {}).get(what, float("nan")), " s")


def _start(start: Start) -> str:
    head = ["`fossae ask` with the shipped pack", ""]
    rows = [
        ["cold: no vectors kept", number(start.cold, " s")],
        ["warm", number(start.warm, " s")],
        ["resident, both adapters loaded", number(start.resident, " MB", 0)],
    ]
    return table(head, rows)


def table(head: Row, rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _share(value: float) -> str:
    return NONE if isnan(value) else f"{100 * value:.1f}"


def number(value: float, unit: str = "", digits: int = 2) -> str:
    """A number with its unit, or a dash where nothing was measured."""
    return NONE if isnan(value) else f"{value:.{digits}f}{unit}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def processor() -> str:
    """What this machine computes with."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "unknown processor")
