"""The walk through a check: from the answers picked so far to the next question or the outcome."""

from __future__ import annotations

from dataclasses import dataclass

from core.assessment.answers import Coding, Requirement
from core.assessment.edition import edition
from core.content.assessment import Assessment, Lead, Outcome, Passage, Question
from core.content.safety import Kind

Picks = tuple[int, ...]
Address = tuple[str | int, ...]


class AstrayError(Exception):
    """Picks that no walk can have made: an option there is not, or one more after the end."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question is next; `number` counts from 1."""

    question: Question
    number: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The outcome, and the answers that led to it as bits."""

    outcome: Outcome
    given: int


@dataclass(frozen=True, slots=True)
class Conditional:
    """Something shown where its test holds; `at` is where it stands in the assessment."""

    at: Address
    test: Requirement
    text: str = ""
    helplines: tuple[Kind, ...] = ()
    lead: Lead | None = None


class Walk:
    """One assessment, ready to be walked: the same picks always lead to the same place."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.edition = edition(assessment)
        self.coding = Coding(assessment)
        self.outcomes = {outcome.id: outcome for outcome in assessment.outcomes}
        self.rows = [(self.coding.test(row.when), row.outcome) for row in assessment.table]
        self.speech = {outcome.id: self._speech(at, outcome) for at, outcome in self._numbered()}
        self.leads = {outcome.id: self._leads(at, outcome) for at, outcome in self._numbered()}

    def at(self, picks: Picks) -> Asking | Ended:
        """Where the picks lead; raises AstrayError. Every step is taken again, so none can be skipped."""
        given = 0
        for number, pick in enumerate(picks):
            options = self.coding.options[number : number + 1]
            if not options or pick >= len(options[0]) or self.ended(given, number):
                raise AstrayError
            given |= options[0][pick]
        if outcome := self.ended(given, len(picks)):
            return Ended(outcome, given)
        return Asking(self.assessment.questions[len(picks)], len(picks) + 1)

    def ended(self, given: int, count: int) -> Outcome | None:
        """The outcome if the check ends after `count` answers, and None if it goes on."""
        row = self.settled(given, self.coding.asked[count])
        if row is None:
            return None
        outcome = self.outcomes[self.rows[row][1]]
        complete = count == len(self.assessment.questions)
        return outcome if complete or outcome.at_once else None

    def settled(self, given: int, asked: int) -> int | None:
        """The row that decides, whatever is still to be answered; None as long as that is open."""
        for at, (test, _) in enumerate(self.rows):
            holds = test.settled(given, asked)
            if holds or holds is None:
                return at if holds else None
        return None

    def says(self, ended: Ended) -> tuple[str, ...]:
        """What an outcome says to the one who answered."""
        speech = self.speech[ended.outcome.id]
        return tuple(one.text for one in speech if one.test.holds(ended.given))

    def helplines(self, ended: Ended) -> tuple[Kind, ...]:
        """The kinds of telephone numbers that belong to what is said."""
        speech = self.speech[ended.outcome.id]
        return tuple(k for one in speech if one.test.holds(ended.given) for k in one.helplines)

    def leads_on(self, ended: Ended) -> tuple[Lead, ...]:
        """The entries that an outcome leads on to."""
        leads = self.leads[ended.outcome.id]
        return tuple(one.lead for one in leads if one.lead and one.test.holds(ended.given))

    def _numbered(self) -> list[tuple[int, Outcome]]:
        return list(enumerate(self.assessment.outcomes))

    def _speech(self, at: int, outcome: Outcome) -> list[Conditional]:
        own = [
            self._passage(("outcomes", at, "says", n), one) for n, one in enumerate(outcome.says)
        ]
        return [*self._added(outcome, "before"), *own, *self._added(outcome, "after")]

    def _passage(self, at: Address, one: Passage) -> Conditional:
        return Conditional(at, self.coding.test(one.when), one.text, one.helplines)

    def _added(self, outcome: Outcome, place: str) -> list[Conditional]:
        return [
            Conditional(("additions", n), self.coding.test(one.when), one.text)
            for n, one in enumerate(self.assessment.additions)
            if one.place == place and outcome.id in one.outcomes
        ]

    def _leads(self, at: int, outcome: Outcome) -> list[Conditional]:
        return [
            Conditional(("outcomes", at, "leads", n), self.coding.test(one.when), lead=one)
            for n, one in enumerate(outcome.leads)
        ]
