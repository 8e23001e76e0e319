"""Paths through the guided check that ships, as buttons a person presses."""

from pathlib import Path

from core.assessment.proof import prove
from core.content.assessment import Assessment
from core.content.library import Library


def shipped(library: Library) -> Assessment:
    """The check that ships."""
    return library.assessments["do-i-have-them"]


def paths(check: Assessment) -> dict[str, list[str]]:
    """For each outcome the buttons of the longest walk that leads there."""
    found: dict[str, tuple[int, ...]] = {}
    for (outcome, _), picks in prove(check).screens.items():
        if len(picks) >= len(found.get(outcome, ())):
            found[outcome] = picks
    return {
        outcome: [q.options[at].label for q, at in zip(check.questions, picks, strict=False)]
        for outcome, picks in found.items()
    }


OUTCOMES = [
    *("emergency", "today", "child", "appointment", "support", "midline", "under-18"),
    *("procedures", "piercing", "pair", "one-sided", "unclear"),
]


def left_in(folder: Path) -> list[Path]:
    """What lies in a folder in which a bot has been at work."""
    return list(folder.rglob("*"))
