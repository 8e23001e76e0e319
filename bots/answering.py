"""One question at a time: `fossae ask`, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bots.terminal.app import style_of
from bots.terminal.render import render
from core.dialogue.engine import Engine
from core.dialogue.request import Ask


def questions(text: str) -> Iterable[str]:
    """`text`, or for "-" the lines of standard input as they come."""
    if text != "-":
        return [text]
    return (line.rstrip("\n") for line in sys.stdin or ())


def as_text(engine: Engine, text: str) -> str:
    """The reply as a person reads it in a terminal."""
    turn = engine.reply(Ask(text))
    return render(turn.reply, engine.library.wording, style_of(sys.stdout)) + "\n"


def as_json(engine: Engine, text: str) -> str:
    """The reply and the decision behind it as one line of JSON."""
    turn = engine.reply(Ask(text))
    decided = turn.decision
    said: dict[str, Any] = {
        "text": text,
        "decision": "none" if decided.kind == "shown" else decided.kind,
        "entry": decided.entry,
        "claims": _claims(engine, decided.entry) or _rested_on(engine, decided.rule),
        "rule": decided.rule,
        "score": decided.score,
        "candidates": [
            {"entry": one.entry, "score": one.score, "claims": _claims(engine, one.entry)}
            for one in decided.candidates
        ],
        "reply": asdict(turn.reply),
    }
    return json.dumps(said, ensure_ascii=False, default=str)


def _rested_on(engine: Engine, rule: str | None) -> list[str]:
    return list(engine.library.rules[rule].claims) if rule else []


def _claims(engine: Engine, entry: str | None) -> list[str]:
    return list(engine.library.entries[entry].claims) if entry else []
