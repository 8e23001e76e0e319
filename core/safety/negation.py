"""Whether something is said not to be so.

After NegEx: W. W. Chapman and others, "A simple algorithm for identifying negated findings and
diseases in discharge summaries", Journal of Biomedical Informatics 34, 2001. A negating phrase
reaches five words, up to the end of its sentence or a "but"; phrases that only look negating
("not only", "don't know") reach nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.content.safety import Negation
from core.safety.phrases import Span
from core.safety.words import Words

REACH = 5

Found = Mapping[str, list[Span]]


class Negations:
    """What is negated in one text; a negating word inside one of `own` spans reaches nothing."""

    def __init__(self, said: Negation, found: Found, text: Words, own: Iterable[Span] = ()) -> None:
        seeming = [*_spans(said.not_negation, found), *own]
        self._text = text
        self._ends = _spans(said.ends, found)
        self._before = _without(_spans(said.before, found), seeming)
        self._after = _without(_spans(said.after, found), seeming)

    def covers(self, span: Span) -> bool:
        """Whether `span` is said not to be so."""
        before = any(self._reaches(one, span) for one in self._before if one.end <= span.start)
        return before or any(
            self._reaches(span, one) for one in self._after if one.start >= span.end
        )

    def _reaches(self, first: Span, second: Span) -> bool:
        sentences = self._text.sentences
        if second.start - first.end > REACH or sentences[first.start] != sentences[second.start]:
            return False
        between = Span(first.end, second.start)
        return not any(end.meets(between) for end in self._ends)


def _spans(phrases: Iterable[str], found: Found) -> list[Span]:
    return [span for phrase in phrases for span in found.get(phrase, ())]


def _without(spans: list[Span], seeming: list[Span]) -> list[Span]:
    return [span for span in spans if not any(span.meets(one) for one in seeming)]
