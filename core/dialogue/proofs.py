"""The proofs of all guided checks, with what only tokens can tell: that the longest walk fits a button."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.assessment.edition import edition
from core.assessment.proof import Proof, prove
from core.content.assessment import Assessment
from core.content.draft import Draft
from core.content.library import Library
from core.content.problem import Problem
from core.dialogue import token
from core.dialogue.request import Step


def proofs(library: Library) -> dict[str, Proof]:
    """The proof of each guided check of a library."""
    return {id: prove(check) for id, check in library.assessments.items()}


def faults(drafts: Sequence[Draft], proved: Mapping[str, Proof]) -> Iterator[Problem]:
    """What the proofs found, each at its line."""
    for draft in drafts:
        for filed in draft.assessments:
            for fault in proved[filed.record.id].faults:
                yield filed.problem(fault.at, fault.rule, fault.what, fault.remedy)
            if (length := longest_token(filed.record)) > token.LONGEST:
                what = f"the longest walk needs {length} characters, a button holds {token.LONGEST}"
                yield filed.problem(("id",), "long-walk", what, "a shorter id, or fewer questions")


def longest_token(check: Assessment) -> int:
    """The length of the token of a walk through every question, in characters."""
    last = tuple(len(question.options) - 1 for question in check.questions)
    return len(token.write(Step(check.id, edition(check), last, why=True)))
