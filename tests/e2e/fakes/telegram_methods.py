"""The methods of the Bot API that the fake knows."""

import re
import time
from collections.abc import Callable
from typing import Any

from tests.e2e.fakes import telegram_limits as limits
from tests.e2e.fakes.telegram_chat import Chat, Post, member
from tests.e2e.fakes.telegram_media import document, photo
from tests.e2e.fakes.telegram_refusal import bad, bug
from tests.e2e.fakes.telegram_world import Query, World

Json = dict[str, Any]
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


class Methods:
    """Answers requests that have passed the specification and the limits."""

    def __init__(self, world: World) -> None:
        self.world = world

    def find(self, method: str) -> Callable[[Json, dict[str, bytes]], object] | None:
        """The function of a method, None where the fake has none."""
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method).lower()
        found: Callable[[Json, dict[str, bytes]], object] | None = getattr(self, name, None)
        return found if name not in ("find", "world") and not name.startswith("_") else None

    def get_me(self, params: Json, files: dict[str, bytes]) -> Json:
        """The bot."""
        return self.world.bot

    def _true(self, params: Json, files: dict[str, bytes]) -> bool:
        return True

    delete_webhook = log_out = close = _true

    def get_webhook_info(self, params: Json, files: dict[str, bytes]) -> Json:
        """There is no webhook."""
        waiting = len(self.world.updates.pending)
        return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}

    # Sending

    def send_message(self, params: Json, files: dict[str, bytes]) -> Json:
        """A text."""
        text = limits.text_of(params)
        return self._send(params, text=text.text, entities=text.entities, html=params["text"])

    def send_photo(self, params: Json, files: dict[str, bytes]) -> Json:
        """A picture with a caption."""
        return self._send(
            params, photo=photo(self.world.files, params["photo"], files), **self._caption(params)
        )

    def send_document(self, params: Json, files: dict[str, bytes]) -> Json:
        """A file with a caption."""
        made = document(self.world.files, params["document"], files)
        return self._send(params, document=made, **self._caption(params))

    def _caption(self, params: Json) -> Json:
        text = limits.caption_of(params)
        return {"text": text.text, "entities": text.entities, "html": params.get("caption", "")}

    def _send(self, params: Json, **content: Any) -> Json:
        chat = self.world.writable(self.world.chat(params["chat_id"]))
        answered = self._answered(chat, params.get("reply_parameters"))
        thread = self._thread(chat, params.get("message_thread_id"), answered)
        keyboard = params.get("reply_markup")
        place = {"reply_to": answered, "thread_id": thread, "keyboard": keyboard}
        post = self.world.post(chat, self.world.bot_user, **place, **content)
        self.world.record(post)
        return post.json()

    def _answered(self, chat: Chat, reply: Json | None) -> Post | None:
        if not reply:
            return None
        place = self.world.chat(reply["chat_id"]) if "chat_id" in reply else chat
        found = place.messages.get(reply["message_id"])
        if found is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return found

    def _thread(self, chat: Chat, asked: int | None, answered: Post | None) -> int | None:
        if asked is not None and asked not in chat.topics:
            raise bad("message thread not found")
        return asked or (answered.thread_id if answered and chat.is_forum else None)

    def send_chat_action(self, params: Json, files: dict[str, bytes]) -> bool:
        """The bot is typing."""
        return bool(self.world.writable(self.world.chat(params["chat_id"])))

    # Changing

    def edit_message_text(self, params: Json, files: dict[str, bytes]) -> Json | bool:
        """Another text and keyboard."""
        post, text = self._own(params), limits.text_of(params)
        if post.media:
            raise bug("there is no text in the message to edit")
        return self._edit(post, params, text=text.text, entities=text.entities, html=params["text"])

    def edit_message_caption(self, params: Json, files: dict[str, bytes]) -> Json | bool:
        """Another caption and keyboard."""
        post = self._own(params)
        if not post.media:
            raise bug("there is no caption in the message to edit")
        return self._edit(post, params, **self._caption(params))

    def edit_message_reply_markup(self, params: Json, files: dict[str, bytes]) -> Json | bool:
        """Another keyboard."""
        return self._edit(self._own(params), params)

    def _own(self, params: Json) -> Post:
        if "inline_message_id" in params:
            return self._inline(str(params["inline_message_id"]))
        chat = self.world.writable(self.world.chat(params.get("chat_id")))
        post = chat.messages.get(params.get("message_id", 0))
        if post is None:
            raise bad("message to edit not found")
        if post.sender["id"] != self.world.bot["id"]:
            raise bug("message can't be edited")
        return post

    def _inline(self, identifier: str) -> Post:
        if identifier not in self.world.inline:
            raise bug("MESSAGE_ID_INVALID")
        return self.world.inline[identifier]

    def _edit(self, post: Post, params: Json, **content: Any) -> Json | bool:
        keyboard = params.get("reply_markup")
        new = {**content, "keyboard": keyboard if (keyboard or {}).get("inline_keyboard") else None}
        if all(getattr(post, name) == value for name, value in new.items() if name != "html"):
            raise bad(UNCHANGED)
        for name, value in new.items():
            setattr(post, name, value)
        post.edit_date = int(time.time())
        self.world.changed(post)
        return True if "inline_message_id" in params else post.json()

    def delete_message(self, params: Json, files: dict[str, bytes]) -> bool:
        """Take a message away."""
        chat = self.world.writable(self.world.chat(params["chat_id"]))
        post = chat.messages.get(params["message_id"])
        if post is None:
            raise bad("message to delete not found")
        allowed = (
            chat.private
            or chat.bot_status == "administrator"
            or post.sender["id"] == self.world.bot["id"]
        )
        if not allowed:
            raise bad("message can't be deleted")
        del chat.messages[post.message_id]
        return True

    # Answering

    def answer_callback_query(self, params: Json, files: dict[str, bytes]) -> bool:
        """The end of a press."""
        return self._answer(params["callback_query_id"], params)

    def answer_inline_query(self, params: Json, files: dict[str, bytes]) -> bool:
        """Results to choose from."""
        return self._answer(params["inline_query_id"], params)

    def answer_guest_query(self, params: Json, files: dict[str, bytes]) -> Json:
        """An answer in a chat that the bot is not in."""
        query = self._query(params["guest_query_id"])
        asked = query.post
        if asked is None or query.answer is not None:
            raise bug("guest query is already answered, or was never asked")
        post = self._guest_post(params["result"], asked)
        query.answer = params
        self.world.record(post)
        return {"inline_message_id": post.inline_message_id}

    def _guest_post(self, result: Json, asked: Post) -> Post:
        extra = {"guest_bot_caller_user": asked.sender}
        post = self.world.post(
            asked.chat, self.world.bot_user, reply_to=asked, extra=extra, **chosen(result)
        )
        self.world.reach_inline(post)
        return post

    def _query(self, identifier: str) -> Query:
        query = self.world.queries.get(str(identifier))
        if query is None:
            self.world.fault(f"answer to a query that was never asked: {identifier}")
        if query is None or query.expired:
            self._tried(query)
            raise limits.too_old()
        query.tried = True
        return query

    def _tried(self, query: Query | None) -> None:
        if query is not None:
            query.tried = True
        self.world.pulse.beat()

    def _answer(self, identifier: str, params: Json) -> bool:
        self._query(identifier).answer = params
        self.world.pulse.beat()
        return True

    # What the bot says of itself

    def set_my_commands(self, params: Json, files: dict[str, bytes]) -> bool:
        """The menu of commands of a scope in a language."""
        self.world.commands[scope_of(params)] = params["commands"]
        return True

    def get_my_commands(self, params: Json, files: dict[str, bytes]) -> list[Json]:
        """The menu of commands."""
        return self.world.commands.get(scope_of(params), [])

    def delete_my_commands(self, params: Json, files: dict[str, bytes]) -> bool:
        """No menu of commands."""
        self.world.commands.pop(scope_of(params), None)
        return True

    def set_my_name(self, params: Json, files: dict[str, bytes]) -> bool:
        """The bot's name."""
        return self._say("name", params)

    def get_my_name(self, params: Json, files: dict[str, bytes]) -> Json:
        """The bot's name."""
        return {"name": self._said("name", params) or self.world.bot["first_name"]}

    def set_my_description(self, params: Json, files: dict[str, bytes]) -> bool:
        """What an empty chat with the bot shows."""
        return self._say("description", params)

    def get_my_description(self, params: Json, files: dict[str, bytes]) -> Json:
        """What an empty chat with the bot shows."""
        return {"description": self._said("description", params)}

    def set_my_short_description(self, params: Json, files: dict[str, bytes]) -> bool:
        """What the bot's profile shows."""
        return self._say("short_description", params)

    def get_my_short_description(self, params: Json, files: dict[str, bytes]) -> Json:
        """What the bot's profile shows."""
        return {"short_description": self._said("short_description", params)}

    def _say(self, what: str, params: Json) -> bool:
        self.world.about[what, params.get("language_code", "")] = params.get(what, "")
        return True

    def _said(self, what: str, params: Json) -> str:
        about = self.world.about
        return about.get((what, params.get("language_code", ""))) or about.get((what, "")) or ""

    # Chats and people

    def get_chat(self, params: Json, files: dict[str, bytes]) -> Json:
        """A chat in full."""
        return self._reach(params).full()

    def get_chat_member(self, params: Json, files: dict[str, bytes]) -> Json:
        """What a person is in a chat."""
        chat, person = self._reach(params), params["user_id"]
        if person == self.world.bot["id"]:
            may = {"can_manage_topics": chat.bot_manages_topics}
            admin = chat.bot_status == "administrator"
            return member(self.world.bot_user, chat.bot_status) | (may if admin else {})
        if chat.hidden and chat.bot_status != "administrator":
            raise bad("member list is inaccessible")
        if person not in chat.people:
            raise bad("member not found")
        return member(chat.people[person], chat.roles[person])

    def get_chat_administrators(self, params: Json, files: dict[str, bytes]) -> list[Json]:
        """Who runs a chat."""
        chat = self._reach(params)
        if chat.private:
            raise bug("there are no administrators in the private chat")
        ranks = {
            each: role for each, role in chat.roles.items() if role in ("creator", "administrator")
        }
        found = [member(chat.people[each], role) for each, role in ranks.items()]
        ours = [member(self.world.bot_user, chat.bot_status)]  # of bots only the one that asks
        return found + (ours if chat.bot_status == "administrator" else [])

    def get_chat_member_count(self, params: Json, files: dict[str, bytes]) -> int:
        """How many people are in a chat."""
        return len(self._reach(params).people) + 1

    def leave_chat(self, params: Json, files: dict[str, bytes]) -> bool:
        """The bot goes."""
        self._reach(params).bot_status = "left"
        return True

    def _reach(self, params: Json) -> Chat:
        return self.world.reachable(self.world.chat(params["chat_id"]))

    def get_file(self, params: Json, files: dict[str, bytes]) -> Json:
        """Where to download a file."""
        name = params["file_id"]
        if name not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return {"file_id": name, "file_unique_id": f"u{name}", "file_path": f"files/{name}"}


def scope_of(params: Json) -> tuple[str, str]:
    """Where and in which language a list of commands applies."""
    scope = params.get("scope") or {"type": "default"}
    where = [str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope]
    return ":".join(where), str(params.get("language_code", ""))


def chosen(result: Json) -> Json:
    """The content of a message made of an inline result."""
    text = limits.content_of(result)
    content = result.get("input_message_content", {})
    made: Json = {
        "text": text.text,
        "entities": text.entities,
        "keyboard": result.get("reply_markup"),
    }
    made["html"] = content.get("message_text", result.get("caption", ""))
    if result["type"] == "photo" and not content:
        made["photo"] = [size(str(result.get("photo_file_id", result.get("photo_url"))))]
    return made


def size(name: str) -> Json:
    """A picture that nobody measured."""
    return {"file_id": name, "file_unique_id": f"u{name}", "width": 100, "height": 100}
