"""What the bot says in groups without being asked, and how that is taken away there."""

from __future__ import annotations

from telegram import CallbackQuery, Message
from telegram.error import BadRequest, ChatMigrated

from bots.desk import Desk
from bots.telegram import delivery, hearing, render, trouble
from bots.telegram.people import KIND, actor_of, facts_at
from bots.telegram.trouble import Unasked, patiently
from core.community.protocol.overheard import Interjection
from core.dialogue.place import Place
from core.dialogue.request import Dismiss, Quiet

_RETRACTED = ("message to be replied not found", "replied message not found")


class Interjections:
    """Passes on what nobody said to the bot, and brings what the core says to that."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def heard(self, message: Message) -> None:
        """A message that is not for the bot; raises Unasked, whatever goes wrong."""
        heard = hearing.overheard(message)
        if heard is None:
            return
        try:
            actor = actor_of(hearing.author(message))
            said = await self._desk.overhear(heard, hearing.place_of(message), actor)
            if said:
                await self._say(message, said)
        except Exception as error:
            raise Unasked from error

    async def pressed(self, query: CallbackQuery, wanted: Dismiss | Quiet) -> None:
        """A button under what was said, where others look on: only the presser is told of it."""
        assert query.message is not None
        place = Place(f"{KIND}{query.message.chat.id}")
        if isinstance(wanted, Dismiss) and await self._may_dismiss(query, wanted, place):
            await patiently(query.answer)
            await delivery.take_away(query, self._desk.screens.dismissed(), self._desk.wording)
            return
        turn = await self._desk.reply(wanted, place, actor_of(query.from_user))
        await patiently(lambda: query.answer(render.brief(turn.reply), show_alert=True))

    async def _may_dismiss(self, query: CallbackQuery, wanted: Dismiss, place: Place) -> bool:
        facts = await facts_at(query.get_bot(), query.from_user, place)
        return await self._desk.may_dismiss(wanted, place, facts)

    async def _say(self, message: Message, said: Interjection) -> None:
        """What a safety rule speaks to is never quoted where others look on."""
        if said.aloud:
            await self._aloud(message, said)
        if said.logged:
            await self._desk.send(said.logged)

    async def _aloud(self, message: Message, said: Interjection) -> None:
        """What was taken back meanwhile, or stayed behind with a former group, is let be."""
        assert said.aloud is not None
        quoting = not said.urgent
        try:
            await delivery.interject(message, said.aloud, self._desk.wording, quoting=quoting)
        except ChatMigrated:
            return
        except BadRequest as error:
            if not trouble.says(error, *_RETRACTED):
                raise
