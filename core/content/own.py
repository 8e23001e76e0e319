"""An entry that a community's moderators wrote: no claim behind it, and it says so."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from core.content.model import Entry

TAG = r"[a-z0-9]{8}"
SLUG = r"[a-z0-9]{1,20}(-[a-z0-9]{1,20})*"
LONGEST_SLUG = 30

# `_`, so that it never is a shipped entry's; the tag, so that it is one community's alone.
OwnId = Annotated[str, StringConstraints(pattern=f"^_{TAG}-{SLUG}$", max_length=40)]
# Nothing in it that any platform reads as the end of a link.
LINK = r"^https?://[A-Za-z0-9.-]+\.[A-Za-z0-9-]+(:\d+)?([/?#][^\s<>\[\]()\"'`\\|]*)?$"
LONGEST_LINK = 300
Link = Annotated[str, StringConstraints(pattern=LINK, max_length=LONGEST_LINK)]


class OwnEntry(Entry):
    """A question and the moderators' answer; `links` are pages they point to."""

    id: OwnId
    links: tuple[Link, ...] = ()


def is_own(entry: Entry) -> bool:
    """Whether moderators wrote this entry, not the authors of a shipped pack."""
    return isinstance(entry, OwnEntry)
