"""Where moderators want it, the bot speaks up at questions nobody asked it; and is easily stopped."""

from datetime import timedelta

import pytest

from bots.desk import Desk
from core.community.communities import Communities
from core.community.protocol.command import Command, ListEntries, SetLog, ShowSettings, StopLog
from core.community.protocol.overheard import Overheard
from core.community.protocol.permissions import Facts
from core.community.protocol.speaking import Replay, SetMode, ShowChannel, ShowChannels
from core.community.questions import asks
from core.content.speaking import Mode
from core.dialogue.place import Place
from core.dialogue.reply import Reply
from core.dialogue.request import Dismiss, Forget, Quiet, Request, ShowEntry
from tests.moderating import HERE, Clock, Person, person

CHANNEL = "discord:77"
MIA, BEN = "discord:1001", "discord:1002"
QUESTION = "what are back dimples?"
MODES = tuple(Mode)
UNTOLD = "Channels where I am to tell the moderators, and can't:"


@pytest.fixture
def ann(communities: Communities) -> Person:
    """Somebody who manages the community, in a channel that the bot hears."""
    return person(communities, "Ann", manages=True, hears=True, channel=CHANNEL)


def said(text: str, clock: Clock, **facts: object) -> Overheard:
    """A message in the channel."""
    return Overheard(text, CHANNEL, clock.now, **facts)  # type: ignore[arg-type]


async def hears(desk: Desk, clock: Clock, text: str = QUESTION, actor: str = MIA) -> Reply | None:
    """What everybody reads after a message."""
    told = await desk.overhear(said(text, clock), HERE, actor)
    return told.aloud if told else None


async def choose(ann: Person, mode: Mode) -> None:
    """Another mode, from now on."""
    await ann.does(SetMode(CHANNEL, MODES.index(mode)))


def on(reply: Reply, kind: type[Request]) -> Request:
    """What the button of a kind stands for."""
    return next(one.request for one in reply.choices if isinstance(one.request, kind))


@pytest.mark.parametrize(
    "text",
    [
        "can you get them without surgery",
        "hi all, how do i get these",
        "Back dimples?",
        "so... what’s the point of them",
        "anyone know if they fade",
    ],
)
def test_these_ask_something(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text", ["i love my back dimples", "lol same", "that is how it is", "", "nice. thanks!"]
)
def test_these_ask_nothing(text: str) -> None:
    assert not asks(text)


async def test_nothing_is_said_before_anybody_wants_it(desk: Desk, clock: Clock) -> None:
    assert await hears(desk, clock) is None


async def test_it_answers_where_it_may_and_says_why(desk: Desk, clock: Clock, ann: Person) -> None:
    await choose(ann, Mode.ANSWER)
    reply = await hears(desk, clock)
    assert reply
    assert reply.title == "What are back dimples?"
    assert reply.paragraphs[0] == "I speak up because this sounds like: “What are back dimples?”"
    assert reply.citations
    labels = [choice.label for choice in reply.choices]
    assert labels[-2:] == ["Take this away", "Never speak to me unasked"]
    assert "That helped" in labels


async def test_it_offers_in_one_line_and_the_answer_is_read_in_private(
    desk: Desk, clock: Clock, ann: Person
) -> None:
    await choose(ann, Mode.OFFER)
    reply = await hears(desk, clock)
    assert reply
    assert len(reply.paragraphs) == 1
    assert on(reply, ShowEntry) == ShowEntry("what-are-back-dimples")


async def test_the_moderators_are_told_and_members_see_nothing(
    desk: Desk, clock: Clock, ann: Person
) -> None:
    await choose(ann, Mode.SUGGEST)
    assert ann.reply.title == "There is no log channel yet"
    await ann.does(SetLog("discord:5"))
    await choose(ann, Mode.SUGGEST)
    link = "https://discord.com/channels/1/77/5"
    told = await desk.overhear(said(QUESTION, clock, link=link), HERE, MIA)
    assert told and told.aloud is None and told.logged
    assert told.logged.channel == "discord:5"
    assert told.logged.reply.citations[0].url == link
    assert QUESTION not in "".join(told.logged.reply.paragraphs)


@pytest.mark.parametrize("stopping", [StopLog(), SetLog("")], ids=["stopped", "none picked"])
async def test_without_a_log_channel_the_settings_say_where_nobody_is_told_and_what_to_do(
    ann: Person, stopping: Command
) -> None:
    await ann.does(SetLog("discord:5"))
    await choose(ann, Mode.SUGGEST)
    assert UNTOLD not in ann.text
    await ann.does(ShowSettings())
    assert UNTOLD not in ann.text and not ann.seen[-1].untold
    await ann.does(stopping)
    assert f"{UNTOLD} 1. There is no log channel" in ann.text
    assert "Choose a log channel here, or something else" in ann.text
    assert ann.seen[-1].untold == (CHANNEL,)
    await ann.presses("Speaking unasked")
    await ann.presses("This channel")
    assert "Choose one in the settings first." in ann.text
    await ann.presses("Only count")
    assert "Choose one in the settings first." not in ann.text
    await ann.presses("Settings")
    assert UNTOLD not in ann.text and not ann.seen[-1].untold


async def test_of_many_channels_where_nobody_is_told_some_are_named(ann: Person) -> None:
    await ann.does(SetLog("discord:5"))
    for number in range(12):
        await ann.does(SetMode(f"discord:{number}", MODES.index(Mode.SUGGEST)))
    await ann.does(StopLog())
    assert f"{UNTOLD} 12." in ann.text
    assert len(ann.seen[-1].untold) == 10


async def test_it_only_counts(desk: Desk, clock: Clock, ann: Person) -> None:
    await choose(ann, Mode.COUNT)
    assert await hears(desk, clock) is None
    assert await hears(desk, clock, "how is everybody today?") is None
    await ann.does(ShowChannel(CHANNEL))
    assert "I would have spoken 1 times, and did speak 0 times" in ann.text
    assert "What are back dimples? (1)" in ann.text


@pytest.mark.parametrize(
    "message",
    [
        {"text": "back dimples are so pretty"},
        {"text": QUESTION, "to_others": True},
        {"text": QUESTION, "inside": True},
        {"text": "what time is the meeting?"},
        {"text": "how does cryolipolysis work?"},
        {"text": "is it normal that i hate my body so much i stopped eating?"},
    ],
    ids=["no question", "to somebody", "later in a thread", "off topic", "for adults", "a rule"],
)
async def test_it_keeps_quiet(
    desk: Desk, clock: Clock, ann: Person, message: dict[str, object]
) -> None:
    await choose(ann, Mode.ANSWER)
    assert await desk.overhear(said(clock=clock, **message), HERE, MIA) is None  # type: ignore[arg-type]


async def test_the_opener_of_a_thread_need_not_be_a_question(
    desk: Desk, clock: Clock, ann: Person
) -> None:
    await choose(ann, Mode.ANSWER)
    opener = said("what are back dimples", clock, opens=True, inside=True)
    assert await desk.overhear(opener, HERE, MIA)


async def test_the_same_answer_waits_and_another_does_not(
    desk: Desk, clock: Clock, ann: Person
) -> None:
    await choose(ann, Mode.ANSWER)
    assert await hears(desk, clock)
    assert await hears(desk, clock, actor=BEN) is None
    assert await hears(desk, clock, "are back dimples genetic?", BEN)
    clock.now += timedelta(hours=6)
    assert await hears(desk, clock, actor=BEN)


async def test_how_long_it_waits_is_chosen(desk: Desk, clock: Clock, ann: Person) -> None:
    await choose(ann, Mode.ANSWER)
    await ann.does(ShowChannels())
    await ann.presses("Same answer after 24 h")
    assert "after 24 hours" in ann.text
    assert await hears(desk, clock)
    clock.now += timedelta(hours=23)
    assert await hears(desk, clock) is None


async def test_an_emergency_gets_the_neutral_line(desk: Desk, clock: Clock, ann: Person) -> None:
    await choose(ann, Mode.OFFER)
    reply = await hears(
        desk, clock, "why can't i feel anything between my legs since this morning?"
    )
    assert reply
    assert "legs" not in "".join(reply.paragraphs)
    assert "emergency number" in "".join(reply.paragraphs)
    assert on(reply, Dismiss)


async def test_moderators_hear_nothing_of_an_emergency(
    desk: Desk, clock: Clock, ann: Person
) -> None:
    await ann.does(SetLog("discord:5"))
    await choose(ann, Mode.SUGGEST)
    text = "why can't i feel anything between my legs since this morning?"
    assert await desk.overhear(said(text, clock), HERE, MIA) is None


async def test_who_was_asked_or_a_moderator_may_take_it_away(
    desk: Desk, clock: Clock, ann: Person
) -> None:
    await choose(ann, Mode.ANSWER)
    reply = await hears(desk, clock)
    assert reply
    dismiss = on(reply, Dismiss)
    assert isinstance(dismiss, Dismiss)
    assert await desk.may_dismiss(dismiss, HERE, Facts(MIA, "Mia"))
    assert await desk.may_dismiss(dismiss, HERE, ann.facts)
    assert not await desk.may_dismiss(dismiss, HERE, Facts(BEN, "Ben"))
    assert not await desk.may_dismiss(Dismiss("0" * 12), HERE, Facts(BEN, "Ben"))
    turn = await desk.reply(dismiss, HERE, BEN)
    assert turn.reply.title == "This wasn't said to you"


async def test_somebody_wants_nothing_said_to_them(desk: Desk, clock: Clock, ann: Person) -> None:
    await choose(ann, Mode.ANSWER)
    turn = await desk.reply(Quiet(), HERE, MIA)
    assert turn.reply.title == "I won't speak to you unasked"
    assert await hears(desk, clock) is None
    assert await hears(desk, clock, actor=BEN)
    await desk.reply(on(turn.reply, Quiet), HERE, MIA)
    assert await hears(desk, clock, "are back dimples genetic?")


async def test_that_is_forgotten_with_the_rest(desk: Desk, clock: Clock, ann: Person) -> None:
    await choose(ann, Mode.ANSWER)
    await desk.reply(Quiet(), HERE, MIA)
    await desk.reply(Forget(), HERE, MIA)
    assert await hears(desk, clock)


async def test_a_bot_that_hears_nothing_says_what_is_missing(
    communities: Communities, desk: Desk, clock: Clock
) -> None:
    ann = person(communities, "Ann", manages=True, channel=CHANNEL)
    await ann.does(ShowSettings())
    await ann.presses("Speaking unasked")
    await ann.presses("This channel")
    assert "FOSSAE_DISCORD_MESSAGES" in ann.text
    await choose(ann, Mode.ANSWER)
    assert ann.reply.title == "I don't hear what is said here"
    assert await hears(desk, clock) is None


async def test_it_is_chosen_by_buttons(ann: Person) -> None:
    await ann.does(ShowSettings())
    await ann.presses("Speaking unasked")
    assert "questions nobody asked me: 0" in ann.text
    await ann.presses("This channel")
    assert ann.reply.paragraphs[0] == "Say nothing: I only speak when somebody asks me."
    await ann.presses("Offer to answer")
    assert ann.reply.paragraphs[0].startswith("Offer to answer:")
    assert "Offer to answer" not in ann.labels
    await ann.presses("Say nothing")
    await ann.presses("Settings")
    await ann.presses("Speaking unasked")
    assert "questions nobody asked me: 0" in ann.text


async def test_what_was_said_before_is_tried_out(desk: Desk, clock: Clock, ann: Person) -> None:
    texts = [
        "morning all",
        QUESTION,
        "what is a back dimple?",
        "what time is it?",
        "i want to die, can anyone talk?",
        "do they hurt when you bend?",
    ]
    await ann.does(Replay(tuple(said(text, clock) for text in texts)))
    assert "Of the last 6 messages by people, 5 asked something." in ann.text
    assert "“what are back dimples?”: I would have answered “What are back dimples?”" in ann.text
    assert "Messages where a safety rule would have spoken: 1." in ann.text
    assert "die" not in ann.text
    assert ann.reply.private


async def test_who_may_not_moderate_learns_nothing(
    communities: Communities, ann: Person, clock: Clock
) -> None:
    await ann.does(ListEntries())
    ben = person(communities, "Ben", hears=True)
    await ben.does(Replay((said(QUESTION, clock),)))
    assert ben.reply.title == "This is for moderators"


async def test_a_group_that_goes_by_another_name_keeps_what_was_chosen(
    communities: Communities, desk: Desk, clock: Clock
) -> None:
    old, new = Place("telegram:-5"), Place("telegram:-1005")
    ann = person(communities, "Ann", manages=True, hears=True)
    ann.place = old
    await ann.does(SetLog(old.key))
    await ann.does(SetMode(old.key, MODES.index(Mode.ANSWER)))
    await communities.moved(old, new)
    assert await desk.overhear(Overheard(QUESTION, new.key, clock.now), new, MIA)
    assert await desk.log_channel(new) == new.key
