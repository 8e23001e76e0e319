"""The matcher with the real encoder: right on its own asks, and never an error."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.library import Library
from core.matching.encoder import MiniLM
from core.matching.evaluation import ALIKE, Report, clusters, cross_validated, labelled
from core.matching.fused import SHOWN, FusedMatcher
from core.matching.match import Match
from core.matching.outcome import Labelled
from core.matching.threshold import lowest_kept, splits
from core.matching.vectors import VectorCache
from core.matching.windows import MOST as MOST_WINDOWS
from core.matching.windows import windows
from core.matching.wordings import tidy, wordings
from tests.builders import kettles

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library about kettles."""
    return kettles(tmp_path_factory.mktemp("kettles"))


@pytest.fixture(scope="module")
def over(encoder: MiniLM, vectors: Path) -> Callable[..., FusedMatcher]:
    """Makes a matcher over some entries."""
    return lambda *entries: FusedMatcher(entries, encoder, VectorCache(vectors, encoder))


@pytest.fixture(scope="module")
def about_kettles(tiny: Library, over: Callable[..., FusedMatcher]) -> FusedMatcher:
    """The matcher over kettles."""
    return over(*tiny.entries.values())


# A topic the code has never heard of


def test_its_own_asks_are_answered(tiny: Library, about_kettles: FusedMatcher) -> None:
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
    about_kettles: FusedMatcher, text: str, entry: str
) -> None:
    match = about_kettles.match(text)

    assert match.kind == "answer"
    assert match.candidates[0].entry == entry


@pytest.mark.parametrize("text", ["who won the world cup", "my dog has fleas", "asdf jkl", "🫖"])
def test_a_question_about_something_else_is_not(about_kettles: FusedMatcher, text: str) -> None:
    assert about_kettles.match(text).kind == "none"


# The pack that ships


def test_every_ask_that_ships_finds_its_entry_first_or_among_a_few(
    library: Library, matcher: FusedMatcher
) -> None:
    lost = [
        ask
        for entry in library.entries.values()
        for ask in (entry.question, *entry.asks)
        if entry.id not in [one.entry for one in matcher.match(ask).candidates[:3]]
    ]

    assert len(lost) <= 0.02 * len(matcher.wordings), lost


def test_a_text_marked_never_this_entry_never_gets_it(
    library: Library, matcher: FusedMatcher
) -> None:
    got = [
        (entry.id, text)
        for entry in library.entries.values()
        for text in entry.not_asks
        if entry.id in [one.entry for one in matcher.match(text).candidates]
    ]

    assert got == []
    assert any(entry.not_asks for entry in library.entries.values())


def test_nor_does_it_when_typed_in_another_way(library: Library, matcher: FusedMatcher) -> None:
    for entry in library.entries.values():
        for text in entry.not_asks:
            match = matcher.match(f"  {text.upper()} ")
            assert entry.id not in [one.entry for one in match.candidates]


def test_candidates_are_few_and_best_first_with_a_score_and_an_ask(
    library: Library, matcher: FusedMatcher
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
def test_how_a_text_is_typed_does_not_matter(matcher: FusedMatcher, text: str) -> None:
    typed, plain = matcher.match(text), matcher.match("how deep are they")

    assert (typed.kind, typed.candidates) == (plain.kind, plain.candidates)


@settings(deadline=None)
@given(ANYTHING)
def test_any_text_gets_a_decision(matcher: FusedMatcher, text: str) -> None:
    match = matcher.match(text)

    assert match.kind == "none" or match.candidates


def test_a_text_of_6000_characters_gets_a_decision(matcher: FusedMatcher) -> None:
    assert matcher.match("how deep are they " * 333).kind in ("answer", "clarify", "none")


# Few entries


@pytest.mark.parametrize("count", [1, 2])
def test_a_few_entries_are_enough(
    tiny: Library, over: Callable[..., FusedMatcher], count: int
) -> None:
    entries = list(tiny.entries.values())[:count]
    matcher = over(*entries)

    for entry in entries:
        assert matcher.match(entry.asks[0]).candidates[0].entry == entry.id
    assert matcher.match("who won the world cup").kind == "none"
    assert isinstance(cross_validated(matcher), Report)


def test_without_entries_there_is_no_answer_and_no_error(over: Callable[..., FusedMatcher]) -> None:
    assert over().match("how deep are they") == Match("none")
    assert cross_validated(over()).trials == ()


def test_an_entry_known_by_its_question_alone_is_no_error(
    tiny: Library, over: Callable[..., FusedMatcher]
) -> None:
    entry = tiny.entries["whistle"].model_copy(update={"asks": ()})

    assert over(entry).match(entry.question).kind in ("answer", "clarify", "none")


# Leaving some out


def test_every_ask_is_left_out_once_and_nothing_else(
    tiny: Library, about_kettles: FusedMatcher
) -> None:
    asks = [ask for entry in tiny.entries.values() for ask in entry.asks]

    asked = [trial.question.text for trial in cross_validated(about_kettles).trials]
    assert sorted(asked) == sorted(asks)


def test_what_is_all_but_the_same_is_left_out_with_it(matcher: FusedMatcher) -> None:
    cluster = clusters(matcher.corpus.vectors, ALIKE)
    alike = matcher.corpus.vectors @ matcher.corpus.vectors.T >= ALIKE

    assert all((cluster[row] == cluster[alike[row]]).all() for row in range(len(cluster)))
    assert len(set(cluster.tolist())) > len(cluster) / 2


def test_the_threshold_leaves_some_out_beside_others_and_some_with_their_entry(
    about_kettles: FusedMatcher,
) -> None:
    wordings = about_kettles.wordings
    for kept, out, gone in splits(wordings):
        known = {wordings[row].entry for row in kept if wordings[row].wanted}
        assert {wordings[row].entry for row in out} <= known
        assert known.isdisjoint({wordings[row].entry for row in gone})
        assert not set(kept) & (set(out) | set(gone))
    left = [row for _, _, gone in splits(wordings) for row in gone]
    assert sorted(left) == [row for row, one in enumerate(wordings) if one.wanted]


def test_who_accepts_fewer_wrong_answers_gets_a_higher_threshold() -> None:
    chances = np.linspace(0.99, 0.1, 200)
    right, inside = chances > 0.5, np.arange(200) % 5 > 0

    cuts = [lowest_kept(chances, right, inside, accepted) for accepted in (0.02, 0.1, 0.3)]

    assert cuts == sorted(cuts, reverse=True)
    assert cuts[0] > cuts[2]


def test_the_threshold_is_kept_and_a_foreign_one_measured_again(
    tiny: Library, encoder: MiniLM, tmp_path: Path
) -> None:
    first = FusedMatcher(tiny.entries.values(), encoder, VectorCache(tmp_path, encoder)).threshold
    (kept,) = tmp_path.glob("number-*.txt")
    kept.write_text("7", encoding="ascii")

    again = FusedMatcher(tiny.entries.values(), encoder, VectorCache(tmp_path, encoder)).threshold

    assert again == first
    assert float(kept.read_text(encoding="ascii")) == first


def test_who_accepts_fewer_wrong_answers_gets_no_more_answers(
    library: Library, encoder: MiniLM, vectors: Path
) -> None:
    answered = []
    for accepted in (0.01, 0.02, 0.05, 0.1, 0.2):
        cache = VectorCache(vectors, encoder)
        matcher = FusedMatcher(library.entries.values(), encoder, cache, accepted=accepted)
        report = cross_validated(matcher)
        answered.append({t.question.text for t in report.trials if t.match.kind == "answer"})

    assert all(stricter <= looser for stricter, looser in pairwise(answered))
    assert len(answered[0]) < len(answered[-1])


# One subject


def test_a_question_that_never_names_the_subject_must_be_nearer(matcher: FusedMatcher) -> None:
    named = matcher.match("are back dimples genetic").candidates[0]
    unnamed = matcher.match("are they genetic").candidates[0]

    assert named.entry == unnamed.entry
    assert named.score > unnamed.score


# Typing


def test_slips_are_read_as_meant_and_shown(matcher: FusedMatcher) -> None:
    match = matcher.match("do dimpels of venus mean im skiny")

    assert match.kind != "none"
    assert match.read is not None


def test_a_long_story_is_read_to_its_end(matcher: FusedMatcher) -> None:
    story = "so yesterday we went shopping and had some lunch and it was fine " * 30

    assert "dimples" not in story
    assert matcher.match(story + "are back dimples genetic").candidates


@given(ANYTHING)
def test_a_text_is_read_in_a_bounded_number_of_pieces(text: str) -> None:
    assert 1 <= len(windows(text * 40)) <= MOST_WINDOWS


# Counting


def test_what_became_of_labelled_questions_is_counted(about_kettles: FusedMatcher) -> None:
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
    assert str(report).splitlines() == [
        "5 questions",
        "  right        1  20.0% (3.6% to 62.4%)",
        "  offered      0  0.0% (0.0% to 43.4%)",
        "  wrong        2  40.0% (11.8% to 76.9%)",
        "  withheld     2  40.0% (11.8% to 76.9%)",
        "wrong of the 3 answers given: 66.7% (20.8% to 93.9%)",
    ]


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
