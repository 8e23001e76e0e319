"""The screens for shipped entries in a community: hidden, with a note, or due for another look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.community.own.text import Text
from core.community.protocol.command import ShowOwn
from core.community.protocol.curation import (
    Hide,
    ListDue,
    ListShipped,
    OpenNote,
    Recheck,
    ShowShipped,
    Undo,
)
from core.community.screens.boards import MOST_SHORT, PAGE, clipped, page_count
from core.community.screens.trays import Trays
from core.community.store.schema import EntryRow, LessonRow
from core.content.curating import LessonKind
from core.content.model import Entry
from core.dialogue.reply import Choice, Reply


class Notices(Trays):
    """Shipped entries as the moderators of one community see them."""

    def shipped(self, entries: Sequence[Entry], page: int) -> Reply:
        """A page of them."""
        page = min(page, page_count(len(entries)) - 1)
        shown = entries[page * PAGE : (page + 1) * PAGE]
        named = (self._choice(entry.label, ShowShipped(entry.id)) for entry in shown)
        turning = self._turning(ListShipped, page, len(entries))
        due = self._choice(self._words.buttons.due, ListDue())
        screen = self._words.screens.shipped
        return self._tray(screen, *named, *turning, due, self._list, page=page, of=entries)

    def one(self, entry: Entry, taught: Sequence[LessonRow], *leads: str) -> Reply:
        """A shipped entry, and what holds of it here."""
        buttons = self._words.buttons
        holding = [row for row in taught if row.undone_at is None]
        hidden = [row for row in holding if row.kind == LessonKind.HIDDEN]
        hide = () if hidden else (self._choice(buttons.hide, Hide(entry.id)),)
        note = self._choice(buttons.note, OpenNote(entry.id))
        undoing = (self._undo(row) for row in holding)
        back = self._choice(self._words.buttons.shipped, ListShipped())
        said = [self._lesson(row, {entry.id: entry.question}) for row in holding]
        state = [self._words.hidden] if hidden else []
        return Reply(
            entry.question,
            (*leads, *state, clipped(entry.short, MOST_SHORT), *said),
            choices=(*hide, note, *undoing, back),
            private=True,
        )

    def due(
        self,
        entries: Iterable[tuple[EntryRow, Text]],
        lessons: Sequence[tuple[LessonRow, Entry | None]],
    ) -> Reply:
        """All that should be looked at again."""
        choices = [self._choice(text.label, ShowOwn(entry.slug)) for entry, text in entries]
        lines = []
        for row, entry in lessons:
            choices += self._again(row, entry)
            sentence = self._words.changed if entry else self._words.gone
            said = " ".join(f"“{text}”" for text in row.texts) or self._words.hidden
            lines.append(sentence.format(entry=entry.question if entry else row.entry, said=said))
        if not choices:
            return self.said(self._words.screens.none_due)
        number = len([one for one in choices if one.label != self._words.buttons.right])
        reply = self._tray(self._words.screens.due, *choices, self._list, number=number)
        return replace(reply, paragraphs=(*reply.paragraphs, *lines))

    def _again(self, row: LessonRow, entry: Entry | None) -> Iterable[Choice]:
        if entry is None:
            yield self._undo(row)
            return
        yield self._choice(entry.label, ShowShipped(entry.id))
        yield self._choice(self._words.buttons.right, Recheck(row.id))

    def _undo(self, row: LessonRow) -> Choice:
        return self._choice(self._words.buttons.undo.format(number=row.id), Undo(row.id))
