"""Our own sentences: buttons, notices and empty states, one file a language."""

from __future__ import annotations

from collections.abc import Sized
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from core.content.asking import AskingWords, MenuWords
from core.content.curating import Curating
from core.content.doctoring import Doctoring
from core.content.model import Evidence, Grade, Label, Record, Verdict
from core.content.moderation import Moderation
from core.content.speaking import Speaking
from core.content.template import only

_LIMITS = StringConstraints(min_length=1, max_length=600, strip_whitespace=True)
Sentence = Annotated[str, _LIMITS, only()]
Reviewed = Annotated[str, _LIMITS, only("on", "due", "reviewer")]
ScreenText = Annotated[str, _LIMITS, only("about", "covers", "not_covered", "page", "pages")]
Progress = Annotated[str, _LIMITS, only("number", "count")]
Hint = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]


class Screen(Record):
    """A reply that is not an entry: its title and what it says."""

    title: Label
    text: ScreenText


class Buttons(Record):
    """What our buttons say."""

    more: Label
    sources: Label
    back: Label
    figure: Label
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
    begin: Label
    why: Label
    step_back: Label
    stop: Label
    start_again: Label


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
    only_english: Screen
    door: Screen
    adults: Screen
    stale: Screen
    failure: Screen
    shared: Screen
    no_text: Screen
    checks: Screen
    stopped: Screen
    changed: Screen


class Commands(Record):
    """What the platforms' command lists say of each command."""

    ask: Hint
    question: Hint
    private: Hint
    topics: Hint
    sources: Hint
    about: Hint
    help: Hint
    check: Hint
    answer_this: Label


class Plain(Record):
    """A reply that says one thing only."""

    title: Label
    text: Sentence


class FaqCommands(Record):
    """What a command list says of the commands around a community's own answers."""

    faq: Hint
    menu: Hint
    add: Hint
    edit: Hint
    remove: Hint
    list: Hint
    review: Hint
    show: Hint
    history: Hint
    inbox: Hint
    taught: Hint
    shipped: Hint
    due: Hint
    insights: Hint
    export: Hint
    alone: Hint
    imports: Hint
    file: Hint
    test: Hint
    settings: Hint
    replay: Hint
    number: Hint
    doctor: Hint
    entry: Hint
    text: Hint
    propose: Hint
    privacy: Hint
    save: Label
    sort: Label
    roles: Hint
    log: Hint
    channel: Hint
    unlogged: Plain
    returned: Sentence


class Privacy(Record):
    """What is kept of whom, in one screen, and the two words of feedback."""

    title: Label
    kept: tuple[Sentence, ...]
    delete: Label
    forgotten: Screen
    helpful: Label
    thanks: Sentence


class Spoken(Record):
    """What is said in a language other than English, and whether its safety rules are written."""

    in_english: Sentence
    only_english: Sentence
    emergency: Sentence
    safety_rules: bool


Reach = Literal["private", "mentions", "commands"]


class Wording(Record):
    """Every sentence of ours that a member may read; `{...}` is filled in by the core."""

    notice: Sentence
    emergency: Sentence
    evidence: dict[Evidence, Sentence]
    review: dict[Literal["editorial", "clinician", "moderators"], Reviewed]
    verdicts: dict[Verdict, Sentence]
    grades: dict[Grade, Sentence]
    reach: dict[Reach, Sentence]
    greetings: tuple[str, ...]
    figure: Sentence
    progress: Progress
    buttons: Buttons
    screens: Screens
    commands: Commands
    moderation: Moderation
    asking: AskingWords
    menu: MenuWords
    faq_commands: FaqCommands
    curating: Curating
    speaking: Speaking
    doctoring: Doctoring
    privacy: Privacy
    languages: dict[str, Spoken] = Field(default_factory=dict)

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Every verdict, grade and kind of evidence has its words."""
        said: tuple[tuple[str, Sized, int], ...] = (
            ("evidence", self.evidence, len(Evidence)),
            ("review", self.review, 3),
            ("verdicts", self.verdicts, len(Verdict)),
            ("grades", self.grades, len(get_args(Grade))),
            ("reach", self.reach, len(get_args(Reach))),
        )
        short = [name for name, words, wanted in said if len(words) < wanted]
        if short:
            raise ValueError(f"{', '.join(short)} must have a sentence for each of its kinds")
        return self
