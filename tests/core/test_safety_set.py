"""The labelled safety set is as large, as varied and as cleanly split as its README says."""

import json
from collections import Counter

import pytest

from tests.shared import ROOT

FOLDER = ROOT / "tests" / "data" / "safety"
HALVES = ("frozen", "open")
RULES = {f"R{number}" for number in range(1, 13)} - {"R5"}
OTHERS = {"es", "pt", "ru", "de", "fr", "it", "tr", "ja", "zh"}
KEYS = {"text", "rule", "language", "kind"}

Line = dict[str, object]


def half(name: str) -> list[Line]:
    """The lines of one half."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sizes(lines: list[Line]) -> Counter[tuple[object, object]]:
    """How many texts there are for each language and rule."""
    return Counter((line["language"], line["rule"]) for line in lines)


@pytest.fixture(scope="module")
def both() -> list[Line]:
    """The lines of both halves."""
    return [line for name in HALVES for line in half(name)]


def test_every_line_is_labelled(both: list[Line]) -> None:
    for line in both:
        also = line.get("also", [])
        assert isinstance(also, list)
        assert set(line) - {"also"} == KEYS
        assert line["text"] and line["kind"]
        assert {line["rule"], *also} - {None} <= RULES
        assert line["rule"] not in also
        assert line["language"] in OTHERS | {"en"}


def test_no_text_stands_twice_in_a_half_or_in_both(both: list[Line]) -> None:
    counts = Counter(str(line["text"]).casefold() for line in both)

    assert [text for text, times in counts.items() if times > 1] == []


def test_there_are_enough_english_texts(both: list[Line]) -> None:
    found = sizes(both)

    assert found["en", "R1"] >= 140
    assert found["en", None] >= 300
    assert min(found["en", rule] for rule in RULES - {"R1"}) >= 36


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_there_are_enough_texts_in(language: str, both: list[Line]) -> None:
    found = sizes(both)

    assert found[language, "R1"] >= 24
    assert found[language, None] >= 12
    assert min(found[language, rule] for rule in ("R2", "R3", "R6")) >= 8


def test_the_halves_are_alike() -> None:
    frozen, opened = sizes(half("frozen")), sizes(half("open"))

    assert set(frozen) == set(opened)
    assert [key for key in frozen if abs(frozen[key] - opened[key]) > 6] == []
