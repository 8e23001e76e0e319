"""Each rule finds the fault of its snippet on the marked line, and finds nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from core.content import lint
from core.content.draft import Draft
from core.content.problem import Problem
from core.content.reader import check, read
from tests.builders import (
    addresses,
    card,
    claim,
    entry,
    marked,
    source,
    write_kettles,
    write_pack,
)


@dataclass
class Snippet:
    """A rule, and the files of a pack that break it and no other."""

    rule: Callable[[Draft], Iterator[Problem]]
    files: dict[str, str] = field(default_factory=dict)


def case(rule: Callable[[Draft], Iterator[Problem]], **files: str) -> Snippet:
    """A snippet with its files by name."""
    return Snippet(rule, files)


FIGURE = "figures: [{id: spout, file: spout.svg, alt: A spout.}]"
SNIPPETS = [
    case(lint.dangling, entries=entry("claims:\n  - C01\n  - C99  # <- dangling")),
    case(lint.dangling, entries=entry("see_also: [nobody]  # <- dangling")),
    case(lint.dangling, entries=entry() + entry("id: b\ntopic: shed  # <- dangling")),
    case(lint.dangling, entries=entry("figure: lid  # <- dangling"), pack=card(FIGURE)),
    case(lint.dangling, claims=claim("sources:\n  - S01\n  - S77  # <- dangling")),
    case(lint.dangling, pack=card("under_18: nobody  # <- dangling")),
    case(lint.claims_told, claims=claim() + claim("id: C02  # <- untold")),
    case(lint.claims_told, claims=claim("left_out: Too dull.  # <- untold")),
    case(lint.claims_sourced, claims=claim() + claim("id: C02  # <- unsourced\nsources: []\nleft_out: Dull.")),
    case(lint.sources_used, sources=source() + source("id: S02  # <- unused")),
    case(lint.evidence_honest, entries=entry("evidence: strong  # <- graded-up")),
    case(lint.evidence_honest, entries=entry() + entry("id: b\nclaims: []  # <- unfounded")),
    case(
        lint.evidence_honest,
        claims=claim("verdict: contested\ngrade: A"),
        entries=entry("evidence: experts  # <- graded-up"),
    ),
    case(lint.asks_enough, entries=entry("asks:  # <- few-asks\n  - a\n  - b\n  - c\n  - d")),
    case(
        lint.asks_enough,
        entries=entry("asks: [a, b, c, d, e]\nnot_asks:  # <- contradiction\n  - c"),
    ),
    case(
        lint.topics_fit,
        pack=card("topics:\n  - {id: care, label: Care}\n  - {id: shed, label: S}  # <- topic-size"),
    ),
    case(
        lint.topics_fit,
        pack=card("topics:\n  - {id: care, label: Care}  # <- topic-size\nunder_18: n0"),
        entries="".join(entry(f"id: n{n}") for n in range(21)),
    ),
    case(lint.plain_text, entries=entry("short: It is **hot**.  # <- markup")),
    case(lint.plain_text, entries=entry("question: See http://kettles.example?  # <- markup")),
    case(lint.plain_text, entries=entry("label: <b>Hot</b>  # <- markup")),
    case(lint.plain_text, entries=entry("more: >-  # <- markup\n  One thing.\n\n  Now, @everyone.")),
    case(lint.reviews_sound, claims=claim("review: {status: editorial, on: 2026-11-22, due: 2026-11-22}  # <- review")),
    case(
        lint.reviews_sound,
        entries=entry("review: {status: clinician, on: 2026-11-22, due: 2027-11-22}  # <- review"),
    ),
    case(
        lint.reviews_sound,
        entries=entry("review:  # <- review\n  {status: editorial, reviewer: Dr K., on: 2026-11-22, due: 2027-11-22}"),
    ),
    case(lint.young_people_safe, entries=entry("audience: adults  # <- audience")),
]  # fmt: skip


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda one: one.rule.__name__)
def test_a_rule_finds_its_fault_on_its_line(tmp_path: Path, snippet: Snippet) -> None:
    folder = write_pack(tmp_path, **snippet.files)
    reading = read(folder)

    assert addresses(snippet.rule(reading.drafts[0])) == marked(folder) != []


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda one: one.rule.__name__)
def test_no_other_rule_finds_anything_there(tmp_path: Path, snippet: Snippet) -> None:
    folder = write_pack(tmp_path, **snippet.files)

    assert addresses(read(folder).problems) == marked(folder)


@pytest.mark.parametrize("write", [write_pack, write_kettles])
@pytest.mark.parametrize("rule", lint.RULES, ids=lambda rule: rule.__name__)
def test_a_rule_is_silent_about_sound_content(
    tmp_path: Path, rule: lint.Rule, write: Callable[[Path], Path]
) -> None:
    assert list(rule(read(write(tmp_path)).drafts[0])) == []


def test_every_rule_has_a_snippet() -> None:
    assert {snippet.rule for snippet in SNIPPETS} == set(lint.RULES)


def test_every_rule_says_in_a_sentence_what_it_is_for() -> None:
    assert all((rule.__doc__ or "").endswith(".") for rule in lint.RULES)


@pytest.mark.parametrize(
    "files",
    [
        {"sources": source() + source("id: S01  # <- duplicate\nlabel: Another")},
        {"claims": claim() + claim("id: C01  # <- duplicate\ntext: Another.")},
        {"entries": entry() + entry("id: descale  # <- duplicate\nlabel: B\nasks: [a, b, c, d, e]")},
        {"entries": entry() + entry("id: b\nlabel: About descale  # <- duplicate")},
        {"entries": entry() + entry("id: b\nasks:\n  - a\n  - b\n  - Descale ONE?!  # <- shared-ask\n  - d\n  - e")},
        {"entries": entry("asks:\n  - a\n  - b\n  - c\n  - d\n  - A?  # <- shared-ask")},
    ],
)  # fmt: skip
def test_what_is_said_twice_is_found_where_it_is_said_again(
    tmp_path: Path, files: dict[str, str]
) -> None:
    folder = write_pack(tmp_path, **files)

    assert addresses(lint.unique(read(folder).drafts)) == marked(folder) != []
    assert addresses(read(folder).problems) == marked(folder)


def test_what_is_said_twice_is_found_across_packs(tmp_path: Path) -> None:
    write_pack(tmp_path)
    topic = card("topics: [{id: shelf, label: Shelf}]\nid: mugs")
    write_pack(
        tmp_path,
        home="mugs",
        pack=topic,
        sources=source("id: S01  # <- duplicate"),
        claims=claim("id: C01  # <- duplicate"),
        entries=entry("id: descale  # <- duplicate\ntopic: shelf\nlabel: B\nasks: [a, b, c, d, e]"),
    )

    assert addresses(read(tmp_path).problems) == marked(tmp_path)


def test_the_other_place_is_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, claims=claim() + claim("text: Another."))
    (found,) = lint.unique(read(folder).drafts)

    assert found.what == f"claim `C01` is also at {folder}/packs/kettles/claims/all.yaml:1"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("topics: [{id: care, label: Care}]", "id: mugs\ntopics: [{id: care, label: Shelf}]"),
        ("id: kettles", "topics: [{id: shelf, label: Shelf}]"),
    ],
    ids=["topic", "pack"],
)
def test_two_packs_cannot_have_the_same_topic_or_id(
    tmp_path: Path, first: str, second: str
) -> None:
    write_pack(tmp_path, pack=card(first))
    topic = "care" if "care" in second else "shelf"
    write_pack(
        tmp_path,
        home="mugs",
        pack=card(f"{second}\nunder_18: handle"),
        sources=source("id: S02"),
        claims=claim("id: C02\nsources: [S02]"),
        entries=entry(f"id: handle\ntopic: {topic}\nclaims: [C02]"),
    )

    assert read(tmp_path).problems != []


UNSOURCED = claim() + claim("id: C02\nverdict: VERDICT\ngrade: none\nsources: []")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (UNSOURCED.replace("VERDICT", "gap"), entry("evidence: none\nclaims: [C02, C01]")),
        (UNSOURCED.replace("VERDICT", "framing"), entry("evidence: none\nclaims: [C02, C01]")),
        (claim("grade: A"), entry("evidence: experts")),
        (claim() + claim("id: C02\nleft_out: A figure of speech."), entry()),
    ],
    ids=["a gap needs no source", "nor does a framing", "less than allowed", "left out"],
)
def test_what_is_allowed_is_left_alone(tmp_path: Path, said: str, told: str) -> None:
    assert check(write_pack(tmp_path, claims=said, entries=told), date(2026, 11, 23)) == []
