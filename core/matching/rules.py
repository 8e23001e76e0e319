"""Rules on asks that only the matcher can judge: found, reachable, apart from each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.content.draft import Draft, Filed
from core.content.model import Entry
from core.content.problem import Problem
from core.matching.evaluation import held_out
from core.matching.fused import FusedMatcher
from core.matching.match import Match
from core.matching.outcome import OFFERED

TWINS = 0.96
# Only wordings that are all but the same are left out together here.
DUPLICATES = 0.98

Entries = dict[str, Filed[Entry]]
Check = Callable[[Entries, FusedMatcher], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class MatchingRule:
    """A rule of asks: its name, why it is there, an example that breaks it, and the check."""

    id: str
    reason: str
    example: str
    check: Check


def violations(drafts: Sequence[Draft], matcher: FusedMatcher) -> list[Problem]:
    """What breaks a rule of asks without a stated reason."""
    entries = {filed.record.id: filed for draft in drafts for filed in draft.entries}
    found = {problem for rule in RULES for problem in rule.check(entries, matcher)}
    return sorted(problem for problem in found if not problem.excused)


def _near(entries: Entries, matcher: FusedMatcher) -> Iterator[Problem]:
    for one, other in matcher.twins(TWINS):
        first, second = matcher.wordings[one], matcher.wordings[other]
        if not second.heading:
            what = f"`{second.text}` is all but `{first.text}` of `{first.entry}`"
            remedy = "keep it where it belongs, or say what sets the two apart"
            yield _at(entries[second.entry], second.text, "near-ask", what, remedy)


def _lost(entries: Entries, matcher: FusedMatcher) -> Iterator[Problem]:
    twins = {row for pair in matcher.twins(TWINS) for row in pair}
    asks = [at for at, one in enumerate(matcher.wordings) if one.wanted and not one.heading]
    asks = [at for at in asks if at not in twins]
    for at, match in zip(asks, matcher.match_rows(matcher.index, asks), strict=True):
        wording = matcher.wordings[at]
        first = match.candidates[0].entry if match.candidates else None
        if first != wording.entry:
            what = f"`{wording.text}` of `{wording.entry}` is taken for {_named(first)}"
            remedy = "reword it, or take back what draws it there"
            yield _at(entries[wording.entry], wording.text, "lost-ask", what, remedy)


def _named(entry: str | None) -> str:
    return f"`{entry}`" if entry else "none of the entries"


def _unreachable(entries: Entries, matcher: FusedMatcher) -> Iterator[Problem]:
    reached: dict[str, bool] = defaultdict(bool)
    for at, match in held_out(matcher, DUPLICATES):
        entry = matcher.wordings[at].entry
        reached[entry] |= entry in _shown(match)
    for id, filed in entries.items():
        if not reached[id]:
            what = f"no wording of `{id}` is found by its others"
            yield filed.problem(
                ("asks",), "unreachable", what, "write asks that resemble each other"
            )


def _shown(match: Match) -> list[str]:
    shown = match.candidates[:OFFERED] if match.kind != "none" else ()
    return [candidate.entry for candidate in shown]


def _at(filed: Filed[Entry], ask: str, rule: str, what: str, remedy: str) -> Problem:
    asks = filed.record.asks
    return filed.problem(("asks", asks.index(ask)) if ask in asks else (), rule, what, remedy)


NEAR_ASK = MatchingRule(
    "near-ask",
    "Two entries that share a wording in all but letters steal each other's questions.",
    "entry: {asks: [what are those dents]}\nother: {asks: [what are these dents]}",
    _near,
)
LOST_ASK = MatchingRule(
    "lost-ask",
    "An ask finds its own entry before any other.",
    "entry: {asks: [how do i get them, how to get them, how can i get them, why is it so loud]"
    ", not_asks: [why is it so very loud]}",
    _lost,
)
UNREACHABLE = MatchingRule(
    "unreachable",
    "Someone who asks in new words reaches an entry only if its own wordings resemble each other.",
    "entry: {asks: [five, wordings, without, anything, shared]}",
    _unreachable,
)
RULES = (NEAR_ASK, LOST_ASK, UNREACHABLE)
