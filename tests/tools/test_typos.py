"""Typos as people make them, and the same ones every time."""

import io
import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.typos import (
    KINDS,
    NEIGHBOURS,
    doubled,
    left_out,
    main,
    neighbour,
    run_together,
    swapped,
    typos,
)

QUESTION = "can you get back dimples without surgery"


def distance(one: str, other: str) -> int:
    """How many single letters and swaps of neighbours lie between two texts."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def test_a_seed_gives_the_same_typos_for_ever() -> None:
    """Numbers measured on typos can be measured again."""
    assert [typos(QUESTION, 2, seed) for seed in (1, 2, 3)] == [
        "can you get back dimpls withot surgery",
        "caj you get back dimlpes without surgery",
        "cn you get bavk dimples without surgery",
    ]


@given(st.text(max_size=60), st.integers(0, 4), st.integers())
def test_any_text_survives(text: str, count: int, seed: int) -> None:
    """Whatever is written, no more slips than asked for, and twice the same."""
    slipped = typos(text, count, seed)
    assert slipped == typos(text, count, seed)
    assert distance(text, slipped) <= count


@given(st.integers())
def test_two_typos_are_two(seed: int) -> None:
    """Slips fall in different words and don't mend one another."""
    slipped = typos(QUESTION, 2, seed)
    words, meant = slipped.split(), QUESTION.split()
    run = len(meant) - len(words)
    assert run or sum(new != old for new, old in zip(words, meant, strict=True)) == 2
    assert slipped != QUESTION


@given(st.integers(), st.integers(1, 3))
def test_one_word_takes_several(seed: int, count: int) -> None:
    """Where only one word is there, it takes them all and is never itself again."""
    assert typos("dimples", count, seed) != "dimples"


@pytest.mark.parametrize("text", ["", "?", "22%", "is it 5", " ", "👀", "no"])
def test_what_has_no_room_stays(text: str) -> None:
    """Numbers, signs, two letters: nothing to slip on, but for a space between two words."""
    assert typos(text, 3, 1) in {text, text.replace("is it", "isit")}


def test_no_typos_asked_for() -> None:
    """Nought is nought."""
    assert typos(QUESTION, 0, 1) == QUESTION


def test_every_kind_comes_up() -> None:
    """Over many seeds each kind is seen, and the likely ones more often."""
    seen = Counter(kind for seed in range(600) for kind in KINDS if _is_of(kind.__name__, seed))
    assert set(seen) == set(KINDS)
    assert seen[neighbour] > seen[doubled]
    assert seen[left_out] > seen[run_together]


def test_lines_of_a_file_slip_in_different_ways() -> None:
    """With one seed for all, the place of the slip still differs from line to line."""
    lines = [f"{letter * 2} dimples" for letter in string.ascii_lowercase]
    assert len({typos(line, 1, 7)[3:] for line in lines}) > 5


def test_kinds() -> None:
    """What each kind can make of a word."""
    assert swapped("back") == ["bcak", "bakc"]
    assert left_out("back") == ["bck", "bak", "bac"]
    assert doubled("back") == ["bback", "baack", "bacck", "backk"]
    assert "bsck" in neighbour("back")
    assert "bSck" in neighbour("bAck")
    assert "nack" not in neighbour("back")
    assert run_together(" ") == [""]
    assert run_together(", ") == []


def test_the_keyboard() -> None:
    """Neighbours are neighbours both ways, and every letter has some."""
    assert set(NEIGHBOURS) == set(string.ascii_lowercase)
    assert set(NEIGHBOURS["s"]) == set("adwezx")
    assert set(NEIGHBOURS["q"]) == set("wa")
    assert all(key in NEIGHBOURS[other] for key in NEIGHBOURS for other in NEIGHBOURS[key])


def test_lines_in_lines_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command keeps the number of lines, empty ones too."""
    monkeypatch.setattr("sys.argv", ["typos", "--count", "1", "--seed", "5"])
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{QUESTION}\n\nwhat causes them"))
    assert main() == 0
    expected = [typos(QUESTION, 1, 5), "", typos("what causes them", 1, 5)]
    assert capsys.readouterr().out.split("\n") == [*expected, ""]


def _is_of(kind: str, seed: int) -> bool:
    """Whether the one slip of this seed is of that kind."""
    slipped = typos(QUESTION, 1, seed)
    if kind == "run_together":
        return slipped.count(" ") < QUESTION.count(" ")
    makes = next(make for make in KINDS if make.__name__ == kind)
    pairs = zip(QUESTION.split(), slipped.split(), strict=False)
    return slipped.count(" ") == QUESTION.count(" ") and any(
        new in makes(old) for old, new in pairs
    )
