"""How sure an answer may sound: the table of docs/authors.md."""

from datetime import date
from itertools import product

import pytest
from pydantic import ValidationError

from core.content.model import STRENGTH, Claim, Evidence, Review, Verdict, evidence_for

GRADES = ("A", "B", "C", "D", "none")
AT_MOST = {
    "supported": ("strong", "some", "experts", "none", "none"),
    "unsupported": ("strong", "some", "experts", "none", "none"),
    "plausible": ("experts", "experts", "experts", "none", "none"),
    "opinion": ("experts", "experts", "experts", "none", "none"),
    "contested": ("contested", "contested", "contested", "contested", "contested"),
    "gap": ("none", "none", "none", "none", "none"),
}
ROWS = [
    (verdict, grade, most)
    for verdict, row in AT_MOST.items()
    for grade, most in zip(GRADES, row, strict=True)
]


def judged(verdict: str, grade: str) -> Claim:
    """A claim with a verdict and a grade."""
    review = Review(status="editorial", on=date(2026, 11, 22), due=date(2027, 11, 22))
    written = {"id": "C01", "text": "So it is.", "verdict": verdict, "grade": grade}
    return Claim.model_validate({**written, "review": review})


@pytest.mark.parametrize(("verdict", "grade", "most"), ROWS)
def test_verdict_and_grade_say_how_sure_an_answer_may_be(
    verdict: str, grade: str, most: str
) -> None:
    assert evidence_for(judged(verdict, grade)) == most


def test_a_question_without_a_fact_allows_nothing() -> None:
    assert evidence_for(judged("framing", "none")) == Evidence.NONE


def test_every_verdict_with_every_grade_allows_something() -> None:
    for verdict, grade in product(Verdict, GRADES):
        assert evidence_for(judged(verdict, grade)) in Evidence


def test_a_weaker_grade_never_allows_more() -> None:
    for verdict in Verdict:
        allowed = [STRENGTH[evidence_for(judged(verdict, grade))] for grade in GRADES]
        assert allowed == sorted(allowed, reverse=True)


def test_strong_is_the_strongest_and_what_nobody_checked_the_weakest() -> None:
    ranked = sorted(Evidence, key=STRENGTH.__getitem__)

    assert ranked == ["community", "none", "contested", "experts", "some", "strong"]


def test_a_record_cannot_be_changed_after_it_was_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(judged("supported", "A"), "text", "Otherwise.")  # noqa: B010 - mypy knows it too
