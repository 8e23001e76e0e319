"""The English that ships with Fossae: which words there are, how common, and what is short for what."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path

HOME = Path(__file__).parent / "data"
STEPS = 8  # levels a nat
CHAT = exp(-9.5)  # how common a word of the chat list is at least


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by their level, the steps below a probability of 1; `foreign` ones say "not English".

    `shortenings` maps what people type ("u") to what they mean ("you").
    """

    levels: Mapping[str, int]
    foreign: frozenset[str]
    shortenings: Mapping[str, str]

    def probability(self, word: str) -> float:
        """How often it is the next word of a text; 0 when it is none."""
        level = self.levels.get(word)
        return 0.0 if level is None else _PROBABILITIES[level]


@lru_cache(maxsize=1)
def english() -> Lexicon:
    """The shipped list, read once and shared; where it comes from is told in data/NOTICE.md."""
    levels = dict(_leveled(gzip.decompress((HOME / "words.txt.gz").read_bytes()).decode()))
    shortenings: dict[str, str] = {}
    for line in _lines("chat.txt"):
        word, _, meant = line.partition(" = ")
        levels[word] = min(levels.get(word, level(CHAT)), level(CHAT))
        if meant:
            shortenings[word] = meant
    return Lexicon(levels, frozenset(_lines("foreign.txt")), shortenings)


def level(probability: float) -> int:
    """The steps of a probability, so that a word's takes no memory of its own."""
    return min(round(-STEPS * log(probability)), len(_PROBABILITIES) - 1)


def _leveled(text: str) -> Iterable[tuple[str, int]]:
    for line in text.splitlines():
        word, _, steps = line.partition(" ")
        yield word, int(steps)


def _lines(name: str) -> list[str]:
    lines = (HOME / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


_PROBABILITIES = tuple(exp(-steps / STEPS) for steps in range(256))
