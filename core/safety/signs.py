"""The first layer: the words by which a rule is noticed, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.content.safety import Lexicon, Sign
from core.safety.negation import Found, Negations
from core.safety.phrases import PhraseBook, Span
from core.safety.words import Words, words_of

# How many words may lie between the groups of a sign: in one sentence, and across sentences.
NEAR, FAR = 16, 60

Noticed = tuple[str, str]


def spelled_out(phrases: Iterable[str], words: Mapping[str, Sequence[str]]) -> list[str]:
    """Phrases with each {name} replaced by the list it names; raises KeyError."""
    return [
        spelled
        for phrase in phrases
        for spelled in (words[phrase[1:-1]] if phrase.startswith("{") else (phrase,))
    ]


class Spotter:
    """Finds the signs of a lexicon in a text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.language = lexicon.language
        self._negation, self._figures = lexicon.negation, lexicon.figures
        self._signs = [_Spelled(sign, lexicon.words) for sign in lexicon.signs]
        self._book = PhraseBook(self._phrases())
        negators = {*words_of(" ".join(lexicon.negation.before)).words}
        groups = {phrase for one in self._signs for group in one.groups for phrase in group}
        # "no feeling" says its own "no", and doesn't take back what follows it.
        self._negative = [phrase for phrase in groups if negators & {*words_of(phrase).words}]

    def spot(self, text: Words) -> set[Noticed]:
        """The rules noticed, each with its message."""
        return {noticed for noticed, _ in self.seen(text)}

    def seen(self, text: Words) -> Iterator[tuple[Noticed, tuple[str, ...]]]:
        """Every sign that holds: its rule and message, and the words that make it hold."""
        found = self._book.find(text)
        figures = [span for phrase in self._figures for span in found.get(phrase, ())]
        meant = {phrase: _apart(spans, figures) for phrase, spans in found.items()}
        own = [span for phrase in self._negative for span in found.get(phrase, ())]
        negations = Negations(self._negation, found, text, own)
        said = {
            phrase: [span for span in spans if not negations.covers(span)]
            for phrase, spans in meant.items()
        }
        for one in self._signs:
            spans = one.where(said if one.sign.negatable == "yes" else meant, found, text)
            if spans:
                words = (" ".join(text.words[span.start : span.end]) for span in spans)
                yield (one.sign.rule, one.sign.message), tuple(words)

    def _phrases(self) -> Iterator[str]:
        negation = self._negation
        for phrases in (negation.before, negation.after, negation.ends, negation.not_negation):
            yield from phrases
        yield from self._figures
        for one in self._signs:
            for group in (*one.groups, one.barred):
                yield from group


class _Spelled:
    """A sign with its lists of words spelled out."""

    def __init__(self, sign: Sign, words: Mapping[str, Sequence[str]]) -> None:
        self.sign = sign
        self.groups = [spelled_out(group, words) for group in sign.all_of]
        self.barred = spelled_out(sign.none_of, words)

    def where(self, said: Found, found: Found, text: Words) -> list[Span]:
        """One place of each group by which the sign holds; none where it does not."""
        groups = [
            [span for phrase in group for span in said.get(phrase, ())] for group in self.groups
        ]
        if not all(groups):
            return []
        barred = [span for phrase in self.barred for span in found.get(phrase, ())]
        for first in groups[0]:
            beside = [
                [one for one in group if self._near(first, one, text)] for group in groups[1:]
            ]
            if all(beside) and not any(self._near(first, bar, text) for bar in barred):
                return [first, *(spans[0] for spans in beside)]
        return []

    def _near(self, one: Span, other: Span, text: Words) -> bool:
        apart = max(one.start, other.start) - min(one.end, other.end)
        if self.sign.within == "text":
            return apart <= FAR
        return apart <= NEAR and text.sentences[one.start] == text.sentences[other.start]


def _apart(spans: list[Span], figures: list[Span]) -> list[Span]:
    return [span for span in spans if not any(span.meets(figure) for figure in figures)]
