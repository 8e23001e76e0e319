"""The proof tries every combination of answers, and shows a path for what does not hold."""

from datetime import date
from pathlib import Path

import pytest

from core.assessment.proof import Proof, prove
from core.assessment.walk import Ended, Walk
from core.content.assessment import Assessment
from core.content.library import Library
from core.content.reader import publish, read, violations
from core.dialogue import token
from core.dialogue.proofs import faults, longest_token, proofs
from tests.builders import KETTLE_CHECK, write_check, write_kettles
from tests.core.test_assessment import check
from tests.shared import ROOT

SHIPPED = ROOT / "content/packs/back-dimples/assessments/do-i-have-them.yaml"


@pytest.fixture(scope="module")
def shipped(library: Library) -> Assessment:
    """The check that ships."""
    return library.assessments["do-i-have-them"]


@pytest.fixture(scope="module")
def proof(shipped: Assessment) -> Proof:
    """The proof of the check that ships."""
    return prove(shipped)


def broken(before: str, after: str, written: str = KETTLE_CHECK) -> list[str]:
    """What the proof says of a check in which something was changed, rule by rule."""
    assert before in written, before
    return [
        f"{one.rule}: {one.what}" for one in prove(check(written.replace(before, after, 1))).faults
    ]


def test_every_combination_has_one_outcome_and_every_outcome_is_reached(
    proof: Proof, shipped: Assessment
) -> None:
    assert proof.combinations == 7 * 5 * 4 * 6 * 5 * 6 * 4 == 100_800
    assert sum(proof.ends.values()) == proof.combinations
    assert set(proof.ends) == {outcome.id for outcome in shipped.outcomes}
    assert len(shipped.outcomes) == 12 and proof.faults == []


def test_every_screen_has_a_path_that_leads_there(proof: Proof, shipped: Assessment) -> None:
    walk = Walk(shipped)
    assert len(proof.screens) > 100
    for (outcome, _), picks in proof.screens.items():
        here = walk.at(picks)
        assert isinstance(here, Ended) and here.outcome.id == outcome


def test_the_longest_walk_fits_a_button_of_both_platforms(shipped: Assessment) -> None:
    assert longest_token(shipped) <= token.LONGEST == 64


def test_a_sound_check_has_no_fault() -> None:
    proof = prove(check())
    assert proof.faults == [] and proof.combinations == 27
    assert proof.paths == 1 + 2 * 3 * 3


# Each promise of the check that ships, broken on purpose

BREAKS = {
    "emergency": (
        "  - {outcome: emergency, when: {any_of: [urgent=spine, urgent=after-procedure, urgent=self-harm]}}",
        "  - {outcome: emergency, when: {any_of: [urgent=spine, urgent=after-procedure]}}",
    ),
    "infection": (
        "{outcome: today, when: {all_of: [urgent=infection]}}",
        "{outcome: today, when: {all_of: [urgent=infection], none_of: [feel=bit]}}",
    ),
    "child": (
        "{outcome: child, when: {all_of: [who=child]}}",
        "{outcome: child, when: {all_of: [who=child], none_of: [other=pain]}}",
    ),
    "minor": (
        "{outcome: procedures, when: {all_of: [want=procedure], any_of: [who=adult, who=other-adult]}}",
        "{outcome: procedures, when: {all_of: [want=procedure], none_of: [who=child]}}",
    ),
    "piercing": (
        "{outcome: piercing, when: {all_of: [want=piercing], any_of: [who=adult, who=other-adult]}}",
        "{outcome: piercing, when: {all_of: [want=piercing]}}",
    ),
    "distress": (
        "{outcome: support, when: {all_of: [feel=distress]}}",
        "{outcome: support, when: {all_of: [feel=distress], none_of: [see=pair]}}",
    ),
}
SHOWN = {
    "emergency": (
        "`always` emergency fails for",
        "urgent: Thoughts of harming myself; who: ",
    ),
    "infection": ("`always` today fails for", "urgent: Sore, hot or leaking skin, or a fever; "),
    "child": ("`always` emergency, today, child fails for", "who: A baby or a child; other: Pain"),
    "minor": ("`never` procedures, piercing fails for", "; who: I'd rather not say; "),
    "piercing": ("`never` procedures, piercing fails for", "; want: A piercing or a tattoo; "),
    "distress": ("fails for", "; feel: It upsets me a lot; ends at `"),
}


@pytest.mark.parametrize("promise", BREAKS)
def test_a_broken_promise_is_shown_as_a_path_a_person_can_read(promise: str) -> None:
    before, after = BREAKS[promise]
    said = broken(before, after, SHIPPED.read_text(encoding="utf-8"))
    (found,) = [one for one in said if one.startswith("invariant")]
    for part in SHOWN[promise]:
        assert part in found
    assert "such as: urgent: " in found and "ends at `" in found


# Everything else that a check can get wrong


def test_an_outcome_that_nobody_reaches_is_found_with_the_row_that_hides_it() -> None:
    first = "  - {outcome: fire, when: {all_of: [smoke=much]}}"
    moved = "  - {outcome: fine, when: {none_of: [lid=tight]}}\n" + first
    said = broken(first, moved)
    assert "unreached: no answers lead to outcome `ask`" in said
    assert any(one.startswith("shadowed: row 4 (`ask`) never decides") for one in said)


def test_a_question_that_changes_nothing_is_found() -> None:
    said = broken("table:", NEEDLESS + "table:")
    assert said == ["idle: no answer to `colour` changes anything"]


NEEDLESS = """\
  - id: colour
    text: What colour is it?
    why: No reason.
    options: [{id: red, label: Red}, {id: not-said, label: I'd rather not say}]
"""


def test_an_option_that_nobody_comes_to_is_found() -> None:
    said = broken("    title: Mend the lid", "    at_once: true\n    title: Mend the lid")
    assert said == []  # it is the last question, so nothing ends earlier
    everyone = "  - {outcome: fire, when: {any_of: [smoke=much, smoke=none, smoke=not-said]}}"
    said = broken("  - {outcome: fire, when: {all_of: [smoke=much]}}", everyone)
    assert "idle: nobody comes to pick `who=kid`" in said


def test_a_text_that_nobody_is_shown_is_found() -> None:
    said = broken("when: {all_of: [who=kid]}", "when: {all_of: [lid=tight]}")
    assert said == ["unshown: nobody is ever shown this"]


def test_a_hole_in_the_table_is_found_with_a_path() -> None:
    said = broken("  - {outcome: fine}", "  - {outcome: fine, when: {none_of: [lid=tight]}}")
    assert any("no-outcome" in one and "lid: Tight" in one for one in said)


def test_a_fault_stands_at_its_line(tmp_path: Path) -> None:
    line = "  - {when: {all_of: [smoke=much]}, outcomes: [fire], because: Fire comes first.}"
    wrong = KETTLE_CHECK.replace(line, line.replace("smoke=much", "smoke=none"))
    reading = read(write_check(write_kettles(tmp_path), wrong))
    (problem,) = faults(reading.drafts, proofs(publish(reading)))
    assert (problem.rule, problem.line) == (
        "invariant",
        wrong.splitlines().index(line.replace("much", "none")) + 1,
    )


def test_a_walk_too_long_for_a_button_is_found(tmp_path: Path) -> None:
    many = "".join(NEEDLESS.replace("colour", f"colour-{n}") for n in range(20))
    long = KETTLE_CHECK.replace("table:", many + "table:", 1).replace(
        "id: is-it-safe", "id: " + "a" * 40
    )
    reading = read(write_check(write_kettles(tmp_path), long))
    assert longest_token(reading.drafts[0].assessments[0].record) == 69
    proved = {"a" * 40: Proof()}
    assert [one.rule for one in faults(reading.drafts, proved)] == ["long-walk"]


def test_what_ships_breaks_no_rule_of_checks(library: Library) -> None:
    reading = read(ROOT / "content")
    found = [p for p in violations(reading.drafts, date(2026, 11, 25)) if "assessments" in p.file]
    assert found == []
