"""A group's answers go into a file, come back from one, and are shared with another group."""

from datetime import timedelta

import pytest

from core.content.library import Library
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import WIFI, Hand, admin, at_menu, brought, published
from tests.moderating import Clock

LAUGHS = b"entries: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n"
HOSTILE = {
    "laughs": LAUGHS,
    "types": b"entries: {a: 1}\n",
    "twice": b"entries:\n- {id: a, question: A?, short: A.}\n- {id: a, question: B?, short: B.}\n",
    "html": b"<!doctype html><html><body>hi</body></html>",
    "binary": b"\xff\xfe\x00\x01",
}


async def exported(hand: Hand) -> bytes:
    """The file that comes of a press."""
    bot = hand.bot
    before = len(bot.fake.sent)
    await hand.press("Export")
    await bot.fake.world.pulse.until(lambda: len(bot.fake.sent) > before, 8)
    document = bot.fake.sent[-1].raw["document"]
    return bot.fake.world.files[document["file_id"]]


async def sends(hand: Hand, data: bytes, size: int | None = None) -> Shown:
    """What comes of a file that is sent."""
    bot = hand.bot
    bot.fake.world.files["theirs"] = data
    document = {"file_id": "theirs", "file_unique_id": "u", "file_size": size or len(data)}
    post = hand.who.write(hand.who.private(), "")
    post.document = document
    (hand.seen,) = await brought(bot, 1, lambda: bot.fake.world.deliver(post))
    return hand.seen


async def test_a_file_is_sent_out_and_taken_in_by_another_group(telegram: Bot) -> None:
    gym, chess, mia = (
        telegram.fake.group("Gym"),
        telegram.fake.group("Chess"),
        telegram.fake.person("mia"),
    )
    hand = await published(telegram, gym, admin(telegram, gym, "ann"))
    await hand.press("All answers")
    await hand.press("Menu")
    data = await exported(hand)
    assert WIFI[0].encode() in data
    ben = await at_menu(telegram, chess, admin(telegram, chess, "ben"))
    await ben.press("Settings")
    await ben.press("One moderator is enough")
    await ben.press("All answers")
    await ben.press("Menu")
    await ben.press("Bring answers from a file")
    shown = await sends(ben, data)
    assert shown.text.startswith("What would change") and WIFI[0] in shown.text
    assert WIFI[0] not in (await mia.say(chess, "/ask wifi code")).text
    await ben.press("Take the whole file")
    assert (await mia.say(chess, "/ask wifi code")).text.startswith(WIFI[0])


async def test_what_was_taught_and_noted_goes_along_with_the_whole_file(
    telegram: Bot, library: Library
) -> None:
    gym, chess, mia = (
        telegram.fake.group("Gym"),
        telegram.fake.group("Chess"),
        telegram.fake.person("mia"),
    )
    venus = library.entries["why-venus"]
    hand = await at_menu(telegram, gym, admin(telegram, gym, "ann"))
    await hand.press("Answers that came with me")
    await hand.press(venus.label)
    await hand.press("Write a note")
    await hand.write("We have a poster about this in the hall.")
    data = await exported(await at_menu(telegram, gym, hand.who))
    ben = await at_menu(telegram, chess, admin(telegram, chess, "ben"))
    await ben.press("Bring answers from a file")
    shown = await sends(ben, data)
    assert "Taught in the file: 1. Taken with the whole file only." in shown.text
    await ben.press("Take the whole file")
    answer = (await mia.say(chess, f"/ask {venus.question}")).text
    assert "The moderators here add: We have a poster" in answer


TWO = b"""entries:
- {id: tea, question: Is there tea?, short: "Yes, at the desk."}
- {id: pool, question: Is there a pool?, short: "Yes, behind the house."}
"""


async def test_of_a_file_one_answer_may_be_taken_alone(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Bring answers from a file")
    shown = await sends(hand, TWO)
    assert "1. New: Is there tea?" in shown.text and "2. New: Is there a pool?" in shown.text
    await hand.press("Take number 2")
    listed = await hand.press("All answers")
    assert "Is there a pool?" in listed.buttons and "Is there tea?" not in listed.buttons


async def test_of_an_answer_that_is_there_the_file_shows_what_would_change(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    data = await exported(await at_menu(telegram, group, hand.who))
    hand = await at_menu(telegram, group, hand.who)
    await hand.press("Bring answers from a file")
    shown = await sends(hand, data.replace(b"Ask at the desk.", b"Ask Ben."))
    assert f"Changed: “{WIFI[0]}” (Short answer)" in shown.text
    assert WIFI[1] in (await mia.say(group, "/ask wifi code")).text
    await hand.press("Take the whole file")
    assert "Ask Ben." in (await mia.say(group, "/ask wifi code")).text


async def test_one_answer_goes_alone(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    ann = admin(telegram, group, "ann")
    await published(telegram, group, ann, ["Is there tea?", "Yes, at the desk.", "tea", *WIFI[3:]])
    data = await exported(await published(telegram, group, ann))
    assert WIFI[0].encode() in data and b"Is there tea?" not in data


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_changes_nothing_and_it_is_said_why(telegram: Bot, name: str) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Bring answers from a file")
    shown = await sends(hand, HOSTILE[name])
    assert shown.text.startswith("I can't take this file")


async def test_a_file_that_is_too_large_is_not_even_fetched(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Bring answers from a file")
    shown = await sends(hand, b"x", size=10_000_000)
    assert shown.text.startswith("I can't take this file") and "larger" in shown.text
    assert telegram.fake.asked("getFile") == []


async def test_the_text_of_a_file_may_be_sent_as_a_message(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Bring answers from a file")
    await hand.write("entries:\n- id: tea\n  question: Is there tea?\n  short: Yes, at the desk.")
    assert hand.seen.text.startswith("What would change") and "Is there tea?" in hand.seen.text


async def test_a_file_out_of_the_blue_is_not_looked_at(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    hers = Hand(telegram, mia, await mia.say(mia.private(), "/help"))
    for one in (hand, hers):
        assert (await sends(one, b"entries: []")).text.startswith("I can only read text")
    assert telegram.fake.asked("getFile") == []


async def test_two_groups_share_one_faq_by_a_code(telegram: Bot) -> None:
    gym, chess, mia = (
        telegram.fake.group("Gym"),
        telegram.fake.group("Chess"),
        telegram.fake.person("mia"),
    )
    hand = await published(telegram, gym, admin(telegram, gym, "ann"))
    await hand.press("All answers")
    await hand.press("Menu")
    await hand.press("Settings")
    code = (await hand.press("Share with another place")).text.partition("The code: ")[2].split()[0]
    ben = await at_menu(telegram, chess, admin(telegram, chess, "ben"))
    await ben.press("Settings")
    await ben.press("Join another place")
    await ben.write(code)
    assert (await mia.say(chess, "/ask wifi code")).text.startswith(WIFI[0])


async def test_a_code_is_good_once_and_for_an_hour(telegram: Bot, clock: Clock) -> None:
    groups = [telegram.fake.group(name) for name in ("Gym", "Chess", "Tea")]
    ann = admin(telegram, groups[0], "ann")
    codes = []
    for _ in range(2):
        hand = await at_menu(telegram, groups[0], ann)
        await hand.press("Settings")
        shown = await hand.press("Share with another place")
        codes.append(shown.text.partition("The code: ")[2].split()[0])
    said = [await joins(telegram, group, codes[1]) for group in groups[1:]]
    clock.now += timedelta(hours=1)
    said.append(await joins(telegram, groups[2], codes[0]))
    assert [one.partition("\n")[0] for one in said] == [
        "Joined",
        *["That code doesn't fit"] * 2,
    ]


async def joins(bot: Bot, group: Chat, code: str) -> str:
    """What Ben, who runs a group, is told when he writes a code."""
    ben = await at_menu(bot, group, admin(bot, group, "ben"))
    await ben.press("Settings")
    await ben.press("Join another place")
    return str((await ben.write(code)).text)


async def test_of_two_groups_that_share_the_one_they_came_from_is_meant(telegram: Bot) -> None:
    gym, chess, mia = (
        telegram.fake.group("Gym"),
        telegram.fake.group("Chess"),
        telegram.fake.person("mia"),
    )
    ann = admin(telegram, gym, "ann")
    telegram.fake.promote(chess, ann)
    hand = await published(telegram, gym, ann)
    await hand.press("All answers")
    await hand.press("Menu")
    await hand.press("Settings")
    code = (await hand.press("Share with another place")).text.partition("The code: ")[2].split()[0]
    hand = await at_menu(telegram, chess, ann)
    await hand.press("Settings")
    await hand.press("Join another place")
    await hand.write(code)
    hand = await at_menu(telegram, chess, ann)
    assert (await hand.press("Settings")).text.endswith("Chess")
    await hand.press("Leave the shared answers")
    assert WIFI[0] not in (await mia.say(chess, "/ask wifi code")).text
    assert (await mia.say(gym, "/ask wifi code")).text.startswith(WIFI[0])
