"""What moderators can want of the inbox; a question goes by the number of its group."""

from __future__ import annotations

from dataclasses import dataclass

from core.community.own.text import Text


@dataclass(frozen=True, slots=True)
class ShowInbox:
    """The questions that found no answer, most asked first; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowQuestion:
    """One of them, in all its words, with what can be done about it."""

    question: int


@dataclass(frozen=True, slots=True)
class Sort:
    """A message that a moderator chose: shown as a question of the inbox."""

    text: str


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """The form for an entry, with the question and its wordings in it."""

    question: int


@dataclass(frozen=True, slots=True)
class AddAnswer:
    """That form, filled in: a draft, and the question leaves the inbox."""

    question: int
    text: Text


@dataclass(frozen=True, slots=True)
class PickAnswer:
    """The entries, nearest first, one of which answers the question; pages count from 0."""

    question: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Teach:
    """The question is a wording of `entry`, which is a shipped one (1) or the community's (0)."""

    entry: str
    question: int
    shipped: int


@dataclass(frozen=True, slots=True)
class PickNever:
    """The entries that the question would find now."""

    question: int


@dataclass(frozen=True, slots=True)
class Never:
    """`entry`, a shipped one (1) or the community's (0), never answers the question."""

    entry: str
    question: int
    shipped: int


@dataclass(frozen=True, slots=True)
class Ignore:
    """The question, and what means the same, is shown no more."""

    question: int


@dataclass(frozen=True, slots=True)
class ListLessons:
    """What was taught, newest first; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Undo:
    """Lesson `lesson` holds no more."""

    lesson: int


@dataclass(frozen=True, slots=True)
class ListShipped:
    """The entries that are shipped; pages count from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowShipped:
    """A shipped entry, with what may be done about it here."""

    entry: str


@dataclass(frozen=True, slots=True)
class Hide:
    """Members here don't get a shipped entry any more."""

    entry: str


@dataclass(frozen=True, slots=True)
class OpenNote:
    """The form with the note on a shipped entry."""

    entry: str


@dataclass(frozen=True, slots=True)
class SetNote:
    """That form, filled in; an empty one takes the note away."""

    entry: str
    text: Text


@dataclass(frozen=True, slots=True)
class ShowInsights:
    """What became of the questions of the last weeks."""


@dataclass(frozen=True, slots=True)
class Judge:
    """What came first when something was tried (number `tried`) is right (1), or wrong (0)."""

    tried: int
    right: int


@dataclass(frozen=True, slots=True)
class ListDue:
    """What should be looked at again: old entries, and notes whose entry an update has changed."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """Lesson `lesson` is still right, although its entry was changed."""

    lesson: int


@dataclass(frozen=True, slots=True)
class Export:
    """All answers and all that was taught, as a file."""


@dataclass(frozen=True, slots=True)
class ExportOne:
    """One answer, as a file."""

    entry: str


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file: shown what it would change, nothing is changed yet."""

    data: bytes


@dataclass(frozen=True, slots=True)
class OpenImport:
    """The form for a file's text; where a file can be sent as a message, it may be that."""


@dataclass(frozen=True, slots=True)
class ShowImport:
    """What file `file` would change; pages count from 0."""

    file: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class TakeFile:
    """File `file`, whole."""

    file: int


@dataclass(frozen=True, slots=True)
class TakeOne:
    """Entry `at` of file `file`, counted from 0, alone."""

    file: int
    at: int


@dataclass(frozen=True, slots=True)
class MakeCode:
    """A code by which another place may join this community, once and within an hour."""


@dataclass(frozen=True, slots=True)
class OpenCode:
    """The form for a code of another place."""


@dataclass(frozen=True, slots=True)
class UseCode:
    """This place joins the community whose code is the question of `text`."""

    text: Text


@dataclass(frozen=True, slots=True)
class Unlink:
    """This place leaves the community it has joined, and begins with nothing."""


OnQuestion = (
    ShowQuestion | DraftAnswer | AddAnswer | PickAnswer | Teach | PickNever | Never | Ignore
)
Transfer = (
    Export
    | ExportOne
    | ImportFile
    | OpenImport
    | ShowImport
    | TakeFile
    | TakeOne
    | MakeCode
    | OpenCode
    | UseCode
    | Unlink
)
Annotation = ListShipped | ShowShipped | Hide | OpenNote | SetNote | ListDue | Recheck
Curation = Judge | ShowInsights | ShowInbox | Sort | OnQuestion | ListLessons | Undo
