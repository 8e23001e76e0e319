"""`fossae check` proves the guided checks of a pack and draws them for a clinician to review."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bots.checking import Examined, examine, report
from bots.cli import main
from bots.diagram import draw
from bots.settings import Settings
from core.dialogue.proofs import proofs
from tests.builders import KETTLE_CHECK, kettles, write_check, write_kettles

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def examined(tmp_path: Path) -> Examined:
    """What is found in a pack with one guided check."""
    library = kettles(write_check(tmp_path / "content"))
    return Examined((), library, None, proofs(library))


def test_the_drawing_shows_every_row_in_the_words_of_the_buttons(
    examined: Examined, tmp_path: Path
) -> None:
    draw(examined, tmp_path / "table.svg")
    root = ElementTree.parse(tmp_path / "table.svg").getroot()  # noqa: S314 - our own
    said = [text.text for text in root.iter(f"{SVG}text")]
    for words in (
        "Is there smoke?",
        "A lot",
        "A grown-up",
        "Loose",
        "everyone who is left",
        "Mend the lid",
    ):
        assert words in said
    assert "All 27 combinations of answers were tried; 19 paths." in said


def test_the_page_holds_questions_outcomes_claims_and_sources(
    examined: Examined, tmp_path: Path
) -> None:
    draw(examined, tmp_path / "check.html")
    page = unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "check.html").read_text(encoding="utf-8")))
    check = examined.library and examined.library.assessments["is-it-safe"]
    assert check
    for question in check.questions:
        assert question.text in page and question.why in page
    for outcome in check.outcomes:
        assert outcome.title in page and all(one.text in page for one in outcome.says)
    assert "Limescale comes off with vinegar." in page and "Kettle Institute 2024" in page
    assert "Fire comes first." in page and "holds for all 27" in page
    assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg", "", page)


def test_a_pack_without_a_check_has_nothing_to_draw(tmp_path: Path) -> None:
    library = kettles(tmp_path / "content")
    said = draw(Examined((), library), tmp_path / "table.svg")
    assert said.startswith("No guided check") and not (tmp_path / "table.svg").exists()


def settings(folder: Path, vectors: Path) -> Settings:
    """Settings that lead to a content folder."""
    return Settings(_env_file=None, content=folder, cache=vectors)


def test_a_broken_promise_is_a_problem_with_its_line_and_a_path(
    tmp_path: Path, vectors: Path
) -> None:
    wrong = KETTLE_CHECK.replace("any_of: [who=grown-up]", "none_of: [who=kid]")
    found = examine(
        settings(write_check(write_kettles(tmp_path), wrong), vectors), date(2026, 11, 23)
    )
    (problem,) = [one for one in found.problems if one.rule == "invariant"]
    line = wrong.splitlines()[problem.line - 1]
    assert line.startswith("  - {when: {none_of: [who=grown-up]}")
    path = "smoke: None; who: I'd rather not say; lid: Loose; ends at `repair`"
    assert path in problem.what
    assert "27 combinations of answers, 19 paths: 1 fault(s)." in report(found, "text", cases=False)


def test_the_command_draws_and_says_where(
    tmp_path: Path,
    vectors: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FOSSAE_CONTENT", str(write_check(write_kettles(tmp_path / "content"))))
    monkeypatch.setenv("FOSSAE_CACHE", str(vectors))
    monkeypatch.chdir(tmp_path)
    main(["check", "--diagram", "check.html"])
    shown = capsys.readouterr()
    assert "Guided check is-it-safe: 27 combinations of answers" in shown.out
    assert "one outcome each, all reached" in shown.out
    assert "Wrote check.html" in shown.err and (tmp_path / "check.html").exists()
