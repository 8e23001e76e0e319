"""The curve as a picture, and what is said where it can't be drawn."""

from pathlib import Path

import pytest
from PIL import Image

from bots import plot
from bots.plot import PlotError, draw, prepare
from core.matching.evaluation import Report, cross_validated
from core.matching.fused import FusedMatcher

RED = (0xB3, 0x26, 0x1E)


@pytest.fixture(scope="module")
def report(matcher: FusedMatcher) -> Report:
    """The evaluation of the shipped content."""
    return cross_validated(matcher)


def test_it_is_drawn_at_twice_the_width_of_a_phone(report: Report, tmp_path: Path) -> None:
    draw(report, 0.05, tmp_path / "curve.png")

    with Image.open(tmp_path / "curve.png") as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == (960, 840)


def test_letters_are_no_smaller_than_a_phone_needs() -> None:
    shown_at = 360 / plot.WIDE

    assert plot.LETTERS * shown_at >= 12


def test_the_point_at_which_it_works_is_marked(report: Report, tmp_path: Path) -> None:
    draw(report, 0.05, tmp_path / "curve.png")
    chart_left, chart_right = plot.LEFT * plot.SCALE, (plot.WIDE - plot.RIGHT) * plot.SCALE
    x = chart_left + report.given / len(report.trials) * (chart_right - chart_left)

    with Image.open(tmp_path / "curve.png") as drawn:
        column = [drawn.convert("RGB").getpixel((round(x), y)) for y in range(drawn.height)]
    assert column.count(RED) > 20


@pytest.mark.parametrize("accepted", [0.01, 0.05, 0.2])
def test_nothing_to_draw_is_no_error(tmp_path: Path, accepted: float) -> None:
    draw(Report(()), accepted, tmp_path / "curve.png")

    assert (tmp_path / "curve.png").exists()


def test_another_kind_of_file_is_refused_with_a_name_to_use() -> None:
    with pytest.raises(PlotError, match=r"--plot draws PNG: call it curve\.png"):
        prepare(Path("curve.svg"))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlotError, match="there is no such folder"):
        prepare(tmp_path / "nowhere" / "curve.png")


def test_a_file_that_cannot_be_written_is_named(report: Report, tmp_path: Path) -> None:
    (tmp_path / "curve.png").mkdir()

    with pytest.raises(PlotError, match=r"curve\.png can't be written: Is a directory"):
        draw(report, 0.05, tmp_path / "curve.png")
