"""`fossae ask --explain`: which way a question went, and why, however it was answered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bots.account import Account
from bots.explaining import Explainer
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import LONGEST_TEXT, Engine
from core.dialogue.request import Ask
from core.matching.encoder import MiniLM
from core.matching.explanation import Explanation
from core.matching.fused import FusedMatcher
from core.matching.match import Match
from core.matching.vectors import VectorCache
from core.safety.guard import Guard
from tests.builders import Scripted, lexicon, rule, write_check, write_kettles

RULES = rule() + rule(
    "id: R8\nname: Mains\nmessages: [{id: mains, mode: beside, entries: [rewire]}]"
)
ENGLISH = lexicon(
    """
    signs:
      - {rule: R1, message: scald, all_of: [[scald*], [hand, arm]]}
      - {rule: R8, message: mains, all_of: [[mains, socket]]}
    texts:
      - {rule: R1, message: scald, title: Get help now, says: [Cool it and call for help.]}
      - {rule: R8, message: mains, title: Mains can kill, says: [Pull the plug first.]}
    examples: []
    """
)


@pytest.fixture(scope="module")
def about_kettles(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library about kettles, with a guided check and two safety rules."""
    folder = write_check(write_kettles(tmp_path_factory.mktemp("kettles")))
    home = folder / "packs" / "kettles"
    (home / "safety.yaml").write_text(RULES, encoding="utf-8")
    (home / "safety").mkdir()
    (home / "safety" / "en.yaml").write_text(ENGLISH, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def explainer(about_kettles: Library, encoder: MiniLM, vectors: Path) -> Explainer:
    """The explainer over kettles."""
    cache = VectorCache(vectors, encoder)
    matcher = FusedMatcher(about_kettles.entries.values(), encoder, cache)
    return Explainer(about_kettles, matcher, Guard(about_kettles))


@pytest.fixture(scope="module")
def account(explainer: Explainer) -> Callable[[str], Account]:
    """The account of a question about kettles."""
    return lambda text: explainer.reply(text)[1]


@pytest.fixture(scope="module")
def shipped(engine: Engine, matcher: FusedMatcher, guard: Guard) -> Explainer:
    """The explainer over the shipped content."""
    return Explainer(engine.library, matcher, guard)


def rows(account: Account) -> dict[str, str]:
    """The lines of an account by their label; lines without one belong to the one above."""
    found: dict[str, str] = {}
    for line in str(account).splitlines():
        label, text = line[:12].strip() or [*found][-1], line[12:]
        found[label] = f"{found[label]}\n{text}" if label in found else text
    return found


def test_a_question_that_was_matched_has_every_row(account: Callable[[str], Account]) -> None:
    said = rows(account("why is the kettle making a whistling noise"))

    assert [*said] == ["read", "safety", "decision", "why", "candidates"]
    assert said["read"] == "as written"
    assert said["safety"] == "no rule noticed anything"
    assert said["decision"] == "answer `whistle`"
    assert "meant to keep wrong answers under 5 %: answered" in said["why"]
    assert said["candidates"].splitlines()[0] == "score  entry      cosine  nearest ask"
    assert "  whistle  " in said["candidates"].splitlines()[1]


def test_columns_stand_under_each_other(account: Callable[[str], Account]) -> None:
    head, *lines = rows(account("how does the taste get out of my kettle"))[
        "candidates"
    ].splitlines()
    at = head.index("entry")

    assert len(lines) > 1
    assert all(line[at - 1] == " " != line[at] for line in lines)
    assert all(line[head.index("nearest ask") - 1] == " " for line in lines)


@pytest.mark.parametrize(
    ("text", "route", "why"),
    [
        ("how to descale a kettle", "wording", "a reviewed wording, word for word"),
        ("hello", "greeting", "a greeting gets the help"),
        ("Is my kettle safe to use?", "check", "the title of a guided check"),
        (
            "warum pfeift mein wasserkessel beim kochen so laut",
            "language",
            "it is in `de`, in which nothing is answered here",
        ),
        ("i scalded my hand", "safety", "R1 is told in place of any answer"),
    ],
)
def test_what_was_not_matched_says_so(
    account: Callable[[str], Account], text: str, route: str, why: str
) -> None:
    told = account(text)

    assert told.route == route
    assert told.why == f"{why}: matching was not asked"
    assert told.threshold is None
    assert told.why in str(told)


def test_a_rule_is_told_with_the_words_that_it_noticed(account: Callable[[str], Account]) -> None:
    assert rows(account("my arm! i SCALDED my hand"))["safety"] == (
        "R1 scald (en) by the words “scalded”, “hand”"
    )


def test_a_rule_beside_an_answer_leaves_the_answer_explained(
    account: Callable[[str], Account],
) -> None:
    said = rows(account("the fuse of the mains socket blew when i switched the kettle on"))

    assert said["safety"] == "R8 mains (en) by the words “mains”"
    assert said["decision"].endswith(", R8 told beside it")
    assert "threshold" in said["why"]


def test_a_rule_that_stands_alone_because_nothing_was_found_says_both(
    account: Callable[[str], Account],
) -> None:
    told = account("is the socket of my neighbour haunted")

    assert told.route == "safety"
    assert told.why.startswith("nothing was found (")
    assert told.why.endswith("so R8 stands alone")


def test_a_reviewed_question_is_said_to_stand_above_a_rule(
    account: Callable[[str], Account],
) -> None:
    told = account("replace the mains cable of my kettle")

    assert told.route == "wording"
    assert not told.heeded
    assert "not heeded: a reviewed question gives way only to an emergency" in str(told)


def test_slips_are_shown(shipped: Explainer) -> None:
    assert rows(shipped.reply("what are bakc dimples")[1])["read"] == "“bakc” as “back”"


def test_someone_under_18_is_said_to_get_another_entry(account: Callable[[str], Account]) -> None:
    told = account("im 15, which fuse should i put in the plug of my kettle")

    assert told.entry == "ask-a-grown-up"
    assert told.why.endswith("someone under 18 gets `ask-a-grown-up` for `fuse`")


def test_a_long_text_is_shown_in_pieces(account: Callable[[str], Account]) -> None:
    story = "so we went to town and had some lunch and it was all fine " * 12
    said = rows(account(f"{story} why is my kettle making that whistling noise"))

    lines = said["pieces"].splitlines()
    assert len(lines) > 1
    assert sum(line.startswith("* ") for line in lines) == 1


def test_the_end_of_a_very_long_text_is_said_to_be_unread(
    account: Callable[[str], Account],
) -> None:
    assert "not read" in rows(account("kettle " * LONGEST_TEXT))["read"]
    assert "not read" not in rows(account("kettle " * 20))["read"]


def test_what_is_typed_moves_no_cursor(account: Callable[[str], Account]) -> None:
    story = "\x1b[2J\x1b[31mwhy is \x07my kettle whistling and whistling and whistling " * 30

    assert "\x1b" not in str(account(story))
    assert "\x07" not in str(account(story))


@pytest.mark.parametrize("text", ["", "🫖", "\ud800", "how do i descale a coffee machine"])
def test_any_text_has_an_account(account: Callable[[str], Account], text: str) -> None:
    assert rows(account(text))["why"]


def test_an_account_is_of_this_question_and_not_of_an_earlier_one(
    account: Callable[[str], Account],
) -> None:
    account("why is the kettle making a whistling noise")

    assert account("hello").threshold is None


class Tongues(Scripted):
    """A matcher for other languages that offers what it was told to."""

    def explain(self, text: str) -> Explanation:
        """The one decision."""
        return Explanation(self.match(text), "0.40 is not much: offered")


def test_the_matcher_of_other_languages_explains_itself(
    encoder: MiniLM, vectors: Path, tmp_path: Path
) -> None:
    folder = write_kettles(tmp_path)
    (folder / "wording" / "languages.yaml").write_text(
        "de: {in_english: Auf Englisch., only_english: Nur Englisch., emergency: Notruf wählen., "
        "safety_rules: true}\n"
    )
    spoken = load(folder)
    matcher = FusedMatcher(spoken.entries.values(), encoder, VectorCache(vectors, encoder))
    told = Explainer(spoken, matcher, Guard(spoken), foreign=Tongues("clarify", "whistle")).reply(
        "warum pfeift mein wasserkessel beim kochen so laut"
    )[1]

    assert told.route == "foreign"
    assert told.why == "in `de`, 0.40 is not much: offered"


@pytest.mark.parametrize(
    "text",
    [
        "how deep are they",
        "are back dimples genetic",
        "i suddenly have numbness between my legs",
        "im 15 and want surgery for back dimples",
        "hi",
        "haben rückengrübchen etwas mit genetik zu tun",
    ],
)
def test_explaining_changes_no_reply(shipped: Explainer, engine: Engine, text: str) -> None:
    assert shipped.reply(text)[0] == engine.reply(Ask(text))


def test_a_match_without_reasons_is_no_error() -> None:
    assert str(Account("matching", Match("none").kind, None, None, "nothing"))
