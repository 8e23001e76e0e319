"""The question sets: what plays the FAQ's asks, and what its members ask."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tools.typos import typos

DATA = Path("../shared/bench")
TITLES = {
    "clinc": "CLINC150",
    "bank": "BANKING77",
    "bankoos": "BANKING77-OOS",
    "hwu": "HWU64",
    "sofmattress": "SOFMattress",
}
# What a reader of a set's figures has to know.
NOTES = {
    "bankoos": "BANKING77-OOS: 7 % of its tests (143 of 2,000) bear another label than the same question has "
    "in BANKING77, so a coverage at 2 or 5 % wrong says little there.",
}
SPLITS = {"train_5": "k=5", "train_10": "k=10"}
PEERS = "_peers"
# The FAQ that is also asked in haste, and the slips of each question.
HASTY, SLIPS, SEED = "CLINC150 k=10", 2, 1
# Without a published split, a FAQ of more asks an entry than `MOST` keeps `KEPT` of each, drawn by lot:
# wrong labels lie together at the head of BANKING77-OOS.
MOST, KEPT = 20, 10

Ask = tuple[str, str]


class BenchError(Exception):
    """The benchmark cannot run; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a member asks, and the entry that is right; None where nothing must be answered."""

    text: str
    entry: str | None


@dataclass(frozen=True, slots=True)
class Faq:
    """Asks as (text, entry), the questions put to them, and the set they come from."""

    name: str
    source: str
    asks: tuple[Ask, ...]
    questions: tuple[Question, ...] = ()

    @property
    def texts(self) -> Iterator[str]:
        """Every text of it, asks first."""
        yield from (text for text, _ in self.asks)
        yield from (question.text for question in self.questions)


# What a product answered when it was asked: the entry and its score, by question.
Recorded = dict[str, tuple[str, float]]


def faqs(folder: Path) -> list[Faq]:
    """Every FAQ of every set in a folder, those that we know first."""
    stems = sorted((path.stem for path in folder.glob("*.json")), key=_known_first)
    sets = [faq for stem in stems if not stem.endswith(PEERS) for faq in _faqs(folder, stem)]
    found = [one for faq in sets for one in (faq, *_hasty(faq))]
    if not found:
        raise BenchError(f"no question sets in {folder}: name their folder, `make bench DATA=...`")
    return found


def recorded(folder: Path, source: str) -> dict[str, Recorded]:
    """The products whose answers to a set were recorded, by name."""
    path = folder / f"{source}{PEERS}.json"
    if not path.exists():
        return {}
    return {
        product: {text: (entry, score) for text, entry, score in rows}
        for product, rows in _read(path).items()
    }


def made_up(folder: Path, entries: int, asks: int) -> Faq:
    """A FAQ of a given size, made of the asks of all sets; for timing, not for being right."""
    stems = [stem for stem in TITLES if (folder / f"{stem}.json").exists()]
    by_label = sorted(
        (
            (text, f"{stem} {label}")
            for stem in stems
            for text, label in _set(folder, stem)["train"]
        ),
        key=lambda pair: pair[1],
    )
    texts = list(dict.fromkeys(text for text, _ in by_label))
    stride = max(1, len(texts) // (entries * asks))
    chosen = [_numbered(texts, at * stride) for at in range(entries * asks)]
    pairs = tuple((text, f"entry {at // asks}") for at, text in enumerate(chosen))
    return Faq(f"{entries} entries", "made up", pairs)


def members_questions(folder: Path, count: int) -> list[str]:
    """Questions to time, spread over the test of the first set there is."""
    faq = faqs(folder)[0]
    step = max(1, len(faq.questions) // count)
    return [question.text for question in faq.questions[::step][:count]]


def _known_first(stem: str) -> tuple[int, str]:
    known = list(TITLES)
    return (known.index(stem) if stem in known else len(known), stem)


def _faqs(folder: Path, stem: str) -> Iterator[Faq]:
    whole = _set(folder, stem)
    questions = [Question(text, entry) for text, entry in whole["test"]]
    questions += [Question(text, None) for text in whole.get("oos", ())]
    title = TITLES.get(stem, stem)
    splits = {key: said for key, said in SPLITS.items() if key in whole}
    for key, said in splits.items():
        yield Faq(f"{title} {said}", stem, _asks(whole[key]), tuple(questions))
    if not splits:
        asks = _asks(whole["train"])
        few = _drawn(stem, asks)
        yield Faq(title if few == asks else f"{title} k={KEPT}", stem, few, tuple(questions))


def _hasty(faq: Faq) -> Iterator[Faq]:
    if faq.name == HASTY:
        slipped = (replace(one, text=typos(one.text, SLIPS, SEED)) for one in faq.questions)
        yield replace(faq, name=f"{faq.name}, two typos", questions=tuple(slipped))


def _asks(pairs: Sequence[Sequence[str]]) -> tuple[Ask, ...]:
    return tuple((text, entry) for text, entry in pairs)


def _drawn(seed: str, asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    if len(asks) <= MOST * len({entry for _, entry in asks}):
        return asks
    seen: Counter[str] = Counter()
    kept = []
    lot = random.Random(seed)  # noqa: S311 - a sample, no secret
    for text, entry in lot.sample(asks, len(asks)):
        seen[entry] += 1
        if seen[entry] <= KEPT:
            kept.append((text, entry))
    return tuple(kept)


def _numbered(texts: Sequence[str], at: int) -> str:
    turn, place = divmod(at, len(texts))
    return f"{texts[place]} {turn}" if turn else texts[place]


def _set(folder: Path, stem: str) -> dict[str, Any]:
    whole = _read(folder / f"{stem}.json")
    if not isinstance(whole, dict) or not {"train", "test"} <= set(whole):
        raise BenchError(f"{folder / stem}.json is no question set: it needs `train` and `test`")
    return whole


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
