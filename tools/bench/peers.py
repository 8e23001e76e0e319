"""What people use instead, each as its own documents advise, and what products once answered."""

from __future__ import annotations

import re
import sqlite3
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any

from tools.bench.contender import Grouped, Kind, Ranking, Supplies, ranked

if TYPE_CHECKING:
    from tools.bench.sets import Faq, Recorded

MISSING = "The peers' packages are missing: pip install --constraint constraints.txt --editable '.[bench]'"
# The cut that guides to RapidFuzz give, and the default of difflib.get_close_matches.
TOKEN_SET_CUT, DIFFLIB_CUT = 80.0, 0.6
# The cut at which HINT3 compares the products that it recorded.
RECORDED_CUT = 0.5
NO_ANSWER = "NO_NODES_DETECTED"
_WORD = re.compile(r"\w+")


class _Uncut:
    """Ranks, but nobody knows a customary confidence from which it would answer."""

    def decide(self, text: str, asked: float) -> str | None:
        """Never asked: a kind without a rule only ranks."""
        raise NotImplementedError


class _Cut:
    """Answers with the first candidate from a fixed confidence on, whatever rate is asked for."""

    cut: float
    _last: tuple[str, Ranking] = ("", [])

    def rank(self, text: str) -> Ranking:
        """Its candidates, best first; those of the last question are kept for `decide`."""
        self._last = (text, self._ranked(text))
        return self._last[1]

    def decide(self, text: str, asked: float) -> str | None:
        """The first candidate, if it reaches the cut."""
        ranking = self._last[1] if self._last[0] == text else self.rank(text)
        return ranking[0][0] if ranking and ranking[0][1] >= self.cut else None

    def _ranked(self, text: str) -> Ranking:
        raise NotImplementedError


class TokenSetRatio(_Cut):
    """RapidFuzz token_set_ratio, the best over an entry's asks, after its default_process."""

    cut = TOKEN_SET_CUT

    def __init__(self, faq: Faq, supplies: Supplies) -> None:
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - a child measures one peer alone

        self._asks = Grouped(faq.asks)
        self._known = [utils.default_process(text) for text in self._asks.texts]
        self._tidied = utils.default_process
        self._compared = partial(process.cdist, choices=self._known, scorer=fuzz.token_set_ratio)

    def _ranked(self, text: str) -> Ranking:
        """Entries by their best ask, 0 to 100."""
        return self._asks.best(self._compared([self._tidied(text)])[0].tolist())


class Difflib(_Cut):
    """difflib's ratio in lower case, the best over an entry's asks."""

    cut = DIFFLIB_CUT

    def __init__(self, faq: Faq, supplies: Supplies) -> None:
        self._asks = Grouped(faq.asks)
        self._known = [text.lower() for text in self._asks.texts]

    def _ranked(self, text: str) -> Ranking:
        """Entries by their best ask, 0 to 1."""
        matcher = SequenceMatcher(None, "", text.lower())
        return self._asks.best([self._ratio(matcher, known) for known in self._known])

    @staticmethod
    def _ratio(matcher: SequenceMatcher[str], known: str) -> float:
        matcher.set_seq1(known)
        return matcher.ratio()


class FullTextSearch(_Uncut):
    """SQLite's FTS5: a row an ask, porter stems, any word of the question, bm25."""

    def __init__(self, faq: Faq, supplies: Supplies) -> None:
        self._asks = Grouped(faq.asks)
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE asks USING fts5(text, tokenize='porter')")
        self._database.executemany(
            "INSERT INTO asks (rowid, text) VALUES (?, ?)", enumerate(self._asks.texts)
        )

    def rank(self, text: str) -> Ranking:
        """Entries by their best ask; those that share no word are left out."""
        words = dict.fromkeys(_WORD.findall(text.lower()))
        if not words:
            return []
        best: dict[str, float] = {}
        query = "SELECT rowid, -bm25(asks) FROM asks WHERE asks MATCH ? ORDER BY rowid"
        for row, score in self._database.execute(query, (" OR ".join(f'"{w}"' for w in words),)):
            entry = self._asks.entries[self._asks.owner[row]]
            best[entry] = max(best.get(entry, 0.0), score)
        return ranked(best.items())


class BM25S(_Uncut):
    """bm25s with its stemmer, an entry's asks joined into one document."""

    def __init__(self, faq: Faq, supplies: Supplies) -> None:
        import bm25s  # noqa: PLC0415 - a child measures one peer alone
        import Stemmer  # noqa: PLC0415

        asks = Grouped(faq.asks)
        self._entries = asks.entries
        self._words: Any = partial(
            bm25s.tokenize, stopwords=None, stemmer=Stemmer.Stemmer("english"), show_progress=False
        )
        self._index: Any = bm25s.BM25()
        self._index.index(self._words(asks.documents), show_progress=False)

    def rank(self, text: str) -> Ranking:
        """Entries by their document's score; none if no word is known."""
        words = self._words([text], return_ids=False)[0]
        scores = self._index.get_scores(words).tolist() if words else []
        return ranked(pair for pair in zip(self._entries, scores, strict=False) if pair[1] > 0)


class MaxSim(_Uncut):
    """The cosine of our own sentence encoder, the best over an entry's asks."""

    def __init__(self, faq: Faq, supplies: Supplies) -> None:
        import numpy  # noqa: PLC0415 - a child measures one peer alone

        self._asks, self._encoder = Grouped(faq.asks), supplies.encoder
        self._vectors = numpy.stack([self._encoder.encode(text) for text in self._asks.texts])

    def rank(self, text: str) -> Ranking:
        """Entries by the cosine of their nearest ask."""
        return self._asks.best((self._vectors @ self._encoder.encode(text)).tolist())


class Product(_Cut):
    """What a product answered in 2020, when the same asks were put into it."""

    cut = RECORDED_CUT

    def __init__(self, answers: Recorded, faq: Faq, supplies: Supplies) -> None:
        self._answers = answers

    def _ranked(self, text: str) -> Ranking:
        """Its one recorded candidate, if it had one."""
        entry, score = self._answers[text]
        return [] if entry == NO_ANSWER else [(entry, score)]


def product(name: str, answers: Recorded) -> Kind:
    """A recorded product as a contender."""
    make = partial(Product, answers)
    return Kind(f"{name} (recorded 2020)", make, rule=f"cut at {RECORDED_CUT}", ranks=False)


PEERS = (
    Kind("RapidFuzz token_set_ratio", TokenSetRatio, rule="cut at 80"),
    Kind("difflib", Difflib, rule="cut at 0.6", sample=400, skips="k=10"),
    Kind("SQLite FTS5", FullTextSearch),
    Kind("bm25s", BM25S),
    Kind("MiniLM max-sim", MaxSim),
)


def require() -> str | None:
    """What to do if a peer's package is not there."""
    try:
        import bm25s  # noqa: F401, PLC0415
        import rapidfuzz  # noqa: F401, PLC0415
        import Stemmer  # noqa: F401, PLC0415
    except ImportError:
        return MISSING
    return None
