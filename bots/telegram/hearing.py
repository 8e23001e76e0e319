"""What was said to the bot: the question in a message, without the bot's own name."""

from __future__ import annotations

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import ChatMigrated

from bots.telegram.trouble import patiently
from core.community.protocol.overheard import Overheard
from core.content.wording import Reach
from core.dialogue.place import Place


def message_of(update: Update) -> Message:
    """The message of an update that has one."""
    message = update.effective_message
    assert message is not None
    return message


def place_of(message: Message) -> Place:
    """The chat of a message, as a community's place."""
    return Place(f"telegram:{message.chat_id}")


def is_private(message: Message) -> bool:
    """Whether only the person and the bot see this chat."""
    return message.chat.type == ChatType.PRIVATE


def text_of(message: Message) -> str:
    """The words of a message, also those under a picture."""
    return message.text or message.caption or ""


def command(message: Message) -> tuple[str, str]:
    """The name of the command a message begins with, and what is said behind it."""
    text, end = text_of(message), message.entities[0].length
    return text[1:end].partition("@")[0].lower(), text[end:].strip()


def asked(message: Message) -> tuple[str, Message]:
    """The question of /ask; and the message it stands in."""
    return meant(message, command(message)[1])


def meant(message: Message, own: str) -> tuple[str, Message]:
    """The message's `own` words, or else what it answers; and which message that is."""
    quoted = answered(message)
    if own or not quoted:
        return own, message
    return quoted, message.reply_to_message or message


def answered(message: Message) -> str:
    """The words that a message answers: of the whole, or what was quoted of it."""
    if message.quote:
        return message.quote.text.strip()
    return text_of(message.reply_to_message).strip() if message.reply_to_message else ""


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


def author(message: Message) -> User:
    """The person who wrote a message."""
    assert message.from_user is not None
    return message.from_user


def overheard(message: Message) -> Overheard | None:
    """A message in a group that a person wrote to nobody in particular, or to others.

    None for what software or a channel wrote, what is passed on, commands, and what has no words.
    """
    text, by = text_of(message), message.from_user
    if not text or by is None or by.is_bot or message.sender_chat or message.forward_origin:
        return None
    if message.edit_date or text.startswith("/"):
        return None
    place, others = place_of(message).key, _to_others(message)
    return Overheard(text, place, message.date, to_others=others, link=message.link)


def _to_others(message: Message) -> bool:
    """Whether somebody is answered or named; every message in a topic answers its beginning."""
    answered = message.reply_to_message
    if message.external_reply or message.reply_to_story:
        return True
    if answered is not None and answered.forum_topic_created is None:
        return True
    names = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
    return any(one.type in names for one in (*message.entities, *message.caption_entities))


async def reach(message: Message) -> Reach:
    """What the bot gets to hear in this chat (privacy mode, or an administrator's ears)."""
    if is_private(message):
        return "private"
    if message.get_bot().bot.can_read_all_group_messages:
        return "mentions"
    try:
        status = await _standing(message, message.chat_id)
    except ChatMigrated as moved:
        status = await _standing(message, moved.new_chat_id)
    return "mentions" if status == ChatMemberStatus.ADMINISTRATOR else "commands"


def kind_of(update: object) -> str:
    """The kind of an update for the log: a word, never its content."""
    if not isinstance(update, Update):
        return "none"
    fields = ("callback_query", "inline_query", "guest_message", "edited_message", "message")
    return next((field for field in fields if getattr(update, field)), "other")


async def _standing(message: Message, chat: int) -> str:
    bot = message.get_bot()
    return (await patiently(lambda: bot.get_chat_member(chat, bot.bot.id))).status
