"""What somebody wrote in a form: kept as it is, whether or not it is fit to be published."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from core.content.model import Record

FIELDS = ("question", "short", "asks", "more", "links")
# What a form lets through; far more than the models allow, so that a long text can be shortened.
ROOM = 4_000
SHOWN = 38


class Text(Record):
    """An entry in its writer's words. Anything may be in here; nothing of it is ever a template."""

    question: str = ""
    short: str = ""
    asks: tuple[str, ...] = ()
    more: str = ""
    links: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Text:
        """What was filled into a form, a field each."""
        said = {field: clean(values.get(field, "")) for field in FIELDS}
        lines: dict[str, Any] = {field: tuple(_lines(said[field])) for field in ("asks", "links")}
        question = " ".join(said["question"].split())
        return cls(question=question, short=said["short"], more=said["more"], **lines)

    def values(self) -> dict[str, str]:
        """The same, as it stands in the form."""
        lines = {"asks": "\n".join(self.asks), "links": "\n".join(self.links)}
        return {"question": self.question, "short": self.short, "more": self.more, **lines}

    @property
    def label(self) -> str:
        """The question, cut to what fits on a button."""
        if len(self.question) <= SHOWN:
            return self.question or "…"
        return self.question[: SHOWN - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


BLANK = Text()


def clean(text: str) -> str:
    """Without what can't be seen but changes how the rest is shown, or what no database keeps."""
    whole = text[:ROOM].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in whole if sign == "\n" or _visible(sign)).strip()


def _visible(sign: str) -> bool:
    # A joiner is part of emoji and of some scripts; the other format characters only hide or turn.
    return sign in "\u200c\u200d" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")


def _lines(text: str) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    yield from dict.fromkeys(line for line in lines if line)
