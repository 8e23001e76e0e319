"""Where the bot is no member: results to choose from while somebody types, one answer to a mention."""

from __future__ import annotations

from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton, Update
from telegram.ext import ContextTypes

from bots.desk import Desk
from bots.telegram import delivery, hearing, render, searching
from bots.telegram.trouble import patiently
from core.dialogue import token
from core.dialogue.place import Place
from core.dialogue.reply import Reply, Suggestion, Turn
from core.dialogue.request import Ask, Help, ShowEntry

Context = ContextTypes.DEFAULT_TYPE

RESULTS = 20
INLINE = Place("telegram:inline")
GUEST = Place("telegram:guest")


class Elsewhere:
    """What the bot does in chats that it isn't in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def inline(self, update: Update, _: Context) -> None:
        """An inline query: the answer first if there is one, then what is close."""
        query = update.inline_query
        assert query is not None
        if marked := await searching.meant(self._desk, query.query):
            await self._search(query, *marked)
            return
        turn = await self._desk.reply(Ask(query.query), INLINE)
        if turn.decision.kind == "safety":
            await self._lead_in(query, turn.aloud)
            return
        results = {result.id: result for result in await self._results(query.query, turn)}
        await patiently(lambda: query.answer(list(results.values()), button=self._privately()))

    async def _search(self, query: InlineQuery, place: Place, text: str) -> None:
        """In one community's answers; what is only being typed is nobody's unanswered question."""
        if alarm := self._desk.alarm(text):
            await self._lead_in(query, alarm.aloud)
            return
        found = await self._desk.suggest(text, RESULTS, place)
        results = [await self._article(suggestion) for suggestion in found]
        button = self._privately()
        # What moderators remove is gone at once, so Telegram may not keep it.
        await patiently(lambda: query.answer(results, button=button, cache_time=0))

    def _privately(self) -> InlineQueryResultsButton:
        label = self._desk.wording.buttons.ask_privately
        return InlineQueryResultsButton(label, start_parameter=token.write(Help()))

    async def guest(self, update: Update, context: Context) -> None:
        """A question in a chat the bot is not in: one message, said aloud."""
        message = update.guest_message
        assert message is not None
        text = hearing.mentioned(message, context.bot.username)
        question, _at = hearing.meant(message, hearing.text_of(message) if text is None else text)
        turn = await self._desk.reply(Ask(question), GUEST)
        await delivery.answer_guest(message, turn.aloud, self._desk.wording)

    async def _lead_in(self, query: InlineQuery, door: Reply) -> None:
        """A safety rule is never posted in a member's name: only a button above, for them alone."""
        (choice,) = door.choices
        button = InlineQueryResultsButton(choice.label, start_parameter=token.write(choice.request))
        await patiently(lambda: query.answer([], button=button, is_personal=True, cache_time=0))

    async def _results(self, text: str, turn: Turn) -> list[InlineQueryResultArticle]:
        """What `text` is answered with by itself, if by anything, and then what is close to it."""
        suggestions = list(await self._desk.suggest(text, RESULTS, INLINE))
        if entry := turn.decision.entry:
            summary = turn.aloud.paragraphs[-1]  # behind what a safety rule puts before it
            suggestions = [Suggestion(turn.reply.title, summary, ShowEntry(entry)), *suggestions]
        return [await self._article(suggestion) for suggestion in suggestions[:RESULTS]]

    async def _article(self, suggestion: Suggestion) -> InlineQueryResultArticle:
        turn = await self._desk.reply(suggestion.request, INLINE)
        return render.article(suggestion, turn.aloud, self._desk.wording)
