"""What came with the bot is hidden in a group, or gets a note there, by messages."""

from core.content.library import Library
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import Hand, admin, at_menu

VENUS, ASKED = "why-venus", "/ask whos venus and why her dimples"


async def at_venus(bot: Bot, hand: Hand, library: Library) -> Hand:
    """Before the shipped entry, through the list."""
    await hand.press("Answers that came with me")
    while library.entries[VENUS].label not in hand.seen.buttons:
        await hand.press("Next page")
    await hand.press(library.entries[VENUS].label)
    return hand


async def test_a_shipped_answer_is_hidden_here_and_comes_back(
    telegram: Bot, library: Library
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    question = library.entries[VENUS].question
    assert (await mia.say(group, ASKED)).text.startswith(question)
    await at_venus(telegram, hand, library)
    await hand.press("Hide it here")
    assert not (await mia.say(group, ASKED)).text.startswith(question)
    await hand.press("Take back 1")
    assert (await mia.say(group, ASKED)).text.startswith(question)


async def test_a_note_is_written_by_a_message_and_stands_beside_the_answer(
    telegram: Bot, library: Library
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await at_venus(telegram, hand, library)
    shown = await hand.press("Write a note")
    assert shown.buttons == ["Skip this", "Cancel"] and "1 of 1" not in shown.text
    await hand.write("Ask Ben about <stars>.")
    shown = await mia.say(group, ASKED)
    assert "The moderators here add: Ask Ben about <stars>." in shown.text


async def test_a_note_that_is_not_fit_is_kept_and_said_in_words(
    telegram: Bot, library: Library
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    hand = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await at_venus(telegram, hand, library)
    await hand.press("Write a note")
    told = await hand.write("This is **guaranteed**.")
    assert "Note: please write plain sentences, without “**”" in told.text
    assert "guaranteed" not in (await mia.say(group, ASKED)).text
    assert "It says now: This is **guaranteed**." in (await hand.press("Write a note")).text
    await hand.write("Ask Ben about it.")
    assert "The moderators here add: Ask Ben about it." in (await mia.say(group, ASKED)).text
