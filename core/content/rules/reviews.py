"""Rules on reviews: dated, due, and by someone with a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from core.content.draft import Draft
from core.content.problem import Problem
from core.content.rules.rule import Rule, each


def _overdue(drafts: Sequence[Draft], today: date) -> Iterator[Problem]:
    for draft in drafts:
        for filed in draft.reviewed():
            if filed.record.review.due < today:
                what = f"the review of `{filed.record.id}` was due on {filed.record.review.due}"
                remedy = "read it again and set `on` and `due`"
                yield filed.problem(("review",), "overdue", what, remedy)


def _review(draft: Draft) -> Iterator[Problem]:
    for filed in draft.reviewed():
        review = filed.record.review
        if review.due <= review.on:
            what = f"due on {review.due}, made on {review.on}"
            yield filed.problem(("review",), "review", what, "set `due` after `on`")
        if (review.status == "clinician") != (review.reviewer is not None):
            what = f"status `{review.status}` with reviewer `{review.reviewer}`"
            remedy = "name a reviewer for `clinician`, and only there"
            yield filed.problem(("review",), "review", what, remedy)


OVERDUE = Rule(
    "overdue",
    "A review comes due again; a bot goes on meanwhile and shows the date.",
    "entry: {review: {status: editorial, on: 2019-01-01, due: 2020-01-01}}",
    _overdue,
)
REVIEW = Rule(
    "review",
    "A review comes due after it was made, and a clinician has a name.",
    "entry: {review: {status: clinician, on: 2026-11-22, due: 2027-11-22}}",
    each(_review),
    stops=True,
)
