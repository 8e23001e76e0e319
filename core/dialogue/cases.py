"""Authors' cases: what members would really be told, held against what authors expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.content.draft import Draft
from core.content.model import Case, Promise
from core.content.problem import Problem
from core.dialogue.engine import Engine
from core.dialogue.reply import Turn
from core.dialogue.request import Ask, ShowEntry
from core.matching.outcome import Labelled, Outcome, outcome


@dataclass(frozen=True, slots=True)
class CaseReport:
    """The outcome of every case."""

    outcomes: tuple[tuple[Case, Outcome], ...]

    def measured(self) -> Promise:
        """The figures a pack states, as they are."""
        asked = [(case, became) for case, became in self.outcomes if case.finds]
        right = sum(became == "right" for _, became in asked)
        offered = sum(became == "offered" for _, became in asked)
        wrong = sum(became == "wrong" for _, became in self.outcomes)
        return Promise(
            found=_share(right + offered, len(asked)),
            answered=_share(right, len(asked)),
            wrong=_share(wrong, right + wrong),
        )

    def __str__(self) -> str:
        asked = [became for case, became in self.outcomes if case.finds]
        barred = [became for case, became in self.outcomes if not case.finds]
        return f"{_counts(asked, 'must find')}; {_counts(barred, 'must find nothing')}"


def run(engine: Engine, cases: Iterable[Case]) -> CaseReport:
    """Ask every case."""
    return CaseReport(tuple((case, _outcome(engine.reply(Ask(case.text)), case)) for case in cases))


def broken_promises(drafts: Sequence[Draft], report: CaseReport) -> Iterator[Problem]:
    """The figures in pack.yaml that its cases, asked for `report`, don't reach."""
    for draft in drafts:
        promise = draft.card.record.promise
        if promise and draft.cases:
            own = {filed.record for filed in draft.cases}
            asked = CaseReport(tuple(one for one in report.outcomes if one[0] in own))
            measured = asked.measured()
            for field in _missed(promise, measured):
                what = (
                    f"`{field}` is {getattr(measured, field):.3f}, stated {getattr(promise, field)}"
                )
                remedy = "mend asks until it holds again: `fossae check --cases` lists the cases"
                yield draft.card.problem(("promise", field), "promise", what, remedy)


def _missed(promise: Promise, measured: Promise) -> Iterator[str]:
    if measured.found < promise.found:
        yield "found"
    if measured.answered < promise.answered:
        yield "answered"
    if measured.wrong > promise.wrong:
        yield "wrong"


def _outcome(turn: Turn, case: Case) -> Outcome:
    decided = turn.decision
    offered = [c.request.entry for c in turn.reply.choices if isinstance(c.request, ShowEntry)]
    if decided.kind == "safety":
        return outcome(Labelled(case.text, case.finds), "clarify", offered)
    shown = [decided.entry] if decided.entry else offered
    return outcome(Labelled(case.text, case.finds), decided.kind, shown)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _counts(outcomes: Sequence[Outcome], name: str) -> str:
    kinds: tuple[Outcome, ...] = ("right", "offered", "wrong", "withheld")
    counts = (f"{kind} {outcomes.count(kind)}" for kind in kinds if outcomes.count(kind))
    return f"{len(outcomes)} {name}: {', '.join(counts)}"
