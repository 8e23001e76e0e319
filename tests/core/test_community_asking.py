"""A form by messages: one question after another, over restarts, and nothing typed is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.community.asking import KEPT, WAITS
from core.community.communities import Communities
from core.community.own.text import Text
from core.community.protocol.command import NewEntry, NewProposal, OpenTry, SetCurators, ShowMenu
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.library import Library
from core.dialogue.place import Place
from tests.conftest import NOW
from tests.moderating import HERE, WIFI, Clock, Person, person

ANSWERS = ["What is the wifi password?", "Ask at the desk.", "wifi code\nget online", "More.", "-"]


async def _begun(communities: Communities, name: str = "Ann", text: Text | None = None) -> Person:
    ann = person(communities, name, manages=True)
    await ann.does(NewEntry(text) if text else NewEntry())
    ann.seen.append(await communities.asking.begin(ann.form, ann.facts.actor))
    return ann


async def _writes(ann: Person, *texts: str) -> Person:
    for text in texts:
        ann.seen.append(await ann.communities.wrote(text, ann.place, ann.facts))
    return ann


async def test_the_last_answer_makes_a_draft_of_all(communities: Communities) -> None:
    ann = await _begun(communities)
    assert ann.reply.paragraphs == ("1 of 5: Question", "As a member would ask it")
    await _writes(ann, *ANSWERS[:4])
    assert ann.text.splitlines()[1] == "5 of 5: Links"
    await ann.presses("Skip this")
    assert ann.text.startswith("What is the wifi password?\nSaved as a draft.")
    assert "Also asked as: wifi code · get online" in ann.text
    assert await communities.waiting(ann.facts.actor) is None


async def test_a_restart_changes_nothing(
    communities: Communities, database_url: str, shipped: Shipped
) -> None:
    ann = await _begun(communities)
    await _writes(ann, *ANSWERS[:2])
    ann.communities = Communities(Database(database_url), shipped, lambda: NOW)
    assert await ann.communities.waiting(ann.facts.actor)
    await ann.presses("One step back")
    assert ann.reply.paragraphs[-1] == "It says now: Ask at the desk."
    await ann.presses("Keep it as it is")
    await _writes(ann, *ANSWERS[2:4])
    await ann.presses("Skip this")
    assert "Saved as a draft." in ann.text
    await ann.communities.close()


async def test_what_is_put_aside_can_be_gone_on_with_or_thrown_away(
    communities: Communities,
) -> None:
    ann = await _writes(await _begun(communities), ANSWERS[0])
    await ann.presses("Cancel")
    assert ann.labels == ["Go on writing", "Throw it away"]
    assert await communities.waiting(ann.facts.actor) is None
    aside = ann.seen[-1]
    await ann.presses("Go on writing")
    assert ann.text.splitlines()[1] == "2 of 5: Short answer"
    ann.seen.append(aside)
    await ann.presses("Throw it away")
    assert ann.reply.title == "Thrown away"
    ann.seen.append(aside)
    await ann.presses("Go on writing")
    assert ann.reply.title == "It isn't here any more"


async def test_a_second_form_puts_the_first_aside_and_its_buttons_bring_it_back(
    communities: Communities,
) -> None:
    ann = await _writes(await _begun(communities), ANSWERS[0])
    first = ann.seen[-1]
    second = await _begun(communities)
    assert second.text.splitlines()[1] == "1 of 5: Question"
    ann.seen.append(first)
    await ann.presses("One step back")
    assert ann.reply.paragraphs[-1] == "It says now: What is the wifi password?"


async def test_an_old_button_shows_where_the_form_stands(communities: Communities) -> None:
    ann = await _writes(await _begun(communities), *ANSWERS[:2])
    old = ann.seen[-1]
    await _writes(ann, ANSWERS[2])
    now = ann.text
    ann.seen.append(old)
    await ann.presses("Skip this")
    assert ann.text == now


async def test_somebody_elses_form_is_not_there(communities: Communities) -> None:
    ann = await _begun(communities)
    ben = person(communities, "Ben", manages=True)
    ben.seen.append(ann.seen[-1])
    await ben.presses("Cancel")
    assert ben.reply.title == "It isn't here any more"


async def test_what_an_unnamed_administrator_began_goes_to_whoever_may_and_opens_it(
    communities: Communities,
) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(NewEntry(Text(short="Saved words.")))
    begun = await communities.asking.begin(ann.form, HERE.key)
    assert begun.door and not begun.door.private
    mia = person(communities, "Mia")
    for one in (mia, ann):
        one.seen.append(replace(begun, reply=begun.door))
        await one.presses("Open it privately")
    assert mia.reply.title == "This is for moderators"
    assert ann.text.splitlines()[1] == "1 of 5: Question"
    await _writes(ann, ANSWERS[0])
    assert ann.reply.paragraphs[-1] == "It says now: Saved words."


async def test_whoever_may_no_longer_is_told_and_writes_for_themselves_again(
    communities: Communities,
) -> None:
    ann = await _writes(await _begun(communities), ANSWERS[0])
    ann.facts = replace(ann.facts, manages=False)
    await _writes(ann, ANSWERS[1])
    assert ann.reply.title == "This is for moderators"
    assert await communities.waiting(ann.facts.actor) is None


async def test_a_form_of_another_community_is_refused(communities: Communities) -> None:
    await _begun(communities)
    elsewhere = person(communities, "Ann", manages=True)
    elsewhere.place = Place("discord:2")
    await elsewhere.does(ShowMenu())
    await _writes(elsewhere, ANSWERS[0])
    assert elsewhere.reply.title == "This is for moderators"


async def test_a_message_longer_than_can_be_kept_is_asked_for_again(
    communities: Communities,
) -> None:
    ann = await _writes(await _begun(communities), "x" * 4_001)
    assert ann.reply.paragraphs[0] == "That is too long to keep"
    assert ann.reply.paragraphs[2] == "1 of 5: Question"


async def test_a_form_is_cleared_and_emptied_only_where_it_may_be(communities: Communities) -> None:
    ann = await _writes(await _begun(communities, text=Text(more="Old.")), *ANSWERS[:3])
    assert "Leave it empty" in ann.labels
    await ann.presses("Leave it empty")
    await ann.presses("One step back")
    assert "Skip this" in ann.labels and "Leave it empty" not in ann.labels


async def test_a_suggestion_too_many_stays_with_whoever_wrote_it(communities: Communities) -> None:
    mia = person(communities, "Mia")
    for _ in range(4):
        await mia.does(NewProposal())
        mia.seen.append(await communities.asking.begin(mia.form, mia.facts.actor))
        await _writes(mia, *ANSWERS[:4])
        last = mia.seen[-1]
        await mia.presses("Skip this")
    assert mia.reply.title == "Enough for now"
    mia.seen.append(last)
    await mia.presses("Skip this")
    assert mia.text.splitlines()[1] == "5 of 5: Links"


async def test_a_question_is_tried_and_nothing_of_it_kept(
    communities: Communities, database: Database
) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(OpenTry())
    ann.seen.append(await communities.asking.begin(ann.form, ann.facts.actor))
    prompt = ann.seen[-1]
    await _writes(ann, "are back dimples genetic")
    assert ann.reply.title == "What I would do"
    ann.seen.append(prompt)
    await ann.presses("Cancel")
    assert ann.reply.title == "It isn't here any more"


@pytest.mark.parametrize(
    ("later", "waits", "kept"), [(WAITS, False, True), (KEPT + timedelta(seconds=1), False, False)]
)
async def test_a_form_waits_for_a_day_and_is_kept_for_a_week(
    communities: Communities, clock: Clock, later: timedelta, waits: bool, kept: bool
) -> None:
    ann = await _writes(await _begun(communities), ANSWERS[0])
    clock.now += later
    await communities.asking.purge()
    assert (await communities.waiting(ann.facts.actor) is not None) is waits
    await ann.presses("One step back")
    assert (ann.reply.title == "Add an answer") is kept


async def test_the_menu_has_what_one_may(communities: Communities, library: Library) -> None:
    ann = await person(communities, "Ann", manages=True).does(ShowMenu())
    assert ann.labels[0] == "Add an answer" and ann.labels[-1] == "Settings"
    assert "Waiting for review" not in ann.labels
    mia = person(communities, "Mia")
    await mia.does(NewProposal())
    await mia.fills(**WIFI)
    await ann.does(ShowMenu())
    await ann.presses("Waiting for review")
    assert "What is the wifi password?" in ann.labels
    cem = person(communities, "Cem", roles=frozenset({"helpers"}))
    await ann.does(SetCurators(frozenset({"helpers"})))
    await cem.does(ShowMenu())
    assert not {"Settings", "Bring answers from a file"} & {*cem.labels}
    await mia.does(ShowMenu())
    assert mia.reply.title == library.wording.moderation.screens.refused.title
