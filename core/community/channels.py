"""What moderators choose for channels in which the bot may speak unasked, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from core.community.own.settings import PAUSES, CommunitySettings
from core.community.protocol.command import ShowSettings
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import may
from core.community.protocol.speaking import SetMode, SetPause, ShowChannel, ShowChannels, Speaking
from core.community.screens.boards import Boards, following
from core.community.store import counts
from core.community.store.records import Acting
from core.content import speaking
from core.content.curating import What
from core.content.library import Library
from core.content.speaking import Mode
from core.dialogue.reply import Choice, Reply

MODES = tuple(Mode)
DAYS, MOST, MOST_CHANNELS = timedelta(days=28), 3, 200
_COUNTED = (What.SPOKEN, What.WOULD)


class Channels:
    """Somebody's hands on the channels of one community."""

    def __init__(self, library: Library, acting: Acting) -> None:
        self._library, self._acting = library, acting
        self._boards = ChannelBoards(library.wording, acting.community.tag)

    async def outcome(self, command: Speaking) -> Outcome:
        """What comes of a command; the table of permissions is asked first."""
        chosen = self._acting.settings
        if not may(self._acting.facts, chosen, command):
            return Outcome(self._boards.refused())
        match command:
            case ShowChannels():
                return self._all()
            case ShowChannel(channel):
                return Outcome(await self._one(channel))
            case SetMode(channel, mode):
                return await self._set(channel, MODES[min(mode, len(MODES) - 1)])
            case SetPause(hours):
                await self._keep({"pause": min(max(hours, PAUSES[0]), PAUSES[-1])})
                return self._all()
            case _:
                assert_never(command)

    def _all(self) -> Outcome:
        shown = self._boards.all(self._acting.settings, self._acting.facts.channel)
        return Outcome(shown, picks_channel=True)

    async def _one(self, channel: str) -> Reply:
        if not self._acting.facts.hears:
            return self._boards.deaf()
        mode = self._acting.settings.modes.get(channel, Mode.OFF)
        shown = self._boards.one(channel, mode, await self._counts(), self._questions())
        return self._boards.without_log(shown) if channel in self._acting.settings.untold else shown

    async def _set(self, channel: str, mode: Mode) -> Outcome:
        if mode != Mode.OFF and not self._acting.facts.hears:
            return Outcome(self._boards.deaf())
        if mode == Mode.SUGGEST and not self._acting.settings.log:
            return Outcome(self._boards.no_log())
        others = {key: one for key, one in self._acting.settings.modes.items() if key != channel}
        if mode != Mode.OFF and len(others) < MOST_CHANNELS:
            others[channel] = mode
        await self._keep({"modes": others})
        return Outcome(await self._one(channel), done=True)

    async def _keep(self, values: Mapping[str, object]) -> None:
        community = self._acting.community
        community.settings = {**community.settings, **values}
        await self._acting.session.flush()

    async def _counts(self) -> Counter[tuple[What, str]]:
        """What was said unasked lately, and what would have been, by entry."""
        today = self._acting.now.date()
        rows = await counts.between(
            self._acting.session, self._acting.community, today - DAYS, today
        )
        found: Counter[tuple[What, str]] = Counter()
        for row in rows:
            if row.what in _COUNTED:
                found[What(row.what), row.entry] += row.number
        return found

    def _questions(self) -> dict[str, str]:
        return {entry.id: entry.question for entry in self._library.entries.values()}


class ChannelBoards(Boards):
    """The screens for channels."""

    @property
    def _words(self) -> speaking.Speaking:
        return self._wording.speaking

    def deaf(self) -> Reply:
        """The bot isn't given what is said there."""
        return self._plain(self._words.deaf, *self._back())

    def no_log(self) -> Reply:
        """There is nowhere to tell the moderators anything."""
        return self._plain(self._words.no_log, *self._back())

    def without_log(self, shown: Reply) -> Reply:
        """A channel of which the moderators are to be told, and there is nowhere to."""
        now, *rest = shown.paragraphs
        return replace(shown, paragraphs=(now, self._words.no_log.text, *rest))

    def all(self, chosen: CommunitySettings, here: str) -> Reply:
        """How many channels there are, the pause, and the way to the channel somebody is in."""
        words, pause = self._words, following(PAUSES, chosen.pause)
        text = words.channels.text.format(number=len(chosen.modes), days=0, asked=0, told=0)
        waits = words.chosen.format(number=chosen.pause, days=0, asked=0, told=0)
        this = (self._choice(words.channel.title, ShowChannel(here)),) if here else ()
        sooner = self._choice(words.pause.format(number=pause), SetPause(pause))
        choices = (*this, sooner, *self._back())
        return Reply(words.channels.title, (text, waits), choices=choices, private=True)

    def one(
        self,
        channel: str,
        mode: Mode,
        counted: Counter[tuple[What, str]],
        questions: Mapping[str, str],
    ) -> Reply:
        """What is done in a channel, what else could be, and what came of it in the community."""
        words = self._words
        other = (
            self._choice(words.modes[one].label, SetMode(channel, MODES.index(one)))
            for one in MODES
            if one != mode
        )
        now = f"{words.modes[mode].label}: {words.modes[mode].means}"
        explained = [f"{words.modes[one].label}: {words.modes[one].means}" for one in MODES]
        listed = "\n".join(line for line in explained if line != now)
        shown = self._plain(words.channel, *other, *self._back())
        told = self._told(counted, questions)
        return replace(shown, paragraphs=(now, *shown.paragraphs, listed, *told))

    def _told(
        self, counted: Counter[tuple[What, str]], questions: Mapping[str, str]
    ) -> Iterable[str]:
        if not counted:
            return
        sums = {what: sum(n for (of, _), n in counted.items() if of == what) for what in _COUNTED}
        yield self._words.counted.format(
            days=DAYS.days, number=sums[What.WOULD], told=sums[What.SPOKEN], asked=0
        )
        entries: Counter[str] = Counter()
        for (_, entry), number in counted.items():
            entries[questions.get(entry, "")] += number
        del entries[""]
        if entries:
            most = "\n".join(f"{said} ({number})" for said, number in entries.most_common(MOST))
            yield self._words.most.format(said=most)

    def _back(self) -> tuple[Choice, ...]:
        return (self._choice(self._wording.menu.buttons.settings, ShowSettings()),)

    def _plain(self, screen: speaking.Screen, *choices: Choice) -> Reply:
        return Reply(screen.title, (screen.text,), choices=choices, private=True)
