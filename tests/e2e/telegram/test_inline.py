"""Fossae in chats it is not in: inline results, and answers as a guest."""

import asyncio

import pytest

from bots.desk import Desk
from bots.telegram.elsewhere import RESULTS
from core.content.library import Library
from tests.e2e.fakes.telegram_shown import Results
from tests.e2e.telegram.bot import Bot

GENES = "Are back dimples genetic?"
YOUNG = [
    "i am 16 can i get a back dermal piercing",
    "I'm 15, what are the risks of back dimple surgery",
    "im 14 kybella for back dimples",
    "can a teenager get lipo for venus dimples",
]


def adults(library: Library) -> set[str]:
    """The entries for adults only."""
    return {id for id, entry in library.entries.items() if entry.audience == "adults"}


def offered(results: Results) -> set[str]:
    """Every entry that the results are or lead to."""
    keys = [
        row for each in results for row in each.get("reply_markup", {}).get("inline_keyboard", [])
    ]
    buttons = [button["callback_data"] for row in keys for button in row]
    return {data[1:] for data in [*buttons, *(each["id"] for each in results)]}


# Inline results


async def test_nothing_typed_lists_reviewed_questions(bot: Bot, library: Library) -> None:
    results = await bot.fake.person("ann").inline("")
    assert len(results) == RESULTS == len(set(results.titles))
    known = {entry.question for entry in library.entries.values()}
    assert set(results.titles) <= known | {check.title for check in library.assessments.values()}
    blank = await bot.fake.person("ann").inline("   ")
    assert blank.titles == results.titles


async def test_the_button_above_the_results_leads_to_the_private_chat(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    button = (await ann.inline("zzzz")).button
    assert button and button["text"] == desk.wording.buttons.ask_privately
    hello = await ann.start(button["start_parameter"])
    assert hello.text.startswith(desk.wording.screens.help.title)


async def test_half_a_word_finds_questions(bot: Bot) -> None:
    assert GENES in (await bot.fake.person("ann").inline("gene")).titles


@pytest.mark.parametrize("text", ["are they genetic", "hereditary"])
async def test_the_answer_comes_first_and_says_what_it_is(
    bot: Bot, library: Library, text: str
) -> None:
    first = (await bot.fake.person("ann").inline(text))[0]
    assert first["title"] == GENES
    assert library.entries["are-they-genetic"].short.startswith(first["description"][:60])


async def test_nothing_found_still_offers_the_private_chat(bot: Bot) -> None:
    results = await bot.fake.person("ann").inline("zzzz qqqq")
    assert results == [] and results.button


async def test_a_picked_result_leads_to_the_private_chat(bot: Bot, library: Library) -> None:
    ann, ben, far = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Far", bot=False)
    results = await ann.inline("are they genetic")
    sent = await ann.pick(results.titled(GENES), far)
    assert sent.text.startswith(GENES) and library.entries["are-they-genetic"].short in sent.text
    for who in (ann, ben):
        for label in sent.buttons:
            pressed = await who.press(sent, label)
            assert pressed.url and (await who.follow(pressed.url)).chat is who.private()
    assert bot.fake.edits == []


async def test_a_picked_result_works_after_a_restart(bot: Bot) -> None:
    ann, far = bot.fake.person("ann"), bot.fake.group("Far", bot=False)
    sent = await ann.pick((await ann.inline("are they genetic")).titled(GENES), far)
    await bot.stop()
    waiting = asyncio.create_task(ann.press(sent, "Tell me more"))
    await bot.start()
    assert (await ann.follow((await waiting).url or "")).text.startswith(GENES)


async def test_a_forged_button_of_a_picked_result_is_harmless(bot: Bot, desk: Desk) -> None:
    ann, far = bot.fake.person("ann"), bot.fake.group("Far", bot=False)
    sent, screens = await ann.pick((await ann.inline("genetic"))[0], far), desk.wording.screens
    for data in ("zzz", "", "é" * 32):
        opened = await ann.follow((await ann.press_data(sent, data)).url or "")
        assert opened.text.startswith((screens.stale.title, screens.help.title)), data


@pytest.mark.parametrize(
    "text", ["is there surgery for back dimples", "lipo to make dimples of venus"]
)
async def test_a_result_for_adults_is_only_a_door(
    bot: Bot, desk: Desk, library: Library, text: str
) -> None:
    ann, far = bot.fake.person("ann"), bot.fake.group("Far", bot=False)
    results = await ann.inline(text)
    questions = {entry.question: entry for entry in library.entries.values()}
    assert set(results.titles) <= set(questions)
    closed = [each for each in results if questions[each["title"]].audience == "adults"]
    assert closed
    for each in closed:
        sent = await ann.pick(each, far)
        assert sent.text.startswith(desk.wording.screens.door.title)
        assert questions[each["title"]].short not in sent.text + str(each)
        assert sent.buttons == ["Open it privately"]
    gate = await ann.follow((await ann.press(sent, "Open it privately")).url or "")
    assert gate.text.startswith(desk.wording.screens.adults.title)


@pytest.mark.parametrize("id", ["target-number", "body-worries"])
async def test_a_private_result_is_only_a_door(
    bot: Bot, desk: Desk, library: Library, id: str
) -> None:
    ann, entry = bot.fake.person("ann"), library.entries[id]
    result = (await ann.inline(entry.question))[0]
    assert result["id"] == f"e{id}" and entry.short[:60] not in str(result)
    sent = await ann.pick(result, bot.fake.group("Far", bot=False))
    assert sent.text.startswith(desk.wording.screens.door.title)
    opened = await ann.follow((await ann.press(sent, "Open it privately")).url or "")
    assert entry.short in opened.text


@pytest.mark.parametrize("text", [*YOUNG, "i'm 15 surgery", "17f lipo"])
async def test_who_seems_to_be_under_18_is_offered_nothing_for_adults(
    bot: Bot, library: Library, text: str
) -> None:
    results = await bot.fake.person("ann").inline(text)
    assert not offered(results) & adults(library)


STRANGE = ["@everyone <b>genetic</b>", "😀" * 2000, "x" * 7000, "\u200b", "مرحبا", "\x00", "&<>\"'"]


async def test_a_strange_inline_query_gets_a_list(bot: Bot) -> None:
    for text in STRANGE:
        results = await bot.fake.person("ann").inline(text)
        assert len(results) <= RESULTS and results.button, text


async def test_many_letters_typed_at_once_are_all_answered(bot: Bot) -> None:
    ann, word = bot.fake.person("ann"), "are they genetic"
    typed = [word[: end + 1] for end in range(len(word))]
    assert len(await asyncio.gather(*(ann.inline(text) for text in typed))) == len(typed)


async def test_an_expired_inline_query_is_noted_once_and_dropped(bot: Bot) -> None:
    await bot.silent(lambda: bot.expired_inline(bot.fake.person("ann"), "are they genetic"))
    (late,) = bot.journal.take("WARNING")
    assert "late" in late.getMessage() and late.exc_info is None


# As a guest


@pytest.mark.parametrize("text", ["are they genetic", "are they @fossae_test_bot genetic"])
async def test_a_guest_is_answered_in_place(bot: Bot, library: Library, text: str) -> None:
    ann, ben = bot.fake.person("ann"), bot.fake.person("ben")
    shown = await ann.guest(text)
    assert shown.text.startswith(GENES) and library.entries["are-they-genetic"].short in shown.text
    pressed = await ben.press(shown, "Tell me more")
    assert pressed.url and pressed.edited is None
    assert (await ben.follow(pressed.url)).text.startswith(GENES)


async def test_a_guest_is_offered_what_is_close(bot: Bot, desk: Desk) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.guest("do bigger people ever have them")
    assert shown.text.startswith(desk.wording.screens.clarify.title)
    opened = await ann.follow((await ann.press(shown, "Can bigger people have them?")).url or "")
    assert opened.text.startswith("Can bigger people have back dimples?")


async def test_a_guest_is_told_when_there_is_no_answer(bot: Bot, desk: Desk) -> None:
    shown = await bot.fake.person("ann").guest("how do i get cheek dimples")
    assert shown.text.startswith(desk.wording.screens.nothing.title)


async def test_a_guest_who_says_nothing_is_told_how_to_ask(bot: Bot, desk: Desk) -> None:
    shown = await bot.fake.person("ann").guest("@fossae_test_bot")
    assert shown.text.startswith(desk.wording.screens.help.title)


async def test_a_guest_may_ask_about_someones_message(bot: Bot) -> None:
    ann, ben, far = bot.fake.person("ann"), bot.fake.person("ben"), bot.fake.group("Far", bot=False)
    question = ben.write(far, "are they genetic")
    shown = await ann.guest("@fossae_test_bot", far, reply_to=question)
    assert shown.text.startswith(GENES)


@pytest.mark.parametrize("id", ["surgery", "target-number", "body-worries"])
async def test_a_guest_sees_only_the_door_of_what_is_not_for_all(
    bot: Bot, desk: Desk, library: Library, id: str
) -> None:
    ann, entry = bot.fake.person("ann"), library.entries[id]
    shown = await ann.guest(entry.question)
    assert shown.text.startswith(desk.wording.screens.door.title)
    assert entry.short not in shown.text and shown.buttons == ["Open it privately"]
    opened = await ann.follow((await ann.press(shown, "Open it privately")).url or "")
    adults_gate = opened.text.startswith(desk.wording.screens.adults.title)
    assert adults_gate if entry.audience == "adults" else entry.short in opened.text


@pytest.mark.parametrize("text", YOUNG)
async def test_a_guest_who_seems_to_be_under_18_is_shown_no_door(
    bot: Bot, desk: Desk, library: Library, text: str
) -> None:
    shown = await bot.fake.person("ann").guest(text)
    assert not shown.text.startswith(desk.wording.screens.door.title)
    assert not {data[1:] for data in shown.data.values()} & adults(library)


async def test_a_guest_answer_works_after_a_restart(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.guest("are they genetic")
    await bot.stop()
    waiting = asyncio.create_task(ann.press(shown, "Tell me more"))
    await bot.start()
    assert (await waiting).url


async def test_a_strange_question_of_a_guest_gets_a_reply(bot: Bot) -> None:
    for text in STRANGE:
        assert (await bot.fake.person("ann").guest(text)).text, text


async def test_an_expired_question_of_a_guest_is_noted_once_and_dropped(bot: Bot) -> None:
    ann, far = bot.fake.person("ann"), bot.fake.group("Far", bot=False)
    await bot.silent(lambda: bot.expired_guest(ann, far, "are they genetic"))
    (late,) = bot.journal.take("WARNING")
    assert "late" in late.getMessage() and late.exc_info is None
