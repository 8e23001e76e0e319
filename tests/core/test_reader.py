"""A content folder is either a library, or a list of everything that is wrong with it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.content.problem import ContentError
from core.content.reader import check, load, read
from tests.builders import (
    addresses,
    card,
    case,
    claim,
    entry,
    marked,
    source,
    write_kettles,
    write_pack,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("write", [write_pack, write_kettles])
def test_a_sound_folder_has_no_problems(tmp_path: Path, write: type[Path]) -> None:
    assert check(write(tmp_path), TODAY) == []


def test_what_is_read_is_what_is_written(tmp_path: Path) -> None:
    library = load(write_pack(tmp_path, entries=entry("short: Yes."), claims=claim("text: no")))

    assert library.entries["descale"].short == "Yes."
    assert library.claims["C01"].text == "no"
    assert library.claims["C01"].review.due == date(2027, 11, 22)
    assert library.covers == "Kettles of every kind."


def test_a_folded_text_is_one_line_a_paragraph(tmp_path: Path) -> None:
    folded = entry("more: >-\n  One two\n  three.\n\n  Four.")

    assert (
        load(write_pack(tmp_path, entries=folded)).entries["descale"].more
        == "One two three.\nFour."
    )


def test_cases_are_read_and_served_to_nobody(tmp_path: Path) -> None:
    library = load(write_pack(tmp_path, cases=case("so much chalk", "descale") + case("my dog")))
    (pack,) = library.packs

    assert [(one.text, one.finds) for one in pack.cases] == [
        ("so much chalk", ("descale",)),
        ("my dog", ()),
    ]


def test_a_pack_knows_where_its_drawings_lie(tmp_path: Path) -> None:
    (pack,) = load(write_pack(tmp_path)).packs

    assert pack.home == tmp_path / "packs" / "kettles"


def test_reading_reports_only_what_cannot_be_read(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path, entries=entry("evidence: strong") + entry("id: b\nshrot: a  # <- unknown-key")
    )

    assert addresses(read(folder).problems) == marked(folder)
    assert {one.rule for one in check(folder, TODAY)} == {"unknown-key", "graded-up"}


def test_what_stops_a_bot_is_told_with_what_cannot_be_read(tmp_path: Path) -> None:
    review = "review: {status: editorial, on: 2020-01-01, due: 2021-01-01}"
    broken = "shrot: a  # <- unknown-key\nid: b"
    folder = write_pack(
        tmp_path, entries=entry(f"evidence: strong  # <- graded-up\n{review}") + entry(broken)
    )

    with pytest.raises(ContentError) as caught:
        load(folder)
    assert addresses(caught.value.problems) == marked(folder)


def test_files_of_a_folder_are_read_as_one_list(tmp_path: Path) -> None:
    home = write_pack(tmp_path) / "packs" / "kettles"
    (home / "entries" / "noise.yaml").write_text(entry("id: whistle"))

    assert set(load(tmp_path).entries) == {"descale", "whistle"}


def test_two_packs_are_one_library(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_pack(
        tmp_path,
        home="mugs",
        pack=card("id: mugs\ncovers: Mugs.\ntopics: [{id: shelf, label: Shelf}]\nunder_18: handle"),
        sources=source("id: S02"),
        claims=claim("id: C02\nsources: [S02]"),
        entries=entry("id: handle\ntopic: shelf\nclaims: [C02]"),
    )
    library = load(tmp_path)

    assert set(library.entries) == {"descale", "handle"}
    assert library.covers == "Kettles of every kind. Mugs."
    assert library.pack_of["handle"].card.id == "mugs"


def test_problems_in_all_files_are_found_at_once(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        pack=card("ttle: Kettles  # <- unknown-key"),
        sources=source() + source("id: S02\nkind: rumour  # <- unknown-value"),
        claims=claim() + claim("id: C02\ngrade: Z  # <- unknown-value"),
        entries=entry() + entry("id: Whistle  # <- bad-form\nid: again  # <- duplicate-key"),
        wording="notice: Hello.\nnotice: Again.  # <- duplicate-key\n",
    )

    assert set(marked(folder)) <= set(addresses(read(folder).problems))
    assert len(marked(folder)) == 6


def test_the_error_holds_every_problem_sorted_by_address(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, claims=claim("grade: Z"), entries=entry("evidence: sure"))

    with pytest.raises(ContentError) as caught:
        load(folder)

    assert list(caught.value.problems) == sorted(read(folder).problems)
    assert str(caught.value).count("\n") == len(caught.value.problems) - 1


def test_a_problem_reads_file_line_rule_what_and_what_to_do(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, entries=entry("shrot: a") + entry("id: b"))
    (said,) = (problem for problem in read(folder).problems if problem.rule == "unknown-key")

    assert str(said) == (
        f"{folder}/packs/kettles/entries/all.yaml:1: unknown-key: "
        "entry `descale`: `shrot` is no key here: write `short`"
    )


@pytest.mark.parametrize(
    "text", ["id: not a list  # <- wrong-kind\n", "# nothing\n\njust a text  # <- wrong-kind\n"]
)
def test_a_file_of_records_must_be_a_list(tmp_path: Path, text: str) -> None:
    folder = write_pack(tmp_path, entries=text)

    assert set(marked(folder)) <= set(addresses(read(folder).problems))


@pytest.mark.parametrize("name", ["entries", "claims", "sources", "pack", "wording"])
@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty-file"),
        (b"a: \xff\xfe", "unreadable"),
        (b"a: [", "syntax"),
        (b"a: &b 1", "anchor"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, rule: str
) -> None:
    files = {"pack": "pack.yaml", "sources": "sources.yaml", "wording": "en.yaml"}
    broken: dict[str, Any] = {name: content}
    folder = write_pack(tmp_path, **broken)
    found = {(Path(problem.file), problem.rule) for problem in read(folder).problems}

    assert (next(folder.rglob(files.get(name, f"{name}/all.yaml"))), rule) in found


@pytest.mark.parametrize("name", ["wording/en.yaml", "packs/kettles/sources.yaml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = write_pack(tmp_path)
    (folder / name).unlink()

    assert (str(folder / name), 1, "unreadable") in addresses(read(folder).problems)


def test_a_missing_folder_is_named_with_a_remedy(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"

    assert (str(missing), 1, "no-pack") in addresses(check(missing, TODAY))
    with pytest.raises(ContentError, match="FOSSAE_CONTENT"):
        load(missing)


def test_a_folder_without_a_pack_is_named(tmp_path: Path) -> None:
    (write_pack(tmp_path) / "packs" / "kettles" / "pack.yaml").unlink()

    assert [problem.rule for problem in read(tmp_path).problems] == ["no-pack"]


def test_an_overdue_review_is_a_problem_for_its_author_and_stops_no_bot(tmp_path: Path) -> None:
    review = "review: {status: editorial, on: 2025-01-01, due: 2025-06-01}  # <- overdue"
    folder = write_pack(tmp_path, claims=claim(review), entries=entry(review))

    assert addresses(check(folder, TODAY)) == marked(folder)
    assert load(folder).entries


def test_a_review_is_overdue_the_day_after_it_was_due(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)

    assert check(folder, date(2027, 11, 22)) == []
    assert {problem.rule for problem in check(folder, date(2027, 11, 23))} == {"overdue"}


def test_one_mistake_is_one_problem(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, claims=claim("grade: Z  # <- unknown-value"))

    assert addresses(read(folder).problems) == marked(folder)
