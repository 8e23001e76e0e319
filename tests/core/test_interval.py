"""Shares with their intervals, against published and textbook values."""

import pytest

from core.matching.interval import shown, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
    # Medicine 17, 1998, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_literature(
    part: int, whole: int, low: float, high: float
) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("whole", [1, 2, 7, 1000])
def test_an_interval_holds_its_share_and_stays_within_0_and_1(whole: int) -> None:
    for part in range(whole + 1):
        low, high = wilson(part, whole)
        assert 0 <= low <= part / whole <= high <= 1


def test_more_of_the_same_is_known_better() -> None:
    widths = [high - low for low, high in (wilson(n, 10 * n) for n in (1, 10, 100))]

    assert widths == sorted(widths, reverse=True)


def test_nothing_counted_tells_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert shown(0, 0) == "nothing counted (0.0% to 100.0%)"
    assert shown(15, 148) == "10.1% (6.2% to 16.0%)"
