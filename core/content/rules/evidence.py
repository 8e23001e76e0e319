"""Rules on evidence: told, sourced, never graded up, with a way to be proved wrong."""

from __future__ import annotations

from collections.abc import Iterator

from core.content.draft import Draft
from core.content.model import STRENGTH, Claim, Verdict, evidence_for
from core.content.problem import Problem
from core.content.rules.rule import Rule, each

# The kinds of source of which a grade needs at least one; C and D may rest on anything.
_TESTED = {"study", "review", "label", "official", "guideline"}
_NEEDS = {"A": _TESTED, "B": _TESTED | {"textbook"}}


def _untold(draft: Draft) -> Iterator[Problem]:
    told = {id for filed in draft.entries for id in filed.record.claims}
    for filed in draft.claims:
        claim = filed.record
        # An entry that could not be read may have told it.
        if claim.id not in told and claim.left_out is None and not draft.unread:
            what = f"no entry tells claim `{claim.id}`"
            remedy = "cite it in an entry, or say why in `left_out`"
            yield filed.problem(("id",), "untold", what, remedy)
        if claim.id in told and claim.left_out is not None:
            what = f"claim `{claim.id}` is left out and told"
            yield filed.problem(("left_out",), "untold", what, "remove `left_out` or the citation")


def _unsourced(draft: Draft) -> Iterator[Problem]:
    for filed in draft.claims:
        claim = filed.record
        if not claim.sources and claim.verdict not in (Verdict.GAP, Verdict.FRAMING):
            what = f"claim `{claim.id}` is {claim.verdict} and cites nothing"
            yield filed.problem(("id",), "unsourced", what, "add `sources`, or call it a gap")


def _unfounded(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        if not filed.record.claims:
            what = f"`{filed.record.id}` cites no claim"
            yield filed.problem(("claims",), "unfounded", what, "cite what it rests on")


def _graded_up(draft: Draft) -> Iterator[Problem]:
    claims: dict[str, Claim] = {filed.record.id: filed.record for filed in draft.claims}
    for filed in draft.entries:
        entry = filed.record
        first = claims.get(entry.claims[0]) if entry.claims else None
        if first and STRENGTH[entry.evidence] > STRENGTH[evidence_for(first)]:
            most = evidence_for(first)
            what = f"`{entry.id}` says `{entry.evidence}`, its first claim allows `{most}`"
            yield filed.problem(("evidence",), "graded-up", what, "say what the claim allows")


def _overgraded(draft: Draft) -> Iterator[Problem]:
    kinds = {filed.record.id: filed.record.kind for filed in draft.sources}
    for filed in draft.claims:
        claim = filed.record
        needed = _NEEDS.get(claim.grade, set())
        if needed and claim.sources and not needed & {kinds.get(code) for code in claim.sources}:
            what = f"claim `{claim.id}` has grade {claim.grade} from lesser sources"
            remedy = f"cite one of {', '.join(sorted(needed))}, or grade it lower"
            yield filed.problem(("grade",), "overgraded", what, remedy)


def _unread(draft: Draft) -> Iterator[Problem]:
    read = {filed.record.id: filed.record.read for filed in draft.sources}
    for filed in draft.claims:
        claim = filed.record
        sources = [read.get(code) for code in claim.sources]
        if claim.grade in _NEEDS and sources and all(state == "unread" for state in sources):
            what = f"nobody has read a source of claim `{claim.id}`"
            yield filed.problem(("sources",), "unread", what, "read one, or grade it lower")


def _stubborn(draft: Draft) -> Iterator[Problem]:
    for filed in draft.claims:
        claim = filed.record
        if claim.revise_if is None and claim.verdict is not Verdict.FRAMING:
            what = f"claim `{claim.id}` doesn't say what would change our mind"
            yield filed.problem(("id",), "stubborn", what, "write one line in `revise_if`")


UNTOLD = Rule(
    "untold",
    "Each claim is told by an entry or left out with a reason, and never both.",
    "claim: {left_out: It is only a way to begin.}",
    each(_untold),
)
UNSOURCED = Rule(
    "unsourced",
    "What we hold of a claim rests on a source; only a gap may have none.",
    "claim: {sources: []}",
    each(_unsourced),
    stops=True,
)
UNFOUNDED = Rule(
    "unfounded",
    "An answer rests on at least one claim.",
    "entry: {claims: []}",
    each(_unfounded),
    stops=True,
)
GRADED_UP = Rule(
    "graded-up",
    "An answer is never surer than the first claim it rests on.",
    "entry: {evidence: strong}",
    each(_graded_up),
    stops=True,
)
OVERGRADED = Rule(
    "overgraded",
    "Grade A needs data, a label or an official text; grade B those or a textbook.",
    "claim: {grade: A}\nsource: {kind: web}",
    each(_overgraded),
)
UNREAD = Rule(
    "unread",
    "A claim graded A or B rests on something that was read, if only as a copy.",
    "source: {read: unread}",
    each(_unread),
)
STUBBORN = Rule(
    "stubborn",
    "A claim says what would change our mind, or it is a belief.",
    "claim: {revise_if: }",
    each(_stubborn),
)
