"""Finds out why a question got its reply, for `fossae ask --explain`."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from bots.account import Account, Route
from bots.runtime import build_foreign, build_guard, build_matcher
from bots.settings import Settings
from core.content.library import Library
from core.content.reader import load
from core.dialogue.engine import LONGEST_TEXT, Engine
from core.dialogue.reply import Decision, Turn
from core.dialogue.request import Ask, Step
from core.matching.explanation import Explanation
from core.matching.language import language
from core.matching.match import Match, Matcher
from core.safety.guard import Guard

NOT_ASKED = "matching was not asked"


class Explaining(Matcher, Protocol):
    """A matcher that can say why."""

    def explain(self, text: str) -> Explanation:
        """The decision about a text, with its reasons."""


class Overheard:
    """A matcher that keeps what it said last; None while it was not asked."""

    def __init__(self, matcher: Explaining) -> None:
        self._matcher = matcher
        self.said: Explanation | None = None

    def match(self, text: str) -> Match:
        """The matcher's decision."""
        self.said = self._matcher.explain(text)
        return self.said.match


class Explainer:
    """An engine, its matchers overheard, so that it needn't know that anybody wonders."""

    def __init__(
        self,
        library: Library,
        matcher: Explaining,
        guard: Guard,
        *,
        foreign: Explaining | None = None,
    ) -> None:
        self._guard, self._matcher = guard, Overheard(matcher)
        self._foreign = Overheard(foreign) if foreign else None
        self.engine = Engine(library, self._matcher, guard, foreign=self._foreign)

    def reply(self, text: str) -> tuple[Turn, Account]:
        """The turn for a question, and the account of it."""
        self._matcher.said = None
        if self._foreign:
            self._foreign.said = None
        turn = self.engine.reply(Ask(text))
        account = self._account(text[:LONGEST_TEXT], turn)
        return turn, replace(account, cut=len(text) > LONGEST_TEXT)

    def _account(self, text: str, turn: Turn) -> Account:
        decided, said = turn.decision, self._said()
        route = self._route(turn)
        account = Account(
            route,
            "none" if decided.kind == "shown" else decided.kind,
            decided.entry,
            decided.rule,
            self._why(route, text, turn),
            tuple(self._guard.notices(text)),
            heeded=decided.rule is not None,
            candidates=decided.candidates,
        )
        return _with_matching(account, said) if said else account

    def _said(self) -> Explanation | None:
        overheard = [one.said for one in (self._matcher, self._foreign) if one]
        return next((said for said in overheard if said), None)

    def _route(self, turn: Turn) -> Route:
        if turn.decision.kind == "safety":
            return "safety"
        if self._said():
            return "matching" if self._matcher.said else "foreign"
        if turn.decision.kind == "shown":
            steps = any(isinstance(choice.request, Step) for choice in turn.reply.choices)
            return "check" if steps else "greeting"
        return "wording" if turn.decision.kind == "answer" else "language"

    def _why(self, route: Route, text: str, turn: Turn) -> str:
        said, decided = self._said(), turn.decision
        if route == "safety" and said:
            return f"nothing was found ({said.why}), so {decided.rule} stands alone"
        if said:
            tongue = f"in `{language(text)}`, " if route == "foreign" else ""
            return f"{tongue}{said.why}{_stand_in(decided)}"
        return f"{self._unasked(route, text, turn)}: {NOT_ASKED}"

    def _unasked(self, route: Route, text: str, turn: Turn) -> str:
        if route == "safety":
            return f"{turn.decision.rule} is told in place of any answer"
        if route == "wording":
            return f"a reviewed wording, word for word{_stand_in(turn.decision)}"
        if route == "language":
            return f"it is in `{language(text)}`, in which nothing is answered here"
        return "a greeting gets the help" if route == "greeting" else "the title of a guided check"


def explainer(using: Settings) -> Explainer:
    """The explainer over the operator's content; raises ContentError or ModelError."""
    library = load(using.content)
    matcher, guard = build_matcher(using, library), build_guard(using, library)
    return Explainer(library, matcher, guard, foreign=build_foreign(using, library))


def _stand_in(decided: Decision) -> str:
    """Someone under 18 gets another entry than the one found."""
    found = decided.candidates[0].entry if decided.candidates else None
    if decided.kind != "answer" or decided.entry == found:
        return ""
    return f", and someone under 18 gets `{decided.entry}` for `{found}`"


def _with_matching(account: Account, said: Explanation) -> Account:
    match = said.match
    return replace(
        account,
        threshold=match.threshold,
        read=match.read,
        changes=said.changes,
        unmended=said.unmended,
        pieces=said.pieces,
        subject=said.subject,
        candidates=said.considered,
    )
