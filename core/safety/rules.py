"""Rules on safety content that only the guard can judge: phrases it can read, examples that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.content.draft import Draft, Filed
from core.content.problem import Problem
from core.content.safety import Lexicon
from core.safety.guard import Guard

REMEDY = "narrow the sign, or add a figure"

Check = Callable[[Filed[Lexicon], Guard], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class GuardRule:
    """A rule of safety content: its name, why it is there, an example that breaks it, the check."""

    id: str
    reason: str
    example: str
    check: Check


def violations(drafts: Sequence[Draft], guard: Guard) -> list[Problem]:
    """Every example that does not hold."""
    lexicons = [filed for draft in drafts for filed in draft.lexicons]
    return sorted({p for filed in lexicons for rule in RULES for p in rule.check(filed, guard)})


def _missed(filed: Filed[Lexicon], guard: Guard) -> Iterator[Problem]:
    for at, examples in enumerate(filed.record.examples):
        for number, text in enumerate(examples.fires):
            fired = _fired(guard, text)
            if examples.rule not in fired:
                what = f"`{text}` does not fire {examples.rule} but {', '.join(fired) or 'nothing'}"
                path = ("examples", at, "fires", number)
                yield filed.problem(path, "missed", what, "add a sign for it")


def _false_alarm(filed: Filed[Lexicon], guard: Guard) -> Iterator[Problem]:
    for at, examples in enumerate(filed.record.examples):
        for number, text in enumerate(examples.silent):
            if examples.rule in _fired(guard, text):
                what = f"`{text}` fires {examples.rule}"
                path = ("examples", at, "silent", number)
                yield filed.problem(path, "false-alarm", what, REMEDY)
    for number, text in enumerate(filed.record.harmless):
        if fired := _fired(guard, text):
            what = f"`{text}` fires {', '.join(fired)}"
            yield filed.problem(("harmless", number), "false-alarm", what, REMEDY)


def _fired(guard: Guard, text: str) -> list[str]:
    alarm = guard.look(text)
    return [one.rule.id for one in alarm.fired] if alarm else []


MISSED = GuardRule(
    "missed",
    "Each example that must fire does.",
    "lexicon: {examples: [{rule: R1, message: scald, fires: [my tea is cold]}]}",
    _missed,
)
FALSE_ALARM = GuardRule(
    "false-alarm",
    "Each example that must stay silent does.",
    "lexicon: {examples: [{rule: R1, message: scald, fires: [], silent: [i burnt my hand]}]}",
    _false_alarm,
)
RULES = (MISSED, FALSE_ALARM)
