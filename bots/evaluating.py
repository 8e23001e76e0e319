"""Labelled questions and what became of them: `fossae evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from core.matching.evaluation import Report, cross_validated, labelled
from core.matching.fused import FusedMatcher
from core.matching.outcome import Labelled


class LabelledError(Exception):
    """A file of labelled questions that can't be used; the message says where and why."""


def evaluate(matcher: FusedMatcher, file: Path | None) -> Report:
    """The questions of a file, or without one each ask of the content, left out once."""
    return cross_validated(matcher) if file is None else labelled(matcher, _read(file))


def misses(report: Report) -> Iterator[str]:
    """A line for each question that was not answered rightly."""
    for trial in report.trials:
        if trial.outcome != "right":
            wanted = ", ".join(trial.question.entries) or "nothing"
            found = ", ".join(f"{c.entry} {c.score:.2f}" for c in trial.match.candidates[:3])
            yield f"{trial.outcome:9} {wanted}: {trial.question.text}  -> {found}"


def _read(file: Path) -> Iterator[Labelled]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelledError(f"{file} can't be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _labelled(f"{file}:{number}", line)


def _labelled(where: str, line: str) -> Labelled:
    try:
        said = json.loads(line)
        return Labelled(str(said["text"]), _entries(said["entry"]))
    except (ValueError, KeyError, TypeError):
        form = '{"text": "...", "entry": "id or null"}'
        raise LabelledError(f"{where}: this is not a labelled question: write {form}") from None


def _entries(said: str | list[str] | None) -> tuple[str, ...]:
    """One id, several of which any is right, or null where nothing must be answered."""
    return (said,) if isinstance(said, str) else tuple(said or ())
