"""The chances from which rules hold with no word that says so, chosen on texts that had not been learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """What a rule needs, and what an emergency does.

    Where a text is `hardly` harmless, the likeliest rule holds from `likeliest` on and an emergency from
    `urgent_then`, however the chances are shared out among the rules. A long text is read in windows, and
    each is a chance to be wrong: what is no emergency needs `longer` times as much there.
    """

    alone: float
    urgent_alone: float
    hardly: float
    likeliest: float
    urgent_then: float
    longer: float

    def needed(
        self, chances: Mapping[str, float], harmless: float, urgent: set[str], *, long: bool
    ) -> dict[str, float]:
        """What each rule needs, from the chances of all and that of none."""
        needed = {rule: self.urgent_alone if rule in urgent else self.alone for rule in chances}
        if harmless <= self.hardly and chances:
            likeliest = max(chances, key=chances.__getitem__)
            needed |= {likeliest: self.likeliest} | dict.fromkeys(urgent, self.urgent_then)
        return {
            rule: chance * self.longer if long and rule not in urgent else chance
            for rule, chance in needed.items()
        }


ENGLISH = Cutoffs(
    alone=0.5, urgent_alone=0.45, hardly=0.15, likeliest=0.3, urgent_then=0.3, longer=1.4
)
# Of other languages less was learnt, and a chance is worth less: an emergency takes less there.
ABROAD = Cutoffs(
    alone=0.55, urgent_alone=0.25, hardly=0.25, likeliest=0.3, urgent_then=0.2, longer=1
)
