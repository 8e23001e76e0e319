"""Insights as a picture that can be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from core.community.protocol.insights import ASKED, Insights, Listed
from core.content.curating import What

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

# A phone shows the whole picture about 360 points wide; it is drawn at twice its size.
WIDE, HIGH, SCALE = 480, 590, 2
EDGE, CHART_TOP, CHART_HIGH = 16, 160, 150
LETTERS, SMALL, BIG = 18, 16, 34
INK, QUIET, LINE = "#1c1c1c", "#595959", "#d5d5d5"
# Told apart also by those who see no difference between red and green.
COLOURS = {What.ANSWERED: "#1f5fa8", What.OFFERED: "#f0a030", What.WITHHELD: "#8a8a8a"}
LIST_STEP = 26
LETTERS_END = 0x2600


def picture(insights: Insights) -> bytes:
    """A PNG; `Insights.alt` says the same in words."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only who draws waits for it

    image = Image.new("RGB", (WIDE * SCALE, HIGH * SCALE), "white")
    _Sheet(ImageDraw.Draw(image), insights).draw()
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


class _Sheet:
    """A canvas in points; every length is scaled where it is drawn."""

    def __init__(self, canvas: ImageDraw, insights: Insights) -> None:
        self._canvas, self._found, self._words = canvas, insights, insights.words
        self._fonts: dict[int, Any] = {}

    def draw(self) -> None:
        """All of it, from top to bottom."""
        self._text((EDGE, 12), self._words.title, LETTERS + 4)
        self._figures()
        self._chart()
        below = CHART_TOP + CHART_HIGH + 34
        self._list(below, self._words.top_title, self._found.top)
        self._list(below + 34 + 4 * LIST_STEP, self._words.missing_title, self._found.missing)

    def _figures(self) -> None:
        """How often each of the kinds, as large numbers with their names."""
        shown = [*ASKED, What.HELPFUL]
        step = (WIDE - 2 * EDGE) / len(shown)
        for at, what in enumerate(shown):
            x = EDGE + at * step
            colour = COLOURS.get(what, INK)
            self._text((x, 48), str(self._found.numbers[what]), BIG, colour)
            self._text((x, 90), self._words.kinds[what], SMALL, QUIET)

    def _chart(self) -> None:
        """A bar a day, the kinds on top of each other."""
        highest = max([1, *(sum(day[what] for what in ASKED) for day in self._found.trend)])
        floor, step = CHART_TOP + CHART_HIGH, (WIDE - 2 * EDGE) / max(1, self._found.days)
        self._text((EDGE, CHART_TOP - 32), f"{self._words.axis}: {highest}", SMALL, QUIET)
        for at, day in enumerate(self._found.trend):
            left, below = EDGE + at * step, float(floor)
            for what in ASKED:
                above = below - CHART_HIGH * day[what] / highest
                self._bar((left, above, left + step * 0.8, below), COLOURS[what])
                below = above
        edges = (EDGE * SCALE, floor * SCALE, (WIDE - EDGE) * SCALE, floor * SCALE)
        self._canvas.line(edges, LINE, SCALE)

    def _list(self, top: float, title: str, items: Sequence[Listed]) -> None:
        self._text((EDGE, top), title, LETTERS)
        for at, one in enumerate(items or [Listed(self._words.none, 0)]):
            y = top + 28 + at * LIST_STEP
            number = str(one.number or "")
            self._text((EDGE, y), self._fitting(one.said), SMALL, QUIET)
            self._text((WIDE - EDGE, y), number, SMALL, INK, "ra")

    def _fitting(self, said: str) -> str:
        """As much of a text as there is room for; the font has no emoji."""
        said = "".join(sign for sign in said if ord(sign) < LETTERS_END).strip()
        room = (WIDE - 2 * EDGE - 60) * SCALE
        while said and self._canvas.textlength(said, self._font(SMALL)) > room:
            said = said[:-2].rstrip(" …") + "…"
        return said

    def _bar(self, box: tuple[float, float, float, float], colour: str) -> None:
        left, above, right, below = (length * SCALE for length in box)
        if below - above >= 1:
            self._canvas.rectangle((left, above, right, below), colour)

    def _text(
        self, at: tuple[float, float], said: str, size: int, colour: str = INK, anchor: str = "la"
    ) -> None:
        place = (at[0] * SCALE, at[1] * SCALE)
        self._canvas.text(place, said, colour, self._font(size), anchor)

    def _font(self, size: int) -> Any:
        from PIL import ImageFont  # noqa: PLC0415 - only who draws waits for it

        if size not in self._fonts:
            self._fonts[size] = ImageFont.load_default(size * SCALE)
        return self._fonts[size]
