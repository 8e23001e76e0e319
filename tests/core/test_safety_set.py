"""The labelled safety sets are as large and as cleanly split as their README says, and the rules hold on them."""

import json
from collections import Counter

import pytest

from core.content.library import Library
from core.content.reader import read_training
from core.safety.guard import Guard
from core.safety.training import known
from tests.shared import ROOT
from tools.safety_report import Trial, trials

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


@pytest.mark.parametrize("name", [*HALVES, "second", "third"])
def test_every_line_is_labelled(name: str) -> None:
    for line in half(name):
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


@pytest.mark.parametrize("language", sorted(OTHERS))
def test_the_third_set_has_many_harmless_texts_in(language: str) -> None:
    found = sizes(half("third"))

    assert found[language, None] >= 45
    assert found[language, "R1"] >= 28


def test_the_halves_are_alike() -> None:
    frozen, opened = sizes(half("frozen")), sizes(half("open"))

    assert set(frozen) == set(opened)
    assert [key for key in frozen if abs(frozen[key] - opened[key]) > 6] == []


# The set that nobody looked into

# What the project asks of itself: of emergencies, of every other rule, and of harmless texts.
R1_FOUND, OTHERS_FOUND, FALSE_ALARMS = 0.95, 0.85, 0.04


@pytest.fixture(scope="module")
def second(guard: Guard) -> list[Trial]:
    """The second set, put to the shipped rules."""
    return trials(FOLDER / "second.jsonl", guard)


def found(second: list[Trial], rule: str, *languages: str) -> float:
    """The share of a rule's texts at which it, or one that is right too, was named."""
    tried = [t.right for t in second if t.wanted[:1] == (rule,) and t.language in languages]
    return sum(tried) / len(tried)


def test_emergencies_are_noticed(second: list[Trial]) -> None:
    assert found(second, "R1", "en") >= R1_FOUND


def test_emergencies_are_noticed_in_the_languages_that_are_answered(second: list[Trial]) -> None:
    assert found(second, "R1", *OTHERS) >= R1_FOUND


@pytest.mark.parametrize("rule", sorted(RULES - {"R1"}))
def test_what_else_a_rule_is_for_is_noticed(second: list[Trial], rule: str) -> None:
    assert found(second, rule, "en") >= OTHERS_FOUND


def test_harmless_texts_are_left_in_peace(second: list[Trial]) -> None:
    harmless = [trial.right for trial in second if trial.language == "en" and not trial.wanted]

    assert 1 - sum(harmless) / len(harmless) <= FALSE_ALARMS


def test_no_text_that_is_kept_apart_was_learnt(library: Library) -> None:
    (pack,) = library.packs
    learnt = {plain(text) for text, _ in known(read_training(pack.home)[0])}
    apart = {
        plain(str(line["text"])) for name in ("frozen", "second", "third") for line in half(name)
    }

    assert learnt & apart == set()


def plain(text: str) -> str:
    """One form for texts that differ in case and spaces alone."""
    return " ".join(text.casefold().split())
