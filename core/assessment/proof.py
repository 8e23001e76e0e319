"""The proof of a check: every combination of answers is tried, and every fault has a path to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from core.assessment.answers import Requirement
from core.assessment.walk import Address, Conditional, Ended, Picks, Walk
from core.content.assessment import Assessment, Invariant

Screen = tuple[str, tuple[Address, ...]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold; `at` is where in the assessment it is written."""

    at: Address
    rule: str
    what: str
    remedy: str


@dataclass(slots=True)
class Proof:
    """What was tried, and what was found.

    `combinations` counts answers to all questions, `paths` the walks a person can take (a check may
    end early), `ends` the combinations by outcome, `rows` by the row that decided. `screens` has one
    path for each outcome and each choice of what it says and leads to.
    """

    combinations: int = 0
    paths: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    rows: Counter[int] = field(default_factory=Counter)
    screens: dict[Screen, Picks] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def prove(assessment: Assessment) -> Proof:
    """Try every combination of answers to an assessment whose references are all sound."""
    return _Trial(Walk(assessment)).run()


def told(assessment: Assessment, picks: Picks) -> str:
    """A path in words: each question by its name, each answer by its button."""
    steps = zip(assessment.questions, picks, strict=False)
    return "; ".join(f"{question.id}: {question.options[at].label}" for question, at in steps)


@dataclass(frozen=True, slots=True)
class _Promise:
    """An invariant, ready to be held against an end."""

    at: Address
    test: Requirement
    always: bool
    invariant: Invariant

    def broken(self, given: int, outcome: str) -> bool:
        return self.test.holds(given) and (outcome in self.invariant.outcomes) != self.always


class _Trial:
    """One proof under way."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.assessment, self.proof = walk, walk.assessment, Proof()
        self.promises = [*self._promises("always"), *self._promises("never")]
        self.broken: Counter[Address] = Counter()
        self.shown: set[Address] = set()
        self.examples: dict[Address, Picks] = {}
        self.picked: set[tuple[int, int]] = set()
        self.telling: set[int] = set()

    def run(self) -> Proof:
        self._descend((), 0)
        self.proof.faults = [
            *self._unreached(),
            *self._shadowed(),
            *self._idle(),
            *self._unshown(),
            *self._unkept(),
        ]
        return self.proof

    def _promises(self, kind: str) -> Iterator[_Promise]:
        for at, invariant in enumerate(getattr(self.assessment, kind)):
            test = self.walk.coding.test(invariant.when)
            yield _Promise((kind, at), test, kind == "always", invariant)

    def _descend(self, picks: Picks, given: int) -> int:
        """Take every walk that begins with `picks`; equal numbers stand for equal ends."""
        outcome = self.walk.ended(given, len(picks))
        if outcome is not None:
            self._complete(picks, given)
            return self._screen(picks, Ended(outcome, given))
        if len(picks) == len(self.assessment.questions):
            self._complete(picks, given)
            return 0
        below = []
        for option, bit in enumerate(self.walk.coding.options[len(picks)]):
            self.picked.add((len(picks), option))
            below.append(self._descend((*picks, option), given | bit))
        if len(set(below)) > 1:
            self.telling.add(len(picks))
        return hash(tuple(below))

    def _screen(self, picks: Picks, ended: Ended) -> int:
        """What the person sees at the end of this path."""
        self.proof.paths += 1
        id = ended.outcome.id
        parts: list[Conditional] = [*self.walk.speech[id], *self.walk.leads[id]]
        seen = tuple(part.at for part in parts if part.test.holds(ended.given))
        self.shown.update(seen)
        self.proof.screens.setdefault((id, seen), picks)
        return hash((id, seen))

    def _complete(self, picks: Picks, given: int) -> None:
        """Whatever had been answered to the questions left out leads to the same end."""
        early = self.walk.settled(given, self.walk.coding.asked[len(picks)])
        for rest in product(*self.walk.coding.options[len(picks) :]):
            everything = given + sum(rest)
            self.proof.combinations += 1
            row = next((n for n, (t, _) in enumerate(self.walk.rows) if t.holds(everything)), None)
            if row is None or row != early:
                self._note(("table",), picks)
            else:
                self._end(picks, everything, row)

    def _end(self, picks: Picks, given: int, row: int) -> None:
        outcome = self.walk.rows[row][1]
        self.proof.rows[row] += 1
        self.proof.ends[outcome] += 1
        for promise in self.promises:
            if promise.broken(given, outcome):
                self._note(promise.at, picks)

    def _note(self, at: Address, picks: Picks) -> None:
        self.broken[at] += 1
        self.examples.setdefault(at, picks)

    def _unreached(self) -> Iterator[Fault]:
        for at, outcome in enumerate(self.assessment.outcomes):
            if not self.proof.ends[outcome.id]:
                what = f"no answers lead to outcome `{outcome.id}`"
                yield Fault(("outcomes", at), "unreached", what, "mend the table, or delete it")

    def _shadowed(self) -> Iterator[Fault]:
        for at, row in enumerate(self.assessment.table):
            if not self.proof.rows[at]:
                what = f"row {at + 1} (`{row.outcome}`) never decides: rows above it take all of it"
                yield Fault(("table", at), "shadowed", what, "move it up, or delete it")

    def _idle(self) -> Iterator[Fault]:
        for number, question in enumerate(self.assessment.questions):
            for at, option in enumerate(question.options):
                if (number, at) not in self.picked:
                    what = f"nobody comes to pick `{question.id}={option.id}`"
                    where = ("questions", number, "options", at)
                    yield Fault(where, "idle", what, "ask it earlier, or delete it")
            if (number, 0) in self.picked and number not in self.telling:
                what = f"no answer to `{question.id}` changes anything"
                yield Fault(("questions", number), "idle", what, "use it, or don't ask it")

    def _unshown(self) -> Iterator[Fault]:
        every = [*self.walk.speech.values(), *self.walk.leads.values()]
        for at in dict.fromkeys(part.at for parts in every for part in parts):
            if at not in self.shown:
                what = "nobody is ever shown this"
                yield Fault(at, "unshown", what, "mend its `when`, or delete it")

    def _unkept(self) -> Iterator[Fault]:
        for promise in self.promises:
            if count := self.broken[promise.at]:
                yield self._counterexample(promise, count)
        if count := self.broken[("table",)]:
            what = f"{count} combinations have no outcome, such as: {self._path(('table',))}"
            yield Fault(("table",), "no-outcome", what, "end the table with a row without `when`")

    def _counterexample(self, promise: _Promise, count: int) -> Fault:
        picks = self.examples[promise.at]
        ended = self.walk.at(picks)
        assert isinstance(ended, Ended)
        kind, said = promise.at[0], ", ".join(promise.invariant.outcomes)
        what = (
            f"`{kind}` {said} fails for {count} of {self.proof.combinations} combinations, "
            f"such as: {self._path(promise.at)}; ends at `{ended.outcome.id}`"
        )
        return Fault(promise.at, "invariant", what, "mend the table, or this line")

    def _path(self, at: Address) -> str:
        return told(self.assessment, self.examples[at])
