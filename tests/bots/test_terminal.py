"""Whole conversations at the keyboard."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TextIO

import pytest

from bots.desk import Desk
from bots.terminal.app import chat
from bots.terminal.render import style_of
from core.dialogue.engine import Engine
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.vectors import VectorCache
from tests.builders import Scripted, kettles, write_check

Talk = Callable[..., str]


class Keyboard(StringIO):
    """A terminal that a person types into."""

    def isatty(self) -> bool:
        return True


class Interrupted(StringIO):
    """A keyboard on which Ctrl-C is pressed after some lines."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """The next line."""
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.fixture(scope="module")
def about_kettles(tmp_path_factory: pytest.TempPathFactory, encoder: MiniLM, vectors: Path) -> Desk:
    """The desk over kettles, with the real matcher."""
    library = kettles(tmp_path_factory.mktemp("kettles"))
    cache = VectorCache(vectors, encoder)
    return Desk(Engine(library, FusedMatcher(library.entries.values(), encoder, cache)))


@pytest.fixture
def talk(about_kettles: Desk) -> Talk:
    """Says lines and returns what is seen, from the last line on."""

    def talk(*lines: str) -> str:
        out = StringIO()
        chat(about_kettles, StringIO("".join(f"{line}\n" for line in lines)), out)
        return out.getvalue().rpartition("\n> ")[2]

    return talk


def test_it_begins_with_how_to_ask(talk: Talk) -> None:
    seen = talk()

    assert seen.startswith("\nAsk me a question\n")
    assert "Kettles of every kind." in seen
    assert "  1. All topics\n  2. About this bot\n" in seen


def test_a_question_is_answered_with_numbered_choices(talk: Talk) -> None:
    seen = talk("my kettle is full of limescale, how do i clean it")

    assert "How do I get limescale out of a kettle?" in seen
    assert "How sure: some evidence." in seen
    assert "    https://kettles.example/hundred" in seen
    assert "  1. Tell me more\n  2. Evidence and sources\n  3. Odd taste\n" in seen


def test_a_number_presses_a_choice(talk: Talk) -> None:
    question = "my kettle is full of limescale, how do i clean it"

    assert "Lemon juice works too" in talk(question, "1")
    assert "(supported; some evidence for that)" in talk(question, "2")
    assert "Why does the water taste odd?" in talk(question, "3")


def test_a_number_means_the_choices_that_were_shown_last(talk: Talk) -> None:
    assert "Pick a topic" in talk("why does a kettle whistle", "1", "2")


def test_browsing_by_numbers_leads_to_an_answer(talk: Talk) -> None:
    assert talk("/topics", "2", "1").splitlines()[2] == "Why does a kettle whistle?"


@pytest.mark.parametrize("typed", ["0", "99", "-1", "1.5", "²", "٣٣"])
def test_a_number_that_is_not_offered_is_taken_as_a_question(talk: Talk, typed: str) -> None:
    assert "No reviewed answer yet" in talk("/topics", typed)


def test_a_number_longer_than_any_is_taken_as_a_question(talk: Talk) -> None:
    assert "No reviewed answer yet" in talk("1" * 5_000)


@pytest.mark.parametrize(
    ("command", "title"),
    [
        ("/topics", "What I know about"),
        ("/sources", "Where the answers come from"),
        ("/about", "About this bot"),
        ("/help", "Ask me a question"),
        ("/start", "Ask me a question"),
        ("/TOPICS", "What I know about"),
        ("  /topics  ", "What I know about"),
        ("/ask why does a kettle whistle", "Why does a kettle whistle?"),
        ("/ask", "Ask me a question"),
        ("/ask /topics", "No reviewed answer yet"),
        ("/nonsense", "No reviewed answer yet"),
    ],
)
def test_a_command_leads_where_it_says(talk: Talk, command: str, title: str) -> None:
    assert talk(command).splitlines()[2] == title


def test_the_gate_opens_by_number_and_nothing_is_remembered(talk: Talk) -> None:
    question = "How do I rewire a kettle?"

    assert "This answer is for adults" in talk(question)
    assert "How do I rewire a kettle?" in talk(question, "1")
    assert "What now?" in talk(question, "2")
    assert "This answer is for adults" in talk(question, "1", question)


def test_a_private_answer_is_shown_here_because_nobody_else_looks(talk: Talk) -> None:
    assert (
        "I let it boil dry. Was it my fault?"
        in talk("i let it boil dry. was it my fault?").splitlines()
    )


def test_not_what_i_asked_comes_to_an_end(talk: Talk) -> None:
    first = talk("white crust in my kettle how do i clean it")
    number = next(line.split(".")[0] for line in first.splitlines() if "Not what I asked" in line)

    assert number.strip().isdecimal()
    assert "How do I get limescale" not in talk(
        "white crust in my kettle how do i clean it", number
    )


def test_a_drawing_is_named_by_number_and_back_leads_back(desk: Desk) -> None:
    out = StringIO()
    chat(desk, StringIO("What are back dimples?\n2\n1\n"), out)
    _, answer, picture, back, *_ = out.getvalue().split("\n> ")

    assert "  2. Show the drawing\n" in answer
    assert "Picture: A line drawing of the lower back" in picture
    assert "figures/lower-back.png" in picture
    assert "How sure: " in back
    assert "  2. Show the drawing\n" in back


@pytest.mark.parametrize("goodbye", ["/quit", "/exit", "/q", "/QUIT"])
def test_quit_ends_the_talk(talk: Talk, goodbye: str) -> None:
    assert talk("/topics", goodbye, "/about") == f"{goodbye}\n\n"


def test_the_end_of_input_ends_the_talk(about_kettles: Desk) -> None:
    out = StringIO()
    chat(about_kettles, StringIO("/topics"), out)

    assert "What I know about" in out.getvalue()
    assert out.getvalue().endswith("\n")


def test_ctrl_c_ends_the_talk_without_a_traceback(about_kettles: Desk) -> None:
    out = StringIO()
    chat(about_kettles, Interrupted("/topics\n"), out)

    assert "What I know about" in out.getvalue()
    assert out.getvalue().endswith("\n\n")


def test_empty_lines_are_passed_over(talk: Talk) -> None:
    assert talk("", "   ", "\t").startswith("\nAsk me a question\n")


def test_lines_from_a_pipe_are_shown_as_if_typed(about_kettles: Desk) -> None:
    out = StringIO()
    chat(about_kettles, StringIO("why does a kettle whistle\n"), out)

    assert "\n> why does a kettle whistle\n\nWhy does a kettle whistle?\n" in out.getvalue()


def test_lines_from_a_keyboard_are_not_shown_twice(about_kettles: Desk) -> None:
    out = StringIO()
    chat(about_kettles, Keyboard("which fuse\n"), out)

    assert "which fuse" not in out.getvalue()
    assert out.getvalue().count("\n> ") == 2


TALK = ["/topics", "1", "1", "2", "why does a kettle whistle", "How do I rewire a kettle?", "1"]
TALK += ["/sources", "/about", "who won the cup", "<b>@everyone</b> *_`", "x" * 200, "🫖" * 2_000]


def talked(desk: Desk, out: TextIO) -> None:
    """A long conversation with everything in it."""
    chat(desk, StringIO("".join(f"{line}\n" for line in TALK)), out)


@pytest.mark.parametrize("which", ["about_kettles", "desk"])
def test_nothing_is_wider_than_80_columns_but_addresses_and_what_was_typed(
    which: str, request: pytest.FixtureRequest
) -> None:
    out = StringIO()
    talked(request.getfixturevalue(which), out)
    wide = [
        line
        for line in out.getvalue().splitlines()
        if len(line) > 80 and not line.startswith(("    http", "> "))
    ]

    assert wide == []


def test_a_pipe_gets_no_escape_codes(about_kettles: Desk) -> None:
    out = StringIO()
    talked(about_kettles, out)

    assert "\x1b" not in out.getvalue()


@pytest.fixture
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 40 columns that shows colour."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("_narrow")
def test_a_terminal_gets_colour_and_its_own_width(about_kettles: Desk) -> None:
    out = Keyboard()
    talked(about_kettles, out)
    plain = out.getvalue().replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")

    assert "\x1b[1m" in out.getvalue()
    assert "\x1b" not in plain
    assert (
        max(len(line) for line in plain.splitlines() if not line.startswith(("    http", "> ")))
        <= 40
    )


@pytest.mark.usefixtures("_narrow")
def test_a_person_may_turn_colour_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    assert not style_of(Keyboard()).colour


def test_a_pipe_is_80_columns_wide_whatever_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")

    assert style_of(StringIO()).width == 80


def test_a_guided_check_is_walked_by_numbers(tmp_path: Path) -> None:
    engine = Engine(kettles(write_check(tmp_path)), Scripted())
    out = StringIO()
    chat(Desk(engine), StringIO("/check\n1\n2\n2\n1\n"), out)
    seen = out.getvalue()
    assert "Question 3 of 3." in seen and "Ask a grown-up" in seen
    assert "You are not too small to ask." in seen


def test_a_question_in_another_language_is_told_so_in_that_language(desk: Desk) -> None:
    out = StringIO()
    chat(desk, StringIO("なんで片方だけなの\n"), out)

    assert "英語で聞いてみてください" in out.getvalue()
