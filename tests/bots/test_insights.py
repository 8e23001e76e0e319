"""The numbers of a community as a picture for a phone, and in words for those who can't see it."""

from collections import Counter
from io import BytesIO

import pytest
from PIL import Image

from bots import insights
from bots.insights import COLOURS, picture
from core.community.protocol.insights import DAYS, Insights, Listed
from core.content.curating import What
from core.content.library import Library


def found(library: Library, *, busy: bool) -> Insights:
    """Four weeks of a busy community, or of a silent one."""
    days = [
        Counter({What.ANSWERED: 9 + day % 7 * 3, What.OFFERED: day % 5, What.WITHHELD: day % 4})
        for day in range(DAYS)
    ]
    top = (Listed("What are back dimples?", 88), Listed("Can I get them by exercise? " * 4, 41))
    missing = (Listed("where can i park my car 🚗", 7),)
    words = library.wording.curating.insights
    if not busy:
        return Insights(tuple(Counter() for _ in days), (), (), words)
    days[3][What.HELPFUL] = 31
    return Insights(tuple(days), top, missing, words)


@pytest.mark.parametrize("busy", [True, False])
def test_it_is_drawn_at_twice_the_width_of_a_phone(library: Library, busy: bool) -> None:
    with Image.open(BytesIO(picture(found(library, busy=busy)))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size == (960, 1_180)


def test_letters_are_no_smaller_than_a_phone_needs() -> None:
    assert insights.SMALL * 360 / insights.WIDE >= 12


def test_each_kind_has_bars_of_its_colour(library: Library) -> None:
    with Image.open(BytesIO(picture(found(library, busy=True)))) as drawn:
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 20) or ()}
    assert {tuple(bytes.fromhex(colour[1:])) for colour in COLOURS.values()} <= colours


def test_the_picture_is_said_in_words(library: Library) -> None:
    alt = found(library, busy=True).alt
    assert "28 days" in alt and "Helpful 31 times" in alt
    assert len(alt) <= 1_024  # as much as Discord takes
