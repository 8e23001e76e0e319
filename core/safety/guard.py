"""What is looked at before any question is matched: which rules hold for a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from core.content.library import Library
from core.content.safety import Message, SafetyRule
from core.safety.age import implies_minor
from core.safety.likeness import LANGUAGE, Likeness
from core.safety.signs import Noticed, Spotter
from core.safety.words import words_of

Reading = Callable[[str], str]
Tongue = Callable[[str], str | None]

# Beyond this share of letters that no English text has, the encoder would only guess.
MOST_FOREIGN = 0.2


@dataclass(frozen=True, slots=True)
class Notice:
    """A rule's message, the language it was noticed in, and by what.

    `seen` has the words of the text, or the example that it resembles.
    """

    rule: str
    message: str
    language: str
    by: Literal["words", "likeness", "age"]
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that holds, what it has to say, and the language it was noticed in."""

    rule: SafetyRule
    message: Message
    language: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Every rule that holds for a text, the safest first; there is at least one."""

    fired: tuple[Fired, ...]

    @property
    def first(self) -> Fired:
        """The rule that is named as the reason."""
        return self.fired[0]

    @property
    def spares_minors(self) -> bool:
        """Whether what is for adults is withheld."""
        return any(one.rule.under_18 for one in self.fired)

    @property
    def told(self) -> tuple[Fired, ...]:
        """The rules whose messages may be shown to this person."""
        return tuple(
            one for one in self.fired if one.message.audience == "anyone" or not self.spares_minors
        )

    @property
    def stop(self) -> Fired | None:
        """The message that is shown in place of any answer, if there is one."""
        return next((one for one in self.told if one.message.mode != "beside"), None)


class Guard:
    """Looks at texts with the rules of a library.

    `likeness` adds the encoder's layer, and `readings` other ways to read a text (a speller's).
    Signs of every language are looked for in every text; where a rule is noticed in several,
    `language` says which of them to answer in.
    """

    def __init__(
        self,
        library: Library,
        likeness: Likeness | None = None,
        readings: Iterable[Reading] = (),
        language: Tongue | None = None,
    ) -> None:
        self._rules = library.rules
        self._spotters = [Spotter(lexicon) for lexicon in library.lexicons]
        self._likeness, self._readings, self._language = likeness, tuple(readings), language

    def look(self, text: str) -> Alarm | None:
        """The alarm for a text, or None where no rule holds."""
        language = (self._language and self._language(text)) or LANGUAGE
        languages: dict[Noticed, set[str]] = {}
        for one in self.notices(text):
            languages.setdefault((one.rule, one.message), set()).add(one.language)
        fired = [
            self._fired(noticed, _preferred(seen, language)) for noticed, seen in languages.items()
        ]
        return Alarm(tuple(sorted(fired, key=self._order))) if fired else None

    def notices(self, text: str) -> Iterator[Notice]:
        """All by which the rules that hold were noticed."""
        for reading in dict.fromkeys([text, *(read(text) for read in self._readings)]):
            words = words_of(reading)
            for spotter in self._spotters:
                for found, said in spotter.seen(words):
                    yield Notice(*found, spotter.language, "words", said)
            if self._likeness and not _foreign(reading):
                for found, example in self._likeness.seen(reading):
                    yield Notice(*found, LANGUAGE, "likeness", (example,))
        if implies_minor(text):
            for rule in self._rules.values():
                if rule.under_18:
                    yield Notice(rule.id, rule.messages[0].id, LANGUAGE, "age")

    def _fired(self, noticed: Noticed, language: str) -> Fired:
        rule = self._rules[noticed[0]]
        message = next(one for one in rule.messages if one.id == noticed[1])
        return Fired(rule, message, language)

    def _order(self, fired: Fired) -> tuple[int, int]:
        rules = list(self._rules)
        return rules.index(fired.rule.id), fired.rule.messages.index(fired.message)


def _preferred(seen: set[str], language: str) -> str:
    """The language of the text where a rule was noticed in it, or else our own, or any other."""
    ours = [one for one in (language, LANGUAGE) if one in seen]
    return ours[0] if ours else min(seen)


def _foreign(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(not letter.isascii() for letter in letters) > MOST_FOREIGN * len(letters)
