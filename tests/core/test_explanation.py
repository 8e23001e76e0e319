"""A matcher says how it read a text and why it decided so; the decision is the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.content.library import Library
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.vectors import VectorCache
from tests.builders import kettles


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library about kettles."""
    return kettles(tmp_path_factory.mktemp("kettles"))


@pytest.fixture(scope="module")
def accepting(tiny: Library, encoder: MiniLM, vectors: Path) -> Callable[[float], FusedMatcher]:
    """Makes a matcher over kettles that accepts a share of wrong answers."""
    entries, cache = tiny.entries.values(), VectorCache(vectors, encoder)
    return lambda accepted: FusedMatcher(entries, encoder, cache, accepted=accepted)


@pytest.fixture(scope="module")
def about_kettles(accepting: Callable[[float], FusedMatcher]) -> FusedMatcher:
    """The matcher over kettles."""
    return accepting(0.05)


TEXTS = [
    "are back dimples genetic",
    "do dimpels of venus mean im skiny",
    "are they genetic",
    "how do i get cheek dimples",
    "who won the world cup",
    "",
    "🫖",
    "so we went shopping and then had lunch and it was all fine " * 20 + "are back dimples genetic",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_explained_is_what_is_decided(matcher: FusedMatcher, text: str) -> None:
    assert matcher.explain(text).match == matcher.match(text)


def test_an_answer_names_the_threshold_and_the_rate(about_kettles: FusedMatcher) -> None:
    explained = about_kettles.explain("why is the kettle making a whistling noise")
    best = explained.match.candidates[0]

    assert explained.match.kind == "answer"
    assert explained.why == (
        f"{best.score:.2f} reaches the threshold of {about_kettles.threshold:.2f} "
        "meant to keep wrong answers under 5 %: answered"
    )


def test_an_offer_says_how_much_is_missing(matcher: FusedMatcher) -> None:
    explained = matcher.explain("how deep are they")
    best = explained.match.candidates[0]

    assert explained.match.reason == "unsure"
    assert explained.why == (
        f"{best.score:.2f} is below the threshold of {matcher.threshold:.2f} "
        "meant to keep wrong answers under 5 %: offered"
    )


def test_another_accepted_rate_is_said(accepting: Callable[[float], FusedMatcher]) -> None:
    explained = accepting(0.125).explain("why is the kettle making a whistling noise")

    assert "under 12.5 %" in explained.why


def test_what_is_too_far_off_is_said(about_kettles: FusedMatcher) -> None:
    explained = about_kettles.explain("who won the world cup")

    assert explained.match.reason == "far"
    assert explained.why.startswith("the nearest wording has a cosine of 0.")
    assert explained.why.endswith("an offer takes 0.40: nothing is offered")


def test_what_bars_a_text_from_its_entry_is_said(about_kettles: FusedMatcher) -> None:
    explained = about_kettles.explain("how do i descale a coffee machine")

    assert explained.match.reason == "barred"
    assert "“how do i descale a coffee machine” (1.00)" in explained.why
    assert explained.why.endswith("never `descale`: nothing is offered")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_to_read_is_said(about_kettles: FusedMatcher, text: str) -> None:
    explained = about_kettles.explain(text)

    assert explained.match.reason is None
    assert explained.why == "there is nothing to compare: nothing is offered"


def test_slips_are_told_as_written_and_as_read(matcher: FusedMatcher) -> None:
    explained = matcher.explain("what are bakc dimples")

    assert explained.changes == (("bakc", "back"),)
    assert matcher.explain("are back dimples genetic").changes == ()


def test_a_long_text_is_told_in_its_pieces(matcher: FusedMatcher) -> None:
    explained = matcher.explain(TEXTS[-1])

    assert len(explained.pieces) > 1
    assert explained.match.read in explained.pieces
    assert matcher.explain("are back dimples genetic").pieces == ("are back dimples genetic",)


def test_naming_the_subject_is_told_with_what_it_did(matcher: FusedMatcher) -> None:
    assert matcher.explain("are back dimples genetic").subject.startswith("named: the chance goes")
    assert matcher.explain("are they genetic").subject.startswith("not named: the chance goes")


def test_a_faq_of_many_subjects_has_none_to_name(about_kettles: FusedMatcher) -> None:
    assert about_kettles.explain("why is my kettle screaming").subject == ""


def test_candidates_come_with_the_cosine_of_their_nearest_ask(about_kettles: FusedMatcher) -> None:
    best = about_kettles.explain("how to descale a kettle").match.candidates[0]

    assert best.ask == "how to descale a kettle"
    assert best.cosine == pytest.approx(1, abs=1e-3)
