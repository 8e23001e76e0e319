"""Questions asked in vain: kept without a person, grouped by meaning, answered or ignored."""

import asyncio
from datetime import timedelta

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.protocol.command import NewEntry
from core.community.protocol.curation import ListLessons, ShowInbox, Sort
from core.community.store.database import Database
from core.community.store.inbox import impersonal
from core.dialogue.request import Ask
from tests.moderating import HERE, WIFI, Clock, Person

PARKING = ("where can i park my car", "can i park my car here", "Is there parking for my car?")


async def _ask(desk: Desk, *texts: str) -> None:
    for text in texts:
        await desk.reply(Ask(text), HERE)


async def test_what_was_asked_twice_in_vain_is_shown(desk: Desk, ann: Person) -> None:
    await _ask(desk, PARKING[0])
    assert "Nothing to look at." in (await ann.does(ShowInbox())).text
    await _ask(desk, PARKING[1], "when does the pool open")
    await ann.does(ShowInbox())
    assert ann.labels[0] == "where can i park my car (2)"
    assert not any("pool" in label for label in ann.labels)
    await ann.presses("where can i park my car (2)")
    assert "“can i park my car here”" in ann.text


async def test_a_draft_has_the_question_in_it_and_settles_it(desk: Desk, ann: Person) -> None:
    await _ask(desk, *PARKING)
    await ann.does(ShowInbox())
    await ann.presses("where can i park my car (3)")
    await ann.presses("Write an answer")
    values = {one.name: one.value for one in ann.form.fields}
    assert values["question"] == PARKING[0] and PARKING[1] in values["asks"]
    await ann.fills(question="Where can I park?", short="Behind the house.")
    assert ann.reply.title == "Where can I park?"
    assert "Nothing to look at." in (await ann.does(ShowInbox())).text


async def test_a_wording_is_taught_and_taken_back(desk: Desk, ann: Person) -> None:
    text = "what r those lil marks by the waistband"
    await ann.does(Sort(text))
    await ann.presses("An answer here fits")
    label = next(one for one in ann.labels if "back dimples" in one.lower())
    await ann.presses(label)
    assert ann.reply.title == "Learnt"
    turn = await desk.reply(Ask(text), HERE)
    assert turn.decision.kind == "answer" and turn.decision.score == 1.0
    await ann.does(ListLessons())
    assert f"also answers: “{text}” (Ann, 25 November 2026)" in ann.text
    await ann.presses(next(one for one in ann.labels if one.startswith("Take back")))
    turn = await desk.reply(Ask(text), HERE)
    assert turn.decision.score != 1.0
    assert "Nothing yet." in (await ann.does(ListLessons())).text


async def test_never_give_this_answer(desk: Desk, ann: Person) -> None:
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    await ann.presses("Publish")
    text = "what is the wifi password of my neighbour"
    before = await desk.reply(Ask(text), HERE)
    assert before.decision.candidates
    await ann.does(Sort(text))
    await ann.presses("Never give this answer")
    await ann.presses("What is the wifi password?")
    assert "never answers" in ann.text
    after = await desk.reply(Ask(text), HERE)
    assert all(
        one.entry != before.decision.candidates[0].entry for one in after.decision.candidates
    )


async def test_what_is_ignored_stays_away_also_in_other_words(desk: Desk, ann: Person) -> None:
    await _ask(desk, *PARKING[:2])
    await ann.does(ShowInbox())
    await ann.presses("where can i park my car (2)")
    await ann.presses("Ignore")
    await _ask(desk, PARKING[2], PARKING[2])
    assert "Nothing to look at." in (await ann.does(ShowInbox())).text


RED_FLAGS = [
    "i cant feel my legs since this morning",
    "my baby has a hole above the bum where can i park my car",
    "im 14 where can i park my car",
    "tell me how many calories i should eat to get them",
]


@pytest.mark.parametrize("text", RED_FLAGS)
async def test_what_a_safety_rule_noticed_never_lands_there(
    desk: Desk, ann: Person, text: str
) -> None:
    await _ask(desk, text, text, text)
    assert "Nothing to look at." in (await ann.does(ShowInbox())).text
    await ann.does(Sort(text))
    assert ann.reply.title == "A safety rule speaks here"


async def test_an_offer_that_was_taken_is_no_question_in_vain(
    desk: Desk, ann: Person, clock: Clock
) -> None:
    text = "dimples near my spine"
    for taken in (True, False):
        for _ in range(2):
            turn = await desk.reply(Ask(text), HERE)
            assert turn.decision.kind == "clarify"
            if taken:
                await desk.reply(turn.reply.choices[0].request, HERE)
        clock.now += timedelta(minutes=11)
        await ann.does(ShowInbox())
        assert (f"{text} (2)" in ann.labels) is not taken


async def test_none_of_these_is_a_question_in_vain_at_once(desk: Desk, ann: Person) -> None:
    for _ in range(2):
        turn = await desk.reply(Ask("dimples near my spine"), HERE)
        none = next(one for one in turn.reply.choices if one.label == "None of these")
        await desk.reply(none.request, HERE)
    assert "dimples near my spine (2)" in (await ann.does(ShowInbox())).labels


async def test_a_moderator_does_not_wait_for_members_who_ask_on(desk: Desk, ann: Person) -> None:
    async def ask_on() -> None:
        while True:
            await _ask(desk, PARKING[0])

    asking = asyncio.create_task(ask_on())
    await _ask(desk, *PARKING)
    async with asyncio.timeout(30):  # it once took as long as anybody asked
        await ann.does(ShowInbox())
    assert not asking.done()
    asking.cancel()


async def test_after_thirty_days_it_is_gone(
    desk: Desk, ann: Person, clock: Clock, database: Database
) -> None:
    await _ask(desk, *PARKING)
    await ann.does(ShowInbox())
    assert len(ann.labels) > 2
    clock.now += timedelta(days=31)
    assert "Nothing to look at." in (await ann.does(ShowInbox())).text
    assert await _rows(database) == 3
    await desk.tend()
    assert await _rows(database) == 0


async def _rows(database: Database) -> int:
    async with database.reading() as session:
        result = await (await session.connection()).exec_driver_sql(
            "SELECT count(*) FROM questions"
        )
        return int(result.scalar_one())


async def test_where_nobody_moderates_nothing_is_kept(
    desk: Desk, communities: Communities, database: Database
) -> None:
    await _ask(desk, *PARKING)
    await communities.noting.settled()
    assert await _rows(database) == 0


TEXTS = [
    ("call me at +44 20 7946 0958 pls", "call me at … pls"),
    ("does <@123456789> have them, @ann.b too", "does … have them, … too"),
    ("mail me a.b@c.example or https://x.example/me?id=1", "mail me … or …"),
    ("x" * 301, None),
    ("@someone", None),
    ("why 2 dimples", "why 2 dimples"),
]


@pytest.mark.parametrize(("text", "kept"), TEXTS)
def test_what_leads_to_a_person_is_not_kept(text: str, kept: str | None) -> None:
    assert impersonal(text) == kept
