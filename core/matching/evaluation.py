"""How often a matcher is right, offers the right entry, is wrong, or withholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.matching.match import Match, Matcher
from core.matching.outcome import Labelled, Outcome, outcome
from core.matching.ridge import RidgeMatcher


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a labelled question."""

    question: Labelled
    match: Match
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """The trials of an evaluation, counted."""

    trials: tuple[Trial, ...]

    def count(self, outcome: Outcome) -> int:
        """How many trials ended so."""
        return Counter(trial.outcome for trial in self.trials)[outcome]

    @property
    def wrong_rate(self) -> float:
        """The share of wrong ones among the answers that were given; 0 when none was."""
        given = self.count("right") + self.count("wrong")
        return self.count("wrong") / given if given else 0.0

    def __str__(self) -> str:
        counts = {o: self.count(o) for o in ("right", "offered", "wrong", "withheld")}
        whole = max(1, len(self.trials))
        parts = (f"{outcome} {n} ({n / whole:.1%})" for outcome, n in counts.items())
        said = f"{len(self.trials)} questions: {', '.join(parts)}"
        return f"{said}; wrong of answers given {self.wrong_rate:.1%}"


def leave_one_out(matcher: RidgeMatcher) -> Report:
    """Every ask of every entry, matched as if that ask had never been written."""
    return Report(tuple(_left_out(matcher)))


def labelled(matcher: Matcher, questions: Iterable[Labelled]) -> Report:
    """Questions with known answers, matched as a member's would be."""
    return Report(tuple(_trial(question, matcher.match(question.text)) for question in questions))


def _left_out(matcher: RidgeMatcher) -> Iterator[Trial]:
    for at, wording in enumerate(matcher.wordings):
        if wording.wanted and not wording.heading:
            question = Labelled(wording.text, (wording.entry,))
            yield _trial(question, matcher.match_without(at))


def _trial(question: Labelled, match: Match) -> Trial:
    return Trial(question, match, _outcome(question, match))


def _outcome(question: Labelled, match: Match) -> Outcome:
    return outcome(question, match.kind, [candidate.entry for candidate in match.candidates])
