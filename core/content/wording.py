"""Our own sentences: buttons, notices and empty states, one file a language."""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from core.content.model import Evidence, Label, Record, Verdict

FIELDS = frozenset({"about", "covers", "due", "not_covered", "on", "page", "pages", "reviewer"})


def _known_fields(text: str) -> str:
    unknown = {name for _, name, _, _ in Formatter().parse(text) if name} - FIELDS
    if unknown:
        raise ValueError(f"{{{', '.join(sorted(unknown))}}} is filled in by nobody")
    return text


Sentence = Annotated[
    str,
    StringConstraints(min_length=1, max_length=600, strip_whitespace=True),
    AfterValidator(_known_fields),
]
Hint = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]


class Screen(Record):
    """A reply that is not an entry: its title and what it says."""

    title: Label
    text: Sentence


class Buttons(Record):
    """What our buttons say."""

    more: Label
    sources: Label
    back: Label
    topics: Label
    about: Label
    not_this: Label
    none_of_these: Label
    adult: Label
    minor: Label
    open_privately: Label
    share: Label
    next_page: Label
    previous_page: Label
    ask_privately: Label


class Screens(Record):
    """Every reply of ours that is not an entry."""

    help: Screen
    topics: Screen
    topic: Screen
    sources: Screen
    about: Screen
    clarify: Screen
    nothing: Screen
    nothing_else: Screen
    door: Screen
    adults: Screen
    stale: Screen
    failure: Screen
    shared: Screen
    no_text: Screen


class Commands(Record):
    """What the platforms' command lists say of each command."""

    ask: Hint
    question: Hint
    private: Hint
    topics: Hint
    sources: Hint
    about: Hint
    help: Hint
    answer_this: Label


Reach = Literal["private", "mentions", "commands"]


class Wording(Record):
    """Every sentence of ours that a member may read; `{...}` is filled in by the core."""

    notice: Sentence
    emergency: Sentence
    evidence: dict[Evidence, Sentence]
    review: dict[Literal["editorial", "clinician"], Sentence]
    verdicts: dict[Verdict, Sentence]
    grades: dict[Literal["A", "B", "C", "D", "none"], Sentence]
    reach: dict[Reach, Sentence]
    greetings: tuple[str, ...]
    figure: Sentence
    buttons: Buttons
    screens: Screens
    commands: Commands
