"""Rebuild the speller's word lists: `python -m tools.word_list`, with the two packages it names installed.

English from symspellpy (the web) and pyspellchecker (film subtitles), both MIT; a word of both gets the
geometric mean of its shares. The commonest words of six other languages from pyspellchecker.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import unicodedata
from importlib.metadata import version
from math import exp
from pathlib import Path

from core.matching.lexicon import HOME, level

PACKAGES = {"symspellpy": "6.10.1", "pyspellchecker": "0.9.1"}
LANGUAGES = ("es", "fr", "pt", "de", "it", "nl")
WORDS, FOREIGN = 80_000, 300
ONE_SOURCE = exp(-1)  # what a word loses that only one of the two has
MORE_FOREIGN = exp(-1)  # a foreign word is at least this much as common there as in English

Shares = dict[str, float]


def main() -> int:
    """Write words.txt.gz and foreign.txt; 1 when a package is missing or another release."""
    if wrong := [
        f"{name}=={pinned}" for name, pinned in PACKAGES.items() if not _has(name, pinned)
    ]:
        print("first: pip install --no-deps", *wrong, file=sys.stderr)
        return 1
    english = both(_web(), _subtitles("en"))
    kept = sorted(english, key=lambda word: (-english[word], word))[:WORDS]
    lines = "".join(f"{word} {level(english[word])}\n" for word in kept)
    (HOME / "words.txt.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    words = {word for name in LANGUAGES for word in foreign(_subtitles(name), english)}
    (HOME / "foreign.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
    return 0


def both(one: Shares, other: Shares) -> Shares:
    """Two lists as one."""
    shares = {}
    for word in one.keys() | other.keys():
        single = one.get(word) or other[word]
        twice = word in one and word in other
        shares[word] = (one[word] * other[word]) ** 0.5 if twice else single * ONE_SOURCE
    return shares


def foreign(shares: Shares, english: Shares) -> set[str]:
    """The commonest words of a language that speak against English, also as typed without accents."""
    found = set()
    for word in sorted(shares, key=lambda word: -shares[word])[:FOREIGN]:
        letters = unicodedata.normalize("NFD", word)
        bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
        if _plain(bare) and shares[word] > MORE_FOREIGN * english.get(bare, 0):
            found.add(bare)
    return found


def _web() -> Shares:
    path = _home("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return _shares({word: int(count) for word, count in map(str.split, lines) if _plain(word)})


def _subtitles(language: str) -> Shares:
    path = _home("spellchecker") / "resources" / f"{language}.json.gz"
    counts: dict[str, int] = json.loads(gzip.decompress(path.read_bytes()))
    if language == "en":
        counts = {word: count for word, count in counts.items() if _plain(word)}
    return _shares(counts)


def _shares(counts: dict[str, int]) -> Shares:
    whole = sum(counts.values())
    return {word: count / whole for word, count in counts.items()}


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _has(name: str, pinned: str) -> bool:
    try:
        return version(name) == pinned
    except ModuleNotFoundError:
        return False


def _home(module: str) -> Path:
    found = importlib.util.find_spec(module)
    assert found
    assert found.origin, module
    return Path(found.origin).parent


if __name__ == "__main__":
    sys.exit(main())
