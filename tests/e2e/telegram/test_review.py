"""From a draft to what members get on Telegram, with a second administrator and with suggestions."""

from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.fakes.telegram_person import Person
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import WIFI, Hand, admin, at_menu, published, through

PUBLIC = "/ask whats the wifi code pls"


async def written(bot: Bot, group: Chat, who: Person, texts: list[str] = WIFI) -> Hand:
    """An answer that `who` has written."""
    hand = await at_menu(bot, group, who)
    await hand.press("Add an answer")
    await hand.write(*texts)
    return hand


async def at_entry(bot: Bot, group: Chat, who: Person, question: str = WIFI[0]) -> Hand:
    """Before an answer, through the list."""
    hand = await at_menu(bot, group, who)
    await hand.press("All answers")
    await hand.press(question)
    return hand


async def at_waiting(bot: Bot, group: Chat, who: Person) -> Hand:
    """Before an answer that waits for review, through the queue."""
    hand = await at_menu(bot, group, who)
    await hand.press("Waiting for review")
    await hand.press(WIFI[0])
    return hand


async def proposed(bot: Bot, group: Chat, mia: Person) -> None:
    """Mia suggests an answer."""
    hers = await through(bot, mia, await mia.say(group, "/propose"))
    assert (await hers.write(*WIFI)).text.startswith("Thank you")


# Two administrators


async def test_one_writes_and_another_publishes(telegram: Bot, group: Chat, mia: Person) -> None:
    ann, ben = admin(telegram, group, "ann"), admin(telegram, group, "ben")
    hand = await written(telegram, group, ann)
    assert "Saved as a draft." in hand.seen.text and "Publish" not in hand.seen.buttons
    waiting = await hand.press("Send for review")
    assert "Another moderator has to publish what you wrote." in waiting.text
    assert "Publish" not in waiting.buttons
    assert WIFI[0] not in (await mia.say(group, PUBLIC)).text
    other = await at_waiting(telegram, group, ben)
    assert "Published." in (await other.press("Publish")).text
    assert (await mia.say(group, PUBLIC)).text.startswith(WIFI[0])
    history = await other.press("History")
    lines = ("1. written by Ann", "2. sent for review by Ann", "3. published by Ben")
    assert all(f"{line}, 25 November 2026, 12:00 UTC" in history.text for line in lines)


async def test_what_was_sent_for_review_can_be_sent_back(telegram: Bot, group: Chat) -> None:
    ann, ben = admin(telegram, group, "ann"), admin(telegram, group, "ben")
    await (await written(telegram, group, ann)).press("Send for review")
    other = await at_waiting(telegram, group, ben)
    assert "Sent back. It is a draft again." in (await other.press("Send back")).text
    assert "Waiting for review" not in (await at_menu(telegram, group, ben)).seen.buttons


async def test_one_alone_is_enough_once_the_settings_say_so_and_not_any_more(
    telegram: Bot, group: Chat
) -> None:
    ann = admin(telegram, group, "ann")
    hand = await at_menu(telegram, group, ann)
    settings = await hand.press("Settings")
    assert "someone else than the writer has to publish" in settings.text
    settings = await hand.press("One moderator is enough")
    assert "one moderator is enough" in settings.text
    assert "Publish" in (await written(telegram, group, ann)).seen.buttons
    hand = await at_menu(telegram, group, ann)
    await hand.press("Settings")
    await hand.press("Ask a second moderator")
    assert "Publish" not in (await at_entry(telegram, group, ann)).seen.buttons


async def test_an_edit_waits_while_members_get_what_was_published(
    telegram: Bot, group: Chat, mia: Person
) -> None:
    hand = await published(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Change it")
    await hand.press("Keep it as it is")
    await hand.write("It is on the door now.")
    for _ in range(3):
        await hand.press("Keep it as it is")
    assert "Members still get the version from before." in hand.seen.text
    assert WIFI[1] in (await mia.say(group, PUBLIC)).text
    await hand.press("Publish")
    assert "It is on the door now." in (await mia.say(group, PUBLIC)).text


async def test_all_answers_are_listed_ten_a_page_without_their_other_wordings(
    telegram: Bot, group: Chat
) -> None:
    ann = admin(telegram, group, "ann")
    for number in range(10):
        question, asks = f"Where is locker {number}?", f"locker number {number}\nbox {number}"
        await written(telegram, group, ann, [question, "Down the stairs.", asks, *WIFI[3:]])
    await written(telegram, group, ann)
    hand = await at_menu(telegram, group, ann)
    first = await hand.press("All answers")
    assert "11 in all. Page 1 of 2." in first.text
    last = await hand.press("Next page")
    assert "Where is locker 0?" in first.buttons and WIFI[0] in last.buttons
    for shown in (first, last):
        assert not any("box" in label for label in (shown.text, *shown.buttons))


# Suggestions


async def test_a_member_hears_that_a_suggestion_was_not_taken(
    telegram: Bot, group: Chat, mia: Person
) -> None:
    await proposed(telegram, group, mia)
    hand = await at_waiting(telegram, group, admin(telegram, group, "ann"))
    assert "Removed." in (await hand.press("Remove")).text
    await telegram.calm()
    (told,) = (
        one for one in telegram.fake.sent if "decided not to take your suggestion" in one.text
    )
    assert told.chat is mia.private() and WIFI[0] in told.text


async def test_an_administrator_may_mend_a_suggestion_first(
    telegram: Bot, group: Chat, mia: Person
) -> None:
    await proposed(telegram, group, mia)
    hand = await at_waiting(telegram, group, admin(telegram, group, "ann"))
    await hand.press("Change it")
    await hand.press("Keep it as it is")
    await hand.write("It is on the door now.")
    for _ in range(3):
        await hand.press("Keep it as it is")
    other = await at_waiting(telegram, group, admin(telegram, group, "ben"))
    await other.press("Publish")
    await telegram.calm()
    assert "is now an answer here" in telegram.fake.sent[-1].text
    assert telegram.fake.sent[-1].chat is mia.private()
    assert "It is on the door now." in (await mia.say(group, PUBLIC)).text


async def test_one_suggestion_too_many_is_kept_for_its_writer(
    telegram: Bot, group: Chat, mia: Person
) -> None:
    for _ in range(3):
        await proposed(telegram, group, mia)
    hers = await through(telegram, mia, await mia.say(group, "/propose"))
    assert (await hers.write(*WIFI)).text.startswith("Enough for now")


# The log


async def test_another_group_gets_the_old_words_and_the_new(telegram: Bot, group: Chat) -> None:
    team, ann = telegram.fake.group("Team"), admin(telegram, group, "ann")
    hand = await published(telegram, group, ann)
    entry = hand.seen
    hand = await at_menu(telegram, group, ann)
    url = (await hand.press("Settings")).urls["Tell a group of changes"]
    await ann.say(team, f"/start@fossae_test_bot {url.partition('?startgroup=')[2]}")
    hand.seen = entry
    await hand.press("Change it")
    await hand.press("Keep it as it is")
    await hand.write("It is on the door now.")
    for _ in range(3):
        await hand.press("Keep it as it is")
    await telegram.calm()
    told = next(one for one in reversed(telegram.fake.sent) if one.chat is team)
    assert "changed by Ann" in told.text and f"Before: {WIFI[0]} / {WIFI[1]}" in told.text
    assert f"Now: {WIFI[0]} / It is on the door now." in told.text


# Every press is held against the group


async def test_who_is_no_administrator_any_more_presses_in_vain_whatever_it_is(
    telegram: Bot, group: Chat, mia: Person
) -> None:
    ann = admin(telegram, group, "ann")
    hand = await published(telegram, group, ann)
    screens = [hand.seen, await hand.press("History")]
    hand = await at_menu(telegram, group, ann)
    menu = hand.seen
    screens += [menu, await hand.press("Settings"), await hand.press("Speaking unasked")]
    hand.seen = menu
    screens.append(await hand.press("Answers that came with me"))
    telegram.fake.promote(group, ann, "member")
    for label, data in (pair for screen in screens for pair in screen.data.items()):
        pressed = await ann.press_data(await ann.say(ann.private(), "/help"), data)
        assert pressed.edited and pressed.edited.text.startswith("This is for moderators"), label
        assert pressed.sent == ()
    assert (await mia.say(group, PUBLIC)).text.startswith(WIFI[0])
