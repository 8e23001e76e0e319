"""Moderators are told how the bot is in their community, and how to mend what isn't in order."""

import pytest

from core.community.communities import Communities
from core.community.protocol.command import NewProposal, SetLog, ShowMenu, StopLog
from core.community.protocol.speaking import Checked, CheckLinks, Examine, SetMode
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.doctoring import Point
from core.content.speaking import Mode
from tests.moderating import Clock, Person, person, published_by

DEAD = "https://gone.example/page"


async def reach(url: str) -> bool:
    """An internet on which one page is gone."""
    return url != DEAD


@pytest.fixture
async def ann(database: Database, shipped: Shipped) -> Person:
    """Somebody who manages a community."""
    communities = Communities(database, shipped, Clock(), reach)
    await communities.open()
    return person(communities, "Ann", manages=True)


async def test_all_is_in_order(ann: Person) -> None:
    await ann.does(ShowMenu())
    await ann.presses("How I am here")
    assert "Everything I can look at is in order." in ann.text
    assert "✓ No answer of yours is due." in ann.text


async def test_what_is_to_be_mended_comes_first_and_says_how(ann: Person) -> None:
    mia = await person(ann.communities, "Mia").does(NewProposal())
    await mia.fills(question="Where is the pool?", short="Upstairs.", asks="")
    found = (Checked(Point.SEE, fine=True), Checked(Point.EMBED, fine=False))
    await ann.does(Examine(found))
    first, *rest = ann.reply.paragraphs
    assert first == "To be mended: 2."
    assert rest[0].startswith("✗ I may not embed links")
    assert rest[1] == "✗ Answers that wait for a moderator: 1."
    assert "✓ I can see this channel." in rest[-1]


async def test_answers_come_due(communities: Communities, clock: Clock) -> None:
    ann = person(communities, "Ann", manages=True)
    await published_by(ann)
    clock.now = clock.now.replace(year=2028)
    await ann.does(Examine())
    assert "✗ Answers and notes to look at again: 1." in ann.text


async def test_channels_where_the_moderators_are_told_need_a_log_channel(
    communities: Communities,
) -> None:
    ann = person(communities, "Ann", manages=True, hears=True)
    await ann.does(Examine())
    assert "tell the moderators" not in ann.text
    await ann.does(SetLog("discord:5"))
    await ann.does(SetMode("discord:77", tuple(Mode).index(Mode.SUGGEST)))
    await ann.does(Examine())
    assert "✓ Where I am to tell the moderators, I have a log channel for that." in ann.text
    assert not ann.seen[-1].untold
    await ann.does(StopLog())
    await ann.does(Examine())
    assert ann.reply.paragraphs[1].startswith(
        "✗ Channels where I am to tell the moderators, and can't: 1. There is no log channel"
    )
    assert ann.seen[-1].untold == ("discord:77",)


async def test_dead_links_are_found_when_somebody_wants_it(ann: Person) -> None:
    await published_by(ann, links=f"https://there.example\n{DEAD}")
    await ann.does(Examine())
    await ann.presses("Look for dead links")
    assert f"{DEAD} (What is the wifi password?)" in ann.text
    assert "there.example" not in ann.text
    await ann.presses("How I am here")
    await ann.presses("Menu")
    assert "How I am here" in ann.labels


async def test_no_link_is_dead(ann: Person) -> None:
    await ann.does(CheckLinks())
    assert ann.reply.paragraphs == ("Your answers hold no links.",)
    await published_by(ann, links="https://there.example")
    await ann.does(CheckLinks())
    assert "Links looked at: 1." in ann.text


async def test_a_member_is_told_nothing(communities: Communities) -> None:
    mia = await person(communities, "Mia").does(CheckLinks())
    assert mia.reply.title == "This is for moderators"
