"""Groups with Fossae in them: what it hears, what it says aloud, what it keeps for one person."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bots.desk import Desk
from core.content.library import Library
from core.dialogue.engine import Engine
from core.dialogue.request import Ask
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.telegram.bot import Bot, Listening, prepared, running

NAME = "@fossae_test_bot"
GENES = "Are back dimples genetic?"


@pytest.fixture
async def reading(desk: Desk) -> AsyncIterator[Bot]:
    """Fossae, running, with privacy mode off."""
    async with running(desk, can_read_all=True) as started:
        yield started


# /ask


async def test_ask_is_answered_as_a_reply(bot: Bot, library: Library) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym & <Spa>")
    for text in (f"/ask{NAME} are they genetic", f"/ASK{NAME.upper()}\nare they genetic"):
        shown = await ann.say(group, text)
        assert shown.text.startswith(GENES)
        assert library.entries["are-they-genetic"].short in shown.text
        assert shown.reply_to == shown.message_id - 1
        assert not {"mention", "text_mention"} & {entity["type"] for entity in shown.entities}


HEARD = {
    "/ask are they genetic": "are they genetic",
    "/ask   are they\n genetic ": "are they\n genetic",
    "/ask\nare they genetic": "are they genetic",
    "/ask\n\nare\nthey": "are\nthey",
    f"/ask{NAME} are they": "are they",
    f"/ask{NAME}\nare they": "are they",
    "/ask are they 😀 /ask": "are they 😀 /ask",
    "/ask: are they": ": are they",
    "/ask?": "?",
}
MENTIONED = {
    f"{NAME} are they": "are they",
    f"😀 are {NAME} they": "😀 are they",
    f"{NAME},{NAME}": ",",
    f"{NAME}\nare\nthey": "are they",
}


async def test_every_word_behind_ask_is_heard_and_no_other(engine: Engine) -> None:
    async with running(desk := Listening(engine)) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
        for where in (group, ann.private()):
            for text in HEARD:
                await ann.say(where, text)
        heard = [request for request, _ in desk.heard]
        assert heard == [Ask(words) for words in HEARD.values()] * 2


async def test_every_word_beside_a_mention_is_heard_and_no_other(engine: Engine) -> None:
    async with running(desk := Listening(engine), can_read_all=True) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
        for text in MENTIONED:
            await ann.say(group, text)
        assert [request for request, _ in desk.heard] == [Ask(each) for each in MENTIONED.values()]


async def test_an_ask_for_another_bot_is_not_heard(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    assert await ann.say(group, "/ask@other_bot are they genetic") is None


async def test_an_ask_for_another_bot_is_not_answered(reading: Bot) -> None:
    ann, group = reading.fake.person("ann"), reading.fake.group("Gym")
    await reading.silent(lambda: reading.post(ann, group, "/ask@other_bot are they genetic"))


async def test_ask_answers_someones_message_and_points_at_it(bot: Bot) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    question = ben.write(group, "are they genetic")
    shown = await bot.heard(lambda: bot.post(ann, group, "/ask", to=question))
    assert shown.text.startswith(GENES) and shown.reply_to == question.message_id


async def test_ask_answers_the_words_under_a_picture(bot: Bot) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    question = bot.post(ben, group, "are they genetic", photo=True)
    shown = await bot.heard(lambda: bot.post(ann, group, "/ask", to=question))
    assert shown.text.startswith(GENES) and shown.reply_to == question.message_id


async def test_ask_with_own_words_answers_those(bot: Bot) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    chatter = ben.write(group, "what a day")
    mine = "/ask are they genetic"
    shown = await bot.heard(lambda: bot.post(ann, group, mine, to=chatter))
    assert shown.text.startswith(GENES) and shown.reply_to != chatter.message_id


async def test_ask_answers_only_what_was_quoted(bot: Bot) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    long = ben.write(group, "what a day. are they genetic? how do i get cheek dimples")
    quote = {"text": "are they genetic?", "position": 12}
    shown = await bot.heard(lambda: bot.post(ann, group, "/ask", to=long, quote=quote))
    assert shown.text.startswith(GENES) and shown.reply_to == long.message_id


async def test_ask_answers_what_was_quoted_from_elsewhere(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    origin = {"type": "hidden_user", "date": 1_790_000_000, "sender_user_name": "Somebody"}
    told: dict[str, Any] = {
        "external_reply": {"origin": origin},
        "quote": {"text": "are they genetic", "position": 0},
    }
    shown = await bot.heard(lambda: bot.post(ann, group, "/ask", **told))
    assert shown.text.startswith(GENES)
    assert shown.reply_to == shown.message_id - 1


@pytest.mark.parametrize("text", ["/ask", f"/ask{NAME}", "/ask   \n "])
async def test_ask_without_anything_says_how_to_ask(bot: Bot, desk: Desk, text: str) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown = await ann.say(group, text)
    assert shown.text.startswith(desk.wording.screens.help.title)
    assert desk.wording.reach["commands"] in shown.text


async def test_ask_about_a_message_without_words_says_how_to_ask(bot: Bot, desk: Desk) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    picture = bot.post(ben, group, "", photo=True)
    asking = ann.write(group, "/ask")
    asking.reply_to = picture
    shown = await bot.heard(lambda: bot.fake.world.deliver(asking))
    assert shown.text.startswith(desk.wording.screens.help.title)
    assert shown.reply_to == asking.message_id


async def test_an_ask_that_is_gone_is_answered_all_the_same(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    post = ann.write(group, "/ask are they genetic")
    del group.messages[post.message_id]
    shown = await bot.heard(lambda: bot.fake.world.deliver(post))
    assert shown.text.startswith(GENES) and shown.reply_to is None


async def test_an_anonymous_admin_may_ask(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    assert (await ann.say(group, "/ask are they genetic", anonymous=True)).text.startswith(GENES)


@pytest.mark.parametrize("before", ["/ask how do i get cheek dimples", "/aks are they genetic"])
async def test_an_edited_ask_is_asked_again(bot: Bot, before: str) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    post = bot.post(ann, group, before)
    await bot.calm()
    shown = await ann.edit(post, "/ask are they genetic")
    assert shown.text.startswith(GENES) and shown.reply_to == post.message_id


STRANGE = ["@everyone @all <b>", "😀" * 2000, "x" * 6500, "\u200b", "&amp;<&>\"'", "*_`[]()~"]


async def test_a_strange_ask_gets_a_proper_reply(bot: Bot, desk: Desk) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("A & B")
    for text in STRANGE:
        shown = await ann.say(group, f"/ask {text}")
        assert shown.text.splitlines()[0] == desk.wording.screens.nothing.title, text
        assert "@" not in shown.text


# Mentions, and everything else that is said


@pytest.mark.parametrize("admin", [True, False])
async def test_a_mention_is_answered_where_it_can_be_read(desk: Desk, admin: bool) -> None:
    texts = (f"{NAME} are they genetic", f"are they {NAME.title()} genetic")
    async with running(desk, can_read_all=not admin) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym", bot_admin=admin)
        for text in texts:
            shown = await ann.say(group, text)
            assert shown.text.startswith(GENES)
            assert shown.reply_to == shown.message_id - 1


async def test_a_mention_is_not_heard_in_privacy_mode(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    assert await ann.say(group, f"{NAME} are they genetic") is None


async def test_a_mention_in_a_reply_to_the_bot_is_heard_even_in_privacy_mode(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    first = await ann.say(group, "/ask how do i get cheek dimples")
    shown = await ann.say(group, f"{NAME} are they genetic", reply_to=first)
    assert shown.text.startswith(GENES)


async def test_a_mention_under_a_picture_is_heard(reading: Bot) -> None:
    ann, group = reading.fake.person("ann"), reading.fake.group("Gym")
    text = f"{NAME} are they genetic"
    shown = await reading.heard(lambda: reading.post(ann, group, text, photo=True))
    assert shown.text.startswith(GENES)


async def test_a_mere_mention_says_how_to_ask(reading: Bot, desk: Desk) -> None:
    ann, group = reading.fake.person("ann"), reading.fake.group("Gym")
    shown = await ann.say(group, NAME)
    assert desk.wording.reach["mentions"] in shown.text


async def test_a_mere_mention_answers_the_message_it_replies_to(reading: Bot) -> None:
    ann, ben, group = (
        reading.fake.person("ann"),
        reading.fake.person("ben"),
        reading.fake.group("G"),
    )
    question = ben.write(group, "are they genetic")
    shown = await reading.heard(lambda: reading.post(ann, group, NAME, to=question))
    assert shown.text.startswith(GENES) and shown.reply_to == question.message_id


async def test_an_edited_mention_is_asked_again(reading: Bot) -> None:
    ann, group = reading.fake.person("ann"), reading.fake.group("Gym")
    post = reading.post(ann, group, f"{NAME} how do i get cheek dimples")
    await reading.calm()
    assert (await ann.edit(post, f"{NAME} are they genetic")).text.startswith(GENES)


@pytest.mark.parametrize("admin", [True, False])
async def test_chatter_is_never_answered(desk: Desk, admin: bool) -> None:
    async with running(desk, can_read_all=not admin) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym", bot_admin=admin)
        answer = await ann.say(group, "/ask are they genetic")
        for text in (
            "are they genetic",
            "@fossae_test_bot2 genetic?",
            "fossae_test_bot",
            "/nothing",
        ):
            bot.post(ann, group, text)
        bot.post(ann, group, "are they genetic", to=answer.post)
        post = bot.post(ann, group, "", photo=True)
        bot.post(ann, group, "", new_chat_members=[ann.user])
        await bot.silent()
        await bot.silent(lambda: bot.fake.world.deliver(post, "edited_message"))


async def test_a_reply_to_the_bot_alone_is_chatter_too(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    answer = await ann.say(group, "/ask are they genetic")
    await bot.silent(lambda: bot.post(ann, group, "thank you, bot", to=answer.post))


async def test_an_inline_result_in_the_group_is_not_answered(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym", bot_admin=True)
    results = await ann.inline("are they genetic")
    sent = await ann.pick(results[0], group)
    await bot.silent()
    assert sent.text.startswith(GENES)


COMMANDS = {
    "/topics": "topics",
    f"/topics{NAME}": "topics",
    "/sources": "sources",
    "/about": "about",
    "/help": "help",
    f"/start{NAME} true": "help",
    "/start ssurgery": "help",
}


async def test_commands_open_their_screens(bot: Bot, desk: Desk) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    for text, screen in COMMANDS.items():
        shown = await ann.say(group, text)
        assert shown.text.startswith(getattr(desk.wording.screens, screen).title), text
        assert shown.reply_to is not None


@pytest.mark.parametrize(
    ("can_read_all", "bot_admin", "reach"),
    [(False, False, "commands"), (False, True, "mentions"), (True, False, "mentions")],
)
async def test_help_says_what_is_heard_here(
    desk: Desk, can_read_all: bool, bot_admin: bool, reach: str
) -> None:
    async with running(desk, can_read_all=can_read_all) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym", bot_admin=bot_admin)
        shown = await ann.say(group, "/help")
        said = {name for name, words in desk.wording.reach.items() if words in shown.text}
        assert said == {reach}


@pytest.mark.parametrize("text", ["/ask hi", "/ask ?"])
async def test_a_greeting_in_a_group_is_not_told_to_write_freely(
    bot: Bot, desk: Desk, text: str
) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown = await ann.say(group, text)
    assert desk.wording.reach["private"] not in shown.text


# Buttons under what everybody sees


async def test_a_press_by_somebody_else_opens_in_private(bot: Bot, library: Library) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    shown = await ann.say(group, "/ask are they genetic")
    for who in (ben, ann):
        pressed = await who.press(shown, "Tell me more")
        assert pressed.url and pressed.edited is None and pressed.sent == ()
        private = await who.follow(pressed.url)
        assert private.chat is who.private()
        assert str(library.entries["are-they-genetic"].more)[:40] in private.text
    assert bot.fake.edits == []


async def test_every_button_in_a_group_leads_to_the_private_chat(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    for text in ("/ask are they genetic", "/ask sexy?", "/topics", "/sources", "/help", "/about"):
        shown = await ann.say(group, text)
        assert shown.buttons
        for label in shown.buttons:
            pressed = await ann.press(shown, label)
            assert pressed.url and (await ann.follow(pressed.url)).text
    assert bot.fake.edits == []


async def test_not_what_i_asked_goes_on_in_private(bot: Bot, library: Library, desk: Desk) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    first = await ann.say(group, "/ask can u get dimples on ur back if u werent born w them")
    url = (await ann.press(first, "Not what I asked")).url
    second = await ann.follow(url or "")
    assert second.text.startswith(tuple(e.question for e in library.entries.values()))
    last = (await ann.press(second, "Not what I asked")).edited
    assert last and last.text.startswith(desk.wording.screens.nothing_else.title)


async def test_a_button_in_a_group_works_after_a_restart(bot: Bot) -> None:
    ann, ben, group = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Gym")
    shown = await ann.say(group, "/ask are they genetic")
    await bot.stop()
    waiting = asyncio.create_task(ben.press(shown, "Tell me more"))
    await bot.start()
    url = (await waiting).url
    assert (await ben.follow(url or "")).text.startswith(GENES)


async def test_a_forged_button_in_a_group_leads_somewhere_harmless(bot: Bot, desk: Desk) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown, screens = await ann.say(group, "/topics"), desk.wording.screens
    for data in ("zzz", "", "é" * 32, "a b", "?start=x&", "x" * 64):
        url = (await ann.press_data(shown, data)).url
        opened = await ann.follow(url or "")
        assert opened.text.startswith((screens.stale.title, screens.help.title)), data


async def test_an_expired_press_in_a_group_is_noted_once_and_dropped(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown = await ann.say(group, "/topics")
    assert not (await ann.press(shown, shown.buttons[0], expired=True)).answered
    await bot.silent()
    (late,) = bot.journal.take("WARNING")
    assert "late" in late.getMessage() and late.exc_info is None


# What only one person may see


@pytest.mark.parametrize("id", ["target-number", "body-worries"])
async def test_what_is_private_is_never_said_aloud(
    bot: Bot, desk: Desk, library: Library, id: str
) -> None:
    ann, group, entry = bot.fake.person("ann"), bot.fake.group("Gym"), library.entries[id]
    door = await ann.say(group, f"/ask {entry.question}")
    assert door.text.startswith(desk.wording.screens.door.title)
    assert entry.question not in door.text and entry.short not in door.text
    assert door.buttons == ["Open it privately"]
    url = (await ann.press(door, "Open it privately")).url
    assert entry.short in (await ann.follow(url or "")).text


async def test_a_way_to_what_is_private_opens_in_private(bot: Bot, library: Library) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown = await ann.say(group, f"/ask {library.entries['attractive'].question}")
    url = (await ann.press(shown, library.entries["body-worries"].label)).url
    assert library.entries["body-worries"].short in (await ann.follow(url or "")).text
    assert bot.fake.edits == []


async def test_what_is_for_adults_is_only_a_door(bot: Bot, desk: Desk, library: Library) -> None:
    ann, group, entry = bot.fake.person("ann"), bot.fake.group("Gym"), library.entries["surgery"]
    door = await ann.say(group, "/ask is there surgery for back dimples")
    assert door.text.startswith(desk.wording.screens.door.title) and entry.short not in door.text
    assert door.buttons == ["Open it privately"]
    url = (await ann.press(door, "Open it privately")).url
    gate = await ann.follow(url or "")
    assert gate.text.startswith(desk.wording.screens.adults.title)
    shown = (await ann.press(gate, "I am 18 or over")).edited
    assert shown and entry.short in shown.text


@pytest.mark.parametrize(
    "text",
    [
        "i am 16 can i get a back dermal piercing",
        "I'm 15, what are the risks of back dimple surgery",
        "im 14 kybella for back dimples",
        "can a teenager get lipo for venus dimples",
    ],
)
async def test_who_seems_to_be_under_18_is_shown_no_door(
    bot: Bot, desk: Desk, library: Library, text: str
) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    shown = await ann.say(group, f"/ask {text}")
    assert not shown.text.startswith(desk.wording.screens.door.title)
    entries = library.entries
    adult = {id for id, entry in entries.items() if entry.audience == "adults"}
    assert not {data[1:] for data in shown.data.values()} & adult


# Topics, moves and closed doors


@pytest.mark.parametrize("admin", [True, False])
async def test_an_answer_lands_in_its_topic(desk: Desk, admin: bool) -> None:
    async with running(desk) as bot:
        ann, forum = bot.fake.person("ann"), bot.fake.forum("Club", bot_admin=admin)
        for topic in (forum.topic("Questions"), forum.topic("Other")):
            texts = ["/ask are they genetic", "/topics", "/help"]
            for text in texts + [f"{NAME} are they genetic"] * admin:
                shown = await ann.say(topic, text)
                assert (shown.chat, shown.thread_id) == (forum, topic.thread_id)
        assert (await ann.say(forum, "/ask are they genetic")).thread_id is None


async def test_an_ask_that_is_gone_is_still_answered_in_its_topic(bot: Bot) -> None:
    ann, topic = bot.fake.person("ann"), bot.fake.forum("Club").topic("Questions")
    post = ann.write(topic, "/ask are they genetic")
    del topic.chat.messages[post.message_id]
    shown = await bot.heard(lambda: bot.fake.world.deliver(post))
    assert (shown.thread_id, shown.reply_to) == (topic.thread_id, None)


async def test_ask_without_anything_in_a_topic_answers_the_person(bot: Bot, desk: Desk) -> None:
    ann, topic = bot.fake.person("ann"), bot.fake.forum("Club").topic("Are they genetic?")
    shown = await ann.say(topic, "/ask")
    assert desk.wording.reach["commands"] in shown.text
    assert shown.reply_to != topic.thread_id and shown.thread_id == topic.thread_id


async def test_ask_answers_someones_message_in_its_topic(bot: Bot) -> None:
    ann, ben = bot.fake.person("ann"), bot.fake.person("ben")
    topic = bot.fake.forum("Club").topic("Questions")
    question = ben.write(topic, "are they genetic")
    shown = await bot.heard(lambda: bot.post(ann, topic, "/ask", to=question))
    assert (shown.thread_id, shown.reply_to) == (topic.thread_id, question.message_id)


async def test_a_reply_in_an_ordinary_supergroup_is_not_taken_for_a_topic(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    first = await ann.say(group, "/ask sexy?")
    shown = await ann.say(group, "/ask are they genetic", reply_to=first)
    assert shown.text.startswith(GENES)


@pytest.mark.parametrize(
    ("text", "title"), [("/ask are they genetic", GENES), ("/ask", None), ("/help", None)]
)
async def test_an_ask_just_before_the_group_moves_is_answered_in_the_new_one(
    desk: Desk, text: str, title: str | None
) -> None:
    async with prepared(desk) as bot:
        ann, old = bot.fake.person("ann"), bot.fake.group("Old", supergroup=False)
        bot.post(ann, old, text)
        new = bot.fake.upgrade(old)
        await bot.start()
        await bot.calm()
        (shown,) = bot.fake.sent
        assert shown.chat is new and shown.reply_to is None
        assert shown.text.startswith(title or desk.wording.screens.help.title)
        assert (await ann.say(new, "/ask are they genetic")).text.startswith(GENES)


async def test_a_button_of_before_the_move_still_works(bot: Bot) -> None:
    ann, old = bot.fake.person("ann"), bot.fake.group("Old", supergroup=False)
    shown = await ann.say(old, "/ask are they genetic")
    bot.fake.upgrade(old)
    assert (await ann.press(shown, "Tell me more")).url


def muted(bot: Bot, group: Chat) -> None:
    group.muted = True


def kicked(bot: Bot, group: Chat) -> None:
    group.bot_status = "kicked"


@pytest.mark.parametrize("shut", [muted, kicked])
@pytest.mark.parametrize("text", ["/ask are they genetic", "/help", "/topics"])
async def test_a_group_that_shuts_the_bot_out_is_left_alone(
    desk: Desk, shut: Callable[[Bot, Chat], None], text: str
) -> None:
    async with prepared(desk) as bot:
        ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
        bot.post(ann, group, text)
        shut(bot, group)
        await bot.start()
        await bot.silent()


@pytest.mark.parametrize("words", ["TOPIC_CLOSED", "message thread not found", "TOPIC_DELETED"])
async def test_a_closed_topic_is_left_alone(bot: Bot, words: str) -> None:
    ann, topic = bot.fake.person("ann"), bot.fake.forum("Club").topic("Questions")
    bot.fake.refuse_next("sendMessage", 400, words)
    await bot.silent(lambda: bot.post(ann, topic, "/ask are they genetic"))
