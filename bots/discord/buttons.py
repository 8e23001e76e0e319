"""Buttons that work after a restart: what they do is written in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import discord

from bots.discord.menus import MENUS
from core.dialogue import token
from core.dialogue.reply import Reply
from core.dialogue.request import Manage, Request

_SHARE = re.compile(rf"share:(?P<message>\d{{1,20}}):(?P<token>{token.ALPHABET}{{1,64}})")


@dataclass(frozen=True, slots=True)
class Share:
    """Show an answer to everyone, as a reply to a message."""

    message: int
    token: str

    def __str__(self) -> str:
        return f"share:{self.message}:{self.token}"


def read(custom_id: str) -> Share | str:
    """What a pressed button means: a Share, or else a token that the engine will judge."""
    found = _SHARE.fullmatch(custom_id)
    return Share(int(found["message"]), found["token"]) if found else custom_id


def is_for_moderators(custom_id: str) -> bool:
    """Whether a button or a menu belongs to those who look after the answers."""
    return custom_id in MENUS or isinstance(meaning(custom_id), Manage)


def meaning(custom_id: str) -> Request | None:
    """What a button asks for; nothing if it is no button of the core's."""
    try:
        return token.read(custom_id)
    except token.TokenError:
        return None


class Press(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"(?s:.){1,100}"):
    """Every button and menu of ours; what it means is found out later, inside our own error boundary."""

    def __init__(self, custom_id: str, label: str = "-") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Press:
        """The pressed button, not yet understood."""
        return cls(match.string)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Hand the press to the client, as its event `press`."""
        interaction.client.dispatch("press", interaction, self.item.custom_id or "")


def view(reply: Reply, extra: Iterable[discord.ui.Item[Any]] = ()) -> discord.ui.View:
    """The choices of a reply as buttons, and some of the adapter's own."""
    drawn = discord.ui.View(timeout=None)
    for choice in reply.choices:
        drawn.add_item(Press(token.write(choice.request), choice.label))
    for item in extra:
        drawn.add_item(item)
    # The library would keep it, with a timer, for presses that a Press understands by itself.
    drawn.stop()
    return drawn
