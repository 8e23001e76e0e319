"""The back-dimples pack as it ships: complete, honest, ours, and no surer than its matcher."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from typing import Any

import pytest

from core.content import readability
from core.content.library import Library
from core.content.model import STRENGTH, Evidence, evidence_for
from core.content.reader import check
from core.content.rules.asks import FEWEST
from core.dialogue.cases import run
from core.dialogue.engine import Engine
from core.dialogue.request import Ask, Part, ShowEntry
from core.matching.evaluation import cross_validated
from core.matching.fused import FusedMatcher
from core.safety.guard import Guard
from tests.shared import ROOT, shared
from tools import borrowed, coverage

MOST_WRONG = 0.20
MOST_OUT_OF_SCOPE = 6


def listed(path: str) -> list[dict[str, Any]]:
    """A list of ../shared, or a skipped test."""
    found: list[dict[str, Any]] = json.loads(shared(path).read_text(encoding="utf-8"))
    return found


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools are run from the project's folder."""
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def out_of_scope() -> list[str]:
    """Questions that this pack must not answer."""
    return [item["message"] for item in listed("domain/out_of_scope.json")]


def test_the_content_is_clean() -> None:
    assert [str(problem) for problem in check(ROOT / "content", datetime.now(UTC).date())] == []


def test_there_are_40_entries_with_5_asks_or_more(library: Library) -> None:
    asked = [entry for entry in library.entries.values() if len(entry.asks) >= FEWEST]

    assert len(asked) == len(library.entries) >= 40
    assert FEWEST == 5


# What the research found


def test_every_claim_is_there_with_its_verdict_and_grade(library: Library) -> None:
    wanted = {
        one["id"]: (one["verdict"].lower(), one["grade"].replace("-", "none"))
        for one in listed("domain/claims.json")
    }
    held = {
        id: (claim.verdict, claim.grade) for id, claim in library.claims.items() if id in wanted
    }

    assert held == wanted
    assert len(wanted) == 107


@pytest.mark.usefixtures("run_here")
def test_every_claim_and_every_question_has_an_entry_or_a_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    claims, questions = listed("domain/claims.json"), listed("domain/questions.json")
    status = coverage.main()
    *rows, last = capsys.readouterr().out.splitlines()

    assert last == "236 ids, 0 missing"
    assert [row.split()[0] for row in rows] == [one["id"] for one in (*claims, *questions)]
    assert all(len(row.split()) > 1 for row in rows)
    assert status == 0


def test_claims_beyond_the_article_are_told_too(library: Library) -> None:
    told = {id for entry in library.entries.values() for id in entry.claims}
    claims = listed("domain/claims.json")
    beyond = [one["id"] for one in claims if not one["in_seed"]]

    assert len(beyond) == 46
    assert [id for id in beyond if id not in told and not library.claims[id].left_out] == []


@pytest.mark.usefixtures("run_here")
def test_a_claim_or_question_that_is_missing_is_named(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shared("domain/claims.json")
    entries = {id: e for id, e in library.entries.items() if id != "why-venus"}
    monkeypatch.setattr(coverage, "load", lambda _: replace(library, entries=entries))

    assert coverage.main() == 1
    assert " MISSING" in capsys.readouterr().out


def test_what_is_contested_or_unsupported_is_told_as_such(engine: Engine) -> None:
    library = engine.library
    words_for = {"contested": "contested", "unsupported": "not supported"}
    doubted = [
        (entry, claim)
        for entry in library.entries.values()
        for claim in (library.claims[id] for id in entry.claims)
        if claim.verdict in words_for
    ]

    assert len(doubted) > 10
    for entry, claim in doubted:
        grounds = engine.reply(ShowEntry(entry.id, Part.SOURCES, of_age=True)).reply
        judged = f"{claim.text} ({words_for[claim.verdict]}; "
        assert any(paragraph.startswith(judged) for paragraph in grounds.paragraphs), entry.id


def test_no_answer_is_surer_than_its_first_claim(library: Library) -> None:
    for entry in library.entries.values():
        allowed = evidence_for(library.claims[entry.claims[0]])
        assert STRENGTH[entry.evidence] <= STRENGTH[allowed], entry.id


def test_no_answer_pretends_that_a_clinician_has_checked_it(library: Library) -> None:
    reviews = [entry.review for entry in library.entries.values()]
    reviews += [claim.review for claim in library.claims.values()]

    assert {(review.status, review.reviewer) for review in reviews} == {("editorial", None)}


def test_every_kind_of_evidence_has_words(library: Library) -> None:
    assert set(library.wording.evidence) == set(Evidence)


# Texts of ours


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return re.findall(r"[\w%]+(?:['’]\w+)?", text.casefold())


@pytest.mark.usefixtures("run_here")
def test_no_seven_words_in_a_row_are_somebody_elses(capsys: pytest.CaptureFixture[str]) -> None:
    for path in borrowed.THEIRS:
        shared(path)

    assert borrowed.main() == 0, capsys.readouterr().out
    assert capsys.readouterr().out.endswith("0 runs of 7 words stand in both.\n")


@pytest.mark.usefixtures("run_here")
def test_a_borrowed_run_is_named_with_its_place(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    theirs = shared(borrowed.THEIRS[0]).read_text(encoding="utf-8")
    run = next(borrowed.runs(theirs))
    entry = library.entries["why-venus"].model_copy(
        update={"short": f"As they say: {run.upper()}."}
    )
    taken = replace(library, entries={"why-venus": entry})
    monkeypatch.setattr(borrowed, "load", lambda _: taken)

    assert borrowed.main() == 1
    assert f"why-venus: {run}" in capsys.readouterr().out


def test_every_short_answer_can_be_read_by_a_14_year_old(library: Library) -> None:
    grades = {id: readability.grade(entry.short) or 0 for id, entry in library.entries.items()}

    assert readability.measurable()
    assert {id: grade for id, grade in grades.items() if grade > 9} == {}
    assert median(grades.values()) <= 7


def test_every_rule_and_outcome_can_be_read_by_a_14_year_old(library: Library) -> None:
    english = (lexicon for lexicon in library.lexicons if lexicon.language == "en")
    said = {
        f"{text.rule} {text.message}": " ".join(text.says)
        for lexicon in english
        for text in lexicon.texts
    }
    for guided in library.assessments.values():
        said |= {one.id: " ".join(line.text for line in one.says) for one in guided.outcomes}
        said |= {f"addition {at}": one.text for at, one in enumerate(guided.additions)}

    assert len(said) > 30
    assert {id: grade for id in said if (grade := readability.grade(said[id]) or 0) > 8} == {}


def test_no_text_that_is_out_of_scope_stands_in_the_pack(
    library: Library, out_of_scope: list[str]
) -> None:
    for file in (ROOT / "content").rglob("*.yaml"):
        said = f" {' '.join(words(file.read_text(encoding='utf-8')))} "
        for text in out_of_scope:
            assert f" {' '.join(words(text))} " not in said, (file.name, text)


# Whom a rule speaks to


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("my son is 16 and stopped eating because he hates his lower back", "relative"),
        ("my flatmate throws up after dinner, how do i bring it up", "relative"),
        ("my gf checks her back in the mirror all day", "relative"),
        ("my mum says i barely eat and im starving myself", "distress"),
        ("my boyfriend knows i throw up after dinner", "distress"),
        ("my sister is worried because i stopped eating", "distress"),
    ],
)
def test_who_worries_about_somebody_else_is_not_spoken_to_as_the_one_who_suffers(
    guard: Guard, text: str, message: str
) -> None:
    alarm = guard.look(text)

    assert alarm is not None and alarm.stop is not None
    assert (alarm.stop.rule.id, alarm.stop.message.id) == ("R6", message)


# Authors' cases


def test_there_are_150_cases_and_half_of_them_must_not_be_answered(library: Library) -> None:
    (pack,) = library.packs
    barred = [case for case in pack.cases if not case.finds]

    assert len(pack.cases) >= 150
    assert len(barred) >= len(pack.cases) / 2


def test_no_case_is_anybodys_ask(library: Library, out_of_scope: list[str]) -> None:
    (pack,) = library.packs
    entries = library.entries.values()
    known = {plain(text) for e in entries for text in (e.question, *e.asks, *e.not_asks)}
    known |= {plain(text) for text in out_of_scope}
    for one in listed("domain/questions.json"):
        known |= {plain(text) for text in (one["question"], *one["paraphrases"])}

    assert [case.text for case in pack.cases if plain(case.text) in known] == []
    assert len({case.text.casefold() for case in pack.cases}) == len(pack.cases)


def plain(text: str) -> str:
    """A text as it is compared: no case, no punctuation."""
    return " ".join(words(text))


def test_the_pack_keeps_its_promise(engine: Engine) -> None:
    (pack,) = engine.library.packs
    promise, measured = pack.card.promise, run(engine, pack.cases).measured()

    assert promise is not None
    assert measured.found >= promise.found
    assert measured.answered >= promise.answered
    assert measured.wrong <= promise.wrong


# How well it is found


def test_of_the_answers_given_at_most_a_fifth_are_wrong(matcher: FusedMatcher) -> None:
    report = cross_validated(matcher)

    assert report.wrong_rate <= MOST_WRONG, str(report)
    assert report.count("right") >= len(report.trials) / 3, str(report)


def test_of_19_questions_out_of_scope_at_most_6_are_answered(
    engine: Engine, out_of_scope: list[str]
) -> None:
    answered = [
        (text, decided.entry)
        for text in out_of_scope
        if (decided := engine.reply(Ask(text)).decision).kind == "answer"
    ]

    assert len(out_of_scope) == 19
    assert len(answered) <= MOST_OUT_OF_SCOPE, answered


def test_the_first_question_of_the_readme_is_answered_with_evidence_and_sources(
    engine: Engine,
) -> None:
    """It is answered outright or offered first; which of the two is the matcher's business."""
    turn = engine.reply(Ask("can u get back dimples if u werent born w them"))
    if turn.decision.kind == "clarify":
        turn = engine.reply(turn.reply.choices[0].request)

    assert turn.reply.title == "Can I get back dimples if I don't have them?"
    assert turn.reply.evidence[0].startswith("How sure: ")
    assert turn.reply.citations


def test_the_second_is_refused_honestly_and_the_refusal_names_the_scope(engine: Engine) -> None:
    turn = engine.reply(Ask("how do i get cheek dimples"))
    said = " ".join(turn.reply.paragraphs)

    assert turn.decision.kind == "none"
    assert turn.reply.title == "No reviewed answer yet"
    assert engine.library.covers in said
    assert engine.library.not_covered in said
