"""What the speller mends and what it changes without need: `python -m tools.spelling [FOLDER]`.

On the question sets of a folder, each FAQ's asks protected; its questions as they are, and with one and two
seeded typos.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from core.matching.prose import words
from core.matching.speller import Mending, Speller
from tools.bench.sets import DATA, Faq, faqs
from tools.typos import typos

SEED = 1


def main() -> int:
    """Print some lines for each FAQ."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    for faq in faqs(folder):
        print(f"\n{faq.name}", *_lines(faq), sep="\n  ", flush=True)
    return 0


def _lines(faq: Faq) -> Iterator[str]:
    speller = Speller(text for text, _ in faq.asks)
    texts = list(dict.fromkeys(question.text for question in faq.questions if question.entry))
    plain, took = _mended(speller, texts)
    changed = sum(len(mending.changes) for mending in plain) / _count(texts)
    touched = np.mean([bool(mending.changes) for mending in plain])
    yield f"{len(texts)} as they are: {changed:.2%} of words, {touched:.1%} of texts changed; {took}"
    for count in (1, 2):
        mendings, took = _mended(speller, [typos(text, count, SEED) for text in texts])
        # A question may hold a typo of its own, or "pls": what it is read as is right then, too.
        rows = zip(mendings, texts, plain, strict=True)
        right = [_same(one, text) or _same(one, other.text) for one, text, other in rows]
        yield f"{count} typos: {np.mean(right):.1%} of texts restored exactly; {took}"


def _same(mending: Mending, text: str) -> bool:
    return mending.text.lower() == text.lower()


def _count(texts: Iterable[str]) -> int:
    return sum(len(list(words(text))) for text in texts)


def _mended(speller: Speller, texts: Sequence[str]) -> tuple[list[Mending], str]:
    mendings, times = [], []
    for text in texts:
        begun = time.perf_counter()
        mendings.append(speller.mend(text))
        times.append(1000 * (time.perf_counter() - begun))
    middle, slow = np.percentile(times, (50, 99))
    return mendings, f"p50 {middle:.3f} ms, p99 {slow:.2f} ms"


if __name__ == "__main__":
    sys.exit(main())
