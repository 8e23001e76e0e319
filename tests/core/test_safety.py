"""The guard and what it says, on a tiny pack about kettles: which rule, to whom, and how much."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.content.library import Library
from core.content.reader import load
from core.dialogue import token
from core.dialogue.engine import Engine
from core.dialogue.request import Ask, Browse, ShowEntry, ShowMessage
from core.safety.classifier import HARMLESS, MOST_WINDOWS, windows
from core.safety.guard import Guard, Notice
from core.safety.judge import Chances, Judge
from tests.builders import (
    KETTLE_CLAIMS,
    KETTLE_ENTRIES,
    KETTLE_PACK,
    KETTLE_SOURCES,
    Scripted,
    labels,
    lexicon,
    pressed,
    requests,
    rule,
    write_pack,
)

RULES = "".join(
    [
        rule(),
        rule(
            "id: R2\nname: Steam\nmessages: [{id: steam, mode: stop, entries: [whistle, descale]}]"
        ),
        rule(
            """
            id: R7
            name: Under 18
            under_18: true
            withholds: [noise]
            messages:
              - {id: young, mode: beside, entries: [ask-a-grown-up]}
              - {id: parent, mode: beside, entries: [ask-a-grown-up]}
            """
        ),
        rule(
            """
            id: R8
            name: Mains
            messages: [{id: mains, mode: beside, entries: [rewire], audience: adults}]
            """
        ),
        rule("id: R9\nname: Smell\nmessages: [{id: smell, mode: beside, entries: [descale]}]"),
    ]
)
ENGLISH = lexicon(
    """
    signs:
      - {rule: R1, message: scald, all_of: [[scald*]]}
      - {rule: R2, message: steam, all_of: [[steam]]}
      - {rule: R8, message: mains, all_of: [[mains, socket]]}
      - {rule: R9, message: smell, all_of: [[smells]]}
    texts:
      - {rule: R1, message: scald, title: Get help now, says: [Call for help., Cool it.]}
      - {rule: R2, message: steam, title: Mind the steam, says: [Show it to someone today.]}
      - {rule: R7, message: young, title: Under 18, says: [Ask a grown-up to help.]}
      - {rule: R7, message: parent, title: Your child, says: [Ask their teacher.]}
      - {rule: R8, message: mains, title: Mains, says: [Unplug it first.]}
      - {rule: R9, message: smell, title: A smell, says: [Open the window., Then look for the cause.]}
    """
)
FRENCH = lexicon(
    """
    language: fr
    unread: "Pas encore relu."
    door: {title: En privé, says: Appelle de l'aide., open: Ouvrir}
    places: {}
    signs: [{rule: R1, message: scald, all_of: [[brûlé]]}, {rule: R2, message: steam, all_of: [[vapeur]]}]
    texts:
      - {rule: R1, message: scald, title: À l'aide, says: [Appelle.]}
      - {rule: R2, message: steam, title: La vapeur, says: [Fais voir.]}
    examples: []
    """
)
HELPLINES = """\
- {place: GB, kind: emergency, number: "999", url: "https://a.example", checked: 2026-11-25, seen: So.}
- {place: GB, kind: crisis, number: "1", name: A line, url: "https://a.example", checked: 2026-11-25, seen: So.}
- {place: US, kind: emergency, number: "911", url: "https://a.example", checked: 2026-11-25, seen: So.}
"""


def guarded(folder: Path) -> Library:
    """The library about kettles, with rules."""
    return load(
        write_pack(
            folder,
            pack=KETTLE_PACK,
            sources=KETTLE_SOURCES,
            claims=KETTLE_CLAIMS,
            entries=KETTLE_ENTRIES,
            rules=RULES,
            lexicons={"en": ENGLISH, "fr": FRENCH},
            helplines=HELPLINES,
        )
    )


@pytest.fixture(scope="module")
def kettles(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """See `guarded`."""
    return guarded(tmp_path_factory.mktemp("guarded"))


@pytest.fixture
def asked(kettles: Library) -> Callable[..., Engine]:
    """An engine whose matcher says what it is told to."""

    def asked(*script: str) -> Engine:
        kind, *entries = script or ("none",)
        return Engine(kettles, Scripted(kind, *entries))  # type: ignore[arg-type]

    return asked


# An emergency


def test_an_emergency_shows_its_text_and_numbers_and_nothing_else(
    asked: Callable[..., Engine],
) -> None:
    turn = asked("answer", "descale").reply(Ask("i scalded my arm how do i descale it"))

    assert turn.reply.title == "Get help now"
    assert turn.reply.paragraphs == (
        "Call for help.",
        "Cool it.",
        "If you are in the UK: 999 (checked 2026-11-25)",
    )
    assert not (turn.reply.choices or turn.reply.evidence or turn.reply.citations)
    assert turn.reply.private
    assert (turn.decision.kind, turn.decision.rule) == ("safety", "R1")


def test_nothing_is_matched_in_an_emergency(kettles: Library) -> None:
    matcher = Scripted("answer", "descale")
    Engine(kettles, matcher).reply(Ask("i scalded my arm"))

    assert matcher.asked == []


def test_a_known_question_and_a_greeting_do_not_get_past_the_guard(
    asked: Callable[..., Engine],
) -> None:
    for text in ("hi i scalded my arm", "why does a kettle whistle steam"):
        assert asked().reply(Ask(text)).decision.kind == "safety"


def test_aloud_there_is_a_door_that_quotes_nothing(asked: Callable[..., Engine]) -> None:
    engine = asked()
    turn = engine.reply(Ask("i scalded my arm"))

    assert turn.aloud.title == "In private"
    assert turn.aloud.paragraphs == ("Call for help if it can't wait.",)
    assert requests(turn.aloud) == [ShowMessage("R1", "scald", "en")]
    inside = pressed(engine, turn.aloud, "Open it")
    assert inside.reply == turn.reply
    assert inside.aloud == turn.aloud


def test_a_message_has_a_token_and_a_forged_one_is_out_of_date(
    asked: Callable[..., Engine],
) -> None:
    engine = asked()
    show = ShowMessage("R1", "scald", "en")

    assert token.read(token.write(show)) == show
    assert engine.press("xR1_scald_en").reply.title == "Get help now"
    for forged in ("xR1_scold_en", "xR9_scald_en", "xR1_scald_xx", "xR1_scald"):
        assert engine.press(forged).reply == engine.screens.stale()


# Stops, and what stands beside an answer


def test_a_stop_leads_on_to_entries(asked: Callable[..., Engine]) -> None:
    turn = asked("answer", "descale").reply(Ask("steam got me"))

    assert turn.reply.paragraphs == ("Show it to someone today.",)
    assert requests(turn.reply) == [ShowEntry("whistle"), ShowEntry("descale"), Browse()]
    assert (turn.decision.kind, turn.decision.entry) == ("safety", "whistle")
    assert turn.reply.evidence
    assert turn.reply.notice


def test_the_safer_rule_wins_and_the_other_is_silent(asked: Callable[..., Engine]) -> None:
    turn = asked().reply(Ask("the steam scalded me at the socket"))

    assert turn.reply.title == "Get help now"
    assert turn.decision.rule == "R1"


def test_beside_an_answer_the_line_comes_first(asked: Callable[..., Engine]) -> None:
    turn = asked("answer", "descale").reply(Ask("limescale and the mains"))

    assert turn.reply.paragraphs[0] == "Unplug it first."
    assert turn.reply.title == "How do I get limescale out of a kettle?"
    assert (turn.decision.kind, turn.decision.entry, turn.decision.rule) == (
        *("answer", "descale", "R8"),
    )
    assert turn.reply.private
    assert turn.aloud.title == turn.reply.title
    assert "Unplug it first." not in turn.aloud.paragraphs
    assert requests(turn.aloud)[-1] == ShowMessage("R8", "mains", "en")


def test_beside_an_answer_for_adults_the_gate_stays(asked: Callable[..., Engine]) -> None:
    turn = asked("answer", "rewire").reply(Ask("the mains cable"))

    assert labels(turn.reply)[:2] == ["I am 18 or over", "I am under 18"]
    assert turn.aloud.title == "This answer opens in private"


def test_where_nothing_is_found_the_rule_itself_answers(asked: Callable[..., Engine]) -> None:
    turn = asked().reply(Ask("something about the mains"))

    assert turn.reply.title == "Mains"
    assert requests(turn.reply) == [ShowEntry("rewire"), Browse()]
    assert (turn.decision.kind, turn.decision.rule) == ("safety", "R8")


def test_where_nothing_is_found_the_other_rules_have_their_line_too(
    asked: Callable[..., Engine],
) -> None:
    turn = asked().reply(Ask("the mains smells funny"))

    assert turn.reply.title == "Mains"
    assert turn.reply.paragraphs == ("Unplug it first.", "Open the window.")


# Under 18


def test_someone_under_18_gets_the_answer_and_a_line(asked: Callable[..., Engine]) -> None:
    turn = asked("answer", "descale").reply(Ask("im 15, limescale?"))

    assert turn.reply.paragraphs[0] == "Ask a grown-up to help."
    assert turn.decision.rule == "R7"
    assert "Rewiring it" not in labels(turn.reply)


@pytest.mark.parametrize("found", ["rewire", "whistle"])
def test_what_is_withheld_from_minors_has_a_stand_in(
    asked: Callable[..., Engine], found: str
) -> None:
    turn = asked("answer", found).reply(Ask("im 15, and this?"))

    assert turn.decision.entry == "ask-a-grown-up"


def test_a_line_for_adults_is_not_said_to_a_minor(asked: Callable[..., Engine]) -> None:
    turn = asked().reply(Ask("im 15, the mains"))

    assert "Unplug it first." not in turn.reply.paragraphs
    assert turn.reply.title == "Under 18"
    assert turn.decision.rule == "R7"


def test_a_stop_withholds_from_minors_what_it_leads_to(asked: Callable[..., Engine]) -> None:
    turn = asked().reply(Ask("im 15 and the steam got me"))

    assert turn.decision.rule == "R2"
    assert requests(turn.reply) == [ShowEntry("descale"), Browse()]


# While typing


def test_nothing_is_suggested_where_a_rule_stops(asked: Callable[..., Engine]) -> None:
    assert asked().suggest("why does it scald", 5) == ()
    assert asked().suggest("why does it", 5)


# Languages


def test_a_text_is_answered_in_the_language_it_was_noticed_in(
    asked: Callable[..., Engine],
) -> None:
    turn = asked().reply(Ask("je me suis BRULE"))

    assert turn.reply.paragraphs == ("Appelle.",)
    assert turn.aloud.title == "En privé"
    assert asked().reply(Ask("la vapeur")).reply.evidence == ("Pas encore relu.",)


@pytest.mark.parametrize(("spoken", "answered"), [("fr", "fr"), ("en", "en"), ("de", "en")])
def test_of_two_languages_the_one_of_the_text_is_answered_in(
    kettles: Library, spoken: str, answered: str
) -> None:
    alarm = Guard(kettles, Judge(None, lambda: None, lambda _: spoken)).look("scalded brûlé")

    assert alarm
    assert [one.language for one in alarm.fired] == [answered]


# Readings, long texts, and the encoder


def test_a_text_is_also_looked_at_as_a_speller_reads_it(kettles: Library) -> None:
    reading = Guard(kettles, readings=[lambda text: text.replace("sclad", "scald")])

    assert Guard(kettles).look("i sclad my arm") is None
    assert reading.look("i sclad my arm")
    assert reading.look("i scald my sclad arm")


def test_a_long_text_is_read_whole(asked: Callable[..., Engine]) -> None:
    turn = asked().reply(Ask("so it goes on and on. " * 200 + "then i scalded my arm"))

    assert turn.decision.rule == "R1"


@pytest.mark.parametrize("count", [0, 1, 30, 31, 45, 100, 1500])
def test_windows_cover_every_word_and_are_few(count: int) -> None:
    words = [f"w{n}" for n in range(count)]
    pieces = windows(" ".join(words))

    assert {word for piece in pieces for word in piece.split()} == set(words)
    assert len(pieces) <= MOST_WINDOWS


def saying(chances: Chances, language: str = "en") -> Judge:
    """A judge who finds these chances in every text, and takes each to be in `language`."""

    class Says(Judge):
        def chances(self, text: str) -> Chances | None:
            return chances

    return Says(None, lambda: None, lambda _: language)


def test_the_classifier_notices_what_no_sign_foresaw(kettles: Library) -> None:
    alarm = Guard(kettles, saying({("R1", "scald"): 0.9})).look("hot water all over my foot")

    assert Guard(kettles).look("hot water all over my foot") is None
    assert alarm and alarm.first.rule.id == "R1"
    assert Guard(kettles, saying({("R1", "scald"): 0.01})).look("what colour is it") is None


def test_words_alone_are_not_heeded_where_the_classifier_speaks_against_them(
    kettles: Library,
) -> None:
    against, half = saying({("R2", "steam"): 0.001}), saying({("R2", "steam"): 0.4})

    assert Guard(kettles, against).look("i read about steam trains") is None
    assert Guard(kettles, half).look("i read about steam trains")


def test_in_other_languages_an_emergency_s_words_are_heeded_whatever_was_learnt(
    kettles: Library,
) -> None:
    assert Guard(kettles, saying({("R1", "scald"): 0.0}, "fr")).look("je me suis brûlé")


def test_in_other_languages_too_the_words_of_the_rest_need_some_likeness(kettles: Library) -> None:
    against, half = saying({("R2", "steam"): 0.001}, "fr"), saying({("R2", "steam"): 0.4}, "fr")

    assert Guard(kettles, against).look("a steam train in french") is None
    assert Guard(kettles, half).look("a steam train in french")


def test_an_emergency_needs_less_than_the_rest(kettles: Library) -> None:
    guard = Guard(kettles, saying({("R1", "scald"): 0.45, ("R2", "steam"): 0.45}))

    alarm = guard.look("anything")

    assert alarm
    assert [one.rule.id for one in alarm.fired] == ["R1"]


def test_what_only_stands_beside_an_answer_needs_less_than_what_takes_it_away(
    kettles: Library,
) -> None:
    guard = Guard(kettles, saying({("R2", "steam"): 0.45, ("R8", "mains"): 0.45}))

    alarm = guard.look("anything")

    assert alarm
    assert [one.rule.id for one in alarm.fired] == ["R8"]


def test_what_keeps_something_back_needs_as_much_as_what_takes_the_answer_away(
    kettles: Library,
) -> None:
    assert Guard(kettles, saying({("R7", "young"): 0.45})).look("anything") is None


def test_where_a_text_is_hardly_harmless_the_likeliest_rule_holds(kettles: Library) -> None:
    shared = {("R1", "scald"): 0.05, ("R2", "steam"): 0.45, ("R8", "mains"): 0.3}

    def rules(harmless: float, **more: float) -> list[str]:
        judge = saying(shared | {HARMLESS: harmless} | {("R1", "scald"): more.get("urgent", 0.05)})
        alarm = Guard(kettles, judge).look("anything")
        return [one.rule.id for one in alarm.fired] if alarm else []

    assert rules(0.5) == []
    assert rules(0.05) == ["R2"]
    assert rules(0.05, urgent=0.2) == ["R2"]
    assert rules(0.05, urgent=0.3) == ["R1", "R2"]


def test_in_a_long_text_all_but_an_emergency_need_more(kettles: Library) -> None:
    """It is read in windows, and each of them is a chance to be wrong."""
    guard = Guard(kettles, saying({("R1", "scald"): 0.46, ("R2", "steam"): 0.65}))

    def rules(text: str) -> list[str]:
        alarm = guard.look(text)
        return [one.rule.id for one in alarm.fired] if alarm else []

    assert rules("anything") == ["R1", "R2"]
    assert rules("anything " * 60) == ["R1"]


@pytest.mark.parametrize(
    ("text", "harmless", "fires"),
    [
        ("my high school reunion", 0.97, False),
        ("my high school reunion", 0.5, True),
        ("i am 15 and in high school", 0.97, True),
    ],
)
def test_a_hint_of_youth_is_not_heeded_in_a_plainly_harmless_text(
    kettles: Library, text: str, harmless: float, fires: bool
) -> None:
    alarm = Guard(kettles, saying({HARMLESS: harmless})).look(text)

    assert bool(alarm and alarm.spares_minors) is fires


def test_a_message_that_was_learnt_and_is_gone_is_not_noticed(kettles: Library) -> None:
    guard = Guard(kettles, saying({("R1", "scold"): 0.9, ("R2", "steam"): 0.9}))

    alarm = guard.look("anything")

    assert alarm
    assert [one.message.id for one in alarm.fired] == ["steam"]


def test_without_a_classifier_that_can_read_it_the_words_stand(kettles: Library) -> None:
    assert Guard(kettles, Judge(None, lambda: None, lambda _: "en")).look("i scalded my arm")


def test_a_notice_says_by_which_words(kettles: Library) -> None:
    guard = Guard(kettles)

    assert [*guard.notices("I SCALDED my hand")] == [
        Notice("R1", "scald", "en", "words", ("scalded",))
    ]
    assert [*guard.notices("why does it whistle")] == []


def test_a_notice_says_that_an_age_was_implied(kettles: Library) -> None:
    assert Notice("R7", "young", "en", "age") in Guard(kettles).notices("i am 15")


def test_an_age_adds_nothing_to_what_the_rule_for_the_young_says_already(kettles: Library) -> None:
    guard = Guard(kettles, saying({("R7", "parent"): 0.9}))

    assert [one.message for one in guard.notices("my son is 15")] == ["parent"]


def test_a_notice_says_how_sure_the_classifier_is(kettles: Library) -> None:
    (notice,) = Guard(kettles, saying({("R1", "scald"): 0.9})).notices("hot water on my foot")

    assert (notice.rule, notice.by, notice.chance) == ("R1", "likeness", 0.9)


def test_what_reads_other_languages_is_fetched_when_one_comes(kettles: Library) -> None:
    fetched: list[None] = []
    guard = Guard(
        kettles,
        Judge(None, lambda: fetched.append(None), lambda text: "fr" if "é" in text else "en"),
    )

    guard.look("the kettle is on")
    assert fetched == []
    guard.look("je me suis brûlé")
    assert fetched
