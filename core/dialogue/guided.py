"""Guided checks as replies: a first page, question after question, an outcome and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from core.assessment.walk import Asking, AstrayError, Ended, Walk
from core.content.assessment import Assessment, Lead, Outcome
from core.content.library import Library
from core.content.safety import Kind
from core.dialogue.alarms import LANGUAGE, numbers
from core.dialogue.answers import citation, cited, judged, paragraphs, reviewed
from core.dialogue.reply import Choice, Reply, Suggestion, Turn
from core.dialogue.request import Browse, ShowEntry, Start, Step, Stop
from core.dialogue.screens import Screens

Move = Start | Step | Stop


class GuidedChecks:
    """The checks of a library. All that is known of a person stands in the request itself."""

    def __init__(self, library: Library, screens: Screens) -> None:
        self._library, self._screens = library, screens
        self._wording, self._buttons = library.wording, library.wording.buttons
        self._topics = Choice(self._buttons.topics, Browse())
        self._walks = {id: Walk(one) for id, one in library.assessments.items()}

    def reply(self, move: Move) -> Turn:
        """The turn for a move; everyone around only ever sees that there is a check."""
        if move == Start():
            return self._all()
        walk = self._walks.get(move.assessment or "")
        if walk is None:
            stale = self._screens.stale()
            return Turn(stale, stale)
        return Turn(self._moved(walk, move), self._door(walk.assessment))

    def offers(self, text: str) -> tuple[Suggestion, ...]:
        """The checks to offer while `text` is being typed: all as long as it says nothing else."""
        typed = _long_words(text)
        checks = (walk.assessment for walk in self._walks.values())
        found = [one for one in checks if typed <= _long_words(f"{one.title} {one.label}")]
        return tuple(Suggestion(one.title, one.label, Start(one.id)) for one in found)

    def titled(self, text: str) -> Turn | None:
        """The first page of the check that is called `text`."""
        found = (
            w for w in self._walks.values() if w.assessment.title.casefold() == text.casefold()
        )
        walk = next(found, None)
        return self.reply(Start(walk.assessment.id)) if walk else None

    def _all(self) -> Turn:
        if len(self._walks) == 1:
            (id,) = self._walks
            return self.reply(Start(id))
        checks = self._screens.checks()
        return Turn(checks, checks)

    def _moved(self, walk: Walk, move: Move) -> Reply:
        match move:
            case Start():
                return self._first(walk)
            case Stop():
                return self._screens.stopped(move)
            case Step(id, edition):
                return (
                    self._step(walk, move) if edition == walk.edition else self._screens.changed(id)
                )

    def _door(self, check: Assessment) -> Reply:
        inside = Choice(self._buttons.open_privately, Start(check.id))
        return Reply(check.title, tuple(paragraphs(check.intro)), choices=(inside,))

    def _first(self, walk: Walk) -> Reply:
        check = walk.assessment
        begin = Choice(self._buttons.begin, Step(check.id, walk.edition))
        return Reply(
            check.title,
            (*paragraphs(check.intro), self._wording.emergency),
            choices=(begin, self._topics),
            notice=self._wording.notice,
            private=True,
        )

    def _step(self, walk: Walk, step: Step) -> Reply:
        try:
            here = walk.at(step.picks)
        except AstrayError:
            return self._screens.stale()
        if isinstance(here, Asking):
            return self._asked(walk, here, step)
        if step.why and not here.outcome.alone:
            return self._grounds(walk, here, step)
        return self._outcome(walk, here, step)

    def _asked(self, walk: Walk, here: Asking, step: Step) -> Reply:
        question, count = here.question, len(walk.assessment.questions)
        progress = self._wording.progress.format(number=here.number, count=count)
        long = (f"{one.label}: {one.text}" for one in question.options if one.text)
        why = [question.why] if step.why else []
        return Reply(
            question.text,
            (progress, *why, *long),
            choices=(*self._options(here, step), *self._ways(step)),
            private=True,
        )

    def _options(self, here: Asking, step: Step) -> Iterator[Choice]:
        for at, option in enumerate(here.question.options):
            yield Choice(option.label, Step(step.assessment, step.edition, (*step.picks, at)))

    def _ways(self, step: Step) -> Iterator[Choice]:
        """The buttons that answer nothing."""
        if not step.why:
            yield Choice(
                self._buttons.why, Step(step.assessment, step.edition, step.picks, why=True)
            )
        yield self._back(step)
        yield Choice(self._buttons.stop, Stop(step.assessment))

    def _back(self, step: Step) -> Choice:
        """To the question before; from the first to the first page; from a reason to the question."""
        picks = step.picks if step.why else step.picks[:-1]
        before = Step(step.assessment, step.edition, picks)
        first = not step.picks and not step.why
        return Choice(self._buttons.step_back, Start(step.assessment) if first else before)

    def _outcome(self, walk: Walk, here: Ended, step: Step) -> Reply:
        outcome = here.outcome
        spoken = (part for text in walk.says(here) for part in paragraphs(text))
        said = (*spoken, *self._numbers(walk.helplines(here)))
        if outcome.alone:
            return Reply(outcome.title, said, choices=(self._back(step),), private=True)
        leads = tuple(self._lead(lead) for lead in walk.leads_on(here))
        why = Step(step.assessment, step.edition, step.picks, why=True)
        grounds = Choice(self._buttons.sources, why)
        return Reply(
            outcome.title,
            said,
            evidence=self._evidence(walk.assessment, outcome),
            citations=tuple(cited(self._library, outcome, of_age=outcome.audience == "adults")),
            choices=(*leads, grounds, self._back(step), self._topics),
            notice=self._wording.notice,
            private=True,
        )

    def _numbers(self, kinds: Collection[Kind]) -> Iterator[str]:
        """Telephone numbers in our own language, where a pack has the words for them."""
        for lexicon in self._library.lexicons:
            if lexicon.language == LANGUAGE:
                yield from numbers(self._library, kinds, lexicon)

    def _evidence(self, check: Assessment, outcome: Outcome) -> tuple[str, ...]:
        words = self._wording.evidence[outcome.evidence]
        return (words, reviewed(self._wording, check.review))

    def _lead(self, lead: Lead) -> Choice:
        entry = self._library.entries[lead.entry]
        return Choice(lead.label or entry.label, ShowEntry(entry.id))

    def _grounds(self, walk: Walk, here: Ended, step: Step) -> Reply:
        """What an outcome rests on: its claims, judged, and the first source of each."""
        outcome, of_age = here.outcome, here.outcome.audience == "adults"
        claims = [self._library.claims[id] for id in outcome.claims]
        codes = dict.fromkeys(code for claim in claims for code in claim.sources[:1])
        sources = (self._library.sources[code] for code in codes)
        return Reply(
            outcome.title,
            tuple(judged(self._wording, claim) for claim in claims),
            evidence=self._evidence(walk.assessment, outcome),
            citations=tuple(citation(source, of_age=of_age) for source in sources),
            choices=(self._back(step), self._topics),
            notice=self._wording.notice,
            private=True,
        )


def _long_words(text: str) -> set[str]:
    """The words that say something, as far as length tells."""
    return set(re.findall(r"\w{4,}", text.casefold()))
