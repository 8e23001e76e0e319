"""A text as words and sentences: one form for the many ways to type the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Scripts that put no space between words are read letter by letter.
SPACELESS = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ENDS = ".!?;\n…。"
_TOKEN = re.compile(rf"\d+[.,]\d+|[{SPACELESS}]|(?:(?![{SPACELESS}])\w)+|%|[{_ENDS}]+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
# "can't" is one word, "j'arrive" and "l'intervento" are two.
_ELISION = re.compile(r"(?<=\w)['’‘`´ʼ](?=[^\W\d_]{3})")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in their order, and for each the number of its sentence."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]


def plain(text: str) -> str:
    """Lower case without accents, apostrophes or drawn-out letters."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    folded = unicodedata.normalize("NFKC", whole).casefold().replace("ı", "i")
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
    joined = _APOSTROPHES.sub("", _ELISION.sub(" ", unicodedata.normalize("NFC", bare)))
    return _DRAWN_OUT.sub(r"\1\1", joined)


def words_of(text: str) -> Words:
    """The words of any text."""
    words: list[str] = []
    sentences: list[int] = []
    sentence = 0
    for token in _TOKEN.findall(plain(text)):
        if token[0] in _ENDS:
            sentence += 1
        else:
            words.append(token)
            sentences.append(sentence)
    return Words(tuple(words), tuple(sentences))
