"""What moderators see fits on every platform, whatever somebody wrote into the form."""

import pytest

from bots.discord.buttons import view
from bots.discord.render import embed
from bots.telegram import render
from core.community.communities import Communities
from core.community.own.text import Text
from core.community.protocol.command import (
    History,
    ListEntries,
    NewEntry,
    NewProposal,
    SetAlone,
    ShowMenu,
    ShowSettings,
    Try,
)
from core.community.protocol.curation import (
    Hide,
    ListDue,
    ListLessons,
    ListShipped,
    OpenNote,
    ShowInbox,
    ShowInsights,
    Sort,
)
from core.content.library import Library
from core.dialogue.reply import Reply
from tests.bots.discord_markdown import drawn
from tests.e2e.fakes import discord_limits, telegram_limits
from tests.e2e.fakes import telegram_markup as markup
from tests.moderating import WIFI, person

NASTY = "*b* <b>x</b> [a](http://y) @everyone <@1> {about} `c` # > | ~ _ \\ tg://user?id=1 "
WRITTEN = [
    WIFI,
    dict.fromkeys(WIFI, NASTY) | {"links": "https://a.example/?x=1&y='2'"},
    dict.fromkeys(WIFI, "*_" * 2_000) | {"more": "<&" * 2_000, "links": "(\n" * 9},
    dict.fromkeys(WIFI, "😀" * 4_000),
    dict.fromkeys(WIFI, "") | {"asks": "\n".join(f"{n} <wifi>" for n in range(900))},
]


def check(reply: Reply, library: Library) -> None:
    """All that both platforms limit; nothing that was written counts as markup."""
    shown = embed(reply, library.wording)
    body = {"embeds": [shown.to_dict()], "components": view(reply).to_components()}
    assert list(discord_limits.message(body)) == []
    assert drawn(shown.description or "").markup == []
    assert drawn(shown.title or "", blocks=False).text == reply.title
    text = {"text": render.html(reply, library.wording), "parse_mode": "HTML"}
    assert telegram_limits.text_of(text).complaints == []
    keyboard = render.keyboard(reply)
    telegram_limits.check_keyboard(keyboard.to_dict() if keyboard else None)
    assert reply.title in markup.from_html(text["text"]).text


@pytest.mark.parametrize("values", WRITTEN, ids=["plain", "marks", "long", "emoji", "empty"])
async def test_every_screen_fits(
    communities: Communities, library: Library, values: dict[str, str]
) -> None:
    ann, mia = person(communities, "A*n*n <b>" * 30, manages=True), person(communities, "Mia")
    await ann.does(SetAlone(1))
    for _ in range(13):
        await ann.does(NewEntry())
        await ann.fills(**WIFI | values)
    slug = (await communities.like("", 99, ann.place, ann.facts))[-1][1]
    steps = ["Change it", None, "Remove", "History", "Version 1", "Bring this version back"]
    for step in steps:
        await (ann.presses(step) if step else ann.fills(short="Changed."))
        if not ann.seen[-1].form:
            check(ann.reply, library)
    await ann.does(ListEntries())
    await ann.presses("Next page")
    await ann.does(History(slug))
    await ann.does(Try(NASTY))
    await mia.does(NewProposal())
    await mia.fills(**WIFI | values)
    for outcome in (*ann.seen, *mia.seen):
        for reply in (outcome.reply, *(told.reply for told in outcome.told)):
            if reply:
                check(reply, library)


@pytest.mark.parametrize("values", WRITTEN, ids=["plain", "marks", "long", "emoji", "empty"])
async def test_every_question_of_a_form_fits(
    communities: Communities, library: Library, values: dict[str, str]
) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(ShowMenu())
    await ann.does(NewEntry(Text.of(values)))
    begun = await communities.asking.begin(ann.form, ann.facts.actor)
    ann.seen.append(begun)
    for _ in ann.seen[1].form.fields if ann.seen[1].form else ():
        ann.seen.append(await communities.wrote("<&*_" * 1_000, ann.place, ann.facts))
    for outcome in ann.seen:
        for reply in (outcome.reply, outcome.door):
            if reply:
                check(reply, library)


async def test_every_screen_of_the_inbox_fits(communities: Communities, library: Library) -> None:
    ann = person(communities, "A*n*n <b>" * 30, manages=True)
    await ann.does(ShowInbox())
    texts = (NASTY + "x" * 150, NASTY[:70], "*_ park <&" * 20, "a " * 140)
    for text in texts:
        await ann.does(Sort(text))
        for step in ("An answer here fits", "Next page", None):
            await ann.presses(step or ann.labels[0])
        await ann.does(Sort(text))
        await ann.presses("Never give this answer")
    for entry in [*library.entries][:3]:
        await ann.does(OpenNote(entry))
        await ann.fills(short=NASTY * 3)
        await ann.does(OpenNote(entry))
        await ann.fills(short="(plain) 'words' & <more> " * 13)
        await ann.does(Hide(entry))
    lists = (ShowInbox(), ListLessons(), ListShipped(), ListDue())
    commands = (*lists, ShowSettings(), ShowMenu(), ShowInsights())
    for command in commands:
        await ann.does(command)
    assert {"Learnt", "Asked in vain", "Which answer fits?"} <= {
        one.reply.title for one in ann.seen if one.reply
    }
    for outcome in ann.seen:
        if outcome.reply:
            check(outcome.reply, library)


@pytest.mark.parametrize("values", WRITTEN[1:], ids=["marks", "long", "emoji", "empty"])
async def test_every_form_opens(communities: Communities, values: dict[str, str]) -> None:
    ann = person(communities, "Ann", manages=True)
    await ann.does(NewEntry())
    await ann.fills(**WIFI | values)
    await ann.presses("Change it")
    assert len(ann.form.fields) == 5 and len(ann.form.title) <= 45 and len(ann.form.sent) <= 62
    for field in ann.form.fields:
        assert len(field.label) <= 45 and len(field.hint) <= 100
        assert len(field.value) <= field.longest <= 4_000
