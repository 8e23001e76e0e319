"""Answers requests from a library: pure, synchronous, and the same for every platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from core.content.library import Library
from core.content.model import Entry
from core.content.own import is_own
from core.dialogue import token
from core.dialogue.abroad import Abroad
from core.dialogue.alarms import Alarms
from core.dialogue.answers import answer
from core.dialogue.guided import GuidedChecks
from core.dialogue.minors import Minors
from core.dialogue.reply import Choice, Decision, Reply, Suggestion, Turn
from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Dismiss,
    Forget,
    Help,
    Helpful,
    Instead,
    ListSources,
    Manage,
    Quiet,
    Request,
    SayMinor,
    ShowEntry,
    ShowMessage,
    ShowPrivacy,
    Start,
    Step,
    Stop,
    mark,
)
from core.dialogue.screens import Screens
from core.matching.match import Candidate, Match, Matcher
from core.matching.suggest import Suggester
from core.safety.age import implies_minor
from core.safety.guard import Alarm, Guard

LONGEST_TEXT = 6_000
OFFERED = 3
SUMMARY = 120
_SHOWN = Decision("shown")


class Engine:
    """One library, one matcher, and the way from a request to a reply.

    `reviewed` are the entries as their reviewers know them, where moderators taught others wordings.
    """

    def __init__(
        self,
        library: Library,
        matcher: Matcher,
        guard: Guard | None = None,
        *,
        foreign: Matcher | None = None,
        reviewed: Iterable[Entry] | None = None,
    ) -> None:
        self.library = library
        self.screens = Screens(library)
        self._guard = guard or Guard(library)
        self._alarms = Alarms(library)
        self._minors = Minors(library)
        self._matcher = matcher
        self._checks = GuidedChecks(library, self.screens)
        self._abroad = Abroad(library, foreign)
        self._suggester = Suggester(library.entries.values())
        self._known = _known_wordings(library.entries.values())
        # Only what was reviewed with the rules in mind may pass them by: no moderator's wording.
        shipped = [entry for entry in library.entries.values() if not is_own(entry)]
        self._reviewed = _known_wordings(shipped if reviewed is None else reviewed)
        self._greetings = {_plain(greeting) for greeting in library.wording.greetings}

    def reply(self, request: Request) -> Turn:  # noqa: PLR0912 - a case a request
        """The turn for a request; an entry or topic that is gone gets the stale screen."""
        match request:
            case Ask(text):
                return self._ask(text[:LONGEST_TEXT])
            case ShowEntry():
                return self._show(request)
            case Instead(entry):
                return self._instead(entry)
            case Helpful(entry):
                return self._thanked(entry)
            case ShowPrivacy():
                return _open(self.screens.privacy())
            case Forget():
                return _open(self.screens.forgotten())
            case Dismiss():
                return _open(self.screens.not_yours())
            case Quiet(on):
                return _open(self.screens.quiet(on=on))
            case SayMinor(entry):
                return self._young(entry)
            case Browse(topic, page):
                return _open(self._browse(topic, page))
            case ListSources(page):
                return _open(self.screens.sources(page))
            case ShowMessage():
                return self._message(request)
            case About():
                return _open(self.screens.about())
            case Help(reach):
                return _open(self.screens.help(reach))
            case Manage():
                return _open(self.screens.stale())
            case Start() | Step() | Stop():
                return self._checks.reply(request)
            case _:
                assert_never(request)

    def press(self, written: str) -> Turn:
        """The turn for a token; one that leads nowhere gets the stale screen."""
        try:
            return self.reply(token.read(written))
        except token.TokenError:
            return _open(self.screens.stale())

    def suggest(self, text: str, most: int) -> tuple[Suggestion, ...]:
        """Reviewed questions for what is being typed, best first, `most` at the most."""
        text = text[:LONGEST_TEXT]
        alarm = self._alarm(text)
        if alarm and alarm.stop:
            return ()
        found = self._suggester.suggest(text)
        if implies_minor(text) or (alarm and alarm.spares_minors):
            found = [entry for entry in found if not self._minors.spared(entry)]
        offers = self._checks.offers(text)
        entries = tuple(Suggestion(e.question, _summary(e), ShowEntry(e.id)) for e in found)
        return (*entries[: max(0, most - len(offers))], *offers)[:most]

    def _alarm(self, text: str) -> Alarm | None:
        """What the rules notice; a reviewed question as it is written gives way only to an emergency.

        Its answer was written with the rules in mind, and says more than they do.
        """
        alarm = self._guard.look(text)
        urgent = alarm and alarm.stop and alarm.stop.message.mode == "emergency"
        return None if _plain(text) in self._reviewed and not urgent else alarm

    def _ask(self, text: str) -> Turn:
        alarm = self._alarm(text)
        if alarm is None:
            return self._answered(text, minor=implies_minor(text))
        minor = alarm.spares_minors or implies_minor(text)
        turn = self._warned(text, alarm, minor=minor)
        return self._minors.without(turn) if minor else turn

    def _warned(self, text: str, alarm: Alarm, *, minor: bool) -> Turn:
        if alarm.stop:
            return self._alarms.alone(alarm, alarm.stop)
        turn = self._answered(text, minor=minor)
        if turn.decision.kind == "none" and alarm.told:
            return self._alarms.unanswered(alarm)
        return self._alarms.beside(alarm, turn)

    def _message(self, show: ShowMessage) -> Turn:
        reply = self._alarms.shown(show)
        if reply is None:
            return _open(self.screens.stale())
        return Turn(reply, self._alarms.door(show))

    def _answered(self, text: str, *, minor: bool) -> Turn:
        if _plain(text) in self._greetings:
            return _open(self.screens.help())
        if check := self._checks.titled(text):
            return check
        if _plain(text) not in self._known and (code := self._abroad.language(text)):
            return self._ask_abroad(text, code, minor=minor)
        return self._found(self._match(text), minor=minor)

    def _ask_abroad(self, text: str, code: str, *, minor: bool) -> Turn:
        found = self._abroad.match(text, code)
        if found is None:
            return _open(self.screens.only_english(code), Decision("none"))
        return self._abroad.told(self._found(found, minor=minor), code)

    def _found(self, found: Match, *, minor: bool) -> Turn:
        if found.kind == "none":
            nothing = self.screens.nothing(minor=minor)
            return _open(nothing, Decision("none", candidates=found.candidates))
        turn = self._decided(found, self._suited(found, minor=minor))
        return self._minors.without(turn) if minor else turn

    def _match(self, text: str) -> Match:
        if known := self._known.get(_plain(text)):
            return Match("answer", (Candidate(known, 1.0, text),))
        return self._matcher.match(text)

    def _suited(self, found: Match, *, minor: bool) -> list[Entry]:
        """The entries found; for a minor, the pack's own one stands in for adults-only ones."""
        entries = [self.library.entries[one.entry] for one in found.candidates]
        if minor:
            entries = [self._minors.stand_in(e) if self._minors.spared(e) else e for e in entries]
        return list({entry.id: entry for entry in entries}.values())

    def _decided(self, found: Match, entries: list[Entry]) -> Turn:
        best = found.candidates[0]
        if found.kind == "clarify":
            decision = Decision("clarify", None, best.score, None, found.candidates)
            return _open(self.screens.clarify(entries[:OFFERED]), decision)
        decision = Decision("answer", entries[0].id, best.score, None, found.candidates)
        then = Instead(entries[1].id if len(entries) > 1 else None, mark(entries[0].id))
        return self._show(ShowEntry(entries[0].id), decision, then)

    def _show(
        self, show: ShowEntry, decision: Decision = _SHOWN, not_this: Instead | None = None
    ) -> Turn:
        entry = self.library.entries.get(show.entry)
        if entry is None:
            return _open(self.screens.stale())
        if entry.audience == "anyone":
            # Nobody is asked for their age here, so whoever says it has made the token up.
            show = replace(show, of_age=False)
        extra = (Choice(self.screens.not_this, not_this),) if not_this else ()
        if entry.audience == "adults" and not show.of_age:
            reply = self.screens.gate(show, extra)
        else:
            reply = answer(self.library, entry, show, extra)
        return Turn(reply, self.screens.door(show) if reply.private else reply, decision)

    def _instead(self, entry: str | None) -> Turn:
        if entry is None:
            return _open(self.screens.nothing_else())
        return self._show(ShowEntry(entry), not_this=Instead(None, mark(entry)))

    def _thanked(self, entry: str) -> Turn:
        turn = self._show(ShowEntry(entry))
        thanks = self.screens.thanks
        reply = replace(turn.reply, paragraphs=(*turn.reply.paragraphs, thanks))
        return replace(turn, reply=reply) if entry in self.library.entries else turn

    def _young(self, entry: str) -> Turn:
        if entry not in self.library.entries:
            return _open(self.screens.stale())
        stand_in = self._minors.stand_in(self.library.entries[entry])
        return self._minors.without(self._show(ShowEntry(stand_in.id)))

    def _browse(self, topic: str | None, page: int) -> Reply:
        if topic is None:
            return self.screens.topics()
        if topic not in self.library.topics:
            return self.screens.stale()
        return self.screens.topic(topic, page)


def _open(reply: Reply, decision: Decision = _SHOWN) -> Turn:
    return Turn(reply, reply, decision)


def _known_wordings(entries: Iterable[Entry]) -> dict[str, str]:
    """Every question and ask, as it is written, and its entry: a known wording needs no guess."""
    entries = tuple(entries)
    asks = {_plain(ask): entry.id for entry in entries for ask in entry.asks}
    return asks | {_plain(entry.question): entry.id for entry in entries}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" ?!.")


def _summary(entry: Entry) -> str:
    """What may be said of an entry in a list that others see."""
    if entry.audience == "adults" or entry.sensitivity == "private":
        return ""
    return entry.short if len(entry.short) <= SUMMARY else entry.short[: SUMMARY - 1] + "…"
