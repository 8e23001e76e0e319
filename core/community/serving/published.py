"""Published texts as entries."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from core.community.own.shelf import Written, own_entries
from core.community.own.text import Text
from core.community.store import records
from core.community.store.schema import ChangeRow, EntryRow
from core.content.library import Library
from core.content.own import OwnEntry


def served(
    library: Library, tag: str, found: Sequence[tuple[EntryRow, ChangeRow]]
) -> tuple[OwnEntry, ...]:
    """Published texts as entries; one that an upgrade has made unfit is left out."""
    fit: list[Written] = []
    for entry, change in found:
        text, on = Text.model_validate(change.text), change.at.date()
        one = Written(entry.slug, text, on, entry.due or records.a_year_after(on))
        try:
            list(own_entries(tag, [one], library))
        except ValidationError:
            continue
        fit.append(one)
    return tuple(own_entries(tag, fit, library))
