"""Questions in another language: who may answer them, and what a reply to them says first."""

from __future__ import annotations

from dataclasses import replace

from core.content.library import Library
from core.dialogue.reply import Reply, Turn
from core.matching.language import language
from core.matching.match import Match, Matcher


class Abroad:
    """What the engine does about a text that is not in English."""

    def __init__(self, library: Library, matcher: Matcher | None) -> None:
        self._languages = library.wording.languages
        self._matcher = matcher

    def language(self, text: str) -> str | None:
        """The language of a text that is in another one than English, as far as can be told."""
        told = language(text)
        return None if told == "en" else told

    def match(self, text: str, code: str) -> Match | None:
        """The decision about a text; None where nobody here may answer in its language."""
        spoken = self._languages.get(code)
        if self._matcher is None or spoken is None or not spoken.safety_rules:
            return None
        return self._matcher.match(text)

    def told(self, turn: Turn, code: str) -> Turn:
        """The turn, which first says in the person's language that it is in English.

        The emergency line stands there too: the rules miss more in a language that nobody here speaks.
        """
        spoken = self._languages[code]
        first = [spoken.in_english, spoken.emergency]
        return replace(turn, reply=_after(first, turn.reply), aloud=_after(first, turn.aloud))


def _after(first: list[str], reply: Reply) -> Reply:
    return replace(reply, paragraphs=(*first, *reply.paragraphs))
