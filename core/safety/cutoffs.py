"""The chances from which rules hold with no word that says so, chosen on texts that had not been learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kinds:
    """The rules that are emergencies, and those that only ever say something beside an answer."""

    urgent: frozenset[str]
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """What a rule needs, what it needs if it takes no answer away, and what an emergency does.

    Where a text is `hardly` harmless, the likeliest rule holds from `likeliest` on and an emergency from
    `urgent_then`, however the chances are shared out among the rules. A long text is read in windows, and
    each is a chance to be wrong: what is no emergency needs `longer` times as much there.
    """

    alone: float
    beside: float
    urgent_alone: float
    hardly: float
    likeliest: float
    urgent_then: float
    longer: float

    def needed(
        self, chances: Mapping[str, float], harmless: float, kinds: Kinds, *, long: bool
    ) -> dict[str, float]:
        """What each rule needs, from the chances of all and that of none."""
        needed = {rule: self._alone(rule, kinds) for rule in chances}
        if harmless <= self.hardly and chances:
            likeliest = max(chances, key=chances.__getitem__)
            needed |= {likeliest: self.likeliest} | dict.fromkeys(kinds.urgent, self.urgent_then)
        return {
            rule: chance * self.longer if long and rule not in kinds.urgent else chance
            for rule, chance in needed.items()
        }

    def _alone(self, rule: str, kinds: Kinds) -> float:
        if rule in kinds.urgent:
            return self.urgent_alone
        return self.beside if rule in kinds.beside else self.alone


ENGLISH = Cutoffs(
    alone=0.55,
    beside=0.35,
    urgent_alone=0.4,
    hardly=0.2,
    likeliest=0.3,
    urgent_then=0.3,
    longer=1.4,
)
# Of other languages less was learnt, and a chance is worth less: an emergency takes less there.
ABROAD = Cutoffs(
    alone=0.55,
    beside=0.55,
    urgent_alone=0.35,
    hardly=0.2,
    likeliest=0.37,
    urgent_then=0.3,
    longer=1,
)
