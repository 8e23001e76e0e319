"""What the bot says in a group without being asked: as its administrators choose, and to nobody else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from core.community.communities import Communities
from core.dialogue import token
from core.dialogue.engine import Engine
from core.dialogue.request import Dismiss
from tests.e2e.telegram.moderating import WIFI, published, through
from tests.e2e.telegram.speaking import ENTRY, QUESTION, Attentive, Ears, listening
from tests.moderating import Clock

AWAY, NEVER = "Take this away", "Never speak to me unasked"
BECAUSE = f"I speak up because this sounds like: “{ENTRY}”"


@pytest.fixture
async def desk(engine: Engine, communities: Communities) -> Attentive:
    """A desk over an empty database of either kind."""
    return Attentive(engine, communities)


@pytest.fixture
async def here(desk: Attentive) -> AsyncIterator[Ears]:
    """A group in which the bot hears everything."""
    async with listening(desk) as ears:
        yield ears


@pytest.fixture
async def answering(here: Ears) -> Ears:
    """A group in which it answers unasked."""
    await here.chooses("Answer")
    return here


# The modes


async def test_at_first_nothing_is_said(here: Ears) -> None:
    await here.lets_be()
    hand = await here.at_channel()
    assert hand.seen.text.startswith("This channel\n\nSay nothing: I only speak when")
    assert hand.seen.text.endswith("Gym")
    await here.lets_be()


async def test_chosen_to_answer_it_does_and_says_why_at_the_message_without_a_sound(
    answering: Ears,
) -> None:
    asked = answering.bot.post(answering.mia, answering.group, QUESTION)
    await answering.calm()
    shown = answering.bot.fake.sent[-1]
    assert shown.chat is answering.group and shown.reply_to == asked.message_id
    assert shown.text.startswith(f"{ENTRY}\n\n{BECAUSE}")
    assert shown.buttons[-2:] == [AWAY, NEVER]
    assert answering.bot.fake.asked("sendMessage")[-1]["disable_notification"] is True
    more = (await answering.ben.press(shown, "Tell me more")).url
    assert more and (await answering.ben.follow(more)).text.startswith(ENTRY)


async def test_chosen_to_say_nothing_again_it_does(answering: Ears) -> None:
    await answering.chooses("Say nothing")
    await answering.lets_be()


async def test_chosen_to_count_it_says_nothing_and_shows_how_often_it_would_have(
    here: Ears,
) -> None:
    await here.chooses("Only count")
    await here.lets_be()
    await here.lets_be("does anyone know where the tea is?")
    await here.bot.fake.quiet()
    shown = (await here.at_channel()).seen.text
    assert "I would have spoken 1 times, and did speak 0 times." in shown
    assert f"Most often about: {ENTRY} (1)" in shown


async def test_chosen_to_offer_it_says_one_line_and_the_answer_opens_in_private(
    here: Ears,
) -> None:
    await here.chooses("Offer to answer")
    shown = await here.hears()
    assert shown.text == (
        f"I may have an answer to that\n\nIt sounds like: “{ENTRY}” "
        "There is a reviewed answer. The button opens it for you alone."
    )
    assert shown.buttons == ["Read the answer", AWAY, NEVER]
    inside = (await here.mia.press(shown, "Read the answer")).url
    assert inside and (await here.mia.follow(inside)).text.startswith(ENTRY)


async def test_chosen_to_tell_the_moderators_it_tells_their_group_and_nobody_else(
    here: Ears,
) -> None:
    refused = await here.chooses("Tell the moderators")
    assert refused.seen.text.startswith("There is no log channel yet")
    team = here.bot.fake.group("Team")
    await here.tells(team)
    await here.chooses("Tell the moderators")
    shown = await here.hears()
    assert shown.chat is team and f"sounds like: “{ENTRY}”" in shown.text
    assert QUESTION not in shown.text and shown.buttons == ["Read the answer"]
    (link,) = shown.links.values()
    assert link == f"https://t.me/c/{str(here.group.id)[4:]}/{max(here.group.messages)}"
    await here.silent(lambda: None)


async def test_without_a_group_for_the_moderators_the_settings_and_the_doctor_name_where_nobody_is_told(
    here: Ears,
) -> None:
    await here.tells(here.bot.fake.group("Team"))
    hand = await here.chooses("Tell the moderators")
    assert "can't: 1" not in (await hand.press("Settings")).text
    stopped = await hand.press("Tell no channel any more")
    doctor = await through(here.bot, here.ann, await here.ann.say(here.group, "/faq doctor"))
    for shown in (stopped, doctor.seen):
        assert "Channels where I am to tell the moderators, and can't: 1." in shown.text
        assert "• Gym" in shown.text


async def test_in_a_small_group_messages_have_no_address_to_show(here: Ears) -> None:
    here.group = here.bot.fake.group("Small", supergroup=False)
    here.bot.fake.promote(here.group, here.ann)
    team = here.bot.fake.group("Team")
    await here.tells(team)
    await here.chooses("Tell the moderators")
    shown = await here.hears()
    assert shown.chat is team and not shown.links


async def test_the_groups_own_answers_are_given_too(here: Ears) -> None:
    await published(here.bot, here.group, here.ann)
    await here.chooses("Answer")
    shown = await here.hears("hey, how do i get online here?")
    assert shown.text.startswith(WIFI[0]) and "From the moderators here." in shown.text


async def test_another_group_hears_nothing_of_it(answering: Ears) -> None:
    chess = answering.bot.fake.group("Chess")
    await answering.silent(lambda: answering.bot.post(answering.mia, chess, QUESTION))


async def test_a_group_that_becomes_a_supergroup_is_spoken_to_as_before(here: Ears) -> None:
    here.group = here.bot.fake.group("Small", supergroup=False)
    here.bot.fake.promote(here.group, here.ann)
    await here.chooses("Answer")
    here.group = here.bot.fake.upgrade(here.group)
    await here.calm()
    assert (await here.hears()).text.startswith(ENTRY)


# What is left alone


@pytest.mark.parametrize(
    "text",
    [
        "they are genetic",
        "good morning all",
        "where is the tea?",
        "lol",
        "@ben_1 are they genetic?",
    ],
)
async def test_what_is_no_question_or_not_ours_or_to_somebody_is_left_alone(
    answering: Ears, text: str
) -> None:
    await answering.lets_be(text)


@pytest.mark.parametrize(
    "extra",
    [
        {"via_bot": {"id": 1, "is_bot": True, "first_name": "Other"}},
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Zoe"}},
    ],
    ids=["through another bot", "passed on"],
)
async def test_what_somebody_did_not_write_themselves_is_left_alone(
    answering: Ears, extra: dict[str, Any]
) -> None:
    bot, group = answering.bot, answering.group
    await answering.silent(lambda: bot.post(answering.mia, group, QUESTION, **extra))


async def test_replies_between_people_are_left_alone(answering: Ears) -> None:
    bot, group = answering.bot, answering.group
    said = answering.ben.write(group, "mine are like my dad's")
    await answering.silent(lambda: bot.post(answering.mia, group, QUESTION, to=said))


async def test_nobody_in_the_name_of_the_group_or_of_a_channel_is_spoken_to(
    answering: Ears,
) -> None:
    bot, group = answering.bot, answering.group
    for voice in (group.json(), {"id": -1_002, "type": "channel", "title": "News"}):
        post = answering.ann.write(group, QUESTION, anonymous=True)
        post.extra = {"sender_chat": voice}
        await answering.silent(partial(bot.fake.world.deliver, post))


async def test_an_edited_message_is_left_alone(answering: Ears) -> None:
    post = answering.mia.write(answering.group, "they are")
    answering.bot.fake.world.deliver(post)
    await answering.calm()
    sent = len(answering.bot.fake.sent)
    assert await answering.mia.edit(post, QUESTION, patience=0.3) is None
    assert len(answering.bot.fake.sent) == sent


async def test_in_a_topic_it_answers_in_the_topic(desk: Attentive) -> None:
    async with listening(desk) as here:
        here.group = here.bot.fake.forum("Gym")
        here.bot.fake.promote(here.group, here.ann)
        await here.chooses("Answer")
        topic = here.group.topic("Dimples")
        asked = here.mia.write(topic, QUESTION)
        shown = await here.bot.heard(lambda: here.bot.fake.world.deliver(asked))
        assert shown.thread_id == topic.thread_id and shown.reply_to == asked.message_id


async def test_who_mentions_it_has_asked_and_is_answered_as_ever(answering: Ears) -> None:
    shown = await answering.hears("@fossae_test_bot are they genetic?")
    assert shown.text.startswith(ENTRY) and BECAUSE not in shown.text and AWAY not in shown.buttons


async def test_the_same_answer_waits_for_the_pause(answering: Ears, clock: Clock) -> None:
    assert (await answering.hears()).text.startswith(ENTRY)
    await answering.lets_be("is it genetic?", answering.ben)
    assert (await answering.hears("can i get back dimples by exercise?", answering.ben)).text
    clock.now = clock.now + timedelta(hours=6)
    assert (await answering.hears()).text.startswith(ENTRY)


async def test_a_message_taken_back_in_time_is_not_spoken_to(answering: Ears) -> None:
    def retract() -> None:
        post = answering.bot.post(answering.mia, answering.group, QUESTION)
        del answering.group.messages[post.message_id]

    await answering.silent(retract)
    assert answering.bot.fake.asked("sendMessage")[-1]["chat_id"] == answering.group.id


# Privacy mode


async def test_with_privacy_mode_on_it_cannot_be_switched_on_and_says_why(desk: Attentive) -> None:
    async with listening(desk, can_read_all=False) as here:
        told = (await here.at_channel()).seen
        assert told.text.startswith("I don't hear what is said here")
        assert "turn privacy mode off at @BotFather, then remove me and add me again" in told.text
        assert not {"Answer", "Only count"} & {*told.buttons}
        here.group.bot_status = "administrator"
        assert "Answer" in (await here.at_channel()).seen.buttons
        await here.chooses("Answer")
        assert (await here.hears()).text.startswith(ENTRY)


async def test_an_administrator_who_writes_unnamed_finds_the_same_switch(here: Ears) -> None:
    door = await here.ann.say(here.group, "/faq", anonymous=True)
    hand = await through(here.bot, here.ann, door)
    for label in ("Settings", "Speaking unasked", "This channel", "Answer"):
        await hand.press(label)
    assert (await here.hears()).text.startswith(ENTRY)


# Taken away


async def test_whoever_was_asked_takes_it_away(answering: Ears) -> None:
    shown = await answering.hears()
    pressed = await answering.mia.press(shown, AWAY)
    assert pressed.answered and not pressed.toast
    await answering.calm()
    assert answering.there(shown) is None


async def test_also_when_their_message_is_gone(answering: Ears) -> None:
    shown = await answering.hears()
    assert shown.reply_to
    del answering.group.messages[shown.reply_to]
    await answering.mia.press(shown, AWAY)
    await answering.calm()
    assert answering.there(shown) is None


async def test_an_administrator_takes_it_away(answering: Ears) -> None:
    shown = await answering.hears()
    await answering.ann.press(shown, AWAY)
    await answering.calm()
    assert answering.there(shown) is None


async def test_nobody_else_takes_it_away(answering: Ears) -> None:
    shown = await answering.hears()
    for forged in (None, token.write(Dismiss("0" * 12))):
        data = forged or shown.data[AWAY]
        pressed = await answering.ben.press_data(shown, data)
        assert pressed.alert and (pressed.toast or "").startswith("This wasn't said to you")
    assert answering.there(shown)


async def test_of_what_is_too_old_to_be_deleted_a_line_is_left(answering: Ears) -> None:
    shown = await answering.hears()
    refusal = "Bad Request: message can't be deleted for everyone"
    answering.bot.fake.refuse_next("deleteMessage", 400, refusal.removeprefix("Bad Request: "))
    pressed = await answering.mia.press(shown, AWAY, inaccessible=True)
    assert pressed.edited and pressed.edited.text.startswith("Taken away")
    assert pressed.edited.buttons == []


async def test_what_can_be_neither_deleted_nor_changed_stays_and_is_no_fault(
    answering: Ears,
) -> None:
    shown = await answering.hears()
    answering.bot.fake.refuse_next("deleteMessage", 400, "message can't be deleted for everyone")
    answering.bot.fake.refuse_next("editMessageText", 400, "message can't be edited")
    assert (await answering.mia.press(shown, AWAY)).answered


async def test_taken_away_twice_it_is_gone_once(answering: Ears) -> None:
    shown = await answering.hears()
    for who in (answering.mia, answering.ann):
        assert (await who.press(shown, AWAY)).answered
    await answering.calm()
    assert answering.there(shown) is None


# Never unasked


async def test_who_wants_it_is_never_spoken_to_unasked_and_others_still_are(
    answering: Ears, clock: Clock
) -> None:
    shown = await answering.hears()
    pressed = await answering.mia.press(shown, NEVER)
    assert pressed.alert and (pressed.toast or "").startswith("I won't speak to you unasked")
    clock.now = clock.now + timedelta(days=1)
    await answering.lets_be()
    assert (await answering.hears(who=answering.ben)).text.startswith(ENTRY)
    assert (await answering.mia.say(answering.group, f"/ask {QUESTION}")).text.startswith(ENTRY)


async def test_in_private_it_is_chosen_and_taken_back(answering: Ears) -> None:
    mia = answering.mia
    shown = await mia.say(mia.private(), "/privacy")
    quiet = (await mia.press(shown, NEVER)).edited
    assert quiet and quiet.buttons == ["Speak to me unasked again"]
    await answering.lets_be()
    back = (await mia.press(quiet, "Speak to me unasked again")).edited
    assert back and back.text.startswith("I may speak to you unasked again")
    assert (await answering.hears()).text.startswith(ENTRY)


async def test_a_link_that_others_made_silences_nobody(answering: Ears) -> None:
    mia = answering.mia
    for letter in "kl":
        assert (await mia.start(letter)).text.startswith("What I keep")
    assert (await answering.hears()).text.startswith(ENTRY)


# What can't wait, and what goes wrong


@pytest.mark.parametrize("mode", ["Answer", "Offer to answer"])
async def test_an_emergency_gets_a_neutral_line_that_quotes_nothing(here: Ears, mode: str) -> None:
    await here.chooses(mode)
    shown = await here.hears("should i just kill myself?")
    assert shown.reply_to is None and "kill" not in shown.text
    assert AWAY in shown.buttons and len(shown.buttons) == 2
    inside = (await here.mia.press(shown, shown.buttons[0])).url
    assert inside and "emergency" in (await here.mia.follow(inside)).text.lower()


async def test_what_goes_wrong_is_noted_without_a_word_of_it_and_nothing_is_said(
    answering: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ValueError(QUESTION)

    monkeypatch.setattr(answering.bot.desk, "overhear", broken)
    await answering.lets_be()
    (error,) = answering.bot.journal.take("ERROR")
    assert "update=overheard error=ValueError" in error.getMessage()
    assert QUESTION not in answering.bot.journal.written


@pytest.mark.parametrize(
    ("refusal", "action"),
    [
        ("not enough rights to send text messages to the chat", "dropped"),
        ("TOPIC_CLOSED", "dropped"),
    ],
)
async def test_where_it_may_not_write_it_keeps_silent(
    answering: Ears, refusal: str, action: str
) -> None:
    answering.bot.fake.refuse_next("sendMessage", 400, refusal)
    await answering.lets_be()
    assert f"telegram shut-out update=overheard action={action}" in answering.bot.journal.written


async def test_the_log_at_debug_holds_nothing_that_was_said(answering: Ears) -> None:
    said = "zebulon asks: are back dimples genetic?"
    await answering.hears(said)
    await answering.lets_be("nobody is to read this about zebulon")
    assert "zebulon" not in answering.bot.journal.written
