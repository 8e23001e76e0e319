"""The world that the fake keeps: the bot, people, chats, messages, questions asked, faults found."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.fakes.telegram_chat import Chat, Post, member
from tests.e2e.fakes.telegram_pulse import Pulse
from tests.e2e.fakes.telegram_refusal import Refused, bad
from tests.e2e.fakes.telegram_shown import Shown, shown
from tests.e2e.fakes.telegram_spec import book
from tests.e2e.fakes.telegram_updates import Updates

Json = dict[str, Any]


@dataclass(eq=False)
class Query:
    """A question that waits for the bot: a press, an inline query, a guest message."""

    id: str
    post: Post | None = None
    expired: bool = False
    tried: bool = False  # the bot has answered, in time or not
    answer: Json | None = None


@dataclass(eq=False)
class World:
    """Everything there is."""

    bot: Json
    can_read_all: bool = False
    feedback: bool = False  # whether the bot hears which inline result was chosen
    pulse: Pulse = field(default_factory=Pulse)
    chats: dict[int, Chat] = field(default_factory=dict)
    inline: dict[str, Post] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    met: set[int] = field(default_factory=set)  # people whom the bot has seen
    sent: list[Shown] = field(default_factory=list)
    edits: list[Shown] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.updates = Updates(self.pulse)
        self.numbers = itertools.count(1)

    @property
    def username(self) -> str:
        """The bot's name without the @."""
        return str(self.bot["username"])

    @property
    def bot_user(self) -> Json:
        """The bot as the sender of a message."""
        return {name: self.bot[name] for name in ("id", "is_bot", "first_name", "username")}

    def fault(self, text: str) -> None:
        """Remember what is wrong with the bot, or with this fake."""
        self.faults.append(text)

    def chat(self, chat_id: object) -> Chat:
        """The chat of an id or of an @name."""
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else self._named(str(chat_id))
        if found is None:
            raise bad("chat not found")
        return found

    def _named(self, name: str) -> Chat | None:
        return next(
            (chat for chat in self.chats.values() if chat.username and f"@{chat.username}" == name),
            None,
        )

    def open(self, chat: Chat) -> Chat:
        """Add a chat to the world."""
        self.chats[chat.id] = chat
        return chat

    def private(self, user: Json) -> Chat:
        """The private chat of a person with the bot, whether they ever used it or not."""
        if user["id"] not in self.chats:
            self.open(Chat(user["id"], "private", user=user, bot_status="left"))
        return self.chats[user["id"]]

    def message_id(self, chat: Chat) -> int:
        """The next number: supergroups count for themselves, the other chats of a bot count together."""
        together = [each for each in self.chats.values() if each.type != "supergroup"]
        counted = [chat] if chat.type == "supergroup" else together
        chat.last = max(each.last for each in counted) + 1
        return chat.last

    def post(self, chat: Chat, sender: Json, **content: Any) -> Post:
        """A new message in a chat."""
        made = Post(sender, int(time.time()), chat, self.message_id(chat), **content)
        chat.messages[made.message_id] = made
        self.pulse.beat()
        return made

    def tell(self, kind: str, payload: Json) -> bool:
        """Queue an update for the bot, checked against the specification."""
        update = self.updates.add(kind, payload)
        if update is not None:
            self.faults += [f"own update: {problem}" for problem in book.value("Update", update)]
        return update is not None

    def deliver(self, post: Post, kind: str = "message") -> bool:
        """Give a message to the bot, if it may see it."""
        if not self.sees(post):
            return False
        self.met.add(post.sender["id"])
        return self.tell(kind, post.json())

    def sees(self, post: Post) -> bool:
        """Whether the bot may see a message: in groups, privacy mode hides most of them."""
        chat, answered = post.chat, post.reply_to
        if chat.private or not chat.bot_inside:
            return chat.private and chat.user is not None
        return (
            self.can_read_all
            or chat.bot_status == "administrator"
            or not (post.text or post.media)
            or post.from_bot(self.bot)
            or (answered is not None and answered.from_bot(self.bot))
            or self.commanded(post.text)
        )

    def commanded(self, text: str) -> bool:
        """Whether a text is a command for this bot, or for any."""
        words = text.split()
        name = words[0].partition("@")[2] if words else ""
        return text.startswith("/") and name.lower() in ("", self.username.lower())

    def status(self, chat: Chat, new: str, by: Json) -> None:
        """Change what the bot is in a chat, and tell it so."""
        old, chat.bot_status = chat.bot_status, new
        change = {
            "old_chat_member": member(self.bot_user, old),
            "new_chat_member": member(self.bot_user, new),
        }
        event = {"chat": chat.json(), "from": by, "date": int(time.time()), **change}
        self.tell("my_chat_member", event)

    def reachable(self, chat: Chat) -> Chat:
        """Refuse what the bot asks about a chat that it does not belong to."""
        if chat.moved_to:
            said = "group chat was upgraded to a supergroup chat"
            raise Refused(400, said, migrate_to_chat_id=chat.moved_to.id)
        if not chat.private and not chat.bot_inside:
            was = "was kicked from" if chat.bot_status == "kicked" else "is not a member of"
            raise Refused(403, f"bot {was} the {chat.type} chat")
        return chat

    def writable(self, chat: Chat) -> Chat:
        """Refuse to write where the bot cannot."""
        if self.reachable(chat).private:
            self._started(chat)
        if chat.muted:
            raise bad("not enough rights to send text messages to the chat")
        return chat

    def _started(self, chat: Chat) -> None:
        if chat.id in self.blocked:
            raise Refused(403, "bot was blocked by the user")
        if not chat.bot_inside:
            known = chat.id in self.met
            raise (
                Refused(403, "bot can't initiate conversation with a user")
                if known
                else bad("chat not found")
            )

    def ask(self, post: Post | None = None, expired: bool = False) -> Query:
        """A new question for the bot."""
        query = Query(str(9_000_000_000_000_000 + next(self.numbers)), post, expired)
        self.queries[query.id] = query
        return query

    def reach_inline(self, post: Post) -> None:
        """Make a message one that the bot reaches by its inline id only."""
        post.inline_message_id = f"inline-{next(self.numbers)}"
        self.inline[post.inline_message_id] = post

    def record(self, post: Post) -> None:
        """Remember a message that the bot sent."""
        self.sent.append(shown(post))
        self.pulse.beat()

    def changed(self, post: Post) -> None:
        """Remember a message that the bot changed."""
        self.edits.append(shown(post))
        self.pulse.beat()
