"""The benchmark's measures on examples small enough to count by hand, and what it reads."""

import json
from dataclasses import replace
from math import inf, isnan
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from core.matching.encoder import HOME
from core.matching.wordings import wordings
from tools.bench import communities, crowd, measures, page
from tools.bench.contender import Grouped, Kind, Supplies
from tools.bench.fossae import entries
from tools.bench.measures import ASKED, Judged, Point
from tools.bench.peers import FullTextSearch, Product, product
from tools.bench.probe import TWELVE_TOKENS
from tools.bench.sets import BenchError, Faq, Question, faqs, made_up, recorded
from tools.bench.speed import Timing
from tools.bench.trial import compete, takes_part

# Four in scope: right at .9 and .6, wrong at .8 (the right one third), nothing found at all.
# Two out of scope, at .7 and .1.
SIX = [
    Judged("a", 1, 0.9),
    Judged("b", 3, 0.8),
    Judged(None, 0, 0.7),
    Judged("c", 1, 0.6),
    Judged("d", 0, -inf),
    Judged(None, 0, 0.1),
]


def test_accuracy_counts_in_scope_questions_only() -> None:
    assert measures.accuracy(SIX, 1) == 2 / 4
    assert measures.accuracy(SIX, 2) == 2 / 4
    assert measures.accuracy(SIX, 3) == 3 / 4


def test_reciprocal_rank_is_nought_for_what_was_not_ranked() -> None:
    assert measures.reciprocal_rank(SIX) == pytest.approx((1 + 1 / 3 + 1 + 0) / 4)


def test_separation_counts_pairs_and_halves_ties() -> None:
    # Of 8 pairs: .9 and .8 above both, .6 above one, the one without a candidate above none.
    assert measures.separation(SIX) == pytest.approx(5 / 8)
    tied = [Judged("a", 1, 0.5), Judged(None, 0, 0.5)]
    assert measures.separation(tied) == pytest.approx(0.5)


def test_separation_needs_questions_out_of_scope() -> None:
    assert isnan(measures.separation([Judged("a", 1, 0.5)]))


@pytest.mark.parametrize(
    ("wrong", "covered"),
    [
        (0.0, 1 / 4),  # only the answer at .9
        (0.49, 1 / 4),  # at .8 half are wrong
        (0.5, 2 / 4),  # at .6 two of four are wrong
        (1.0, 2 / 4),
    ],
)
def test_useful_coverage_takes_the_best_threshold(wrong: float, covered: float) -> None:
    assert measures.useful_coverage(SIX, wrong) == covered


def test_equal_confidences_cannot_be_cut_apart() -> None:
    tied = [Judged("a", 1, 0.9), Judged("b", 2, 0.9), Judged("c", 1, 0.5), Judged("d", 1, 0.5)]
    assert measures.useful_coverage(tied, 0.1) == 0
    assert measures.useful_coverage(tied, 0.25) == 3 / 4


def test_coverage_is_of_all_questions_in_scope_answered_or_not() -> None:
    assert measures.useful_coverage([Judged("a", 1, 0.9), Judged("b", 0, -inf)], 0.05) == 1 / 2


def test_an_operating_point_counts_out_of_scope_answers_as_wrong() -> None:
    judged = [
        Judged("a", 1, 0.9, {0.05: "a"}),
        Judged("b", 2, 0.8, {0.05: "a"}),
        Judged(None, 0, 0.7, {0.05: "c"}),
        Judged("c", 1, 0.6, {0.05: None}),
        Judged(None, 0, 0.5, {0.05: None}),
    ]
    assert measures.operating_point(judged, 0.05) == Point(2 / 3, 1 / 3, 3)


def test_who_answers_nothing_is_neither_wrong_nor_right() -> None:
    point = measures.operating_point([Judged("a", 1, 0.9, {0.05: None})], 0.05)
    assert isnan(point.wrong)
    assert (point.coverage, point.given) == (0, 0)


def test_an_entry_is_as_good_as_its_best_ask() -> None:
    asks = Grouped([("one", "a"), ("two", "b"), ("three", "a")])
    assert asks.texts == ["one", "three", "two"]
    assert asks.best([0.1, 0.7, 0.5]) == [("a", 0.7), ("b", 0.5)]
    assert asks.documents == ["one three", "two"]


def test_every_ask_stands_once_among_fossaes_wordings() -> None:
    faq = Faq("f", "f", (("one", "a"), ("two", "b"), ("three", "a")))
    said = sorted((wording.text, wording.entry) for wording in wordings(entries(faq)))
    assert said == sorted(faq.asks)


def test_the_unit_of_time_is_twelve_tokens() -> None:
    tokenizer = Tokenizer.from_file(str(HOME / "tokenizer.json"))
    tokenizer.no_padding()
    assert len(tokenizer.encode(TWELVE_TOKENS).ids) == 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A set with published splits, one without, and a product that was asked the latter."""
    pairs = [[f"ask {at}", f"entry-{at % 2}"] for at in range(60)]
    few = {"train_5": pairs[:10], "train_10": pairs[:20]}
    split = {"train": pairs, "test": [["ask 1?", "entry-1"]], **few}
    plain = {"train": pairs, "test": [["ask 2?", "entry-0"]], "oos": ["the weather"]}
    told = {"bot": [["ask 2?", "entry-0", 0.6], ["the weather", "NO_NODES_DETECTED", 0.0]]}
    for name, held in {"split": split, "plain": plain, "plain_peers": told}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(held), encoding="utf-8")
    return tmp_path


def test_a_set_is_read_with_its_splits_or_cut_to_ten_of_each(folder: Path) -> None:
    read = {faq.name: faq for faq in faqs(folder)}
    assert {name: len(faq.asks) for name, faq in read.items()} == {
        "plain k=10": 20,
        "split k=5": 10,
        "split k=10": 20,
    }
    assert read["plain k=10"].questions[-1] == Question("the weather", None)


def test_a_folder_without_sets_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="make bench DATA="):
        faqs(tmp_path)


def test_a_file_that_is_no_set_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BenchError, match=r"odd\.json"):
        faqs(tmp_path)


def test_a_made_up_faq_has_its_size_and_no_ask_twice(folder: Path) -> None:
    (folder / "split.json").rename(folder / "clinc.json")
    made = made_up(folder, entries=20, asks=5)
    assert len({text for text, _ in made.asks}) == 100
    assert len({entry for _, entry in made.asks}) == 20


def test_a_recorded_product_answers_from_its_cut_on(folder: Path, tmp_path: Path) -> None:
    faq = next(faq for faq in faqs(folder) if faq.source == "plain")
    kind = product("bot", recorded(folder, "plain")["bot"])
    result = compete(faq, kind, _supplies(tmp_path), lambda what, done, all: None)
    assert (result.first, result.separation) == (1, 1)
    assert result.points[ASKED[0]] == Point(0, 1, 1)


def test_full_text_search_takes_any_question(tmp_path: Path) -> None:
    faq = Faq("f", "f", (("where is my card", "card"), ("lost luggage", "bags")))
    search = FullTextSearch(faq, _supplies(tmp_path))
    assert [entry for entry, _ in search.rank('my "cards" AND (')] == ["card"]
    assert search.rank("?!") == []


def test_a_slow_contender_sits_out_the_larger_split(folder: Path) -> None:
    slow = Kind("slow", lambda faq, supplies: Product({}, faq, supplies), skips="k=10")
    taken = [faq.name for faq in faqs(folder) if takes_part(slow, faq)]
    assert taken == ["split k=5"]


def test_the_page_names_the_day_the_machine_and_every_result(folder: Path, tmp_path: Path) -> None:
    faq = next(faq for faq in faqs(folder) if faq.source == "plain")
    kind = product("bot", recorded(folder, "plain")["bot"])
    result = compete(faq, kind, _supplies(tmp_path), lambda what, done, all: None)
    written = page.page(page.Run([result], Timing(), ["a note"]))
    assert "- a note" in written
    assert "onnxruntime 1." in written
    assert "| plain k=10 | bot (recorded 2020) | 2 | 1 | 100.0 | 0.0 | – | – | 100.0 |" in written


def test_the_page_says_where_parameters_were_fitted_without_the_set(
    folder: Path, tmp_path: Path
) -> None:
    faq = next(faq for faq in faqs(folder) if faq.source == "plain")
    kind = replace(product("bot", recorded(folder, "plain")["bot"]), fitted_on=frozenset({"plain"}))
    result = compete(faq, kind, _supplies(tmp_path), lambda what, done, all: None)
    said = page.tables(page.Run([result], Timing(), []))
    assert said.count("bot (recorded 2020), fitted without this set") == 2


def test_a_part_that_another_run_wrote_is_put_in_its_place_and_taken_over() -> None:
    without = "# Page\n\nOld.\n"
    first = page.replaced(without, "One.\n")
    assert first == f"# Page\n\nOld.\n\n{page.BEGIN}\nOne.\n{page.END}\n"
    assert page.kept(without) == ""
    assert page.replaced(f"# Page\n\nNew.\n\n{page.kept(first)}\n\nMore.\n", "Two.\n") == (
        f"# Page\n\nNew.\n\n{page.BEGIN}\nTwo.\n{page.END}\n\nMore.\n"
    )


def test_a_marker_alone_is_no_part() -> None:
    assert page.kept(f"# Page\n{page.BEGIN}\nhalf") == ""


def test_a_run_of_the_matching_keeps_what_was_measured_of_communities(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(page.replaced("# Old\n", "Many.\n"), encoding="utf-8")
    page.write("# New\n")
    assert page.PAGE.read_text("utf-8") == page.replaced("# New\n", "Many.\n")


def test_communities_are_skipped_where_there_are_no_sets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert communities.main([str(tmp_path)]) == 0
    assert "Skipped: no question sets in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("slowest", "busy", "kept"), [(3, 0.3, True), (3.01, 0.3, False), (3, 0.31, False)]
)
def test_both_bounds_have_to_be_kept(slowest: float, busy: float, kept: bool) -> None:
    found = {"slowest": slowest, "idle p99": 0.1, "busy p99": busy}
    assert communities.within(found) == kept


def test_communities_are_full_and_no_two_that_are_warm_at_once_are_alike(folder: Path) -> None:
    (folder / "split.json").rename(folder / "clinc.json")
    written = crowd.texts(folder)
    assert {len(own) for own in written} == {crowd.ENTRIES}
    assert len({own[0].question for own in written}) == crowd.DISTINCT


def _supplies(folder: Path) -> Supplies:
    def refuse() -> None:
        raise AssertionError("no encoder is needed here")

    return Supplies(refuse, folder)  # type: ignore[arg-type]
