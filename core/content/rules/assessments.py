"""Rules on guided checks: whole, answerable by everyone, no surer than their claims, and plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from core.content import readability
from core.content.assessment import NOT_SAID, Assessment, Condition, Outcome
from core.content.document import Path
from core.content.draft import Draft, Filed
from core.content.model import STRENGTH, evidence_for
from core.content.problem import Problem
from core.content.rules.rule import Rule, each
from core.content.rules.texts import BANNED_WORDS, MARKS

HARDEST = 8.0

Said = tuple[Path, str]


def _astray(draft: Draft) -> Iterator[Problem]:
    # What is written but could not be read has its own problem, and is not missing as well.
    claims = draft.unread | {claim.record.id for claim in draft.claims}
    entries = draft.unread | {entry.record.id for entry in draft.entries}
    for filed in draft.assessments:
        check = filed.record
        outcomes = {outcome.id for outcome in check.outcomes}
        answers = {answer for question in check.questions for answer in question.answers}
        for noun, known, said in (
            ("claim", claims, _claims(check)),
            ("entry", entries, _leads(check)),
            ("outcome", outcomes, _ends(check)),
            ("answer", answers, _answers(check)),
        ):
            for at, id in said:
                if id not in known:
                    what = f"there is no {noun} `{id}`"
                    yield filed.problem(at, "astray", what, "write it, or correct this")


def _claims(check: Assessment) -> Iterator[Said]:
    for at, outcome in enumerate(check.outcomes):
        yield from ((("outcomes", at, "claims", n), id) for n, id in enumerate(outcome.claims))


def _leads(check: Assessment) -> Iterator[Said]:
    for at, outcome in enumerate(check.outcomes):
        for n, lead in enumerate(outcome.leads):
            yield ("outcomes", at, "leads", n, "entry"), lead.entry


def _ends(check: Assessment) -> Iterator[Said]:
    yield from ((("table", at, "outcome"), row.outcome) for at, row in enumerate(check.table))
    for part in ("additions", "always", "never"):
        for at, one in enumerate(getattr(check, part)):
            yield from (((part, at, "outcomes", n), id) for n, id in enumerate(one.outcomes))


def _answers(check: Assessment) -> Iterator[Said]:
    for at, condition in _conditions(check):
        for part in ("all_of", "any_of", "none_of"):
            for n, answer in enumerate(getattr(condition, part)):
                yield (*at, "when", part, n), answer


def _conditions(check: Assessment) -> Iterator[tuple[Path, Condition]]:
    for part in ("table", "additions", "always", "never"):
        for at, one in enumerate(getattr(check, part)):
            if one.when:
                yield (part, at), one.when
    for at, outcome in enumerate(check.outcomes):
        for part in ("says", "leads"):
            for n, one in enumerate(getattr(outcome, part)):
                if one.when:
                    yield ("outcomes", at, part, n), one.when


def _twice(drafts: Sequence[Draft], _: date) -> Iterator[Problem]:
    seen: set[str] = set()
    for draft in drafts:
        for filed in draft.assessments:
            if filed.record.id in seen:
                yield _again(filed, ("id",), filed.record.id)
            seen.add(filed.record.id)
            yield from (_again(filed, at, id) for at, id in _repeated(filed.record))


def _again(filed: Filed[Assessment], at: Path, id: str) -> Problem:
    return filed.problem(at, "said-twice", f"`{id}` is there already", "choose another")


def _repeated(check: Assessment) -> Iterator[Said]:
    for part in ("questions", "outcomes"):
        for at, id in _again_in(one.id for one in getattr(check, part)):
            yield (part, at, "id"), id
    for at, question in enumerate(check.questions):
        for n, id in _again_in(option.id for option in question.options):
            yield ("questions", at, "options", n, "id"), id
        for n, label in _again_in(option.label.casefold() for option in question.options):
            yield ("questions", at, "options", n, "label"), label


def _again_in(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    seen: Counter[str] = Counter()
    for at, id in enumerate(ids):
        if seen[id]:
            yield at, id
        seen[id] += 1


def _open(draft: Draft) -> Iterator[Problem]:
    for filed in draft.assessments:
        last = len(filed.record.table) - 1
        for at, row in enumerate(filed.record.table):
            if (row.when is None) != (at == last):
                what = f"row {at + 1} of {last + 1} {'has a' if row.when else 'has no'} condition"
                remedy = "give each row a `when` but the last, which is for everyone left"
                yield filed.problem(("table", at), "open-table", what, remedy)


def _forced(draft: Draft) -> Iterator[Problem]:
    for filed in draft.assessments:
        for at, question in enumerate(filed.record.questions):
            if NOT_SAID not in {option.id for option in question.options}:
                what = f"nobody can decline to answer `{question.id}`"
                remedy = f"add an option with the id `{NOT_SAID}`"
                yield filed.problem(("questions", at), "forced", what, remedy)


def _overconfident(draft: Draft) -> Iterator[Problem]:
    claims = {filed.record.id: filed.record for filed in draft.claims}
    for filed in draft.assessments:
        for at, outcome in enumerate(filed.record.outcomes):
            most = [evidence_for(claims[id]) for id in outcome.claims if id in claims][:1]
            if not outcome.claims:
                what, remedy = f"`{outcome.id}` cites no claim", "cite what it rests on"
                yield filed.problem(("outcomes", at, "claims"), "overconfident", what, remedy)
            elif most and STRENGTH[outcome.evidence] > STRENGTH[most[0]]:
                what = (
                    f"`{outcome.id}` says `{outcome.evidence}`, its first claim allows `{most[0]}`"
                )
                remedy = "say what the claim allows"
                yield filed.problem(("outcomes", at, "evidence"), "overconfident", what, remedy)


def _unplain(draft: Draft) -> Iterator[Problem]:
    for filed in draft.assessments:
        for at, text in _texts(filed.record):
            found = BANNED_WORDS.search(text)
            for said in (*(mark for mark in MARKS if mark in text), *([found[0]] if found else [])):
                what = f"this says `{said}`"
                remedy = "write plain sentences, without promise or target"
                yield filed.problem(at, "unplain", what, remedy)


def _texts(check: Assessment) -> Iterator[Said]:
    """Everything a person reads of a check."""
    yield from ((("title",), check.title), (("label",), check.label), (("intro",), check.intro))
    for at, question in enumerate(check.questions):
        yield ("questions", at, "text"), question.text
        yield ("questions", at, "why"), question.why
        for n, option in enumerate(question.options):
            yield ("questions", at, "options", n), f"{option.label}: {option.text or ''}"
    for at, outcome in enumerate(check.outcomes):
        yield ("outcomes", at, "title"), outcome.title
        yield from _sayings(at, outcome)
    yield from ((("additions", at, "text"), one.text) for at, one in enumerate(check.additions))


def _sayings(at: int, outcome: Outcome) -> Iterator[Said]:
    for n, passage in enumerate(outcome.says):
        yield ("outcomes", at, "says", n, "text"), passage.text


def _hard(draft: Draft) -> Iterator[Problem]:
    for filed in draft.assessments:
        for at, text in _texts(filed.record):
            grade = readability.grade(text) if at[-1] == "text" else None
            if grade is not None and grade > HARDEST:
                what = f"this reads at grade {grade:.1f}, above {HARDEST:.0f}"
                yield filed.problem(at, "hard-check", what, "shorter sentences, everyday words")


ASTRAY = Rule(
    "astray",
    "What a guided check names (an answer, an outcome, a claim, an entry) is written somewhere.",
    "assessment: {table: [{outcome: nowhere}]}",
    each(_astray),
    stops=True,
)
SAID_TWICE = Rule(
    "said-twice",
    "Answers and outcomes are named by their ids, and a person tells options apart by their labels.",
    "assessment: {questions: [{id: lid, text: Is it open, why: To know., options: "
    "[{id: not-said, label: Shut}, {id: shut, label: Shut}]}], table: [{outcome: fine}]}",
    _twice,
    stops=True,
)
OPEN_TABLE = Rule(
    "open-table",
    "The last row of a decision table is for everyone who is left, so that nobody ends nowhere.",
    "assessment: {table: [{outcome: fine, when: {all_of: [lid=open]}}]}",
    each(_open),
    stops=True,
)
FORCED = Rule(
    "forced",
    "Nobody has to answer: each question has an option `not-said`.",
    "assessment: {questions: [{id: lid, text: Is it open, why: To know., options: "
    "[{id: open, label: Open}, {id: shut, label: Shut}]}]}",
    each(_forced),
    stops=True,
)
OVERCONFIDENT = Rule(
    "overconfident",
    "An outcome rests on claims, and is never surer than the first of them.",
    "assessment: {outcomes: [{id: fine, title: Fine, says: [{text: Fine.}], evidence: strong, "
    "claims: [C01]}, {id: hot, title: Hot, says: [{text: Hot.}], evidence: some, claims: [C01]}]}",
    each(_overconfident),
    stops=True,
)
UNPLAIN = Rule(
    "unplain",
    "A guided check holds no marks and no links, no promise and no target.",
    "assessment: {intro: This is **very** plain.}",
    each(_unplain),
)
HARD_CHECK = Rule(
    "hard-check",
    "Questions and outcomes are read in a worried moment: Flesch-Kincaid grade 8 at most.",
    "assessment: {additions: [{place: after, outcomes: [fine], when: {all_of: [lid=open]}, text: "
    "Notwithstanding considerable terminological heterogeneity anatomical investigations "
    "consistently characterise superficial indentations.}]}",
    each(_hard),
)
