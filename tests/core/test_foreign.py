"""Questions in other languages reach the entries, mostly among three offers."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.library import Library
from core.matching.evaluation import labelled
from core.matching.foreign import OFFERED, ForeignCuts, ForeignMatcher
from core.matching.multilingual import Multilingual, installed
from core.matching.outcome import Labelled
from core.matching.vectors import VectorCache
from tests.builders import kettles
from tests.shared import ROOT

pytestmark = pytest.mark.skipif(
    not installed(), reason="needs the extra `languages`, which this machine does not have"
)
LANGUAGES = ("es", "pt", "ru", "de", "ja")


@pytest.fixture(scope="module")
def encoder() -> Multilingual:
    """The multilingual encoder."""
    return Multilingual()


@pytest.fixture(scope="module")
def foreign(library: Library, encoder: Multilingual, vectors: Path) -> ForeignMatcher:
    """The matcher over the shipped content."""
    return ForeignMatcher(library.entries.values(), encoder, VectorCache(vectors, encoder))


def lines(name: str) -> list[dict[str, str]]:
    """The lines of a file of tests/data."""
    text = (ROOT / f"tests/data/{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_of_ten_translated_asks_are_right_or_offered(
    foreign: ForeignMatcher, language: str
) -> None:
    said = [line for line in lines("translations") if line["language"] == language]
    report = labelled(foreign, (Labelled(line["text"], (line["entry"],)) for line in said))

    assert report.count("right") + report.count("offered") >= 0.6 * len(said), report
    assert report.wrong_rate <= 0.05


def test_out_of_scope_is_never_answered_and_less_often_offered(foreign: ForeignMatcher) -> None:
    kinds = [foreign.match(line["text"]).kind for line in lines("out_of_scope_translated")]

    assert kinds.count("answer") == 0
    assert kinds.count("clarify") <= 0.45 * len(kinds)


def test_candidates_are_few_and_best_first(foreign: ForeignMatcher, library: Library) -> None:
    for line in lines("translations")[::10]:
        found = foreign.match(line["text"]).candidates
        scores = [one.score for one in found]

        assert scores == sorted(scores, reverse=True) and len(found) <= OFFERED
        assert all(0 <= score <= 1 for score in scores)
        assert {one.entry for one in found} <= set(library.entries)


def test_another_topic_is_understood_too(encoder: Multilingual, tmp_path: Path) -> None:
    library = kettles(tmp_path)
    matcher = ForeignMatcher(library.entries.values(), encoder, VectorCache(tmp_path, encoder))

    assert matcher.match("почему чайник свистит").candidates[0].entry == "whistle"
    assert matcher.match("¿por qué silba la tetera?").candidates[0].entry == "whistle"
    assert matcher.match("wer hat gestern gewonnen").kind == "none"


def test_a_text_marked_never_this_entry_never_gets_it(
    encoder: Multilingual, tmp_path: Path
) -> None:
    library = kettles(tmp_path)
    cuts = ForeignCuts(offer=-1)
    cache = VectorCache(tmp_path, encoder)
    matcher = ForeignMatcher(library.entries.values(), encoder, cache, cuts=cuts)
    found = matcher.match("cómo descalcifico una cafetera").candidates

    assert found and "descale" not in [one.entry for one in found]


def test_without_entries_there_is_nothing_to_find(encoder: Multilingual, tmp_path: Path) -> None:
    matcher = ForeignMatcher([], encoder, VectorCache(tmp_path, encoder))

    assert matcher.match("hola").kind == "none"


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_gets_a_decision(foreign: ForeignMatcher, text: str) -> None:
    match = foreign.match(text)

    assert (match.kind == "none") == (not match.candidates)


def test_it_says_why_and_decides_the_same(foreign: ForeignMatcher) -> None:
    texts = [
        line["text"] for name in ("translations", "out_of_scope_translated") for line in lines(name)
    ]
    explained = {text: foreign.explain(text) for text in texts[:60] + texts[-20:]}

    assert all(one.match == foreign.match(text) for text, one in explained.items())
    for one in explained.values():
        takes = {
            "answer": "an answer takes 0.50 and 0.10: answered",
            "clarify": "an answer takes 0.50 and 0.10: offered",
            "none": "nothing reaches the 0.33 that an offer takes: nothing is offered",
        }
        assert one.why.endswith(takes[one.match.kind])
    assert {one.match.kind for one in explained.values()} >= {"clarify", "none"}
