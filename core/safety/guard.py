"""What is looked at before any question is matched: which rules hold for a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from core.content.library import Library
from core.content.safety import Message, SafetyRule
from core.safety.age import gives_minor_age, implies_minor
from core.safety.classifier import HARMLESS, windows
from core.safety.cutoffs import ABROAD, ENGLISH, Kinds
from core.safety.judge import LANGUAGE, Chances, Judge
from core.safety.signs import Noticed, Spotter
from core.safety.words import words_of

Reading = Callable[[str], str]

# The chance that words need beside them, of emergencies and of the rest; chosen like Cutoffs.
BACKING, URGENT_BACKING = 0.25, 0.1
# From here on a text is plainly harmless: "high school" in it speaks of a reunion.
PLAINLY = 0.7


@dataclass(frozen=True, slots=True)
class Notice:
    """A rule's message, the language it was noticed in, and by what.

    `seen` has the words of the text, `chance` is the classifier's.
    """

    rule: str
    message: str
    language: str
    by: Literal["words", "likeness", "age"]
    seen: tuple[str, ...] = ()
    chance: float | None = None


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

    `judge` adds the classifier's layer, and `readings` other ways to read a text (a speller's).
    Signs of every language are looked for in every text; where a rule is noticed in several, the
    judge's language of the text is answered in.
    """

    def __init__(
        self, library: Library, judge: Judge | None = None, readings: Iterable[Reading] = ()
    ) -> None:
        self._rules = library.rules
        self._spotters = [Spotter(lexicon) for lexicon in library.lexicons]
        self._spoken = {lexicon.language for lexicon in library.lexicons}
        self._judge, self._readings = judge, tuple(readings)
        messages = [(rule.id, one.id) for rule in self._rules.values() for one in rule.messages]
        self._named = {*messages, HARMLESS}
        self._kinds = Kinds(
            frozenset(rule.id for rule in self._rules.values() if rule.urgent),
            frozenset(rule.id for rule in self._rules.values() if _takes_nothing(rule)),
        )

    def look(self, text: str) -> Alarm | None:
        """The alarm for a text, or None where no rule holds."""
        languages: dict[Noticed, set[str]] = {}
        for one in self.notices(text):
            languages.setdefault((one.rule, one.message), set()).add(one.language)
        spoken = self._language(text)
        fired = [
            self._fired(noticed, _preferred(seen, spoken)) for noticed, seen in languages.items()
        ]
        return Alarm(tuple(sorted(fired, key=self._order))) if fired else None

    def notices(self, text: str) -> Iterator[Notice]:
        """All by which the rules that hold were noticed."""
        found = [*self._in_readings(text)]
        yield from found
        if not any(self._rules[one.rule].under_18 for one in found):
            yield from self._by_age(text)

    def _in_readings(self, text: str) -> Iterator[Notice]:
        for reading in dict.fromkeys([text, *(read(text) for read in self._readings)]):
            spoken, chances = self._language(reading), self._chances(reading)
            yield from self._by_words(reading, spoken, chances)
            yield from self._by_likeness(spoken, chances or {}, long=len(windows(reading)) > 1)

    def _chances(self, text: str) -> Chances | None:
        """What was learnt of those messages that there still are; None where nobody can read it."""
        found = self._judge.chances(text) if self._judge else None
        return found and {one: found[one] for one in found if one in self._named}

    def _by_words(self, text: str, spoken: str, chances: Chances | None) -> Iterator[Notice]:
        words = words_of(text)
        for spotter in self._spotters:
            for (rule, message), said in spotter.seen(words):
                chance = None if chances is None else _of_rule(rule, chances)
                if chance is None or chance >= self._backing(rule, spoken):
                    yield Notice(rule, message, spotter.language, "words", said, chance)

    def _backing(self, rule: str, spoken: str) -> float:
        """Of other languages too little was learnt to speak against the sign of an emergency."""
        if rule not in self._kinds.urgent:
            return BACKING
        return URGENT_BACKING if spoken == LANGUAGE else 0.0

    def _by_likeness(self, spoken: str, chances: Chances, *, long: bool) -> Iterator[Notice]:
        of_rules = {rule: _of_rule(rule, chances) for rule in self._rules}
        cutoffs = ENGLISH if spoken == LANGUAGE else ABROAD
        needed = cutoffs.needed(of_rules, chances.get(HARMLESS, 1.0), self._kinds, long=long)
        for rule, chance in of_rules.items():
            if chance >= needed[rule]:
                likeliest = max((one for one in chances if one[0] == rule), key=chances.__getitem__)
                yield Notice(*likeliest, spoken, "likeness", chance=chance)

    def _by_age(self, text: str) -> Iterator[Notice]:
        if implies_minor(text) and (gives_minor_age(text) or not self._plainly_harmless(text)):
            for rule in self._rules.values():
                if rule.under_18:
                    yield Notice(rule.id, rule.messages[0].id, LANGUAGE, "age")

    def _plainly_harmless(self, text: str) -> bool:
        return (self._chances(text) or {}).get(HARMLESS, 0.0) >= PLAINLY

    def _language(self, text: str) -> str:
        """The language of a text that is answered in."""
        told = self._judge.language(text) if self._judge else None
        return told if told in self._spoken else LANGUAGE

    def _fired(self, noticed: Noticed, language: str) -> Fired:
        rule = self._rules[noticed[0]]
        message = next(one for one in rule.messages if one.id == noticed[1])
        return Fired(rule, message, language)

    def _order(self, fired: Fired) -> tuple[int, int]:
        rules = list(self._rules)
        return rules.index(fired.rule.id), fired.rule.messages.index(fired.message)


def _takes_nothing(rule: SafetyRule) -> bool:
    return not rule.under_18 and all(one.mode == "beside" for one in rule.messages)


def _preferred(seen: set[str], language: str) -> str:
    """The language of the text where a rule was noticed in it, or else our own, or any other."""
    ours = [one for one in (language, LANGUAGE) if one in seen]
    return ours[0] if ours else min(seen)


def _of_rule(rule: str, chances: Chances) -> float:
    return sum(chance for (of, _), chance in chances.items() if of == rule)
