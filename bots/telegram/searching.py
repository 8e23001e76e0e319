"""Inline search in one group's answers: Telegram doesn't say in which group somebody types.

So a button under the group's topics begins the query with a mark that names the community.
"""

from __future__ import annotations

import re

from telegram import Bot, InlineKeyboardButton

from bots.desk import Desk
from core.community.own.shelf import tag_of
from core.community.protocol import presses
from core.community.protocol.command import ListEntries
from core.content.own import TAG
from core.dialogue.place import Place
from core.dialogue.reply import Reply
from core.dialogue.request import Browse

_MARKED = re.compile(rf"#({TAG})(?:\s+(.*))?", re.DOTALL)


def button(bot: Bot, desk: Desk, topics: Reply) -> InlineKeyboardButton | None:
    """The button that begins such a query, where a community has a shelf of its own."""
    shelves = (choice.request for choice in topics.choices)
    tags = (tag_of(one.topic or "") for one in shelves if isinstance(one, Browse))
    tag = next((tag for tag in tags if tag), None)
    if tag is None or not bot.bot.supports_inline_queries:
        return None
    label = desk.wording.menu.buttons.search
    return InlineKeyboardButton(label, switch_inline_query_current_chat=f"#{tag} ")


async def meant(desk: Desk, text: str) -> tuple[Place, str] | None:
    """The community that a query names, and what is asked there; None for any other query."""
    found = _MARKED.fullmatch(text)
    places = found and await desk.places_of(presses.write(found[1], ListEntries()))
    return (places[0], found[2] or "") if found and places else None
