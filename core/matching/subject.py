"""What a FAQ of one subject is about, in the words that nearly all of its entries share.

Within one subject a wording may leave it out ("how deep are they"); a stranger's question about
something else leaves it out too, and sounds like an entry all the same ("does an epidural hurt").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from core.matching.lexicon import english
from core.matching.wordings import Wording

# A word of the subject stands in so many of the entries, and is rarer than this in English.
SHARE, COMMON = 0.2, 2e-4
# There is one subject where so many of the wordings name it, in no fewer entries than these.
NAMED, FEWEST = 0.5, 8
# "does" is no plural.
SHORT = 4
_WORD = re.compile(r"[^\W\d_]+")


class Subject:
    """The words of a FAQ's subject; none where it has no single one."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        wanted = [wording for wording in wordings if wording.wanted]
        counts = Counter(
            word for _, word in {(w.entry, word) for w in wanted for word in _stems(w.text)}
        )
        entries = len({wording.entry for wording in wanted})
        rare = english().probability
        words = {w for w, n in counts.items() if n >= SHARE * entries and rare(w) < COMMON}
        self.words = frozenset(words)
        named = sum(self.named_in(wording.text) for wording in wanted)
        if entries < FEWEST or named < NAMED * len(wanted):
            self.words = frozenset()

    def named_in(self, text: str) -> bool:
        """Whether `text` says one of the words."""
        return not self.words.isdisjoint(_stems(text))


def _stems(text: str) -> set[str]:
    """Its words, plural and singular being one."""
    words = _WORD.findall(text.lower())
    return {word.removesuffix("s") if len(word) > SHORT else word for word in words}
