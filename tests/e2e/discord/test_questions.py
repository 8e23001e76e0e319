"""Every way a question asked in vain can take on Discord, and when it is shown at all."""

from datetime import timedelta

import pytest

from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym
from tests.e2e.fakes.discord_person import Shown
from tests.moderating import Clock

pytestmark = pytest.mark.usefixtures("published")

SORT = "What should answer this?"
PARKING = ("where can i park my car", "can i park my car here", "Is there parking for my car?")
ALARMING = (
    "i cant feel my legs since this morning",
    "my baby has a hole above the bum where can i park my car",
    "tell me how many calories i should eat to get them",
)


async def asks(here: Gym, *texts: str) -> None:
    """Mia asks, one after another."""
    for text in texts:
        await here.mia.slash(here.channel, "ask", question=text)


async def inbox(here: Gym) -> Shown:
    """What Ann finds in the inbox."""
    return await here.ann.slash(here.channel, "faq inbox")


async def first(here: Gym) -> Shown:
    """The first question in it, opened."""
    shown = await inbox(here)
    return await here.ann.press(shown, shown.buttons[0])


async def test_one_that_came_once_waits_until_another_means_the_same(here: Gym) -> None:
    await asks(here, PARKING[0], "when does the pool open")
    assert "Nothing to look at." in words(await inbox(here))
    await asks(here, PARKING[1])
    shown = await inbox(here)
    assert "1 questions came at least 2 times" in words(shown)
    assert shown.buttons[0] == f"{PARKING[0]} (2)"
    question = words(await first(here))
    assert all(f"“{said}”" in question for said in PARKING[:2])


async def test_how_many_must_be_alike_and_for_how_long_is_chosen_in_the_settings(
    here: Gym, clock: Clock
) -> None:
    settings = await here.ann.slash(here.channel, "faq settings")
    await here.ann.press(settings, "Show from 3 alike on")
    settings = await here.ann.press(settings, "Keep questions 60 days")
    assert "kept for 60 days, and shown once 3 mean the same" in words(settings)
    await asks(here, *PARKING[:2])
    assert "Nothing to look at." in words(await inbox(here))
    await asks(here, PARKING[2])
    clock.now += timedelta(days=59)
    assert "1 questions came at least 3 times" in words(await inbox(here))
    clock.now += timedelta(days=2)
    assert "Nothing to look at." in words(await inbox(here))


async def test_after_thirty_days_it_is_gone(here: Gym, clock: Clock) -> None:
    await asks(here, *PARKING)
    clock.now += timedelta(days=31)
    assert "Nothing to look at." in words(await inbox(here))


async def test_one_that_is_ignored_stays_away_also_in_other_words(here: Gym) -> None:
    await asks(here, *PARKING[:2])
    assert "Ignored" in words(await here.ann.press(await first(here), "Ignore"))
    await asks(here, PARKING[2], PARKING[2])
    assert "Nothing to look at." in words(await inbox(here))


async def test_one_becomes_another_wording_of_an_answer_and_that_is_taken_back(here: Gym) -> None:
    await asks(here, *PARKING[:2])
    fitting = await here.ann.press(await first(here), "An answer here fits")
    while WIFI["Question"] not in fitting.buttons:
        fitting = await here.ann.press(fitting, "Next page")
    learnt = await here.ann.press(fitting, WIFI["Question"])
    taught = f"also answers: “{PARKING[0]}” “{PARKING[1]}” (ann, 25 November 2026)"
    assert f"“{WIFI['Question']}” {taught}" in words(learnt)
    assert "Nothing to look at." in words(await inbox(here))
    answer = await here.mia.slash(here.channel, "ask", question=PARKING[1])
    assert WIFI["Short answer"] in words(answer)
    assert "It no longer holds." in words(await here.ann.press(learnt, "Take back 1"))
    answer = await here.mia.slash(here.channel, "ask", question=PARKING[1])
    assert WIFI["Short answer"] not in words(answer)


async def test_an_answer_that_is_wrong_for_it_is_never_given_until_that_is_taken_back(
    here: Gym,
) -> None:
    wrong = "what is the wifi password of my neighbour"
    message = here.channel.post(here.mia, wrong)
    answer = await here.mia.slash(here.channel, "ask", question=wrong)
    assert WIFI["Question"] in answer.text
    sorting = await here.ann.context_menu(message, SORT)
    barring = await here.ann.press(sorting, "Never give this answer")
    learnt = await here.ann.press(barring, WIFI["Question"])
    assert f"“{WIFI['Question']}” never answers: “{wrong}” (ann," in words(learnt)
    answer = await here.mia.slash(here.channel, "ask", question=wrong)
    assert WIFI["Question"] not in answer.text
    await here.ann.press(learnt, "Take back 1")
    answer = await here.mia.slash(here.channel, "ask", question=wrong)
    assert WIFI["Question"] in answer.text


@pytest.mark.parametrize("text", ALARMING)
async def test_what_a_safety_rule_noticed_is_never_shown(here: Gym, text: str) -> None:
    await asks(here, text, text, text)
    assert "Nothing to look at." in words(await inbox(here))


async def test_what_is_taught_does_not_come_before_a_safety_rule(here: Gym) -> None:
    alarming = "how do i lose weight fast"
    message = here.channel.post(here.mia, alarming)
    assert "A safety rule speaks here" in words(await here.ann.context_menu(message, SORT))
    form = await here.opens(here.ann, "edit")
    changed = await here.ann.submit(form, {"Other wordings": alarming})
    await here.ann.press(changed, "Send for review")
    await here.bob.press(await here.opens(here.bob, "show"), "Publish")
    answer = await here.mia.slash(here.channel, "ask", question=alarming)
    assert WIFI["Short answer"] not in words(answer)


async def test_what_was_asked_in_vain_and_what_helped_stand_in_the_insights(here: Gym) -> None:
    await asks(here, *PARKING)
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    await here.mia.press(answer, "That helped")
    await here.bob.press(answer, "Not what I asked")
    told = words(await here.ann.slash(here.channel, "faq insights"))
    assert "4 questions: 1 answered, 0 answered with a choice, 3 left without an answer" in told
    assert "Answers helped 1 times. 1 times people said" in told
    assert f"Asked most: {WIFI['Question']} (1)" in told
    assert f"Asked in vain most: {PARKING[0]} (3)" in told
    assert "Last seven days: 4 questions. The seven before: 0." in told
