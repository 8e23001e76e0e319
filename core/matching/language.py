"""Which language a text is in, told by its letters, its small words and its trigrams.

Latin letters are scored like naive Bayes over character trigrams and common words (M. Lui and
T. Baldwin, "langid.py", ACL 2012, use byte n-grams in the same way), from data that ships in
languages/. English wins unless another language is ahead by far: a misspelt English question that
is taken for Dutch hurts more than a Dutch word that is taken for English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.matching.wordings import tidy

HOME = Path(__file__).parent / "languages"
TRIGRAM = 3
STEP = 0.28  # nats a digit of trigrams.txt is worth
WORD = 4.0  # nats for a common word of a language
LETTER = 1.5  # nats for a letter that English does without
FOREIGN = 4.0  # nats by which another language must be ahead of English
ENGLISH = 1.0  # nats by which English must be ahead to be sure of it
READ = 1_000  # characters; more do not change the verdict

Evidence = NDArray[np.float64]

_NOISE = re.compile(r"https?://\S+|<[^<>]*>|[@#]\w+|:\w+:")
_WORDS = re.compile(r"[^\W\d_]+")
_LETTERS = {
    "es": "áéíóúñü¿¡",
    "pt": "ãõáâàçéêíóôú",
    "de": "äöüß",
    "fr": "àâçéèêëîïôùûœ",
    "it": "àèéìòù",
    "tr": "çğıöşüâî",
    "nl": "éëïó",
    "pl": "ąćęłńóśźż",
}
# By first and last code point; a letter of kana, Han or Hangul stands for about half a word.
_SCRIPTS = (
    ("kana", 0x3041, 0x30FF, 3),
    ("han", 0x3400, 0x9FFF, 3),
    ("ko", 0x1100, 0x11FF, 3),
    ("ko", 0xAC00, 0xD7AF, 3),
    ("cyrillic", 0x0400, 0x052F, 1),
    ("arabic", 0x0600, 0x06FF, 1),
    ("he", 0x0590, 0x05FF, 1),
    ("el", 0x0370, 0x03FF, 1),
    ("hi", 0x0900, 0x097F, 1),
    ("th", 0x0E00, 0x0E7F, 1),
)
# Letters that a language has and its script's first language lacks.
_TELLING = {"cyrillic": {"uk": "іїєґ", "sr": "ђјљњћџ"}, "arabic": {"fa": "پچژگ"}}
_FIRST = {"cyrillic": "ru", "arabic": "ar"}


def language(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where it cannot be told ("ok", an emoji).

    A text in several languages is in the one that most of it is in.
    """
    read = _NOISE.sub(" ", tidy(text)[:READ]).replace("İ", "i").lower()
    script = _script(read)
    return _latin(read) if script == "latin" else _of_script(script, read)


@cache
def languages() -> tuple[str, ...]:
    """The languages in Latin letters that can be told apart, English first."""
    lines = (HOME / "words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.partition(":")[0] for line in lines)


def _script(text: str) -> str | None:
    weights: Counter[str] = Counter()
    for letter in filter(str.isalpha, text):
        name, weight = _written(ord(letter))
        weights[name] += weight
    if not weights:
        return None
    if weights["kana"]:
        # Japanese is written in both; Chinese has no kana.
        weights["ja"] = weights.pop("kana") + weights.pop("han", 0)
    return weights.most_common(1)[0][0]


def _written(point: int) -> tuple[str, int]:
    for name, first, last, weight in _SCRIPTS:
        if first <= point <= last:
            return name, weight
    return "latin", 1


def _of_script(script: str | None, text: str) -> str | None:
    for code, letters in _TELLING.get(script or "", {}).items():
        if set(letters) & set(text):
            return code
    return "zh" if script == "han" else _FIRST.get(script or "", script)


def _latin(text: str) -> str | None:
    evidence = _evidence(text)
    english, best = evidence[0], int(evidence[1:].argmax()) + 1
    if evidence[best] - english > FOREIGN:
        return languages()[best]
    return "en" if english - evidence[best] > ENGLISH else None


def _evidence(text: str) -> Evidence:
    """How much speaks for each language, in nats, in the order of `languages`."""
    # A word said twice is no more evidence: "x x x x" must not add up to a language.
    rows = [row for word in dict.fromkeys(_WORDS.findall(text)) for row in _rows(word)]
    rows += [_accents()[letter] for letter in text if letter in _accents()]
    return np.sum(rows, axis=0) if rows else np.zeros(len(languages()))


def _rows(word: str) -> Iterable[Evidence]:
    if word in _common():
        yield _common()[word]
    padded, known = f" {word} ", _trigrams()
    for at in range(len(padded) - TRIGRAM + 1):
        if (trigram := padded[at : at + TRIGRAM]) in known:
            yield known[trigram]


@cache
def _trigrams() -> dict[str, Evidence]:
    _, *lines = (HOME / "trigrams.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines)
    return {text.replace("_", " "): np.array([*map(int, row)]) * STEP for text, row in pairs}


@cache
def _common() -> dict[str, Evidence]:
    lines = (HOME / "words.txt").read_text(encoding="utf-8").splitlines()
    listed = {code: words.split() for code, _, words in (line.partition(":") for line in lines)}
    return _table(listed, WORD)


@cache
def _accents() -> dict[str, Evidence]:
    return _table(_LETTERS, LETTER)


def _table(listed: dict[str, list[str]] | dict[str, str], worth: float) -> dict[str, Evidence]:
    table: dict[str, Evidence] = {}
    for code, items in listed.items():
        for item in items:
            row = table.setdefault(item, np.zeros(len(languages())))
            row[languages().index(code)] = worth
    return table
