"""What the bot would have said to the last messages of a channel; of them nothing is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.community.interjections import subject
from core.community.overhearing import speaks_up
from core.community.own.settings import CommunitySettings
from core.community.pauses import Pauses
from core.community.protocol.outcome import Outcome
from core.community.protocol.overheard import Overheard
from core.community.protocol.permissions import Facts, may
from core.community.protocol.speaking import Replay
from core.community.screens.boards import Boards, clipped
from core.community.serving.answering import Answering
from core.community.serving.engines import Built
from core.community.store import records
from core.community.store.database import Database
from core.community.trying import NOBODY
from core.content.library import Library
from core.content.speaking import Mode
from core.content.wording import Wording
from core.dialogue.place import Place
from core.dialogue.reply import Decision, Reply
from core.dialogue.request import Ask

MOST_MESSAGES, MOST_SHOWN, MOST_SAID = 200, 12, 80


@dataclass(frozen=True, slots=True)
class Would:
    """A message to which something would have been said: an answer, or word for the moderators.

    `entry` is None where a safety rule would have spoken.
    """

    text: str
    entry: str | None
    decision: Decision


class Replaying:
    """Asks a community's engine about what was said; an engine may have to be built."""

    def __init__(self, database: Database, answering: Answering, base: Built) -> None:
        self._database, self._answering, self._base = database, answering, base

    async def replayed(self, command: Replay, place: Place, facts: Facts) -> Outcome:
        """What would have been said, for the moderator alone."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            chosen = CommunitySettings.model_validate(community.settings if community else {})
        wording = self._base.engine.library.wording
        if not may(facts, chosen, command):
            return Outcome(Boards(wording, NOBODY).refused())
        if not facts.hears:
            deaf = wording.speaking.deaf
            return Outcome(Reply(deaf.title, (deaf.text,), private=True))
        if not command.readable:
            shut = wording.speaking.replay.unreadable
            return Outcome(Reply(shut.title, (shut.text,), private=True))
        built = await self._answering.at(Ask(""), place) or self._base
        messages = command.messages[-MOST_MESSAGES:]
        # Two hundred questions take seconds, and nobody else may wait for them.
        asked = [one for one in messages if speaks_up(one)]
        found = await asyncio.to_thread(lambda: list(_found(asked, built, chosen.pause)))
        return Outcome(report(wording, built.engine.library, (len(messages), len(asked)), found))


def _found(asked: Iterable[Overheard], built: Built, pause: int) -> Iterator[Would]:
    library, pauses = built.engine.library, Pauses()
    for one in asked:
        turn = built.engine.reply(Ask(one.text))
        sure = subject(turn, library, Mode.ANSWER)
        about = sure or subject(turn, library, Mode.SUGGEST)
        if about and pauses.over(one.channel, about, one.at, pause):
            yield Would(one.text, about if about in library.entries else None, turn.decision)


def report(
    wording: Wording, library: Library, numbers: tuple[int, int], found: list[Would]
) -> Reply:
    """The numbers, and the first words of what would have been answered; never a safety matter's."""
    said, (number, asked) = wording.speaking.replay, numbers
    told = sum(one.decision.kind == "answer" for one in found if one.entry)
    alarms = sum(one.entry is None for one in found)
    screen = said.summary if told else said.nothing
    lines = [screen.text.format(number=number, asked=asked, told=told, days=0)]
    if alarms:
        lines.append(said.alarm.format(number=alarms, days=0, asked=0, told=0))
    shown = sorted((one for one in found if one.entry), key=lambda one: one.decision.kind)
    listed = "\n".join(_line(wording, library, one) for one in shown[:MOST_SHOWN])
    return Reply(screen.title, (*lines, *([listed] if listed else [])), private=True)


def _line(wording: Wording, library: Library, one: Would) -> str:
    said = wording.speaking.replay
    sentence = said.answer if one.decision.kind == "answer" else said.suggest
    entry = library.entries[one.entry or ""].question
    score = next((c.score for c in one.decision.candidates if c.entry == one.entry), None)
    sure = "" if score is None else f"{score:.0%}"
    text = clipped(" ".join(one.text.split()), MOST_SAID)
    return sentence.format(said=text, entry=entry, number=sure)
