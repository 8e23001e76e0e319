"""Leafing through Fossae on Discord: topics, more, sources, related questions, and old buttons."""

import asyncio

import pytest

from core.content.library import Library
from core.dialogue import token
from core.dialogue.request import ShowEntry
from tests.bots.discord_markdown import drawn
from tests.e2e.discord.bot import Bot, words
from tests.e2e.fakes.discord_person import Shown
from tests.e2e.fakes.discord_world import Channel

QUESTION = "are they genetic"
FORGED = (
    "zzz",
    "e",
    "eno-such-entry",
    "Eno-such-entry",
    "ino-such-entry",
    "uno-such-entry",
    "tno-such-topic",
    "tbasics_99999",
    "o99999",
    "share",
    "share:1",
    "x" * 100,
    "🍑" * 50,
    "e\nare-they-genetic",
    "\u202e\x00",
    "\ud800",
    "@everyone",
)


async def asked(bot: Bot, where: Channel, *, private: bool = False) -> Shown:
    """An answer that somebody got."""
    return await bot.fake.person("zoe").slash(where, "ask", question=QUESTION, private=private)


# Commands that open something


@pytest.mark.parametrize("command", ["topics", "sources", "about"])
async def test_what_is_leafed_through_is_for_the_person_alone(bot: Bot, command: str) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    shown = await ann.slash(channel, command)
    screen = getattr(bot.desk.wording.screens, command)
    assert shown.ephemeral and words(shown).startswith(screen.title)
    assert channel.messages == [] and bob.sees(channel) == []


@pytest.mark.parametrize("command", ["topics", "sources", "about"])
async def test_in_the_direct_channel_it_stays_to_be_found_again(bot: Bot, command: str) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.slash(bot.fake.dm(ann), command)
    assert not shown.ephemeral and len(bot.fake.dm(ann).messages) == 1


async def test_from_the_topics_to_an_answer_its_sources_and_back_in_one_message(
    bot: Bot, library: Library
) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    entry = library.entries["are-they-genetic"]
    topics = await ann.slash(channel, "topics")
    checks = [check.label for check in library.assessments.values()]
    assert topics.buttons == [*(topic.label for topic in library.topics.values()), *checks]
    path = ["Genes and family", entry.label, "Tell me more", "Evidence and sources"]
    shown = topics
    for button in path:
        shown = await ann.press(shown, button)
        assert shown.edited and shown.ephemeral and shown.id == topics.id
    labels = [label for label, _ in drawn(shown.embeds[0]["description"]).links]
    assert labels == [s.label for s in library.sources_of(entry) if s.audience == "anyone"]
    assert all(library.claims[claim].text in words(shown) for claim in entry.claims)
    assert shown.buttons == ["Back to the answer", "All topics"]
    back = await ann.press(shown, "Back to the answer")
    assert entry.short in words(back) and back.buttons[:2] == [
        "Tell me more",
        "Evidence and sources",
    ]
    again = await ann.press(back, "All topics")
    assert again.buttons == topics.buttons and len(ann.sees(channel)) == 1


async def test_more_is_there_for_who_taps(bot: Bot, library: Library) -> None:
    ann, entry = bot.fake.person("ann"), library.entries["are-they-genetic"]
    shown = await ann.slash(bot.channel(), "ask", question=QUESTION, private=True)
    more = await ann.press(shown, "Tell me more")
    assert entry.short in words(more) and len(words(more)) > len(words(shown)) + 100
    assert "Tell me more" not in more.buttons


async def test_a_long_topic_is_turned_page_by_page(bot: Bot, library: Library) -> None:
    ann, seen = bot.fake.person("ann"), list[str]()
    shown = await ann.press(await ann.slash(bot.channel(), "topics"), "What they are")
    shelf = [entry.label for entry in library.shelf("basics")]
    assert len(shelf) > 10
    seen += shown.buttons[:10]
    assert shown.buttons[10:] == ["Next page", "All topics"]
    shown = await ann.press(shown, "Next page")
    seen += shown.buttons[:-2]
    assert seen == shelf and shown.buttons[-2:] == ["Previous page", "All topics"]
    first = await ann.press(shown, "Previous page")
    assert first.buttons[:10] == shelf[:10]


async def test_every_source_is_listed_and_those_for_adults_without_their_address(
    bot: Bot, library: Library
) -> None:
    ann, seen, linked = bot.fake.person("ann"), list[str](), dict[str, str]()
    shown = await ann.slash(bot.channel(), "sources")
    while True:
        page = drawn(shown.embeds[0]["description"])
        seen += [line[2:] for line in page.text.split("\n") if line.startswith("• ")]
        linked |= dict(page.links)
        if "Next page" not in shown.buttons:
            break
        shown = await ann.press(shown, "Next page")
    sources = library.sources.values()
    assert sorted(seen) == sorted(source.label for source in sources)
    assert set(linked) == {source.label for source in sources if source.audience == "anyone"}


async def test_about_says_who_checks_it_and_what_it_covers(bot: Bot, library: Library) -> None:
    shown = await bot.fake.person("ann").slash(bot.channel(), "about")
    said = words(shown)
    assert library.covers in said and library.not_covered in said
    assert "No clinician has checked" in said and shown.buttons == ["All topics"]


async def test_related_questions_lead_on(bot: Bot, library: Library) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.slash(bot.channel(), "topics")
    for button in ("Genes and family", library.entries["are-they-genetic"].label):
        shown = await ann.press(shown, button)
    for related in library.entries["are-they-genetic"].see_also:
        other = library.entries[related]
        lead = await ann.press(shown, other.label)
        assert other.short in words(lead)
        shown = await ann.press(
            await ann.press(await ann.press(lead, "All topics"), "Genes and family"),
            library.entries["are-they-genetic"].label,
        )


async def test_not_what_i_asked_offers_the_next_best_and_then_nothing(bot: Bot) -> None:
    ann, bob, channel = bot.fake.person("ann"), bot.fake.person("bob"), bot.channel()
    shown = await ann.slash(channel, "ask", question=QUESTION)
    second = await bob.press(shown, "Not what I asked")
    assert second.ephemeral and words(second).split("\n")[0] != words(shown).split("\n")[0]
    nothing = await bob.press(second, "Not what I asked")
    assert nothing.edited and nothing.id == second.id
    assert words(nothing).startswith("Then I have no reviewed answer yet")
    assert nothing.buttons == ["All topics"]


# Whose message it is


async def test_a_press_on_a_public_answer_opens_privately_and_changes_nothing(
    bot: Bot,
) -> None:
    channel, bob = bot.channel(), bot.fake.person("bob")
    shown = await asked(bot, channel)
    before = channel.messages[0].payload()
    for button in shown.buttons:
        opened = await bob.press(shown, button)
        assert opened.ephemeral and not opened.edited and opened.id != shown.id
    assert channel.messages[0].payload() == before and len(channel.messages) == 1


async def test_who_asked_is_answered_privately_on_a_public_answer_too(bot: Bot) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    shown = await ann.slash(channel, "ask", question=QUESTION)
    more = await ann.press(shown, "Tell me more")
    assert more.ephemeral and not more.edited
    sources = await ann.press(more, "Evidence and sources")
    assert sources.edited and sources.id == more.id


async def test_a_public_answer_of_a_persons_own_install_opens_privately_to_others(
    bot: Bot,
) -> None:
    channel = bot.elsewhere()
    shown = await asked(bot, channel)
    opened = await bot.fake.person("bob").press(shown, "Tell me more")
    assert opened.ephemeral and not channel.messages[0].edited


async def test_in_a_group_of_friends_a_press_opens_privately(bot: Bot) -> None:
    friends, bob = bot.fake.private_channel(), bot.fake.person("bob")
    shown = await asked(bot, friends)
    opened = await bob.press(shown, "Tell me more")
    assert opened.ephemeral and len(friends.messages) == 1 and not friends.messages[0].edited


async def test_an_answer_that_discord_hid_is_edited_in_place(bot: Bot) -> None:
    quiet = bot.quiet()
    ann = bot.fake.person("ann")
    shown = await ann.slash(quiet, "ask", question=QUESTION)
    assert shown.forced_ephemeral
    assert (await ann.press(shown, "Tell me more")).edited


async def test_in_the_direct_channel_presses_edit_in_place(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    shown = await ann.slash(bot.fake.dm(ann), "ask", question=QUESTION)
    for button in ("Tell me more", "Evidence and sources", "Back to the answer", "All topics"):
        pressed = await ann.press(shown, button)
        assert pressed.edited and pressed.id == shown.id
        shown = pressed
    assert len(bot.fake.dm(ann).messages) == 1


# Old, forged, and many at once


@pytest.mark.parametrize("private", [True, False])
async def test_a_button_works_after_the_bot_was_stopped_and_started_again(
    bot: Bot, *, private: bool
) -> None:
    channel, zoe = bot.channel(), bot.fake.person("zoe")
    shown = await zoe.slash(channel, "ask", question=QUESTION, private=private)
    await bot.restart()
    more = await zoe.press(shown, "Tell me more")
    assert more.edited == private and more.ephemeral and "Tell me more" not in more.buttons
    await bot.restart()
    topics = await zoe.press(more, "All topics")
    assert topics.edited and topics.id == more.id
    assert bot.fake.gateway.identifies == 3


@pytest.mark.parametrize("custom_id", FORGED)
async def test_an_unknown_or_forged_button_is_out_of_date(bot: Bot, custom_id: str) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    public = await ann.press_id(await asked(bot, channel), custom_id)
    assert words(public).startswith("This button is out of date") and public.ephemeral
    mine = await ann.slash(channel, "ask", question=QUESTION, private=True)
    edited = await ann.press_id(mine, custom_id)
    assert words(edited).startswith("This button is out of date") and edited.edited
    assert (await ann.press(edited, "All topics")).buttons[0] == "What they are"


@pytest.mark.parametrize("custom_id", ["tbasics_9999", "o9999", "E" + "are-they-genetic"])
async def test_what_is_written_otherwise_than_by_us_but_makes_sense_is_shown(
    bot: Bot, custom_id: str
) -> None:
    shown = await bot.fake.person("ann").press_id(await asked(bot, bot.channel()), custom_id)
    assert shown.ephemeral and not words(shown).startswith("This button is out of date")


async def test_a_forged_button_to_a_private_answer_is_opened_to_the_presser_alone(
    bot: Bot, library: Library
) -> None:
    channel, bob = bot.channel(), bot.fake.person("bob")
    shown = await asked(bot, channel)
    for entry in ("target-number", "kybella"):
        forged = token.write(ShowEntry(entry, of_age=True))
        opened = await bob.press_id(shown, forged)
        assert opened.ephemeral and library.entries[entry].short in words(opened)
    assert len(channel.messages) == 1


async def test_two_presses_at_once_on_a_public_answer_are_two_answers(bot: Bot) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    shown = await asked(bot, channel)
    one, two, three = await asyncio.gather(
        ann.press(shown, "Tell me more"),
        ann.press(shown, "Evidence and sources"),
        bob.press(shown, "Tell me more"),
    )
    assert len({one.id, two.id, three.id}) == 3 and words(one) == words(three) != words(two)
    assert len(ann.sees(channel)) == 3 and len(bob.sees(channel)) == 2


async def test_two_presses_at_once_on_a_private_answer_leave_one_of_the_two(bot: Bot) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    shown = await ann.slash(channel, "ask", question=QUESTION, private=True)
    await asyncio.gather(
        ann.press(shown, "Tell me more"),
        ann.press(shown, "Evidence and sources"),
        ann.press(shown, "All topics"),
    )
    (left,) = ann.sees(channel)
    assert left.id == shown.id and left.buttons


async def test_many_people_at_once_each_get_their_own(bot: Bot, library: Library) -> None:
    channel = bot.channel()
    entries = [e for e in library.entries.values() if e.audience == "anyone"][:30]
    people = [bot.fake.person(f"p{number}") for number in range(len(entries))]
    shown = await asyncio.gather(
        *(
            who.slash(channel, "ask", question=entry.question, private=True)
            for who, entry in zip(people, entries, strict=True)
        )
    )
    for entry, seen in zip(entries, shown, strict=True):
        assert words(seen).startswith(entry.question)


# Drawings


async def test_a_drawing_is_shown_with_its_words_and_leads_back(bot: Bot, library: Library) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    answer = await ann.slash(channel, "ask", question="What are back dimples?", private=True)
    assert answer.files == {}
    drawing = await ann.press(answer, "Show the drawing")
    assert drawing.edited and list(drawing.files) == ["lower-back.png"]
    assert drawing.files["lower-back.png"].startswith(b"\x89PNG")
    assert drawing.embeds[0]["image"]["url"].endswith("/lower-back.png")
    assert library.figures["lower-back"].alt in words(drawing)
    back = await ann.press(drawing, "Back to the answer")
    assert back.edited and back.files == {} and "image" not in back.embeds[0]


async def test_the_drawing_of_a_public_answer_is_shown_to_the_presser_alone(bot: Bot) -> None:
    ann, ben, channel = bot.fake.person("ann"), bot.fake.person("ben"), bot.channel()
    answer = await ann.slash(channel, "ask", question="What are back dimples?")
    drawing = await ben.press(answer, "Show the drawing")
    assert drawing.ephemeral and list(drawing.files) == ["lower-back.png"]
