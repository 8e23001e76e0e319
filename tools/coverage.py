"""Which entry tells each claim and answers each question: `python -m tools.coverage`.

Reads ../shared/domain and prints one line an id. A question is answered by the entry that has one of
its wordings as an ask; docs/coverage.yaml gives the reason for the others. Exit status 1 if one is missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from core.content.library import Library
from core.content.reader import load

SHARED = Path("../shared/domain")
REASONS = Path("docs/coverage.yaml")
MISSING = "MISSING"


def main() -> int:
    """Print the table."""
    if not SHARED.exists():
        print("../shared is not here, so there is nothing to cover.")
        return 0
    library = load(Path("content"))
    reasons = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    rows = [*_claims(library, _read("claims")), *_questions(library, _read("questions"), reasons)]
    for id, told in rows:
        print(f"{id}  {told}")
    missing = [id for id, told in rows if told == MISSING]
    print(f"{len(rows)} ids, {len(missing)} missing {' '.join(missing)}".rstrip())
    return int(bool(missing))


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((SHARED / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _claims(library: Library, claims: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for claim in claims:
        ours = library.claims.get(claim["id"])
        entries = [e.id for e in library.entries.values() if claim["id"] in e.claims]
        left_out = f"left out: {ours.left_out}" if ours and ours.left_out else MISSING
        yield claim["id"], ", ".join(entries) if ours and entries else left_out


def _questions(
    library: Library, questions: list[dict[str, Any]], reasons: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    known = {_plain(a): e.id for e in library.entries.values() for a in (*e.asks, e.question)}
    for question in questions:
        wordings = [question["question"], *question["paraphrases"]]
        entries = dict.fromkeys(known[_plain(w)] for w in wordings if _plain(w) in known)
        yield question["id"], ", ".join(entries) or reasons.get(question["id"], MISSING)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" ?!.")


if __name__ == "__main__":
    sys.exit(main())
