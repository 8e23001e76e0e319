"""What people say in a server without calling the bot, and what the bot says to it unasked."""

from __future__ import annotations

import logging
from datetime import timedelta

import discord

from bots.desk import Desk
from bots.discord.buttons import view
from bots.discord.render import embed
from bots.discord.surroundings import KIND, channel_of, may_answer, server_place
from core.community.protocol.overheard import Overheard
from core.dialogue.reply import Reply

log = logging.getLogger(__name__)

# A client that opens a thread without a message sends the first one right away; Discord marks it by
# nothing else. A thread made from a message has that one's id, and so its age.
OPENING = timedelta(seconds=10)
LOOKED_AT = 1_000  # messages of a channel, however few of them are by people
_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)
_NO_REFERENCE = "message_reference"


class Hearing:
    """Speaks up where the desk wants it, and is silent about everything else."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def heard(self, message: discord.Message, me: int) -> None:
        """A new message; `me` is the bot's own id."""
        said = overheard(message, me)
        if said is None or message.guild is None:
            return
        place, actor = server_place(message.guild.id), f"{KIND}{message.author.id}"
        found = await self.desk.overhear(said, place, actor)
        if found and found.aloud:
            await self._say(message, found.aloud, quoting=not found.urgent)
        if found and found.logged:
            await self.desk.send(found.logged)

    async def _say(self, message: discord.Message, reply: Reply, *, quoting: bool) -> None:
        """As a reply that pings nobody; where it can't be said, nobody has waited for it.

        What a safety rule speaks to is never quoted where others look on.
        """
        if not may_answer(message):
            _skipped("permissions")
            return
        try:
            await message.channel.send(
                embed=embed(reply, self.desk.wording),
                view=view(reply),
                reference=message.to_reference() if quoting else None,  # type: ignore[arg-type]
                mention_author=False,
                nonce=message.id,  # told twice of a message, as after a lost connection
            )
        except discord.Forbidden:
            _skipped("forbidden")
        except discord.HTTPException as error:
            if _NO_REFERENCE not in error.text:
                raise
            _skipped("gone")


def _skipped(reason: str) -> None:
    log.info("discord unasked action=skipped reason=%s", reason)


def overheard(message: discord.Message, me: int) -> Overheard | None:
    """A message as the desk takes it; nothing if no person wrote it, it calls the bot, or has no words."""
    where, title = channel_of(message.channel), _title(message)
    text = f"{title}\n{message.content}".strip()
    if not where or not text or not _by_a_person(message) or me in _named(message):
        return None
    return Overheard(
        text,
        where,
        message.created_at,
        opens=bool(title),
        inside=isinstance(message.channel, discord.Thread),
        to_others=_to_others(message),
        link=message.jump_url,
    )


def _by_a_person(message: discord.Message) -> bool:
    by_itself = message.author.bot or message.webhook_id is not None
    return message.type in _BY_PEOPLE and not by_itself


def _named(message: discord.Message) -> set[int]:
    """Whom it calls by name, and who is told of it as a reply."""
    return {*message.raw_mentions, *(person.id for person in message.mentions)}


def _to_others(message: discord.Message) -> bool:
    roles = message.raw_role_mentions or message.mention_everyone
    return bool(message.reference or roles or _named(message))


def _title(message: discord.Message) -> str:
    """The name of the thread or post that a message begins; nothing for all others."""
    thread = message.channel
    return thread.name if isinstance(thread, discord.Thread) and _begins(message, thread) else ""


def _begins(message: discord.Message, thread: discord.Thread) -> bool:
    """A post has the id of its first message; a thread of a channel is known by who wrote how soon."""
    if message.id == thread.id:
        return True
    if isinstance(thread.parent, discord.ForumChannel) or message.author.id != thread.owner_id:
        return False
    return message.created_at - discord.utils.snowflake_time(thread.id) <= OPENING


async def lately(channel: discord.abc.Messageable, most: int, me: int) -> tuple[Overheard, ...]:
    """The last messages of people in a channel, oldest first."""
    found: list[Overheard] = []
    async for message in channel.history(limit=LOOKED_AT):
        if said := overheard(message, me):
            found.append(said)
        if len(found) == most:
            break
    return tuple(reversed(found))
