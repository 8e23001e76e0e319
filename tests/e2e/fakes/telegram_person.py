"""A person who uses the bot: says, presses, searches, follows links, blocks."""

import re
import time
from typing import Any

from tests.e2e.fakes import telegram_markup as markup
from tests.e2e.fakes.telegram_chat import Chat, Post, Topic
from tests.e2e.fakes.telegram_limits import START, start_of
from tests.e2e.fakes.telegram_methods import chosen
from tests.e2e.fakes.telegram_shown import Pressed, Results, Shown, shown
from tests.e2e.fakes.telegram_world import Query, World

Json = dict[str, Any]

PATIENCE = 8.0  # seconds until a person gives up
SETTLING = 0.5  # seconds in which an edit may still follow the answer to a press
QUERY_LENGTH = 256
ANONYMOUS = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


class Silence(AssertionError):
    """The bot should have answered and did not."""


class Person:
    """Somebody with a Telegram account."""

    def __init__(self, world: World, user: Json) -> None:
        self.world, self.user = world, user
        self.shown_results = Results("", {})

    @property
    def id(self) -> int:
        """The number of the account."""
        return int(self.user["id"])

    def private(self) -> Chat:
        """The private chat with the bot; the bot may write into it once it was used."""
        return self.world.private(self.user)

    # Writing

    async def say(
        self,
        where: Chat | Topic,
        text: str,
        *,
        reply_to: Shown | None = None,
        anonymous: bool = False,
        patience: float = PATIENCE,
    ) -> Shown | Any:
        """Write; the bot's next message there.

        None when the bot cannot see the text, or says nothing in a group; in a private chat Silence is raised.
        (The type says Any so that tests need not ask for None each time.)
        """
        mark = len(self.world.sent)
        post = self.write(where, text, reply_to=reply_to, anonymous=anonymous)
        if not self.world.deliver(post):
            return None
        answer = await self.heard(post, mark, patience)
        if answer is None and post.chat.private:
            raise self.silence(f"no answer to {text!r}")
        return answer

    def write(
        self,
        where: Chat | Topic,
        text: str,
        *,
        reply_to: Shown | None = None,
        anonymous: bool = False,
    ) -> Post:
        """Put a message into a chat; the bot is not told yet."""
        chat, thread = place(where)
        self.enter(chat)
        sender = ANONYMOUS if anonymous else self.user
        extra = {"sender_chat": chat.json()} if anonymous else {}
        answered = chat.messages.get(reply_to.message_id) if reply_to else None
        found = markup.detected(text)
        content: Json = {"html": text, "thread_id": thread, "reply_to": answered, "extra": extra}
        return self.world.post(chat, sender, text=text, entities=found, **content)

    def enter(self, chat: Chat) -> None:
        """Become somebody who writes there."""
        if not chat.private:
            chat.join(self.user)
            return
        assert chat.id == self.id, "this is the private chat of somebody else"
        self.unblock()
        chat.bot_status = "member"

    async def heard(self, post: Post, mark: int, patience: float) -> Shown | None:
        """The first thing the bot has sent there since, unless it answers something else."""
        await self.world.pulse.until(lambda: self._answers(post, mark), patience)
        return next(iter(self._answers(post, mark)), None)

    def _answers(self, post: Post, mark: int) -> list[Shown]:
        here = [each for each in self.world.sent[mark:] if each.chat is post.chat]
        return [each for each in here if each.reply_to in (None, post.message_id)]

    def silence(self, what: str) -> Silence:
        """What to raise, with everything that could explain it."""
        return Silence(
            f"{what}; faults: {self.world.faults}; polls waiting: {self.world.updates.polling}"
        )

    async def edit(
        self, message: Shown | Post, text: str, *, patience: float = PATIENCE
    ) -> Shown | Any:
        """Change an own message; what the bot says to that, None when it keeps silent or cannot see it."""
        post = message if isinstance(message, Post) else message.post
        assert post.sender == self.user, "this message is not theirs"
        mark = len(self.world.sent)
        post.text, post.entities, post.edit_date = text, markup.detected(text), int(time.time())
        if not self.world.deliver(post, "edited_message"):
            return None
        return await self.heard(post, mark, patience)

    # Links

    async def start(self, payload: str = "", *, patience: float = PATIENCE) -> Shown:
        """Open the private chat by a deep link."""
        assert not payload or START.fullmatch(payload), f"not a start parameter: {payload!r}"
        answer = await self.say(self.private(), f"/start {payload}".strip(), patience=patience)
        assert isinstance(answer, Shown)
        return answer

    async def follow(self, url: str, *, patience: float = PATIENCE) -> Shown:
        """Open a link that leads to the bot."""
        payload = start_of(url, self.world.username)
        assert payload, f"not a link that starts this bot: {url}"
        return await self.start(payload, patience=patience)

    # Buttons

    async def press(
        self,
        message: Shown,
        label: str,
        *,
        expired: bool = False,
        inaccessible: bool = False,
        patience: float = PATIENCE,
    ) -> Pressed:
        """Press the button of that label, as it was on `message` when it was shown."""
        button = message.button(label)
        if "callback_data" in button:
            options = {"expired": expired, "inaccessible": inaccessible}
            return await self.press_data(
                message, button["callback_data"], patience=patience, **options
            )
        switch = button.get("switch_inline_query", button.get("switch_inline_query_current_chat"))
        return Pressed(url=button.get("url"), switch=switch, answered=True)

    async def press_data(
        self,
        message: Shown,
        data: str,
        *,
        expired: bool = False,
        inaccessible: bool = False,
        patience: float = PATIENCE,
    ) -> Pressed:
        """Send any data from a message, as a forged client could."""
        assert not message.chat.private or message.chat.id == self.id, (
            "this is the private chat of somebody else"
        )
        query = self.world.ask(message.post, expired)
        sent, edits = len(self.world.sent), len(self.world.edits)
        self.world.met.add(self.id)
        self.world.tell("callback_query", self._callback(query, message.post, data, inaccessible))
        await self.world.pulse.until(lambda: query.tried or self._edited(message, edits), patience)
        await self._settled(query, message, sent, edits)
        return self._pressed(query, message, sent, edits)

    def _callback(self, query: Query, post: Post, data: str, inaccessible: bool) -> Json:
        body: Json = {
            "id": query.id,
            "from": self.user,
            "chat_instance": str(-post.chat.id * 31),
            "data": data,
        }
        if post.inline_message_id:
            return {**body, "inline_message_id": post.inline_message_id}
        gone = inaccessible or post.message_id not in post.chat.messages
        rest = {"chat": post.chat.json(), "message_id": post.message_id, "date": 0}
        return {**body, "message": rest if gone else post.json()}

    async def _settled(self, query: Query, message: Shown, sent: int, edits: int) -> None:
        def all_done() -> bool:
            followed = (
                self._edited(message, edits)
                or self._fresh(message, sent)
                or (query.answer or {}).get("url")
            )
            return bool(followed) and query.tried

        await self.world.pulse.until(all_done, SETTLING)

    def _edited(self, message: Shown, mark: int) -> list[Shown]:
        return [each for each in self.world.edits[mark:] if each.post is message.post]

    def _fresh(self, message: Shown, mark: int) -> list[Shown]:
        return [each for each in self.world.sent[mark:] if each.chat is message.chat]

    def _pressed(self, query: Query, message: Shown, sent: int, edits: int) -> Pressed:
        answer, edited = query.answer or {}, self._edited(message, edits)
        return Pressed(
            edited=edited[-1] if edited else None,
            sent=tuple(self._fresh(message, sent)),
            url=answer.get("url"),
            toast=answer.get("text") or None,
            alert=bool(answer.get("show_alert")),
            answered=query.answer is not None,
        )

    # Inline mode and guest mode

    async def inline(
        self,
        text: str = "",
        *,
        offset: str = "",
        chat_type: str = "group",
        patience: float = PATIENCE,
    ) -> Results:
        """Write @bot and `text` in any chat; the results above the keyboard."""
        assert self.world.bot["supports_inline_queries"], "inline mode is switched off"
        query, text = self.world.ask(), text[:QUERY_LENGTH]
        asked = {
            "id": query.id,
            "from": self.user,
            "query": text,
            "offset": offset,
            "chat_type": chat_type,
        }
        self.world.tell("inline_query", asked)
        if not await self.world.pulse.until(lambda: query.answer is not None, patience):
            raise self.silence(f"no inline results for {text!r}")
        self.shown_results = Results(text, query.answer or {})
        return self.shown_results

    async def pick(self, result: Json, where: Chat | Topic) -> Shown:
        """Send an inline result into a chat, where others see it."""
        chat, thread = place(where)
        if not chat.private or chat.id == self.id:
            self.enter(chat)
        extra = {"via_bot": self.world.bot_user}
        post = self.world.post(chat, self.user, thread_id=thread, extra=extra, **chosen(result))
        if post.keyboard:
            self.world.reach_inline(post)
        self._feed_back(result, post)
        self.world.deliver(post)
        return shown(post)

    def _feed_back(self, result: Json, post: Post) -> None:
        if not self.world.feedback:
            return
        told: Json = {
            "result_id": result["id"],
            "from": self.user,
            "query": self.shown_results.query,
        }
        identifier = post.inline_message_id
        self.world.tell(
            "chosen_inline_result",
            {**told, "inline_message_id": identifier} if identifier else told,
        )

    async def guest(
        self,
        text: str,
        where: Chat | None = None,
        *,
        reply_to: Post | None = None,
        patience: float = PATIENCE,
    ) -> Shown:
        """Mention the bot in a chat it is not in; its answer there."""
        assert self.world.bot["supports_guest_queries"], "guest mode is switched off"
        chat = where or self.world.open(
            Chat(-1_009_000_000_000 - next(self.world.numbers), "supergroup", "Elsewhere")
        )
        chat.bot_status = chat.bot_status if where else "left"
        assert not chat.bot_inside, "the bot is in this chat: it is no guest"
        if not re.search(rf"@{self.world.username}\b", text, re.IGNORECASE):
            text = f"@{self.world.username} {text}"
        post = self.write(chat, text)
        post.reply_to = reply_to
        query = self.world.ask(post)
        mark = len(self.world.sent)
        self.world.tell("guest_message", {**post.json(), "guest_query_id": query.id})
        if not await self.world.pulse.until(lambda: query.answer is not None, patience):
            raise self.silence(f"no answer as a guest to {text!r}")
        return next(each for each in self.world.sent[mark:] if each.post.reply_to is post)

    # Rights

    def block(self) -> None:
        """Block the bot."""
        self.world.blocked.add(self.id)
        self.world.status(self.private(), "kicked", self.user)
        self.private().bot_status = "member"

    def unblock(self) -> None:
        """Let the bot write again."""
        if self.id in self.world.blocked:
            self.world.blocked.discard(self.id)
            self.private().bot_status = "kicked"
            self.world.status(self.private(), "member", self.user)


def place(where: Chat | Topic) -> tuple[Chat, int | None]:
    """The chat and the thread to write into."""
    return (where.chat.now, where.thread_id) if isinstance(where, Topic) else (where.now, None)
