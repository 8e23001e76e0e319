"""What the engine says: words and choices without markup, and what it decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.content.model import Figure
from core.dialogue.request import Request
from core.matching.match import Candidate


@dataclass(frozen=True, slots=True)
class Citation:
    """A work a reply rests on; None for its address where it is for adults only."""

    label: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press: at most 38 characters, and the request it stands for."""

    label: str
    request: Request


@dataclass(frozen=True, slots=True)
class Reply:
    """One screen; `private` means that only the person who asked may see it.

    `figure` has the words for a drawing, `drawing` the file to show where pictures can be shown.
    """

    title: str
    paragraphs: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    notice: str | None = None
    figure: Figure | None = None
    drawing: Path | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reviewed question offered while a person is typing."""

    question: str
    summary: str
    request: Request


Kind = Literal["answer", "clarify", "none", "safety", "shown"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a question; "shown" is a press or a command, not a question.

    `rule` is the safety rule that held: it was shown alone ("safety"), or beside what was found.
    """

    kind: Kind
    entry: str | None = None
    score: float | None = None
    rule: str | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The reply for the person alone, the reply for everyone around, and the decision behind."""

    reply: Reply
    aloud: Reply
    decision: Decision = Decision("shown")
