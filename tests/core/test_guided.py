"""A guided check as a conversation, in which all that is known stands on the buttons."""

import re
from pathlib import Path

import pytest

from core.content.library import Library
from core.content.model import Evidence
from core.content.reader import load
from core.dialogue import token
from core.dialogue.engine import Engine
from core.dialogue.reply import Reply
from core.dialogue.request import Ask, Browse, Help, ShowEntry, Start, Step, Stop
from tests.builders import (
    KETTLE_CHECK,
    Scripted,
    kettles,
    labels,
    pressed,
    requests,
    steps,
    write_check,
    write_kettles,
)
from tests.core.test_assessment import check

ID = "is-it-safe"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine over a pack with one guided check."""
    return Engine(kettles(write_check(tmp_path)), Scripted())


def walked(engine: Engine, *buttons: str) -> Reply:
    """What is shown after these buttons, from the first page on."""
    reply = engine.reply(Start(ID)).reply
    for button in ("Begin", *buttons):
        reply = pressed(engine, reply, button).reply
    return reply


def test_the_first_page_says_what_it_is_and_what_cannot_wait(engine: Engine) -> None:
    reply, wording = engine.reply(Start(ID)).reply, engine.library.wording
    assert reply.title == "Is my kettle safe to use?"
    assert reply.paragraphs == ("Three short questions about your kettle.", wording.emergency)
    assert labels(reply) == ["Begin", "All topics"] and reply.notice == wording.notice


def test_a_question_shows_progress_long_options_in_full_and_short_buttons(engine: Engine) -> None:
    reply = walked(engine)
    assert reply.title == "Is there smoke?"
    assert reply.paragraphs == ("Question 1 of 3.", "A lot: so that you can't see the kettle.")
    ways = ["Why do you ask?", "Back", "Stop"]
    assert labels(reply) == ["A lot", "None", "I'd rather not say", *ways]


def test_why_is_said_where_it_is_asked_and_the_question_stays(engine: Engine) -> None:
    reply = walked(engine, "None", "Why do you ask?")
    assert reply.title == "Who boils the water?" and "Some of it is for adults." in reply.paragraphs
    assert labels(reply) == ["A grown-up", "A kid", "I'd rather not say", "Back", "Stop"]
    assert pressed(engine, reply, "Back").reply == walked(engine, "None")
    assert pressed(engine, reply, "A kid").reply == walked(engine, "None", "A kid")


def test_back_leads_one_question_back_and_from_the_first_to_the_first_page(engine: Engine) -> None:
    lid = walked(engine, "None", "A kid")
    who = pressed(engine, lid, "Back").reply
    smoke = pressed(engine, who, "Back").reply
    first = pressed(engine, smoke, "Back").reply
    titles = [reply.title for reply in (lid, who, smoke, first)]
    assert titles == [*(q.text for q in reversed(check().questions)), check().title]


def test_stop_says_that_nothing_is_kept(engine: Engine) -> None:
    reply = walked(engine, "None", "Stop")
    assert reply.title == engine.library.wording.screens.stopped.title
    assert labels(reply) == ["Start again", "All topics"]
    assert pressed(engine, reply, "Start again").reply == engine.reply(Start(ID)).reply


def test_a_red_flag_is_alone_on_the_screen(engine: Engine) -> None:
    reply = walked(engine, "A lot")
    assert (reply.title, reply.paragraphs) == (
        "Call the fire brigade",
        ("Get out and call for help.",),
    )
    assert labels(reply) == ["Back"] and not reply.evidence and not reply.citations
    assert reply.notice is None


def test_an_outcome_has_evidence_sources_and_what_people_ask_next(engine: Engine) -> None:
    reply, wording = walked(engine, "None", "A kid", "Loose"), engine.library.wording
    assert reply.paragraphs == ("The lid is loose.", "You are not too small to ask.")
    assert reply.evidence[0] == wording.evidence[Evidence.SOME]
    assert "22 November 2026" in reply.evidence[1]
    assert [one.label for one in reply.citations] == ["Kettle Institute 2024"]
    lead = engine.library.entries["ask-a-grown-up"].label
    assert labels(reply) == [lead, "Evidence and sources", "Back", "All topics"]
    assert reply.notice == wording.notice


def test_what_an_outcome_rests_on_is_a_button_away(engine: Engine) -> None:
    outcome = walked(engine, "None", "A kid", "Loose")
    reply = pressed(engine, outcome, "Evidence and sources").reply
    assert reply.paragraphs[0].startswith(engine.library.claims["C01"].text)
    assert pressed(engine, reply, "Back").reply == outcome


def test_an_entry_for_adults_stays_behind_its_gate(engine: Engine) -> None:
    reply = walked(engine, "None", "A grown-up", "Loose")
    assert requests(reply)[:2] == [ShowEntry("rewire"), ShowEntry("descale")]
    assert labels(reply)[1] == "Clean it first"
    gate = engine.reply(ShowEntry("rewire")).reply
    assert gate.title == engine.library.wording.screens.adults.title


def test_sources_for_adults_are_linked_only_in_outcomes_for_them(engine: Engine) -> None:
    adult = walked(engine, "None", "A grown-up", "Loose")
    assert [one.url is not None for one in adult.citations] == [True, True]


def test_everyone_around_sees_a_door_and_no_answer(engine: Engine) -> None:
    for request in (Start(ID), Stop(ID), *steps(check())):
        turn = engine.reply(request)
        assert turn.reply.private
        assert requests(turn.aloud) == [Start(ID)]
        assert turn.aloud.title == check().title


def test_an_old_edition_says_so_and_offers_to_start_again(tmp_path: Path) -> None:
    old = Engine(kettles(write_check(tmp_path / "old")), Scripted())
    button = requests(walked(old, "None"))[0]
    changed = KETTLE_CHECK.replace("label: Loose", "label: Wobbly")
    new = Engine(load(write_check(write_kettles(tmp_path / "new"), changed)), Scripted())
    reply = new.press(token.write(button)).reply
    assert reply.title == new.library.wording.screens.changed.title
    assert labels(reply) == ["Start again", "All topics"]
    assert requests(reply)[0] == Start(ID)


def test_no_truncated_token_gets_anywhere_but_to_public_content(engine: Engine) -> None:
    whole = token.write(requests(walked(engine, "None", "A kid"))[0])
    known = {engine.press(token.write(one)).reply.title for one in steps(check())}
    screens = engine.library.wording.screens
    known |= {screens.stale.title, screens.changed.title, check().title}
    for cut in range(len(whole)):
        assert engine.press(whole[:cut]).reply.title in known | {screens.topics.title}


@pytest.mark.parametrize("picks", [(9,), (0, 0), (1, 1, 1, 1), (61,) * 20])
def test_a_step_that_nobody_can_have_made_is_out_of_date(
    engine: Engine, picks: tuple[int, ...]
) -> None:
    code = next(r.edition for r in requests(engine.reply(Start(ID)).reply) if isinstance(r, Step))
    reply = engine.reply(Step(ID, code, picks)).reply
    assert reply.title == engine.library.wording.screens.stale.title


@pytest.mark.parametrize("request_", [Start("gone"), Stop("gone"), Step("gone", "AAAA", (1,))])
def test_a_check_that_is_gone_is_out_of_date(engine: Engine, request_: Start | Stop | Step) -> None:
    assert engine.reply(request_).reply.title == engine.library.wording.screens.stale.title


# Finding it


def test_the_help_and_the_topics_lead_to_it(engine: Engine) -> None:
    for request in (Help(), Browse()):
        assert Start(ID) in requests(engine.reply(request).reply)


def test_the_command_opens_the_only_check_at_once(engine: Engine) -> None:
    assert engine.reply(Start()) == engine.reply(Start(ID))


def test_where_there_are_several_one_chooses(tmp_path: Path) -> None:
    write_check(write_kettles(tmp_path))
    second = tmp_path / "packs/kettles/assessments/second.yaml"
    second.write_text(KETTLE_CHECK.replace("id: is-it-safe", "id: second"), encoding="utf-8")
    reply = Engine(load(tmp_path), Scripted()).reply(Start()).reply
    assert requests(reply) == [Start(ID), Start("second"), Browse()]


def test_where_there_is_none_the_topics_are_shown(tmp_path: Path) -> None:
    engine = Engine(kettles(tmp_path), Scripted())
    assert engine.reply(Start()) == engine.reply(Browse())


def test_it_is_suggested_while_nothing_or_something_like_it_is_typed(engine: Engine) -> None:
    assert engine.suggest("", 3)[-1].request == Start(ID)
    assert engine.suggest("safe", 3)[-1].request == Start(ID)
    assert Start(ID) not in [one.request for one in engine.suggest("whistle", 3)]


def test_its_title_as_a_question_opens_it(engine: Engine) -> None:
    assert engine.reply(Ask(check().title)) == engine.reply(Start(ID))


# What it says


def test_no_outcome_says_what_somebody_has_or_gives_a_number_to_reach(library: Library) -> None:
    for outcome in library.assessments["do-i-have-them"].outcomes:
        said = " ".join([outcome.title, *(passage.text for passage in outcome.says)])
        assert not re.search(
            r"\byou (?:have|don't have|do not have) (?:back )?dimples", said, re.IGNORECASE
        )
        assert not re.search(r"\d+ ?(?:%|percent|kg|pounds)", said)


def test_nothing_for_adults_is_offered_to_anyone_who_did_not_say_to_be_one(
    library: Library,
) -> None:
    check = library.assessments["do-i-have-them"]
    for outcome in check.outcomes:
        entries = [library.entries[lead.entry] for lead in outcome.leads]
        adults_only = [entry.id for entry in entries if entry.audience == "adults"]
        assert not adults_only or outcome.audience == "adults", outcome.id


def test_an_emergency_ends_with_the_checked_numbers_and_self_harm_with_crisis_lines(
    library: Library,
) -> None:
    engine = Engine(library, Scripted())
    said = {}
    for pick, kind in enumerate(("spine", "after-procedure", "self-harm")):
        first = pressed(engine, engine.reply(Start("do-i-have-them")).reply, "Begin").reply
        said[kind] = engine.reply(requests(first)[pick]).reply
    (lexicon,) = (one for one in library.lexicons if one.language == "en")
    for kind, reply in said.items():
        lines = {line for line in reply.paragraphs if line.startswith("If you are in ")}
        kinds = {"emergency", "crisis"} if kind == "self-harm" else {"emergency"}
        here = [one for one in library.helplines if one.place in lexicon.places]
        wanted = {(lexicon.places[one.place], one.number) for one in here if one.kind in kinds}
        assert len(lines) == len(wanted) > 3
        for place, number in wanted:
            assert any(
                f"in {place}: " in line and f"{number} (checked 2026" in line for line in lines
            )
