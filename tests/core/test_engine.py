"""Dialogues: what is asked, what is shown, what is on the buttons, and who may see it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.library import Library
from core.content.reader import load
from core.dialogue import token
from core.dialogue.engine import LONGEST_TEXT, Engine
from core.dialogue.reply import Decision, Reply
from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Help,
    Instead,
    ListSources,
    Part,
    Request,
    SayMinor,
    ShowEntry,
)
from core.matching.match import Candidate
from tests.builders import (
    Kind,
    Scripted,
    card,
    claim,
    draw,
    entry,
    every_reply,
    kettles,
    labels,
    pressed,
    reachable,
    requests,
    source,
    write_pack,
)

YOUNG_TEXTS = [
    "im 15 how do i rewire it",
    "i'm 13 and the fuse blew",
    "my son is 12, which wire goes where",
    "sixteen year old here, what fuse",
    "my mum won't let me rewire the kettle",
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library about kettles."""
    return kettles(tmp_path_factory.mktemp("kettles"))


@pytest.fixture
def quiet(tiny: Library) -> Engine:
    """The engine over kettles that finds nothing for any text."""
    return Engine(tiny, Scripted())


# Asking


def test_an_answer_says_how_sure_who_checked_and_where_it_comes_from(tiny: Library) -> None:
    turn = Engine(tiny, Scripted("answer", "descale")).reply(Ask("furry kettle"))

    assert turn.reply.title == "How do I get limescale out of a kettle?"
    assert turn.reply.paragraphs == (
        "Boil vinegar and water in it, wait an hour, and rinse it twice.",
    )
    assert turn.reply.evidence == (
        "How sure: some evidence.",
        (
            "Checked by our editors on 22 November 2026, not yet by a clinician. "
            "Next check by 22 November 2027."
        ),
    )
    assert [cited.label for cited in turn.reply.citations] == [
        "Kettle Institute 2024",
        "Wiring handbook",
    ]
    assert turn.reply.notice is not None
    assert turn.aloud == turn.reply


def test_an_answer_leads_on(tiny: Library) -> None:
    turn = Engine(tiny, Scripted("answer", "descale", "whistle")).reply(Ask("furry kettle"))

    assert labels(turn.reply) == [
        *("Tell me more", "Evidence and sources", "Odd taste", "Rewiring it"),
        *("Not what I asked", "All topics"),
    ]


def test_the_decision_is_returned_beside_the_reply(tiny: Library) -> None:
    turn = Engine(tiny, Scripted("answer", "descale", "whistle")).reply(Ask("furry kettle"))
    candidates = (Candidate("descale", 0.9, "an ask"), Candidate("whistle", 0.8, "an ask"))

    assert turn.decision == Decision("answer", "descale", 0.9, None, candidates)


def test_a_reviewed_question_is_answered_without_matching(tiny: Library) -> None:
    matcher = Scripted("answer", "descale")
    turn = Engine(tiny, matcher).reply(Ask("  why does a KETTLE   whistle "))

    assert turn.decision.entry == "whistle"
    assert turn.decision.score == 1.0
    assert matcher.asked == []


def test_not_what_i_asked_offers_the_next_best_and_then_nothing(tiny: Library) -> None:
    engine = Engine(tiny, Scripted("answer", "descale", "whistle", "odd-taste"))
    first = engine.reply(Ask("furry kettle")).reply
    second = pressed(engine, first, "Not what I asked").reply
    third = pressed(engine, second, "Not what I asked").reply

    assert second.title == "Why does a kettle whistle?"
    assert third.title == "Then I have no reviewed answer yet"
    assert labels(third) == ["All topics"]


def test_not_what_i_asked_offers_nothing_when_nothing_else_came_near(tiny: Library) -> None:
    engine = Engine(tiny, Scripted("answer", "descale"))
    first = engine.reply(Ask("furry kettle")).reply

    assert (
        pressed(engine, first, "Not what I asked").reply.title
        == "Then I have no reviewed answer yet"
    )


def test_an_unsure_match_offers_three_and_a_way_out(tiny: Library) -> None:
    engine = Engine(tiny, Scripted("clarify", "descale", "whistle", "odd-taste", "fuse"))
    turn = engine.reply(Ask("kettle"))

    assert turn.reply.title == "Did you mean one of these?"
    assert labels(turn.reply) == [
        "Getting limescale out",
        "Why it whistles",
        "Odd taste",
        "None of these",
    ]
    assert turn.decision.kind == "clarify"
    assert turn.decision.entry is None
    assert turn.decision.score == 0.9
    assert len(turn.decision.candidates) == 4
    assert (
        pressed(engine, turn.reply, "None of these").reply.title
        == "Then I have no reviewed answer yet"
    )


def test_no_match_is_said_plainly_with_what_is_covered(quiet: Engine) -> None:
    turn = quiet.reply(Ask("who won the cup"))
    said = " ".join(turn.reply.paragraphs)

    assert turn.reply.title == "No reviewed answer yet"
    assert "Kettles of every kind." in said
    assert "Teapots and mugs." in said
    assert "emergency number" in said
    assert turn.decision == Decision("none")


def test_so_is_a_reviewed_ask(tiny: Library) -> None:
    matcher = Scripted("answer", "descale")
    turn = Engine(tiny, matcher).reply(Ask("My kettle is FURRY inside?!"))

    assert turn.decision == Decision("answer", "descale", 1.0, None, turn.decision.candidates)
    assert matcher.asked == []


@pytest.mark.parametrize("text", ["hi", "Hello!", "  good   MORNING ", "help", "???"])
def test_a_greeting_gets_help_and_is_no_question(tiny: Library, text: str) -> None:
    matcher = Scripted("answer", "descale")
    turn = Engine(tiny, matcher).reply(Ask(text))

    assert turn.reply.title == "Ask me a question"
    assert turn.decision == Decision("shown")
    assert matcher.asked == []


def test_a_greeting_before_a_question_does_not_hide_it(tiny: Library) -> None:
    turn = Engine(tiny, Scripted("answer", "descale")).reply(Ask("hi, my kettle is furry"))

    assert turn.decision.entry == "descale"


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u00a0\u3000"])
def test_an_empty_question_gets_help_and_is_not_matched(tiny: Library, text: str) -> None:
    matcher = Scripted("answer", "descale")
    turn = Engine(tiny, matcher).reply(Ask(text))

    assert turn.reply.title == "Ask me a question"
    assert turn.decision == Decision("shown")
    assert matcher.asked == []


def test_a_long_text_is_cut_before_it_is_matched(tiny: Library) -> None:
    matcher = Scripted()
    Engine(tiny, matcher).reply(Ask("x" * 6_001 + "never read"))

    assert matcher.asked == ["x" * 6_000]


def test_a_long_text_is_cut_before_its_age_is_looked_for(tiny: Library) -> None:
    engine = Engine(tiny, Scripted("answer", "rewire"))

    assert engine.reply(Ask("x " * 3_000 + "im 15")).decision.entry == "rewire"
    assert engine.reply(Ask("x " * 2_000 + "im 15")).decision.entry == "ask-a-grown-up"


def test_a_long_text_is_cut_before_it_is_suggested_for(quiet: Engine) -> None:
    assert quiet.suggest("zzz " * (LONGEST_TEXT // 4) + "whistle", 5) == ()
    assert quiet.suggest("zzz " * 100 + "whistle", 5) != ()


# Reading on


def test_more_shows_the_whole_answer_by_paragraph(quiet: Engine) -> None:
    short = quiet.reply(ShowEntry("descale")).reply
    more = pressed(quiet, short, "Tell me more").reply

    assert more.paragraphs == (
        *short.paragraphs,
        "Lemon juice works too, only slower.",
        "Hard water brings the scale back in a few weeks.",
    )
    assert "Tell me more" not in labels(more)


def test_an_entry_without_more_has_no_button_for_it(quiet: Engine) -> None:
    assert "Tell me more" not in labels(quiet.reply(ShowEntry("odd-taste")).reply)


def test_sources_show_each_claim_with_its_verdict_and_each_work_once(quiet: Engine) -> None:
    grounds = pressed(quiet, quiet.reply(ShowEntry("descale")).reply, "Evidence and sources").reply

    assert grounds.paragraphs == (
        "Limescale comes off with vinegar. (supported; some evidence for that)",
        "Mains voltage can kill. (supported; some evidence for that)",
    )
    assert [cited.url for cited in grounds.citations] == ["https://kettles.example/hundred", None]


def test_back_leads_from_the_sources_to_the_answer(quiet: Engine) -> None:
    answer = quiet.reply(ShowEntry("descale")).reply
    grounds = pressed(quiet, answer, "Evidence and sources").reply

    assert pressed(quiet, grounds, "Back to the answer").reply == answer


def test_a_related_question_is_one_press_away(quiet: Engine) -> None:
    answer = quiet.reply(ShowEntry("descale")).reply

    assert pressed(quiet, answer, "Odd taste").reply.title == "Why does the water taste odd?"


def test_a_press_is_no_question_and_decides_nothing(quiet: Engine) -> None:
    assert quiet.reply(ShowEntry("descale")).decision == Decision("shown")
    assert quiet.reply(Instead("descale")).decision == Decision("shown")


# Drawings


@pytest.fixture
def drawn(tmp_path: Path) -> Engine:
    """The engine over three entries, open, adults-only and private, that share a drawing."""
    figure = "figure: spout"
    folder = write_pack(
        tmp_path,
        pack=card("figures: [{id: spout, file: spout.svg, alt: A spout with a whistle.}]"),
        entries=entry(f"{figure}\nmore: There is more.")
        + entry(f"id: mains\naudience: adults\n{figure}")
        + entry(f"id: burnt\nsensitivity: private\n{figure}")
        + entry("id: bare"),
    )
    draw(folder)
    return Engine(load(folder), Scripted())


def test_a_drawing_is_one_press_away_and_back_leads_back(drawn: Engine, tmp_path: Path) -> None:
    answer = drawn.reply(ShowEntry("descale")).reply
    picture = pressed(drawn, answer, "Show the drawing").reply

    assert answer.figure is None and answer.drawing is None
    assert picture.title == answer.title
    assert picture.figure is not None and picture.figure.alt == "A spout with a whistle."
    assert picture.drawing == tmp_path / "packs" / "kettles" / "figures" / "spout.svg"
    assert picture.drawing.exists()
    assert picture.notice == answer.notice
    assert labels(picture) == ["Back to the answer", "All topics"]
    assert pressed(drawn, picture, "Back to the answer").reply == answer


def test_the_button_of_a_drawing_is_on_every_answer_that_has_one(drawn: Engine) -> None:
    short = drawn.reply(ShowEntry("descale")).reply
    more = pressed(drawn, short, "Tell me more").reply

    assert labels(short)[:3] == ["Tell me more", "Show the drawing", "Evidence and sources"]
    assert labels(more)[:2] == ["Show the drawing", "Evidence and sources"]
    assert "Show the drawing" not in labels(drawn.reply(ShowEntry("bare")).reply)


def test_the_token_of_a_drawing_begins_with_p(drawn: Engine) -> None:
    assert drawn.press("pdescale") == drawn.reply(ShowEntry("descale", Part.FIGURE))
    assert drawn.press("pdescale").reply.drawing is not None


def test_a_token_for_a_drawing_that_an_entry_has_not_shows_the_answer(drawn: Engine) -> None:
    forged = drawn.press("pbare").reply

    assert forged.drawing is None
    assert forged.paragraphs == drawn.reply(ShowEntry("bare")).reply.paragraphs


def test_a_drawing_is_no_way_around_the_gate(drawn: Engine) -> None:
    turn = drawn.press("pmains")
    inside = pressed(drawn, turn.reply, "I am 18 or over")

    assert turn.reply.title == "This answer is for adults"
    assert turn.reply.drawing is None
    assert inside.reply.drawing is not None and inside.reply.private
    assert inside.aloud.drawing is None
    assert pressed(drawn, inside.reply, "Back to the answer").reply.title == "What about mains?"


def test_others_see_no_drawing_of_a_private_answer(drawn: Engine) -> None:
    turn = drawn.press("pburnt")

    assert turn.reply.drawing is not None and turn.reply.private
    assert turn.aloud.drawing is None and turn.aloud.figure is None


def test_every_drawing_that_ships_is_shown_by_a_button(engine: Engine) -> None:
    with_figure = [e for e in engine.library.entries.values() if e.figure]

    assert {e.figure for e in with_figure} == set(engine.library.figures)
    for one in with_figure:
        answer = engine.reply(ShowEntry(one.id)).reply
        picture = pressed(engine, answer, "Show the drawing").reply
        assert picture.drawing is not None
        assert picture.drawing.read_bytes().startswith(b"\x89PNG")
        assert pressed(engine, picture, "Back to the answer").reply == answer


# Browsing


def test_topics_lead_to_their_questions_and_questions_to_their_answers(quiet: Engine) -> None:
    topics = quiet.reply(Browse()).reply
    noise = pressed(quiet, topics, "Noises").reply

    assert labels(topics) == ["Care", "Noises", "Wiring (18+)"]
    assert noise.title == "Noises"
    assert labels(noise) == ["Why it whistles", "It boiled dry", "All topics"]
    assert pressed(quiet, noise, "Why it whistles").reply.title == "Why does a kettle whistle?"
    assert pressed(quiet, noise, "All topics").reply == topics


@pytest.fixture
def shelf(tmp_path: Path) -> Engine:
    """The engine over one topic of twelve entries and as many sources."""
    numbers = [f"{n:02}" for n in range(1, 13)]
    codes = ", ".join(f"S{n}" for n in numbers)
    folder = write_pack(
        tmp_path,
        pack=card("under_18: tip-01"),
        sources="".join(source(f"id: S{n}\nlabel: Work {n}") for n in numbers),
        claims=claim(f"sources: [{codes}]"),
        entries="".join(entry(f"id: tip-{n}") for n in numbers),
    )
    return Engine(load(folder), Scripted())


def test_a_long_topic_has_pages(shelf: Engine) -> None:
    first = pressed(shelf, shelf.reply(Browse()).reply, "Care").reply
    second = pressed(shelf, first, "Next page").reply

    assert labels(first) == [
        *(f"About tip-{n:02}" for n in range(1, 11)),
        "Next page",
        "All topics",
    ]
    assert labels(second) == ["About tip-11", "About tip-12", "Previous page", "All topics"]
    assert pressed(shelf, second, "Previous page").reply == first


def test_the_list_of_sources_has_pages(shelf: Engine) -> None:
    first = shelf.reply(ListSources()).reply
    second = pressed(shelf, first, "Next page").reply

    assert [cited.label for cited in first.citations] == [f"Work {n:02}" for n in range(1, 11)]
    assert [cited.label for cited in second.citations] == ["Work 11", "Work 12"]
    assert "Page 1 of 2" in first.paragraphs[0]
    assert "Page 2 of 2" in second.paragraphs[0]
    assert labels(second) == ["Previous page", "All topics"]


def test_a_page_beyond_the_last_is_the_last(shelf: Engine) -> None:
    assert shelf.reply(Browse("care", 9_999)) == shelf.reply(Browse("care", 1))
    assert shelf.reply(ListSources(9_999)) == shelf.reply(ListSources(1))


def test_an_answer_cites_three_works_and_its_sources_all(shelf: Engine) -> None:
    grounds = shelf.reply(ShowEntry("tip-01", Part.SOURCES)).reply

    assert len(shelf.reply(ShowEntry("tip-01")).reply.citations) == 1
    assert len(grounds.citations) == 12


def test_about_says_what_the_bot_is_and_what_it_covers(quiet: Engine) -> None:
    said = quiet.reply(About()).reply.paragraphs[0]

    assert "Written at a kitchen table." in said
    assert "Kettles of every kind." in said
    assert "Teapots and mugs." in said


def test_help_says_what_can_be_seen_where_it_is_asked(quiet: Engine) -> None:
    said = [
        quiet.reply(Help(reach)).reply.paragraphs[-1]
        for reach in ("private", "mentions", "commands")
    ]

    assert said == list(quiet.library.wording.reach.values())


# Stale and forged tokens


@pytest.mark.parametrize(
    "written",
    [
        *(
            "ewithdrawn",
            "mwithdrawn",
            "swithdrawn",
            "pwithdrawn",
            "Ewithdrawn",
            "iwithdrawn",
            "uwithdrawn",
        ),
        *("twithdrawn", "twithdrawn_3", "e_k3f9", "S_k3f9", "i_k3f9", "u_k3f9"),
        *("", "nonsense!", "e", "<script>", "e" * 65, "\ud800", "٣"),
    ],
)
def test_a_button_that_leads_nowhere_says_so(quiet: Engine, written: str) -> None:
    turn = quiet.press(written)

    assert turn.reply.title == "This button is out of date"
    assert labels(turn.reply) == ["All topics"]
    assert turn.decision == Decision("shown")


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[emspEMSPiutoah]_?[a-z0-9-]{0,41}(_\d{0,5})?", fullmatch=True))
def test_no_token_is_too_odd_for_a_reply(engine: Engine, written: str) -> None:
    assert engine.press(written).reply.title


@pytest.mark.parametrize(
    "request_", [Browse("noise", 1), ShowEntry("descale", Part.MORE), Instead()]
)
def test_a_pressed_token_is_the_request_it_was_written_from(
    quiet: Engine, request_: Request
) -> None:
    assert quiet.press(token.write(request_)) == quiet.reply(request_)


# Adults only


def test_an_adults_only_answer_stands_behind_a_private_gate(quiet: Engine) -> None:
    turn = quiet.reply(ShowEntry("rewire"))

    assert turn.reply.title == "This answer is for adults"
    assert turn.reply.private
    assert labels(turn.reply) == ["I am 18 or over", "I am under 18"]
    assert "Mains voltage" not in str(turn)
    assert "rewire a kettle" not in str(turn)


def test_others_see_only_a_door_to_it(quiet: Engine) -> None:
    for of_age in (False, True):
        aloud = quiet.reply(ShowEntry("rewire", Part.MORE, of_age)).aloud

        assert aloud.title == "This answer opens in private"
        assert requests(aloud) == [ShowEntry("rewire", Part.MORE)]
        assert not aloud.private


def test_an_adult_gets_in_and_keeps_their_word_inside(quiet: Engine) -> None:
    gate = quiet.reply(ShowEntry("rewire")).reply
    answer = pressed(quiet, gate, "I am 18 or over").reply
    more = pressed(quiet, answer, "Tell me more").reply
    grounds = pressed(quiet, answer, "Evidence and sources").reply

    assert answer.title == more.title == grounds.title == "How do I rewire a kettle?"
    assert answer.private
    assert more.private
    assert grounds.private
    assert pressed(quiet, answer, "Which fuse?").reply.title == "Which fuse does a kettle need?"
    assert pressed(quiet, grounds, "Back to the answer").reply == answer


def test_an_adults_word_is_not_carried_to_open_answers(quiet: Engine) -> None:
    answer = quiet.reply(ShowEntry("rewire", of_age=True)).reply

    assert ShowEntry("descale") in requests(answer)


def test_the_gate_leads_to_the_part_that_was_asked_for(quiet: Engine) -> None:
    gate = quiet.reply(ShowEntry("rewire", Part.SOURCES)).reply

    assert pressed(quiet, gate, "I am 18 or over").reply.paragraphs[0].startswith("Mains voltage")


def test_a_question_may_lead_to_the_gate_and_be_taken_back_there(tiny: Library) -> None:
    engine = Engine(tiny, Scripted("answer", "rewire", "whistle"))
    turn = engine.reply(Ask("broken cord"))

    assert turn.decision.entry == "rewire"
    assert labels(turn.reply) == ["I am 18 or over", "I am under 18", "Not what I asked"]
    assert labels(turn.aloud) == ["Open it privately"]
    assert (
        pressed(engine, turn.reply, "Not what I asked").reply.title == "Why does a kettle whistle?"
    )


def test_the_next_best_may_be_adults_only_and_stands_behind_the_gate_too(tiny: Library) -> None:
    engine = Engine(tiny, Scripted("answer", "whistle", "rewire"))
    first = engine.reply(Ask("a noise from the cord")).reply

    assert pressed(engine, first, "Not what I asked").reply.title == "This answer is for adults"


def test_a_work_for_adults_is_linked_only_for_adults(quiet: Engine) -> None:
    young = quiet.reply(ShowEntry("descale", Part.SOURCES)).reply.citations
    adult = quiet.reply(ShowEntry("rewire", Part.SOURCES, of_age=True)).reply.citations
    listed = quiet.reply(ListSources()).reply.citations

    assert [cited.url for cited in young if cited.label == "Wiring handbook"] == [None]
    assert [cited.url for cited in adult] == ["https://wiring.example/mains"]
    assert [cited.url for cited in listed if cited.label == "Wiring handbook"] == [None]


def test_saying_to_be_of_age_opens_nothing_on_an_open_entry(quiet: Engine) -> None:
    forged = quiet.press("Sdescale")

    assert [cited.url for cited in forged.aloud.citations] == [
        "https://kettles.example/hundred",
        None,
    ]


@pytest.mark.parametrize("text", ["which shoes go with a suit", "how do i get cheek dimples"])
def test_whoever_gets_no_answer_is_told_what_to_do_if_it_cannot_wait(
    engine: Engine, text: str
) -> None:
    turn = engine.reply(Ask(text))

    assert turn.decision.kind != "answer"
    assert engine.library.wording.emergency in turn.reply.paragraphs


# People under 18


def test_someone_under_18_whom_nothing_answers_is_led_to_what_is_for_them(engine: Engine) -> None:
    turn = engine.reply(Ask("im 15, can someone fix my skateboard"))

    assert (turn.decision.kind, turn.decision.rule) == ("safety", "R7")
    assert labels(turn.reply) == ["For anyone under 18", "All topics"]


def test_someone_under_18_gets_what_is_written_for_them(quiet: Engine) -> None:
    gate = quiet.reply(ShowEntry("rewire")).reply
    turn = pressed(quiet, gate, "I am under 18")

    assert turn.reply.title == "I'm a kid and want to use the kettle. What now?"
    assert labels(turn.reply) == ["Evidence and sources", "Getting limescale out", "All topics"]


@pytest.mark.parametrize("text", YOUNG_TEXTS)
@pytest.mark.parametrize("kind", ["answer", "clarify"])
def test_a_text_from_someone_under_18_never_leads_to_adults_only(
    tiny: Library, kind: Kind, text: str
) -> None:
    turn = Engine(tiny, Scripted(kind, "rewire", "fuse", "descale")).reply(Ask(text))

    assert adults_only(tiny, turn.reply) == []
    assert adults_only(tiny, turn.aloud) == []
    assert "For anyone under 18" in labels(turn.reply) or turn.decision.entry == "ask-a-grown-up"


@pytest.mark.parametrize("text", YOUNG_TEXTS)
def test_an_open_answer_for_someone_under_18_has_no_button_to_adults_only(
    tiny: Library, text: str
) -> None:
    turn = Engine(tiny, Scripted("answer", "descale", "rewire")).reply(Ask(text))

    assert turn.decision.entry == "descale"
    assert "Rewiring it" not in labels(turn.reply)
    assert adults_only(tiny, turn.reply) == []


def test_not_even_the_exact_question_opens_it(quiet: Engine) -> None:
    turn = quiet.reply(Ask("How do I rewire a kettle? im 15"))
    exact = quiet.reply(Ask("How do I rewire a kettle?"))

    assert turn.decision.kind == "none"
    assert exact.reply.title == "This answer is for adults"


@pytest.mark.parametrize("text", YOUNG_TEXTS)
def test_adults_only_questions_are_not_suggested_to_someone_under_18(
    quiet: Engine, text: str
) -> None:
    suggested = [suggestion.request for suggestion in quiet.suggest(text, 25)]

    assert ShowEntry("rewire") not in suggested
    assert ShowEntry("fuse") not in suggested


def adults_only(library: Library, reply: Reply) -> list[Request]:
    """The choices of a reply that lead to an entry for adults."""
    adults = {entry.id for entry in library.entries.values() if entry.audience == "adults"}
    return [
        request
        for request in requests(reply)
        if isinstance(request, ShowEntry | Instead | SayMinor) and request.entry in adults
    ]


@pytest.mark.parametrize(
    "text",
    [
        "im 15 can i get back dimple surgery",
        "I'm 16, is kybella safe for my back?",
        "my daughter is 14 and wants her back dimples pierced",
        "17 yo, how much does back dimple surgery cost",
        "15f how do i get back dimples without surgery",
        "im in year 9 and want the v spot procedure",
        "my mom won't let me get back dermals",
        "Is there surgery for back dimples? I am thirteen",
        "how do i get back dimples im 12",
    ],
)
def test_the_shipped_pack_keeps_procedures_from_people_under_18(engine: Engine, text: str) -> None:
    turn = engine.reply(Ask(text))

    assert adults_only(engine.library, turn.reply) == []
    assert adults_only(engine.library, turn.aloud) == []
    assert turn.reply.title != "This answer is for adults"
    assert all(
        engine.library.entries[suggested.request.entry].audience == "anyone"
        for suggested in engine.suggest(text, 25)
        if isinstance(suggested.request, ShowEntry)
    )


def test_every_adults_only_entry_that_ships_has_a_gate_and_a_way_for_the_young(
    engine: Engine,
) -> None:
    adults = [e.id for e in engine.library.entries.values() if e.audience == "adults"]

    assert adults
    for id in adults:
        assert engine.reply(ShowEntry(id)).reply.title == "This answer is for adults"
        young = engine.reply(SayMinor(id))
        assert young.reply.title == engine.library.entries["under-18"].question
        assert adults_only(engine.library, young.reply) == []


# Private entries


def test_a_private_answer_is_a_door_for_others(quiet: Engine) -> None:
    turn = quiet.reply(ShowEntry("boiled-dry"))

    assert turn.reply.title == "I let it boil dry. Was it my fault?"
    assert turn.reply.private
    assert turn.aloud.title == "This answer opens in private"
    assert "boil dry" not in str(turn.aloud.paragraphs)


def test_what_others_see_is_never_private(engine: Engine) -> None:
    for request, turn in reachable(engine).items():
        assert not turn.aloud.private, request


def test_every_part_of_a_private_answer_is_private(engine: Engine) -> None:
    private = [e.id for e in engine.library.entries.values() if e.sensitivity == "private"]

    assert private
    for id in private:
        for part in Part:
            assert engine.reply(ShowEntry(id, part)).reply.private


# Everything that ships


def test_every_choice_that_ships_fits_a_button_and_leads_somewhere(engine: Engine) -> None:
    for reply in every_reply(engine):
        for choice in reply.choices:
            assert 0 < len(choice.label) <= 38
            assert engine.press(token.write(choice.request)) == engine.reply(choice.request)
            assert engine.reply(choice.request).reply.title != "This button is out of date"


def test_every_entry_that_ships_is_found_by_browsing(engine: Engine) -> None:
    found = set(reachable(engine)) & {ShowEntry(id) for id in engine.library.entries}

    assert len(found) == len(engine.library.entries)


def test_no_reply_that_ships_has_an_empty_line_or_an_unfilled_field(engine: Engine) -> None:
    for reply in every_reply(engine):
        for text in (reply.title, *reply.paragraphs, *reply.evidence):
            assert text.strip()
            assert "{" not in text
            assert "by None" not in text


def test_a_whole_dialogue_with_the_shipped_pack(engine: Engine) -> None:
    turn = engine.reply(Ask("will bridges give me back dimples"))
    assert turn.decision.kind == "answer"
    assert turn.reply.evidence
    assert turn.reply.citations

    more = pressed(engine, turn.reply, "Tell me more").reply
    assert len(more.paragraphs) > 1

    grounds = pressed(engine, more, "Evidence and sources").reply
    assert pressed(engine, grounds, "Back to the answer").reply.title == turn.reply.title

    topics = pressed(engine, grounds, "All topics").reply
    shelf = pressed(engine, topics, labels(topics)[0]).reply
    assert pressed(engine, shelf, labels(shelf)[0]).reply.evidence


# Suggestions while typing


def suggested(engine: Engine, text: str, most: int = 25) -> list[str]:
    """The questions offered for what was typed."""
    return [suggestion.question for suggestion in engine.suggest(text, most)]


@pytest.mark.parametrize("typed", ["whis", "WHISTLE", "a whistling kett", "screa", "why whist"])
def test_half_a_word_is_enough(quiet: Engine, typed: str) -> None:
    assert suggested(quiet, typed)[0] == "Why does a kettle whistle?"


@pytest.mark.parametrize("typed", ["", "  ", "?!"])
def test_before_anything_is_typed_all_questions_are_offered(quiet: Engine, typed: str) -> None:
    assert len(suggested(quiet, typed)) == len(quiet.library.entries)


def test_no_more_are_suggested_than_fit(quiet: Engine) -> None:
    assert len(suggested(quiet, "", most=3)) == 3


def test_nothing_is_suggested_for_words_nobody_wrote(quiet: Engine) -> None:
    assert suggested(quiet, "xylophone") == []


def test_a_reviewed_question_that_is_typed_whole_comes_first(engine: Engine) -> None:
    questions = [entry.question for entry in engine.library.entries.values()]
    # A question at which a safety rule stops everything gets no suggestions: the rule comes first.
    calm = [text for text in questions if engine.reply(Ask(text)).decision.kind != "safety"]
    missed = {text: found for text in calm if (found := suggested(engine, text)[0]) != text}

    assert len(calm) > len(questions) * 3 / 4

    assert missed == {}


def test_a_suggestion_shows_the_answer_in_brief(quiet: Engine) -> None:
    (first, *_) = quiet.suggest("limescale", 5)

    assert first.request == ShowEntry("descale")
    assert first.summary == "Boil vinegar and water in it, wait an hour, and rinse it twice."


def test_a_brief_is_at_most_120_characters(engine: Engine) -> None:
    assert max(len(suggestion.summary) for suggestion in engine.suggest("", 100)) == 120


def test_a_brief_tells_nothing_of_private_and_adults_only_answers(quiet: Engine) -> None:
    briefs = {s.question: s.summary for s in quiet.suggest("", 25)}

    assert briefs["How do I rewire a kettle?"] == ""
    assert briefs["I let it boil dry. Was it my fault?"] == ""


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_turn_and_suggestions(engine: Engine, text: str) -> None:
    assert engine.reply(Ask(text)).reply.title
    assert len(engine.suggest(text, 25)) <= 25
