"""Each rule finds the fault of its snippet on the marked line, finds nothing else, and is a page."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content import readability
from core.content.problem import ContentError, Problem
from core.content.reader import Reading, check, load, publish, read
from core.content.rules import (
    RULES,
    asks,
    assessments,
    evidence,
    references,
    reviews,
    safety,
    shelves,
    texts,
)
from core.content.rules.rule import Rule
from core.matching.encoder import MiniLM
from core.matching.fused import FusedMatcher
from core.matching.rules import RULES as MATCHING_RULES
from core.matching.rules import MatchingRule
from core.matching.rules import violations as matching_violations
from core.matching.vectors import VectorCache
from core.safety.guard import Guard
from core.safety.rules import RULES as GUARD_RULES
from core.safety.rules import GuardRule
from core.safety.rules import violations as guard_violations
from tests.builders import (
    SMALL_CHECK,
    addresses,
    card,
    case,
    claim,
    draw,
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


@pytest.fixture(scope="module")
def over(encoder: MiniLM, vectors: Path) -> Callable[[Path], tuple[Reading, FusedMatcher]]:
    """What is read in a content folder, and the matcher over it, with the real encoder."""

    def over(folder: Path) -> tuple[Reading, FusedMatcher]:
        reading = read(folder)
        cache = VectorCache(vectors, encoder)
        return reading, FusedMatcher(publish(reading).entries.values(), encoder, cache)

    return over


@pytest.fixture(scope="module")
def asked(
    over: Callable[[Path], tuple[Reading, FusedMatcher]],
) -> Callable[[Path], list[Problem]]:
    """What breaks a rule of asks in a content folder, by the real encoder."""

    def asked(folder: Path) -> list[Problem]:
        reading, matcher = over(folder)
        return matching_violations(reading.drafts, matcher)

    return asked


@dataclass
class Snippet:
    """A rule, and the files of a pack that break it and no other."""

    rule: Rule
    files: dict[str, Any]


def breaks(rule: Rule, **files: Any) -> Snippet:
    """A snippet with its files by name."""
    return Snippet(rule, files)


LAST = "outcome: fine  # <- open-table\n    when: {all_of: [lid=shut]}"
SPOUT = "figures: [{id: spout, file: spout.svg, alt: A spout.}]"
HARD_WORDS = "Notwithstanding considerable heterogeneity investigations characterise indentations."
SCALD = "[{rule: R1, message: scald, title: Get help now, says: [Cool it.]}]"
SIGN = "{rule: R1, message: scald, all_of: [[burn*]]}"
BURN = "{rule: R1, message: burn, all_of: [[burn*]]}"
NOBODY = "{rule: R1, message: scald, all_of: [['{nobody}']]}"
SNIPPETS = [
    breaks(references.DANGLING, entries=entry("claims:\n  - C01\n  - C99  # <- dangling")),
    breaks(references.DANGLING, entries=entry("see_also: [nobody]  # <- dangling")),
    breaks(references.DANGLING, entries=entry() + entry("id: b\ntopic: shed  # <- dangling")),
    breaks(references.DANGLING, entries=entry("figure: lid  # <- dangling"), pack=card(SPOUT)),
    breaks(references.DANGLING, claims=claim("sources:\n  - S01\n  - S77  # <- dangling")),
    breaks(references.DANGLING, pack=card("under_18: nobody  # <- dangling")),
    breaks(references.DANGLING, cases=case("so much chalk", "nobody").strip() + "  # <- dangling\n"),
    breaks(references.DUPLICATE, sources=source() + source("id: S01  # <- duplicate\nlabel: Another")),
    breaks(references.DUPLICATE, claims=claim() + claim("id: C01  # <- duplicate\ntext: Another.")),
    breaks(
        references.DUPLICATE,
        entries=entry()
        + entry("id: descale  # <- duplicate\nlabel: B\nquestion: B?\nasks: [a, b, c, d, e]"),
    ),
    breaks(references.DUPLICATE, entries=entry() + entry("id: b\nlabel: About descale  # <- duplicate")),
    breaks(
        references.DUPLICATE,
        entries=entry() + entry("id: b\nquestion: What about DESCALE?  # <- duplicate"),
    ),
    breaks(references.UNUSED, sources=source() + source("id: S02  # <- unused")),
    breaks(references.ITSELF, entries=entry("see_also: [descale]  # <- itself")),
    breaks(
        references.NO_PICTURE,
        pack=card("figures:\n  - {id: lid, file: lid.png, alt: A lid.}  # <- no-picture"),
    ),
    breaks(evidence.UNTOLD, claims=claim() + claim("id: C02  # <- untold")),
    breaks(evidence.UNTOLD, claims=claim("left_out: Too dull.  # <- untold")),
    breaks(
        evidence.UNSOURCED,
        claims=claim() + claim("id: C02  # <- unsourced\nsources: []\nleft_out: Dull."),
    ),
    breaks(evidence.UNFOUNDED, entries=entry() + entry("id: b\nclaims: []  # <- unfounded")),
    breaks(evidence.GRADED_UP, entries=entry("evidence: strong  # <- graded-up")),
    breaks(
        evidence.GRADED_UP,
        claims=claim("verdict: contested\ngrade: A"),
        entries=entry("evidence: experts  # <- graded-up"),
    ),
    breaks(
        evidence.OVERGRADED,
        sources=source("kind: web"),
        claims=claim("grade: B  # <- overgraded"),
    ),
    breaks(
        evidence.OVERGRADED,
        sources=source("kind: textbook"),
        claims=claim("grade: A  # <- overgraded"),
    ),
    breaks(
        evidence.UNREAD,
        sources=source("read: unread"),
        claims=claim("sources: [S01]  # <- unread"),
    ),
    breaks(evidence.STUBBORN, claims=without("revise_if", claim("id: C01  # <- stubborn"))),
    breaks(asks.FEW_ASKS, entries=entry("asks:  # <- few-asks\n  - a\n  - b\n  - c\n  - d")),
    breaks(
        asks.SHARED_ASK,
        entries=entry()
        + entry("id: b\nasks:\n  - a\n  - b\n  - Descale ONE?!  # <- shared-ask\n  - d\n  - e"),
    ),
    breaks(
        asks.SHARED_ASK, entries=entry("asks:\n  - a\n  - b\n  - c\n  - d\n  - A?  # <- shared-ask")
    ),
    breaks(
        asks.CONTRADICTION,
        entries=entry("asks: [a, b, c, d, e]\nnot_asks:\n  - f\n  - C  # <- contradiction"),
    ),
    breaks(texts.MARKUP, entries=entry("short: It is **hot**.  # <- markup")),
    breaks(texts.MARKUP, entries=entry("question: See http://kettles.example?  # <- markup")),
    breaks(texts.MARKUP, entries=entry("label: <b>Hot</b>  # <- markup")),
    breaks(texts.MARKUP, entries=entry("more: >-  # <- markup\n  One thing.\n\n  Now, @everyone.")),
    breaks(texts.BANNED, entries=entry("short: It is Guaranteed to work.  # <- banned")),
    breaks(texts.BANNED, entries=entry("question: Does it flush toxins?  # <- banned")),
    breaks(texts.BANNED, entries=entry("more: >-  # <- banned\n  Boil it.\n\n  You lose 3 kg.")),
    breaks(texts.HARD, entries=entry(f"short: {HARD_WORDS}  # <- hard")),
    breaks(texts.OWNERLESS, entries=entry("short: About 40 % of people own one.  # <- ownerless")),
    breaks(texts.OWNERLESS, entries=entry("more: It breaks in 1 in 1,000 homes.  # <- ownerless")),
    breaks(
        reviews.OVERDUE,
        claims=claim("review: {status: editorial, on: 2025-01-01, due: 2025-06-01}  # <- overdue"),
        entries=entry("review: {status: editorial, on: 2025-01-01, due: 2026-11-22}  # <- overdue"),
    ),
    breaks(
        reviews.REVIEW,
        claims=claim("review: {status: editorial, on: 2026-11-24, due: 2026-11-24}  # <- review"),
    ),
    breaks(
        reviews.REVIEW,
        entries=entry("review: {status: clinician, on: 2026-11-22, due: 2027-11-22}  # <- review"),
    ),
    breaks(
        reviews.REVIEW,
        entries=entry(
            "review:  # <- review\n  {status: editorial, reviewer: Dr K., on: 2026-11-22, due: 2027-11-22}"
        ),
    ),
    breaks(
        shelves.TOPIC_SIZE,
        pack=card("topics:\n  - {id: care, label: Care}\n  - {id: shed, label: S}  # <- topic-size"),
    ),
    breaks(
        shelves.TOPIC_SIZE,
        pack=card("topics:\n  - {id: care, label: Care}  # <- topic-size\nunder_18: n0"),
        entries="".join(entry(f"id: n{n}") for n in range(21)),
    ),
    breaks(shelves.MINORS, entries=entry("audience: adults  # <- minors")),
    breaks(
        shelves.MINORS,
        entries=entry("see_also:\n  - b  # <- minors") + entry("id: b\naudience: adults"),
    ),
    *(
        breaks(assessments.ASTRAY, check=SMALL_CHECK.replace(said, f"{wrong}  # <- astray"))
        for said, wrong in (
            ("all_of: [lid=open]", "all_of: [lid=ajar]"),
            ("claims: [C01]", "claims: [C99]"),
            ("outcome: fine", "outcome: finest"),
            ("- entry: descale", "- entry: nowhere"),
        )
    ),
    breaks(assessments.SAID_TWICE, check=SMALL_CHECK.replace("id: shut", "id: open  # <- said-twice")),
    breaks(
        assessments.SAID_TWICE, check=SMALL_CHECK.replace("label: Shut", "label: Open  # <- said-twice")
    ),
    breaks(assessments.OPEN_TABLE, check=SMALL_CHECK.replace("outcome: fine", LAST)),
    breaks(
        assessments.FORCED,
        check=SMALL_CHECK.replace("- id: lid", "- id: lid  # <- forced").replace("not-said", "silent"),
    ),
    breaks(
        assessments.OVERCONFIDENT,
        check=SMALL_CHECK.replace("evidence: some", "evidence: strong  # <- overconfident"),
    ),
    breaks(
        assessments.OVERCONFIDENT,
        check=SMALL_CHECK.replace("claims: [C01]", "claims: []  # <- overconfident"),
    ),
    breaks(
        assessments.UNPLAIN,
        check=SMALL_CHECK.replace("intro: One question.", "intro: '**One** question.'  # <- unplain"),
    ),
    breaks(
        assessments.UNPLAIN,
        check=SMALL_CHECK.replace("Enjoy your tea.", "It is guaranteed.  # <- unplain"),
    ),
    breaks(
        assessments.HARD_CHECK,
        check=SMALL_CHECK.replace("Enjoy your tea.", f"{HARD_WORDS}  # <- hard-check"),
    ),
    breaks(
        reviews.OVERDUE,
        check=SMALL_CHECK.replace("on: 2026-11-22, due: 2027-11-22}", "on: 2025-11-22, due: 2026-10-22}  # <- overdue"),
    ),
    breaks(
        safety.RULE_TWICE,
        rules=rule() + rule("id: R1  # <- rule-twice"),
        lexicons={"en": lexicon()},
    ),
    breaks(safety.UNSAID, rules=rule().replace("- id: R1", "- id: R1  # <- unsaid")),
    breaks(
        safety.UNSAID,
        rules=rule("messages: [{id: scald, mode: emergency}, {id: burn, mode: stop}]"),
        lexicons={"en": lexicon(f"texts: {SCALD}  # <- unsaid")},
    ),
    breaks(
        safety.UNSAID,
        rules=rule(),
        lexicons={"en": lexicon(), "fr": lexicon("language: fr\ntexts: []  # <- unsaid")},
    ),
    breaks(
        safety.UNKNOWN_MESSAGE,
        rules=rule(),
        lexicons={"en": lexicon(f"signs:\n  - {SIGN}\n  - {BURN}  # <- unknown-message")},
    ),
    breaks(
        safety.DANGLING_SAFETY,
        rules=rule("id: R1  # <- dangling-safety\nclaims: [C99]"),
        lexicons={"en": lexicon()},
    ),
    breaks(
        safety.DANGLING_SAFETY,
        rules=rule("id: R1  # <- dangling-safety\nwithholds: [nowhere]"),
        lexicons={"en": lexicon()},
    ),
    breaks(
        safety.DANGLING_SAFETY,
        rules=rule(
            "id: R1  # <- dangling-safety\nmessages: [{id: scald, mode: stop, entries: [nowhere]}]"
        ),
        lexicons={"en": lexicon()},
    ),
    breaks(
        safety.WORD_LIST,
        rules=rule(),
        lexicons={"en": lexicon(f"signs:\n  - {SIGN}\n  - {NOBODY}  # <- word-list")},
    ),
    breaks(
        safety.UNNOTICED,
        rules=rule(),
        lexicons={"en": lexicon("signs: []  # <- unnoticed")},
    ),
    breaks(
        safety.UNNOTICED,
        rules=rule(),
        lexicons={"en": lexicon("examples: []  # <- unnoticed")},
    ),
    breaks(
        safety.HARD_SAFETY,
        rules=rule(),
        lexicons={"en": lexicon(f"texts:\n  - {SCALD[1:-1].replace('Cool it.', HARD_WORDS)}  # <- hard-safety")},
    ),
    breaks(
        reviews.OVERDUE,
        rules=rule("review: {status: editorial, on: 2025-01-01, due: 2026-01-01}  # <- overdue"),
        lexicons={"en": lexicon("review: {status: editorial, on: 2025-01-01, due: 2026-01-01}  # <- overdue")},
    ),
]  # fmt: skip


def written(tmp_path: Path, snippet: Snippet) -> Path:
    """The content folder of a snippet; the spout is drawn."""
    folder = write_pack(tmp_path, **snippet.files)
    draw(folder)
    return folder


by_rule = pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda one: one.rule.id)


@by_rule
def test_a_rule_finds_its_fault_on_its_line(tmp_path: Path, snippet: Snippet) -> None:
    folder = written(tmp_path, snippet)
    found = list(snippet.rule.check(read(folder).drafts, TODAY))

    assert addresses(found) == marked(folder) != []
    assert {problem.rule for problem in found} == {snippet.rule.id}


@by_rule
def test_no_other_rule_finds_anything_there(tmp_path: Path, snippet: Snippet) -> None:
    folder = written(tmp_path, snippet)

    assert addresses(check(folder, TODAY)) == marked(folder)


@by_rule
def test_a_rule_that_stops_keeps_a_bot_from_starting_and_another_does_not(
    tmp_path: Path, snippet: Snippet
) -> None:
    folder = written(tmp_path, snippet)
    if not snippet.rule.stops:
        assert load(folder).entries
        return

    with pytest.raises(ContentError) as caught:
        load(folder)
    assert addresses(caught.value.problems) == marked(folder)


@pytest.mark.parametrize("write", [write_pack, write_kettles])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_about_sound_content(
    tmp_path: Path, rule: Rule, write: Callable[[Path], Path]
) -> None:
    assert list(rule.check(read(write(tmp_path)).drafts, TODAY)) == []


def test_every_rule_has_a_snippet() -> None:
    assert {snippet.rule.id for snippet in SNIPPETS} == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", [*RULES, *MATCHING_RULES, *GUARD_RULES], ids=lambda rule: rule.id)
def test_a_rule_says_in_a_sentence_why_it_is_there(rule: Rule | MatchingRule | GuardRule) -> None:
    assert rule.reason.endswith(".")
    assert rule.reason[0].isupper()


def test_no_two_rules_have_the_same_name() -> None:
    all: list[Rule | MatchingRule | GuardRule] = [*RULES, *MATCHING_RULES, *GUARD_RULES]
    names = [rule.id for rule in all]

    assert len(names) == len(set(names))


# What is said twice


def test_what_is_said_twice_is_found_across_packs(tmp_path: Path) -> None:
    write_pack(tmp_path)
    write_pack(
        tmp_path,
        home="mugs",
        pack=card("topics: [{id: shelf, label: Shelf}]\nid: mugs"),
        sources=source("id: S01  # <- duplicate"),
        claims=claim("id: C01  # <- duplicate"),
        entries=entry(
            "id: descale  # <- duplicate\ntopic: shelf\nlabel: B\nquestion: B?\nasks: [a, b, c, d, e]"
        ),
    )

    assert addresses(check(tmp_path, TODAY)) == marked(tmp_path)


def test_the_other_place_is_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, claims=claim() + claim("text: Another."))
    (found,) = check(folder, TODAY)

    assert found.what == f"claim `C01` is also at {folder}/packs/kettles/claims/all.yaml:1"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", "id: mugs\ntopics:\n  - {id: care, label: Shelf}  # <- duplicate"),
        ("", "id: kettles  # <- duplicate\ntopics: [{id: shelf, label: Shelf}]"),
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

    assert addresses(check(tmp_path, TODAY)) == marked(tmp_path) != []


# What is allowed

UNSOURCED = claim() + claim("id: C02\nverdict: VERDICT\ngrade: none\nsources: []")


@pytest.mark.parametrize(
    "files",
    [
        {
            "claims": UNSOURCED.replace("VERDICT", "gap"),
            "entries": entry("evidence: none\nclaims: [C02, C01]"),
        },
        {
            "claims": without("revise_if", UNSOURCED).replace("VERDICT", "framing")
            .replace("- id: C01", "- id: C01\n  revise_if: A trial."),
            "entries": entry("evidence: none\nclaims: [C02, C01]"),
        },
        {"claims": claim("grade: A"), "entries": entry("evidence: experts")},
        {"claims": claim() + claim("id: C02\nleft_out: A figure of speech.")},
        {
            "sources": source("kind: web\nread: unread"),
            "claims": claim("grade: C"),
            "entries": entry("evidence: experts"),
        },
        {"sources": source("kind: textbook\nread: copy")},
        {
            "sources": source("read: unread\nkind: web") + source("id: S02"),
            "claims": claim("sources: [S01, S02]"),
        },
        {"entries": entry("short: In 2024 about 40 % of people owned one.")},
        {"entries": entry("short: 'The Kettle Institute counted: 40 % of homes have one.'")},
        {"entries": entry("short: Fill it to 3 in every 4 parts and wait 5 minutes.")},
        {"entries": entry("more: Notwithstanding considerable heterogeneity.")},
        {"cases": case("so much chalk in it", "descale") + case("is my dog well")},
    ],
    ids=[
        *("a gap needs no source", "nor does a framing, nor a way to be wrong", "less than allowed"),
        *("left out", "C from anything", "B from a textbook's copy", "one good source is enough"),
        *("a figure with its year", "a figure with its owner", "not every number is a figure"),
        *("more may be harder", "cases that find entries or nothing"),
    ],
)  # fmt: skip
def test_what_is_allowed_is_left_alone(tmp_path: Path, files: dict[str, Any]) -> None:
    assert check(write_pack(tmp_path, **files), TODAY) == []


def test_without_textstat_reading_age_is_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readability, "measurable", lambda: False)

    assert check(write_pack(tmp_path, entries=entry(f"short: {HARD_WORDS}")), TODAY) == []


def test_what_could_not_be_read_is_not_missing_as_well(tmp_path: Path) -> None:
    unreadable = entry() + entry("id: b\nshrot: a  # <- unknown-key")
    folder = write_pack(
        tmp_path,
        entries=unreadable + entry("id: c\nsee_also: [b]"),
        claims=claim() + claim("id: C02"),
        sources=source() + source("id: S02"),
    )

    assert addresses(check(folder, TODAY)) == marked(folder)


# Exemptions

FEW = "asks: [a, b]"
EXEMPT = [
    {"entries": entry(f"{FEW}\nexempt: {{few-asks: Nobody asks it otherwise.}}")},
    {"claims": without("revise_if", claim("exempt: {stubborn: It is so by definition.}"))},
    {"sources": source() + source("id: S02\nexempt: {unused: Kept for the next claim.}")},
]


@pytest.mark.parametrize("files", EXEMPT, ids=["entry", "claim", "source"])
def test_a_record_may_break_a_rule_if_it_says_why(tmp_path: Path, files: dict[str, Any]) -> None:
    assert check(write_pack(tmp_path, **files), TODAY) == []


def test_an_exemption_is_of_one_rule_and_of_one_record(tmp_path: Path) -> None:
    spared = "asks: [a, b]\nsee_also: [descale]  # <- itself\nexempt: {few-asks: It is short.}"
    folder = write_pack(
        tmp_path, entries=entry(spared) + entry("id: other\nasks: [c, d]  # <- few-asks")
    )

    assert addresses(check(folder, TODAY)) == marked(folder)


def test_an_exemption_without_a_reason_is_refused(tmp_path: Path) -> None:
    excuse = entry(f"id: b\n{FEW}\nexempt: {{few-asks: }}  # <- empty-text")
    folder = write_pack(tmp_path, entries=entry() + excuse)

    assert addresses(check(folder, TODAY)) == marked(folder)


def test_what_would_stop_a_bot_cannot_be_exempted(tmp_path: Path) -> None:
    """A reason does not make a claim that is not there."""
    excuse = "claims: [C01, C99]  # <- dangling\nexempt: {dangling: It will be written one day.}"
    folder = write_pack(tmp_path, entries=entry(excuse))

    assert addresses(check(folder, TODAY)) == marked(folder)
    with pytest.raises(ContentError):
        load(folder)


# Rules of asks

WHISTLE = entry(
    """
    id: whistle
    asks:
      - why does the kettle whistle
      - why does the kettle whistle so loud
      - why does the kettle whistle at all
      - why do kettles whistle
      - why is the kettle whistling
    """
)
SCALE = """
    id: descale
    asks:
      - how do i descale it
      - how to descale it
      - how can i descale it
      - what do i need to descale it
      - how often do i descale it{}
"""


def of_asks(written: str, more: str = "") -> str:
    """Two entries of which the second has one ask more and whatever else is written."""
    return WHISTLE + entry(SCALE.format("\n      - " + written if written else "") + more)


@pytest.mark.parametrize(
    "entries",
    [
        of_asks("why does a kettle whistle  # <- near-ask"),
        of_asks("why is it so loud  # <- lost-ask", "    not_asks: [why is it so very loud]"),
        WHISTLE + entry("asks: [cats, blue, seven, elections, no]  # <- unreachable"),
    ],
    ids=["near-ask", "lost-ask", "unreachable"],
)
def test_a_rule_of_asks_finds_its_fault_on_its_line(
    tmp_path: Path, asked: Callable[[Path], list[Problem]], entries: str
) -> None:
    folder = write_pack(tmp_path, entries=entries)

    assert set(marked(folder)) <= set(addresses(asked(folder)))
    assert {problem.rule for problem in asked(folder)} == {rule for *_, rule in marked(folder)}


def test_rules_of_asks_are_silent_about_sound_asks(
    tmp_path: Path, asked: Callable[[Path], list[Problem]]
) -> None:
    assert asked(write_pack(tmp_path, entries=of_asks(""))) == []


@pytest.mark.parametrize(
    "entries",
    [
        of_asks(
            "why does a kettle whistle",
            "    exempt: {near-ask: It is said of both.}",
        ),
        WHISTLE
        + entry(
            "asks: [cats, blue, seven, elections, no]\nexempt: {unreachable: A list of words.}"
        ),
    ],
    ids=["near-ask", "unreachable"],
)
def test_an_entry_may_break_a_rule_of_asks_if_it_says_why(
    tmp_path: Path, asked: Callable[[Path], list[Problem]], entries: str
) -> None:
    assert asked(write_pack(tmp_path, entries=entries)) == []


def first_found(matcher: FusedMatcher, text: str) -> list[str]:
    """The entry that is found first, if any is."""
    return [candidate.entry for candidate in matcher.match(text).candidates[:1]]


WORDS = ["why", "does", "the", "kettle", "whistle", "so", "loud", "how", "do", "i", "descale", "it"]
OWN = [
    ask for written in (WHISTLE, of_asks("")) for ask in re.findall(r"- ((?:why|how).+)", written)
]
SAID = st.sampled_from(OWN) | st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(" ".join)


@settings(deadline=None, max_examples=30)
@given(st.lists(SAID, min_size=5, max_size=8, unique=True), st.lists(SAID, max_size=2))
def test_an_entry_that_takes_the_asks_of_another_is_always_named(
    tmp_path_factory: pytest.TempPathFactory,
    over: Callable[[Path], tuple[Reading, FusedMatcher]],
    asks: list[str],
    never: list[str],
) -> None:
    thief = entry(f"id: thief\nasks: {json.dumps(asks)}\nnot_asks: {json.dumps(never)}")
    folder = write_pack(tmp_path_factory.mktemp("thief"), entries=of_asks("") + thief)
    problems, taken = check(folder, TODAY), {*asks} & {*OWN}
    if not taken:  # what is said word for word in two entries is never loaded
        reading, matcher = over(folder)
        problems += matching_violations(reading.drafts, matcher)
        taken = {ask for ask in OWN if "thief" in first_found(matcher, ask)}

    assert taken <= {ask for ask in OWN for problem in problems if f"`{ask}`" in problem.what}


# The examples of the pages

REVIEWED: Any = {"status": "editorial", "on": "2026-11-22", "due": "2027-11-22"}
SOUND: dict[str, Any] = {
    "pack": {
        "id": "dents",
        "title": "Dents",
        "language": "en",
        "covers": "The dents low on the back.",
        "not_covered": "Dents in cars.",
        "about": "Written for the tests.",
        "under_18": "what-they-are",
        "topics": [{"id": "basics", "label": "Basics"}],
    },
    "source": {
        "id": "S01",
        "label": "Moore 2018",
        "title": "Anatomy",
        "url": "https://anatomy.example",
        "kind": "textbook",
        "read": "original",
        "says": "They lie over two bony points.",
    },
    "claim": {
        "id": "C01",
        "text": "They lie over two bony points.",
        "verdict": "supported",
        "grade": "B",
        "sources": ["S01"],
        "review": REVIEWED,
        "revise_if": "A dissection that finds otherwise.",
    },
    "entry": {
        "id": "what-they-are",
        "topic": "basics",
        "question": "What are they?",
        "label": "What are they?",
        "asks": [
            "what are those dents",
            "what are those dents called",
            "what is the name of those dents",
            "what are the dents on my back",
            "what do you call the dents",
        ],
        "short": "They are two small dents low on the back.",
        "evidence": "some",
        "claims": ["C01"],
        "review": REVIEWED,
    },
}
SOUND["other"] = SOUND["entry"] | {
    "id": "another",
    "question": "How deep do they get?",
    "label": "How deep?",
    "asks": [
        "how deep do they get",
        "how deep can they get",
        "how deep can one of them get",
        "how deep is a deep one",
        "how deep are they if they are deep",
    ],
}


_CHECK = SMALL_CHECK.replace("descale", "what-they-are")
SOUND["assessment"] = yaml.load(_CHECK, Loader=yaml.BaseLoader)  # noqa: S506 - as below
SOUND["rule"] = {
    "id": "R1",
    "name": "Scalds",
    "notices": "Anyone who has been scalded.",
    "messages": [{"id": "scald", "mode": "emergency"}],
    "review": REVIEWED,
}
SOUND["lexicon"] = {
    "language": "en",
    "review": REVIEWED,
    "door": {"title": "In private", "says": "Call for help now.", "open": "Open it"},
    "helpline": "If you are in {place}: {number} (checked {on})",
    "named_helpline": "If you are in {place}: {name}, {number} (checked {on})",
    "signs": [{"rule": "R1", "message": "scald", "all_of": [["burn*", "burnt"]]}],
    "texts": [{"rule": "R1", "message": "scald", "title": "Help", "says": ["Cool it."]}],
    "examples": [{"rule": "R1", "message": "scald", "fires": ["i burnt my hand"]}],
}


def laid_over(example: str, folder: Path) -> Path:
    """A sound pack over which the keys of an example are laid; an empty one takes a key away."""
    said = yaml.load(example, Loader=yaml.BaseLoader)  # noqa: S506 - it makes text and nothing else
    over = {name: record | said.get(name, {}) for name, record in SOUND.items()}
    kept = {name: _without_empty(record) for name, record in over.items()}
    more = said.get("other_rule")
    return write_pack(  # JSON is YAML too, and has no anchors
        folder,
        pack=json.dumps(kept["pack"]),
        sources=json.dumps([kept["source"]]),
        claims=json.dumps([kept["claim"]]),
        entries=json.dumps([kept["entry"], kept["other"]]),
        check=json.dumps(kept["assessment"]),
        rules=json.dumps([kept["rule"], *([SOUND["rule"] | more] if more else [])]),
        lexicons={"en": json.dumps(kept["lexicon"])},
    )


def _without_empty(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value != ""}


def test_the_pack_under_the_examples_is_sound(
    tmp_path: Path, asked: Callable[[Path], list[Problem]]
) -> None:
    folder = laid_over("{}", tmp_path)

    assert check(folder, TODAY) == []
    assert asked(folder) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_breaks_it(tmp_path: Path, rule: Rule) -> None:
    found = {problem.rule for problem in check(laid_over(rule.example, tmp_path), TODAY)}

    assert rule.id in found
    assert not found & {"unknown-key", "missing-key", "wrong-kind", "bad-form"}


@pytest.mark.parametrize("rule", MATCHING_RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_of_asks_breaks_it(
    tmp_path: Path, asked: Callable[[Path], list[Problem]], rule: MatchingRule
) -> None:
    assert rule.id in {problem.rule for problem in asked(laid_over(rule.example, tmp_path))}


# Rules that only the guard can judge


def guarded(folder: Path) -> list[Problem]:
    """What breaks a rule of the guard in a content folder, by its words alone."""
    reading = read(folder)
    return guard_violations(reading.drafts, Guard(publish(reading)))


@pytest.mark.parametrize(
    "examples",
    [
        "    fires:\n      - i scalded my arm\n      - my tea is cold  # <- missed",
        "    fires: [i scalded my arm]\n    silent:\n      - i burnt it too  # <- false-alarm",
    ],
    ids=["missed", "false-alarm"],
)
def test_an_example_that_does_not_hold_is_found_on_its_line(tmp_path: Path, examples: str) -> None:
    signs = "signs: [{rule: R1, message: scald, all_of: [[burnt, scald*]]}]"
    words = lexicon(f"{signs}\nexamples:\n  - rule: R1\n    message: scald\n{examples}")
    folder = write_pack(tmp_path, rules=rule(), lexicons={"en": words})

    assert addresses(guarded(folder)) == marked(folder) != []


def test_examples_that_hold_are_left_alone(tmp_path: Path) -> None:
    assert guarded(write_pack(tmp_path, rules=rule(), lexicons={"en": lexicon()})) == []


@pytest.mark.parametrize("rule", GUARD_RULES, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_of_the_guard_breaks_it(tmp_path: Path, rule: GuardRule) -> None:
    assert rule.id in {problem.rule for problem in guarded(laid_over(rule.example, tmp_path))}
