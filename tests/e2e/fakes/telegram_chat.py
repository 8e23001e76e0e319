"""Chats, topics and the messages in them, and how the Bot API writes them down."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
TOPIC_COLOR = 7322096


@dataclass(eq=False)
class Post:
    """A message, wherever it is and whoever wrote it."""

    sender: Json
    date: int
    chat: "Chat"
    message_id: int
    text: str = ""
    html: str = ""  # as it was sent, with its markup
    entities: list[Json] = field(default_factory=list)
    keyboard: Json | None = None
    photo: list[Json] | None = None
    document: Json | None = None
    reply_to: "Post | None" = None
    thread_id: int | None = None
    inline_message_id: str | None = None
    edit_date: int | None = None
    extra: Json = field(default_factory=dict)  # via_bot, sender_chat, service fields

    @property
    def media(self) -> bool:
        """Whether the text is a caption."""
        return bool(self.photo or self.document)

    def from_bot(self, bot: Json) -> bool:
        """Whether the bot wrote it, or a person through the bot."""
        return bot["id"] in (self.sender["id"], self.extra.get("via_bot", {}).get("id"))

    def json(self, with_reply: bool = True) -> Json:
        """The message as the Bot API gives it."""
        body: Json = {
            "message_id": self.message_id,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.sender,
            **self._content(),
            **self._place(),
            **self.extra,
        }
        if self.edit_date:
            body["edit_date"] = self.edit_date
        if with_reply and self.answered:
            body["reply_to_message"] = self.answered.json(with_reply=False)
        return body

    @property
    def answered(self) -> "Post | None":
        """What it replies to; in a topic, every message replies to the creation of the topic."""
        if self.reply_to or not self.thread_id:
            return self.reply_to
        created = self.chat.messages.get(self.thread_id)
        return None if created is self else created

    def _content(self) -> Json:
        body: Json = {"photo": self.photo} if self.photo else {}
        if self.document:
            body["document"] = self.document
        if self.text:
            body["caption" if self.media else "text"] = self.text
        if self.entities:
            body["caption_entities" if self.media else "entities"] = self.entities
        if "inline_keyboard" in (self.keyboard or {}):
            body["reply_markup"] = self.keyboard
        return body

    def _place(self) -> Json:
        if not self.thread_id:
            root = (
                self.reply_to if self.chat.type == "supergroup" and not self.chat.is_forum else None
            )
            return {"message_thread_id": thread_of(root)} if root else {}
        return {"message_thread_id": self.thread_id, "is_topic_message": True}


def thread_of(post: Post) -> int:
    """The first message of a chain of replies: the thread id of replies in an ordinary supergroup."""
    return thread_of(post.reply_to) if post.reply_to else post.message_id


@dataclass(eq=False)
class Chat:
    """A private chat, a group or a supergroup, with what was said in it."""

    id: int
    type: str
    title: str = ""
    user: Json | None = None  # the other side of a private chat
    is_forum: bool = False
    username: str | None = None
    bot_status: str = "member"  # or administrator, left, kicked
    muted: bool = False  # the bot may not write
    bot_manages_topics: bool = False
    hidden: bool = False  # who its members are, only administrators see
    roles: dict[int, str] = field(default_factory=dict)
    people: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    moved_to: "Chat | None" = None
    last: int = 0  # the highest message id so far

    @property
    def private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return self.type == "private"

    @property
    def bot_inside(self) -> bool:
        """Whether the bot belongs to it."""
        return self.bot_status in ("member", "administrator")

    @property
    def now(self) -> "Chat":
        """The chat that people see: a group that became a supergroup goes on as that."""
        return self.moved_to.now if self.moved_to else self

    def topic(self, name: str) -> "Topic":
        """The topic of that name of a forum, created where there is none."""
        assert self.is_forum, f"{self.title} has no topics"
        found = next((each for each, known in self.topics.items() if known == name), None)
        return Topic(self, found or self._create_topic(name), name)

    def _create_topic(self, name: str) -> int:
        self.last = thread = self.last + 1
        created = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOR}}
        creator = {"id": 5_000_000_000, "is_bot": False, "first_name": "Owner"}
        self.messages[thread] = Post(
            creator, 1_790_000_000, self, thread, thread_id=thread, extra=created
        )
        self.topics[thread] = name
        return thread

    def join(self, user: Json) -> None:
        """Make a person a member."""
        self.people[user["id"]] = user
        self.roles.setdefault(user["id"], "member")

    def json(self) -> Json:
        """The chat as the Bot API gives it inside messages."""
        body: Json = {"id": self.id, "type": self.type}
        if self.user:
            names = ("first_name", "last_name", "username")
            return {**body, **{name: self.user[name] for name in names if name in self.user}}
        body["title"] = self.title
        if self.username:
            body["username"] = self.username
        return {**body, "is_forum": True} if self.is_forum else body

    def full(self) -> Json:
        """The chat as getChat gives it."""
        gifts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
        )
        gifts["gifts_from_channels"] = False
        more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
        rights = {} if self.private else {"permissions": {"can_send_messages": not self.muted}}
        return {**self.json(), **more, **rights}


@dataclass(frozen=True)
class Topic:
    """A topic of a forum."""

    chat: Chat
    thread_id: int
    name: str


def member(user: Json, status: str) -> Json:
    """A ChatMember."""
    body: Json = {"user": user, "status": status}
    if status == "creator":
        return {**body, "is_anonymous": False}
    if status == "administrator":
        return {
            **body,
            "can_be_edited": False,
            "is_anonymous": False,
            **dict.fromkeys(RIGHTS, True),
        }
    return {**body, "until_date": 0} if status == "kicked" else body
