"""One vote a person and answer, nobody knows whose; and all that leads to a person can be deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bots.desk import Desk
from core.community.communities import Communities
from core.community.protocol.command import ListEntries, NewProposal
from core.community.protocol.curation import ShowInsights
from core.community.store import counts
from core.community.store.database import Database
from core.community.store.schema import CommunityRow, KeyRow, VoteRow
from core.dialogue.place import Place
from core.dialogue.reply import Turn
from core.dialogue.request import Ask, Forget, Helpful, ShowPrivacy
from tests.moderating import HERE, Clock, person

pytestmark = pytest.mark.usefixtures("published")

MIA, BEN = "discord:1001", "discord:1002"


async def _press(desk: Desk, turn: Turn, label: str, actor: str) -> Turn:
    request = next(one.request for one in turn.reply.choices if one.label == label)
    return await desk.reply(request, HERE, actor)


async def _counted(desk: Desk, database: Database, clock: Clock) -> dict[str, int]:
    communities = desk._communities
    assert communities
    await communities.noting.settled()
    async with database.reading() as session:
        community = await session.scalar(select(CommunityRow))
        assert community
        first = clock.now.date() - timedelta(days=99)
        rows = await counts.between(session, community, first, clock.now.date())
    said: dict[str, int] = {}
    for row in rows:
        said[row.what] = said.get(row.what, 0) + row.number
    return said


async def test_one_vote_a_person_and_the_last_word_counts(
    desk: Desk, database: Database, clock: Clock
) -> None:
    for actor in (MIA, BEN):
        turn = await desk.reply(Ask("wifi code"), HERE, actor)
        thanked = await _press(desk, turn, "That helped", actor)
        assert "Thank you." in thanked.reply.paragraphs[-1]
        assert thanked.reply.title == "What is the wifi password?"
        await _press(desk, turn, "That helped", actor)
    assert await _counted(desk, database, clock) == {"answered": 2, "helpful": 2}
    await _press(desk, turn, "Not what I asked", BEN)
    counted = await _counted(desk, database, clock)
    assert counted == {"answered": 2, "helpful": 1, "not_meant": 1}


async def test_nothing_that_is_kept_of_a_vote_says_who(
    desk: Desk, database: Database, communities: Communities
) -> None:
    for entry in ("what-are-back-dimples", "sit-ups"):
        await desk.reply(Helpful(entry), HERE, MIA)
    turn = await desk.reply(Ask("wifi code"), HERE, MIA)
    await _press(desk, turn, "That helped", MIA)
    await communities.noting.settled()
    async with database.reading() as session:
        votes = (await session.scalars(select(VoteRow))).all()
    assert len({vote.voter for vote in votes}) == len(votes) >= 2
    assert not any("1001" in vote.voter and "discord" in vote.voter for vote in votes)


async def test_the_key_is_thrown_away_with_the_codes_and_the_counts_stay(
    desk: Desk, database: Database, clock: Clock
) -> None:
    turn = await desk.reply(Ask("wifi code"), HERE, MIA)
    await _press(desk, turn, "That helped", MIA)
    assert (await _counted(desk, database, clock))["helpful"] == 1
    clock.now += timedelta(days=30)
    await desk.tend()
    async with database.reading() as session:
        assert await session.scalar(select(KeyRow)) is None
        assert await session.scalar(select(VoteRow)) is None
    assert (await _counted(desk, database, clock))["helpful"] == 1


async def test_where_nobody_moderates_or_nobody_is_known_there_is_no_button(desk: Desk) -> None:
    unknown = await desk.reply(Ask("wifi code"), HERE)
    elsewhere = await desk.reply(Ask("what are back dimples"), Place("discord:9"), MIA)
    known = await desk.reply(Ask("what are back dimples"), HERE, MIA)
    labels = [[one.label for one in turn.aloud.choices] for turn in (unknown, elsewhere, known)]
    assert ["That helped" in one for one in labels] == [False, False, True]


async def test_privacy_is_one_screen_and_deletes_what_leads_to_a_person(
    desk: Desk, database: Database, communities: Communities, clock: Clock
) -> None:
    mia, ann = person(communities, "1001"), person(communities, "Ann", manages=True)
    await mia.does(NewProposal())
    await mia.fills(question="Where is the pool?", short="Behind the house.")
    for actor in (MIA, BEN):
        turn = await desk.reply(Ask("wifi code"), HERE, actor)
        await _press(desk, turn, "That helped", actor)
    screen = await desk.reply(ShowPrivacy(), HERE, MIA)
    assert screen.reply.choices[0].request == Forget()
    assert (await desk.reply(Forget(), HERE, MIA)).reply.title == "Deleted"
    async with database.reading() as session:
        assert len((await session.scalars(select(VoteRow))).all()) == 1
    await ann.does(ListEntries())
    assert "Where is the pool?" not in ann.labels
    assert (await _counted(desk, database, clock))["helpful"] == 2


async def test_insights_count_what_became_of_questions(
    desk: Desk, communities: Communities, clock: Clock
) -> None:
    ann = person(communities, "Ann", manages=True)
    clock.now += timedelta(days=8)
    for actor in (MIA, BEN):
        turn = await desk.reply(Ask("wifi code"), HERE, actor)
        await _press(desk, turn, "That helped", actor)
    for text in ("where can i park my car", "can i park my car here", "i cant feel my legs"):
        await desk.reply(Ask(text), HERE, MIA)
    clock.now += timedelta(days=7)
    await desk.reply(Ask("wifi code"), HERE, MIA)
    await ann.does(ShowInsights())
    assert "6 questions: 3 answered, 0 answered with a choice, 3 left without" in ann.text
    assert "Answers helped 2 times." in ann.text
    assert "Last seven days: 1 questions. The seven before: 5." in ann.text
    assert "Asked most: What is the wifi password? (3)" in ann.text
    assert "Asked in vain most: where can i park my car (2)" in ann.text
    assert ann.seen[-1].insights
    clock.now += timedelta(days=28)
    await ann.does(ShowInsights())
    assert "0 questions" in ann.text and "Asked most: Nothing yet." in ann.text


async def test_answers_that_open_in_private_are_counted_without_their_name(
    desk: Desk, database: Database, communities: Communities
) -> None:
    turn = await desk.reply(Ask("what does a back dimple piercing cost?"), HERE, MIA)
    assert turn.reply.private
    await communities.noting.settled()
    async with database.reading() as session:
        community = await session.scalar(select(CommunityRow))
        assert community
        day = Clock.now.date()
        rows = await counts.between(session, community, day, day)
    assert [row.entry for row in rows] == [""]
