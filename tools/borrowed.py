"""Finds sentences of ours that are somebody else's: `python -m tools.borrowed`.

Every text of the packs and of our wording is held against the article the project began from and the
research page, in runs of seven words. Titles and asks may agree; they are names and questions.
Exit status 1 if a run is found, 0 if not or if ../shared is not on this machine.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from core.content.assessment import Assessment
from core.content.library import Library
from core.content.reader import load

RUN = 7
SHARED = Path("../shared")
THEIRS = ("seed/back-dimples-article.txt", "domain/domain.md")
_WORD = re.compile(r"[a-z0-9']+")


def main() -> int:
    """Print every run that stands in both."""
    if not SHARED.exists():
        print("../shared is not here, so nothing was compared.")
        return 0
    theirs = {run for name in THEIRS for run in runs((SHARED / name).read_text(encoding="utf-8"))}
    found = [
        (where, run)
        for where, text in ours(load(Path("content")))
        for run in runs(text)
        if run in theirs
    ]
    for where, run in found:
        print(f"{where}: {run}")
    print(f"{len(found)} runs of {RUN} words stand in both.")
    return int(bool(found))


def ours(library: Library) -> Iterator[tuple[str, str]]:
    """Every sentence of ours and where it stands."""
    for entry in library.entries.values():
        yield entry.id, entry.short
        yield entry.id, entry.more or ""
    for claim in library.claims.values():
        for text in (claim.text, claim.revise_if, claim.left_out):
            yield claim.id, text or ""
    for source in library.sources.values():
        yield source.id, source.says
    for check in library.assessments.values():
        yield from ((check.id, text) for text in _told(check))
    yield "wording", library.wording.model_dump_json()


def _told(check: Assessment) -> Iterator[str]:
    """Every sentence of a guided check; its titles are names."""
    yield check.intro
    for question in check.questions:
        yield question.why
        yield from (option.text or "" for option in question.options)
    yield from (one.text for outcome in check.outcomes for one in outcome.says)
    yield from (one.text for one in check.additions)
    yield from (one.because for one in (*check.always, *check.never))


def runs(text: str) -> Iterator[str]:
    """Every run of seven words in a text."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    for at in range(len(words) - RUN + 1):
        yield " ".join(words[at : at + RUN])


if __name__ == "__main__":
    sys.exit(main())
