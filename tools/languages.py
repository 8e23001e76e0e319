"""Builds core/matching/languages/trigrams.txt: `python -m tools.languages FOLDER`.

FOLDER is `langdetect/profiles` of the source distribution of langdetect 1.0.9 (Apache-2.0). Which
languages are built is read from `words.txt`, which is ours and written by hand.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from math import log
from pathlib import Path

from core.matching.language import HOME, STEP, TRIGRAM, languages

# Below this share of a language's trigrams, how often one is seen says nothing.
RARE = 8e-6
# How much of a trigram's logarithm counts: neighbours overlap, so they say the same thing thrice.
WEIGHT = 0.35
LEAST, MOST = 2, 9


def main() -> int:
    """Write the file; the profiles are the argument."""
    shares = {code: _shares(Path(sys.argv[1]) / code) for code in languages()}
    lines = []
    for trigram in sorted({trigram for share in shares.values() for trigram in share}):
        digits = [_digit(share.get(trigram, 0.0)) for share in shares.values()]
        if max(digits) >= LEAST:
            lines.append(f"{trigram.replace(' ', '_')} {''.join(map(str, digits))}")
    (HOME / "trigrams.txt").write_text("\n".join([" ".join(shares), *lines, ""]), encoding="utf-8")
    print(f"{len(lines)} trigrams of {len(shares)} languages")
    return 0


def _shares(profile: Path) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for text, times in json.loads(profile.read_text(encoding="utf-8"))["freq"].items():
        lowered = text.replace("İ", "i").lower()
        if len(lowered) == TRIGRAM and all(one == " " or one.isalpha() for one in lowered):
            counted[lowered] += times
    return {text: times / counted.total() for text, times in counted.items()}


def _digit(share: float) -> int:
    """The evidence of a trigram in steps of `STEP` nats above a rare one's, at most 9."""
    return min(MOST, round(WEIGHT * log(1 + share / RARE) / STEP))


if __name__ == "__main__":
    sys.exit(main())
