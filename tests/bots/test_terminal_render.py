"""Every reply there is, as text: nothing lost, nothing added, nothing too wide."""

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from bots.terminal.render import WIDEST, Style, render
from core.content.model import Figure
from core.content.wording import Wording
from core.dialogue.engine import Engine
from core.dialogue.reply import Choice, Citation, Reply
from core.dialogue.request import About
from tests.builders import Scripted, every_reply, kettles

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def replies(engine: Engine) -> list[Reply]:
    """Every reply of the content as it ships."""
    return every_reply(engine)


@pytest.fixture(scope="module")
def wording(engine: Engine) -> Wording:
    """Our own sentences."""
    return engine.library.wording


def test_there_are_many_replies_to_look_at(engine: Engine, replies: list[Reply]) -> None:
    assert len(replies) > 3 * len(engine.library.entries)


def test_nothing_is_lost(replies: list[Reply], wording: Wording) -> None:
    for reply in replies:
        shown = flat(render(reply, wording))
        said = [reply.title, *reply.paragraphs, *reply.evidence, reply.notice or ""]
        cited = [part for one in reply.citations for part in (one.label, one.url or "")]
        offered = [f"{n}. {choice.label}" for n, choice in enumerate(reply.choices, 1)]
        drawn = [reply.figure.alt] if reply.figure else []

        for part in (*said, *cited, *offered, *drawn):
            assert flat(part) in shown


def test_nothing_is_added(replies: list[Reply], wording: Wording) -> None:
    """What is left after everything that was said is taken away is numbers and stars."""
    for reply in replies:
        shown = flat(render(reply, wording))
        said = [reply.title, *reply.paragraphs, *reply.evidence, reply.notice or ""]
        said += [part for one in reply.citations for part in (one.label, one.url or "")]
        said += [choice.label for choice in reply.choices]
        said += [f"{wording.figure} {reply.figure.alt}"] if reply.figure else []
        said += [str(reply.drawing)] if reply.drawing else []
        for part in sorted(map(flat, said), key=len, reverse=True):
            shown = shown.replace(part, "", 1)

        assert re.fullmatch(r"[\s*\d.]*", shown)


def test_only_an_address_may_be_wider_than_80_columns(
    replies: list[Reply], wording: Wording
) -> None:
    for reply in replies:
        for line in render(reply, wording).splitlines():
            assert len(line) <= WIDEST or line.startswith(("    http", "/"))


def test_a_wide_terminal_is_not_filled(replies: list[Reply], wording: Wording) -> None:
    for reply in replies:
        assert render(reply, wording, Style(width=300)) == render(reply, wording)


@pytest.mark.parametrize("width", [20, 40, 79])
def test_a_narrow_terminal_breaks_only_what_it_cannot_wrap(
    replies: list[Reply], wording: Wording, width: int
) -> None:
    for reply in replies:
        for line in render(reply, wording, Style(width)).splitlines():
            assert len(line) <= width or " " not in line.strip().lstrip("0123456789.* ")


def test_colour_changes_nothing_but_colour(replies: list[Reply], wording: Wording) -> None:
    for reply in replies:
        plain, coloured = render(reply, wording), render(reply, wording, Style(colour=True))

        assert "\x1b" not in plain
        assert ESCAPE.sub("", coloured) == plain
        assert coloured.startswith("\x1b[1m")


def test_a_reply_looks_like_this(tmp_path: Path) -> None:
    engine = Engine(kettles(tmp_path), Scripted())
    shown = render(engine.press("edescale").reply, engine.library.wording)

    assert shown == textwrap.dedent(
        """\
        How do I get limescale out of a kettle?

        Boil vinegar and water in it, wait an hour, and rinse it twice.

        How sure: some evidence.
        Checked by our editors on 22 November 2026, not yet by a clinician. Next check
        by 22 November 2027.

          * Kettle Institute 2024
            https://kettles.example/hundred
          * Wiring handbook

        For information only. I'm not a doctor, and I can't see or examine you.

          1. Tell me more
          2. Evidence and sources
          3. Odd taste
          4. Rewiring it
          5. All topics"""
    )


def test_a_figure_is_told_in_words(engine: Engine, wording: Wording) -> None:
    figure = Figure(id="spout", file="spout.svg", alt="A spout with a whistle on it.")
    reply = replace(engine.screens.stale(), figure=figure)

    assert f"{wording.figure} A spout with a whistle on it." in render(reply, wording)


def test_a_drawing_is_named_with_its_file(engine: Engine, wording: Wording) -> None:
    picture = engine.press("pwhat-are-back-dimples").reply
    assert picture.figure is not None and picture.drawing is not None
    shown = render(picture, wording)

    assert f"{wording.figure} {flat(picture.figure.alt)}" in flat(shown)
    assert shown.splitlines()[0] == picture.title
    assert str(picture.drawing) in shown.splitlines()
    assert shown.endswith("  1. Back to the answer\n  2. All topics")


def test_words_without_spaces_are_not_cut(wording: Wording) -> None:
    long = "x" * 300
    url = "https://kettles.example/" + "a-" * 200
    reply = Reply(
        "T", (long,), citations=(Citation("L", "T", url),), choices=(Choice("C", About()),)
    )

    assert f"\n{long}\n" in render(reply, wording)
    assert f"\n    {url}\n" in render(reply, wording)
