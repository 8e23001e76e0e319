"""Curators' verdicts move a FAQ's threshold, and only where there are enough of them."""

import random
from pathlib import Path

from core.matching.calibrator import SIGNS, shipped
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.recalibration import FEWEST, Verdict, measured
from core.matching.threshold import LOWEST
from core.matching.vectors import VectorCache
from tests.builders import kettles


def verdicts(count: int, right_from: float, seed: int = 1) -> list[Verdict]:
    """Reviewed questions, right where the signs are strong enough."""
    lot = random.Random(seed)  # noqa: S311 - made up, no secret
    said = []
    for _ in range(count):
        strength = lot.random()
        signs = (6 * strength - 2, 5 * strength, 0.3 + 0.7 * strength, strength)
        said.append(Verdict((*signs, 1.0), strength + lot.gauss(0, 0.05) > right_from))
    return said


def test_a_few_verdicts_change_nothing() -> None:
    assert measured(verdicts(FEWEST - 1, 0.5), shipped(), 0.05) is None


def test_enough_verdicts_say_how_often_answers_are_wrong() -> None:
    found = measured(verdicts(400, 0.5), shipped(), 0.05)

    assert found
    share, low, high = found.wrong
    assert found.reviewed == 400
    assert 0 < found.answered < 400
    assert low <= share <= high
    assert share <= 0.05


def test_where_answers_are_mostly_wrong_more_is_asked_for() -> None:
    easy, hard = (measured(verdicts(400, cut), shipped(), 0.05) for cut in (0.3, 0.8))

    assert easy and hard
    assert hard.answered < easy.answered


def test_where_no_bound_holds_nothing_is_answered() -> None:
    never = [Verdict((1.0,) * len(SIGNS) + (1.0,), False)] * FEWEST

    found = measured(never, shipped(), 0.05)

    assert found
    assert (found.threshold, found.answered) == (1.0, 0)


def test_questions_that_were_all_right_do_not_open_the_door_to_everything() -> None:
    """Moderators try what they expect to work; nothing of that speaks for strangers' questions."""
    easy = [Verdict((3.0, 4.0, 0.4 + 0.005 * number, 0.5, 1.0), True) for number in range(FEWEST)]
    doubtful = [Verdict((-1.0, 0.2, 0.35, 0.1, 1.0), True)]

    found = measured([*easy, *doubtful], shipped(), 0.05)

    assert found
    assert found.threshold >= LOWEST * shipped().usual_threshold(0.05)


def test_a_matcher_decides_by_verdicts_from_then_on(
    tmp_path: Path, encoder: MiniLM, vectors: Path
) -> None:
    entries = kettles(tmp_path).entries.values()
    matcher = FusedMatcher(entries, encoder, VectorCache(vectors, encoder))
    asked = "how can i remove the limescale in my kettle"
    before = matcher.match(asked)
    assert (before.kind, len(before.features)) == ("answer", len(SIGNS) + 1)

    assert matcher.recalibrate([Verdict(before.features, False)] * (FEWEST - 1)) is None
    assert matcher.match(asked).kind == "answer"

    assert matcher.recalibrate([Verdict(before.features, False)] * FEWEST)
    assert matcher.match(asked).kind != "answer"
