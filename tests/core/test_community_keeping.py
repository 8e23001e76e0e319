"""Where the bot was removed, everything waits thirty days for its return."""

from datetime import timedelta

import pytest

from core.community.communities import Communities
from core.community.protocol.command import SetAlone
from core.dialogue.place import Place
from tests.moderating import HERE, Clock, asked, person

pytestmark = pytest.mark.usefixtures("published")

THERE = Place("discord:2")


async def test_removed_and_back_in_time_nothing_is_lost(
    communities: Communities, clock: Clock
) -> None:
    await communities.keeping.left(HERE)
    clock.now += timedelta(days=29)
    await communities.keeping.tend()
    await communities.keeping.back(HERE)
    clock.now += timedelta(days=99)
    await communities.keeping.tend()
    assert await asked(communities, "wifi code")


async def test_thirty_days_after_the_removal_all_is_gone(
    communities: Communities, clock: Clock
) -> None:
    await communities.keeping.left(HERE)
    clock.now += timedelta(days=15)
    await communities.keeping.left(HERE)
    clock.now += timedelta(days=15)
    await communities.keeping.tend()
    assert await asked(communities, "wifi code") is None
    assert await communities.keeping.known("discord:") == ()


async def test_removals_and_returns_missed_while_down_are_noticed_at_start(
    communities: Communities, clock: Clock
) -> None:
    await person(communities, "Bo", manages=True).does(SetAlone(1))
    other = person(communities, "Cy", manages=True)
    other.place = Place("telegram:3")
    await other.does(SetAlone(1))
    await communities.keeping.present([THERE], "discord:")
    clock.now += timedelta(days=20)
    assert await communities.keeping.known("discord:") == (HERE,)
    await communities.keeping.present([HERE, THERE], "discord:")
    clock.now += timedelta(days=20)
    await communities.keeping.tend()
    assert await asked(communities, "wifi code")
    await communities.keeping.present([], "discord:")
    clock.now += timedelta(days=30)
    await communities.keeping.tend()
    assert await asked(communities, "wifi code") is None
    assert await communities.keeping.known("telegram:") == (Place("telegram:3"),)
