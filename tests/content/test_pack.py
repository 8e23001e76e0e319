"""The back-dimples pack as it ships: complete, honest, ours, and no surer than its matcher."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from core.content.library import Library
from core.content.model import STRENGTH, Evidence, evidence_for
from core.content.reader import check
from core.content.rules.asks import FEWEST
from core.dialogue.engine import Engine
from core.dialogue.request import Ask, Part, ShowEntry
from core.matching.evaluation import leave_one_out
from core.matching.ridge import RidgeMatcher
from tests.shared import ROOT, shared

COPIED = 7
MOST_WRONG = 0.20
MOST_OUT_OF_SCOPE = 6


def listed(path: str) -> list[dict[str, Any]]:
    """A list of ../shared, or a skipped test."""
    found: list[dict[str, Any]] = json.loads(shared(path).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def seed() -> list[dict[str, Any]]:
    """The claims of the seed article."""
    return [claim for claim in listed("domain/claims.json") if claim["in_seed"]]


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


# The seed article


def test_every_claim_of_the_seed_is_there_with_its_verdict_and_grade(
    library: Library, seed: list[dict[str, Any]]
) -> None:
    wanted = {
        one["id"]: (one["verdict"].lower(), "none" if one["grade"] == "-" else one["grade"])
        for one in seed
    }
    held = {
        id: (claim.verdict, claim.grade) for id, claim in library.claims.items() if id in wanted
    }

    assert held == wanted
    assert len(wanted) == 61


def test_every_claim_of_the_seed_is_told_or_left_out_with_a_reason(
    library: Library, seed: list[dict[str, Any]]
) -> None:
    told = {id for entry in library.entries.values() for id in entry.claims}
    silent = [
        one["id"]
        for one in seed
        if one["id"] not in told and not library.claims[one["id"]].left_out
    ]

    assert silent == []


def test_every_other_claim_is_one_we_know_with_its_verdict_and_grade(library: Library) -> None:
    known = {one["id"]: one for one in listed("domain/claims.json")}
    changed = [
        id
        for id, claim in library.claims.items()
        if id in known
        and (claim.verdict, claim.grade)
        != (known[id]["verdict"].lower(), known[id]["grade"].replace("-", "none"))
    ]

    assert changed == []


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


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of seven words of a text."""
    said = words(text)
    return {tuple(said[at : at + COPIED]) for at in range(len(said) - COPIED + 1)}


def of_the_pack(library: Library) -> Iterator[tuple[str, str]]:
    """Every text of ours in the pack, and where it stands."""
    for entry in library.entries.values():
        yield entry.id, entry.short
        yield entry.id, entry.more or ""
    for claim in library.claims.values():
        yield claim.id, claim.text
    for source in library.sources.values():
        yield source.id, source.says
    for pack in library.packs:
        yield pack.card.id, f"{pack.card.covers} {pack.card.not_covered} {pack.card.about}"


def of_the_wording(library: Library) -> Iterator[tuple[str, str]]:
    """Every sentence of ours that is no answer."""
    yield from said_in("wording", library.wording.model_dump())


def said_in(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The texts inside a record."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from said_in(f"{name}.{key}", inside)
    elif isinstance(value, str):
        yield name, value


SEED, DOMAIN = "seed/back-dimples-article.txt", "domain/domain.md"


@pytest.mark.parametrize(
    ("texts", "path"),
    [
        (of_the_pack, SEED),
        (of_the_pack, DOMAIN),
        (of_the_wording, SEED),
        (of_the_wording, DOMAIN),
    ],
)
def test_no_seven_words_in_a_row_are_somebody_elses(
    library: Library, texts: Callable[[Library], Iterator[tuple[str, str]]], path: str
) -> None:
    theirs = runs(shared(path).read_text(encoding="utf-8"))
    copied = {where: " ".join(run) for where, text in texts(library) for run in runs(text) & theirs}

    assert copied == {}


def test_no_text_that_is_out_of_scope_stands_in_the_pack(
    library: Library, out_of_scope: list[str]
) -> None:
    for file in (ROOT / "content").rglob("*.yaml"):
        said = f" {' '.join(words(file.read_text(encoding='utf-8')))} "
        for text in out_of_scope:
            assert f" {' '.join(words(text))} " not in said, (file.name, text)


# How well it is found


def test_of_the_answers_given_at_most_a_fifth_are_wrong(matcher: RidgeMatcher) -> None:
    report = leave_one_out(matcher)

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
    turn = engine.reply(Ask("can u get back dimples if u werent born w them"))

    assert turn.decision.kind == "answer"
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
