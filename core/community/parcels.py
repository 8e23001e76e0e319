"""The screens of export, import and shared places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.community.own.transfer import Changed
from core.community.protocol.curation import ShowImport, TakeFile, TakeOne
from core.community.screens.boards import PAGE, clipped, page_count
from core.community.screens.trays import Trays
from core.content.curating import Plain
from core.content.problem import Problem
from core.dialogue.reply import Reply

MOST_PROBLEMS, MOST_LINE = 8, 160


class Parcels(Trays):
    """Files that come and go, as the managers of one community see them."""

    def problems(self, found: Iterable[Problem]) -> Reply:
        """Why a file is not taken."""
        reply = self.said(self._words.transfer.problems)
        lines = [
            clipped(f"{one.line}: {one.what} ({one.remedy})", MOST_LINE)
            for one in [*found][:MOST_PROBLEMS]
        ]
        return replace(reply, paragraphs=(*reply.paragraphs, "\n".join(lines)))

    def differences(self, file: int, found: Sequence[Changed], taught: int, page: int) -> Reply:
        """A page of what a file would change."""
        said = self._words.transfer
        differ = [(at, one) for at, one in enumerate(found) if one.fields]
        if not differ and not taught:
            return self.said(said.nothing)
        page = min(page, page_count(len(differ)) - 1)
        shown = differ[page * PAGE : (page + 1) * PAGE]
        lines = [f"{at + 1}. {self._line_of(one)}" for at, one in shown]
        numbers = {"most": 0, "days": 0, "page": 0, "pages": 0}
        same, extra = len(found) - len(differ), []
        extra += [said.same.format(number=same, **numbers)] if same else []
        extra += [said.taught.format(number=taught, **numbers)] if taught else []
        ways = (
            self._choice(said.take_all, TakeFile(file)),
            *(
                self._choice(said.take_one.format(number=at + 1), TakeOne(file, at))
                for at, _ in shown
            ),
            *self._turning(lambda to: ShowImport(file, to), page, len(differ)),
            self._list,
        )
        reply = self._tray(said.differences, *ways, number=len(found), page=page)
        return replace(reply, paragraphs=(*reply.paragraphs, "\n".join(lines), *extra))

    def taken(self, number: int) -> Reply:
        """So many answers were taken."""
        return self._tray(self._words.transfer.taken, self._list, number=number)

    def code(self, code: str) -> Reply:
        """A code to be shown to one person."""
        reply = self.said(self._words.transfer.code)
        shown = self._words.transfer.code_is.format(said=code, entry="")
        return replace(reply, paragraphs=(*reply.paragraphs, shown))

    def alone(self, screen: Plain) -> Reply:
        """Said where the buttons from before lead nowhere any more."""
        return self._plain(screen)

    def _line_of(self, one: Changed) -> str:
        question = clipped(one.entry.question, MOST_LINE)
        if one.new:
            return self._words.transfer.new.format(said=question, entry="")
        labels = (getattr(self._wording.moderation.fields, name).label for name in one.fields)
        return self._words.transfer.changed.format(entry=question, said=", ".join(labels))
