"""Every button of every screen for moderators is held against who presses it, and when."""

import pytest

from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym
from tests.e2e.fakes.discord_person import Shown

SCREENS = (
    *("menu", "list", "review", "inbox", "taught", "shipped", "due"),
    *("insights", "settings", "doctor"),
)
FILE = b'entries:\n- {id: tea, question: Is there tea?, short: "Yes, at the desk."}\n'


@pytest.fixture
async def here(here: Gym) -> Gym:
    """A server with an answer of its own, and a question asked in vain."""
    await here.publishes()
    for asked in ("where can i park my car", "can i park my car here"):
        await here.mia.slash(here.channel, "ask", question=asked)
    return here


async def screens(here: Gym) -> list[Shown]:
    """What Ann sees as long as she looks after the answers."""
    seen = [await here.ann.slash(here.channel, f"faq {name}") for name in SCREENS]
    seen.append(await here.ann.slash(here.channel, "faq test", text="wifi code"))
    seen.append(await here.ann.slash(here.channel, "faq import", file=("faq.yaml", FILE)))
    history = await here.opens(here.ann, "history")
    seen += [history, await here.ann.press(history, "Version 1")]
    inbox = await here.ann.slash(here.channel, "faq inbox")
    seen.append(await here.ann.press(inbox, inbox.buttons[0]))
    shipped = await here.ann.slash(here.channel, "faq shipped")
    seen.append(await here.ann.press(shipped, "Why Venus?"))
    return seen


async def test_who_is_no_moderator_any_more_presses_in_vain_whatever_it_is(here: Gym) -> None:
    seen = await screens(here)
    forms = [await here.opens(here.ann, "edit"), await here.ann.slash(here.channel, "faq add")]
    here.server.granted.clear()
    for screen in seen:
        assert screen.custom_ids
        for label, custom_id in screen.custom_ids.items():
            if custom_id.startswith("f"):
                refused = await here.ann.press_id(screen, custom_id)
                assert "This is for moderators" in words(refused), (words(screen)[:40], label)
                assert refused.files == {} and refused.form is None
    for form in forms:
        assert "This is for moderators" in words(await here.ann.submit(form, WIFI))
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)
