"""What people say of answers, what is kept of them, and how it is deleted, on either database."""

from collections.abc import Mapping

import pytest
from sqlalchemy import func, select

from core.community.communities import Communities
from core.community.store.database import Database
from core.community.store.schema import CountRow, EntryRow, VoteRow
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym, gym

pytestmark = pytest.mark.usefixtures("published")

HELPED, NOT_THIS = "That helped", "Not what I asked"


async def counted(communities: Communities, database: Database) -> Mapping[str, int]:
    """How often what was said of an answer."""
    await communities.noting.settled()
    async with database.reading() as session:
        rows = (await session.scalars(select(CountRow))).all()
        votes = await session.scalar(select(func.count()).select_from(VoteRow))
    said = {str(row.what): row.number for row in rows if str(row.what) in ("helpful", "not_meant")}
    return {**said, "votes": votes or 0}


async def test_that_an_answer_helped_counts_once_for_each_person(
    here: Gym, communities: Communities, database: Database
) -> None:
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    thanks = await here.mia.press(answer, HELPED)
    assert thanks.ephemeral and "Thank you. The moderators see" in words(thanks)
    await here.mia.press(answer, HELPED)
    await here.bob.press(answer, HELPED)
    assert await counted(communities, database) == {"helpful": 2, "votes": 2}
    await here.mia.press(answer, NOT_THIS)
    said = {name: n for name, n in (await counted(communities, database)).items() if n}
    assert said == {"helpful": 1, "not_meant": 1, "votes": 2}


async def test_where_nobody_looks_after_answers_nobody_is_asked_whether_it_helped(
    here: Gym,
) -> None:
    for where in (gym(here.bot).channel, here.bot.fake.dm(here.mia), here.bot.elsewhere()):
        answer = await here.mia.slash(where, "ask", question="are they genetic")
        assert HELPED not in answer.buttons and NOT_THIS in answer.buttons


async def test_what_is_kept_is_said_to_the_person_alone_anywhere(here: Gym) -> None:
    told = await here.mia.slash(here.channel, "privacy")
    assert told.ephemeral and "I never keep who asked" in words(told)
    direct = await here.mia.slash(here.bot.fake.dm(here.mia), "privacy")
    assert "I never keep who asked" in words(direct)


async def test_what_leads_to_a_person_is_deleted_when_they_say_so(
    here: Gym, communities: Communities, database: Database
) -> None:
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    await here.mia.press(answer, HELPED)
    form = await here.mia.slash(here.channel, "propose")
    await here.mia.submit(form, WIFI | {"Question": "Where are the lockers?"})
    assert (await counted(communities, database))["votes"] == 1
    gone = await here.mia.press(await here.mia.slash(here.channel, "privacy"), _delete(here))
    assert "Deleted" in words(gone)
    assert await counted(communities, database) == {"helpful": 1, "votes": 0}
    async with database.reading() as session:
        assert (await session.scalars(select(EntryRow.proposer))).all() == [None]


def _delete(here: Gym) -> str:
    return here.bot.desk.wording.privacy.delete
