"""A community's answers as a file: the keys of a pack's entries, and what was taught."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from core.content.curating import LessonKind
from core.content.model import Record
from core.content.own import LONGEST_SLUG, SLUG

# What a form lets through: whether it is fit to be published, the linter says.
Words = Annotated[str, StringConstraints(max_length=4_000)]
Name = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=LONGEST_SLUG)]
About = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=40)]


class FiledEntry(Record):
    """An answer in a file; `state` says whether members get it."""

    id: Name
    question: Words
    short: Words = ""
    asks: tuple[Words, ...] = ()
    more: Words = ""
    links: tuple[Words, ...] = ()
    state: Literal["draft", "published"] = "draft"


class FiledLesson(Record):
    """Something taught in a file; `entry` is one of the file's (own: true) or a shipped one."""

    entry: About
    kind: LessonKind
    texts: tuple[Words, ...] = ()
    own: Literal["true", "false"] = "false"


class Filing(Record):
    """The whole file."""

    entries: tuple[FiledEntry, ...] = ()
    taught: tuple[FiledLesson, ...] = ()
