"""Rules on asks: enough of them, and each one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from core.content.draft import Draft
from core.content.problem import Problem
from core.content.rules.rule import Rule, each

FEWEST = 5


def _few(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        if len(filed.record.asks) < FEWEST:
            what = f"`{filed.record.id}` has {len(filed.record.asks)} asks"
            yield filed.problem(("asks",), "few-asks", what, f"write at least {FEWEST}")


def _shared(drafts: Sequence[Draft], _: date) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for draft in drafts:
        for filed in draft.entries:
            for at, ask in enumerate(filed.record.asks):
                said = ask.casefold().strip(" ?!.")
                if said in owner:
                    what = f"`{ask}` is an ask of `{owner[said]}` already"
                    remedy = "give it to one entry only"
                    yield filed.problem(("asks", at), "shared-ask", what, remedy)
                owner.setdefault(said, filed.record.id)


def _contradiction(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        asks = {ask.casefold() for ask in filed.record.asks}
        for at, ask in enumerate(filed.record.not_asks):
            if ask.casefold() in asks:
                what = f"`{ask}` is an ask and a not_ask of `{filed.record.id}`"
                yield filed.problem(("not_asks", at), "contradiction", what, "keep it in one")


FEW_ASKS = Rule(
    "few-asks",
    "People ask one thing in many ways; with fewer than five wordings they are not found.",
    "entry: {asks: [what are they]}",
    each(_few),
)
SHARED_ASK = Rule(
    "shared-ask",
    "A wording that belongs to two entries finds neither for sure.",
    "other: {asks: [what are those dents, b, c, d, e]}",
    _shared,
    stops=True,
)
CONTRADICTION = Rule(
    "contradiction",
    "A wording can't be both this entry and never this entry.",
    "entry: {not_asks: [what are those dents]}",
    each(_contradiction),
    stops=True,
)
