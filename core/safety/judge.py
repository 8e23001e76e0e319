"""Asks the classifier that can read a text: the English one, or the one of many languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.safety.classifier import Classifier, Encode
from core.safety.signs import Noticed

LANGUAGE = "en"
Tongue = Callable[[str], str | None]
Chances = dict[Noticed, float]


@dataclass(frozen=True, slots=True)
class Reader:
    """A classifier with the encoder whose numbers it knows."""

    classifier: Classifier
    encode: Encode

    def chances(self, text: str) -> Chances:
        """The chance of each message."""
        return self.classifier.chances(text, self.encode)


@dataclass(frozen=True, slots=True)
class Judge:
    """`language` tells in which language a text is, None where that can't be told.

    `abroad` reads other languages; it is fetched when the first such text comes.
    """

    english: Reader | None
    abroad: Callable[[], Reader | None]
    language: Tongue

    def chances(self, text: str) -> Chances | None:
        """The chance of each message, 0 to 1; None where no classifier can read the text."""
        english = self.language(text) in (None, LANGUAGE)
        reader = self.english if english else self.abroad()
        return reader.chances(text) if reader else None
