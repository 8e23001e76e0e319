"""Shipped answers are hidden or get a note; what is old or was changed comes up for another look."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bots.desk import Desk
from core.community.own.overlay import needed
from core.community.protocol.command import (
    ListEntries,
    NewEntry,
    SetAlike,
    SetDays,
    SetLog,
    ShowSettings,
)
from core.community.protocol.curation import Hide, ListDue, ListShipped, OpenNote, ShowShipped
from core.community.store.database import Database
from core.content.library import Library
from core.dialogue.place import Place
from core.dialogue.request import Ask, Browse, ShowEntry
from tests.moderating import HERE, WIFI, Clock, Person


@pytest.fixture
def hidden(library: Library) -> str:
    """A shipped entry that nothing leads to, and that an ask of its own finds."""
    free = (entry for entry in library.entries.values() if entry.id not in needed(library))
    return next(one.id for one in free if one.audience == "anyone" and one.sensitivity == "open")


async def test_a_hidden_answer_is_gone_here_and_nowhere_else(
    desk: Desk, ann: Person, library: Library, hidden: str
) -> None:
    entry = library.entries[hidden]
    await ann.does(ShowShipped(hidden))
    await ann.presses("Hide it here")
    assert "Hidden: members here don't get this answer." in ann.text
    for said in (entry.question, *entry.asks[:3]):
        here = await desk.reply(Ask(said), HERE)
        assert here.decision.kind == "none", said
        assert hidden not in {one.entry for one in here.decision.candidates}
    there = await desk.reply(Ask(entry.question), Place("discord:2"))
    assert there.decision.entry == hidden
    assert (await desk.reply(ShowEntry(hidden), HERE)).reply.title == "This button is out of date"
    listed = await desk.reply(Browse(entry.topic), HERE)
    assert entry.label not in [one.label for one in listed.reply.choices]
    await ann.presses(next(one for one in ann.labels if one.startswith("Take back")))
    assert entry.question in ann.text
    assert (await desk.reply(Ask(entry.question), HERE)).decision.entry == hidden


async def test_what_a_safety_rule_leads_to_cannot_be_hidden(ann: Person, library: Library) -> None:
    for id in needed(library):
        await ann.does(Hide(id))
        assert ann.reply.title == "This one has to stay"


async def test_a_note_stands_beside_the_reviewed_words_and_says_whose_it_is(
    desk: Desk, ann: Person, library: Library, hidden: str
) -> None:
    await ann.does(OpenNote(hidden))
    await ann.fills(short="Ask Kim at the desk. {about}")
    assert "Members here see your note" in ann.text
    turn = await desk.reply(Ask(library.entries[hidden].question), HERE)
    said = "The moderators here add: Ask Kim at the desk. {about}"
    assert turn.reply.paragraphs[0] == library.entries[hidden].short
    assert turn.reply.paragraphs[-1] == said
    await ann.does(OpenNote(hidden))
    assert ann.form.fields[0].value == "Ask Kim at the desk. {about}"
    await ann.fills(short="")
    turn = await desk.reply(Ask(library.entries[hidden].question), HERE)
    assert said not in turn.reply.paragraphs


async def test_a_note_that_is_not_fit_is_kept_and_not_shown(
    desk: Desk, ann: Person, library: Library, hidden: str
) -> None:
    await ann.does(OpenNote(hidden))
    await ann.fills(short="This is **guaranteed**.")
    assert "Note: please write plain sentences, without “**”" in ann.text
    turn = await desk.reply(Ask(library.entries[hidden].question), HERE)
    assert "guaranteed" not in " ".join(turn.reply.paragraphs)
    await ann.presses("Write a note")
    assert ann.form.fields[0].value == "This is **guaranteed**."


async def test_an_answer_comes_due_a_year_later_and_is_said_to_be_right(
    ann: Person, clock: Clock
) -> None:
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    await ann.presses("Publish")
    assert "It is still right" not in ann.labels
    assert "Nothing is due." in (await ann.does(ListDue())).text
    clock.now += timedelta(days=366)
    await ann.does(ListDue())
    await ann.presses("What is the wifi password?")
    await ann.presses("It is still right")
    assert "comes due again in a year" in ann.text
    assert "Nothing is due." in (await ann.does(ListDue())).text
    await ann.does(ListEntries())
    await ann.presses("What is the wifi password?")
    await ann.presses("History")
    assert "3. looked at again by Ann" in ann.text


async def test_after_an_update_notes_on_what_changed_or_vanished_are_listed(
    ann: Person, database: Database, hidden: str
) -> None:
    await ann.does(OpenNote(hidden))
    await ann.fills(short="Ask Kim.")
    await ann.does(Hide(hidden))
    await _say(database, "UPDATE lessons SET against = 'other' WHERE kind = 'note'")
    await _say(database, "UPDATE lessons SET entry = 'long-gone' WHERE kind = 'hidden'")
    await ann.does(ListDue())
    assert "was changed by an update since this was written: “Ask Kim.”" in ann.text
    assert "“long-gone” is no longer there" in ann.text
    await ann.presses("It is still right")
    await ann.does(ListDue())
    await ann.presses(next(one for one in ann.labels if one.startswith("Take back")))
    assert "Nothing is due." in (await ann.does(ListDue())).text


async def _say(database: Database, statement: str) -> None:
    async with database.writing() as session:
        await session.execute(text(statement))


async def test_all_that_is_shipped_can_be_paged_through(ann: Person, library: Library) -> None:
    await ann.does(ListShipped())
    seen = set(ann.labels)
    while "Next page" in ann.labels:
        await ann.presses("Next page")
        seen |= set(ann.labels)
    assert {entry.label for entry in library.entries.values()} <= seen


async def test_settings_are_pressed_on_and_kept_in_bounds(ann: Person) -> None:
    await ann.does(ShowSettings())
    await ann.presses("Keep questions 60 days")
    await ann.presses("Show from 3 alike on")
    assert "kept for 60 days, and shown once 3 mean the same" in ann.text
    await ann.does(SetDays(9_999))
    await ann.does(SetAlike(0))
    assert "kept for 90 days, and shown once 1 mean the same" in ann.text


async def test_a_log_channel_gets_the_old_and_the_new_words(ann: Person) -> None:
    await ann.does(SetLog("discord:55"))
    assert ann.seen[-1].log_channel == "discord:55" and ann.seen[-1].logged is None
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    await ann.presses("Publish")
    await ann.presses("Change it")
    await ann.fills(short="Ask at the door.")
    logged = ann.seen[-1].logged
    assert logged and logged.channel == "discord:55"
    line, before, now = logged.reply.paragraphs
    assert line.startswith("3. changed by Ann, 25 November 2026")
    assert "Ask at the desk." in before and "Ask at the door." in now
    await ann.does(SetLog(""))
    await ann.does(ListEntries())
    assert ann.seen[-1].logged is None


async def test_the_log_channel_is_told_of_what_is_taught(
    ann: Person, library: Library, hidden: str
) -> None:
    await ann.does(SetLog("discord:55"))
    await ann.does(Hide(hidden))
    logged = ann.seen[-1].logged
    assert logged and logged.channel == "discord:55"
    assert logged.reply.title == library.entries[hidden].question
    assert any("Ann" in line for line in logged.reply.paragraphs)
    assert not logged.reply.choices
    await ann.presses(next(one for one in ann.labels if one.startswith("Take back")))
    assert ann.seen[-1].logged
    await ann.does(SetLog(""))
    await ann.does(Hide(hidden))
    assert ann.seen[-1].logged is None
