"""Which hands a command is for: those on entries, the inbox, what is shipped, files, or channels."""

from __future__ import annotations

from core.community.annotating import Annotating
from core.community.channels import Channels
from core.community.editing import Editing
from core.community.examining import Examining
from core.community.moving import Moving
from core.community.noting import Read
from core.community.own.lint import Linter
from core.community.protocol.command import Editorial
from core.community.protocol.curation import (
    Annotation,
    Curation,
    Hide,
    Never,
    SetNote,
    Teach,
    Transfer,
    Undo,
)
from core.community.protocol.outcome import Outcome
from core.community.protocol.speaking import Examine, Speaking
from core.community.serving.engines import Built
from core.community.sorting import Sorting
from core.community.store.records import Acting
from core.content.library import Library
from core.dialogue.place import Place

InTransaction = Editorial | Curation | Annotation | Transfer | Speaking | Examine
_TAUGHT = (Teach, Never, Undo, Hide, SetNote)


class Hands:
    """All hands there are; each asks the table of permissions first."""

    def __init__(self, library: Library, linter: Linter, read: Read) -> None:
        self._library, self._linter, self._read = library, linter, read

    async def done(
        self, command: InTransaction, acting: Acting, built: Built, place: Place
    ) -> Outcome:
        """What comes of a command; what is taught is told in the log channel as its teacher sees it."""
        outcome = await self._done(command, acting, built, place)
        return outcome.logged_in(acting.settings.log) if isinstance(command, _TAUGHT) else outcome

    async def _done(
        self, command: InTransaction, acting: Acting, built: Built, place: Place
    ) -> Outcome:
        library, read = self._library, self._read
        editing = Editing(library, self._linter, acting)
        if isinstance(command, Curation):
            return await Sorting(acting, editing, built, read, library).outcome(command)
        if isinstance(command, Annotation):
            return await Annotating(library, self._linter, acting).outcome(command)
        if isinstance(command, Transfer):
            return await self._moved(command, acting, editing, place)
        if isinstance(command, Speaking):
            return await Channels(library, acting).outcome(command)
        if isinstance(command, Examine):
            return await Examining(library, acting).outcome(command)
        return await editing.outcome(command)

    async def _moved(
        self, command: Transfer, acting: Acting, editing: Editing, place: Place
    ) -> Outcome:
        moving = Moving(
            self._library,
            linter=self._linter,
            editing=editing,
            read=self._read,
            acting=acting,
            place=place,
        )
        return await moving.outcome(command)
