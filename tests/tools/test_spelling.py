"""The tools behind the speller: its word lists and what is measured on it."""

import json
from math import isclose
from pathlib import Path

import pytest

from core.matching.lexicon import HOME, english
from tools import spelling, word_list


def test_a_word_of_both_lists_gets_the_mean_and_one_of_a_single_list_less() -> None:
    shares = word_list.both({"back": 0.04, "app": 0.01}, {"back": 0.01, "mom": 0.02})
    assert isclose(shares["back"], 0.02)
    assert shares["app"] < 0.01
    assert shares["mom"] < 0.02


def test_a_foreign_word_is_one_that_english_has_less_of() -> None:
    english = {"me": 0.05, "van": 0.000_01}
    assert word_list.foreign({"está": 0.02, "me": 0.01, "van": 0.02}, english) == {"esta", "van"}


def test_without_its_packages_the_word_list_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(word_list, "PACKAGES", {"no-such-package": "1.0"})
    assert word_list.main() == 1
    assert "pip install --no-deps no-such-package==1.0" in capsys.readouterr().err


def test_the_shipped_list_has_the_words_of_both_sides_of_the_ocean() -> None:
    words = english().levels
    assert {"favourite", "favorite", "mom", "mum", "dont", "gonna", "dimple"} <= words.keys()
    assert {"que", "nicht", "pas"} <= english().foreign
    assert english().shortenings["u"] == "you"
    assert (HOME / "NOTICE.md").exists()


def test_the_figures_say_what_was_changed_and_what_restored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["what are back dimples", "what"], ["are they genetic", "genes"]]
    whole = {"train": rows, "test": [["where are back dimples", "what"]]}
    (tmp_path / "tiny.json").write_text(json.dumps(whole))
    monkeypatch.setattr("sys.argv", ["spelling", str(tmp_path)])
    assert spelling.main() == 0
    said = capsys.readouterr().out
    assert "1 as they are: 0.00% of words, 0.0% of texts changed" in said
    assert "1 typos: 100.0% of texts restored exactly" in said
