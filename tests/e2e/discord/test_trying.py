"""/faq test: what would be said and why, and what moderators' verdicts on it bring."""

import pytest

from core.matching.recalibration import FEWEST
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym
from tests.e2e.fakes.discord_person import Shown

pytestmark = pytest.mark.usefixtures("published")

RIGHT, WRONG = "The first one is right", "The first one is wrong"
ASKED = "whats the wifi code pls"


async def tried(here: Gym, text: str = ASKED) -> Shown:
    """Ann tries a question."""
    shown = await here.ann.slash(here.channel, "faq test", text=text)
    assert shown.ephemeral and "nothing of it is kept" in words(shown)
    return shown


async def insights(here: Gym) -> str:
    """The numbers, as Ann reads them."""
    return words(await here.ann.slash(here.channel, "faq insights"))


async def test_it_says_what_it_would_do_and_which_wording_was_near(here: Gym) -> None:
    shown = await tried(here)
    assert "I would answer it." in words(shown)
    assert f"%: {WIFI['Question']} It lies nearest to “" in words(shown)
    assert "I would say that I have no reviewed answer." in words(await tried(here, "who won 1966"))
    assert here.channel.messages == []


async def test_a_safety_rule_is_named_and_there_is_nothing_to_judge(here: Gym) -> None:
    shown = await tried(here, "i cant feel my legs since this morning")
    assert "A safety rule would answer alone." in words(shown)
    assert "A safety rule speaks as well: " in words(shown)
    assert RIGHT not in shown.buttons and WRONG not in shown.buttons


async def test_a_verdict_is_one_press_and_is_counted(here: Gym) -> None:
    for label in (RIGHT, WRONG):
        judged = await here.ann.press(await tried(here), label)
        assert judged.edited and "Only numbers are kept, not the question." in words(judged)
    assert "2 verdicts so far." in words(judged)
    assert f"Reviewed questions: 2. From {FEWEST} on" in await insights(here)


async def test_a_verdict_of_who_is_no_moderator_any_more_does_not_count(here: Gym) -> None:
    shown = await tried(here)
    here.server.granted.clear()
    assert "This is for moderators" in words(await here.ann.press(shown, WRONG))


async def test_a_hundred_verdicts_say_how_sure_it_is_until_the_answer_is_another(
    here: Gym,
) -> None:
    for _ in range(FEWEST):
        await here.ann.press(await tried(here), WRONG)
    answer = await here.mia.slash(here.channel, "ask", question=ASKED)
    assert WIFI["Short answer"] not in words(answer)
    assert f"Measured on {FEWEST} reviewed questions: " in await insights(here)
    form = await here.opens(here.ann, "edit")
    changed = await here.ann.submit(form, {"Short answer": "It is on the door now."})
    await here.ann.press(changed, "Send for review")
    await here.bob.press(await here.opens(here.bob, "show"), "Publish")
    answer = await here.mia.slash(here.channel, "ask", question=ASKED)
    assert "It is on the door now." in words(answer)
    assert f"From {FEWEST} on, I measure here" in await insights(here)


# An answer that takes another one's questions


async def test_an_answer_that_takes_others_questions_says_so_at_once_with_them(here: Gym) -> None:
    taken = "are the dents in my lower back normal"
    published = await here.publishes(
        question="Are my dimples OK?", asks=f"{taken}\nare dimples on my back ok"
    )
    assert "Published. Members get this answer from now on." in words(published)
    assert "People who ask like this may get it now, instead of another answer: “" in words(
        published
    )


async def test_an_answer_that_takes_nothing_says_nothing_of_it(here: Gym) -> None:
    published = await here.publishes(question="Where are the lockers?", asks="locker room")
    assert "may get it now" not in words(published)
