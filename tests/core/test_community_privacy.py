"""After a day of simulated life, the whole database and the whole log are read."""

import base64
import logging
from datetime import timedelta

import pytest

from bots import logs
from bots.desk import Desk
from core.community.communities import Communities
from core.community.protocol.command import NewEntry, NewProposal, Remove, SetAlone, SetLog, Try
from core.community.protocol.curation import (
    Export,
    Hide,
    ImportFile,
    MakeCode,
    OpenNote,
    ShowInbox,
    ShowInsights,
    Sort,
)
from core.community.protocol.overheard import Overheard
from core.community.protocol.speaking import SetMode
from core.community.store.database import Database
from core.community.store.schema import Table
from core.content.speaking import Mode
from core.dialogue.engine import Engine
from core.dialogue.place import Place
from core.dialogue.request import Ask, Forget, Helpful, Instead, Quiet, ShowPrivacy
from tests.moderating import HERE, WIFI, Clock, Person, person

ASKERS = [f"discord:{number}" for number in range(9_100_000_001, 9_100_000_007)]
PROPOSER, DECIDED, CURATOR = "discord:92000001", "discord:92000002", "discord:93000001"

ANSWERED = ["what are back dimples", "wifi code", "how do i get online here"]
OFFERED = ["dimples near my spine", "back dimples hurt bend"]
IN_VAIN = ["zanzibar parking for my car", "is there zanzibar parking for cars"]
RED_FLAGS = [
    "quetzal i cant feel my legs since this morning",
    "quetzal i want to kill myself",
    "my quetzal baby has a hole above the bum",
    "im 14 and quetzal hates my dimples",
    "me quetzal duele mucho y no siento las piernas",
]
PERSONAL = [
    "zanzibar ask <@9100000001> or @kim.b about cars",
    "zanzibar cars call +44 20 7946 0958",
]
STORIES = ["xylophone " * 60]
TRIED = "xylophone back dimples near my spine"
# Where words that a person wrote may lie, and where an actor's id may.
TEXTS = {"questions.text", "lessons.texts", "changes.text", "entries.slug", "imports.text"}
TEXTS |= {"writing.form"}
ACTORS = {"changes.actor", "lessons.actor", "entries.proposer", "writing.actor", "silences.actor"}
# Somebody who wants nothing said to them unasked; and what is said in a channel without calling the bot.
SILENT = "discord:94000001"
NOON = Clock.now
OVERHEARD = ["xylophone what are back dimples?", "quetzal why can't i feel my legs?", *ANSWERED]


async def _moderators(ann: Person) -> None:
    await ann.does(SetAlone(1))
    await ann.does(SetLog("discord:5"))
    await ann.does(NewEntry())
    await ann.fills(**WIFI)
    await ann.presses("Publish")
    await ann.does(OpenNote("what-are-back-dimples"))
    await ann.fills(short="Ask Kim.")
    await ann.does(Hide("sit-ups"))
    for command in (MakeCode(), Export()):
        await ann.does(command)
    file = ann.seen[-1].file
    assert file
    await ann.does(ImportFile(file.text.encode()))


async def _members(desk: Desk, clock: Clock) -> None:
    texts = [*ANSWERED, *OFFERED, *IN_VAIN, *RED_FLAGS, *PERSONAL, *STORIES]
    for hour in range(2):
        for at, said in enumerate(texts):
            actor = ASKERS[(hour + at) % len(ASKERS)]
            turn = await desk.reply(Ask(said), HERE, actor)
            for choice in turn.reply.choices:
                if isinstance(choice.request, Helpful | Instead):
                    await desk.reply(choice.request, HERE, actor)
            await desk.suggest(said, 5, HERE)
            await desk.reply(Ask(said), Place(actor), actor)
        await desk.reply(ShowPrivacy(), HERE, ASKERS[0])
        clock.now += timedelta(hours=2)


async def _proposals(communities: Communities, ann: Person) -> None:
    for actor, question in ((PROPOSER, "Where is the pool?"), (DECIDED, "Where is the sauna?")):
        mia = person(communities, actor.removeprefix("discord:"))
        await mia.does(NewProposal())
        await mia.fills(question=question, short="Upstairs.", asks="")
    await ann.does(Remove("where-is-the-sauna", 1))


async def _overheard(desk: Desk, ann: Person) -> None:
    listening = person(ann.communities, ann.facts.name, manages=True, hears=True)
    await desk.reply(Quiet(), HERE, SILENT)
    for mode in range(1, len(Mode)):
        await listening.does(SetMode("discord:77", mode))
        for text in OVERHEARD:
            for actor in (*ASKERS, SILENT):
                await desk.overhear(Overheard(text, "discord:77", NOON, link="x"), HERE, actor)


async def _day(communities: Communities, engine: Engine, clock: Clock) -> None:
    desk = Desk(engine, communities)
    ann = person(communities, CURATOR.removeprefix("discord:"), manages=True)
    await _moderators(ann)
    await _proposals(communities, ann)
    await _members(desk, clock)
    await ann.does(Sort(RED_FLAGS[0]))
    await ann.does(Try(TRIED))
    await ann.presses("The first one is right")
    for command in (ShowInbox(), ShowInsights()):
        await ann.does(command)
    await _overheard(desk, ann)
    await desk.reply(Forget(), HERE, ASKERS[1])
    await communities.noting.settled()
    await desk.tend()


@pytest.fixture
async def cells(
    communities: Communities,
    engine: Engine,
    clock: Clock,
    database: Database,
    caplog: pytest.LogCaptureFixture,
) -> list[tuple[str, str]]:
    """All that is in the database after a day: table and column, and what is there."""
    logs.configure("DEBUG", ())
    logging.getLogger().addHandler(caplog.handler)
    await _day(communities, engine, clock)
    found = []
    async with database.reading() as session:
        for table in Table.metadata.sorted_tables:
            for row in (await session.execute(table.select())).mappings():
                found += [(f"{table.name}.{key}", _read(row[key])) for key in row]
    return found


def _read(value: object) -> str:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


async def test_no_askers_id_is_anywhere(cells: list[tuple[str, str]]) -> None:
    numbers = [actor.removeprefix("discord:") for actor in ASKERS]
    assert not [cell for cell in cells if any(number in cell[1] for number in numbers)]
    assert sum(where == "votes.voter" for where, _ in cells) > 1


async def test_words_of_people_lie_only_where_they_may(cells: list[tuple[str, str]]) -> None:
    words = ("zanzibar", "dimples near my spine", "hurt bend", "wifi", "Upstairs", "online")
    held = {where for where, said in cells if any(word in said for word in words)}
    assert held - {"counts.entry", "votes.entry"} <= TEXTS
    counted = {said for where, said in cells if where in ("counts.entry", "votes.entry")}
    assert all(" " not in said for said in counted)
    kept = {said for where, said in cells if where == "questions.text"}
    assert {*IN_VAIN, OFFERED[0]} <= kept
    assert not any("kim" in said or "7946" in said or "91000" in said for said in kept)


async def test_what_a_safety_rule_noticed_and_what_was_a_story_is_nowhere(
    cells: list[tuple[str, str]],
) -> None:
    assert not [cell for cell in cells if "quetzal" in cell[1] or "xylophone" in cell[1]]


async def test_curators_are_named_in_the_history_alone_and_proposers_until_it_is_decided(
    cells: list[tuple[str, str]],
) -> None:
    for actor, there in ((CURATOR, True), (PROPOSER, True), (DECIDED, False), (SILENT, True)):
        where = {cell[0] for cell in cells if actor in cell[1]}
        assert where <= ACTORS
        assert bool(where) is there


async def test_the_log_has_no_words_and_no_ids(
    cells: list[tuple[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    assert cells
    said = caplog.text
    everything = [*ANSWERED, *IN_VAIN, *ASKERS, "quetzal", "xylophone", "zanzibar", "Upstairs"]
    assert not [word for word in everything if word in said]
