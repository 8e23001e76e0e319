"""What people see of the bot: a message with its buttons, what a press did, the results of a search."""

from dataclasses import dataclass, field
from typing import Any

from tests.e2e.fakes.telegram_chat import Chat, Post

Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Shown:
    """A message as it looked at one moment."""

    post: Post
    text: str
    html: str
    entities: tuple[Json, ...]
    rows: tuple[tuple[Json, ...], ...]
    message_id: int
    chat: Chat
    thread_id: int | None
    reply_to: int | None
    inline_message_id: str | None
    force_reply: bool
    has_photo: bool
    raw: Json = field(repr=False)

    @property
    def _keys(self) -> list[Json]:
        return [button for row in self.rows for button in row]

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline keyboard, row by row."""
        return [button["text"] for button in self._keys]

    @property
    def data(self) -> dict[str, str]:
        """What each button sends to the bot."""
        return {
            button["text"]: button["callback_data"]
            for button in self._keys
            if "callback_data" in button
        }

    @property
    def urls(self) -> dict[str, str]:
        """Where each button leads."""
        return {button["text"]: button["url"] for button in self._keys if "url" in button}

    @property
    def links(self) -> dict[str, str]:
        """Where the words of the text lead."""
        return {self.part(entity): entity["url"] for entity in self.entities if "url" in entity}

    def part(self, entity: Json) -> str:
        """The words that an entity covers."""
        units = self.text.encode("utf-16-le")
        start = entity["offset"] * 2
        return units[start : start + entity["length"] * 2].decode("utf-16-le")

    def button(self, label: str) -> Json:
        """The button of that label, or the only one whose label contains it."""
        exact = [button for button in self._keys if button["text"] == label]
        found = exact or [button for button in self._keys if label in button["text"]]
        assert len(found) == 1, (
            f"{len(found)} buttons {label!r} among {self.buttons} under {self.text[:80]!r}"
        )
        return found[0]


def shown(post: Post) -> Shown:
    """The message as it looks now."""
    keyboard = post.keyboard or {}
    return Shown(
        post=post,
        text=post.text,
        html=post.html,
        entities=tuple(post.entities),
        rows=tuple(tuple(row) for row in keyboard.get("inline_keyboard", [])),
        message_id=post.message_id,
        chat=post.chat,
        thread_id=post.thread_id,
        reply_to=post.reply_to.message_id if post.reply_to else None,
        inline_message_id=post.inline_message_id,
        force_reply=bool(keyboard.get("force_reply")),
        has_photo=bool(post.photo),
        raw=post.json(),
    )


@dataclass(frozen=True)
class Pressed:
    """What happened after a button was pressed."""

    edited: Shown | None = None  # the message with the button, when the bot changed it
    sent: tuple[Shown, ...] = ()  # new messages in that chat
    url: str | None = None  # what opens
    toast: str | None = None  # the notice at the top, or in a window when `alert`
    alert: bool = False
    answered: bool = False  # False: the button still turns
    switch: str | None = None  # the inline query that is written for the person


class Results(list[Json]):
    """The inline results that a person sees."""

    def __init__(self, query: str, answer: Json) -> None:
        super().__init__(answer.get("results", []))
        self.query = query
        self.button: Json | None = answer.get("button")
        self.cache_time = int(answer.get("cache_time", 300))
        self.is_personal = bool(answer.get("is_personal", False))
        self.next_offset = str(answer.get("next_offset", ""))

    @property
    def titles(self) -> list[str]:
        """The titles in order."""
        return [str(result.get("title", "")) for result in self]

    def titled(self, title: str) -> Json:
        """The result of that title."""
        return next(result for result in self if result.get("title") == title)
