"""`fossae check` on a pack in which every rule is broken at once, and on promises that do not hold."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bots.checking import Examined, examine, report
from bots.cli import main
from bots.settings import Settings
from core.content.problem import Problem
from core.content.reader import check
from core.content.rules import RULES
from tests.builders import (
    SMALL_CHECK,
    addresses,
    card,
    case,
    claim,
    entry,
    lexicon,
    marked,
    rule,
    source,
    without,
    write_kettles,
    write_pack,
)

TODAY = date(2026, 11, 23)

PACK = card(
    """
    topics:
      - {id: care, label: Care}
      - {id: shed, label: Shed}  # <- topic-size
    figures:
      - {id: lid, file: lid.svg, alt: A lid.}  # <- no-picture
    """
)
SOURCES = "".join(
    [
        source(),
        source("id: S02  # <- unused"),
        source("id: S03\nkind: web"),
        source("id: S04\nread: unread"),
    ]
)
CLAIMS = "".join(
    [
        claim(),
        claim("id: C02  # <- untold"),
        claim("id: C03  # <- unsourced\nsources: []"),
        claim("id: C04\ngrade: A  # <- overgraded\nsources: [S03]"),
        claim("id: C05\nsources: [S04]  # <- unread"),
        without("revise_if", claim("id: C06  # <- stubborn")),
        claim("id: C06  # <- duplicate"),
        claim("id: C07\nsources:\n  - S01\n  - S77  # <- dangling"),
        claim("id: C08\nreview: {status: editorial, on: 2020-01-01, due: 2021-01-01}  # <- overdue"),
    ]
)  # fmt: skip
ENTRIES = "".join(
    [
        entry(
            """
            claims: [C01, C03, C04, C05, C06, C07, C08]
            evidence: strong  # <- graded-up
            see_also:
              - adults  # <- minors
            """
        ),
        entry("id: adults\naudience: adults"),
        entry("id: bare\nclaims: []  # <- unfounded"),
        entry("id: self\nsee_also: [self]  # <- itself"),
        entry("id: few\nasks: [few one, few two]  # <- few-asks"),
        entry(
            """
            id: shared
            asks:
              - shared one
              - Adults Two!  # <- shared-ask
              - shared three
              - shared four
              - shared five
            not_asks:
              - shared six
              - shared five  # <- contradiction
            """
        ),
        entry("id: bold\nshort: This is **bold**.  # <- markup"),
        entry("id: sold\nshort: It is guaranteed to shine.  # <- banned"),
        entry("id: owner\nshort: About 40 % of people own one.  # <- ownerless"),
        entry(
            """
            id: hard
            short: >-  # <- hard
              Notwithstanding considerable terminological heterogeneity, anatomical
              investigations consistently characterise superficial indentations.
            """
        ),
        entry(
            "id: doctor\nreview: {status: clinician, on: 2026-11-22, due: 2027-11-22}  # <- review"
        ),
    ]
)
CASES = """\
- {text: so much chalk, finds: [descale]}
- {text: '', finds: [descale]}  # <- empty-text
- {text: no list, finds: descale}  # <- wrong-kind
- {text: no id, finds: [No Id]}  # <- bad-form
- {text: no key, finds: [], found: []}  # <- unknown-key
- text: no finds  # <- missing-key
"""

SAFETY = (
    rule()
    + rule("id: R1  # <- rule-twice")
    + rule("id: R2  # <- dangling-safety\nclaims: [C99]\nmessages: [{id: steam, mode: stop}]")
)
HARD = "Notwithstanding considerable heterogeneity investigations characterise indentations."
LEXICON = lexicon(
    f"""
    texts:  # <- unsaid
      - {{rule: R1, message: scald, title: Help, says: [{HARD}]}}  # <- hard-safety
    signs:
      - {{rule: R1, message: scald, all_of: [['{{nobody}}']]}}  # <- word-list
      - {{rule: R1, message: burn, all_of: [[burn*]]}}  # <- unknown-message
    examples: []  # <- unnoticed
    """
)


HARD_WORDS = "Notwithstanding considerable heterogeneity investigations characterise indentations."
CHECK = SMALL_CHECK
for _said, _wrong in (
    ("intro: One question.", "intro: '**One** question.'  # <- unplain"),
    ("- id: lid", "- id: lid  # <- forced"),
    ("not-said", "silent"),
    ("label: Shut", "label: Open  # <- said-twice"),
    ("outcome: fine", "outcome: fine  # <- open-table\n    when: {all_of: [lid=shut]}"),
    ("- entry: descale", "- entry: nowhere  # <- astray"),
    ("says: [{text: Close the lid.}]", f"says:\n      - text: {HARD_WORDS}  # <- hard-check"),
):
    CHECK = CHECK.replace(_said, _wrong)
CHECK = "evidence: strong  # <- overconfident".join(CHECK.rsplit("evidence: some", 1))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A content folder in which everything is wrong, each fault on its marked line."""
    return write_pack(
        tmp_path / "content",
        pack=PACK,
        sources=SOURCES,
        claims=CLAIMS,
        entries=ENTRIES,
        cases=CASES,
        rules=SAFETY,
        lexicons={"en": LEXICON},
        check=CHECK,
    )


@pytest.fixture
def checked(
    broken: Path, vectors: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """What `fossae check` prints about the broken pack; it must end with exit status 1."""
    monkeypatch.setenv("FOSSAE_CONTENT", str(broken))
    monkeypatch.setenv("FOSSAE_CACHE", str(vectors))
    monkeypatch.chdir(broken.parent)

    def checked(*arguments: str) -> str:
        assert main(["check", *arguments]) == 1
        return capsys.readouterr().out

    return checked


def test_every_rule_is_broken_on_its_marked_line_at_once(broken: Path) -> None:
    found = addresses(check(broken, TODAY))
    rules = {rule for *_, rule in found}

    assert found == marked(broken)
    assert rules >= {rule.id for rule in RULES}
    assert len(rules) == 42


def test_check_lists_them_as_text(broken: Path, checked: Callable[..., str]) -> None:
    *lines, last = checked().splitlines()
    said = [re.fullmatch(r"(\S+?):(\d+): ([a-z-]+): .+: .+", line) for line in lines]

    assert [(one[1], int(one[2]), one[3]) for one in said if one] == marked(broken)
    assert last == f"{len(lines)} problem(s)."


def test_check_lists_them_as_json(broken: Path, checked: Callable[..., str]) -> None:
    said = json.loads(checked("--format", "json"))
    problems = said["problems"]

    assert [(one["file"], one["line"], one["rule"]) for one in problems] == marked(broken)
    assert all(one["what"] and one["remedy"] for one in problems)


def test_check_lists_them_as_annotations(broken: Path, checked: Callable[..., str]) -> None:
    form = re.compile(r"::error file=([^:,\s]+),line=(\d+),title=([a-z-]+)::([^\r\n]+)")
    said = [form.fullmatch(line) for line in checked("--format", "github").splitlines()]

    assert [(one[1], int(one[2]), one[3]) for one in said if one] == marked(broken)
    assert None not in said


# Forms

FAULT = Problem("a.yaml", 3, "hard", "100 % hard\r\n::error::x", "shorten it")


def test_an_annotation_escapes_what_would_end_it() -> None:
    fault = replace(FAULT, file="C:\\a,b.yaml")

    assert report(Examined((fault,)), "github", cases=False) == (
        "::error file=C%3A\\a%2Cb.yaml,line=3,title=hard::100 %25 hard%0D%0A::error::x: shorten it"
    )


def test_sound_content_has_no_annotations_and_no_problems_in_json(
    tmp_path: Path, settings: Callable[[Path], Settings]
) -> None:
    examined = examine(settings(write_kettles(tmp_path)), TODAY)

    assert report(examined, "github", cases=False) == ""
    assert json.loads(report(examined, "json", cases=False))["problems"] == []


# Cases and promises

CASES_OF_KETTLES = (
    case("my kettle is full of limescale how do i clean it", "descale")
    + case("why is the kettle making a whistling noise", "whistle")
    + case("why is it making a whistling noise all of a sudden", "descale", "whistle")
    + case("what fuse should i put in the plug", "descale")
    + case("who won the world cup")
    + case("my dog has fleas")
)


@pytest.fixture
def settings(vectors: Path) -> Callable[[Path], Settings]:
    """Settings that read a content folder."""
    return lambda content: Settings(content=content, cache=vectors, _env_file=None)


def promising(folder: Path, promise: str) -> Path:
    """Kettles with cases, and a promise about them."""
    write_kettles(folder)
    home = folder / "packs" / "kettles"
    card = (home / "pack.yaml").read_text(encoding="utf-8")
    (home / "pack.yaml").write_text(f"{card}promise:\n{promise}", encoding="utf-8")
    (home / "cases.yaml").write_text(CASES_OF_KETTLES, encoding="utf-8")
    return folder


def test_a_promise_that_holds_is_no_problem(
    tmp_path: Path, settings: Callable[[Path], Settings]
) -> None:
    folder = promising(tmp_path, "  found: 0.5\n  answered: 0.5\n  wrong: 0.5\n")
    examined = examine(settings(folder), TODAY)

    assert examined.problems == ()
    assert "Cases: 4 must find: right 3, wrong 1; 2 must find nothing: withheld 2." in report(
        examined, "text", cases=False
    )
    assert "Found 75.0%, answered 75.0%; of the answers given, 25.0% wrong." in report(
        examined, "text", cases=False
    )
    assert json.loads(report(examined, "json", cases=False))["cases"] == {
        "found": 0.75,
        "answered": 0.75,
        "wrong": 0.25,
    }


def test_a_promise_that_does_not_hold_is_a_problem_on_its_line(
    tmp_path: Path, settings: Callable[[Path], Settings]
) -> None:
    promise = "  found: 0.9  # <- promise\n  answered: 0.75\n  wrong: 0.2  # <- promise\n"
    folder = promising(tmp_path, promise)
    found = examine(settings(folder), TODAY).problems

    assert addresses(found) == marked(folder)
    assert found[0].what == "`found` is 0.750, stated 0.9"


def test_each_case_can_be_listed(tmp_path: Path, settings: Callable[[Path], Settings]) -> None:
    folder = promising(tmp_path, "  found: 0.5\n  answered: 0.5\n  wrong: 0.5\n")
    listed = report(examine(settings(folder), TODAY), "text", cases=True).splitlines()

    assert listed[0] == (
        "right     my kettle is full of limescale how do i clean it  (should find: descale)"
    )
    assert listed[3].startswith("wrong     what fuse should i put in the plug")
    assert listed[5] == "withheld  my dog has fleas  (should find: nothing)"


def test_content_that_cannot_be_served_is_not_tried(
    broken: Path, settings: Callable[[Path], Settings]
) -> None:
    examined = examine(settings(broken), TODAY)

    assert examined.library is None
    assert examined.cases is None
