"""Questions to Fossae on Discord: /ask, what it suggests, and who may see the answer."""

import pytest

from core.content.library import Library
from core.dialogue.answers import CITED_AT_ONCE
from tests.bots.discord_markdown import drawn
from tests.e2e.discord.bot import Bot, words
from tests.e2e.fakes.discord_person import Shown

YOUNG = (
    "I'm 15, is there surgery for back dimples?",
    "im only 16 how much is kybella for back dimples",
    "15f and want a back dimple piercing",
    "my mum says i can't get back dimple surgery, how is it done",
    "is surgery for back dimples ok for a teenager",
    "i'm in high school, can i get vaser for back dimples",
    "not yet 18, is there surgery for back dimples?",
)


def adults_only(library: Library, shown: Shown) -> list[str]:
    """The buttons of a message that lead to entries for adults only."""
    entries = library.entries
    return [
        custom_id
        for custom_id in shown.custom_ids.values()
        if custom_id[1:] in entries and entries[custom_id[1:]].audience == "adults"
    ]


# Asking


async def test_a_question_is_answered_to_everyone_with_its_evidence_and_sources(
    bot: Bot, library: Library
) -> None:
    channel, entry = bot.channel(), library.entries["are-they-genetic"]
    shown = await bot.fake.person("ann").slash(channel, "ask", question="are they genetic")
    assert not shown.ephemeral and [m.id for m in channel.messages] == [shown.id]
    said = words(shown)
    assert said.startswith(f"{entry.question}\n{entry.short}\n\nHow sure: contested.")
    assert "not yet by a clinician" in said and said.endswith(library.wording.notice)
    (embed,) = shown.embeds
    labels = [label for label, _ in drawn(embed["description"]).links]
    assert 0 < len(labels) <= CITED_AT_ONCE and set(labels) <= {
        source.label for source in library.sources_of(entry)
    }
    assert shown.buttons[:2] == ["Tell me more", "Evidence and sources"]
    assert shown.buttons[-2:] == ["Not what I asked", "All topics"]


async def test_a_question_asked_privately_is_answered_to_the_person_alone(bot: Bot) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    shown = await ann.slash(channel, "ask", question="are they genetic", private=True)
    assert shown.ephemeral and channel.messages == [] and bob.sees(channel) == []
    assert "Are back dimples genetic?" in words(shown)


@pytest.mark.parametrize("question", ["how do i get cheek dimples", "what's the weather like"])
async def test_what_has_no_reviewed_answer_is_told_so_with_the_scope(
    bot: Bot, library: Library, question: str
) -> None:
    shown = await bot.fake.person("ann").slash(bot.channel(), "ask", question=question)
    said = words(shown)
    assert said.startswith("No reviewed answer yet")
    assert library.covers in said and library.not_covered in said
    assert library.wording.emergency in said and shown.buttons == ["All topics"]


async def test_a_vague_question_is_offered_a_few_to_choose_from(bot: Bot) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    shown = await ann.slash(channel, "ask", question="do bigger people ever have them")
    assert words(shown).startswith("Did you mean one of these?")
    *offered, none = shown.buttons
    assert none == "None of these" and 2 <= len(offered) <= 3
    chosen = await ann.press(shown, offered[0])
    assert chosen.ephemeral and "Tell me more" in chosen.buttons
    nothing = await ann.press(shown, none)
    assert words(nothing).startswith("Then I have no reviewed answer yet")


@pytest.mark.parametrize(
    "question",
    [
        "@everyone @here are they *genetic* or _not_ <b>really</b>?",
        "<@1> <@&2> <#3> </ask:4> ||are they genetic||",
        "`are they genetic` ~~or~~ [not](http://example.org) > # - 1.",
        "\u202eare they genetic\u202c",
        "\u200b\u200d\ufeff",
        "هل الغمازات وراثية؟",
        "האם גומות הגב תורשתיות",
        "a\x00b\x1b[31m\r\n\t",
        "\ud800",
        "🍑" * 2_000,
        "👩‍👩‍👧‍👦" * 500,
        "e\u0301" * 3_000,
        "x" * 6_000,
        "are they genetic " * 352,
        ".",
        "?",
        "{about} %s %(x)s ${jndi:ldap://x}",
    ],
)
async def test_whatever_is_asked_gets_a_proper_reply_and_pings_nobody(
    bot: Bot, question: str
) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    shown = await ann.slash(channel, "ask", question=question)
    assert not shown.ephemeral and shown.embeds[0]["title"] and shown.buttons
    assert bot.fake.pings == []
    assert bot.desk.wording.screens.failure.title not in words(shown)


@pytest.mark.parametrize("blank", [" ", "\n\t ", "\u3000\u00a0"])
async def test_a_question_of_nothing_is_told_how_to_ask(bot: Bot, blank: str) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    shown = await bot.sent(ann, channel, "ask", question=blank)
    assert words(shown).startswith(bot.desk.wording.screens.help.title)


async def test_an_empty_question_is_told_how_to_ask(bot: Bot) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    shown = await bot.sent(ann, channel, "ask", question="")
    assert words(shown).startswith(bot.desk.wording.screens.help.title)


async def test_in_the_direct_channel_nothing_is_ephemeral(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    for private in (False, True):
        shown = await ann.slash(
            bot.fake.dm(ann), "ask", question="are they genetic", private=private
        )
        assert not shown.ephemeral
    assert len(bot.fake.dm(ann).messages) == 2


async def test_elsewhere_a_persons_own_install_answers_too(bot: Bot) -> None:
    ann = bot.fake.person("ann")
    for where in (bot.elsewhere(), bot.fake.private_channel()):
        shown = await ann.slash(where, "ask", question="are they genetic")
        assert not shown.ephemeral and "Are back dimples genetic?" in words(shown)


async def test_every_command_is_there_in_every_context_and_by_both_installs(bot: Bot) -> None:
    said = bot.desk.wording.commands
    words_for = bot.desk.wording.faq_commands
    servers_only = {"faq", "propose", words_for.save, words_for.sort}
    commands = [each for each in bot.fake.commands if each["name"] not in servers_only]
    assert [(each["type"], each["name"]) for each in commands] == [
        (1, "ask"),
        (1, "topics"),
        (1, "sources"),
        (1, "about"),
        (1, "check"),
        (1, "privacy"),
        (3, said.answer_this),
    ]
    for command in commands:
        assert sorted(command["contexts"]) == [0, 1, 2]
        assert sorted(command["integration_types"]) == [0, 1]
        assert command["default_member_permissions"] is None
    question, private = bot.fake.commands[0]["options"]
    assert question["required"] and question["autocomplete"] and question["max_length"] == 6_000
    assert not private["required"] and private["description"] == said.private


# Suggestions


@pytest.mark.parametrize(
    "typed", ["", " ", "a", "can", "genet", "surgery", "🍑", "x" * 6_000, "\ud800", "@everyone *"]
)
async def test_while_typing_reviewed_questions_are_suggested(
    bot: Bot, library: Library, typed: str
) -> None:
    found = await bot.fake.person("ann").typing(bot.channel(), "ask", question=typed)
    reviewed = {entry.question for entry in library.entries.values()}
    assert len(found) <= 25 and len(set(found)) == len(found)
    assert all(name == value and len(name) <= 100 for name, value in found)
    checks = {check.title for check in library.assessments.values()}
    assert {name for name, _ in found} <= reviewed | checks
    assert found or typed not in ("", " ", "a", "can", "genet", "surgery")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("are back dimples gen", "Are back dimples genetic?"),
        ("genet", "Are back dimples genetic?"),
        ("GENETIC", "Are back dimples genetic?"),
        ("squat", "Do squats or deadlifts create back dimples?"),
    ],
)
async def test_the_beginning_of_a_word_is_enough(bot: Bot, typed: str, expected: str) -> None:
    found = await bot.fake.person("ann").typing(bot.channel(), "ask", question=typed)
    assert expected in [name for name, _ in found[:3]]


async def test_a_suggestion_that_is_taken_is_answered(bot: Bot, library: Library) -> None:
    ann, channel = bot.fake.person("ann"), bot.channel()
    for name, value in await ann.typing(channel, "ask", question="dimples"):
        shown = await ann.slash(channel, "ask", question=value)
        entry = next(e for e in library.entries.values() if e.question == name)
        if entry.audience == "anyone":
            assert words(shown).startswith(entry.question)
        assert shown.ephemeral == (entry.audience == "adults" or entry.sensitivity == "private")


@pytest.mark.parametrize("typed", ["im 15 and want surgery", "kybella im 16", "15f piercing"])
async def test_someone_young_is_suggested_nothing_for_adults(
    bot: Bot, library: Library, typed: str
) -> None:
    found = await bot.fake.person("ann").typing(bot.channel(), "ask", question=typed)
    adults = {e.question for e in library.entries.values() if e.audience == "adults"}
    assert found and adults.isdisjoint(name for name, _ in found)


# Who may see it


@pytest.mark.parametrize("entry", ["target-number", "body-worries"])
async def test_a_private_answer_is_for_the_person_alone_even_if_asked_aloud(
    bot: Bot, library: Library, entry: str
) -> None:
    channel, ann, bob = bot.channel(), bot.fake.person("ann"), bot.fake.person("bob")
    question = library.entries[entry].question
    shown = await ann.slash(channel, "ask", question=question, private=False)
    assert shown.ephemeral and library.entries[entry].short in words(shown)
    for label in ("Tell me more", "Evidence and sources"):
        if label in shown.buttons:
            assert (await ann.press(shown, label)).ephemeral
    assert channel.messages == [] and bob.sees(channel) == []


async def test_an_adults_only_answer_opens_for_who_says_to_be_18(
    bot: Bot, library: Library
) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    entry = library.entries["kybella"]
    gate = await ann.slash(channel, "ask", question=entry.question)
    assert gate.ephemeral and entry.short not in words(gate)
    assert words(gate).startswith("This answer is for adults")
    shown = await ann.press(gate, "I am 18 or over")
    assert shown.ephemeral and shown.edited and entry.short in words(shown)
    sources = await ann.press(shown, "Evidence and sources")
    assert drawn(sources.embeds[0]["description"]).links and sources.ephemeral
    back = await ann.press(sources, "Back to the answer")
    assert entry.short in words(back) and channel.messages == []


async def test_who_says_to_be_under_18_gets_what_is_meant_for_them(
    bot: Bot, library: Library
) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    gate = await ann.slash(channel, "ask", question=library.entries["surgery"].question)
    shown = await ann.press(gate, "I am under 18")
    assert library.entries["under-18"].short in words(shown) and shown.ephemeral
    assert adults_only(library, shown) == []


@pytest.mark.parametrize("question", YOUNG)
async def test_a_text_that_implies_someone_under_18_never_gets_what_is_for_adults(
    bot: Bot, library: Library, question: str
) -> None:
    channel, ann = bot.channel(), bot.fake.person("ann")
    shown = await ann.slash(channel, "ask", question=question)
    adults = [e for e in library.entries.values() if e.audience == "adults"]
    assert not any(e.short in words(shown) or e.question in words(shown) for e in adults)
    assert adults_only(library, shown) == [] and "I am 18 or over" not in shown.buttons
    while "Not what I asked" in shown.buttons:
        shown = await ann.press(shown, "Not what I asked")
        assert adults_only(library, shown) == [] and "I am 18 or over" not in shown.buttons


async def test_the_gate_is_passed_privately_in_the_direct_channel_too(
    bot: Bot, library: Library
) -> None:
    ann, entry = bot.fake.person("ann"), library.entries["piercing"]
    gate = await ann.slash(bot.fake.dm(ann), "ask", question=entry.question)
    assert entry.short not in words(gate)
    shown = await ann.press(gate, "I am 18 or over")
    assert shown.edited and shown.id == gate.id and entry.short in words(shown)


async def test_a_question_in_another_language_is_told_so_in_that_language(
    bot: Bot, library: Library
) -> None:
    question = "warum habe ich nur auf einer seite ein grübchen am rücken?"
    shown = await bot.fake.person("ann").slash(bot.channel(), "ask", question=question)
    said, german = words(shown), library.wording.languages["de"]
    assert said.startswith(library.wording.screens.only_english.title)
    assert german.only_english in said and german.emergency in said
    assert library.wording.emergency in said and shown.buttons == ["All topics"]
