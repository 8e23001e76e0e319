"""The report tells what was named from what a person is told."""

import json
from pathlib import Path

from core.safety.guard import Guard
from tools.safety_report import report, trials


def said(folder: Path, guard: Guard, text: str, rule: str | None) -> str:
    """The line of the report for one labelled text."""
    file = folder / "set.jsonl"
    file.write_text(json.dumps({"text": text, "rule": rule, "language": "en"}), encoding="utf-8")
    (line,) = report(trials(file, guard))
    return line


def test_a_rule_that_stands_behind_another_is_told_and_not_named(
    tmp_path: Path, guard: Guard
) -> None:
    line = said(tmp_path, guard, "pregnant, can i get lipo later for back dimples", "R10")

    assert line.startswith("en R10: 0 of 1")
    assert line.endswith("told: 1")


def test_behind_a_rule_that_stops_nothing_is_told(tmp_path: Path, guard: Guard) -> None:
    line = said(tmp_path, guard, "28 weeks and my piercing is full of pus", "R10")

    assert line.startswith("en R10: 0 of 1")
    assert line.endswith("told: 0")


def test_a_harmless_text_that_no_rule_holds_for_is_no_false_alarm(
    tmp_path: Path, guard: Guard
) -> None:
    assert said(tmp_path, guard, "are back dimples genetic", None).startswith(
        "en false alarms: 0 of 1"
    )
