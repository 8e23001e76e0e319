"""Phrases as authors write them, and where they occur in a text.

`cant/cannot feel` allows either word, `numb*` any ending, `#` any number, `(my)` a word or none,
and `...` a few words in between. Everything else stands for itself, whatever its case, accents and apostrophes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from core.safety.words import SPACELESS, Words, words_of

# How many words `...` may skip, and how many letters in a script without spaces.
GAP, SPACELESS_GAP = 3, 10
NUMBER = "#"

Element = frozenset[str]
Pattern = tuple[Element, ...]

_SKIP: Element = frozenset()
_SPACELESS = re.compile(f"[{SPACELESS}]")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words `start` up to, not including, `end`."""

    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Whether the two share a word."""
        return self.start < other.end and other.start < self.end


class PhraseBook:
    """Many phrases, looked up together."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
        self._begun: dict[str, list[tuple[str, Pattern]]] = defaultdict(list)
        for phrase in dict.fromkeys(phrases):
            for pattern in patterns(phrase):
                for word in pattern[0]:
                    index = self._begun if word.endswith("*") else self._whole
                    index[word.rstrip("*")].append((phrase, pattern))
        self._longest = max(map(len, self._begun), default=0)

    def find(self, text: Words) -> Mapping[str, list[Span]]:
        """Where each phrase occurs; a phrase that does not is not in it."""
        found: dict[str, list[Span]] = defaultdict(list)
        for at, word in enumerate(text.words):
            for phrase, pattern in self._beginning(word):
                end = _end(pattern, text, at)
                if end is not None:
                    found[phrase].append(Span(at, end))
        return found

    def _beginning(self, word: str) -> Iterator[tuple[str, Pattern]]:
        yield from self._whole.get(word, ())
        if word[0].isdigit():
            yield from self._whole.get(NUMBER, ())
        for length in range(1, min(len(word), self._longest) + 1):
            yield from self._begun.get(word[:length], ())


def patterns(phrase: str) -> list[Pattern]:
    """Every way a phrase may be said; raises PhraseError."""
    gap = (_SKIP,) * (SPACELESS_GAP if _SPACELESS.search(phrase) else GAP)
    ways = [_ways(part, gap) for part in phrase.split()]
    said = [tuple(element for way in chosen for element in way) for chosen in product(*ways)]
    if not said or any(not way or not way[0] or not way[-1] for way in said):
        raise PhraseError(f"`{phrase}` must begin and end with a word")
    return said


def _ways(part: str, gap: Pattern) -> list[Pattern]:
    """The ways to say one part of a phrase; a gap is as many skips as it has words."""
    if part == "...":
        return [gap]
    optional = part.startswith("(") and part.endswith(")")
    alternatives = [_elements(one) for one in part.strip("()").split("/")]
    if all(len(one) == 1 for one in alternatives):
        ways: list[Pattern] = [(frozenset(word for one in alternatives for word in one),)]
    else:
        ways = [tuple(frozenset({word}) for word in one) for one in alternatives]
    return [*ways, ()] if optional else ways


def _elements(written: str) -> list[str]:
    if written == NUMBER:
        return [NUMBER]
    words = list(words_of(written.rstrip("*")).words)
    if not words or "*" in written.rstrip("*"):
        raise PhraseError(f"`{written}` holds no word, or a * that is not at its end")
    if written.endswith("*"):
        words[-1] += "*"
    return words


def _end(pattern: Pattern, text: Words, at: int) -> int | None:
    """Where `pattern` ends if it begins at word `at`; it never leaves its sentence."""
    ends = {at}
    for element in pattern:
        if element:
            ends = {end + 1 for end in ends if _fits(element, text, end, at)}
        else:
            ends |= {end + 1 for end in ends}
        if not ends:
            return None
    return min(ends)


def _fits(element: Element, text: Words, at: int, start: int) -> bool:
    if at >= len(text.words) or text.sentences[at] != text.sentences[start]:
        return False
    word = text.words[at]
    if word in element or (NUMBER in element and word[0].isdigit()):
        return True
    return any(one.endswith("*") and word.startswith(one[:-1]) for one in element)
