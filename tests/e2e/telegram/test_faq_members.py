"""What members of a group see and say: votes, /privacy; and links that others made."""

import pytest
from sqlalchemy import select

from core.community.communities import Communities
from core.community.store.database import Database
from core.community.store.schema import EntryRow, VoteRow
from core.dialogue import token
from core.dialogue.request import Forget, Manage
from tests.e2e.fakes.telegram_chat import Chat
from tests.e2e.telegram.bot import Bot
from tests.e2e.telegram.moderating import WIFI, admin, at_menu, published, through


async def votes(communities: Communities, database: Database) -> list[bool]:
    """Every vote that is kept."""
    await communities.noting.settled()
    async with database.reading() as session:
        return list(await session.scalars(select(VoteRow.helpful)))


async def test_a_vote_in_the_group_counts_once_and_is_thanked_for_unseen(
    telegram: Bot, communities: Communities, database: Database
) -> None:
    group, mia, ben = (
        telegram.fake.group("Gym"),
        telegram.fake.person("mia"),
        telegram.fake.person("ben"),
    )
    await published(telegram, group, admin(telegram, group, "ann"))
    shown = await mia.say(group, "/ask wifi code")
    for _ in range(2):
        pressed = await mia.press(shown, "That helped")
        assert pressed.toast and pressed.toast.startswith("Thank you.")
        assert not pressed.sent and not pressed.url
    assert await votes(communities, database) == [True]
    away = (await ben.press(shown, "Not what I asked")).url
    assert away and (await ben.follow(away)).text
    assert sorted(await votes(communities, database)) == [False, True]


async def test_privacy_says_what_is_kept_and_deletes_it(
    telegram: Bot, communities: Communities, database: Database
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    await published(telegram, group, admin(telegram, group, "ann"))
    hers = await through(telegram, mia, await mia.say(group, "/propose"))
    await hers.write("Is there a pool?", "Yes, behind the house.", "pool", "-", "-")
    begun = await through(telegram, mia, await mia.say(group, "/propose Is there tea?"))
    assert "Is there tea?" in begun.seen.text
    shown = await mia.say(mia.private(), "/privacy")
    assert shown.text.startswith("What I keep")
    pressed = await mia.press(shown, "Delete what leads to me")
    assert pressed.edited and pressed.edited.text.startswith("Deleted")
    async with database.reading() as session:
        assert not list(
            await session.scalars(select(EntryRow.proposer).where(EntryRow.proposer.is_not(None)))
        )
    begun.seen = (await mia.press(begun.seen, "Keep it as it is")).edited or begun.seen
    assert begun.seen.text.startswith("It isn't here any more")
    assert (await mia.say(group, "/privacy delete")).text.startswith("Deleted")
    assert (await mia.say(group, "/privacy delete", anonymous=True)).text.startswith("What I keep")


async def test_a_link_that_others_made_deletes_nothing(telegram: Bot) -> None:
    mia = telegram.fake.person("mia")
    assert (await mia.start(token.write(Forget()))).text.startswith("What I keep")


@pytest.mark.parametrize("letter", ["p", "x", "r"], ids=["publish", "remove", "submit"])
async def test_a_link_that_others_made_changes_nothing_for_an_administrator_who_follows_it(
    telegram: Bot, letter: str
) -> None:
    group = telegram.fake.group("Gym")
    ann = await at_menu(telegram, group, admin(telegram, group, "ann"))
    ben = admin(telegram, group, "ben")
    await ann.press("Add an answer")
    await ann.write(*WIFI)
    read = token.read(ann.seen.data["Send for review"])
    assert isinstance(read, Manage)
    shown = await ben.start("f" + letter + read.written[1:])
    assert shown.text.startswith(WIFI[0])
    assert "Draft: only moderators see it." in shown.text


async def test_a_link_to_the_settings_shows_them_and_one_that_sets_them_leads_to_the_menu(
    telegram: Bot,
) -> None:
    group = telegram.fake.group("Gym")
    ann = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await ann.press("Settings")
    alone = ann.seen.data["One moderator is enough"]
    assert (await ann.who.start(alone)).text.startswith("The answers of this community")
    await ann.press("All answers")
    await ann.press("Menu")
    assert "One moderator is enough" in (await ann.press("Settings")).buttons


async def test_a_link_to_a_form_throws_nothing_away(telegram: Bot) -> None:
    group = telegram.fake.group("Gym")
    ann = await at_menu(telegram, group, admin(telegram, group, "ann"))
    await ann.press("Add an answer")
    await ann.write(WIFI[0])
    cancel = ann.seen.data["Cancel"]
    assert "2 of 5: Short answer" in (await ann.who.start(cancel)).text


# Who suggests an answer is a member when it is sent


async def waiting(bot: Bot, group: Chat) -> list[str]:
    """What a moderator can press at the menu: whether anything waits for them is among it."""
    hand = await at_menu(bot, group, admin(bot, group, "ann"))
    return hand.seen.buttons


@pytest.mark.parametrize("standing", ["left", "kicked"])
async def test_who_has_left_meanwhile_suggests_nothing_and_loses_nothing(
    telegram: Bot, standing: str
) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    door = await mia.say(group, "/propose")
    hers = await through(telegram, mia, door)
    await hers.write(*WIFI[:4])
    telegram.fake.promote(group, mia, standing)
    assert (await hers.write(WIFI[4])).text.startswith("This is for members")
    assert "Waiting for review" not in await waiting(telegram, group)
    assert (await through(telegram, mia, door)).seen.text.startswith("This is for members")
    telegram.fake.promote(group, mia, "member")
    hers = await through(telegram, mia, door)
    assert "5 of 5: Links" in hers.seen.text
    assert (await hers.write(WIFI[4])).text.startswith("Thank you")
    assert "Waiting for review" in await waiting(telegram, group)


async def test_who_was_never_there_suggests_nothing_by_a_button_of_others(telegram: Bot) -> None:
    group, zoe = telegram.fake.group("Gym"), telegram.fake.person("zoe")
    door = await telegram.fake.person("mia").say(group, "/propose", anonymous=True)
    assert (await through(telegram, zoe, door)).seen.text.startswith("This is for members")


async def test_where_members_are_hidden_only_an_administrator_sees_them(telegram: Bot) -> None:
    group, mia = telegram.fake.group("Gym"), telegram.fake.person("mia")
    group.hidden = True
    door = await mia.say(group, "/propose")
    refused = (await through(telegram, mia, door)).seen
    assert refused.text.startswith("This is for members")
    assert "make me an administrator" in refused.text
    group.bot_status = "administrator"
    assert "1 of 5: Question" in (await through(telegram, mia, door)).seen.text
