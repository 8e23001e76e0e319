"""What Discord is sent: within its limits, nothing unescaped, nothing lost."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.discord.buttons import Press, Share, read, view
from bots.discord.render import embed, escaped
from core.content.library import Library
from core.content.model import Figure
from core.content.wording import Wording
from core.dialogue import token
from core.dialogue.engine import Engine
from core.dialogue.reply import Citation, Reply, Turn
from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Help,
    Instead,
    ListSources,
    Part,
    Request,
    SayMinor,
    ShowEntry,
    Start,
    Step,
    Stop,
)
from tests.bots.discord_markdown import drawn
from tests.builders import steps
from tests.e2e.fakes import discord_limits

NASTY = (
    "*bold* **b** _it_ __u__ ~~s~~ ||spoiler|| `code` ```block``` \\ \\* \\\\",
    "[x](http://y) <http://y> http://example.org/a_(b)_c see https://en.wikipedia.org/wiki/A_(b).",
    "<@1> <@!1> <@&1> <#1> </ask:1> <t:1> <t:1:R> <id:home> @everyone @here <a:b:1> :smile: <b>",
    "# big\n## less\n### small\n-# tiny\n- item\n* item\n+ item\n1. first\n22. more\n  - deep",
    "> quote\n>>> all\n>no",
    "\u202eright to left\u202c \u200b\u200d \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "snake_case_word 2*3*4 a~b|c 5 > 4 < 6 e.g. 1.5 -1 100% &amp; &lt; {about} ¯\\_(ツ)_/¯",
)
WORDS = ("a", "1", "1. ", "- ", "## ", "> ", "](", "http://", "a.b", "@here", "<@1>", ":ok:")
PIECES = [*"\\*_~|`<>[]()@:#-+.>! \n", *WORDS]
ADDRESS = "https://a.org/b_(c)_d?x=1&y=*"
FIGURE = Figure.model_construct(id="f", file="f.svg", alt="A *drawing* of <@1>")


def made_up(*texts: str) -> Reply:
    """A reply whose every text holds what is markup on Discord."""
    return Reply(
        title=texts[0].split("\n")[0],
        paragraphs=texts,
        evidence=tuple(text.split("\n")[0] for text in texts),
        citations=(
            *(Citation(text.split("\n")[0], text, ADDRESS) for text in texts if "[" not in text),
            Citation("no *address*", "t", None),
        ),
        notice=texts[0],
        figure=FIGURE,
    )


def words(reply: Reply, wording: Wording) -> str:
    """What a person must be able to read under the title, in order."""
    blocks = [
        *reply.paragraphs,
        "\n".join(reply.evidence),
        "\n".join(f"• {citation.label}" for citation in reply.citations),
        f"{wording.figure} {reply.figure.alt}" if reply.figure else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def check_words(reply: Reply, wording: Wording) -> None:
    """Nothing unescaped, nothing lost."""
    shown = embed(reply, wording)
    title, body = drawn(shown.title or "", blocks=False), drawn(shown.description or "")
    assert (title.text, title.markup, title.links) == (reply.title, [], [])
    assert (body.text, body.markup) == (words(reply, wording), [])
    assert body.quoted == list(reply.evidence)
    assert [(label, unquote(target)) for label, target in body.links] == [
        (each.label, unquote(each.url)) for each in reply.citations if each.url
    ]
    assert (shown.footer.text or None) == reply.notice


def check_limits(reply: Reply, wording: Wording, *extra: Press) -> None:
    """All that Discord limits, counted as the stricter of its two ways: UTF-16."""
    shown, buttons = embed(reply, wording), view(reply, extra)
    body = {"embeds": [shown.to_dict()], "components": buttons.to_components()}
    assert list(discord_limits.message(body)) == []
    assert wide(shown.title) <= 256 and wide(shown.description) <= 4096
    assert wide(shown.footer.text) <= 2048
    assert wide(shown.title) + wide(shown.description) + wide(shown.footer.text) <= 6000


def wide(text: str | None) -> int:
    """The length of a text in UTF-16."""
    return len((text or "").encode("utf-16-le")) // 2


def check_buttons(reply: Reply) -> None:
    """Every choice is a button that leads where it says."""
    buttons = [item.item for item in view(reply).children if isinstance(item, Press)]
    assert [button.label for button in buttons] == [choice.label for choice in reply.choices]
    requests = [token.read(button.custom_id or "") for button in buttons]
    assert requests == [choice.request for choice in reply.choices]
    assert all(len(choice.label) <= 38 for choice in reply.choices)


def seeds(library: Library) -> Iterator[Request]:
    """Where a conversation can begin, be linked to or be forged to."""
    yield from (Help("private"), Help("mentions"), Help("commands"), About(), Browse(), Instead())
    yield from (ListSources(page) for page in range(30))
    for entry in library.entries.values():
        yield from (Ask(entry.question), Instead(entry.id), SayMinor(entry.id))
        for part in Part:
            yield from (ShowEntry(entry.id, part, of_age=sure) for sure in (False, True))
    for check in library.assessments.values():
        yield from (Start(check.id), Stop(check.id), *steps(check))


def reachable(engine: Engine) -> dict[Request, Turn]:
    """Every turn there is, from everywhere, following every button."""
    found: dict[Request, Turn] = {}
    todo = list(seeds(engine.library))
    while todo:
        request = todo.pop()
        if request not in found:
            found[request] = turn = engine.reply(request)
            onward = [c.request for reply in (turn.reply, turn.aloud) for c in reply.choices]
            # A check has tens of thousands of steps; each different screen is among the seeds.
            todo += [each for each in onward if not isinstance(each, Step)]
    return found


@pytest.fixture(scope="module")
def replies(engine: Engine) -> dict[str, Reply]:
    """Every reply, by how it was reached."""
    screens, entries = engine.screens, list(engine.library.entries.values())
    found = {
        "failure": screens.failure(),
        "shared": screens.shared(),
        "no text": screens.no_text(),
        "nothing": screens.nothing(),
        "stale": screens.stale(),
    }
    for first in range(len(entries) - 2):
        found[f"clarify {first}"] = screens.clarify(entries[first : first + 3])
    for request, turn in reachable(engine).items():
        found |= {f"{request}": turn.reply, f"{request} aloud": turn.aloud}
    return found


def test_every_reply_is_within_the_limits(replies: dict[str, Reply], library: Library) -> None:
    assert len(replies) > 500
    wording = library.wording
    share = Press(str(Share(2**64 - 1, "e" + "x" * 40)), wording.buttons.share)
    for reply in replies.values():
        check_limits(reply, wording, share)


def test_every_reply_is_drawn_in_its_own_words(replies: dict[str, Reply], library: Library) -> None:
    for reply in replies.values():
        check_words(reply, library.wording)


def test_every_choice_is_a_button_that_leads_where_it_says(replies: dict[str, Reply]) -> None:
    for reply in replies.values():
        check_buttons(reply)


def test_no_label_of_a_source_is_an_address_which_discord_would_not_hide(
    library: Library,
) -> None:
    assert [each.label for each in library.sources.values() if "://" in each.label] == []


@pytest.mark.parametrize("text", NASTY)
def test_what_is_markup_on_discord_is_drawn_literally(text: str, library: Library) -> None:
    check_words(made_up(text), library.wording)


def test_all_of_it_together_is_drawn_literally(library: Library) -> None:
    check_words(made_up(*NASTY), library.wording)


@given(st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=30).map("".join))
def test_any_text_is_drawn_literally(text: str) -> None:
    seen = drawn(escaped(text))
    assert (seen.text, seen.markup, seen.links, seen.quoted) == (text, [], [], [])


def test_a_source_for_adults_is_named_without_its_address(library: Library) -> None:
    reply = Reply("t", ("p",), citations=(Citation("A [page]", "Its title", None),))
    assert embed(reply, library.wording).description == "p\n\n• A \\[page\\]"


def test_a_drawing_that_ships_is_told_in_words_too(
    replies: dict[str, Reply], library: Library
) -> None:
    pictures = {reply for reply in replies.values() if reply.drawing}
    assert len(pictures) == len([e for e in library.entries.values() if e.figure])
    for reply in pictures:
        assert reply.figure is not None
        shown = drawn(embed(reply, library.wording).description or "")
        assert f"Picture: {reply.figure.alt}" in shown.text


def test_a_figure_is_told_in_words(library: Library) -> None:
    shown = embed(Reply("t", ("p",), figure=FIGURE), library.wording)
    assert drawn(shown.description or "").text == "p\n\nPicture: A *drawing* of <@1>"


def test_a_reply_without_choices_has_no_buttons() -> None:
    assert view(Reply("t", ("p",))).to_components() == []


@pytest.mark.parametrize("message", [0, 1, 2**63, 2**64 - 1])
def test_the_button_that_shares_says_what_and_under_which_message(message: int) -> None:
    share = Share(message, token.write(ShowEntry("x" * 40)))
    assert read(str(share)) == share
    assert len(str(share)) <= 100


@pytest.mark.parametrize(
    "custom_id",
    ["share:", "share:1", "share:x:t", "share::t", "share:1:", f"share:{'1' * 21}:t", "share:1:é"],
)
def test_what_only_looks_like_sharing_is_left_to_the_engine(custom_id: str) -> None:
    assert read(custom_id) == custom_id
