"""Moderators and those who suggest: commands in the group, everything else in the private chat."""

from __future__ import annotations

from asyncio import Lock
from weakref import WeakValueDictionary

from telegram import Bot, CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bots.desk import Desk
from bots.telegram import delivery, hearing
from bots.telegram.people import KIND, actor_of, facts_of, owner_of, standing
from bots.telegram.trouble import patiently
from core.community.command import NewEntry, NewProposal, ShowMenu
from core.community.curation import Sort
from core.community.outcome import Outcome
from core.community.permissions import Facts
from core.community.text import Text
from core.dialogue.place import Place
from core.dialogue.request import Manage

Context = ContextTypes.DEFAULT_TYPE

SAVE, TEACH = "save", "teach"


class Moderation:
    """The moderators' half of the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        # Two messages sent at once are answers to two questions, in their order.
        self._turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    async def summoned(self, update: Update, _: Context) -> None:
        """/faq: in a group a button to the menu, or with `save` to a form; the rest is private."""
        message = hearing.message_of(update)
        if hearing.is_private(message):
            await self._again(message)
        elif (word := hearing.command(message)[1].lower()) == SAVE:
            await self._save(message, "")
        elif word == TEACH:
            await self._teach(message)
        else:
            facts = await facts_of(message)
            place = hearing.place_of(message)
            await self._aloud(message, await self._desk.manage(ShowMenu(), place, facts))

    async def saved(self, update: Update, _: Context) -> None:
        """/save, as an answer to a message: a form with its words in it."""
        message = hearing.message_of(update)
        if hearing.is_private(message):
            await self._again(message)
        else:
            await self._save(message, hearing.command(message)[1])

    async def taught(self, update: Update, _: Context) -> None:
        """/teach, as an answer to a message: which answer fits it, or never does."""
        message = hearing.message_of(update)
        if hearing.is_private(message):
            await self._again(message)
        else:
            await self._teach(message)

    async def proposed(self, update: Update, _: Context) -> None:
        """/propose, for every member; as an answer to a message, with its words in the form."""
        message = hearing.message_of(update)
        if hearing.is_private(message):
            await self._again(message)
            return
        question, said = hearing.command(message)[1], hearing.answered(message)
        await self._begin(message, NewProposal(Text.of({"question": question, "short": said})))

    async def opened(self, message: Message, wanted: Manage) -> None:
        """A link to something of the moderators'; whoever made it, it only shows."""
        assert message.from_user is not None
        place, facts = await self._standing(message, wanted.written)
        outcome = await self._desk.open_managed(wanted, place, facts)
        await self._send(message, outcome, facts)

    async def pressed(self, query: CallbackQuery, wanted: Manage) -> None:
        """A button in the private chat; Telegram need not wait for what it leads to."""
        await patiently(query.answer)
        places = await self._desk.places_of(wanted.written)
        place, facts = await standing(query.get_bot(), query.from_user, places)
        outcome = await self._desk.press_managed(wanted, place, facts)
        shown = await self._shown(outcome, facts)
        assert shown.reply is not None
        await delivery.edit(query, shown.reply, self._desk.wording)
        await self._tell(query.get_bot(), outcome)

    async def heard(self, message: Message) -> bool:
        """Whether a message in the private chat was an answer to a form."""
        assert message.from_user is not None
        actor = actor_of(message.from_user)
        async with self._turns.setdefault(actor, Lock()):
            sent = await self._desk.waiting(actor)
            if sent is None:
                return False
            await self._warn(message)
            place, facts = await self._standing(message, sent)
            if message.edit_date:  # of what has been written already
                outcome = await self._desk.asked_again(place, facts) or Outcome()
            else:
                outcome = await self._desk.wrote(hearing.text_of(message), place, facts)
            await self._send(message, outcome, facts)
        return True

    async def _warn(self, message: Message) -> None:
        """What can't wait is said, form or no form."""
        if turn := self._desk.alarm(hearing.text_of(message)):
            await delivery.send(message, turn.reply, self._desk.wording, quoting=True)

    async def _again(self, message: Message) -> None:
        """In the private chat no group is meant: the form that waits, or the way back."""
        assert message.from_user is not None
        sent = await self._desk.waiting(actor_of(message.from_user))
        outcome = None
        if sent is not None:
            place, facts = await self._standing(message, sent)
            outcome = await self._desk.asked_again(place, facts)
        reply = (outcome and outcome.reply) or self._desk.screens.elsewhere()
        await delivery.send(message, reply, self._desk.wording, quoting=False)

    async def _save(self, message: Message, question: str) -> None:
        text = {"question": question, "short": hearing.answered(message)}
        await self._begin(message, NewEntry(Text.of(text)))

    async def _teach(self, message: Message) -> None:
        """What a safety rule says of somebody's message is for whoever asked alone."""
        facts = await facts_of(message)
        wanted = Sort(hearing.answered(message))
        outcome = await self._desk.manage(wanted, hearing.place_of(message), facts)
        await self._aloud(message, outcome)
        if outcome.door and outcome.reply and message.from_user and not message.sender_chat:
            bot, chat = message.get_bot(), message.from_user.id
            await delivery.tell(bot, chat, outcome.reply, self._desk.wording)

    async def _begin(self, message: Message, command: NewEntry | NewProposal) -> None:
        """A form that waits in the private chat, and the button that leads there."""
        facts = await facts_of(message)
        outcome = await self._desk.manage(command, hearing.place_of(message), facts)
        if outcome.form:
            outcome = await self._desk.begin(outcome.form, owner_of(message, facts))
        await self._aloud(message, outcome)

    async def _aloud(self, message: Message, outcome: Outcome) -> None:
        """Only a door, or a refusal, is for everyone around."""
        reply = outcome.door or outcome.reply
        assert reply is not None
        await delivery.send(message, reply, self._desk.wording, quoting=True)

    async def _standing(self, message: Message, written: str) -> tuple[Place, Facts]:
        assert message.from_user is not None
        places = await self._desk.places_of(written)
        return await standing(message.get_bot(), message.from_user, places)

    async def _shown(self, outcome: Outcome, facts: Facts) -> Outcome:
        return await self._desk.begin(outcome.form, facts.actor) if outcome.form else outcome

    async def _send(self, message: Message, outcome: Outcome, facts: Facts) -> None:
        shown = await self._shown(outcome, facts)
        if shown.reply is not None:
            await delivery.send(message, shown.reply, self._desk.wording, quoting=False)
        await self._tell(message.get_bot(), outcome)

    async def _tell(self, bot: Bot, outcome: Outcome) -> None:
        """Word for those who are not here; whoever never wrote to the bot can't be reached."""
        for told in outcome.told:
            if told.actor.startswith(KIND):
                chat = int(told.actor.removeprefix(KIND))
                await delivery.tell(bot, chat, told.reply, self._desk.wording)
