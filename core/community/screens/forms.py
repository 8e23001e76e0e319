"""The one form in which entries are written, empty or filled in."""

from __future__ import annotations

from core.community.own.text import FIELDS, ROOM, Text
from core.community.protocol.outcome import Field, Form
from core.content.curating import Curating
from core.content.moderation import Moderation
from core.content.wording import Wording

# As the models of entries allow; lists have room for many lines.
LONGEST = {"question": 100, "short": 350, "more": 900}
_LINES = ("short", "asks", "more", "links")
_REQUIRED = ("question", "short")


def form(said: Moderation, title: str, sent: str, text: Text) -> Form:
    """The form that holds `text`; nothing that was written is cut off."""
    values = text.values()
    return Form(title, tuple(_field(said, name, values[name]) for name in FIELDS), sent)


def try_form(words: Wording, sent: str) -> Form:
    """The form with nothing but a question to try."""
    return Form(words.menu.try_title, (_field(words.moderation, "question", ""),), sent)


def note_form(words: Curating, sent: str, said: str) -> Form:
    """The form with nothing but a note on a shipped answer."""
    label, hint = words.note_field.label, words.note_field.hint
    longest = max(LONGEST["short"], len(said))
    field = Field("short", label, hint, said, longest, lines=True, required=False)
    return Form(words.note_title, (field,), sent)


def code_form(words: Curating, sent: str) -> Form:
    """The form with nothing but a code."""
    said = words.transfer.code_field
    field = Field("question", said.label, said.hint, "", 20, lines=False, required=True)
    return Form(words.transfer.code_title, (field,), sent)


def import_form(words: Curating, sent: str) -> Form:
    """The form with nothing but a file's text."""
    said = words.transfer.file_field
    field = Field("short", said.label, said.hint, "", ROOM, lines=True, required=True)
    return Form(words.transfer.file_title, (field,), sent)


def _field(said: Moderation, name: str, value: str) -> Field:
    words = getattr(said.fields, name)
    longest = max(LONGEST.get(name, ROOM), len(value))
    required = name in _REQUIRED
    return Field(name, words.label, words.hint, value, longest, name in _LINES, required)
