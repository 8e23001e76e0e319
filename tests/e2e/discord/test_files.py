"""Answers go into files and come back, and a server shares its own with another place."""

from datetime import timedelta

import pytest
import yaml

from bots.desk import Desk
from core.community.own.text import Text
from core.community.own.transfer import LARGEST
from core.community.protocol.command import Propose
from core.community.protocol.curation import UseCode
from core.community.protocol.outcome import Logged, Told
from core.community.protocol.permissions import Facts
from core.content.library import Library
from core.dialogue.place import Place
from core.dialogue.request import Ask
from tests.e2e.discord.bot import words
from tests.e2e.discord.moderating import WIFI, Gym, gym
from tests.e2e.fakes.discord_person import Shown
from tests.moderating import Clock

pytestmark = pytest.mark.usefixtures("published")

TYPES = b"entries: {a: 1}\n"
TWICE = b"entries:\n- {id: a, question: A?, short: A.}\n- {id: a, question: B?, short: B.}\n"
TWO = b"""entries:
- {id: tea, question: Is there tea?, short: "Yes, at the desk."}
- {id: pool, question: Is there a pool?, short: "Yes, behind the house."}
"""
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nentries: [*b,*b,*b,*b,*b,*b]\n"
TELEGRAM = Place("telegram:-100")
KIM = Facts("telegram:7", "Kim", manages=True)


async def exported(here: Gym, **given: str) -> bytes:
    """What Ann gets as a file."""
    shown = await here.ann.slash(here.channel, "faq export", **given)
    assert shown.ephemeral and list(shown.files) == ["faq.yaml"]
    return shown.files["faq.yaml"]


async def imported(there: Gym, data: bytes, name: str = "faq.yaml") -> Shown:
    """What Ann of another server is shown for a file."""
    return await there.ann.slash(there.channel, "faq import", file=(name, data))


async def test_answers_go_to_another_server_by_a_file(here: Gym) -> None:
    there = gym(here.bot)
    shown = await imported(there, await exported(here))
    assert shown.ephemeral and f"New: {WIFI['Question']}" in words(shown)
    assert "Nothing is changed yet." in words(shown)
    taken = await there.ann.press(shown, "Take the whole file")
    assert taken.edited and "1 answers were taken from the file." in words(taken)
    seen = await there.opens(there.bob, "show")
    assert WIFI["Short answer"] in words(seen) and "Publish" in seen.buttons


async def test_one_answer_goes_alone(here: Gym) -> None:
    await here.adds(here.ann, question="Where are the lockers?", asks="")
    ((_, slug),) = await here.ann.typing(here.channel, "faq export", entry="lockers")
    data = yaml.safe_load(await exported(here, entry=slug))
    assert [entry["question"] for entry in data["entries"]] == ["Where are the lockers?"]
    assert len(yaml.safe_load(await exported(here))["entries"]) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        BOMB.encode(),
        TYPES,
        TWICE,
        b"\x89PNG\r\n\x1a\n\0\0",
        b"",
    ],
    ids=["HTML", "billion laughs", "wrong types", "duplicate ids", "a picture", "nothing"],
)
async def test_a_hostile_file_changes_nothing_and_is_said_in_words(here: Gym, data: bytes) -> None:
    told = await imported(here, data)
    assert "I can't take this file" in words(told) or "Nothing new in it" in words(told)
    listed = await here.ann.slash(here.channel, "faq list")
    assert "1 in all." in words(listed)


async def test_a_file_that_is_far_too_large_is_not_even_fetched(here: Gym) -> None:
    here.bot.fake._state.fetched.clear()
    told = await imported(here, b"entries: []\n" + b"#" * 10_000_000)
    assert "the file is larger than" in words(told) and here.bot.fake._state.fetched == []
    await imported(here, b"#" * LARGEST)
    assert len(here.bot.fake._state.fetched) == 1


async def test_what_was_taught_and_noted_goes_along_with_the_whole_file(
    here: Gym, library: Library
) -> None:
    venus = library.entries["why-venus"]
    shipped = await here.ann.press(await here.ann.slash(here.channel, "faq shipped"), venus.label)
    form = await here.ann.press(shipped, "Write a note")
    await here.ann.submit(form, {"Note": "We have a poster about this in the hall."})
    there = gym(here.bot)
    shown = await imported(there, await exported(here))
    assert "Taught in the file: 1. Taken with the whole file only." in words(shown)
    await there.ann.press(shown, "Take the whole file")
    answer = await there.mia.slash(there.channel, "ask", question=venus.question)
    assert "The moderators here add: We have a poster" in words(answer)


async def test_of_a_file_one_answer_may_be_taken_alone(here: Gym) -> None:
    shown = await imported(here, TWO)
    assert "1. New: Is there tea?" in words(shown) and "2. New: Is there a pool?" in words(shown)
    taken = await here.ann.press(shown, "Take number 2")
    listed = await here.ann.press(taken, "All answers")
    assert "Is there a pool?" in listed.buttons and "Is there tea?" not in listed.buttons


async def test_of_an_answer_that_is_there_the_file_shows_what_would_change(here: Gym) -> None:
    data = (await exported(here)).replace(b"Ask at the desk.", b"Ask Ben.")
    shown = await imported(here, data)
    assert f"Changed: “{WIFI['Question']}” (Short answer)" in words(shown)
    await here.ann.press(shown, "Take the whole file")
    assert "Ask Ben." in words(await here.opens(here.bob, "show"))
    answer = await here.mia.slash(here.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)  # another moderator has to publish it


async def test_an_answer_that_is_shown_goes_alone_by_a_button(here: Gym) -> None:
    await here.adds(here.ann, question="Where are the lockers?", asks="")
    shown = await here.ann.press(await here.opens(here.ann, "show"), "Export as a file")
    data = yaml.safe_load(shown.files["faq.yaml"])
    assert [entry["question"] for entry in data["entries"]] == [WIFI["Question"]]


async def test_members_get_no_file_and_bring_none(here: Gym) -> None:
    here.server.open("faq", here.server.role("Regulars", here.mia))
    refused = await here.mia.slash(here.channel, "faq export")
    assert "This is for moderators" in words(refused) and refused.files == {}
    taken = await here.mia.slash(here.channel, "faq import", file=("faq.yaml", b"entries: []"))
    assert "This is for moderators" in words(taken)


# Sharing with another place


async def code_of(here: Gym) -> str:
    """The code that Ann gets in the settings."""
    settings = await here.ann.slash(here.channel, "faq settings")
    shown = await here.ann.press(settings, "Share with another place")
    assert shown.ephemeral
    (line,) = (one for one in words(shown).split("\n") if one.startswith("The code: "))
    return line.removeprefix("The code: ")


async def test_two_servers_share_one_faq_by_a_code(here: Gym) -> None:
    code, there = await code_of(here), gym(here.bot)
    settings = await there.ann.slash(there.channel, "faq settings")
    form = await there.ann.press(settings, "Join another place")
    joined = await there.ann.submit(form, {"Code": code})
    assert "Joined" in words(joined)
    answer = await there.mia.slash(there.channel, "ask", question=WIFI["Question"])
    assert WIFI["Short answer"] in words(answer)
    form = await there.opens(there.ann, "edit")
    await there.ann.submit(form, {"Short answer": "Changed from the other server."})
    seen = await here.opens(here.bob, "show")
    assert "Changed from the other server." in words(seen)


async def joins(there: Gym, code: str) -> str:
    """What Ann of another server is told when she writes a code."""
    settings = await there.ann.slash(there.channel, "faq settings")
    form = await there.ann.press(settings, "Join another place")
    return words(await there.ann.submit(form, {"Code": code}))


async def test_a_code_is_good_once_and_for_an_hour(here: Gym, clock: Clock) -> None:
    second, third = gym(here.bot), gym(here.bot)
    late, code = await code_of(here), await code_of(here)
    assert "Joined" in await joins(second, code)
    assert "That code doesn't fit" in await joins(third, code)
    clock.now += timedelta(hours=1)
    assert "That code doesn't fit" in await joins(third, late)


async def test_a_wrong_code_changes_nothing(here: Gym) -> None:
    there = gym(here.bot)
    settings = await there.ann.slash(there.channel, "faq settings")
    form = await there.ann.press(settings, "Join another place")
    told = await there.ann.submit(form, {"Code": "nonsense"})
    assert "That code doesn't fit" in words(told)


async def test_a_linked_telegram_group_has_the_same_answers_and_hears_of_its_suggestions(
    here: Gym,
) -> None:
    heard: list[Told | Logged] = []

    async def hear(word: Told | Logged) -> bool:
        heard.append(word)
        return True

    desk = here.bot.desk
    desk.senders["telegram:"] = hear
    await desk.manage(UseCode(Text(question=await code_of(here))), TELEGRAM, KIM)
    turn = await desk.reply(Ask(WIFI["Question"]), TELEGRAM)
    assert WIFI["Short answer"] in turn.reply.paragraphs
    await _suggested_on_telegram(desk)
    queue = await here.ann.slash(here.channel, "faq review")
    await here.ann.press(await here.ann.press(queue, "Where are the lockers?"), "Publish")
    (word,) = heard
    assert isinstance(word, Told) and word.actor == "telegram:8"


async def _suggested_on_telegram(desk: Desk) -> None:
    lee = Facts("telegram:8", "Lee")
    text = Text(question="Where are the lockers?", short="Down the stairs.")
    outcome = await desk.manage(Propose(text), TELEGRAM, lee)
    assert outcome.done


async def test_the_text_of_a_file_can_be_pasted_into_a_form_as_well(here: Gym) -> None:
    there, data = gym(here.bot), await exported(here)
    menu = await there.ann.slash(there.channel, "faq menu")
    form = await there.ann.press(menu, here.bot.desk.wording.curating.transfer.file_title)
    shown = await there.ann.submit(form, {form.fields[0]: data.decode()})
    assert shown.edited and f"New: {WIFI['Question']}" in words(shown)
