"""Whether somebody asks something; a channel is full of what nobody wants an answer to."""

from __future__ import annotations

import re

# English alone: what is said unasked has to be sure of itself.
_FIRST = frozenset(
    """am are can could did do does has have how is may might should was were what whats what's when where
    wheres where's which who whos who's why will would anyone anybody""".split()  # noqa: SIM905
)
_CLAUSE = re.compile(r"[.,;:!\n]+")
_WORD = re.compile(r"[a-z']+")


def asks(text: str) -> bool:
    """Whether there is a question mark, or a clause that begins as questions do."""
    return "?" in text or any(_first(clause) in _FIRST for clause in _CLAUSE.split(text))


def _first(clause: str) -> str:
    found = _WORD.search(clause.casefold().replace("’", "'"))
    return found[0] if found else ""
