"""What does not fit a model is said in an author's words, at its line, all at once."""

import pytest

from core.content.document import parse
from core.content.model import Case, Claim, Entry, PackCard, Record, Source
from core.content.problem import Problem
from core.content.shape import shaped
from core.content.wording import Wording
from tests.builders import card, case, claim, entry, marks, shipped_wording, source, without

LISTED = (Entry, Claim, Source, Case)


def problems(model: type[Record], text: str) -> list[Problem]:
    """What is wrong with a file of one record."""
    document = parse("a.yaml", text)
    data, at = (document.data[0], (0,)) if model in LISTED else (document.data, ())
    shaped(document, data, model, at)
    return document.problems


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (Entry, without("short", entry("id: x")).replace("x\n", "x  # <- missing-key\n", 1)),
        (Entry, entry("review: {status: editorial, on: 2026-11-22}  # <- missing-key")),
        (Entry, entry("shrot: Short.  # <- unknown-key")),
        (Entry, entry("review:\n  by: me  # <- unknown-key\n  status: editorial\n  on: 2026-11-22\n  due: 2027-11-22")),
        (Entry, entry(f"question: {'x' * 101}  # <- too-long")),
        (Entry, entry(f"label: {'x' * 39}  # <- too-long")),
        (Entry, entry(f"short: {'x' * 351}  # <- too-long")),
        (Entry, entry(f"more: {'x' * 901}  # <- too-long")),
        (Entry, entry(f"asks:\n  - fine\n  - {'x' * 201}  # <- too-long")),
        (Entry, entry(f"id: {'x' * 41}  # <- too-long\nlabel: X\nasks: [x]")),
        (Entry, entry("short:  # <- empty-text")),
        (Entry, entry("label: '  '  # <- empty-text")),
        (Entry, entry("asks:\n  - fine\n  - ''  # <- empty-text")),
        (Entry, entry("id: How Deep  # <- bad-form")),
        (Entry, entry("id: under_score  # <- bad-form")),
        (Entry, entry("id: -dash  # <- bad-form")),
        (Entry, entry("claims: [C01, c02]  # <- bad-form")),
        (Entry, entry("audience: everyone  # <- unknown-value")),
        (Entry, entry("sensitivity: secret  # <- unknown-value")),
        (Entry, entry("evidence: very strong  # <- unknown-value")),
        (Entry, entry("asks: how deep are they  # <- wrong-kind")),
        (Entry, entry("short: [one, two]  # <- wrong-kind")),
        (Entry, entry("short: {one: two}  # <- wrong-kind")),
        (Entry, entry("review: editorial  # <- wrong-kind")),
        (Entry, entry("review: {status: editorial, on: 22.11.2026, due: 2027-11-22}  # <- bad-date")),
        (Entry, entry("review: {status: editorial, on: 2026-11-22, due: 2027-02-30}  # <- bad-date")),
        (Entry, entry("review: {status: editorial, on: yes, due: 2027-11-22}  # <- bad-date")),
        (Entry, entry("review: {status: editorial, on: , due: 2027-11-22}  # <- bad-date")),
        (Entry, "- just a text  # <- wrong-kind\n"),
        (Entry, "- [a, list]  # <- wrong-kind\n"),
        (Claim, claim("verdict: true  # <- unknown-value")),
        (Claim, claim("grade: E  # <- unknown-value")),
        (Claim, claim("grade: '-'  # <- unknown-value")),
        (Claim, claim("id: C1  # <- bad-form")),
        (Source, source("url: kettles.example  # <- bad-form")),
        (Source, source("url: javascript:alert(1)  # <- bad-form")),
        (Source, source("url: https://kettles.example/a b  # <- bad-form")),
        (Source, source("read: no  # <- unknown-value")),
        (Source, source("read_on: last week  # <- bad-date")),
        (PackCard, card("language: English  # <- bad-form")),
        (PackCard, card("topics:\n  - {id: care, label: Care}\n  - {id: noise}  # <- missing-key")),
        (PackCard, card("figures:\n  - {id: a, file: ../../etc/passwd, alt: A}  # <- bad-form")),
        (PackCard, "- a list  # <- wrong-kind\n"),
        (PackCard, card("promise:\n  found: 1\n  answered: 1\n  wrong: 2  # <- wrong-kind")),
        (PackCard, card("promise:\n  fuond: 1  # <- unknown-key\n  found: 1\n  answered: 1\n  wrong: 0")),
        (Entry, entry("exempt: {Few Asks: Why not.}  # <- bad-form")),
        (Entry, entry("exempt: [few-asks]  # <- wrong-kind")),
        (Case, case("''", "descale").strip() + "  # <- empty-text\n"),
        (Case, case("a", "No Id").strip() + "  # <- bad-form\n"),
        (Case, "- text: a  # <- missing-key\n"),
        (Wording, shipped_wording() + "goodbye: Bye.  # <- unknown-key\n"),
        (Wording, shipped_wording().replace("C:", "E:  # <- unknown-value\n   ")),
    ],
)  # fmt: skip
def test_a_mistake_is_found_on_its_line(model: type[Record], text: str) -> None:
    found = [(problem.line, problem.rule) for problem in problems(model, text)]

    assert found == marks(text) != []


def test_all_mistakes_of_a_record_are_found_at_once() -> None:
    text = entry(
        f"""
        id: How Deep  # <- bad-form
        label: {"x" * 39}  # <- too-long
        shrot: Short.  # <- unknown-key
        evidence: sure  # <- unknown-value
        asks: how deep  # <- wrong-kind
        review:
          status: editorial
          on: today  # <- bad-date
          due: 2027-11-22
        """
    )

    found = [(problem.line, problem.rule) for problem in problems(Entry, text)]

    assert sorted(found) == marks(text)


def test_a_value_that_yaml_would_turn_is_told_as_it_was_written() -> None:
    (said,) = problems(Source, source("read: no"))

    assert "`read` is `no`" in said.what


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("shrot: a", "short"),
        ("ask: [a]", "asks"),
        ("evidense: a", "evidence"),
        ("seealso: []", "see_also"),
    ],
)
def test_an_unknown_key_comes_with_the_nearest_known_one(written: str, meant: str) -> None:
    (said,) = problems(Entry, entry(written))

    assert said.remedy == f"write `{meant}`"


def test_an_unknown_key_like_no_other_comes_with_all_that_are_known() -> None:
    (said,) = problems(Entry, entry("xyzzy: a"))

    assert said.remedy.startswith("use one of asks, audience, claims")


@pytest.mark.parametrize(
    ("model", "text", "remedy"),
    [
        (Entry, entry("review: {staus: a, status: editorial, on: 2026-11-22, due: 2027-11-22}"), "write `status`"),
        (PackCard, card("topics: [{id: care, label: Care, labl: Care}]"), "write `label`"),
    ],
)  # fmt: skip
def test_an_unknown_key_deep_inside_is_compared_with_its_neighbours(
    model: type[Record], text: str, remedy: str
) -> None:
    (said,) = problems(model, text)

    assert said.remedy == remedy


@pytest.mark.parametrize("day", ["0", "86400"])
def test_a_bare_number_is_no_date(day: str) -> None:
    text = entry(f"review: {{status: editorial, on: '{day}', due: 2027-11-22}}")

    assert [problem.rule for problem in problems(Entry, text)] == ["bad-date"]


@pytest.mark.parametrize("day", ["2026", "20261122"])
def test_half_a_date_is_told_as_a_bad_date(day: str) -> None:
    text = entry(f"review: {{status: editorial, on: '{day}', due: 2027-11-22}}")

    assert [problem.rule for problem in problems(Entry, text)] == ["bad-date"]


def test_a_problem_names_the_record_by_its_authors_own_id() -> None:
    (said,) = problems(Entry, without("short", entry("id: furry")))

    assert said.what == "entry `furry`: `short` is missing"
    assert said.remedy == "add `short`"


def test_a_text_that_is_too_long_is_told_with_both_lengths() -> None:
    (said,) = problems(Entry, entry(f"label: {'x' * 50}"))

    assert "has 50 characters, at most 38" in said.what


@pytest.mark.parametrize("text", ["{cover}", "{covers.x}", "{covers", "{0}"])
def test_a_field_that_nobody_fills_in_is_refused(text: str) -> None:
    wording = shipped_wording().replace("Pick a question.", f'"{text}"  # <- wrong-kind')

    found = [(problem.line, problem.rule) for problem in problems(Wording, wording)]

    assert found == marks(wording) != []


@pytest.mark.parametrize("text", ["{}", "{page:zzz}", "{reviewer}"])
def test_a_field_that_cannot_be_filled_in_here_is_refused(text: str) -> None:
    assert problems(Wording, shipped_wording().replace("Pick a question.", f'"{text}"'))


@pytest.mark.parametrize("key", ["gap: not studied", "D: often repeated, no study found"])
def test_a_verdict_or_grade_without_words_is_refused(key: str) -> None:
    assert problems(Wording, shipped_wording().replace(key, "")) != []
