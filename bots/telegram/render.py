"""A reply as Telegram HTML and an inline keyboard; the one place where text is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode

from core.content.wording import Wording
from core.dialogue import token
from core.dialogue.reply import Choice, Citation, Reply, Suggestion

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TOAST = 200
# Two buttons share a row only if neither is cut off on a narrow phone.
_A_ROW, _NARROW = 2, 16


def html(reply: Reply, wording: Wording) -> str:
    """The text of a message with parse_mode HTML."""
    blocks = [
        f"<b>{escape(reply.title)}</b>",
        *(escape(paragraph, quote=False) for paragraph in reply.paragraphs),
        _quoted(reply.evidence),
        "\n".join(f"• {_cited(citation)}" for citation in reply.citations),
        _pictured(reply, wording),
        f"<i>{escape(reply.notice, quote=False)}</i>" if reply.notice else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def keyboard(
    reply: Reply, extra: InlineKeyboardButton | None = None
) -> InlineKeyboardMarkup | None:
    """The choices as buttons that carry their tokens, and one of another kind; None for none."""
    rows = [[_button(choice) for choice in row] for row in _rows(reply.choices)]
    rows += [[extra]] if extra else []
    return InlineKeyboardMarkup(rows) if rows else None


def article(suggestion: Suggestion, aloud: Reply, wording: Wording) -> InlineQueryResultArticle:
    """An inline result that sends what may be said aloud of a reviewed question."""
    return InlineQueryResultArticle(
        id=token.write(suggestion.request),
        title=suggestion.question,
        description=suggestion.summary or None,
        input_message_content=content(aloud, wording),
        reply_markup=keyboard(aloud),
    )


def content(reply: Reply, wording: Wording) -> InputTextMessageContent:
    """A reply as the content of an inline or guest message."""
    return InputTextMessageContent(
        html(reply, wording), parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
    )


def brief(reply: Reply) -> str:
    """A reply as the notice above a chat, which has no markup and little room."""
    text = "\n".join((reply.title, *reply.paragraphs))
    return text.encode("utf-16-le")[: 2 * TOAST].decode("utf-16-le", "ignore")  # its way to count


def _quoted(lines: tuple[str, ...]) -> str:
    inside = "\n".join(escape(line, quote=False) for line in lines)
    return f"<blockquote>{inside}</blockquote>" if inside else ""


def _cited(citation: Citation) -> str:
    label = escape(citation.label, quote=False)
    return f'<a href="{escape(citation.url)}">{label}</a>' if citation.url else label


def _pictured(reply: Reply, wording: Wording) -> str:
    if reply.figure is None:
        return ""
    return escape(f"{wording.figure} {reply.figure.alt}", quote=False)


def _button(choice: Choice) -> InlineKeyboardButton:
    return InlineKeyboardButton(choice.label, callback_data=token.write(choice.request))


def _rows(choices: tuple[Choice, ...]) -> Iterator[list[Choice]]:
    row: list[Choice] = []
    for choice in choices:
        if row and (len(row) == _A_ROW or any(len(c.label) > _NARROW for c in (*row, choice))):
            yield row
            row = []
        row.append(choice)
    if row:
        yield row
