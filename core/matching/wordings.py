"""The sentences by which entries are found, and those by which they are not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.content.model import Entry


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence of an entry: its question (heading), an ask, or a not_ask (not wanted)."""

    entry: str
    text: str
    wanted: bool = True
    heading: bool = False


def wordings(entries: Iterable[Entry]) -> Iterator[Wording]:
    """Every wording of every entry, in the order they are written."""
    for entry in entries:
        yield Wording(entry.id, entry.question, heading=True)
        yield from (Wording(entry.id, ask) for ask in entry.asks)
        yield from (Wording(entry.id, ask, wanted=False) for ask in entry.not_asks)


def tidy(text: str) -> str:
    """One form for the many ways to type the same: NFKC, single spaces, no lone surrogates."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(unicodedata.normalize("NFKC", whole).split())
