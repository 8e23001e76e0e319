"""The fake Telegram itself: python-telegram-bot works with it, and it refuses what Telegram refuses."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.ext import ContextTypes as Types

from tests.e2e.fakes import telegram_server
from tests.e2e.fakes.telegram_person import Person, Silence
from tests.e2e.fakes.telegram_server import FakeTelegram
from tests.e2e.fakes.telegram_spec import Book, book

pytestmark = pytest.mark.asyncio

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("More", callback_data="more"),
            InlineKeyboardButton("Open", callback_data="open"),
        ],
        [
            InlineKeyboardButton("New", callback_data="new"),
            InlineKeyboardButton("Source", url="https://example.org"),
        ],
        [
            InlineKeyboardButton("Twice", callback_data="twice"),
            InlineKeyboardButton("Hang", callback_data="hang"),
        ],
    ]
)
PINK = {"text": "x", "callback_data": "x", "style": "pink"}
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    + (300).to_bytes(4, "big")
    + (200).to_bytes(4, "big")
    + b"\x08\x06\0\0\0"
)
Running = Application[Any, Any, Any, Any, Any, Any]


def text_result(
    identifier: str, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> InlineQueryResultArticle:
    """An inline result that sends `text`."""
    return InlineQueryResultArticle(
        identifier, text, InputTextMessageContent(text), reply_markup=keyboard
    )


# A tiny bot: it repeats what it hears.


async def on_message(update: Update, context: Types.DEFAULT_TYPE) -> None:
    message = update.message
    if message is None or message.via_bot or message.text == "keep silent":
        return
    assert message.from_user is not None
    said = f"<b>{message.from_user.first_name}</b>: {message.text}"
    await message.reply_html(said, reply_markup=KEYBOARD)


async def on_guest(update: Update, context: Types.DEFAULT_TYPE) -> None:
    message = update.guest_message
    assert message is not None and message.guest_query_id
    result = text_result("1", f"guest {message.text}", KEYBOARD)
    await context.bot.answer_guest_query(message.guest_query_id, result)


async def on_press(update: Update, context: Types.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    if query.data == "hang":
        return
    url = f"https://t.me/{context.bot.username}?start=abc" if query.data == "open" else None
    try:
        await query.answer(f"you pressed {query.data}", url=url)
    except BadRequest as refusal:
        context.bot_data["refusal"] = refusal.message
    if query.data in ("more", "twice"):
        await query.edit_message_text(f"after {query.data}", reply_markup=KEYBOARD)
    if query.data == "new" and isinstance(query.message, Message):
        await query.message.reply_text("a new message")


async def on_inline(update: Update, context: Types.DEFAULT_TYPE) -> None:
    query = update.inline_query
    assert query is not None
    results = [text_result("1", f"about {query.query}", KEYBOARD), text_result("2", "plain")]
    await query.answer(
        results, button=InlineQueryResultsButton("All", start_parameter="all"), cache_time=5
    )


@asynccontextmanager
async def running(fake: FakeTelegram, **polling: Any) -> AsyncIterator[Running]:
    """The tiny bot, polling."""
    builder = Application.builder().token(fake.token).base_url(f"{fake.api_url}/bot")
    application = builder.base_file_url(f"{fake.api_url}/file/bot").build()
    application.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, on_guest))
    application.add_handler(MessageHandler(filters.ALL, on_message))
    application.add_handler(CallbackQueryHandler(on_press))
    application.add_handler(InlineQueryHandler(on_inline))
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(**polling)
        await fake.bot_ready()
        try:
            yield application
        finally:
            await application.updater.stop()
            await application.stop()


@asynccontextmanager
async def calling(fake: FakeTelegram) -> AsyncIterator[Bot]:
    """A bot that only calls methods."""
    async with Bot(
        fake.token, base_url=f"{fake.api_url}/bot", base_file_url=f"{fake.api_url}/file/bot"
    ) as bot:
        yield bot


async def started(fake: FakeTelegram, name: str = "ann") -> Person:
    """Somebody who has used the bot, which is not running."""
    person = fake.person(name)
    fake.world.deliver(person.write(person.private(), "/start"))
    return person


async def refused(call: Awaitable[object]) -> str:
    """The words in which a call was refused, in lower case: the library changes the case."""
    with pytest.raises(TelegramError) as caught:
        await call
    return caught.value.message.lower()


# The happy path


async def test_a_person_is_answered_with_buttons() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        answer = await ann.say(ann.private(), "why 😀")
        assert (answer.text, answer.html) == ("Ann: why 😀", "<b>Ann</b>: why 😀")
        assert answer.entities[0] == {"type": "bold", "offset": 0, "length": 3}
        assert answer.buttons == ["More", "Open", "New", "Source", "Twice", "Hang"]
        assert answer.data["More"] == "more" and answer.urls == {"Source": "https://example.org"}
        assert fake.sent == [answer] and fake.faults == []


async def test_a_press_edits_or_opens_or_sends() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        answer = await ann.say(ann.private(), "hello")
        more = await ann.press(answer, "More")
        assert more.answered and more.toast == "you pressed more"
        assert more.edited and more.edited.text == "after more" and answer.text == "Ann: hello"
        assert (await ann.press(more.edited, "New")).sent[0].text == "a new message"
        opened = await ann.press(answer, "Open")
        assert opened.url and (await ann.follow(opened.url)).text == "Ann: /start abc"
        assert (await ann.press(answer, "Source")).url == "https://example.org"
        assert (await ann.press_data(answer, "forged")).toast == "you pressed forged"
        assert fake.faults == []


async def test_a_press_that_is_too_old_is_refused_but_may_still_edit() -> None:
    async with FakeTelegram() as fake, running(fake) as application:
        ann = fake.person("ann")
        answer = await ann.say(ann.private(), "hello")
        pressed = await ann.press(answer, "More", expired=True)
        assert not pressed.answered and pressed.edited
        assert "is too old and response timeout expired" in application.bot_data["refusal"]
        assert fake.faults == []


async def test_a_press_that_nobody_answers_stays_unanswered() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        answer = await ann.say(ann.private(), "hello")
        assert not (await ann.press(answer, "Hang", patience=0.1)).answered


async def test_inline_results_are_sent_and_pressed() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann, ben, group = fake.person("ann"), fake.person("ben"), fake.group("Far", bot=False)
        results = await ann.inline("x" * 300)
        assert results.titles == [f"about {'x' * 256}", "plain"]
        assert results.button == {"text": "All", "start_parameter": "all"}
        assert (results.cache_time, results.is_personal) == (5, False)
        sent = await ann.pick(results[0], group)
        assert sent.inline_message_id and sent.chat is group
        edited = (await ben.press(sent, "More")).edited
        assert edited and edited.text == "after more"
        assert (await ann.pick(results[1], group)).inline_message_id is None
        assert fake.faults == []


async def test_a_guest_is_answered_where_the_bot_is_not() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        reply = await ann.guest("why")
        assert reply.text == f"guest @{fake.username} why"
        assert not reply.chat.bot_inside and fake.faults == []
        edited = (await ann.press(reply, "More")).edited
        assert edited and edited.text == "after more"


async def test_an_old_button_works_after_a_restart() -> None:
    async with FakeTelegram() as fake:
        ann = fake.person("ann")
        async with running(fake):
            answer = await ann.say(ann.private(), "hello")
        await fake.bot_gone()
        async with running(fake):
            assert (await ann.press(answer, "More")).edited
        assert fake.faults == []


async def test_an_update_waits_for_a_bot_that_is_away() -> None:
    async with FakeTelegram() as fake:
        ann = fake.person("ann")
        waiting = asyncio.create_task(ann.say(ann.private(), "hello"))
        await asyncio.sleep(0.05)
        async with running(fake):
            assert (await waiting).text == "Ann: hello"


async def test_edited_messages_reach_the_bot() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        post = ann.write(ann.private(), "hello")
        assert await ann.edit(post, "hello again", patience=0.1) is None
        await fake.quiet()
        assert fake.world.updates.pending == []


async def test_silence_in_private_is_an_error() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        with pytest.raises(Silence):
            await ann.say(ann.private(), "keep silent", patience=0.1)


# Groups


async def test_privacy_mode_hides_plain_text_and_mentions() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann, group = fake.person("ann"), fake.group("Gym")
        for text in (
            "hello",
            f"@{fake.username} hello",
            f"hello @{fake.username}",
            "/ask@other_bot x",
            "a /ask",
        ):
            assert await ann.say(group, text) is None
        answer = await ann.say(group, f"/ask@{fake.username} why")
        assert answer.text.endswith("why")
        assert (await ann.say(group, "/ask why")).chat is group
        assert (await ann.say(group, "a reply", reply_to=answer)).text == "Ann: a reply"
        assert fake.faults == []


@pytest.mark.parametrize(("can_read_all", "bot_admin"), [(True, False), (False, True)])
async def test_the_bot_sees_all_without_privacy_mode_or_as_admin(
    can_read_all: bool, bot_admin: bool
) -> None:
    async with FakeTelegram(can_read_all=can_read_all) as fake, running(fake):
        ann, group = fake.person("ann"), fake.group("Gym", bot_admin=bot_admin)
        assert (await ann.say(group, "hello")).text == "Ann: hello"


async def test_a_topic_keeps_its_thread() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann, topic = fake.person("ann"), fake.forum("Club").topic("Questions")
        answer = await ann.say(topic, "/ask why")
        assert answer.thread_id == topic.thread_id
        assert fake.requests[-1][1]["message_thread_id"] == topic.thread_id
        assert (await ann.say(topic.chat, "/ask why")).thread_id is None
        assert fake.faults == []


async def test_a_missing_topic_is_refused() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        forum, group = fake.forum("Club"), fake.group("Gym")
        for chat in (forum, group):
            words = await refused(bot.send_message(chat.id, "x", message_thread_id=77))
            assert words == "message thread not found"


async def test_an_upgraded_group_answers_with_its_new_id() -> None:
    async with FakeTelegram() as fake, running(fake) as application:
        ann, group = fake.person("ann"), fake.group("Old", supergroup=False)
        assert (await ann.say(group, "/ask x")).chat is group
        new = fake.upgrade(group)
        with pytest.raises(ChatMigrated) as moved:
            await application.bot.send_message(group.id, "x")
        assert moved.value.new_chat_id == new.id
        assert (await ann.say(group, "/ask y")).chat is new


async def test_an_anonymous_admin_speaks_as_the_group() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann, group = fake.person("ann"), fake.group("Gym")
        assert (await ann.say(group, "/ask x", anonymous=True)).text == "Group: /ask x"
        assert fake.faults == []


async def test_joining_and_leaving_is_told() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann, group = fake.person("ann"), fake.group("Gym", bot=False)
        assert "is not a member" in await refused(bot.send_message(group.id, "x"))
        fake.add_bot(group, ann)
        assert (await bot.send_message(group.id, "x")).chat.id == group.id
        fake.remove_bot(group, ann)
        assert "was kicked" in await refused(bot.send_message(group.id, "x"))
        kinds = [
            next(key for key in update if key != "update_id")
            for update in fake.world.updates.pending
        ]
        assert kinds == ["my_chat_member", "message", "my_chat_member"] and fake.faults == []


async def test_members_and_admins() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann, group = fake.person("ann"), fake.group("Gym", bot_admin=True)
        fake.promote(group, ann)
        assert (await bot.get_chat_member(group.id, ann.id)).status == "administrator"
        team = [one.user.id for one in await bot.get_chat_administrators(group.id)]
        assert len(team) == 3 and {ann.id, bot.id} < {*team}
        group.bot_status, group.hidden = "member", True
        assert bot.id not in [one.user.id for one in await bot.get_chat_administrators(group.id)]
        assert "inaccessible" in await refused(bot.get_chat_member(group.id, ann.id))
        group.hidden = False
        assert (await bot.get_chat(group.id)).title == "Gym"
        assert await refused(bot.get_chat_member(group.id, 5)) == "member not found"
        assert fake.faults == []


# Who may be written to


async def test_a_person_who_blocked_the_bot_gets_nothing() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        ann.block()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ann.id, "x")
        ann.unblock()
        await bot.send_message(ann.id, "x")
        assert fake.faults == []


async def test_a_person_who_never_started_the_bot_gets_nothing() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann, ben = fake.person("ann"), fake.person("ben")
        ann.private()
        assert await refused(bot.send_message(ann.id, "x")) == "chat not found"
        fake.world.deliver(ben.write(fake.group("Gym"), "/ask"))
        ben.private()
        assert "can't initiate conversation" in await refused(bot.send_message(ben.id, "x"))


# What is refused, with a fault


async def post(
    fake: FakeTelegram, method: str, body: dict[str, Any], token: str | None = None
) -> tuple[int, Any]:
    """A raw request with a JSON body."""
    url = f"{fake.api_url}/bot{token or fake.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("<b>" + "x" * 4097 + "</b>", "Message is too long"),
        ("", "Message text is empty"),
        (" <b> </b> ", "Text must be non-empty"),
        ("a < b", """Can't parse entities: Unsupported start tag "" at byte offset 2"""),
        ("é <h1>x</h1>", """Can't parse entities: Unsupported start tag "h1" at byte offset 3"""),
        ("<b>x", """Can't parse entities: Can't find end tag corresponding to start tag "b\""""),
        ("<b><i></b></i>", "Can't parse entities: Unmatched end tag at byte offset 6, expected"),
        ("x</b>", "Can't parse entities: Unexpected end tag at byte offset 1"),
        ("<b", "Can't parse entities: Unclosed start tag at byte offset 0"),
        (
            "<span>x</span>",
            """Can't parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0""",
        ),
        (
            "&#xD800;",
            "Can't parse entities: Text contains invalid Unicode characters after decoding HTML entities",
        ),
    ],
)
async def test_a_wrong_text_is_refused(text: str, words: str) -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        assert words.lower() in await refused(bot.send_message(ann.id, text, parse_mode="HTML"))
        assert any(words[1:] in fault for fault in fake.faults) and fake.sent == []


async def test_long_texts_that_fit_are_sent() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        await bot.send_message(ann.id, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
        await bot.send_message(ann.id, "&amp;" * 4096, parse_mode="HTML")
        await bot.send_message(ann.id, "😀" * 2048)
        assert fake.faults == []


@pytest.mark.parametrize(
    "text", ["<b>x</b>y" * 101, "AT&T", "a&nbsp;b", "a &amp b", "<a href='nowhere'>x</a>"]
)
async def test_what_telegram_only_tolerates_is_sent_but_noted(text: str) -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        await bot.send_message(ann.id, text, parse_mode="HTML")
        assert len(fake.faults) == 1


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "Text buttons are unallowed"),
        ({"text": "x", "callback_data": "a", "url": "https://t.me"}, "Text buttons are unallowed"),
        ({"text": " ", "callback_data": "a"}, "must be non-empty"),
        ({"text": "x", "url": "not a link"}, "Wrong HTTP URL"),
    ],
)
async def test_a_wrong_button_is_refused(button: dict[str, str], words: str) -> None:
    async with FakeTelegram() as fake:
        ann = await started(fake)
        keyboard = {"inline_keyboard": [[button]]}
        status, answer = await post(
            fake, "sendMessage", {"chat_id": ann.id, "text": "x", "reply_markup": keyboard}
        )
        assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)
        assert words in answer["description"] and any(words in fault for fault in fake.faults)


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([text_result(str(number), "x") for number in range(51)], "too many inline query results"),
        ([text_result("1", "x"), text_result("1", "y")], "RESULT_ID_DUPLICATE"),
        ([text_result("é" * 33, "x")], "RESULT_ID_INVALID"),
        ([text_result("1", "x" * 4097)], "is too long"),
    ],
)
async def test_wrong_inline_results_are_refused(
    results: list[InlineQueryResultArticle], words: str
) -> None:
    async with FakeTelegram() as fake:
        body = {
            "inline_query_id": fake.world.ask().id,
            "results": [result.to_dict() for result in results],
        }
        status, answer = await post(fake, "answerInlineQuery", body)
        assert status == 400 and words in answer["description"] and fake.faults


async def test_a_start_parameter_has_its_letters() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann, identifier = await started(fake), fake.world.ask().id
        for wrong in ("a b", "é", "x" * 65):
            button = InlineQueryResultsButton("All", start_parameter=wrong)
            assert "start_param_invalid" in await refused(
                bot.answer_inline_query(identifier, [], button=button)
            )
            with pytest.raises(AssertionError):
                await ann.follow(f"https://t.me/{fake.username}?start={wrong}")


@pytest.mark.parametrize(
    "url", ["https://example.org", "https://t.me/other_bot?start=a", "https://t.me/fossae_test_bot"]
)
async def test_an_answer_to_a_press_leads_only_to_the_bot(url: str) -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        query = fake.world.ask()
        assert await refused(bot.answer_callback_query(query.id, url=url)) == "url_invalid"
        assert await bot.answer_callback_query(query.id, url=f"t.me/{fake.username}?start=a-b_C")
        assert await refused(bot.answer_callback_query(query.id, "x" * 201)) == "message_too_long"


async def test_an_answer_to_nothing_is_refused() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        assert "query is too old" in await refused(bot.answer_callback_query("123"))
        assert fake.faults == ["answer to a query that was never asked: 123"]


async def test_commands_are_kept_by_scope_and_language() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        await bot.set_my_commands([("ask", "Ask")])
        await bot.set_my_commands([("frag", "Frag")], BotCommandScopeAllPrivateChats(), "de")
        assert fake.commands == {
            ("default", ""): [{"command": "ask", "description": "Ask"}],
            ("all_private_chats", "de"): [{"command": "frag", "description": "Frag"}],
        }
        assert (await bot.get_my_commands())[0].command == "ask"
        await bot.delete_my_commands()
        assert ("default", "") not in fake.commands and fake.faults == []


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([BotCommand("Ask", "x")], "BOT_COMMAND_INVALID"),
        ([BotCommand("a" * 33, "x")], "BOT_COMMAND_INVALID"),
        ([BotCommand("ask", "")], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([BotCommand("ask", "x" * 257)], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([BotCommand(f"a{number}", "x") for number in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands_are_refused(commands: list[BotCommand], words: str) -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        assert await refused(bot.set_my_commands(commands)) == words.lower()
        assert fake.faults and not fake.commands


async def test_a_picture_is_kept_and_its_caption_measured() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        sent = await bot.send_photo(
            ann.id, PNG, caption="<i>x</i>", parse_mode="HTML", filename="a.png"
        )
        assert fake.sent[0].has_photo and fake.sent[0].text == "x" and sent.photo[0].width == 300
        file = await bot.get_file(sent.photo[0].file_id)
        assert bytes(await file.download_as_bytearray()) == PNG
        await bot.send_photo(ann.id, sent.photo[0].file_id)
        assert fake.faults == []
        assert (
            await refused(bot.send_photo(ann.id, PNG, caption="x" * 1025))
            == "message caption is too long"
        )
        assert await refused(bot.send_photo(ann.id, b"no picture")) == "image_process_failed"


# What is refused without a fault: it happens to correct bots


async def test_an_edit_that_changes_nothing_is_refused() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        answer = await ann.say(ann.private(), "hello")
        assert (await ann.press(answer, "Twice")).edited
        async with calling(fake) as bot:
            again = bot.edit_message_text(
                "after twice", ann.id, answer.message_id, reply_markup=KEYBOARD
            )
            assert (await refused(again)).startswith("message is not modified")
        assert fake.faults == []


async def test_a_reply_to_nothing_is_refused_unless_that_is_allowed() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        gone, anyway = ReplyParameters(99), ReplyParameters(99, allow_sending_without_reply=True)
        assert (
            await refused(bot.send_message(ann.id, "x", reply_parameters=gone))
            == "message to be replied not found"
        )
        assert (
            await bot.send_message(ann.id, "x", reply_parameters=anyway)
        ).reply_to_message is None


async def test_messages_are_deleted_once() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        message = await bot.send_message(ann.id, "x")
        assert await bot.delete_message(ann.id, message.message_id)
        assert (
            await refused(bot.delete_message(ann.id, message.message_id))
            == "message to delete not found"
        )
        assert (
            await refused(bot.edit_message_text("y", ann.id, message.message_id))
            == "message to edit not found"
        )


@pytest.mark.filterwarnings("ignore:.*retry_after.*")
async def test_flood_and_broken_lines() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        fake.refuse_next("sendMessage", 429, "retry after 3", retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(ann.id, "x")
        fake.hang_up_next("sendMessage")
        with pytest.raises(TelegramError):
            await bot.send_message(ann.id, "x")
        await bot.send_message(ann.id, "x")
        assert len(fake.sent) == 1


# The server


async def test_tokens_and_methods_are_known() -> None:
    async with FakeTelegram() as fake:
        assert (await post(fake, "getMe", {}, "nonsense"))[0] == 404
        assert (await post(fake, "getMe", {}, fake.token + "x"))[0] == 401
        if book.available:  # the names of methods, whose case does not matter, are in the document
            assert (await post(fake, "GETME", {}))[1]["result"]["supports_guest_queries"] is True
        assert fake.faults == []
        assert (await post(fake, "sendNonsense", {}))[0] == 404
        assert (await post(fake, "sendDice", {"chat_id": 1}))[0] == 404
        lacking = "this fake lacks it" if book.available else "there is no such method"
        assert fake.faults == ["sendNonsense: there is no such method", f"sendDice: {lacking}"]
        with pytest.raises(InvalidToken):
            async with Bot("1:" + "x" * 35, base_url=f"{fake.api_url}/bot"):
                pass


async def test_the_newest_poll_wins() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot, calling(fake) as other:
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await fake.bot_ready()
        assert await other.get_updates(timeout=0) == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first


async def test_a_bot_that_is_killed_is_gone() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        polling = asyncio.create_task(bot.get_updates(timeout=30))
        await fake.bot_ready()
        polling.cancel()
        await fake.bot_gone(timeout=2)
        with pytest.raises(TimeoutError, match="does not poll"):
            await fake.bot_ready(timeout=0.05)


async def test_updates_stay_until_they_are_confirmed() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        ann = await started(fake)
        fake.world.deliver(ann.write(ann.private(), "two"))
        first, second = await bot.get_updates()
        assert len(await bot.get_updates()) == 2
        assert await bot.get_updates(offset=first.update_id + 1) == (second,)
        assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_some_updates_come_only_when_asked_for() -> None:
    async with FakeTelegram() as fake, calling(fake) as bot:
        assert not fake.world.updates.wants("chat_member") and fake.world.updates.wants(
            "my_chat_member"
        )
        await bot.get_updates(allowed_updates=["chat_member", "message"])
        assert fake.world.updates.wants("chat_member") and not fake.world.updates.wants(
            "inline_query"
        )
        await bot.get_updates()
        assert not fake.world.updates.wants("inline_query")


async def test_forms_and_addresses_are_read_too() -> None:
    async with FakeTelegram() as fake, aiohttp.ClientSession() as session:
        ann = await started(fake)
        url = f"{fake.api_url}/bot{fake.token}/sendMessage"
        async with session.get(url, params={"chat_id": ann.id, "text": "1"}) as answer:
            assert (await answer.json())["result"]["text"] == "1"
        keyboard = json.dumps({"force_reply": True})
        async with session.post(
            url, data={"chat_id": ann.id, "text": "[2]", "reply_markup": keyboard}
        ) as answer:
            assert answer.status == 200
        assert fake.sent[1].force_reply and fake.sent[1].text == "[2]" and fake.faults == []


async def test_calm_is_waited_for() -> None:
    async with FakeTelegram() as fake, running(fake):
        ann = fake.person("ann")
        for text in ("one", "two", "three"):
            fake.world.deliver(ann.write(ann.private(), text))
        await fake.quiet()
        assert [shown.text for shown in fake.sent] == ["Ann: one", "Ann: two", "Ann: three"]


# The specification


@pytest.mark.skipif(not book.available, reason="needs ../shared/specs/telegram-bot-api.json")
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"text": "x", "colour": "red"}, "'colour' was unexpected"),
        ({"text": 5}, "is not of type"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[PINK]]}}, "pink"),
    ],
)
async def test_a_request_that_breaks_the_specification_is_a_fault(
    body: dict[str, Any], words: str
) -> None:
    async with FakeTelegram() as fake:
        ann = await started(fake)
        assert (await post(fake, "sendMessage", {"chat_id": ann.id, **body}))[0] == 400
        assert any(words in fault for fault in fake.faults)


async def test_without_the_specification_the_limits_still_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(telegram_server, "book", absent := Book(Path("/nowhere")))
    async with FakeTelegram() as fake, running(fake) as application:
        ann = fake.person("ann")
        answer = await ann.say(ann.private(), "123")
        assert (await ann.press(answer, "More")).edited and answer.text == "Ann: 123"
        assert (
            await refused(application.bot.send_message(ann.id, "x" * 4097)) == "message is too long"
        )
        assert not absent.available and absent.checked == 0


@pytest.mark.skipif(not book.available, reason="needs ../shared/specs/telegram-bot-api.json")
async def test_own_updates_are_checked() -> None:
    before = book.checked
    async with FakeTelegram() as fake:
        fake.world.tell("message", {"message_id": 1})
        assert fake.faults and book.checked > before
