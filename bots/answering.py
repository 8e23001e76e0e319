"""One question at a time: `fossae ask`, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bots.account import Account
from bots.terminal.render import render, style_of
from core.content.library import Library
from core.dialogue.reply import Turn


def questions(text: str) -> Iterable[str]:
    """`text`, or for "-" the lines of standard input as they come."""
    if text != "-":
        return [text]
    return (line.rstrip("\n") for line in sys.stdin or ())


def as_text(library: Library, turn: Turn, account: Account | None = None) -> str:
    """The reply as a person reads it in a terminal, and the account of it."""
    shown = render(turn.reply, library.wording, style_of(sys.stdout)) + "\n"
    return f"{shown}\n{account}\n" if account else shown


def as_json(library: Library, text: str, turn: Turn, account: Account | None = None) -> str:
    """The reply and the decision behind it as one line of JSON."""
    decided = turn.decision
    said: dict[str, Any] = {
        "text": text,
        "decision": "none" if decided.kind == "shown" else decided.kind,
        "entry": decided.entry,
        "claims": _claims(library, decided.entry) or _rested_on(library, decided.rule),
        "rule": decided.rule,
        "score": decided.score,
        "candidates": [
            {"entry": one.entry, "score": one.score, "claims": _claims(library, one.entry)}
            for one in decided.candidates
        ],
        "reply": asdict(turn.reply),
    }
    explained = {"explain": asdict(account)} if account else {}
    return json.dumps(said | explained, ensure_ascii=False, default=str)


def _rested_on(library: Library, rule: str | None) -> list[str]:
    return list(library.rules[rule].claims) if rule else []


def _claims(library: Library, entry: str | None) -> list[str]:
    return list(library.entries[entry].claims) if entry else []
