"""What Telegram is sent: within its limits, nothing unescaped, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.constants import MessageLimit

from bots.telegram import render
from core.content.library import Library
from core.content.model import Figure
from core.content.wording import Wording
from core.dialogue import token
from core.dialogue.answers import is_private
from core.dialogue.engine import Engine
from core.dialogue.reply import Choice, Citation, Reply, Suggestion
from core.dialogue.request import Browse, Help, ListSources, Request, ShowEntry
from tests.builders import every_reply, reachable
from tests.e2e.fakes import telegram_limits as limits
from tests.e2e.fakes import telegram_markup as markup

NASTY = (
    "<b>bold</b> <i> </b> <script>alert(1)</script> <a href='https://example.org'>x</a> <>",
    "A & B &amp; &lt;b&gt; &nbsp; &#60; &#xD800; & &; AT&T",
    "*bold* _it_ [x](http://y) `code` ||spoiler|| ~s~ # > - = | { } . !",
    "quote \" and ' and \\ and \u2019 and \u00ab",
    "\u202eright to left\u202c \u200b\u200d\u2060 \u05e9\u05dc\u05d5\u05dd \U0001f600\U0001f1fa\U0001f1f3 e\u0301",
    "@everyone @fossae_bot /ask #tag $CASH +1 555 0100 a@b.org example.org tg://user?id=1",
)
PIECES = [*"<>&;\"'/#= \n", "a", "b", "&amp;", "&lt", "</b>", "<b>", "<a href=", "\U0001f600"]
FIGURE = Figure.model_construct(id="f", file="f.svg", alt="A drawing of <a> & <b>")
URL = "https://a.org/b_(c)?x=1&y=\"2\"&z='<3>'#%20"


def made_up(*texts: str) -> Reply:
    """A reply whose every text holds what is markup on Telegram."""
    return Reply(
        title=texts[0],
        paragraphs=texts,
        evidence=texts,
        citations=(
            *(Citation(text, "t", URL) for text in texts),
            Citation("<no> & url", "t", None),
        ),
        choices=tuple(Choice(text, Browse("t" * 40, 9999)) for text in texts),
        notice=texts[0],
        figure=FIGURE,
    )


def blocks(reply: Reply, wording: Wording) -> list[str]:
    """What a person must be able to read, in order."""
    return [
        reply.title,
        *reply.paragraphs,
        *(["\n".join(reply.evidence)] if reply.evidence else []),
        *(["\n".join(f"• {each.label}" for each in reply.citations)] if reply.citations else []),
        *([f"{wording.figure} {reply.figure.alt}"] if reply.figure else []),
        *([reply.notice] if reply.notice else []),
    ]


def check_words(reply: Reply, wording: Wording) -> None:
    """Nothing unescaped, nothing lost, and emphasis only where it is meant."""
    drawn = markup.from_html(render.html(reply, wording))
    assert drawn.complaints == []
    assert drawn.text == "\n\n".join(blocks(reply, wording)).strip()
    wide = drawn.text.encode("utf-16-le", "surrogatepass")
    parts = [
        (e["type"], wide[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in drawn.entities
    ]
    links = [("text_link", each.label) for each in reply.citations if each.url]
    quoted = [("blockquote", "\n".join(reply.evidence))] if reply.evidence else []
    noted = [("italic", reply.notice)] if reply.notice else []
    assert parts == [("bold", reply.title), *quoted, *links, *noted]
    urls = [entity["url"] for entity in drawn.entities if "url" in entity]
    assert urls == [each.url for each in reply.citations if each.url]


def check_limits(reply: Reply, wording: Wording) -> None:
    """All that Telegram limits."""
    body = render.content(reply, wording).to_dict()
    assert limits.text_of(body, "message_text").complaints == []
    keyboard = render.keyboard(reply)
    limits.check_keyboard(keyboard.to_dict() if keyboard else None)
    assert markup.length(render.brief(reply)) <= 200
    if reply.drawing:
        caption = markup.from_html(render.html(reply, wording)).text
        assert markup.length(caption) <= MessageLimit.CAPTION_LENGTH


def check_buttons(reply: Reply) -> None:
    """Every choice is a button of its own that leads where it says, and can be read on a phone."""
    keyboard = render.keyboard(reply)
    rows = keyboard.inline_keyboard if keyboard else ()
    buttons = [button for row in rows for button in row]
    assert [button.text for button in buttons] == [choice.label for choice in reply.choices]
    written = [str(button.callback_data) for button in buttons]
    assert [token.read(each) for each in written] == [choice.request for choice in reply.choices]
    assert len(set(written)) == len(written) == len({button.text for button in buttons})
    assert all(len(row) == 1 or max(len(button.text) for button in row) <= 16 for row in rows)


@pytest.fixture(scope="module")
def replies(engine: Engine) -> list[Reply]:
    """Every reply there is."""
    return every_reply(engine)


def test_every_reply_is_within_the_limits(replies: list[Reply], library: Library) -> None:
    # Three screens an entry at least: short, more or sources, and what a refusal leads to.
    assert len(replies) > 5 * len(library.entries)
    for reply in replies:
        check_limits(reply, library.wording)


def test_every_reply_is_drawn_in_its_own_words(replies: list[Reply], library: Library) -> None:
    for reply in replies:
        check_words(reply, library.wording)


def test_every_choice_is_a_button_that_leads_where_it_says(replies: list[Reply]) -> None:
    for reply in replies:
        check_buttons(reply)


def test_every_turn_can_be_reached_by_its_token(engine: Engine) -> None:
    unwritten: set[Request] = {Help("mentions"), Help("commands")}
    for request, turn in reachable(engine).items():
        assert limits.START.fullmatch(token.write(request))
        if request not in unwritten:
            assert engine.press(token.write(request)) == turn


def test_what_is_said_aloud_holds_nothing_that_is_for_one_person(
    engine: Engine, library: Library
) -> None:
    turns = reachable(engine).values()
    assert not any(turn.aloud.private for turn in turns)
    aloud = "\n".join(dict.fromkeys(render.html(t.aloud, library.wording) for t in turns))
    heard = markup.from_html(aloud).text
    hidden = [e for e in library.entries.values() if is_private(e)]
    assert len(hidden) > 2
    assert [e.id for e in hidden if e.short in heard or (e.more or e.short)[:80] in heard] == []


def test_every_reviewed_question_is_an_inline_result(engine: Engine, library: Library) -> None:
    suggestions = engine.suggest("", len(library.entries))
    assert len(suggestions) == len(library.entries)
    results = []
    for suggestion in suggestions:
        aloud = engine.reply(suggestion.request).aloud
        results.append(render.article(suggestion, aloud, library.wording).to_dict())
    for first in range(0, len(results), limits.RESULTS):
        limits.check_results(results[first : first + limits.RESULTS])
    assert [each["title"] for each in results] == [each.question for each in suggestions]
    assert [token.read(each["id"]) for each in results] == [each.request for each in suggestions]


def test_a_result_without_a_summary_has_no_description(library: Library) -> None:
    bare = Suggestion("Q?", "", ShowEntry("x"))
    assert "description" not in render.article(bare, Reply("t", ("p",)), library.wording).to_dict()


@pytest.mark.parametrize("text", NASTY)
def test_what_is_markup_on_telegram_is_drawn_literally(text: str, library: Library) -> None:
    check_words(made_up(text), library.wording)
    check_limits(made_up(text), library.wording)


def test_all_of_it_together_is_drawn_literally(library: Library) -> None:
    check_words(made_up(*NASTY), library.wording)


@given(st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=30).map("".join))
def test_any_text_is_drawn_literally(library: Library, text: str) -> None:
    reply = Reply(f"x{text}x", (f"x{text}x",), (f"x{text}x",), notice=f"x{text}x")
    check_words(reply, library.wording)


def test_a_source_for_adults_is_named_without_its_address(library: Library) -> None:
    reply = Reply("t", ("p",), citations=(Citation("A <page>", "Its title", None),))
    assert render.html(reply, library.wording) == "<b>t</b>\n\np\n\n• A &lt;page&gt;"


def test_a_drawing_that_ships_has_its_words_under_it(
    replies: list[Reply], library: Library
) -> None:
    pictures = [reply for reply in replies if reply.drawing]
    assert len(pictures) == len([e for e in library.entries.values() if e.figure])
    for reply in pictures:
        assert reply.figure is not None
        drawn = markup.from_html(render.html(reply, library.wording))
        assert f"Picture: {reply.figure.alt}" in drawn.text


def test_a_figure_is_told_in_words(library: Library) -> None:
    drawn = markup.from_html(render.html(Reply("t", ("p",), figure=FIGURE), library.wording))
    assert drawn.text == "t\n\np\n\nPicture: A drawing of <a> & <b>"


def test_a_reply_without_choices_has_no_keyboard() -> None:
    assert render.keyboard(Reply("t", ("p",))) is None


def test_a_notice_above_the_chat_is_cut_to_its_room() -> None:
    long = Reply("\U0001f600" * 150, ("p" * 300,))
    assert markup.length(render.brief(long)) <= 200
    assert render.brief(Reply("t", ("p", "q"))) == "t\np\nq"


def test_buttons_share_a_row_only_where_both_can_be_read() -> None:
    def rows(*labels: str) -> list[int]:
        choices = tuple(Choice(label, ListSources(at)) for at, label in enumerate(labels))
        keyboard = render.keyboard(Reply("t", ("p",), choices=choices))
        assert keyboard is not None
        return [len(row) for row in keyboard.inline_keyboard]

    assert rows("a", "b", "c") == [2, 1]
    assert rows("a", "x" * 17, "b", "c") == [1, 1, 2]
    assert rows("x" * 16, "x" * 16) == [2]
