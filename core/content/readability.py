"""How many years of school a text asks for."""

from __future__ import annotations

from importlib.util import find_spec


def measurable() -> bool:
    """Whether textstat is installed: authors have it, bots need not."""
    return find_spec("textstat") is not None


def grade(text: str) -> float | None:
    """The Flesch-Kincaid grade of `text`, or None where it can't be measured.

    J. P. Kincaid and others, "Derivation of new readability formulas", 1975.
    """
    if not measurable():
        return None
    import textstat  # noqa: PLC0415 - see measurable

    return float(textstat.flesch_kincaid_grade(text))
