"""Rules on what a member reads: plain, short, kind, and every figure with its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.content import readability
from core.content.draft import Draft, Filed
from core.content.model import Entry
from core.content.problem import Problem
from core.content.rules.rule import Rule, each

HARDEST = 9.0
MARKS = ("**", "__", "](", "http://", "https://", "</", "```", "@everyone", "@here")
BANNED_WORDS = re.compile(
    r"\b(guarantee[ds]?|toxins?|detox\w*|miracle|flawless|perfect body|beach body|unfortunately|obviously"
    r"|simply put|don't worry|bmi|(?:goal|ideal|target) weight|lose \d+\s*(?:kg|kilos?|lbs?|pounds?)"
    r"|100 ?% (?:safe|sure)|cure[ds]?|you have back dimples)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d\s?(?:%|percent|per cent)|\bin \d{1,3}(?:,\d{3})+\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def _spoken(entry: Entry) -> Iterator[tuple[str, str]]:
    """What a member reads of an entry, by field."""
    for field in ("question", "label", "short", "more"):
        text = getattr(entry, field)
        if text:
            yield field, text


def _markup(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        for field, text in _spoken(filed.record):
            for mark in (mark for mark in MARKS if mark in text):
                what = f"`{field}` of `{filed.record.id}` holds `{mark}`"
                yield filed.problem((field,), "markup", what, "write plain sentences")


def _banned(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        for field, text in _spoken(filed.record):
            if found := BANNED_WORDS.search(text):
                what = f"`{field}` of `{filed.record.id}` says `{found[0]}`"
                yield filed.problem((field,), "banned", what, "say it without promise or target")


def _hard(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        grade = readability.grade(filed.record.short)
        if grade is not None and grade > HARDEST:
            what = f"`short` of `{filed.record.id}` reads at grade {grade:.1f}, above {HARDEST:.0f}"
            yield filed.problem(("short",), "hard", what, "shorter sentences, everyday words")


def _ownerless(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        for field in ("short", "more"):
            text = getattr(filed.record, field) or ""
            if _FIGURE.search(text) and not _YEAR.search(text) and not _named(draft, filed, text):
                what = f"`{field}` of `{filed.record.id}` has a figure without whose it is and when"
                remedy = "name who found it, of whom, and the year, or leave it out"
                yield filed.problem((field,), "ownerless", what, remedy)


def _named(draft: Draft, filed: Filed[Entry], text: str) -> bool:
    """Whether the text names a source of the entry by the first word of its label."""
    claims = {claim.record.id: claim.record for claim in draft.claims}
    sources = {source.record.id: source.record for source in draft.sources}
    codes = {code for id in filed.record.claims if id in claims for code in claims[id].sources}
    labels = (sources[code].label.split()[0].strip(",") for code in codes if code in sources)
    return any(label in text for label in labels)


MARKUP = Rule(
    "markup",
    "Each platform draws text in its own way, so content holds no marks and no links.",
    "entry: {short: This is **very** plain.}",
    each(_markup),
    stops=True,
)
BANNED = Rule(
    "banned",
    "No promise, no target, no talking down: words that advertising and diets use are out.",
    "entry: {short: Results are guaranteed.}",
    each(_banned),
)
HARD = Rule(
    "hard",
    "A short answer is read by a 14-year-old on a phone: Flesch-Kincaid grade 9 at most.",
    "entry: {short: Notwithstanding considerable terminological heterogeneity anatomical "
    "investigations consistently characterise superficial cutaneous indentations.}",
    each(_hard),
)
OWNERLESS = Rule(
    "ownerless",
    "A figure never appears without whose it is, of whom, and when.",
    "entry: {short: About 40 % of people have them.}",
    each(_ownerless),
)
