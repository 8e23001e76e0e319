"""The guided check on Discord: by buttons, for one person's eyes, without a memory."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bots.desk import Desk
from core.content.library import Library
from core.dialogue.engine import Engine
from core.matching.fused import FusedMatcher
from tests.e2e.checks import OUTCOMES, left_in, paths, shipped
from tests.e2e.discord.bot import Bot, running, words
from tests.e2e.fakes.discord_person import NotPossible, Person, Shown
from tests.e2e.fakes.discord_world import Channel


@pytest.fixture(scope="module")
def walks(library: Library) -> dict[str, list[str]]:
    """The buttons to each outcome."""
    return paths(shipped(library))


async def begun(who: Person, where: Channel) -> Shown:
    """The first question."""
    return await who.press(await who.slash(where, "check"), "Begin")


async def walked(who: Person, shown: Shown, *buttons: str) -> Shown:
    """What is shown after these buttons; each must change the one message in place."""
    for button in buttons:
        before, shown = shown, await who.press(shown, button)
        assert shown.id == before.id and shown.edited
    return shown


def pressable(shown: Shown, label: str) -> str:
    """What a button of a message holds."""
    return next(str(p["custom_id"]) for p in shown.parts() if p.get("label") == label)


@pytest.mark.parametrize("outcome", OUTCOMES)
async def test_the_whole_check_by_buttons_to_each_outcome(
    bot: Bot, library: Library, walks: dict[str, list[str]], outcome: str
) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    shown = await walked(ann, await begun(ann, channel), *walks[outcome])
    (wanted,) = (one for one in shipped(library).outcomes if one.id == outcome)
    assert words(shown).startswith(wanted.title) and shown.ephemeral
    assert channel.messages == [] and bob.sees(channel) == []
    if wanted.alone:
        assert shown.buttons == ["Back"]
    else:
        assert bot.desk.wording.evidence[wanted.evidence] in words(shown)
        grounds = await ann.press(shown, "Evidence and sources")
        assert all(library.claims[id].text in words(grounds) for id in wanted.claims)


def test_there_is_a_walk_to_each_of_the_twelve(walks: dict[str, list[str]]) -> None:
    assert set(walks) == set(OUTCOMES) and len(OUTCOMES) == 12


async def test_back_from_every_question_and_why(bot: Bot, walks: dict[str, list[str]]) -> None:
    ann = bot.fake.person("ann")
    shown, seen = await begun(ann, bot.channel()), list[Shown]()
    for number, button in enumerate(walks["pair"], 1):
        assert f"Question {number} of 7." in words(shown)
        why = await ann.press(shown, "Why do you ask?")
        assert len(words(why)) > len(words(shown))
        again = await ann.press(why, "Back")
        assert words(again) == words(shown)
        seen.append(shown)
        shown = await ann.press(again, button)
    for before in reversed(seen):
        shown = await ann.press(shown, "Back")
        assert words(shown) == words(before)
    assert words(await ann.press(shown, "Back")).startswith("Do I have them?")


async def test_stop_ends_it_and_one_may_start_again(bot: Bot, walks: dict[str, list[str]]) -> None:
    ann = bot.fake.person("ann")
    shown = await walked(ann, await begun(ann, bot.channel()), *walks["pair"][:3], "Stop")
    assert words(shown).startswith(bot.desk.wording.screens.stopped.title)
    shown = await walked(ann, shown, "Start again", "Begin")
    assert "Question 1 of 7." in words(shown)


async def test_nobody_else_can_press_and_a_forged_press_begins_a_check_of_their_own(
    bot: Bot, walks: dict[str, list[str]]
) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    shown = await walked(ann, await begun(ann, channel), *walks["pair"][:3])
    with pytest.raises(NotPossible):
        await bob.press(shown, walks["pair"][3])
    public = await bob.slash(channel, "ask", question="are they genetic")
    stolen = await bob.press_id(public, pressable(shown, walks["pair"][3]))
    assert stolen.ephemeral and stolen.buttons == ["Begin", "All topics"]
    assert "Question" not in words(stolen)


async def test_it_goes_on_after_a_restart_and_days_later(
    bot: Bot, walks: dict[str, list[str]]
) -> None:
    ann = bot.fake.person("ann")
    shown = await walked(ann, await begun(ann, bot.channel()), *walks["pair"][:4])
    await bot.restart()
    shown = await walked(ann, shown, *walks["pair"][4:])
    assert words(shown).startswith("That matches what people call dimples of Venus")


async def test_an_old_edition_says_so(
    library: Library, matcher: FusedMatcher, desk: Desk, walks: dict[str, list[str]]
) -> None:
    check = shipped(library)
    turned = check.model_copy(update={"questions": tuple(reversed(check.questions))})
    changed = Desk(Engine(replace(library, assessments={check.id: turned}), matcher))
    async with running(changed) as bot:
        ann = bot.fake.person("ann")
        shown = await begun(ann, bot.channel())
        await bot.stop()
        bot.desk = desk
        await bot.start()
        shown = await ann.press(shown, turned.questions[0].options[0].label)
        assert words(shown).startswith(desk.wording.screens.changed.title)
        assert "Question 1 of 7." in words(await walked(ann, shown, "Start again", "Begin"))


async def test_forged_and_truncated_presses_only_lead_to_what_anyone_may_see(
    bot: Bot, walks: dict[str, list[str]]
) -> None:
    ann, screens = bot.fake.person("ann"), bot.desk.wording.screens
    shown = await walked(ann, await begun(ann, bot.channel()), *walks["pair"][:3])
    whole = pressable(shown, walks["pair"][3])
    id = "do-i-have-them"
    forged = [whole[:cut] for cut in range(1, len(whole))]
    forged += [whole[:5] + "99_" + id, whole[:5] + "A" * 40 + "_" + id, "qAAAA_gone", "cgone"]
    for data in forged:
        reply = await ann.press_id(shown, data)
        titles = (
            screens.stale.title,
            screens.changed.title,
            "Do I have them?",
            screens.topics.title,
        )
        assert words(reply).startswith(titles), data


async def test_two_presses_at_once_show_one_question(bot: Bot, walks: dict[str, list[str]]) -> None:
    ann = bot.fake.person("ann")
    shown = await begun(ann, bot.channel())
    twice = await asyncio.gather(*(ann.press(shown, walks["pair"][0]) for _ in range(2)))
    assert {words(each) for each in twice} == {words(twice[0])}
    assert "Question 2 of 7." in words(ann.look(shown))
    second = twice[0]
    both = await asyncio.gather(ann.press(second, "Stop"), ann.press(second, walks["pair"][1]))
    assert words(ann.look(shown)) in {words(each) for each in both}


async def test_it_is_found_from_the_topics_and_by_its_title(bot: Bot, library: Library) -> None:
    channel, ann, check = bot.channel(), bot.fake.person("ann"), shipped(library)
    first = await ann.press(await ann.slash(channel, "topics"), check.label)
    assert words(first).startswith(check.title)
    offered = await ann.typing(channel, "ask", question="do i have")
    assert offered[-1] == (check.title, check.title)
    asked = await ann.slash(channel, "ask", question=check.title)
    assert asked.ephemeral and asked.buttons == ["Begin", "All topics"]


async def test_nothing_of_the_answers_is_written_anywhere(
    bot: Bot, walks: dict[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log is at DEBUG; whatever is written lands in the folder that the process works in."""
    monkeypatch.chdir(tmp_path)
    ann, pressed = bot.fake.person("ann"), set[str]()
    shown = await begun(ann, bot.channel())
    for button in [*walks["procedures"], "Evidence and sources", "Back", "Back", "Stop"]:
        pressed.add(pressable(shown, button))
        shown = await ann.press(shown, button)
    assert len(pressed) > 7
    for secret in {*pressed, *walks["procedures"], "do-i-have-them"}:
        assert secret not in bot.journal.written
    assert left_in(tmp_path) == []
