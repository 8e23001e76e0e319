"""The guided check on Telegram: in the private chat, from a group by a link, without a memory."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bots.desk import Desk
from core.content.library import Library
from core.dialogue.engine import Engine
from core.matching.fused import FusedMatcher
from tests.e2e.checks import OUTCOMES, left_in, paths, shipped
from tests.e2e.fakes.telegram_person import PATIENCE, Person
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.telegram.bot import Bot, running


@pytest.fixture(scope="module")
def walks(library: Library) -> dict[str, list[str]]:
    """The buttons to each outcome."""
    return paths(shipped(library))


async def pressed(who: Person, shown: Shown, button: str) -> Shown:
    """The message as it is after a press, however long a busy machine takes for it."""
    mark = len(who.world.edits)
    await who.press(shown, button)
    await who.world.pulse.until(lambda: who._edited(shown, mark), PATIENCE)
    edits = who._edited(shown, mark)
    assert edits, button
    return edits[-1]


async def begun(who: Person) -> Shown:
    """The first question."""
    return await pressed(who, await who.say(who.private(), "/check"), "Begin")


async def walked(who: Person, shown: Shown, *buttons: str) -> Shown:
    """What is shown after these buttons."""
    for button in buttons:
        shown = await pressed(who, shown, button)
    return shown


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_the_whole_check_by_buttons_to_each_outcome(
    bot: Bot, library: Library, walks: dict[str, list[str]], outcome: str
) -> None:
    ann = bot.fake.person("ann")
    shown = await walked(ann, await begun(ann), *walks[outcome])
    (wanted,) = (one for one in shipped(library).outcomes if one.id == outcome)
    assert shown.text.startswith(wanted.title)
    if wanted.alone:
        assert shown.buttons == ["Back"]
    else:
        assert bot.desk.wording.evidence[wanted.evidence] in shown.text
        grounds = await pressed(ann, shown, "Evidence and sources")
        assert all(library.claims[id].text in grounds.text for id in wanted.claims)


async def test_back_from_every_question_and_why(bot: Bot, walks: dict[str, list[str]]) -> None:
    ann = bot.fake.person("ann")
    shown, seen = await begun(ann), list[str]()
    for number, button in enumerate(walks["pair"], 1):
        assert f"Question {number} of 7." in shown.text
        why = await pressed(ann, shown, "Why do you ask?")
        assert len(why.text) > len(shown.text)
        again = await pressed(ann, why, "Back")
        assert again.text == shown.text
        seen.append(shown.text)
        shown = await pressed(ann, again, button)
    for before in reversed(seen):
        shown = await pressed(ann, shown, "Back")
        assert shown.text == before
    assert (await pressed(ann, shown, "Back")).text.startswith("Do I have them?")


async def test_stop_ends_it_and_one_may_start_again(bot: Bot, walks: dict[str, list[str]]) -> None:
    ann = bot.fake.person("ann")
    shown = await walked(ann, await begun(ann), *walks["pair"][:3], "Stop")
    assert shown.text.startswith(bot.desk.wording.screens.stopped.title)
    shown = await walked(ann, shown, "Start again", "Begin")
    assert "Question 1 of 7." in shown.text


async def test_from_a_group_it_opens_in_private_by_a_link(bot: Bot, library: Library) -> None:
    group, ann, ben = bot.fake.group("Gym"), bot.fake.person("ann"), bot.fake.person("ben")
    door = await ann.say(group, "/check")
    assert door.text.startswith(shipped(library).title) and door.buttons == ["Open it privately"]
    for who in (ann, ben):
        opened = await who.follow((await who.press(door, "Open it privately")).url or "")
        assert opened.chat is who.private() and opened.buttons == ["Begin", "All topics"]
    assert bot.fake.edits == []


async def test_the_help_in_a_group_leads_there_as_well(bot: Bot, library: Library) -> None:
    group, ann = bot.fake.group("Gym"), bot.fake.person("ann")
    shown = await ann.say(group, "/help")
    opened = await ann.follow((await ann.press(shown, shipped(library).label)).url or "")
    assert opened.buttons == ["Begin", "All topics"]


async def test_a_press_in_a_group_carries_no_answers_of_anyone(
    bot: Bot, walks: dict[str, list[str]]
) -> None:
    group, ann, ben = bot.fake.group("Gym"), bot.fake.person("ann"), bot.fake.person("ben")
    shown = await walked(ann, await begun(ann), *walks["pair"][:3])
    stolen = shown.data[walks["pair"][3]]
    with pytest.raises(AssertionError):
        await ben.press(shown, walks["pair"][3])
    door = await ben.say(group, "/check")
    opened = await ben.follow((await ben.press_data(door, stolen)).url or "")
    assert opened.buttons == ["Begin", "All topics"]
    assert (await ben.start(stolen)).buttons == ["Begin", "All topics"]


async def test_inline_and_as_a_guest_it_is_offered_by_a_link(bot: Bot, library: Library) -> None:
    ann, far, check = bot.fake.person("ann"), bot.fake.group("Far", bot=False), shipped(library)
    results = await ann.inline("do i have")
    sent = await ann.pick(results.titled(check.title), far)
    assert sent.buttons == ["Open it privately"]
    opened = await ann.follow((await ann.press(sent, "Open it privately")).url or "")
    assert opened.chat is ann.private() and opened.buttons == ["Begin", "All topics"]
    guest = await ann.guest(check.title)
    assert guest.buttons == ["Open it privately"]
    hello = await ann.guest("hello")
    assert check.label in hello.buttons


async def test_it_goes_on_after_a_restart_and_days_later(
    bot: Bot, walks: dict[str, list[str]]
) -> None:
    ann = bot.fake.person("ann")
    shown = await walked(ann, await begun(ann), *walks["pair"][:4])
    await bot.stop()
    await bot.start()
    shown = await walked(ann, shown, *walks["pair"][4:])
    assert shown.text.startswith("That matches what people call dimples of Venus")


async def test_an_old_edition_says_so(library: Library, matcher: FusedMatcher, desk: Desk) -> None:
    check = shipped(library)
    turned = check.model_copy(update={"questions": tuple(reversed(check.questions))})
    changed = Desk(Engine(replace(library, assessments={check.id: turned}), matcher))
    async with running(changed) as bot:
        ann = bot.fake.person("ann")
        shown = await begun(ann)
        await bot.stop()
        bot.desk = desk
        await bot.start()
        shown = await pressed(ann, shown, turned.questions[0].options[0].label)
        assert shown.text.startswith(desk.wording.screens.changed.title)
        assert "Question 1 of 7." in (await walked(ann, shown, "Start again", "Begin")).text


async def test_forged_and_truncated_presses_only_lead_to_what_anyone_may_see(
    bot: Bot, walks: dict[str, list[str]]
) -> None:
    ann, screens = bot.fake.person("ann"), bot.desk.wording.screens
    shown = await walked(ann, await begun(ann), *walks["pair"][:3])
    whole, id = shown.data[walks["pair"][3]], "do-i-have-them"
    forged = [whole[:cut] for cut in (1, 4, 5, 6, 8, 9, 12, len(whole) - 1)]
    forged += [f"{whole[:5]}99_{id}", f"{whole[:5]}{'A' * 40}_{id}", "qAAAA_gone", "cgone"]
    for data in forged:
        after = await ann.press_data(shown, data)
        titles = (
            screens.stale.title,
            screens.changed.title,
            "Do I have them?",
            screens.topics.title,
        )
        assert after.answered
        assert after.edited is None or after.edited.text.startswith(titles), data


async def test_two_presses_at_once_show_one_question(bot: Bot, walks: dict[str, list[str]]) -> None:
    ann = bot.fake.person("ann")
    shown = await begun(ann)
    twice = await asyncio.gather(*(ann.press(shown, walks["pair"][0]) for _ in range(2)))
    assert all(each.answered for each in twice)
    seen = {each.edited.text for each in twice if each.edited}
    assert len(seen) == 1 and "Question 2 of 7." in seen.pop()
    assert bot.fake.sent[-1].text.startswith("Do I have them?")  # nothing new was sent


async def test_nothing_of_the_answers_is_written_anywhere(
    bot: Bot, walks: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is at DEBUG; whatever is written lands in the folder that the process works in."""
    monkeypatch.chdir(tmp_path)
    ann, held = bot.fake.person("ann"), set[str]()
    shown = await begun(ann)
    for button in [*walks["procedures"], "Evidence and sources", "Back", "Back", "Stop"]:
        held.add(shown.data[button])
        shown = await pressed(ann, shown, button)
    assert len(held) > 7
    for secret in {*held, *walks["procedures"], "do-i-have-them"}:
        assert secret not in bot.journal.written
    assert left_in(tmp_path) == []
