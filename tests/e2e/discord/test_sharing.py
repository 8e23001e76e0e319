""" "Answer this" on somebody's message, and showing the answer to everyone."""

import asyncio

import pytest

from core.content.library import Library
from tests.e2e.discord.bot import Bot, link_to, until, words
from tests.e2e.fakes.discord_person import Person, Shown
from tests.e2e.fakes.discord_world import MEMBER, WRITING, Channel, Message, Permission

ANSWER_THIS, SHARE = "Answer this", "Show it to everyone here"
QUESTION = "are they genetic"
P = Permission
MUTE = {
    "send": WRITING & ~P.SEND_MESSAGES,
    "see": WRITING & ~P.VIEW_CHANNEL,
    "read what was said": WRITING & ~P.READ_MESSAGE_HISTORY,
    "embed": WRITING & ~P.EMBED_LINKS,
}


@pytest.fixture
def ann(bot: Bot) -> Person:
    """Who asks the bot to answer."""
    return bot.fake.person("ann")


@pytest.fixture
def bob(bot: Bot) -> Person:
    """Whose message it is."""
    return bot.fake.person("bob")


def of_the_bot(bot: Bot, channel: Channel) -> list[Message]:
    """What the bot has said here that everyone sees."""
    return [message for message in channel.messages if message.author is bot.fake.bot]


async def shared_by_link(bot: Bot, ann: Person, question: Message) -> Message:
    """Share the answer where only a public response can be given, and look at it."""
    answer = await ann.context_menu(question, ANSWER_THIS)
    await ann.press(answer, SHARE)
    await ann.eventually(question.channel, "Shared")
    spoken = [m for m in of_the_bot(bot, question.channel) if m.content]
    assert [m.content for m in spoken] == [link_to(question)]
    assert words(spoken[0]).startswith(f"{link_to(question)}\nAre back dimples genetic?")
    assert SHARE not in spoken[0].buttons and "Tell me more" in spoken[0].buttons
    assert words(ann.look(answer)).startswith("Shared") and ann.look(answer).buttons == []
    return spoken[0]


# Answering


async def test_the_answer_is_shown_to_the_presser_alone_and_can_be_shared(
    bot: Bot, ann: Person, bob: Person, library: Library
) -> None:
    channel = bot.channel()
    answer = await ann.context_menu(channel.post(bob, QUESTION), ANSWER_THIS)
    assert answer.ephemeral and of_the_bot(bot, channel) == []
    assert library.entries["are-they-genetic"].short in words(answer)
    assert answer.buttons[-1] == SHARE and answer.buttons.count(SHARE) == 1
    assert bob.sees(channel)[-1].content == QUESTION


@pytest.mark.parametrize("content", ["", " ", "\n"])
async def test_a_message_without_words_cannot_be_read(
    bot: Bot, ann: Person, bob: Person, content: str
) -> None:
    picture = bot.channel().post(bob, content)
    picture.attachments.append(
        {"id": "5", "filename": "a.png", "size": 1, "url": "https://a/a", "proxy_url": "https://a"}
    )
    answer = await ann.context_menu(picture, ANSWER_THIS)
    assert answer.ephemeral and words(answer).startswith("I can only read text")
    assert answer.buttons == ["All topics"]


async def test_our_own_answers_hold_no_text_to_answer(bot: Bot, ann: Person) -> None:
    channel = bot.channel()
    await ann.slash(channel, "ask", question=QUESTION)
    answer = await ann.context_menu(channel.messages[0], ANSWER_THIS)
    assert words(answer).startswith("I can only read text")


@pytest.mark.parametrize(
    "content",
    [
        "how do i get cheek dimples",
        "how much body fat % should i be at to see my dimples",
        "\u200b\u200b",
        "🍑" * 1_000,
        "@everyone <@1> <@&2> *so* what",
        "x" * 4_000,
        "\ud800",
    ],
)
async def test_what_was_not_answered_cannot_be_shared(
    bot: Bot, ann: Person, bob: Person, content: str
) -> None:
    answer = await ann.context_menu(bot.channel().post(bob, content), ANSWER_THIS)
    assert answer.ephemeral and answer.buttons and SHARE not in answer.buttons


@pytest.mark.parametrize("entry", ["target-number", "body-worries", "kybella", "piercing"])
async def test_what_is_private_or_for_adults_cannot_be_shared(
    bot: Bot, ann: Person, bob: Person, library: Library, entry: str
) -> None:
    question = bot.channel().post(bob, library.entries[entry].question)
    answer = await ann.context_menu(question, ANSWER_THIS)
    assert answer.ephemeral and SHARE not in answer.buttons
    if "I am 18 or over" in answer.buttons:
        answer = await ann.press(answer, "I am 18 or over")
        assert answer.ephemeral and SHARE not in answer.buttons


async def test_what_someone_young_wrote_is_answered_with_nothing_for_adults_and_to_no_one_else(
    bot: Bot, ann: Person, bob: Person, library: Library
) -> None:
    channel = bot.channel()
    question = channel.post(bob, "im 15. what does vaser even mean")
    answer = await ann.context_menu(question, ANSWER_THIS)
    assert words(answer).startswith(library.entries["under-18"].question)
    adults = {e.label for e in library.entries.values() if e.audience == "adults"}
    assert adults.isdisjoint(answer.buttons) and SHARE not in answer.buttons
    assert of_the_bot(bot, channel) == []


# Sharing as a reply


async def test_sharing_answers_the_message_for_everyone_and_pings_nobody(
    bot: Bot, ann: Person, bob: Person, library: Library
) -> None:
    channel = bot.channel()
    question = channel.post(bob, "so are back dimples hereditary or nah @everyone <@&5>")
    answer = await ann.context_menu(question, ANSWER_THIS)
    done = await ann.press(answer, SHARE)
    assert done.edited and done.id == answer.id and done.ephemeral
    assert words(done) == "Shared\nEveryone here can see the answer now." and done.buttons == []
    (reply,) = of_the_bot(bot, channel)
    assert reply.reference is question and reply.content == "" and reply.mentions == []
    assert library.entries["are-they-genetic"].short in words(reply)
    assert SHARE not in reply.buttons and "Not what I asked" not in reply.buttons
    assert reply.id in [seen.id for seen in bob.sees(channel)]
    assert bot.fake.pings == []


async def test_what_was_shared_has_buttons_that_open_privately(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    answer = await ann.context_menu(channel.post(bob, QUESTION), ANSWER_THIS)
    await ann.press(answer, SHARE)
    (reply,) = of_the_bot(bot, channel)
    for who in (ann, bob):
        opened = await who.press(reply, "Tell me more")
        assert opened.ephemeral and opened.id != reply.id
    assert not reply.edited


async def test_an_old_button_shares_after_a_restart(bot: Bot, ann: Person, bob: Person) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    await bot.restart()
    assert words(await ann.press(answer, SHARE)).startswith("Shared")
    (reply,) = of_the_bot(bot, channel)
    assert reply.reference is question


async def test_leafing_on_does_not_share_what_was_leafed_to(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    answer = await ann.context_menu(channel.post(bob, QUESTION), ANSWER_THIS)
    more = await ann.press(answer, "Tell me more")
    assert more.edited and SHARE not in more.buttons
    assert of_the_bot(bot, channel) == []


async def test_in_a_thread_it_is_a_reply_in_the_thread(bot: Bot, ann: Person, bob: Person) -> None:
    thread = bot.fake.server("Gym").thread("dimples", WRITING & ~P.SEND_MESSAGES)
    question = thread.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    assert words(await ann.press(answer, SHARE)).startswith("Shared")
    (reply,) = of_the_bot(bot, thread)
    assert reply.reference is question and reply.content == ""


async def test_a_message_that_was_deleted_in_between_is_answered_without_it(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    question.delete()
    assert words(await ann.press(answer, SHARE)).startswith("Shared")
    (reply,) = of_the_bot(bot, channel)
    assert reply.reference is None and words(reply).startswith("Are back dimples genetic?")


async def test_pressed_twice_at_once_it_is_shared_once(bot: Bot, ann: Person, bob: Person) -> None:
    channel = bot.channel()
    answer = await ann.context_menu(channel.post(bob, QUESTION), ANSWER_THIS)
    for done in await asyncio.gather(ann.press(answer, SHARE), ann.press(answer, SHARE)):
        assert words(done).startswith("Shared")
    assert len(of_the_bot(bot, channel)) == 1


async def test_a_second_person_may_share_the_same_answer_again(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    for who in (ann, bob):
        await who.press(await who.context_menu(question, ANSWER_THIS), SHARE)
    assert [reply.reference for reply in of_the_bot(bot, channel)] == [question, question]


# Sharing with a link


@pytest.mark.parametrize("lacking", MUTE)
async def test_where_it_may_not_post_a_public_response_links_to_the_message(
    bot: Bot, ann: Person, bob: Person, lacking: str
) -> None:
    channel = bot.channel(app_permissions=MUTE[lacking])
    await shared_by_link(bot, ann, channel.post(bob, QUESTION))
    assert bot.fake.refusals == []


async def test_in_a_thread_where_it_may_not_write_it_links(
    bot: Bot, ann: Person, bob: Person
) -> None:
    thread = bot.fake.server("Gym").thread("dimples", WRITING & ~P.SEND_MESSAGES_IN_THREADS)
    await shared_by_link(bot, ann, thread.post(bob, QUESTION))
    assert bot.fake.refusals == []


@pytest.mark.parametrize("permissions", [None, WRITING])
async def test_elsewhere_a_persons_own_install_links(
    bot: Bot, ann: Person, bob: Person, permissions: int | None
) -> None:
    channel = bot.elsewhere(app_permissions=permissions)
    spoken = await shared_by_link(bot, ann, channel.post(bob, QUESTION))
    assert not spoken.ephemeral and bob.sees(channel)[-1].id == spoken.id
    assert bot.fake.refusals == []


async def test_in_a_group_of_friends_it_links(bot: Bot, ann: Person, bob: Person) -> None:
    friends = bot.fake.private_channel()
    await shared_by_link(bot, ann, friends.post(bob, QUESTION))


async def test_in_the_direct_channel_it_links(bot: Bot, ann: Person) -> None:
    await shared_by_link(bot, ann, bot.fake.dm(ann).post(ann, QUESTION))


async def test_what_was_shared_by_link_has_buttons_that_open_privately(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.elsewhere()
    spoken = await shared_by_link(bot, ann, channel.post(bob, QUESTION))
    opened = await bob.press(spoken, "Evidence and sources")
    assert opened.ephemeral and not spoken.edited


async def test_a_refusal_although_it_was_allowed_falls_back_to_the_link(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    change_after_telling(bot, channel, WRITING & ~P.SEND_MESSAGES)
    await ann.press(answer, SHARE)
    await ann.eventually(channel, "Shared")
    assert [refusal.code for refusal in bot.fake.refusals] == [50013]
    (record,) = bot.journal.take("WARNING")
    assert record.getMessage() == "discord post refused status=403 code=50013 action=link"
    (spoken,) = of_the_bot(bot, channel)
    assert spoken.content == link_to(question)


async def test_a_breakdown_of_discords_falls_back_to_the_link(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    bot.fake.break_down("/channels/", 503)
    await ann.press(answer, SHARE)
    await ann.eventually(channel, "Shared")
    (spoken,) = of_the_bot(bot, channel)
    assert spoken.content == link_to(question)
    (record,) = bot.journal.take("WARNING")
    assert record.getMessage() == "discord post refused status=503 code=130000 action=link"


async def test_an_answer_leafed_to_by_link_is_not_shared_twice(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.elsewhere()
    question = channel.post(bob, QUESTION)
    await shared_by_link(bot, ann, question)
    assert len(of_the_bot(bot, channel)) == 1
    assert all(SHARE not in seen.buttons for seen in ann.sees(channel))


# Where sharing is not possible


async def test_where_discord_would_hide_it_there_is_no_button(
    bot: Bot, ann: Person, bob: Person
) -> None:
    answer = await ann.context_menu(bot.quiet().post(bob, QUESTION), ANSWER_THIS)
    assert answer.ephemeral and SHARE not in answer.buttons and "Tell me more" in answer.buttons


async def test_who_lost_the_permission_in_between_is_not_told_that_everyone_sees_it(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.elsewhere()
    answer = await ann.context_menu(channel.post(bob, QUESTION), ANSWER_THIS)
    channel.member_permissions = MEMBER & ~P.USE_EXTERNAL_APPS
    await ann.press(answer, SHARE)
    await until(lambda: len(ann.sees(channel)) == 3)
    await bot.stop()  # it has done all it wanted to
    assert of_the_bot(bot, channel) == []
    assert all("Shared" not in words(seen) for seen in ann.sees(channel))


@pytest.mark.parametrize("token", ["eno-such-entry", "zzz", "E" + "x" * 40, "_", "sno-such-entry"])
async def test_what_is_gone_by_now_is_told_to_the_presser_and_not_to_everyone(
    bot: Bot, ann: Person, bob: Person, token: str
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    stale = await ann.press_id(answer, f"share:{question.id}:{token}")
    assert stale.edited and words(stale).startswith("This button is out of date")
    assert of_the_bot(bot, channel) == []


@pytest.mark.parametrize("entry", ["Ekybella", "Skybella", "etarget-number", "mbody-worries"])
async def test_a_forged_share_shows_everyone_only_the_door_to_what_is_private(
    bot: Bot, ann: Person, bob: Person, library: Library, entry: str
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    await ann.press_id(answer, f"share:{question.id}:{entry}")
    (reply,) = of_the_bot(bot, channel)
    assert words(reply).startswith("This answer opens in private")
    assert reply.buttons == ["Open it privately"]
    inside = await bob.press(reply, "Open it privately")
    assert inside.ephemeral
    if library.entries[entry[1:]].audience == "adults":
        assert words(inside).startswith("This answer is for adults")


@pytest.mark.parametrize("entry", ["Ekybella", "etarget-number"])
async def test_a_forged_share_by_link_shows_only_the_door_too(
    bot: Bot, ann: Person, bob: Person, entry: str
) -> None:
    channel = bot.elsewhere()
    question = channel.post(bob, QUESTION)
    answer = await ann.context_menu(question, ANSWER_THIS)
    await ann.press_id(answer, f"share:{question.id}:{entry}")
    await ann.eventually(channel, "Shared")
    (spoken,) = of_the_bot(bot, channel)
    assert "This answer opens in private" in words(spoken)
    assert spoken.buttons == ["Open it privately"]


@pytest.mark.parametrize("message", ["0", "1", "9" * 19, "9" * 20])
async def test_a_forged_share_under_no_message_is_shown_without_it(
    bot: Bot, ann: Person, bob: Person, message: str
) -> None:
    channel = bot.channel()
    answer = await ann.context_menu(channel.post(bob, QUESTION), ANSWER_THIS)
    await ann.press_id(answer, f"share:{message}:eare-they-genetic")
    (reply,) = of_the_bot(bot, channel)
    assert reply.reference is None


@pytest.mark.parametrize("custom_id", ["share::t", "share:x:t", "share:1:", f"share:{'1' * 21}:t"])
async def test_what_only_looks_like_a_share_is_out_of_date(
    bot: Bot, ann: Person, bob: Person, custom_id: str
) -> None:
    answer = await ann.context_menu(bot.channel().post(bob, QUESTION), ANSWER_THIS)
    shown = await ann.press_id(answer, custom_id)
    assert words(shown).startswith("This button is out of date")


async def test_an_answer_dismissed_while_it_was_shared_is_nobodys_fault(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    question = channel.post(bob, QUESTION)
    answer: Shown = await ann.context_menu(question, ANSWER_THIS)
    bot.fake.rate_limit("/channels/", 0.1)
    pressing = asyncio.create_task(ann.press(answer, SHARE))
    await until(lambda: bot.fake.requests[-1].route == "/channels/{channel_id}/messages")
    ann.dismiss(answer)
    await until(lambda: bot.fake.refusals)
    pressing.cancel()
    (reply,) = of_the_bot(bot, channel)
    assert reply.reference is question
    limited, late = bot.journal.take("WARNING")
    assert "rate limited" in limited.getMessage()
    assert late.getMessage() == "discord late reason=gone action=dropped"


def change_after_telling(bot: Bot, channel: Channel, permissions: int) -> None:
    """Take permissions from the bot when it has already been told that it has them."""
    tell = bot.fake.gateway.dispatch

    async def telling(event: str, data: dict[str, object], guild_id: str | None = None) -> bool:
        channel.own_app_permissions = permissions
        return await tell(event, data, guild_id)

    bot.fake.gateway.dispatch = telling  # type: ignore[method-assign]


async def test_a_forged_share_on_what_everyone_sees_changes_and_posts_nothing(
    bot: Bot, ann: Person, bob: Person
) -> None:
    channel = bot.channel()
    shown = await ann.slash(channel, "ask", question=QUESTION)
    stale = await bob.press_id(shown, f"share:{shown.id}:eare-they-genetic")
    assert stale.ephemeral and words(stale).startswith("This button is out of date")
    assert len(channel.messages) == 1 and not channel.messages[0].edited


async def test_who_also_installed_it_herself_shares_as_the_servers_bot(
    bot: Bot, bob: Person
) -> None:
    both, channel = bot.fake.person("ann", installed=True), bot.channel()
    channel.member_permissions = MEMBER & ~P.USE_EXTERNAL_APPS
    question = channel.post(bob, QUESTION)
    await both.press(await both.context_menu(question, ANSWER_THIS), SHARE)
    (reply,) = of_the_bot(bot, channel)
    assert reply.reference is question and reply.content == ""
