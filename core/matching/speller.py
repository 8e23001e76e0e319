"""Mends slips of the finger in English, and leaves alone what may be meant.

A noisy channel (M. Kernighan, K. Church and W. Gale, "A Spelling Correction Program Based on a
Noisy Channel Model", COLING 1990): of the readings of a doubtful word the likeliest wins, by how
common it is, what stands beside it, and what the slip costs. Doubtful are only words that the FAQ
does not say and that English does not have, or hardly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from core.matching.prose import Word, words
from core.matching.slips import SPACE, cost
from core.matching.vocabulary import Vocabulary

LONGEST = 2000  # characters; a longer text is no question typed in haste
LONGEST_WORD = 24
MOST_DOUBTFUL = 24  # different words looked up in a text, which bounds what it costs
STRANGERS = 0.4  # from this share of unknown words on it is another language,
FEW_STRANGERS = 2  # unless there are no more than these
COMMON = 56  # the level up to which a foreign word is an English one as well, such as "me"
UNKNOWN, UNKNOWN_LETTER, UNKNOWN_PAIR = -14.0, -1.0, 2.0  # what an unknown word scores, in nats
MARGIN = 1.0  # by how much a reading must beat what was written
JOINT = 3.0  # what a space too many costs
NEVER = -99.0

Change = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mending:
    """The text as read, and what was changed for that, as (written, read)."""

    text: str
    changes: tuple[Change, ...] = ()


class Speller:
    """Reads a member's text as it was meant; the words of the FAQ are never changed."""

    def __init__(self, protected_texts: Iterable[str]) -> None:
        self._vocabulary = Vocabulary(protected_texts)

    def mend(self, text: str) -> Mending:
        """The text as read; the same text where nothing is doubtful or it is not English."""
        changes: list[Change] = []
        seen: dict[_Place, str] = {}
        # What is read for one word may settle its neighbour. Each round leaves fewer doubtful
        # words, so this ends, and the result is one that no further round would change.
        while round := self._round(text, seen):
            changes += [(text[edit.start : edit.end], edit.text) for edit in round]
            text = _edited(text, round)
        return Mending(text, tuple(changes))

    def _round(self, text: str, seen: dict[_Place, str]) -> list[Word]:
        if len(text) > LONGEST:
            return []
        read = list(words(text))
        doubtful = {word.text for word in read if self._doubtful(word.text)}
        short = any(self._meant(word.text) for word in read)
        if not (doubtful or short) or len(doubtful) > MOST_DOUBTFUL or self._foreign(read):
            return []
        english = any(map(self._says_english, read))
        return list(_Round(self._vocabulary, text, read, doubtful, english, seen).edits())

    def _doubtful(self, word: str) -> bool:
        fit = 1 < len(word) <= LONGEST_WORD and word.isascii()
        return fit and not self._vocabulary.trusts(word)

    def _meant(self, word: str) -> str | None:
        return _meant(self._vocabulary, word)

    def _foreign(self, read: Sequence[Word]) -> bool:
        """Whether more of it speaks against English than for it."""
        unknown = sum(not self._vocabulary.knows(word.text) for word in read)
        if unknown > max(FEW_STRANGERS, STRANGERS * len(read)):
            return True
        return 2 * sum(map(self._says_foreign, read)) > sum(map(self._says_english, read))

    def _says_foreign(self, word: Word) -> bool:
        lexicon = self._vocabulary.english
        if not word.text.isascii():
            return True
        return word.text in lexicon.foreign and lexicon.levels.get(word.text, COMMON + 1) > COMMON

    def _says_english(self, word: Word) -> bool:
        return self._vocabulary.trusts(word.text) and word.text not in self._vocabulary.english.foreign


@dataclass(frozen=True, slots=True)
class _Place:
    """A doubtful word and its neighbours, on which its reading depends."""

    word: str
    before: str | None
    after: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class _Round:
    """One look at every doubtful word of a text, from left to right."""

    vocabulary: Vocabulary
    text: str
    read: Sequence[Word]
    doubtful: set[str]
    english: bool
    seen: dict[_Place, str]

    def edits(self) -> Iterator[Word]:
        """What to write where; never two at one place."""
        before, at = None, 0
        while at < len(self.read):
            edit = self._joined(at) or self._one(at, before)
            word = self.read[at]
            if edit.text != word.text:
                yield edit
            before = edit.text.rpartition(" ")[2]
            at += 2 if edit.end > word.end else 1

    def _one(self, at: int, before: str | None) -> Word:
        word = self.read[at]
        if meant := _meant(self.vocabulary, word.text):
            return word._replace(text=meant)
        if word.text not in self.doubtful or self._may_be_a_name(word):
            return word
        after = self.read[at + 1].text if at + 1 < len(self.read) else None
        if after and not self.vocabulary.knows(after):
            after = None
        place = _Place(word.text, before, after, own=not self.english)
        if place not in self.seen:
            self.seen[place] = _reading(self.vocabulary, place)
        return word._replace(text=self.seen[place])

    def _joined(self, at: int) -> Word | None:
        """This word and the next as one, where a space parts a word that is likelier whole."""
        pair = self.read[at : at + 2]
        texts = [word.text for word in pair]
        whole = "".join(texts)
        if len(pair) < 2 or not self.doubtful.intersection(texts):  # noqa: PLR2004 - a pair
            return None
        if any(map(self.vocabulary.owns, texts)) or not self.vocabulary.trusts(whole):
            return None
        if self.text[pair[0].end : pair[1].start] != " ":
            return None
        apart = sum(_alone(self.vocabulary, text) for text in texts)
        if log(self.vocabulary.probability(whole)) - JOINT <= apart:
            return None
        return Word(pair[0].start, pair[1].end, whole)

    def _may_be_a_name(self, word: Word) -> bool:
        """A capital inside a sentence is meant, unless everything is in capitals."""
        if self.text[word.start : word.end] == word.text or self.text.isupper():
            return False
        return self.text[: word.start].rstrip()[-1:] not in ("", ".", "!", "?")


def _meant(vocabulary: Vocabulary, word: str) -> str | None:
    """What it is short for, unless the FAQ writes it so itself."""
    return None if vocabulary.owns(word) else vocabulary.english.shortenings.get(word)


def _reading(vocabulary: Vocabulary, place: _Place) -> str:
    """The likeliest reading of a doubtful word; among equals the first by the alphabet."""
    written = place.word
    best, bar = written, MARGIN + (
        _likely(vocabulary, place, written) if vocabulary.knows(written) else _unknown(written)
    )
    for reading in sorted(vocabulary.near(written)):
        if place.own and not vocabulary.owns(reading):
            continue
        score = _likely(vocabulary, place, reading) - cost(written, reading)
        best, bar = (reading, score) if score > bar else (best, bar)
    for first, second in () if place.own else _splits(vocabulary, written):
        score = log(vocabulary.probability(first, place.before)) - SPACE
        score += _likely(vocabulary, _Place(second, first, place.after, place.own), second)
        best, bar = (f"{first} {second}", score) if score > bar else (best, bar)
    return best


def _likely(vocabulary: Vocabulary, place: _Place, word: str) -> float:
    """The logarithm of how likely a known word is between its neighbours."""
    score = log(vocabulary.probability(word, place.before))
    if place.after:
        after = vocabulary.probability(place.after, word)
        score += log(after / vocabulary.probability(place.after))
    return score


def _splits(vocabulary: Vocabulary, written: str) -> Iterator[tuple[str, str]]:
    for at in range(1, len(written)):
        halves = written[:at], written[at:]
        if all(vocabulary.trusts(half) and (len(half) > 1 or half in "ai") for half in halves):
            yield halves


def _alone(vocabulary: Vocabulary, word: str) -> float:
    return log(vocabulary.probability(word)) if vocabulary.knows(word) else _unknown(word)


def _unknown(word: str) -> float:
    """What a word that nobody knows scores: two letters are often an abbreviation."""
    pair = UNKNOWN_PAIR if len(word) == 2 else 0  # noqa: PLR2004
    return UNKNOWN + UNKNOWN_LETTER * len(word) + pair


def _edited(text: str, edits: Iterable[Word]) -> str:
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])
