"""The words of a text, without what is no prose: links, mentions, code, emoji, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CHUNK = re.compile(r"```.*?```|`[^`]*`|\S+", re.DOTALL)
_CODE = re.compile(r"[`\d@#_<>\\/=~|{}\[\]^+&%$]|\w\.\w|:\w+:")
_LETTERS = re.compile(r"[^\W\d_]+")


class Word(NamedTuple):
    """A run of letters, in lower case, and where it stands in its text."""

    start: int
    end: int
    text: str


def words(text: str) -> Iterator[Word]:
    """Its words in their order; "don't" is two of them."""
    for chunk in _CHUNK.finditer(text):
        if not _CODE.search(chunk[0]):
            for letters in _LETTERS.finditer(text, chunk.start(), chunk.end()):
                yield Word(letters.start(), letters.end(), letters[0].lower())
