"""One system in a process of its own, timed and weighed: prints JSON for tools.bench.speed."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tools.bench import sets
from tools.bench.contender import Contender, Kind, Supplies

if TYPE_CHECKING:
    from core.matching.encoder import Encoder

T = TypeVar("T")

# Twelve tokens as MiniLM counts them, its two marks included.
TWELVE_TOKENS = "how do i get a new card for my account"
WARMING = 5


def main(arguments: Sequence[str]) -> int:
    """Measure system `name` over `entries` x `asks` with `queries` questions from `folder`."""
    name, folder, entries, asks, queries = arguments
    faq = sets.made_up(Path(folder), int(entries), int(asks))
    questions = sets.members_questions(Path(folder), int(queries)) if int(queries) else []
    before = resident()
    with tempfile.TemporaryDirectory(prefix="fossae-bench-") as scratch:
        supplies = Supplies(_encoder, Path(scratch))
        kind = _kind(name)
        contender, build = _timed(lambda: kind.make(faq, supplies))
        if questions:
            figures = _asked(contender, questions, before, supplies)
        else:
            figures = {"build": build, "edit": _edit(kind, faq, supplies)}
    print(json.dumps(figures))
    return 0


def resident(process: str = "self") -> float:
    """The resident memory of this process, or of another one by its number, in MB."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return float("nan")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _kind(name: str) -> Kind:
    if name == "Fossae":
        # Loaded here: whoever is weighed must not carry the others' libraries.
        from tools.bench.fossae import FOSSAE  # noqa: PLC0415

        return FOSSAE
    from tools.bench.peers import PEERS  # noqa: PLC0415

    return next(kind for kind in PEERS if kind.name == name)


def _encoder() -> Encoder:
    from core.matching.encoder import MiniLM  # noqa: PLC0415

    return MiniLM()


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = do()
    return done, time.perf_counter() - begun


def _edit(kind: Kind, faq: sets.Faq, supplies: Supplies) -> float:
    """How long one changed ask takes to be live, with what the first build has left behind."""
    text, entry = faq.asks[-1]
    asks = (*faq.asks[:-1], (f"{text}, please", entry))
    changed = sets.Faq(faq.name, faq.source, asks)
    return _timed(lambda: kind.make(changed, supplies))[1]


def _asked(
    contender: Contender, questions: Sequence[str], before: float, supplies: Supplies
) -> dict[str, float]:
    for question in questions[:WARMING]:
        contender.rank(question)
    memory = resident() - before
    encodes, ranks = [], []
    for question in questions:
        encodes.append(_timed(lambda: supplies.encoder.encode(TWELVE_TOKENS))[1])
        ranks.append(_timed(lambda text=question: contender.rank(text))[1])  # type: ignore[misc]
    encodes = encodes[1:]  # the first one loads the encoder
    p50, p99 = statistics.median(ranks), statistics.quantiles(ranks, n=100, method="inclusive")[98]
    return {"memory": memory, "encode": statistics.median(encodes), "p50": p50, "p99": p99}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
