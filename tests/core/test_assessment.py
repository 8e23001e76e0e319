"""A walk through a guided check: the same answers always lead to the same place, and no others do."""

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.assessment.answers import Coding, Requirement
from core.assessment.edition import edition
from core.assessment.walk import Asking, AstrayError, Ended, Walk
from core.content.assessment import Assessment, Condition
from core.content.library import Library
from tests.builders import KETTLE_CHECK, kettles, write_check

MUCH, NONE, SILENT = 0, 1, 2
GROWN_UP, KID = 0, 1
LOOSE, TIGHT = 0, 1


def check(written: str = KETTLE_CHECK) -> Assessment:
    """The check about kettles."""
    return Assessment.model_validate(yaml.load(written, Loader=yaml.BaseLoader))  # noqa: S506


@pytest.fixture
def walk() -> Walk:
    """A walk through the check about kettles."""
    return Walk(check())


def ended(walk: Walk, *picks: int) -> Ended:
    """The end that the picks must lead to."""
    here = walk.at(picks)
    assert isinstance(here, Ended)
    return here


def test_it_is_read_from_a_pack(tmp_path: Path) -> None:
    library = kettles(write_check(tmp_path))
    assert list(library.assessments) == ["is-it-safe"]
    assert library.packs[0].assessments == (check(),)


def test_it_asks_one_question_after_the_other(walk: Walk) -> None:
    for picks, id in (((), "smoke"), ((NONE,), "who"), ((NONE, KID), "lid")):
        here = walk.at(picks)
        assert isinstance(here, Asking) and (here.question.id, here.number) == (id, len(picks) + 1)


def test_the_first_row_that_holds_decides(walk: Walk) -> None:
    assert ended(walk, NONE, GROWN_UP, LOOSE).outcome.id == "repair"
    assert ended(walk, NONE, KID, LOOSE).outcome.id == "ask"
    assert ended(walk, NONE, KID, TIGHT).outcome.id == "fine"


def test_a_red_flag_ends_it_at_once(walk: Walk) -> None:
    assert ended(walk, MUCH).outcome.id == "fire"
    with pytest.raises(AstrayError):
        walk.at((MUCH, KID))


@pytest.mark.parametrize("picks", [(3,), (9,), (NONE, 3), (NONE, KID, TIGHT, 0), (NONE,) * 9])
def test_picks_that_nobody_can_have_made_lead_nowhere(walk: Walk, picks: tuple[int, ...]) -> None:
    with pytest.raises(AstrayError):
        walk.at(picks)


def test_what_is_said_depends_on_the_answers(walk: Walk) -> None:
    lid = "Look at the lid now and then."
    smoke = "If there is smoke, call for help."
    assert walk.says(ended(walk, NONE, KID, TIGHT)) == ("Enjoy your tea.",)
    assert walk.says(ended(walk, SILENT, KID, TIGHT)) == (smoke, "Enjoy your tea.")
    assert walk.says(ended(walk, SILENT, KID, SILENT)) == (smoke, "Enjoy your tea.", lid)
    assert len(walk.says(ended(walk, NONE, KID, LOOSE))) == 2
    assert len(walk.says(ended(walk, NONE, SILENT, LOOSE))) == 1


# Conditions

conditions = st.builds(
    Requirement, *[st.integers(0, 63).filter(lambda n: n.bit_count() < 4) for _ in range(3)]
)


@given(conditions, st.integers(0, 2), st.tuples(*[st.integers(0, 1)] * 3))
def test_what_is_settled_early_is_what_holds_in_the_end(
    test: Requirement, count: int, picks: tuple[int, int, int]
) -> None:
    """Three questions of two options each; whatever is still to come must not change a settled answer."""
    asked = sum(0b11 << 2 * n for n in range(count))
    given = sum(1 << 2 * n + picks[n] for n in range(count))
    later = [
        given + sum(1 << 2 * (count + n) + pick for n, pick in enumerate(rest))
        for rest in product((0, 1), repeat=3 - count)
    ]
    settled = test.settled(given, asked)
    if settled is not None:
        assert {test.holds(everything) for everything in later} == {settled}


@given(conditions, st.tuples(*[st.integers(0, 1)] * 3))
def test_when_all_is_answered_all_is_settled(
    test: Requirement, picks: tuple[int, int, int]
) -> None:
    given = sum(1 << 2 * n + pick for n, pick in enumerate(picks))
    assert test.settled(given, 0b111111) is test.holds(given)


def test_no_condition_holds_of_everyone() -> None:
    assert Coding(check()).test(None).holds(0)
    assert Coding(check()).test(Condition()).settled(0, 0) is True


# Editions


def test_an_edition_is_four_characters_of_a_token() -> None:
    assert len(edition(check())) == 4 and edition(check()) == edition(check())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("text: How is the lid?", "text: How is the spout?"),
        ("label: Loose", "label: Wobbly"),
        ("- {id: loose, label: Loose}\n      - {id: tight, label: Tight}",
         "- {id: tight, label: Tight}\n      - {id: loose, label: Loose}"),
        ("outcome: fire, when: {all_of: [smoke=much]}", "outcome: fire, when: {all_of: [smoke=none]}"),
        ("    at_once: true\n", ""),
        ("text: so that you can't see the kettle.", "text: so that you cough."),
    ],
)  # fmt: skip
def test_what_changes_the_meaning_of_an_answer_changes_the_edition(before: str, after: str) -> None:
    assert before in KETTLE_CHECK
    assert edition(check(KETTLE_CHECK.replace(before, after, 1))) != edition(check())


@pytest.mark.parametrize(
    ("before", "after"),
    [("Enjoy your tea.", "Enjoy your tea!"), ("why: A loose lid spits.", "why: A lid spits.")],
)
def test_a_comma_in_an_outcome_breaks_no_button(before: str, after: str) -> None:
    assert before in KETTLE_CHECK
    assert edition(check(KETTLE_CHECK.replace(before, after, 1))) == edition(check())


# The check that ships

AT_ONCE = {0: "emergency", 1: "emergency", 2: "emergency", 3: "today"}


def test_each_emergency_has_its_own_text(library: Library) -> None:
    walk = Walk(library.assessments["do-i-have-them"])
    said = [walk.says(ended(walk, pick)) for pick in range(4)]
    assert [ended(walk, pick).outcome.id for pick in range(4)] == list(AT_ONCE.values())
    assert len(set(said)) == 4 and all(len(texts) == 1 for texts in said)


def test_all_withheld_is_unclear_with_the_safety_list_and_without_procedures(
    library: Library,
) -> None:
    check = library.assessments["do-i-have-them"]
    walk = Walk(check)
    silent = tuple(len(question.options) - 1 for question in check.questions)
    end = ended(walk, *silent)
    assert end.outcome.id == "unclear"
    assert walk.says(end)[0].startswith("In case it fits: call your local emergency number")
    assert walk.says(end)[-1].endswith("nothing here is about procedures.")
