"""The commands that keep pages and pictures in step with what they are made from."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.content.rules import RULES
from core.content.rules.rule import Rule
from core.matching.rules import RULES as MATCHING_RULES
from core.matching.rules import MatchingRule
from tests.shared import ROOT
from tools import figures, rules_page

Tool = Callable[..., int]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project in which the commands run, with the drawings and the page as they ship."""
    for name in ("content", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Runs the `main` of a tool with arguments."""

    def run(main: Callable[[], int], *arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["tool", *arguments])
        return main()

    return run


# Drawings


@pytest.fixture
def svg(here: Path) -> Path:
    """The drawing that ships."""
    (found,) = here.glob("content/packs/*/figures/*.svg")
    return found


@pytest.mark.usefixtures("svg")
def test_the_picture_that_ships_was_made_from_its_drawing(
    run: Tool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(figures.main, "--check") == 0
    assert capsys.readouterr() == ("", "")


def test_a_drawing_that_was_changed_is_named(
    svg: Path, run: Tool, capsys: pytest.CaptureFixture[str]
) -> None:
    before = svg.with_suffix(".png").read_bytes()
    svg.write_text(svg.read_text(encoding="utf-8") + "<!-- changed -->", encoding="utf-8")

    assert run(figures.main, "--check") == 1
    assert "lower-back.svg was changed" in capsys.readouterr().err
    assert svg.with_suffix(".png").read_bytes() == before


def test_a_drawing_without_a_picture_is_named(svg: Path, run: Tool) -> None:
    svg.with_suffix(".png").unlink()

    assert run(figures.main, "--check") == 1


def test_a_changed_drawing_is_drawn_again_and_is_then_in_step(svg: Path, run: Tool) -> None:
    pytest.importorskip("resvg_py", reason="only who changes a drawing needs it")
    svg.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><circle r="2"/></svg>',
        encoding="utf-8",
    )

    assert run(figures.main) == 0
    picture = svg.with_suffix(".png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20], "big") == figures.WIDTH
    assert run(figures.main, "--check") == 0


# The page of rules


@pytest.mark.usefixtures("here")
def test_the_page_of_rules_is_up_to_date(run: Tool) -> None:
    assert run(rules_page.main, "--check") == 0


def test_a_page_of_rules_that_was_edited_is_named_and_written_again(
    here: Path, run: Tool, capsys: pytest.CaptureFixture[str]
) -> None:
    page = here / "docs" / "rules.md"
    shipped = page.read_text(encoding="utf-8")
    page.write_text(shipped + "\nAnd another thing.\n", encoding="utf-8")

    assert run(rules_page.main, "--check") == 1
    assert "out of date" in capsys.readouterr().err
    assert run(rules_page.main) == 0
    assert page.read_text(encoding="utf-8") == shipped


def test_every_rule_is_on_the_page_with_its_reason_and_example() -> None:
    said = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")

    rules: tuple[Rule | MatchingRule, ...] = (*RULES, *MATCHING_RULES)
    for rule in rules:
        assert f"\n## {rule.id}" in said
        assert f"\n{rule.reason}\n\n```yaml\n{rule.example}\n```\n" in said
