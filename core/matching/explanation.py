"""How a matcher read a text and why it decided so, for a person who wonders."""

from __future__ import annotations

from dataclasses import dataclass

from core.matching.match import Candidate, Match
from core.matching.speller import Change
from core.matching.wordings import Wording

EMPTY = "there is nothing to compare: nothing is offered"
DONE = {"answer": "answered", "clarify": "offered", "none": "nothing is offered"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision, why it was taken, and how the text was read for it.

    `subject` says what naming the FAQ's subject did, `changes` what a speller changed, as
    (written, read), and `unmended` that the text lay nearer without that. `pieces` are what a long
    text was cut into, in both readings, and `considered` the candidates, even if they were barred.
    """

    match: Match
    why: str
    subject: str = ""
    changes: tuple[Change, ...] = ()
    unmended: bool = False
    pieces: tuple[str, ...] = ()
    considered: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a decision was weighed by, and the bars it had to reach.

    `plain` is the chance before the subject was looked for, `chance` the one after; `near` the
    cosine of the nearest wording; `accepted` the share of wrong answers that is accepted;
    `first` the entry that comes first, None for "none of these", `nearest` its nearest wording.
    """

    plain: float
    chance: float
    near: float
    accepted: float
    answer_near: float
    offer_near: float
    offer_from: float
    first: str | None
    nearest: Wording
    cosine: float


def because(match: Match, weighed: Weighed) -> str:
    """Why an answer was given, offered or withheld, in one line."""
    return f"{_reason(match, weighed)}: {DONE[match.kind]}"


def _reason(match: Match, weighed: Weighed) -> str:
    bar = f"the threshold of {match.threshold:.2f} meant to keep wrong answers under "
    bar += percent(weighed.accepted)
    if match.reason == "sure":
        return f"{weighed.chance:.2f} reaches {bar}"
    if match.reason == "barred":
        return _barred(weighed)
    if match.reason == "far":
        return _too_far(match, weighed)
    if match.kind == "none":
        return f"{weighed.plain:.2f} is below the {weighed.offer_from:.2f} that an offer takes"
    return f"{weighed.chance:.2f} is below {bar}"


def _too_far(match: Match, weighed: Weighed) -> str:
    """What is too far off for an answer may still be near enough for an offer, if likely enough."""
    said = f"the nearest wording has a cosine of {weighed.near:.2f}"
    if match.kind == "clarify":
        return f"{said}, and an answer takes {weighed.answer_near:.2f}"
    if weighed.near < weighed.offer_near:
        return f"{said}, and an offer takes {weighed.offer_near:.2f}"
    return (
        f"{said}, and {weighed.plain:.2f} is below the {weighed.offer_from:.2f} that an offer takes"
    )


def _barred(weighed: Weighed) -> str:
    nearest = f"“{weighed.nearest.text}” ({weighed.cosine:.2f})"
    if weighed.first:
        return f"it comes nearest to {nearest}, which is never `{weighed.first}`"
    return f"what no entry is for comes first, such as {nearest}, never `{weighed.nearest.entry}`"


def percent(share: float) -> str:
    """0.05 as 5 %."""
    return f"{share * 100:.3g} %"
