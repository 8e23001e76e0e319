"""The screens around the inbox: questions, the entries to choose from, and what was taught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from core.community.own.settings import CommunitySettings
from core.community.own.shelf import tag_of
from core.community.own.text import Text
from core.community.protocol.command import Command
from core.community.protocol.curation import (
    DraftAnswer,
    Ignore,
    ListLessons,
    Never,
    PickAnswer,
    PickNever,
    ShowInbox,
    ShowQuestion,
    Teach,
    Undo,
)
from core.community.protocol.insights import Insights, Listed
from core.community.screens.boards import PAGE, Boards, clipped, page_count
from core.community.store.inbox import Group
from core.community.store.schema import LessonRow
from core.content.curating import Counting, Plain
from core.content.library import Library
from core.content.model import Entry
from core.dialogue.answers import said_date
from core.dialogue.reply import Choice, Reply
from core.matching.recalibration import FEWEST, Measured

MOST_SAID, MOST_LISTED = 200, 80


class Trays(Boards):
    """The inbox of one community, as its moderators see it."""

    def __init__(self, library: Library, tag: str, chosen: CommunitySettings) -> None:
        super().__init__(library.wording, tag)
        self._chosen, self._words = chosen, library.wording.curating
        self._inbox = self._choice(self._words.buttons.inbox, ShowInbox())
        self._lessons = self._choice(self._words.buttons.lessons, ListLessons())

    def inbox(self, groups: Sequence[Group], page: int) -> Reply:
        """A page of unanswered questions."""
        screens = self._words.screens
        if not groups:
            return self._tray(screens.nothing, self._lessons, self._list)
        page = min(page, page_count(len(groups)) - 1)
        shown = groups[page * PAGE : (page + 1) * PAGE]
        asked = (self._choice(self._label(one), ShowQuestion(one.kin)) for one in shown)
        turning = self._turning(ShowInbox, page, len(groups))
        ways = (*asked, *turning, self._lessons, self._list)
        return self._tray(screens.inbox, *ways, number=len(groups), page=page)

    def question(self, group: Group) -> Reply:
        """One question, in all its words."""
        buttons, kin = self._words.buttons, group.kin
        ways: dict[str, Command] = {
            buttons.draft: DraftAnswer(kin),
            buttons.teach: PickAnswer(kin),
            buttons.never: PickNever(kin),
            buttons.ignore: Ignore(kin),
        }
        choices = (self._choice(label, command) for label, command in ways.items())
        reply = self._tray(self._words.screens.question, *choices, self._inbox, number=group.number)
        said = "\n".join(f"“{clipped(text, MOST_SAID)}”" for text in group.wordings[:5])
        return replace(reply, paragraphs=(*reply.paragraphs, said))

    def pick(self, group: Group, entries: Sequence[Entry], page: int) -> Reply:
        """The entries that may answer it, a page of them."""
        page = min(page, page_count(len(entries)) - 1)
        shown = entries[page * PAGE : (page + 1) * PAGE]
        named = self._named(shown, lambda entry, own: Teach(entry, group.kin, own))
        turning = self._turning(lambda to: PickAnswer(group.kin, to), page, len(entries))
        back = self._choice(self._wording.buttons.step_back, ShowQuestion(group.kin))
        return self._tray(self._words.screens.pick, *named, *turning, back, page=page, of=entries)

    def pick_never(self, group: Group, entries: Sequence[Entry]) -> Reply:
        """The entries that it would find now."""
        back = self._choice(self._wording.buttons.step_back, ShowQuestion(group.kin))
        if not entries:
            return self._plain(self._words.screens.none_to_bar, back)
        named = self._named(entries, lambda entry, own: Never(entry, group.kin, own))
        return self._plain(self._words.screens.pick_never, *named, back)

    def lessons(
        self, rows: Sequence[LessonRow], questions: Mapping[str, str], number: int, page: int
    ) -> Reply:
        """A page of what was taught."""
        screens = self._words.screens
        if not number:
            return self._plain(screens.no_lessons, self._inbox)
        undo = self._words.buttons.undo
        undoing = (self._choice(undo.format(number=row.id), Undo(row.id)) for row in rows)
        ways = (*undoing, *self._turning(ListLessons, page, number), self._inbox)
        reply = self._tray(screens.lessons, *ways, number=number, page=page)
        lines = (self._lesson(row, questions) for row in rows)
        return replace(reply, paragraphs=(*reply.paragraphs, *lines))

    def taught(self, row: LessonRow, questions: Mapping[str, str]) -> Reply:
        """A lesson was learnt."""
        undo = self._choice(self._words.buttons.undo.format(number=row.id), Undo(row.id))
        reply = self._plain(self._words.screens.taught, undo, self._inbox, self._lessons)
        return replace(reply, paragraphs=(*reply.paragraphs, self._lesson(row, questions)))

    def undone(self, row: LessonRow, questions: Mapping[str, str]) -> Reply:
        """A lesson was taken back."""
        reply = self._plain(self._words.screens.undone, self._lessons, self._inbox)
        return replace(reply, paragraphs=(*reply.paragraphs, self._lesson(row, questions)))

    def judged(self, number: int) -> Reply:
        """A verdict was taken in."""
        return self._tray(self._words.screens.judged, self._inbox, self._list, number=number)

    def insights(self, found: Insights, judged: int, measured: Measured | None) -> Reply:
        """The numbers of the last weeks, in words."""
        said = self._words.insights
        screen = self._words.screens.insights
        text = screen.text.format(days=found.days, number=0, most=0, page=0, pages=0)
        lines = [getattr(said, name).format(**found.numbers) for name in ("questions", "votes")]
        lines.append(said.trend.format(**found.numbers))
        lines += [said.top.format(said=_listed(found.top) or said.none, entry="")]
        lines += [said.missing.format(said=_listed(found.missing) or said.none, entry="")]
        lines.append(self._measured(judged, measured))
        return Reply(screen.title, (text, *lines), choices=(self._inbox, self._list), private=True)

    def _measured(self, judged: int, measured: Measured | None) -> str:
        if measured is None:
            numbers = {"number": judged, "most": FEWEST, "days": 0, "page": 0, "pages": 0}
            return self._words.unmeasured.format(**numbers)
        wrong, low, high = (f"{share:.0%}" for share in measured.wrong)
        said = self._words.measured
        return said.format(number=measured.reviewed, wrong=wrong, low=low, high=high)

    def said(self, screen: Plain) -> Reply:
        """A screen that only says something, and the ways on."""
        return self._plain(screen, self._inbox, self._list)

    def _lesson(self, row: LessonRow, questions: Mapping[str, str]) -> str:
        said = " ".join(f"“{clipped(text, MOST_SAID)}”" for text in row.texts)
        entry = questions.get(row.entry, row.entry)
        who, when = row.name or self._said.someone, said_date(row.at.date())
        form = self._words.lessons[row.kind]
        return form.format(number=row.id, said=said, entry=entry, who=who, when=when)

    def _label(self, group: Group) -> str:
        said = Text(question=group.wordings[0]).label
        number = str(group.number)
        room = 38 - len(self._words.asked_times.format(said="", number=number))
        said = said if len(said) <= room else said[: room - 1].rstrip(" …") + "…"
        return self._words.asked_times.format(said=said, number=number)

    def _named(
        self, entries: Iterable[Entry], command: Callable[[str, int], Command]
    ) -> Iterable[Choice]:
        for entry in entries:
            own = tag_of(entry.id) is not None
            name = entry.id.partition("-")[2] if own else entry.id
            yield self._choice(entry.label, command(name, int(not own)))

    def _plain(self, screen: Plain, *choices: Choice) -> Reply:
        return Reply(screen.title, (screen.text,), choices=choices, private=True)

    def _tray(
        self,
        screen: Counting,
        *choices: Choice,
        number: int = 0,
        page: int = 0,
        of: Sequence[object] = (),
    ) -> Reply:
        said = {
            "number": number,
            "most": self._chosen.alike,
            "days": self._chosen.days,
            "page": page + 1,
            "pages": page_count(number or len(of)),
        }
        return Reply(screen.title, (screen.text.format(**said),), choices=choices, private=True)


def _listed(items: Sequence[Listed]) -> str:
    return " · ".join(f"{clipped(one.said, MOST_LISTED)} ({one.number})" for one in items)
