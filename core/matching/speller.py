"""Mends slips of the finger in English, and leaves alone what may be meant.

A noisy channel (M. Kernighan, K. Church and W. Gale, "A Spelling Correction Program Based on a
Noisy Channel Model", COLING 1990): of the readings of a doubtful word the likeliest wins. Doubtful
are only words that the FAQ does not say and that English does not have, or hardly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.matching.channel import Place, is_one, likeliest
from core.matching.prose import Word, words
from core.matching.vocabulary import Vocabulary

LONGEST = 2000  # characters; a longer text is no question typed in haste
LONGEST_WORD = 24
MOST_DOUBTFUL = 24  # different words looked up in a text, which bounds what it costs
STRANGERS = 0.4  # from this share of unknown words on it is another language,
FEW_STRANGERS = 2  # unless there are no more than these

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
        seen: dict[Place, str] = {}
        # What is read for one word may settle its neighbour. Each look leaves fewer doubtful
        # words, so this ends, and no further look would change the result.
        while edits := self._edits(text, seen):
            changes += [(text[edit.start : edit.end], edit.text) for edit in edits]
            text = _edited(text, edits)
        return Mending(text, tuple(changes))

    def _edits(self, text: str, seen: dict[Place, str]) -> list[Word]:
        if len(text) > LONGEST:
            return []
        read = list(words(text))
        doubtful = {word.text for word in read if self._is_doubtful(word.text)}
        if not doubtful and not any(self._vocabulary.meant(word.text) for word in read):
            return []
        if len(doubtful) > MOST_DOUBTFUL or self._is_foreign(read):
            return []
        only_own = not any(self._vocabulary.is_english(word.text) for word in read)
        return list(_Look(self._vocabulary, text, read, doubtful, only_own, seen).edits())

    def _is_doubtful(self, word: str) -> bool:
        fit = 1 < len(word) <= LONGEST_WORD and word.isascii()
        return fit and not self._vocabulary.trusts(word)

    def _is_foreign(self, read: Sequence[Word]) -> bool:
        """Whether more of it speaks against English than for it."""
        # A letter by itself, as in "isn't", tells nothing.
        known = [self._vocabulary.knows(word.text) for word in read if len(word.text) > 1]
        if known.count(False) > max(FEW_STRANGERS, STRANGERS * len(known)):
            return True
        against = sum(self._vocabulary.is_foreign(word.text) for word in read)
        return 2 * against > sum(self._vocabulary.is_english(word.text) for word in read)


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at every doubtful word of a text, from left to right."""

    vocabulary: Vocabulary
    text: str
    read: Sequence[Word]
    doubtful: set[str]
    only_own: bool
    seen: dict[Place, str]

    def edits(self) -> Iterator[Word]:
        """What to write where; never two at one place."""
        joined = dict(self._joined())
        before, end = None, 0
        for at, word in enumerate(self.read):
            if word.start < end:
                continue
            edit = joined.get(word) or self._one(at, before)
            if edit.text != word.text:
                yield edit
            before, end = edit.text.rpartition(" ")[2], edit.end

    def _one(self, at: int, before: str | None) -> Word:
        word = self.read[at]
        if meant := self.vocabulary.meant(word.text):
            return word._replace(text=meant)
        if word.text not in self.doubtful or self._may_be_a_name(word):
            return word
        after = self.read[at + 1].text if at + 1 < len(self.read) else None
        place = Place(word.text, before, after, self.only_own)
        if place not in self.seen:
            self.seen[place] = likeliest(self.vocabulary, place)
        return word._replace(text=self.seen[place])

    def _joined(self) -> Iterator[tuple[Word, Word]]:
        """Words that are one with the next, with what they are together."""
        for first, second in pairwise(self.read):
            if not self.doubtful.intersection((first.text, second.text)):
                continue
            if any(self.vocabulary.owns(word.text) for word in (first, second)):
                continue
            whole = first.text + second.text
            alone = self.text[first.end : second.start] == " " and self.vocabulary.trusts(whole)
            if alone and is_one(self.vocabulary, first.text, second.text):
                yield first, Word(first.start, second.end, whole)

    def _may_be_a_name(self, word: Word) -> bool:
        """A capital inside a sentence is meant, unless everything is in capitals."""
        if self.text[word.start : word.end] == word.text or self.text.isupper():
            return False
        return self.text[: word.start].rstrip()[-1:] not in ("", ".", "!", "?")


def _edited(text: str, edits: Iterable[Word]) -> str:
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])
