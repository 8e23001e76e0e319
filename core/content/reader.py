"""Reads a content folder: either a whole library, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from core.content.assessment import Assessment
from core.content.document import Document, parse
from core.content.draft import Draft, Filed
from core.content.library import Library
from core.content.model import Case, Claim, Entry, PackCard, Record, Source
from core.content.problem import ContentError, Problem
from core.content.rules import RULES
from core.content.safety import Helpline, Lexicon, SafetyRule, Training
from core.content.shape import shaped
from core.content.wording import Spoken, Wording

LANGUAGE = "en"
R = TypeVar("R", bound=Record)


@dataclass(slots=True)
class Reading:
    """What a content folder holds, and what is wrong with it."""

    wording: Wording | None = None
    drafts: list[Draft] = field(default_factory=list)
    helplines: list[Filed[Helpline]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(folder: Path) -> Library:
    """Content fit to be served; raises ContentError. An author's duties do not stop a bot."""
    return publish(read(folder))


def publish(reading: Reading) -> Library:
    """The library of what was read; raises ContentError with all that keeps it from being served."""
    stopping = violations(reading.drafts, date.min, stopping=True)
    if reading.problems or stopping or reading.wording is None:
        raise ContentError([*reading.problems, *stopping])
    helplines = (filed.record for filed in reading.helplines)
    return Library.of((draft.published() for draft in reading.drafts), reading.wording, helplines)


def check(folder: Path, today: date) -> list[Problem]:
    """Every problem an author should mend, also those that do not stop a bot."""
    reading = read(folder)
    return sorted({*reading.problems, *violations(reading.drafts, today)})


def violations(drafts: Sequence[Draft], today: date, *, stopping: bool = False) -> list[Problem]:
    """What breaks a rule; only one that stops no bot can be excused. `stopping`: those alone."""
    rules = [rule for rule in RULES if rule.stops or not stopping]
    return sorted(
        {
            problem
            for rule in rules
            for problem in rule.check(drafts, today)
            if rule.stops or not problem.excused
        }
    )


def read(folder: Path) -> Reading:
    """Read `folder` (wording/, packs/ and helplines.yaml); nothing is raised, what can't be read is reported."""
    desk = _Desk(folder)
    helplines = desk.records(sorted(folder.glob("helplines.yaml")), Helpline)
    reading = Reading(desk.wording(), list(desk.drafts()), list(helplines))
    reading.problems = list(desk.problems())
    return reading


def read_training(home: Path) -> tuple[list[Filed[Training]], list[Problem]]:
    """What a pack's classifier learns from, and what is wrong with it; too long for every start."""
    desk = _Desk(home)
    return list(desk.records(training_files(home), Training)), list(desk.problems())


def training_files(home: Path) -> list[Path]:
    """Where that is written."""
    return sorted(home.glob("safety/training/*.yaml"))


class _Desk:
    """The documents that lie open while a folder is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: list[Document] = []
        self.unread: set[str] = set()

    def problems(self) -> Iterator[Problem]:
        for document in self.documents:
            yield from document.problems

    def open(self, path: Path) -> Document:
        name = str(path)
        try:
            document = parse(name, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            unread = Problem(
                name, 1, "unreadable", f"cannot be read ({error})", "add it as UTF-8 text"
            )
            document = Document(name, problems=[unread])
        self.documents.append(document)
        return document

    def wording(self) -> Wording | None:
        document = self.open(self.folder / "wording" / f"{LANGUAGE}.yaml")
        if document.data is None or not (wording := shaped(document, document.data, Wording, ())):
            return None
        return wording.model_copy(update={"languages": dict(self.languages())})

    def languages(self) -> Iterator[tuple[str, Spoken]]:
        """Our few sentences in other languages; a folder may do without."""
        for path in self.folder.glob("wording/languages.yaml"):
            document = self.open(path)
            if not isinstance(document.data, dict):
                document.problems.append(
                    document.problem(
                        (),
                        "wrong-kind",
                        "these are not languages",
                        "begin each with its code: `es:`",
                    )
                )
                continue
            for code, said in document.data.items():
                if spoken := shaped(document, said, Spoken, (code,)):
                    yield code, spoken

    def drafts(self) -> Iterator[Draft]:
        homes = sorted(path.parent for path in (self.folder / "packs").glob("*/pack.yaml"))
        if not homes:
            self.documents.append(Document(str(self.folder), problems=[_no_packs(self.folder)]))
        for home in homes:
            yield from self.draft(home)

    def draft(self, home: Path) -> Iterator[Draft]:
        document = self.open(home / "pack.yaml")
        card = None if document.data is None else shaped(document, document.data, PackCard, ())
        sources = list(self.records([home / "sources.yaml"], Source))
        claims = list(self.records(sorted(home.glob("claims/*.yaml")), Claim))
        entries = list(self.records(sorted(home.glob("entries/*.yaml")), Entry))
        cases = list(self.records(sorted(home.glob("cases.yaml")), Case))
        if card is not None:
            records = (sources, claims, entries, cases)
            draft = Draft(Filed(card, document, ()), *records, home, self.unread)
            draft.assessments = list(self.assessments(home))
            draft.rules = list(self.records(sorted(home.glob("safety.yaml")), SafetyRule))
            draft.lexicons = list(self.lexicons(home))
            yield draft

    def assessments(self, home: Path) -> Iterator[Filed[Assessment]]:
        """The guided checks of a pack, one a file."""
        for path in sorted(home.glob("assessments/*.yaml")):
            document = self.open(path)
            if document.data is not None:
                read = shaped(document, document.data, Assessment, ())
                yield from [Filed(read, document, ())] if read else []

    def lexicons(self, home: Path) -> Iterator[Filed[Lexicon]]:
        """The words of a pack's safety rules, a file a language."""
        for path in sorted(home.glob("safety/*.yaml")):
            document = self.open(path)
            if document.data is not None:
                lexicon = shaped(document, document.data, Lexicon, ())
                yield from [Filed(lexicon, document, ())] if lexicon else []

    def records(self, paths: list[Path], model: type[R]) -> Iterator[Filed[R]]:
        for path in paths:
            document = self.open(path)
            if isinstance(document.data, list):
                yield from self.filed(document, model)
            elif document.data is not None:
                document.problems.append(
                    document.problem(
                        (), "wrong-kind", "this is not a list", "begin each item with `- id:`"
                    )
                )

    def filed(self, document: Document, model: type[R]) -> Iterator[Filed[R]]:
        """The records of a list; of one that can't be read, the id it would have had is kept."""
        for at, item in enumerate(document.data):
            record = shaped(document, item, model, (at,))
            if record is not None:
                yield Filed(record, document, (at,))
            elif isinstance(item, dict) and isinstance(item.get("id"), str):
                self.unread.add(item["id"])


def _no_packs(folder: Path) -> Problem:
    return Problem(
        str(folder), 1, "no-pack", "no packs/*/pack.yaml here", "point FOSSAE_CONTENT at content/"
    )
