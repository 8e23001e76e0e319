"""Moderators and those who suggest: commands in the group, everything else in the private chat."""

from __future__ import annotations

from asyncio import Lock, to_thread
from dataclasses import replace
from weakref import WeakValueDictionary

from telegram import Bot, CallbackQuery, InlineKeyboardButton, Message, Update
from telegram.ext import ContextTypes
from telegram.helpers import create_deep_linked_url

from bots.desk import Desk
from bots.insights import picture
from bots.telegram import delivery, health, hearing
from bots.telegram.people import Groups, actor_of, facts_of, owner_of, standing
from bots.telegram.trouble import patiently
from core.community.own.text import Text
from core.community.own.transfer import LARGEST
from core.community.protocol import presses
from core.community.protocol.command import NewEntry, NewProposal, SetLog, ShowMenu
from core.community.protocol.curation import Sort
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts
from core.community.protocol.speaking import Examine
from core.dialogue import token
from core.dialogue.place import Place
from core.dialogue.reply import Citation, Reply
from core.dialogue.request import Manage

Context = ContextTypes.DEFAULT_TYPE

SAVE, TEACH, DOCTOR = "save", "teach", "doctor"


class Moderation:
    """The moderators' half of the bot."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._groups = desk, Groups()
        # Two messages sent at once are answers to two questions, in their order.
        self._turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    async def summoned(self, update: Update, _: Context) -> None:
        """/faq: in a group a button to the menu, or to what its word names; the rest is private."""
        message = hearing.message_of(update)
        if hearing.is_private(message):
            await self._again(message)
        elif (word := hearing.command(message)[1].lower()) == SAVE:
            await self._save(message, "")
        elif word == TEACH:
            await self._teach(message)
        else:
            await self._open(message, Examine() if word == DOCTOR else ShowMenu())

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
        outcome = await self._examined(message.get_bot(), wanted, place, facts)
        outcome = outcome or await self._desk.open_managed(wanted, place, facts)
        await self._send(message, outcome, place, facts)

    async def logs_here(self, message: Message, wanted: Manage) -> None:
        """A group that was picked in the settings of another: it is told of changes there."""
        place, facts = await self._standing(message, wanted.written)
        chosen = SetLog(hearing.place_of(message).key)
        outcome = await self._desk.manage(chosen, place, facts)
        reply = self._desk.screens.logging() if outcome.done else outcome.reply
        assert reply is not None
        await delivery.send(message, reply, self._desk.wording, quoting=True)

    async def pressed(self, query: CallbackQuery, wanted: Manage) -> None:
        """A button in the private chat; Telegram need not wait for what it leads to."""
        await patiently(query.answer)
        places = await self._desk.places_of(wanted.written)
        lately = self._groups.lately(query.from_user)
        place, facts = await standing(query.get_bot(), query.from_user, places, lately)
        async with delivery.typing(query.get_bot(), query.from_user.id):
            outcome = await self._examined(query.get_bot(), wanted, place, facts)
            outcome = outcome or await self._desk.press_managed(wanted, place, facts)
        reply = await self._shown(query.get_bot(), outcome, place, facts)
        assert reply is not None
        extra = self._settings_button(query.get_bot(), outcome)
        await delivery.edit(query, reply, self._desk.wording, extra)
        await self._after(query.get_bot(), query.from_user.id, outcome)

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
            await self._send(message, outcome, place, facts)
        return True

    async def received(self, message: Message) -> bool:
        """Whether a file in the private chat was what a form waits for."""
        assert message.from_user is not None
        sent = await self._desk.waiting(actor_of(message.from_user))
        if sent is None or message.document is None or not presses.takes_file(sent):
            return False
        place, facts = await self._standing(message, sent)
        data = await delivery.fetched(message.document, LARGEST)
        outcome = await self._desk.received(data, place, facts)
        await self._send(message, outcome, place, facts)
        return True

    async def _warn(self, message: Message) -> None:
        """What can't wait is said, form or no form."""
        if turn := self._desk.emergency(hearing.text_of(message)):
            await delivery.send(message, turn.reply, self._desk.wording, quoting=True)

    async def _again(self, message: Message) -> None:
        """In the private chat no group is meant: the form that waits, or the way back."""
        assert message.from_user is not None
        sent = await self._desk.waiting(actor_of(message.from_user))
        if sent is None:
            screen = self._desk.screens.elsewhere()
            await delivery.send(message, screen, self._desk.wording, quoting=False)
            return
        place, facts = await self._standing(message, sent)
        outcome = await self._desk.asked_again(place, facts) or Outcome()
        await self._send(message, outcome, place, facts)

    async def _open(self, message: Message, command: ShowMenu | Examine) -> None:
        """A button to what moderators see alone."""
        facts = await self._facts(message)
        outcome = await self._desk.manage(command, hearing.place_of(message), facts)
        await self._aloud(message, outcome)

    async def _examined(
        self, bot: Bot, wanted: Manage, place: Place, facts: Facts
    ) -> Outcome | None:
        """The doctor is told what Telegram says of the group; None where something else is wanted."""
        read = presses.read(wanted.written)
        if read is None or not isinstance(read.command, Examine) or not facts.manages:
            return None
        checked = await health.checked(bot, self._desk, place, facts)
        return await self._desk.manage(Examine(checked), place, facts)

    async def _save(self, message: Message, question: str) -> None:
        text = {"question": question, "short": hearing.answered(message)}
        await self._begin(message, NewEntry(Text.of(text)))

    async def _teach(self, message: Message) -> None:
        """What a safety rule says of somebody's message is for whoever asked alone."""
        facts = await self._facts(message)
        wanted = Sort(hearing.answered(message))
        outcome = await self._desk.manage(wanted, hearing.place_of(message), facts)
        await self._aloud(message, outcome)
        if outcome.door and outcome.reply and message.from_user and not message.sender_chat:
            bot, chat = message.get_bot(), message.from_user.id
            await delivery.tell(bot, chat, outcome.reply, self._desk.wording)

    async def _begin(self, message: Message, command: NewEntry | NewProposal) -> None:
        """A form that waits in the private chat, and the button that leads there."""
        facts = await self._facts(message)
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
        lately = self._groups.lately(message.from_user)
        return await standing(message.get_bot(), message.from_user, places, lately)

    async def _facts(self, message: Message) -> Facts:
        facts = await facts_of(message)
        self._groups.came(facts.actor, hearing.place_of(message))
        return facts

    async def _shown(self, bot: Bot, outcome: Outcome, place: Place, facts: Facts) -> Reply | None:
        """The reply, or the first question of the form; with the name of the group it is about."""
        if outcome.form:
            outcome = await self._desk.begin(outcome.form, facts.actor)
        if outcome.reply is None:
            return None
        name = await self._groups.name(bot, place)
        # Of groups that share the answers, each is told its own name alone.
        named = [Citation(name, name, None)] if name and place.key in outcome.untold else []
        citations = (*outcome.reply.citations, *named)
        return replace(outcome.reply, notice=name, citations=citations)

    async def _send(self, message: Message, outcome: Outcome, place: Place, facts: Facts) -> None:
        reply = await self._shown(message.get_bot(), outcome, place, facts)
        if reply is not None:
            extra = self._settings_button(message.get_bot(), outcome)
            await delivery.send(message, reply, self._desk.wording, quoting=False, extra=extra)
        await self._after(message.get_bot(), message.chat_id, outcome)

    def _settings_button(self, bot: Bot, outcome: Outcome) -> InlineKeyboardButton | None:
        """Under the settings: Telegram lets the person pick a group, and says /start there."""
        if outcome.log_channel is None or outcome.reply is None:
            return None
        named = next(one for one in outcome.reply.choices if isinstance(one.request, Manage))
        url = create_deep_linked_url(bot.username, token.write(named.request), group=True)
        return InlineKeyboardButton(self._desk.wording.menu.buttons.log, url=url)

    async def _after(self, bot: Bot, chat: int, outcome: Outcome) -> None:
        """What comes beside the reply: a picture, a file; and word for those who are not here."""
        if outcome.insights:
            png = await to_thread(picture, outcome.insights)
            await delivery.picture(bot, chat, png, outcome.insights.alt)
        if outcome.file:
            await delivery.file(bot, chat, outcome.file.name, outcome.file.text)
        for told in outcome.told:
            await self._desk.send(told)
        if outcome.logged:
            await self._desk.send(outcome.logged)
