"""A private chat with Fossae on Telegram."""

import asyncio
from typing import Any

import pytest

from bots.desk import Desk
from core.content.library import Library
from core.dialogue import token
from core.dialogue.answers import CITED_AT_ONCE
from core.dialogue.request import ShowEntry
from tests.e2e.fakes.telegram_shown import Shown
from tests.e2e.telegram.bot import Bot


def adults_only(library: Library, shown: Shown) -> list[str]:
    """The buttons of a message that lead to entries for adults only."""
    entries = library.entries
    return [
        data
        for data in shown.data.values()
        if data[1:] in entries and entries[data[1:]].audience == "adults"
    ]


# Starting


async def test_start_says_how_to_ask(bot: Bot, desk: Desk, library: Library) -> None:
    hello = await bot.fake.person("ann").start()
    assert hello.text.startswith(desk.wording.screens.help.title)
    assert desk.wording.reach["private"] in hello.text and library.covers in hello.text
    assert hello.buttons == ["All topics", "Guided check: do I have them?", "About this bot"]
    assert hello.reply_to is None


async def test_a_start_link_opens_what_it_names(bot: Bot, library: Library) -> None:
    entry = library.entries["are-they-genetic"]
    shown = await bot.fake.person("ann").start(token.write(ShowEntry(entry.id)))
    assert shown.text.startswith(entry.question) and entry.short in shown.text


FORGED_LINKS = ("zzz", "e", "eno-such-entry", "ino-such", "uno-such", "tno-such", "E_", "x" * 64)
NO_LINKS = ("x" * 65, "e" * 4000, "é", "../..", "<b>", "zzz b c", "%00")


async def test_a_forged_start_link_leads_back_to_the_topics(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    for payload in FORGED_LINKS + NO_LINKS:
        shown = await ann.say(ann.private(), f"/start {payload}")
        assert shown.text.startswith(desk.wording.screens.stale.title), payload
        assert shown.buttons == ["All topics"]


# Asking


async def test_a_question_is_answered_with_its_evidence_and_sources(
    bot: Bot, desk: Desk, library: Library
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    entry = library.entries["are-they-genetic"]
    assert shown.text.splitlines()[0] == entry.question and entry.short in shown.text
    assert desk.wording.evidence[entry.evidence] in shown.text
    assert "Checked by our editors on 22 November 2026" in shown.text
    assert desk.wording.notice in shown.text
    cited = {source.label: source.url for source in library.sources.values()}
    assert 0 < len(shown.links) <= CITED_AT_ONCE
    assert all(cited[label] == url for label, url in shown.links.items())
    assert shown.reply_to is None and shown.part(shown.entities[0]) == entry.question


async def test_a_question_without_an_answer_is_refused_honestly(
    bot: Bot, desk: Desk, library: Library
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "how do i get cheek dimples")
    assert shown.text.startswith(desk.wording.screens.nothing.title)
    assert library.covers in shown.text and library.not_covered in shown.text
    assert shown.buttons == ["All topics"]


async def test_close_questions_are_offered_and_none_may_fit(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    offer = await ann.say(ann.private(), "do bigger people ever have them")
    assert offer.text.startswith(desk.wording.screens.clarify.title)
    assert offer.buttons[-1] == "None of these" and len(offer.buttons) > 1
    none = (await ann.press(offer, "None of these")).edited
    assert none and none.text.startswith(desk.wording.screens.nothing_else.title)
    offer = await ann.say(ann.private(), "do bigger people ever have them")
    chosen = (await ann.press(offer, "Can bigger people have them?")).edited
    assert chosen and chosen.text.startswith("Can bigger people have back dimples?")


async def test_not_what_i_asked_offers_the_next_best_and_then_nothing(
    bot: Bot, desk: Desk, library: Library
) -> None:
    ann = bot.fake.person("ann")
    first = await ann.say(ann.private(), "what gene makes back dimples")
    assert first.text.startswith(library.entries["dimple-gene"].question)
    second = (await ann.press(first, "Not what I asked")).edited
    assert second and second.text.startswith(library.entries["are-they-genetic"].question)
    last = (await ann.press(second, "Not what I asked")).edited
    assert last and last.text.startswith(desk.wording.screens.nothing_else.title)
    assert last.buttons == ["All topics"]


STRANGE = [
    "@everyone <b>are</b> *they* _genetic_?",
    "[x](tg://user?id=1) <a href='https://example.org'>&lt;&amp;</a> <script>",
    "😀" * 1000,
    "😀" * 2000,
    "\u200b\u200d\ufeff",
    "are\u200b they\u200d gen\u200betic",
    "مرحبا، هل غمازات الظهر وراثية؟ \u202e",
    "are back dimples genetic? " * 250,
    "x" * 7000,
    "a\nb\n\nc\t\r\n",
    "genetic \ud800 \udfff",
    "\x00\x01\x7f",
    "/",
    "   ",
]


async def test_a_strange_text_gets_a_proper_reply(bot: Bot, desk: Desk) -> None:
    ann, screens = bot.fake.person("ann"), desk.wording.screens
    ann.user["first_name"] = "Ann & <b>Bob</b>"
    for text in STRANGE:
        shown = await ann.say(ann.private(), text)
        first = shown.text.splitlines()[0]
        titles = {screens.help.title, screens.nothing.title, screens.clarify.title}
        titles |= {screens.only_english.title}
        assert first in titles or first.endswith("?"), text
        assert "Bob" not in shown.text and "@" not in shown.text
        asked = await ann.say(ann.private(), f"/ask {text}")
        assert asked.text.splitlines()[0] == first, text


async def test_ask_as_a_reply_takes_what_it_replies_to(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    post = bot.post(ann, ann.private(), "are they genetic")
    await bot.calm()
    shown = await bot.heard(lambda: bot.post(ann, ann.private(), "/ask", to=post))
    assert shown.text.startswith("Are back dimples genetic?")


async def test_an_edited_question_is_asked_again_and_says_which(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    post = ann.write(ann.private(), "how do i get cheek dimples")
    bot.fake.world.deliver(post)
    await bot.calm()
    shown = await ann.edit(post, "are they genetic")
    assert shown.text.startswith("Are back dimples genetic?")
    assert shown.reply_to == post.message_id


async def test_a_mistyped_command_may_be_mended(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    post = ann.write(ann.private(), "/topcis")
    bot.fake.world.deliver(post)
    await bot.calm()
    shown = await ann.edit(post, "/topics")
    assert shown.text.startswith(desk.wording.screens.topics.title)


@pytest.mark.parametrize(
    "extra",
    [
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"location": {"latitude": 1.5, "longitude": 2.5}},
    ],
)
async def test_what_is_not_text_is_neither_read_nor_kept(
    bot: Bot, desk: Desk, extra: dict[str, Any]
) -> None:
    ann = bot.fake.person("ann")
    shown = await bot.heard(lambda: bot.post(ann, ann.private(), "", **extra))
    assert shown.text.startswith(desk.wording.screens.no_text.title)
    assert shown.reply_to and shown.buttons == ["All topics"]


@pytest.mark.parametrize("caption", ["", "are these genetic", "/ask are these genetic"])
async def test_a_picture_is_not_looked_at(bot: Bot, desk: Desk, caption: str) -> None:
    ann = bot.fake.person("ann")
    shown = await bot.heard(lambda: bot.post(ann, ann.private(), caption, photo=True))
    assert shown.text.startswith(desk.wording.screens.no_text.title)


async def test_an_album_is_answered_once(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    for _ in range(4):
        bot.post(ann, ann.private(), "", photo=True, media_group_id="77")
    await bot.calm()
    assert len(bot.fake.sent) == 1
    bot.post(ann, ann.private(), "", photo=True, media_group_id="78")
    await bot.calm()
    assert len(bot.fake.sent) == 2


async def test_a_pinned_message_and_an_inline_result_are_no_questions(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    hello = await ann.start()
    await bot.silent(lambda: bot.post(ann, ann.private(), "", pinned_message=hello.raw))
    results = await ann.inline("are they genetic")
    await ann.pick(results[0], ann.private())
    await bot.silent()


# Commands


COMMANDS = {
    "/topics": "topics",
    "/topics, please": "topics",
    "/TOPICS": "topics",
    "/topics@fossae_test_bot": "topics",
    "/topics\nplease": "topics",
    "/sources": "sources",
    "/about": "about",
    "/about?": "about",
    "/help": "help",
    "/help me": "help",
    "/start": "help",
    "/ask": "help",
    "/settings": "help",
    "/topcis please": "help",
    "/stop@fossae_test_bot": "help",
}


async def test_commands_open_their_screens(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    for text, screen in COMMANDS.items():
        shown = await ann.say(ann.private(), text)
        assert shown.text.startswith(getattr(desk.wording.screens, screen).title), text
        assert shown.reply_to is None


async def test_sources_are_turned_page_by_page(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    page: Shown | None = await ann.say(ann.private(), "/sources")
    labels: list[str] = []
    while page:
        labels += [line[2:] for line in page.text.splitlines() if line.startswith("• ")]
        page = (await ann.press(page, "Next page")).edited if "Next page" in page.buttons else None
    assert sorted(labels) == sorted(source.label for source in library.sources.values())
    last = bot.fake.edits[-1]
    assert (await ann.press(last, "Previous page")).edited and len(bot.fake.sent) == 1


# Walking


async def test_a_walk_from_the_topics_down_and_back_stays_in_one_message(
    bot: Bot, desk: Desk, library: Library
) -> None:
    ann, entry = bot.fake.person("ann"), library.entries["are-they-genetic"]
    shown = await ann.say(ann.private(), "/topics")
    checks = [check.label for check in library.assessments.values()]
    assert shown.buttons == [*(topic.label for topic in library.topics.values()), *checks]
    steps = ["Genes and family", entry.label, "Tell me more", "Evidence and sources"]
    steps += ["Back to the answer", "All topics"]
    seen = {}
    for step in steps:
        pressed = await ann.press(shown, step)
        assert pressed.answered and pressed.toast is None and pressed.edited
        shown = seen[step] = pressed.edited
    assert seen["Genes and family"].buttons[-1] == "All topics"
    assert entry.short in seen[entry.label].text
    assert entry.more and " ".join(entry.more.split()) in " ".join(
        seen["Tell me more"].text.split()
    )
    assert "Tell me more" not in seen["Tell me more"].buttons
    assert all(
        library.claims[claim].text in seen["Evidence and sources"].text for claim in entry.claims
    )
    assert set(seen["Evidence and sources"].links) <= {s.label for s in library.sources_of(entry)}
    assert seen["Back to the answer"].text == seen[entry.label].text
    assert seen["All topics"].text.startswith(desk.wording.screens.topics.title)
    assert len(bot.fake.sent) == 1


async def test_related_questions_lead_on(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    for related in library.entries["are-they-genetic"].see_also:
        other = (await ann.press(shown, library.entries[related].label)).edited
        assert other and other.text.startswith(library.entries[related].question)


async def test_every_button_of_an_old_message_still_works(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    for label in shown.buttons:
        pressed = await ann.press(shown, label)
        assert pressed.answered and pressed.edited


# Pressing under bad conditions


async def test_an_old_button_works_after_a_restart(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    await bot.stop()
    waiting = asyncio.create_task(ann.press(shown, "Tell me more"))
    await bot.start()
    edited = (await waiting).edited
    assert edited and str(library.entries["are-they-genetic"].more)[:40] in edited.text


async def test_a_question_asked_while_the_bot_was_away_is_answered(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    await ann.start()
    await bot.stop()
    waiting = asyncio.create_task(ann.say(ann.private(), "are they genetic"))
    await bot.start()
    assert (await waiting).text.startswith("Are back dimples genetic?")


async def test_two_presses_at_once_both_end(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    labels = ["Tell me more", "Evidence and sources"]
    pressed = await asyncio.gather(*(ann.press(shown, label) for label in labels))
    assert [each.answered for each in pressed] == [True, True]
    await bot.calm()
    assert len(bot.fake.edits) == 2 and len(bot.fake.sent) == 1


async def test_the_same_button_twice_at_once_changes_the_message_once(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    pressed = await asyncio.gather(*(ann.press(shown, "Tell me more") for _ in range(3)))
    assert all(each.answered for each in pressed)
    assert len(bot.fake.edits) == 1 and len(bot.fake.sent) == 1


FORGED = ("zzz", "eno-such-entry", "é" * 32, "e../x", "t_1", "o99999", "", "x" * 64, "<b>&")


async def test_a_forged_button_is_out_of_date(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    for data in FORGED:
        pressed = await ann.press_data(await ann.start(), data)
        assert pressed.answered and pressed.edited, data
        assert pressed.edited.text.startswith(desk.wording.screens.stale.title), data


async def test_a_page_that_is_gone_becomes_the_last_one(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    edited = (await ann.press_data(await ann.start(), "o9999")).edited
    assert edited and "Next page" not in edited.buttons and "Previous page" in edited.buttons


async def test_a_press_that_expired_is_noted_once_and_dropped(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    pressed = await ann.press(shown, "Tell me more", expired=True)
    assert not pressed.answered
    await bot.silent()
    (late,) = bot.journal.take("WARNING")
    assert "late" in late.getMessage() and late.exc_info is None


async def test_a_message_that_is_too_old_to_be_seen_is_answered_anew(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    pressed = await ann.press(shown, "Tell me more", inaccessible=True)
    assert pressed.answered and (pressed.edited or pressed.sent)


@pytest.mark.parametrize(
    "words", ["message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID"]
)
@pytest.mark.parametrize("inaccessible", [False, True])
async def test_a_message_deleted_before_the_edit_is_answered_anew(
    bot: Bot, words: str, inaccessible: bool
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    bot.fake.refuse_next("editMessageText", 400, words)
    pressed = await ann.press(shown, "Tell me more", inaccessible=inaccessible)
    assert pressed.answered and not pressed.edited
    assert pressed.sent[0].text.startswith("Are back dimples genetic?")


async def test_a_press_on_a_message_that_was_deleted_is_answered_anew(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    del ann.private().messages[shown.message_id]
    pressed = await ann.press(shown, "Tell me more")
    assert pressed.answered and pressed.sent[0].text.startswith("Are back dimples genetic?")


# Adults only, and what is for one person alone


async def test_an_adult_opens_what_is_for_adults(bot: Bot, desk: Desk, library: Library) -> None:
    ann, entry = bot.fake.person("ann"), library.entries["surgery"]
    gate = await ann.say(ann.private(), "is there surgery for back dimples")
    assert gate.text.startswith(desk.wording.screens.adults.title)
    assert entry.short not in gate.text
    assert gate.buttons[:2] == ["I am 18 or over", "I am under 18"]
    shown = (await ann.press(gate, "I am 18 or over")).edited
    assert shown and entry.short in shown.text
    related = (await ann.press(shown, library.entries["surgery-risks"].label)).edited
    assert related and related.text.startswith(library.entries["surgery-risks"].question)
    anew = await ann.say(ann.private(), "is there surgery for back dimples")
    assert anew.text == gate.text, "nothing is remembered"


async def test_someone_under_18_gets_the_answer_for_them(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    gate = await ann.say(ann.private(), "is there surgery for back dimples")
    shown = (await ann.press(gate, "I am under 18")).edited
    assert shown and shown.text.startswith(library.entries["under-18"].question)
    assert adults_only(library, shown) == []


async def test_a_link_to_what_is_for_adults_opens_the_gate(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    for written in ("esurgery", "msurgery", "ssurgery"):
        shown = await ann.start(written)
        assert shown.text.startswith(desk.wording.screens.adults.title)


YOUNG = [
    "i am 16 can i get a back dermal piercing",
    "I'm 15, what are the risks of back dimple surgery",
    "im 14 kybella for back dimples",
    "surgery for my 13 year old daughter's back dimples",
    "can a teenager get lipo for venus dimples",
    "my mum says no to back dimple surgery, how is it done",
    "17f is there surgery for back dimples",
    "is there surgery for back dimples if you are under 18",
]


@pytest.mark.parametrize("text", YOUNG)
async def test_who_seems_to_be_under_18_is_not_led_to_procedures(
    bot: Bot, desk: Desk, library: Library, text: str
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), text)
    assert not shown.text.startswith(desk.wording.screens.adults.title)
    first = shown.text.splitlines()[0]
    adult = {e.question for e in library.entries.values() if e.audience == "adults"}
    assert first not in adult and adults_only(library, shown) == []


@pytest.mark.parametrize("id", ["target-number", "body-worries"])
async def test_what_is_private_is_said_in_private(bot: Bot, library: Library, id: str) -> None:
    ann, entry = bot.fake.person("ann"), library.entries[id]
    assert entry.short in (await ann.say(ann.private(), entry.question)).text


# A chat that does not hold still


async def test_a_reply_waits_when_telegram_says_so(bot: Bot) -> None:
    ann, ben = bot.fake.person("ann"), bot.fake.person("ben")
    bot.fake.refuse_next("sendMessage", 429, "retry after 1", retry_after=0.3)
    waiting = asyncio.create_task(ann.say(ann.private(), "are they genetic"))
    await bot.fake.world.pulse.until(lambda: bot.fake.asked("sendMessage"), 5)
    hello = await ben.start()
    assert hello is bot.fake.sent[0], "others do not wait"
    assert (await waiting) is bot.fake.sent[1] and len(bot.fake.asked("sendMessage")) == 3


async def test_a_press_waits_when_telegram_says_so(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    bot.fake.refuse_next("answerCallbackQuery", 429, "retry after 1", retry_after=0.05)
    bot.fake.refuse_next("editMessageText", 429, "retry after 1", retry_after=0.05)
    pressed = await ann.press(shown, "Tell me more")
    assert pressed.answered and pressed.edited and len(bot.fake.asked("editMessageText")) == 2


async def test_who_must_wait_too_long_is_given_up_quietly(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    bot.fake.refuse_next("sendMessage", 429, "retry after 900", retry_after=900)
    await bot.silent(lambda: bot.post(ann, ann.private(), "are they genetic"))
    (limited,) = bot.journal.take("WARNING")
    assert "limited" in limited.getMessage() and limited.exc_info is None


async def test_who_has_blocked_the_bot_is_left_alone(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "are they genetic")
    await bot.stop()
    bot.post(ann, ann.private(), "are they genetic")
    query = bot.fake.world.ask(shown.post)
    pressed = ann._callback(query, shown.post, shown.data["Tell me more"], False)
    bot.fake.world.tell("callback_query", pressed)
    ann.block()
    await bot.start()
    await bot.silent()


async def test_a_broken_line_is_no_fault_of_ours(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    bot.fake.hang_up_next("sendMessage")
    shown = await ann.say(ann.private(), "are they genetic")
    assert shown.text.startswith(desk.wording.screens.failure.title)
    (broken,) = bot.journal.take("WARNING")
    assert broken.exc_info is None


# Drawings


async def test_a_drawing_comes_as_a_picture_with_its_words_and_leads_back(
    bot: Bot, library: Library
) -> None:
    ann = bot.fake.person("ann")
    answer = await ann.say(ann.private(), "What are back dimples?")
    (drawing,) = (await ann.press(answer, "Show the drawing")).sent
    assert drawing.has_photo and library.figures["lower-back"].alt in drawing.text
    (back,) = (await ann.press(drawing, "Back to the answer")).sent
    assert not back.has_photo and back.text.startswith("What are back dimples?")


async def test_a_drawing_asked_for_in_a_group_comes_in_private(bot: Bot) -> None:
    ann, group = bot.fake.person("ann"), bot.fake.group("Gym")
    answer = await ann.say(group, "/ask What are back dimples?")
    drawing = await ann.follow((await ann.press(answer, "Show the drawing")).url or "")
    assert drawing.has_photo and drawing.chat == ann.private()


async def test_a_question_in_another_language_is_told_so_in_that_language(
    bot: Bot, desk: Desk
) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.say(ann.private(), "¿por qué solo tengo un hoyuelo en la espalda?")
    spanish = desk.wording.languages["es"]
    assert shown.text.startswith(desk.wording.screens.only_english.title)
    assert spanish.only_english in shown.text and spanish.emergency in shown.text
    assert desk.wording.emergency in shown.text and shown.buttons == ["All topics"]
