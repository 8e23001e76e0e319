"""Curators judge what is tried: numbers are kept, no text, and a hundred of them move the threshold."""

from datetime import timedelta

from sqlalchemy import text, update

from core.community.communities import Communities
from core.community.protocol.command import Try
from core.community.protocol.curation import ShowInsights
from core.community.store.database import Database
from core.community.store.schema import VerdictRow
from core.dialogue.request import Ask
from core.matching.recalibration import FEWEST
from tests.moderating import HERE, Clock, Person, asked

TRIED = "dimples near my spine"


async def _many(database: Database, number: int) -> None:
    """The one verdict there is, so many times over."""
    columns = 'community_id, entry, "index", features, "right", at'
    copy = f"INSERT INTO verdicts ({columns}) SELECT {columns} FROM verdicts WHERE id = 1"  # noqa: S608
    async with database.writing() as session:
        for _ in range(number):
            await session.execute(text(copy))


async def test_a_verdict_keeps_numbers_and_no_text(ann: Person, database: Database) -> None:
    await ann.does(Try(TRIED))
    await ann.presses("The first one is wrong")
    assert "1 verdicts so far." in ann.text
    async with database.reading() as session:
        (row,) = (await session.execute(VerdictRow.__table__.select())).mappings()
    assert row["right"] is False and len(row["features"]) > 3
    assert TRIED not in str(dict(row)) and "Ann" not in str(dict(row))


async def test_a_hundred_verdicts_move_the_threshold_here(
    ann: Person, communities: Communities, database: Database
) -> None:
    said = "what are those back dimples called"
    await ann.does(Try(said))
    assert "I would answer it." in ann.text
    await ann.presses("The first one is wrong")
    await _many(database, FEWEST - 2)
    assert "Reviewed questions: 99. From 100 on" in (await ann.does(ShowInsights())).text
    await ann.does(Try(said))
    await ann.presses("The first one is wrong")
    turn = await asked(communities, said)
    assert turn and turn.decision.kind != "answer"
    assert "Measured on 100 reviewed questions" in (await ann.does(ShowInsights())).text


async def test_a_verdict_on_words_that_have_changed_no_longer_applies(
    ann: Person, communities: Communities, database: Database
) -> None:
    await ann.does(Try(TRIED))
    await ann.presses("The first one is wrong")
    await _many(database, FEWEST)
    async with database.writing() as session:
        await session.execute(update(VerdictRow).values(index="other"))
    await ann.does(Try(TRIED))
    for _ in range(9):
        await ann.does(Try(TRIED))
        await ann.presses("The first one is right")
    assert await communities.engine(Ask(TRIED), HERE)
    assert "From 100 on, I measure here" in (await ann.does(ShowInsights())).text


async def test_where_a_safety_rule_speaks_there_is_nothing_to_judge(ann: Person) -> None:
    await ann.does(Try("i cant feel my legs since this morning"))
    assert not any("first one" in label for label in ann.labels)


async def test_what_nobody_judged_is_thrown_away(
    ann: Person, communities: Communities, clock: Clock
) -> None:
    await ann.does(Try(TRIED))
    before = ann.seen[-1]
    clock.now += timedelta(days=1)
    await communities.tend()
    ann.seen.append(before)
    await ann.presses("The first one is right")
    assert ann.reply.title == "It isn't here any more"
