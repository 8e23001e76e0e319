"""What comes due on Discord: a year later, and after an upgrade of what came with the bot."""

from datetime import timedelta

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.library import Library
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym
from tests.e2e.fakes.discord_forms import prefilled
from tests.e2e.fakes.discord_person import Shown
from tests.e2e.later import CHANGED, GONE, NEW_WORDS, next_edition, started_anew
from tests.moderating import Clock

pytestmark = pytest.mark.usefixtures("published")

YEAR = timedelta(days=366)
NOTE = "We have a poster about this in the hall."


async def due(here: Gym) -> Shown:
    """What Ann is shown to look at again."""
    shown = await here.ann.slash(here.channel, "faq due")
    assert shown.ephemeral and words(shown).startswith("Due for another look")
    return shown


async def at_shipped(here: Gym, label: str) -> Shown:
    """Ann before an answer that came with the bot, through the list."""
    shown = await here.ann.slash(here.channel, "faq shipped")
    while label not in shown.buttons:
        shown = await here.ann.press(shown, "Next page")
    return await here.ann.press(shown, label)


# A year later


async def test_a_year_later_an_answer_is_due_and_said_to_be_right(here: Gym, clock: Clock) -> None:
    assert "Nothing is due." in words(await due(here))
    clock.now += YEAR
    assert "1 to look at." in words(await due(here))
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)
    one = await here.ann.press(await due(here), WIFI["Question"])
    right = await here.ann.press(one, "It is still right")
    assert "It stays as it is, and comes due again in a year." in words(right)
    assert "It is still right" not in right.buttons and "Nothing is due." in words(await due(here))
    history = await here.ann.press(right, "History")
    assert "4. looked at again by ann, 26 November 2027" in words(history)
    clock.now += YEAR
    assert "1 to look at." in words(await due(here))


async def test_what_is_due_may_be_written_anew_instead(here: Gym, clock: Clock) -> None:
    clock.now += YEAR
    one = await here.ann.press(await due(here), WIFI["Question"])
    form = await here.ann.press(one, "Change it")
    changed = await here.ann.submit(form, {"Short answer": "It is on the door now."})
    await here.ann.press(changed, "Send for review")
    await here.bob.press(await here.opens(here.bob, "show"), "Publish")
    assert "Nothing is due." in words(await due(here))


async def test_the_doctor_counts_what_is_due_and_what_waits(here: Gym, clock: Clock) -> None:
    fine = words(await here.ann.slash(here.channel, "faq doctor"))
    assert "✓ No answer of yours is due." in fine and "✓ Nothing waits for a moderator." in fine
    clock.now += YEAR
    form = await here.mia.slash(here.channel, "propose")
    await here.mia.submit(form, WIFI | {"Question": "Where are the lockers?"})
    ill = words(await here.ann.slash(here.channel, "faq doctor"))
    assert "✗ Answers and notes to look at again: 1. You find them under “Due”." in ill
    assert "✗ Answers that wait for a moderator: 1." in ill


# After an upgrade


async def test_after_an_upgrade_notes_and_hidden_answers_it_touched_are_listed(
    here: Gym, shipped: Shipped, library: Library, database_url: str, clock: Clock
) -> None:
    venus, gone = library.entries[CHANGED], library.entries[GONE]
    form = await here.ann.press(await at_shipped(here, venus.label), "Write a note")
    await here.ann.submit(form, {"Note": NOTE})
    await here.ann.press(await at_shipped(here, gone.label), "Hide it here")
    assert "Nothing is due." in words(await due(here))
    edition = next_edition(shipped)
    newer = Desk(edition.engine(), Communities(Database(database_url), edition, clock))
    async with started_anew(here.bot, newer):
        listed = await due(here)
        assert "2 to look at." in words(listed)
        said = f"“{venus.question}” was changed by an update since this was written: “{NOTE}”"
        assert said in words(listed) and f"“{GONE}” is no longer there" in words(listed)
        answer = await here.mia.slash(here.channel, "ask", question=venus.question)
        assert NEW_WORDS in words(answer) and NOTE in words(answer)
        seen = await here.ann.press(listed, venus.label)
        assert NEW_WORDS in words(seen) and NOTE in words(seen)
        checked = await here.ann.press(await due(here), "It is still right")
        assert "It stays as it is." in words(checked)
        left = await due(here)
        assert venus.question not in words(left)
        await here.ann.press(left, "Take back 2")
        assert "Nothing is due." in words(await due(here))
        answer = await here.mia.slash(here.channel, "ask", question=venus.question)
        assert NOTE in words(answer)


async def test_an_upgrade_that_touches_nothing_lists_nothing(
    here: Gym, shipped: Shipped, library: Library, database_url: str, clock: Clock
) -> None:
    await here.ann.press(
        await at_shipped(here, library.entries["tight-band"].label), "Hide it here"
    )
    edition = next_edition(shipped)
    newer = Desk(edition.engine(), Communities(Database(database_url), edition, clock))
    async with started_anew(here.bot, newer):
        assert "Nothing is due." in words(await due(here))


# What is shipped is not rewritten


async def test_a_note_that_is_not_fit_is_kept_and_said_in_words(
    here: Gym, library: Library
) -> None:
    venus = library.entries[CHANGED]
    form = await here.ann.press(await at_shipped(here, venus.label), "Write a note")
    told = await here.ann.submit(form, {"Note": "This is **guaranteed**."})
    assert "Note: please write plain sentences, without “**”" in words(told)
    answer = await here.mia.slash(here.channel, "ask", question=venus.question)
    assert "guaranteed" not in words(answer)
    form = await here.ann.press(told, "Write a note")
    assert form.form and dict(prefilled(form.form))["Note"] == "This is **guaranteed**."
    await here.ann.submit(form, {"Note": NOTE})
    answer = await here.mia.slash(here.channel, "ask", question=venus.question)
    assert f"The moderators here add: {NOTE}" in words(answer)


async def test_what_a_safety_rule_leads_to_cannot_be_hidden(here: Gym, library: Library) -> None:
    needed = library.entries["urgent-signs"]
    told = await here.ann.press(await at_shipped(here, needed.label), "Hide it here")
    assert "so it can't be hidden" in words(told)
    one = await at_shipped(here, needed.label)
    back = await here.ann.press(one, "Answers that came with me")
    assert words(back).startswith("Answers that came with me")
    answer = await here.mia.slash(here.channel, "ask", question=needed.question)
    assert needed.short[:40] in words(answer)
