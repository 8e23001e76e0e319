"""`fossae check`: everything an author should mend, for people, programs and pull requests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from bots.runtime import build_guard, build_matcher, encoders
from bots.settings import Settings
from core.assessment.proof import Proof
from core.content import readability
from core.content.library import Library
from core.content.model import Case, Promise
from core.content.problem import ContentError, Problem
from core.content.reader import publish, read, violations
from core.dialogue.cases import CaseReport, broken_promises, run
from core.dialogue.engine import Engine
from core.dialogue.proofs import faults, proofs
from core.matching import rules as asks
from core.matching.fused import ACCEPTED
from core.matching.outcome import Outcome
from core.safety import rules as safety
from core.safety import training


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found; without a library the content could not even be published."""

    problems: tuple[Problem, ...]
    library: Library | None = None
    cases: CaseReport | None = None
    proofs: Mapping[str, Proof] = field(default_factory=dict)


def examine(settings: Settings, today: date) -> Examined:
    """Read, check and try the content; what needs a matcher waits until the rest can be served."""
    reading = read(settings.content)
    problems = [*reading.problems, *violations(reading.drafts, today)]
    for draft in reading.drafts:
        problems += training.problems(draft, encoders())
    try:
        library = publish(reading)
    except ContentError:
        return Examined(tuple(sorted(problems)))
    # What a pack promises, it promises at the usual rate, whatever an operator accepts.
    usual = settings.model_copy(update={"accepted_wrong": ACCEPTED})
    matcher = build_matcher(usual, library)
    guard = build_guard(settings, library)
    engine = Engine(library, matcher, guard)
    problems += asks.violations(reading.drafts, matcher)
    problems += safety.violations(reading.drafts, guard)
    cases = run(engine, (case for pack in library.packs for case in pack.cases))
    problems += broken_promises(reading.drafts, cases)
    proved = proofs(library)
    problems += faults(reading.drafts, proved)
    return Examined(tuple(sorted(problems)), library, cases, proved)


def report(examined: Examined, format: str, *, cases: bool) -> str:
    """What was found, as text, as JSON, or as annotations of a pull request."""
    if format == "json":
        return _as_json(examined)
    if format == "github":
        return "\n".join(map(_annotation, examined.problems))
    listed = [str(problem) for problem in examined.problems]
    if cases and examined.cases:
        listed += [_case(case, became) for case, became in examined.cases.outcomes]
    return "\n".join([*listed, *_summary(examined)])


def _as_json(examined: Examined) -> str:
    said: dict[str, object] = {"problems": [asdict(problem) for problem in examined.problems]}
    if examined.cases:
        said["cases"] = examined.cases.measured().model_dump()
    return json.dumps(said, indent=2)


def _annotation(problem: Problem) -> str:
    """GitHub's workflow command."""
    file = _escaped(problem.file).replace(":", "%3A").replace(",", "%2C")
    text = _escaped(f"{problem.what}: {problem.remedy}")
    return f"::error file={file},line={problem.line},title={problem.rule}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _case(case: Case, became: Outcome) -> str:
    wanted = ", ".join(case.finds) or "nothing"
    return f"{became:9} {case.text}  (should find: {wanted})"


def _summary(examined: Examined) -> Iterator[str]:
    library = examined.library
    if examined.problems:
        yield f"{len(examined.problems)} problem(s)."
    elif library:
        counts = (len(library.entries), len(library.claims), len(library.sources))
        yield "Nothing to mend: {} entries, {} claims, {} sources.".format(*counts)
    yield from (_proved(id, proof) for id, proof in examined.proofs.items())
    if examined.cases and examined.cases.outcomes:
        yield f"Cases: {examined.cases}. {_rates(examined.cases.measured())}"
    if not readability.measurable():
        yield "Reading age was not measured: install the extra `dev`, which has textstat."


def _proved(id: str, proof: Proof) -> str:
    found = f"{len(proof.faults)} fault(s)" if proof.faults else "one outcome each, all reached"
    counts = f"{proof.combinations:,} combinations of answers, {proof.paths:,} paths"
    return f"Guided check {id}: {counts}: {found}."


def _rates(measured: Promise) -> str:
    rates = (measured.found, measured.answered, measured.wrong)
    return "Found {:.1%}, answered {:.1%}; of the answers given, {:.1%} wrong.".format(*rates)
