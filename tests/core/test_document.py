"""YAML is read as plain text with lines; nothing in it is guessed, run or expanded."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.document import parse
from tests.builders import marks

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "no",
        "on",
        "off",
        "true",
        "010",
        "0x10",
        "1_000",
        "1e3",
        "null",
        "~",
        "2026-11-22",
        "1:20",
    ],
)
def test_a_value_stays_the_text_it_is(said: str) -> None:
    document = parse("a.yaml", f"key: {said}\nlist: [{said}]\n")

    assert document.data == {"key": said, "list": [said]}


def test_a_key_stays_the_text_it_is() -> None:
    document = parse("a.yaml", "on: a\nno: b\n010: c\n")

    assert document.data == {"on": "a", "no": "b", "010": "c"}


def test_nothing_written_is_an_empty_text() -> None:
    assert parse("a.yaml", "key:\n").data == {"key": ""}


def test_a_tag_is_ignored_and_never_run() -> None:
    document = parse("a.yaml", "key: !!python/object/apply:os.system [exit 1]\n")

    assert document.data == {"key": ["exit 1"]}


def test_everything_written_has_its_line() -> None:
    document = parse(
        "a.yaml", "# a comment\nfirst: 1\n\nlist:\n  - a\n  - b: 2\n    c:\n      d: 3\n"
    )

    assert document.line(("first",)) == 2
    assert document.line(("list", 0)) == 5
    assert document.line(("list", 1, "c", "d")) == 8


def test_what_is_not_written_has_the_line_of_what_is_around_it() -> None:
    document = parse("a.yaml", "a: 1\nlist:\n  - b: 2\n  - c: 3\n")

    assert document.line(("list", 1, "missing")) == 4
    assert document.line(("missing", "inside")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: 2\na: 3  # <- duplicate-key\n",
        "a: 1\na: 2  # <- duplicate-key\na: 3  # <- duplicate-key\n",
        "list:\n  - x: 1\n    x: 2  # <- duplicate-key\n  - x: 3\n",
        "a: {b: 1, c: 2, b: 3}  # <- duplicate-key\n",
        '"a": 1\na: 2  # <- duplicate-key\n',
        "a: &name 1  # <- anchor\nb: 2\n",
        "a: &name 1  # <- anchor\nb: *name  # <- anchor\n",
        "base: &base {x: 1}  # <- anchor\nb:\n  <<: *base  # <- anchor\n",
        "a: 1\nb: c: d  # <- syntax\n",
        "a: 1\n\tb: 2  # <- syntax\n",
        "a: 1\n--- # <- syntax\nb: 2\n",
        "a: 1\nb: @home  # <- syntax\n",
    ],
)
def test_a_mistake_is_found_on_its_line(text: str) -> None:
    found = [(problem.line, problem.rule) for problem in parse("a.yaml", text).problems]

    assert found == marks(text)


def test_the_first_of_two_equal_keys_is_kept_and_named() -> None:
    document = parse("a.yaml", "x: 0\na: 1\na: 2\n")

    assert document.data == {"x": "0", "a": "1"}
    assert "first on line 2" in document.problems[0].what


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_an_empty_file_says_so_or_is_an_empty_text(text: str) -> None:
    document = parse("a.yaml", text)

    assert not document.data
    assert [problem.rule for problem in document.problems] in (["empty-file"], [])


def test_a_billion_laughs_are_refused_before_anyone_laughs() -> None:
    began = time.perf_counter()
    document = parse("a.yaml", BOMB)

    assert document.data is None
    assert {problem.rule for problem in document.problems} == {"anchor"}
    assert time.perf_counter() - began < 0.5


def test_brackets_in_brackets_in_brackets_are_a_problem_and_no_crash() -> None:
    assert parse("a.yaml", "[" * 500 + "]" * 500).problems


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    document = parse("a.yaml", text)

    assert document.data is not None or document.problems


@settings(deadline=None)
@given(st.text("ab:-[]{}&*!|>'\"%@`# \n\t?,", max_size=60))
def test_any_heap_of_punctuation_is_read_or_refused(text: str) -> None:
    document = parse("a.yaml", text)

    assert document.data is not None or document.problems
