"""The shapes of safety content: rules, the words they are noticed by, and telephone numbers."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from core.content.model import Code, Day, Label, Line, Record, Review, Slug

RuleId = Annotated[str, StringConstraints(pattern=r"^R[1-9][0-9]?$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Place = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Kind = Literal["emergency", "urgent", "crisis"]
_WORD = r"(?:#|[^\s*/(){}#]*\w[^\s*/(){}#]*\*?)"
_PART = re.compile(rf"\.\.\.|\{{[a-z0-9-]+\}}|{_WORD}(?:/{_WORD})*|\({_WORD}(?:/{_WORD})*\)")


def _readable(phrase: str) -> str:
    """Refuses a phrase that core.safety.phrases could not read."""
    parts = phrase.split()
    words = [part for part in parts if part != "..." and not part.startswith("(")]
    ends = "..." in (*parts[:1], *parts[-1:])
    if not words or ends or not all(_PART.fullmatch(part) for part in parts):
        raise ValueError("words, such as `cant/cannot feel (my) ... leg*`, with a word at each end")
    return phrase


Phrase = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300, strip_whitespace=True),
    AfterValidator(_readable),
]
Example = Annotated[str, StringConstraints(min_length=1, max_length=1500, strip_whitespace=True)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Phrases = tuple[Phrase, ...]


class Message(Record):
    """What a rule says in one situation.

    `emergency`: its text alone, with telephone numbers and nothing to press. `stop`: its text and
    buttons to `entries`. `beside`: its text before the answer that was found.
    A message for `adults` is not shown to someone under 18.
    """

    id: Slug
    mode: Literal["emergency", "stop", "beside"]
    entries: tuple[Slug, ...] = ()
    helplines: tuple[Kind, ...] = ()
    audience: Literal["anyone", "adults"] = "anyone"


class SafetyRule(Record):
    """Something that is looked at before any question is matched.

    `under_18`: it also holds where the text implies someone under 18; then adults-only entries and
    all of the topics it `withholds` are kept back, and the pack's `under_18` entry stands in.
    """

    id: RuleId
    name: Label
    notices: Line
    messages: tuple[Message, ...]
    under_18: bool = False
    withholds: tuple[Slug, ...] = ()
    claims: tuple[Code, ...] = ()
    review: Review

    @property
    def urgent(self) -> bool:
        """Whether it is about emergencies."""
        return any(message.mode == "emergency" for message in self.messages)


class Negation(Record):
    """How a language says that something is not so.

    `before` what is negated, `after` it; `ends` cut its reach short; `not_negation` only looks it.
    """

    before: Phrases = ()
    after: Phrases = ()
    ends: Phrases = ()
    not_negation: Phrases = ()


class Sign(Record):
    """Words by which a rule is noticed: one phrase of each group, none of `none_of`.

    Groups must meet in one sentence, or, `within: text`, a few sentences apart. A group may name
    a list of `words` as {name}. `negatable: no` where "not" makes no difference.
    """

    rule: RuleId
    message: Slug
    all_of: Annotated[tuple[Phrases, ...], Field(min_length=1)]
    none_of: Phrases = ()
    within: Literal["sentence", "text"] = "sentence"
    negatable: Literal["yes", "no"] = "yes"


class Text(Record):
    """What a person reads when a rule holds: the first line is right everywhere."""

    rule: RuleId
    message: Slug
    title: Label
    says: Annotated[tuple[Said, ...], Field(min_length=1)]


class Examples(Record):
    """Texts at which a message must fire, and harmless neighbours at which its rule must not."""

    rule: RuleId
    message: Slug
    fires: tuple[Example, ...]
    silent: tuple[Example, ...] = ()


class Training(Record):
    """Texts from which the classifier learns a message, and harmless ones that only look like them.

    Without a rule, all of its texts are harmless.
    """

    rule: RuleId | None = None
    message: Slug | None = None
    texts: tuple[Example, ...] = ()
    harmless: tuple[Example, ...] = ()


class Door(Record):
    """What everyone around sees where a rule answers one person in private."""

    title: Label
    says: Said
    open: Label


class Lexicon(Record):
    """One language's half of the rules: how they are noticed, and what is said.

    `harmless` are texts at which no rule may fire. `unread` is shown where no native speaker has
    read the texts yet. `places` names the countries whose numbers are shown, in their order;
    `helpline` and `named_helpline` are the lines for them.
    """

    language: LanguageCode
    review: Review
    unread: Line | None = None
    door: Door
    places: dict[Place, Line] = Field(default_factory=dict)
    helpline: Line
    named_helpline: Line
    negation: Negation = Negation()
    figures: Phrases = ()
    words: dict[Slug, Phrases] = Field(default_factory=dict)
    signs: tuple[Sign, ...] = ()
    texts: tuple[Text, ...]
    examples: tuple[Examples, ...] = ()
    harmless: tuple[Example, ...] = ()

    @property
    def id(self) -> str:
        """What the reader's problems call it."""
        return self.language


class Helpline(Record):
    """A telephone number, the official page it was seen on, and when."""

    place: Place
    kind: Kind
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]+( [0-9]+)*$", max_length=20)]
    name: Label | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=300)]
    checked: Day
    seen: Line
