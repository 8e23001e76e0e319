"""The ridge matcher with the real encoder: right on its own asks, and never an error."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.library import Library
from core.content.model import Entry
from core.matching.encoder import MiniLM
from core.matching.evaluation import Report, labelled, leave_one_out
from core.matching.match import Match
from core.matching.outcome import Labelled
from core.matching.ridge import SHOWN, RidgeMatcher
from core.matching.vectors import VectorCache
from core.matching.wordings import tidy, wordings
from tests.builders import kettles

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library about kettles."""
    return kettles(tmp_path_factory.mktemp("kettles"))


@pytest.fixture(scope="module")
def over(encoder: MiniLM, vectors: Path) -> Callable[..., RidgeMatcher]:
    """Makes a matcher over some entries."""
    return lambda *entries: RidgeMatcher(entries, encoder, VectorCache(vectors, encoder))


@pytest.fixture(scope="module")
def about_kettles(tiny: Library, over: Callable[..., RidgeMatcher]) -> RidgeMatcher:
    """The matcher over kettles."""
    return over(*tiny.entries.values())


# A topic the code has never heard of


def test_its_own_asks_are_answered(tiny: Library, about_kettles: RidgeMatcher) -> None:
    found = {ask: about_kettles.match(ask) for e in tiny.entries.values() for ask in e.asks}
    owner = {ask: e.id for e in tiny.entries.values() for ask in e.asks}

    assert all(match.kind == "answer" for match in found.values())
    assert {ask: match.candidates[0].entry for ask, match in found.items()} == owner


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("how can i remove the limescale in my kettle", "descale"),
        ("why is the kettle making a whistling noise", "whistle"),
        ("what fuse should i put in the plug", "fuse"),
    ],
)
def test_a_question_in_other_words_is_answered(
    about_kettles: RidgeMatcher, text: str, entry: str
) -> None:
    match = about_kettles.match(text)

    assert match.kind == "answer"
    assert match.candidates[0].entry == entry


@pytest.mark.parametrize("text", ["who won the world cup", "my dog has fleas", "asdf jkl", "🫖"])
def test_a_question_about_something_else_is_not(about_kettles: RidgeMatcher, text: str) -> None:
    assert about_kettles.match(text).kind == "none"


# The pack that ships


def test_every_ask_that_ships_finds_its_entry_first_or_among_a_few(
    library: Library, matcher: RidgeMatcher
) -> None:
    lost = [
        ask
        for entry in library.entries.values()
        for ask in (entry.question, *entry.asks)
        if entry.id not in [one.entry for one in matcher.match(ask).candidates[:3]]
    ]

    assert len(lost) <= 0.02 * len(matcher.wordings), lost


def test_a_text_marked_never_this_entry_never_gets_it(
    library: Library, matcher: RidgeMatcher
) -> None:
    got = [
        (entry.id, text)
        for entry in library.entries.values()
        for text in entry.not_asks
        if entry.id in [one.entry for one in matcher.match(text).candidates]
    ]

    assert got == []
    assert any(entry.not_asks for entry in library.entries.values())


def test_nor_does_it_when_typed_in_another_way(library: Library, matcher: RidgeMatcher) -> None:
    for entry in library.entries.values():
        for text in entry.not_asks:
            match = matcher.match(f"  {text.upper()} ")
            assert entry.id not in [one.entry for one in match.candidates]


def test_candidates_are_few_and_best_first_with_a_score_and_an_ask(
    library: Library, matcher: RidgeMatcher
) -> None:
    for entry in library.entries.values():
        found = matcher.match(entry.question).candidates
        scores = [one.score for one in found]

        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        assert len({one.entry for one in found}) == len(found) <= SHOWN
        for one in found:
            owner = library.entries[one.entry]
            assert one.ask in (owner.question, *owner.asks)


@pytest.mark.parametrize(
    "text", ["HOW DEEP ARE THEY", "how  deep\n are\tthey", "ｈｏｗ deep are they"]
)
def test_how_a_text_is_typed_does_not_matter(matcher: RidgeMatcher, text: str) -> None:
    assert matcher.match(text) == matcher.match("how deep are they")


@settings(deadline=None)
@given(ANYTHING)
def test_any_text_gets_a_decision(matcher: RidgeMatcher, text: str) -> None:
    match = matcher.match(text)

    assert (match.kind == "none") == (not match.candidates)


def test_a_text_of_6000_characters_gets_a_decision(matcher: RidgeMatcher) -> None:
    assert matcher.match("how deep are they " * 333).kind in ("answer", "clarify", "none")


# Few entries


@pytest.mark.parametrize("count", [1, 2])
def test_a_few_entries_are_enough(
    tiny: Library, over: Callable[..., RidgeMatcher], count: int
) -> None:
    entries = list(tiny.entries.values())[:count]
    matcher = over(*entries)

    for entry in entries:
        assert matcher.match(entry.asks[0]).candidates[0].entry == entry.id
    assert matcher.match("who won the world cup").kind == "none"
    assert isinstance(leave_one_out(matcher), Report)


def test_without_entries_there_is_no_answer_and_no_error(over: Callable[..., RidgeMatcher]) -> None:
    assert over().match("how deep are they") == Match("none")
    assert leave_one_out(over()).trials == ()


def test_an_entry_known_by_its_question_alone_is_no_error(
    tiny: Library, over: Callable[..., RidgeMatcher]
) -> None:
    entry = tiny.entries["whistle"].model_copy(update={"asks": ()})

    assert over(entry).match(entry.question).kind in ("answer", "clarify", "none")


# Leaving one out


def refitted_scores(matcher: RidgeMatcher, at: int) -> np.ndarray:
    """The scores of wording `at` by a ridge that is fitted on all the others, the long way."""
    points = matcher._centred(matcher._vectors).astype(np.float64)
    targets = matcher._targets()
    others = np.arange(len(points)) != at
    known = points[others]
    gram = known @ known.T + matcher.penalty * np.eye(len(known))
    return np.asarray(points[at] @ known.T @ np.linalg.solve(gram, targets[others]))


@pytest.mark.parametrize("part", [0.0, 0.13, 0.37, 0.5, 0.77, 0.99])
def test_the_closed_form_says_what_fitting_again_would_say(
    matcher: RidgeMatcher, part: float
) -> None:
    at = int(part * len(matcher.wordings))

    assert matcher._left_out[at] == pytest.approx(refitted_scores(matcher, at), abs=1e-3)


def test_so_it_does_for_every_wording_of_a_small_pack(about_kettles: RidgeMatcher) -> None:
    for at in range(len(about_kettles.wordings)):
        expected = refitted_scores(about_kettles, at)
        assert about_kettles._left_out[at] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("part", [0.2, 0.4, 0.6, 0.8])
def test_leaving_an_ask_out_is_as_if_it_had_never_been_written(
    library: Library, matcher: RidgeMatcher, over: Callable[..., RidgeMatcher], part: float
) -> None:
    asked = [at for at, one in enumerate(matcher.wordings) if one.wanted and not one.heading]
    at = asked[int(part * len(asked))]
    left = matcher.wordings[at]

    def shortened(entry: Entry) -> Entry:
        asks = tuple(ask for ask in entry.asks if ask != left.text)
        return entry.model_copy(update={"asks": asks}) if entry.id == left.entry else entry

    rewritten = over(*map(shortened, library.entries.values()))
    scores = rewritten._centred(matcher._vectors[at]) @ rewritten._weights

    # The closed form keeps the ask in the centre of all vectors, which "none of these" feels most.
    assert matcher._left_out[at][:-1] == pytest.approx(scores[:-1], abs=0.02)
    assert matcher._left_out[at][-1] == pytest.approx(scores[-1], abs=0.08)
    assert left.text not in [one.ask for one in matcher.match_without(at).candidates]


def test_every_ask_is_left_out_once_and_nothing_else(
    tiny: Library, about_kettles: RidgeMatcher
) -> None:
    asks = [ask for entry in tiny.entries.values() for ask in entry.asks]

    assert [trial.question.text for trial in leave_one_out(about_kettles).trials] == asks


# Counting


def test_what_became_of_labelled_questions_is_counted(about_kettles: RidgeMatcher) -> None:
    report = labelled(
        about_kettles,
        [
            Labelled("why does a kettle whistle", ("whistle",)),
            Labelled("which fuse does a kettle need", ("descale",)),
            Labelled("how do i rewire a kettle", ()),
            Labelled("who won the world cup", ()),
            Labelled("my dog has fleas", ("whistle", "descale")),
        ],
    )

    assert [trial.outcome for trial in report.trials] == [
        "right",
        "wrong",
        "wrong",
        "withheld",
        "withheld",
    ]
    assert report.wrong_rate == pytest.approx(2 / 3)
    assert str(report) == (
        "5 questions: right 1 (20.0%), offered 0 (0.0%), wrong 2 (40.0%), withheld 2 (40.0%); "
        "wrong of answers given 66.7%"
    )


def test_without_answers_nothing_is_wrong() -> None:
    assert Report(()).wrong_rate == 0
    assert "0 questions" in str(Report(()))


# Wordings


def test_an_entry_is_known_by_its_question_its_asks_and_what_it_is_not(tiny: Library) -> None:
    (heading, *asks, never) = wordings([tiny.entries["descale"]])

    assert (heading.text, heading.heading) == ("How do I get limescale out of a kettle?", True)
    assert all(one.wanted and not one.heading for one in asks)
    assert (never.text, never.wanted) == ("how do i descale a coffee machine", False)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  a \n b\t", "a b"),
        ("ﬁne １５", "fine 15"),
        ("a\u00a0b", "a b"),
        ("x\ud800y", "xy"),
        ("\ud800", ""),
    ],
)
def test_the_many_ways_to_type_the_same_are_one(typed: str, tidied: str) -> None:
    assert tidy(typed) == tidied


@settings(deadline=None)
@given(ANYTHING)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
