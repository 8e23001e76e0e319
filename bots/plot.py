"""A risk-coverage curve as a picture that can be read on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from core.matching.curve import Point, curve, operating
from core.matching.evaluation import Report
from core.matching.explanation import percent

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

# A phone shows the whole picture about 360 points wide; it is drawn at twice its size.
WIDE, HIGH, SCALE = 480, 420, 2
LEFT, RIGHT, TOP, BOTTOM = 62, 30, 68, 66
LETTERS = 17
INK, FAINT, LINE, MARK = "#1c1c1c", "#d5d5d5", "#1f5fa8", "#b3261e"
# Of fewer answers the share says nothing, and would only stretch the picture.
FEWEST = 20
STEP, HEADROOM = 0.05, 1.02

Place = tuple[float, float]


class PlotError(Exception):
    """A picture that can't be drawn; the message says why, and what to do."""


def prepare(file: Path) -> None:
    """Raise PlotError before anything is measured in vain."""
    if file.suffix.lower() != ".png":
        raise PlotError(f"--plot draws PNG: call it {file.with_suffix('.png')}")
    if not file.parent.is_dir():
        raise PlotError(f"--plot can't write to {file.parent}: there is no such folder")


def draw(report: Report, accepted: float, file: Path) -> None:
    """Write the curve, with the point at which the matcher works; raises PlotError."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who draws waits for it

    image = Image.new("RGB", (WIDE * SCALE, HIGH * SCALE), "white")
    points = [point for point in curve(report) if point.given >= FEWEST]
    _Chart(ImageDraw.Draw(image), points, operating(report), accepted).draw()
    try:
        image.save(file, optimize=True)
    except OSError as error:
        raise PlotError(f"{file} can't be written: {error.strerror}") from None


class _Chart:
    """Axes in shares on a canvas in points; every length is scaled where it is drawn."""

    def __init__(
        self, canvas: ImageDraw, points: Sequence[Point], now: Point, accepted: float
    ) -> None:
        from PIL import ImageFont  # noqa: PLC0415 - only who draws waits for it

        self._canvas, self._points = canvas, points
        self._now, self._accepted = now, accepted
        self._letters = ImageFont.load_default(LETTERS * SCALE)
        certain = now.interval[1] if now.given else 0.0
        highest = max([accepted, certain, *(point.risk for point in points)])
        self._top = max(2, ceil(HEADROOM * highest / STEP)) * STEP

    def draw(self) -> None:
        """All of it, from back to front."""
        self._axes()
        self._limit()
        self._curve()
        self._mark()
        self._titles()

    def _at(self, coverage: float, risk: float) -> Place:
        x = LEFT + coverage * (WIDE - LEFT - RIGHT)
        y = HIGH - BOTTOM - min(1.0, risk / self._top) * (HIGH - TOP - BOTTOM)
        return x * SCALE, y * SCALE

    def _axes(self) -> None:
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            (x, y), (_, top) = self._at(share, 0), self._at(share, self._top)
            self._canvas.line([(x, y), (x, top)], FAINT, SCALE)
            self._text((x, y + 6 * SCALE), f"{share:.0%}", "ma")
        for share in self._levels():
            (x, y), (right, _) = self._at(0, share), self._at(1, share)
            self._canvas.line([(x, y), (right, y)], INK if not share else FAINT, SCALE)
            self._text((x - 8 * SCALE, y), f"{share:.0%}", "rm")

    def _levels(self) -> Iterator[float]:
        """Never more lines than can be told apart."""
        steps = round(self._top / STEP)
        every = ceil(steps / 6)
        yield from (at * STEP for at in range(0, steps + 1, every))

    def _limit(self) -> None:
        (x, y), (right, _) = self._at(0, self._accepted), self._at(1, self._accepted)
        for at in range(round(x), round(right), 12 * SCALE):
            self._canvas.line([(at, y), (min(at + 6 * SCALE, right), y)], MARK, 2 * SCALE)
        self._text(
            (right - 4 * SCALE, y - 4 * SCALE), f"accepted: {percent(self._accepted)}", "rd", MARK
        )

    def _curve(self) -> None:
        places = [self._at(point.coverage, point.risk) for point in self._points]
        if places:
            self._canvas.line(places, LINE, 3 * SCALE, "curve")

    def _mark(self) -> None:
        if not self._now.given:
            return
        low, high = self._now.interval
        x, y = self._at(self._now.coverage, self._now.risk)
        ends = [self._at(self._now.coverage, end) for end in (low, high)]
        self._canvas.line(ends, MARK, 2 * SCALE)
        for _, end in ends:
            self._canvas.line([(x - 6 * SCALE, end), (x + 6 * SCALE, end)], MARK, 2 * SCALE)
        self._canvas.circle((x, y), 7 * SCALE, MARK, "white", 2 * SCALE)

    def _titles(self) -> None:
        now, edge = self._now, LEFT * SCALE
        said = f"now: {now.coverage:.0%} answered, {now.risk:.1%} of that wrong"
        self._text((8 * SCALE, 8 * SCALE), "Wrong, of the answers given", "la")
        self._text((8 * SCALE, 32 * SCALE), said, "la", MARK)
        middle = (edge + (WIDE - RIGHT) * SCALE) / 2
        self._text((middle, (HIGH - 32) * SCALE), "Answered, of all questions", "ma")

    def _text(self, at: Place, text: str, anchor: str, fill: str = INK) -> None:
        self._canvas.text(at, text, fill, self._letters, anchor)
