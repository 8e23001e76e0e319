"""Replies that are not entries: help, topics, sources, the gate, and what to say of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from math import ceil

from core.content.library import Library
from core.content.model import Entry
from core.content.wording import Reach, Screen
from core.dialogue.answers import citation
from core.dialogue.reply import Choice, Citation, Reply
from core.dialogue.request import (
    About,
    Browse,
    Forget,
    Instead,
    ListSources,
    Quiet,
    Request,
    SayMinor,
    ShowEntry,
    Start,
    Stop,
)

PAGE = 10


class Screens:
    """The screens of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts = library.wording.screens
        self._buttons = library.wording.buttons
        self._topics = Choice(self._buttons.topics, Browse())
        self.not_this = self._buttons.not_this
        self.thanks = library.wording.privacy.thanks
        checks = library.assessments.values()
        self._checks = tuple(Choice(check.label, Start(check.id)) for check in checks)

    def help(self, reach: Reach | None = None) -> Reply:
        """How to ask, and, where `reach` is known, what can be asked in this place."""
        here = (self._library.wording.reach[reach],) if reach else ()
        about = Choice(self._buttons.about, About())
        return self._screen(self._texts.help, *here, choices=(self._topics, *self._checks, about))

    def about(self) -> Reply:
        """What this bot is, in the words of its packs."""
        return self._screen(self._texts.about, choices=(self._topics,))

    def privacy(self) -> Reply:
        """What is kept, and the way to have it deleted."""
        said = self._library.wording.privacy
        delete = Choice(said.delete, Forget())
        quiet = Choice(self._library.wording.speaking.quiet, Quiet())
        return Reply(said.title, said.kept, choices=(delete, quiet, self._topics))

    def forgotten(self) -> Reply:
        """What led to a person was deleted."""
        said = self._library.wording.privacy
        return Reply(said.forgotten.title, (said.forgotten.text,))

    def not_yours(self) -> Reply:
        """Somebody else was spoken to."""
        screen = self._library.wording.speaking.dismissing
        return Reply(screen.title, (screen.text,))

    def quiet(self, *, on: bool) -> Reply:
        """Somebody is not spoken to unasked any more, or is again; and the way back."""
        said = self._library.wording.speaking
        screen, label = (said.quieted, said.speak_again) if on else (said.speaking, said.quiet)
        back = Choice(label, Quiet(not on))
        return Reply(screen.title, (screen.text,), choices=(back,))

    def topics(self) -> Reply:
        """Every topic as a choice."""
        topics = self._library.topics.values()
        choices = (Choice(topic.label, Browse(topic.id)) for topic in topics)
        return self._screen(self._texts.topics, choices=(*choices, *self._checks))

    def checks(self) -> Reply:
        """Every guided check as a choice; where there is none, the topics."""
        if not self._checks:
            return self.topics()
        return self._screen(self._texts.checks, choices=(*self._checks, self._topics))

    def stopped(self, request: Stop) -> Reply:
        """A check was left."""
        return self._restart(self._texts.stopped, request.assessment)

    def changed(self, assessment: str) -> Reply:
        """A check is not any more what it was when it was begun."""
        return self._restart(self._texts.changed, assessment)

    def _restart(self, screen: Screen, assessment: str) -> Reply:
        again = Choice(self._buttons.start_again, Start(assessment))
        return self._screen(screen, choices=(again, self._topics), private=True)

    def topic(self, topic: str, page: int) -> Reply:
        """One page of a topic's questions; the topic must exist."""
        shelf = self._library.shelf(topic)
        at = _within(page, len(shelf))
        questions = (Choice(e.label, ShowEntry(e.id)) for e in shelf[at * PAGE : (at + 1) * PAGE])
        turning = self._turning(lambda to: Browse(topic, to), at, len(shelf))
        screen = Screen(title=self._library.topics[topic].label, text=self._texts.topic.text)
        return self._screen(screen, choices=(*questions, *turning, self._topics))

    def sources(self, page: int) -> Reply:
        """One page of all works that the packs cite."""
        sources = sorted(self._library.sources.values(), key=lambda one: one.label.casefold())
        at = _within(page, len(sources))
        return self._screen(
            self._texts.sources,
            choices=(*self._turning(ListSources, at, len(sources)), self._topics),
            citations=[citation(one) for one in sources[at * PAGE : (at + 1) * PAGE]],
            page=at + 1,
            pages=_pages(len(sources)),
        )

    def clarify(self, entries: Sequence[Entry]) -> Reply:
        """A few entries to choose from, a way to say that none fits, and what to do if it can't wait."""
        choices = [Choice(entry.label, ShowEntry(entry.id)) for entry in entries]
        none = Choice(self._buttons.none_of_these, Instead())
        emergency = self._library.wording.emergency
        return self._screen(self._texts.clarify, emergency, choices=(*choices, none))

    def nothing(self, *, minor: bool = False) -> Reply:
        """There is no reviewed answer: what is covered, and what to do if it cannot wait.

        Someone under 18 is also led to what is written for them.
        """
        packs = self._library.packs if minor else ()
        ids = dict.fromkeys(pack.card.under_18 for pack in packs)
        entries = (self._library.entries[id] for id in ids)
        young = (Choice(entry.label, ShowEntry(entry.id)) for entry in entries)
        emergency = self._library.wording.emergency
        return self._screen(self._texts.nothing, emergency, choices=(*young, self._topics))

    def only_english(self, language: str) -> Reply:
        """A question in a language that is not answered, said in that language where we have words."""
        wording = self._library.wording
        spoken = wording.languages.get(language)
        native = (spoken.only_english, spoken.emergency) if spoken else ()
        reply = self._screen(self._texts.only_english, wording.emergency, choices=(self._topics,))
        return replace(reply, paragraphs=(*native, *reply.paragraphs))

    def nothing_else(self) -> Reply:
        """The offers are used up."""
        emergency = self._library.wording.emergency
        return self._screen(self._texts.nothing_else, emergency, choices=(self._topics,))

    def gate(self, show: ShowEntry, extra: Iterable[Choice] = ()) -> Reply:
        """Asks for the age before an adults-only entry."""
        adult = Choice(self._buttons.adult, ShowEntry(show.entry, show.part, of_age=True))
        minor = Choice(self._buttons.minor, SayMinor(show.entry))
        return self._screen(self._texts.adults, choices=(adult, minor, *extra), private=True)

    def door(self, show: ShowEntry) -> Reply:
        """What everyone around sees of a private reply: that it opens in private."""
        inside = ShowEntry(show.entry, show.part)
        return self._screen(
            self._texts.door, choices=(Choice(self._buttons.open_privately, inside),)
        )

    def stale(self) -> Reply:
        """A button that leads nowhere any more."""
        return self._screen(self._texts.stale, choices=(self._topics,))

    def failure(self) -> Reply:
        """Our own fault; an adapter's error boundary says it."""
        return self._screen(self._texts.failure)

    def shared(self) -> Reply:
        """The answer was shown to everyone."""
        return self._screen(self._texts.shared)

    def elsewhere(self) -> Reply:
        """What moderators do, asked for where no community is meant."""
        screen = self._library.wording.asking.screens.elsewhere
        return Reply(screen.title, (screen.text,), private=True)

    def logging(self) -> Reply:
        """A group is told of changes from now on."""
        screen = self._library.wording.menu.logging
        return Reply(screen.title, (screen.text,))

    def no_text(self) -> Reply:
        """Something that is not text was sent: it is neither read nor kept."""
        return self._screen(self._texts.no_text, choices=(self._topics,))

    def _turning(
        self, request: Callable[[int], Request], page: int, count: int
    ) -> Iterable[Choice]:
        if page > 0:
            yield Choice(self._buttons.previous_page, request(page - 1))
        if page + 1 < _pages(count):
            yield Choice(self._buttons.next_page, request(page + 1))

    def _screen(
        self,
        screen: Screen,
        *more: str,
        choices: Iterable[Choice] = (),
        citations: Iterable[Citation] = (),
        private: bool = False,
        page: int = 0,
        pages: int = 0,
    ) -> Reply:
        text = screen.text.format(
            about=" ".join(pack.card.about for pack in self._library.packs),
            covers=self._library.covers,
            not_covered=self._library.not_covered,
            page=page,
            pages=pages,
        )
        paragraphs = (text, *more)
        return Reply(
            screen.title, paragraphs, (), tuple(citations), tuple(choices), private=private
        )


def _pages(count: int) -> int:
    return max(1, ceil(count / PAGE))


def _within(page: int, count: int) -> int:
    return min(page, _pages(count) - 1)
