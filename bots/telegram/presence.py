"""The groups the bot is in: told when it is removed or added again, asked for after a pause."""

from __future__ import annotations

from asyncio import Lock

from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bots.desk import Desk
from bots.telegram import hearing
from bots.telegram.people import KIND, inside
from bots.telegram.trouble import patiently
from core.dialogue.place import Place


class Presence:
    """Tells the desk where the bot is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # What is told is done in the order in which it is told: removed, then added again.
        self._turn = Lock()

    async def changed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """What the bot is in a group has changed; in a private chat nothing depends on it."""
        change = update.my_chat_member
        assert change is not None
        if change.chat.type == "private":
            return
        place = Place(f"{KIND}{change.chat.id}")
        async with self._turn:
            await self._note(place, here=inside(change.new_chat_member))

    async def moved(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has become a supergroup; both say so."""
        message = hearing.message_of(update)
        here = hearing.place_of(message)
        async with self._turn:
            if to := message.migrate_to_chat_id:
                await self._move(here, Place(f"{KIND}{to}"))
            elif old := message.migrate_from_chat_id:
                await self._move(Place(f"{KIND}{old}"), here)

    async def look(self, bot: Bot) -> None:
        """Ask of every group where something was written whether the bot is still there."""
        for place in await self._desk.known(KIND):
            async with self._turn:
                await self._look(bot, place)

    async def _look(self, bot: Bot, place: Place) -> None:
        chat = int(place.key.removeprefix(KIND))
        try:
            here = inside(await patiently(lambda: bot.get_chat_member(chat, bot.id)))
        except ChatMigrated as moved:
            await self._move(place, Place(f"{KIND}{moved.new_chat_id}"))
        except (Forbidden, BadRequest):
            await self._desk.left(place)
        except TelegramError:
            return  # nobody knows, so nothing has changed
        else:
            await self._note(place, here=here)

    async def _note(self, place: Place, *, here: bool) -> None:
        await (self._desk.back(place) if here else self._desk.left(place))

    async def _move(self, old: Place, new: Place) -> None:
        """The bot is thrown out of the old group as it becomes the new one: that is no leaving."""
        await self._desk.moved(old, new)
        await self._desk.back(new)
