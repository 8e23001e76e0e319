"""What the bot says on Telegram: an update goes to the desk, the turn back to its chat."""

from __future__ import annotations

import re
from collections import deque

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    Message,
    Update,
)
from telegram.ext import ContextTypes
from telegram.helpers import create_deep_linked_url

from bots.desk import Desk
from bots.telegram import delivery, hearing, searching
from bots.telegram.interjections import Interjections
from bots.telegram.moderation import Moderation
from bots.telegram.people import actor_of, asker
from bots.telegram.trouble import patiently
from core.dialogue import token
from core.dialogue.place import Place
from core.dialogue.reply import Turn
from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Dismiss,
    Forget,
    Help,
    Helpful,
    Instead,
    ListSources,
    Manage,
    Quiet,
    Request,
    ShowPrivacy,
    Start,
)

Context = ContextTypes.DEFAULT_TYPE

ALBUMS = 100
SCREENS: dict[str, Request] = {
    "topics": Browse(),
    "sources": ListSources(),
    "about": About(),
    "check": Start(),
    "privacy": ShowPrivacy(),
}
_LINKABLE = re.compile(rf"{token.ALPHABET}{{1,{token.LONGEST}}}")


class Conversation:
    """What the bot does for each kind of update."""

    def __init__(self, desk: Desk, moderation: Moderation) -> None:
        self._desk, self._moderation = desk, moderation
        self._interjections = Interjections(desk)
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    async def started(self, update: Update, context: Context) -> None:
        """/start, alone or with the token of a deep link."""
        message = _message(update)
        pressed = token.opening(context.args[0]) if context.args else ""  # links are passed round
        private, wanted = hearing.is_private(message), _managed(pressed)
        if wanted and private:
            await self._moderation.opened(message, wanted)
        elif wanted:
            await self._moderation.logs_here(message, wanted)
        elif pressed and private:
            await self._say(message, await self._press(message, pressed))
        else:
            await self.helped(update, context)

    async def asked(self, update: Update, _: Context) -> None:
        """/ask with a question, or as an answer to someone's message."""
        await self._ask(*hearing.asked(_message(update)))

    async def helped(self, update: Update, _: Context) -> None:
        """/help, which says what the bot can see in this very chat."""
        await self._ask("", _message(update))

    async def screen(self, update: Update, _: Context) -> None:
        """/topics, /sources, /about, /check, /privacy."""
        message = _message(update)
        name, rest = hearing.command(message)
        # Who writes in a group's name has nothing to delete under it.
        deletes = name == "privacy" and rest.lower() == "delete" and asker(message)
        turn = await self._reply(message, Forget() if deletes else SCREENS[name])
        search = searching.button(message.get_bot(), self._desk, turn.aloud)
        await self._say(message, turn, None if hearing.is_private(message) else search)

    async def told(self, update: Update, _: Context) -> None:
        """Free text in a private chat is a question; an edited one is asked again."""
        message = _message(update)
        if await self._moderation.heard(message):
            return
        turn = await self._reply(message, Ask(hearing.text_of(message)))
        await self._say(message, turn)

    async def unreadable(self, update: Update, _: Context) -> None:
        """A picture, a voice message, a file: not looked at, not kept; an album is told once.

        The words under one are looked at, for what can't wait.
        """
        message = _message(update)
        if await self._moderation.received(message):
            return
        fresh = self._fresh(message.media_group_id)
        if message.caption and await self._warned(message):
            return
        if fresh:
            screen = self._desk.screens.no_text()
            await delivery.send(message, screen, self._desk.wording, quoting=True)

    def _fresh(self, album: str | None) -> bool:
        """Whether nothing was said yet to the album, if it is one."""
        if album in self._albums:
            return False
        self._albums.extend([album] if album else [])
        return True

    async def _warned(self, message: Message) -> bool:
        """Whether a safety rule held for the words under a picture, and was said."""
        turn = await self._reply(message, Ask(hearing.text_of(message)))
        if turn.decision.kind == "safety":
            await self._say(message, turn)
        return turn.decision.kind == "safety"

    async def overheard(self, update: Update, context: Context) -> None:
        """A message in a group: one that mentions the bot is for it, others it only hears."""
        message = _message(update)
        text = hearing.mentioned(message, context.bot.username)
        if text is not None:
            await self._ask(*hearing.meant(message, text))
        else:
            await self._interjections.heard(message)

    async def pressed(self, update: Update, context: Context) -> None:
        """A button: edited in place in private, opened in private from anywhere else."""
        query = update.callback_query
        assert query is not None
        if query.message is None or query.message.chat.type != "private":
            await self._pressed_aloud(query, context.bot.username)
            return
        if wanted := _managed(query.data or ""):
            await self._moderation.pressed(query, wanted)
            return
        place = Place(f"telegram:{query.message.chat.id}")
        turn = await self._desk.press(query.data or "", place, actor_of(query.from_user))
        await patiently(query.answer)
        await delivery.edit(query, turn.reply, self._desk.wording)

    async def _pressed_aloud(self, query: CallbackQuery, username: str) -> None:
        """Where others look on: votes and what ends an interjection; all else opens in private."""
        ending = _ending(query.data or "")
        if ending and query.message:
            await self._interjections.pressed(query, ending)
            return
        voted = _voted(query.data or "")
        if voted and query.message:
            place = Place(f"telegram:{query.message.chat.id}")
            await self._desk.reply(voted, place, actor_of(query.from_user))
        if isinstance(voted, Helpful):
            await patiently(lambda: query.answer(self._desk.screens.thanks))
        else:
            await self._lead_away(query, username)

    async def _reply(self, message: Message, request: Request) -> Turn:
        return await self._desk.reply(request, _place(message), asker(message))

    async def _press(self, message: Message, pressed: str) -> Turn:
        return await self._desk.press(pressed, _place(message), asker(message))

    async def _ask(self, text: str, message: Message) -> None:
        """Answer a question at the message it stands in; without words, say how to ask."""
        request = Ask(text) if text else Help(await hearing.reach(message))
        await self._say(message, await self._reply(message, request))

    async def _say(
        self, to: Message, turn: Turn, extra: InlineKeyboardButton | None = None
    ) -> None:
        """For one person's eyes or for all; where it may be unclear, at the message it answers.

        What a safety rule speaks to is never quoted where others look on.
        """
        private = hearing.is_private(to)
        quoting = to.edit_date is not None if private else turn.decision.kind != "safety"
        reply = turn.reply if private else turn.aloud
        await delivery.send(to, reply, self._desk.wording, quoting=quoting, extra=extra)

    async def _lead_away(self, query: CallbackQuery, username: str) -> None:
        """Open the private chat at what was pressed; a forged token leads to the help there."""
        data = query.data or ""
        start = token.opening(data) if _LINKABLE.fullmatch(data) else token.write(Help())
        url = create_deep_linked_url(username, start)
        await patiently(lambda: query.answer(url=url))


def _managed(pressed: str) -> Manage | None:
    """What moderators press goes to them; all else, also what can't be read, to the desk."""
    request = _read(pressed)
    return request if isinstance(request, Manage) else None


def _ending(pressed: str) -> Dismiss | Quiet | None:
    request = _read(pressed)
    return request if isinstance(request, Dismiss | Quiet) else None


def _voted(pressed: str) -> Helpful | Instead | None:
    request = _read(pressed)
    return request if isinstance(request, Helpful | Instead) else None


def _read(pressed: str) -> Request | None:
    try:
        return token.read(pressed)
    except token.TokenError:
        return None


_message, _place = hearing.message_of, hearing.place_of
