"""A question is tried on Telegram: what would be said and why, and what verdicts on it bring."""

from functools import partial

from core.matching.recalibration import FEWEST
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import WIFI, Hand, at_menu, brought, published

RIGHT, WRONG = "The first one is right", "The first one is wrong"
ASKED = "whats the wifi code pls"


async def tried(hand: Hand, group: Chat, text: str = ASKED) -> Hand:
    """A question is tried, from the menu on."""
    hand = await at_menu(hand.bot, group, hand.who)
    await hand.press("Test a question")
    assert "nothing of it is kept" in (await hand.write(text)).text
    return hand


async def insights(hand: Hand, group: Chat) -> str:
    """The numbers as they are read."""
    hand = await at_menu(hand.bot, group, hand.who)
    sent = len(hand.bot.fake.sent)
    await hand.press("Insights")
    await hand.bot.fake.world.pulse.until(lambda: len(hand.bot.fake.sent) > sent, 8)
    return str(hand.bot.fake.edits[-1].text)


async def test_it_says_what_it_would_do_and_which_wording_was_near(group: Chat, ann: Hand) -> None:
    shown = (await tried(ann, group)).seen
    assert "I would answer it." in shown.text
    assert f"%: {WIFI[0]} It lies nearest to “" in shown.text
    shown = (await tried(ann, group, "who won 1966")).seen
    assert "I would say that I have no reviewed answer." in shown.text


async def test_a_safety_rule_is_named_and_there_is_nothing_to_judge(
    telegram: Bot, group: Chat, ann: Hand
) -> None:
    hand = await at_menu(telegram, group, ann.who)
    await hand.press("Test a question")
    writes = partial(
        telegram.post, ann.who, ann.who.private(), "i cant feel my legs since this morning"
    )
    warned, shown = await brought(telegram, 2, writes)
    assert warned.text.startswith("Please get help now")
    assert "A safety rule would answer alone." in shown.text
    assert "A safety rule speaks as well: " in shown.text
    assert RIGHT not in shown.buttons and WRONG not in shown.buttons


async def test_a_verdict_is_one_press_and_is_counted(group: Chat, ann: Hand) -> None:
    for label in (RIGHT, WRONG):
        hand = await tried(ann, group)
        judged = await hand.press(label)
        assert "Only numbers are kept, not the question." in judged.text
    assert "2 verdicts so far." in judged.text
    assert f"Reviewed questions: 2. From {FEWEST} on" in await insights(ann, group)


async def test_a_verdict_of_who_is_no_administrator_any_more_does_not_count(
    telegram: Bot, group: Chat, ann: Hand
) -> None:
    hand = await tried(ann, group)
    telegram.fake.promote(group, ann.who, "member")
    assert (await hand.press(WRONG)).text.startswith("This is for moderators")


async def test_a_hundred_verdicts_say_how_sure_it_is(telegram: Bot, group: Chat, ann: Hand) -> None:
    mia = telegram.fake.person("mia")
    hand = await at_menu(telegram, group, ann.who)
    menu = hand.seen
    for _ in range(FEWEST):
        hand.seen = menu
        await hand.press("Test a question")
        await hand.write(ASKED)
        await hand.press(WRONG)
    assert WIFI[1] not in (await mia.say(group, f"/ask {ASKED}")).text
    assert f"Measured on {FEWEST} reviewed questions: " in await insights(ann, group)


async def test_an_answer_that_takes_others_questions_says_so_at_once_with_them(
    telegram: Bot, group: Chat, ann: Hand
) -> None:
    taken = "are the dents in my lower back normal\nare dimples on my back ok"
    texts = ["Are my dimples OK?", "Yes, they are.", taken, *WIFI[3:]]
    hand = await published(telegram, group, ann.who, texts)
    assert "Published. Members get this answer from now on." in hand.seen.text
    said = "People who ask like this may get it now, instead of another answer: “"
    assert said in hand.seen.text
