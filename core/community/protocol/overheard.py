"""What was said in a channel without being meant for the bot, and what the bot says to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.community.protocol.outcome import Logged
from core.dialogue.reply import Reply


@dataclass(frozen=True, slots=True)
class Overheard:
    """A message that does not call the bot.

    `channel` is its key (that of a thread's channel for what stands in a thread), `opens` whether it
    begins a thread or a post, `inside` whether it stands in one. `to_others`: it answers or names
    somebody. `link` leads to it, where a platform has addresses for messages.
    """

    text: str
    channel: str
    at: datetime
    opens: bool = False
    inside: bool = False
    to_others: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Interjection:
    """`aloud` is said at the message, where everybody reads it; `logged` is for moderators alone.

    `urgent`: a safety rule speaks, so the message isn't quoted.
    """

    aloud: Reply | None = None
    logged: Logged | None = None
    urgent: bool = False
