"""What was said to the bot: the question in a message, without the bot's own name."""

from __future__ import annotations

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

from core.dialogue.place import Place


def place_of(message: Message) -> Place:
    """The chat of a message, as a community's place."""
    return Place(f"telegram:{message.chat_id}")


def is_private(message: Message) -> bool:
    """Whether only the person and the bot see this chat."""
    return message.chat.type == ChatType.PRIVATE


def text_of(message: Message) -> str:
    """The words of a message, also those under a picture."""
    return message.text or message.caption or ""


def asked(message: Message) -> tuple[str, Message]:
    """The question after /ask, or in the message that /ask answers; and which message that is."""
    own = text_of(message).partition(" ")[2].strip() or _below(text_of(message))
    if own or message.reply_to_message is None:
        return own, message
    quoted = message.quote.text if message.quote else text_of(message.reply_to_message)
    return quoted.strip(), message.reply_to_message


def mentioned(message: Message, username: str) -> str | None:
    """What was said beside a mention of the bot; None where it is not mentioned."""
    mention = f"@{username}".casefold()
    found = {**message.parse_entities([MessageEntity.MENTION])}
    found.update(message.parse_caption_entities([MessageEntity.MENTION]))
    names = [name for name in found.values() if name.casefold() == mention]
    if not names:
        return None
    text = text_of(message)
    for name in names:
        text = text.replace(name, " ")
    return " ".join(text.split())


def kind_of(update: object) -> str:
    """The kind of an update for the log: a word, never its content."""
    if not isinstance(update, Update):
        return "none"
    fields = ("callback_query", "inline_query", "guest_message", "edited_message", "message")
    return next((field for field in fields if getattr(update, field)), "other")


def _below(text: str) -> str:
    """A question that begins on the line below the command."""
    return text.partition("\n")[2].strip()
