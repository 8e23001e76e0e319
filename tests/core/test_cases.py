"""What becomes of authors' cases, and the figures that are stated of them."""

from pathlib import Path

import pytest

from core.content.draft import Draft
from core.content.library import Library
from core.content.model import Case, Promise
from core.content.reader import read
from core.dialogue.cases import CaseReport, broken_promises, run
from core.dialogue.engine import Engine
from core.matching.outcome import Labelled, Outcome, outcome
from tests.builders import Scripted, addresses, card, case, kettles, marked, write_pack


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library about kettles."""
    return kettles(tmp_path_factory.mktemp("kettles"))


ANSWERS = Scripted("answer", "descale")
OFFERS = Scripted("clarify", "whistle", "descale", "odd-taste", "fuse")
GATE = Scripted("answer", "rewire")
NOTHING = Scripted()


@pytest.mark.parametrize(
    ("matcher", "finds", "became"),
    [
        (ANSWERS, ["descale"], "right"),
        (ANSWERS, ["whistle", "descale"], "right"),
        (ANSWERS, ["whistle"], "wrong"),
        (ANSWERS, [], "wrong"),
        (OFFERS, ["descale"], "offered"),
        (OFFERS, ["boiled-dry", "odd-taste"], "offered"),
        (OFFERS, ["fuse"], "withheld"),
        (OFFERS, ["boiled-dry"], "withheld"),
        (OFFERS, [], "withheld"),
        (GATE, ["rewire"], "right"),
        (NOTHING, ["descale"], "withheld"),
        (NOTHING, [], "withheld"),
    ],
)
def test_what_becomes_of_a_case(
    tiny: Library, matcher: Scripted, finds: list[str], became: Outcome
) -> None:
    wanted = Case(text="so much chalk", finds=tuple(finds))

    assert run(Engine(tiny, matcher), [wanted]).outcomes == ((wanted, became),)


def test_a_case_is_asked_as_a_member_would_ask_it(tiny: Library) -> None:
    """Someone who sounds under 18 gets the entry for them, and that is what counts."""
    young = Case(text="im 12 and want to rewire it", finds=("ask-a-grown-up",))
    greeting = Case(text="hello", finds=())

    report = run(Engine(tiny, GATE), [young, greeting])

    assert [became for _, became in report.outcomes] == ["right", "withheld"]


def test_an_offer_beyond_the_third_is_not_shown_and_does_not_count() -> None:
    wanted = Labelled("chalk", ("d",))

    assert outcome(wanted, "clarify", ["a", "b", "d"]) == "offered"
    assert outcome(wanted, "clarify", ["a", "b", "c", "d"]) == "withheld"


CASES = [
    Case(text="one", finds=("descale",)),
    Case(text="two", finds=("whistle",)),
    Case(text="three", finds=("whistle", "descale")),
    Case(text="four", finds=()),
]


def test_the_figures_are_counted(tiny: Library) -> None:
    report = run(Engine(tiny, ANSWERS), CASES)

    assert report.measured() == Promise(found=0.6667, answered=0.6667, wrong=0.5)
    assert str(report) == "3 must find: right 2, wrong 1; 1 must find nothing: wrong 1"


def test_an_offer_is_found_and_not_answered(tiny: Library) -> None:
    report = run(Engine(tiny, OFFERS), CASES)

    assert report.measured() == Promise(found=1, answered=0, wrong=0)


def test_without_cases_nothing_is_claimed(tiny: Library) -> None:
    assert run(Engine(tiny, ANSWERS), []).measured() == Promise(found=0, answered=0, wrong=0)


TWO = case("one", "descale") + case("two")


def stated(folder: Path, promise: str, cases: str | None = TWO) -> Path:
    """A pack that states something of its cases."""
    return write_pack(folder, pack=card(f"promise:\n{promise}"), cases=cases)


def asked(drafts: list[Draft], engine: Engine) -> tuple[list[Draft], CaseReport]:
    """Drafts, and what came of all their cases."""
    return drafts, run(engine, (filed.record for draft in drafts for filed in draft.cases))


@pytest.mark.parametrize(
    "promise",
    [
        "  found: 1\n  answered: 1\n  wrong: 0.4  # <- promise",
        "  found: 0.3\n  answered: 0\n  wrong: 0  # <- promise",
        "  found: 1\n  answered: 1\n  wrong: 0.5",
    ],
)
def test_a_figure_that_is_not_reached_is_a_problem_on_its_line(
    tiny: Library, tmp_path: Path, promise: str
) -> None:
    folder = stated(tmp_path, promise)
    found = broken_promises(*asked(read(folder).drafts, Engine(tiny, ANSWERS)))

    assert addresses(found) == marked(folder)


def test_figures_that_are_too_high_are_named_with_what_is_so(tiny: Library, tmp_path: Path) -> None:
    folder = stated(
        tmp_path, "  found: 0.5  # <- promise\n  answered: 0.2  # <- promise\n  wrong: 0"
    )
    found = list(broken_promises(*asked(read(folder).drafts, Engine(tiny, NOTHING))))

    assert addresses(found) == marked(folder)
    assert [one.what for one in found] == [
        "`found` is 0.000, stated 0.5",
        "`answered` is 0.000, stated 0.2",
    ]


def test_a_pack_without_a_promise_or_without_cases_breaks_none(
    tiny: Library, tmp_path: Path
) -> None:
    bare = write_pack(tmp_path / "bare", cases=TWO)
    empty = stated(tmp_path / "empty", "  found: 1\n  answered: 1\n  wrong: 0", cases=None)
    drafts = [*read(bare).drafts, *read(empty).drafts]

    assert list(broken_promises(*asked(drafts, Engine(tiny, NOTHING)))) == []


@pytest.mark.parametrize("figure", ["1.1", "-0.1", "most"])
def test_a_figure_is_a_share(tmp_path: Path, figure: str) -> None:
    folder = stated(tmp_path, f"  found: {figure}  # <- wrong-kind\n  answered: 0\n  wrong: 0")

    assert addresses(read(folder).problems) == marked(folder)
