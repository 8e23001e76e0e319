"""The risk-coverage curve: what other thresholds would have come to."""

import pytest

from core.matching.curve import Point, curve, operating
from core.matching.evaluation import Report, Trial, cross_validated
from core.matching.fused import FusedMatcher
from core.matching.match import Candidate, Match, Reason
from core.matching.outcome import Labelled, outcome


def trial(score: float, *, right: bool, reason: Reason = "unsure") -> Trial:
    """A question that got one candidate, and from 0.5 on that as its answer."""
    question = Labelled("a question", ("this",) if right else ("that",))
    kind = "answer" if score >= 0.5 and reason == "sure" else "clarify"
    found = Match(kind, (Candidate("this", score, "an ask"),), 0.5, reason=reason)  # type: ignore[arg-type]
    return Trial(question, found, outcome(question, kind, ["this"]))


def test_the_likeliest_are_answered_first() -> None:
    report = Report(
        (trial(0.4, right=False), trial(0.9, right=True, reason="sure"), trial(0.2, right=True))
    )

    assert curve(report) == [Point(3, 1, 0), Point(3, 2, 1), Point(3, 3, 1)]
    assert [point.risk for point in curve(report)] == [0, 0.5, pytest.approx(1 / 3)]
    assert [point.coverage for point in curve(report)] == pytest.approx([1 / 3, 2 / 3, 1])


def test_no_threshold_comes_between_what_is_equally_likely() -> None:
    report = Report((trial(0.4, right=False), trial(0.4, right=True)))

    assert curve(report) == [Point(2, 2, 1)]


def test_what_no_threshold_answers_is_never_given() -> None:
    barred = Trial(Labelled("a question", ()), Match("none", reason="barred"), "withheld")
    report = Report((trial(0.9, right=True, reason="far"), trial(0.3, right=True), barred))

    assert curve(report) == [Point(3, 1, 0)]


def test_without_questions_there_is_no_curve() -> None:
    assert curve(Report(())) == []
    assert operating(Report(())).interval == (0.0, 1.0)
    assert operating(Report(())).coverage == 0


def test_the_matcher_works_at_a_point_of_its_curve(matcher: FusedMatcher) -> None:
    report = cross_validated(matcher)
    now = operating(report)

    assert now in curve(report)
    assert now.given == report.count("right") + report.count("wrong")
