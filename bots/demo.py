"""`fossae demo`: a made-up week in a made-up group, so that inbox, insights and history have something."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bots.desk import Desk
from bots.runtime import build_shipped
from bots.settings import Settings
from bots.terminal.app import OPERATOR, PLACE, chat
from core.community.communities import Communities
from core.community.own.text import BLANK, Text
from core.community.protocol import presses
from core.community.protocol.command import AddEntry, OpenEdit, Propose, Publish, SetAlone, ShowOwn
from core.community.protocol.curation import DraftAnswer, SetNote, Sort, Teach
from core.community.protocol.permissions import Facts
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.document import parse
from core.content.model import Record
from core.content.problem import ContentError
from core.content.shape import shaped
from core.dialogue.request import Ask, Helpful, Instead, Manage

SEED, DAYS, MEMBERS = 7, 7, 12
LEAST, MOST = 6, 16
HELPFUL, NOT_MEANT, PICKED = 0.5, 0.1, 0.95


class Told(Record):
    """Something said about an entry."""

    entry: str
    text: str


class Edit(Record):
    """New words for the entry of that number."""

    entry: int
    short: str


class Week(Record):
    """What happens in the week."""

    moderators: tuple[str, str]
    entries: tuple[Text, ...]
    changed: Edit
    waits: Text
    proposed: Text
    note: Told
    taught: Told
    asks: tuple[str, ...]
    in_vain: tuple[str, ...]


def demo(settings: Settings) -> None:
    """Live through the week, then talk in this terminal; nothing of it stays."""
    shipped = build_shipped(settings)
    week = read(settings.content / "demo.yaml")
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/demo.db"
        print("Living through a made-up week; this takes a few seconds.", flush=True)
        asyncio.run(live(shipped, url, week, datetime.now(UTC)))
        print("Try /faq, /faq inbox, /faq insights, /faq taught, or ask: opening hours")
        chat(Desk(shipped.engine(), Communities(Database(url), shipped)))


def read(file: Path) -> Week:
    """The week of a file; raises ContentError."""
    document = parse(str(file), file.read_text(encoding="utf-8"))
    week = shaped(document, document.data, Week, ())
    if week is None or document.problems:
        raise ContentError(document.problems)
    return week


async def live(shipped: Shipped, url: str, week: Week, now: datetime) -> None:
    """All that happens in the seven days before `now`, the same each time."""
    clock = _Clock(now - timedelta(days=DAYS))
    communities = Communities(Database(url), shipped, clock)
    desk = Desk(shipped.engine(), communities)
    await desk.open()
    try:
        await _Life(desk, week, clock).live()
    finally:
        await desk.close()


@dataclass
class _Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class _Life:
    """The people of the week and what they do."""

    desk: Desk
    week: Week
    clock: _Clock
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - a demo

    async def live(self) -> None:
        await self._first_day()
        begun = self.clock.now
        for day in range(DAYS):
            self.clock.now = begun + timedelta(days=day)
            if day == DAYS // 2:
                await self._change()
            if day == DAYS - 1:
                await self._last_day()
            await self._members(self._questions(day))

    @property
    def _moderators(self) -> tuple[Facts, Facts]:
        ann, ben = (Facts(f"demo:{name}", name, manages=True) for name in self.week.moderators)
        return ann, ben

    async def _first_day(self) -> None:
        """One writes, the other publishes."""
        ann, ben = self._moderators
        for text in self.week.entries:
            await self.desk.manage(AddEntry(text), PLACE, ann)
            await self.desk.manage(Publish(await self._name(text), 1), PLACE, ben)
        await self.desk.manage(AddEntry(self.week.waits), PLACE, ann)

    async def _change(self) -> None:
        ann, ben = self._moderators
        name = await self._name(self.week.entries[self.week.changed.entry])
        form = (await self.desk.manage(OpenEdit(name), PLACE, ben)).form
        assert form
        values = {one.name: one.value for one in form.fields} | {"short": self.week.changed.short}
        await self.desk.fill(form.sent, values, PLACE, ben)
        shown = await self.desk.manage(ShowOwn(name), PLACE, ann)
        for choice in shown.reply.choices if shown.reply else ():
            if choice.label == self.desk.wording.moderation.buttons.publish:
                assert isinstance(choice.request, Manage)
                await self.desk.press_managed(choice.request, PLACE, ann)

    async def _last_day(self) -> None:
        ann, ben = self._moderators
        await self.desk.manage(Propose(self.week.proposed), PLACE, Facts("demo:member", "Mia"))
        note = Text(short=self.week.note.text)
        await self.desk.manage(SetNote(self.week.note.entry, note), PLACE, ben)
        sorted_in = await self.desk.manage(Sort(self.week.taught.text), PLACE, ann)
        for choice in sorted_in.reply.choices if sorted_in.reply else ():
            written = choice.request.written if isinstance(choice.request, Manage) else ""
            match presses.read(written, BLANK):
                case presses.Pressed(_, DraftAnswer(question)):
                    teach = Teach(self.week.taught.entry, question, 1)
                    await self.desk.manage(teach, PLACE, ann)
        await self.desk.manage(SetAlone(1), PLACE, OPERATOR)

    def _questions(self, day: int) -> Iterable[str]:
        """A day's questions; each of those in vain comes once in the week."""
        vain = self.week.in_vain[day::DAYS]
        number = self.chance.randint(LEAST, MOST)
        return [*self.chance.choices(self.week.asks, k=number), *vain]

    async def _members(self, questions: Iterable[str]) -> None:
        for text in questions:
            self.clock.now += timedelta(minutes=30)
            actor = f"demo:{self.chance.randrange(MEMBERS)}"
            turn = await self.desk.reply(Ask(text), PLACE, actor)
            luck = self.chance.random()
            if turn.decision.kind == "clarify" and luck < PICKED:
                await self.desk.reply(turn.reply.choices[0].request, PLACE, actor)
            for choice in turn.reply.choices if turn.decision.kind == "answer" else ():
                helped = isinstance(choice.request, Helpful) and luck < HELPFUL
                if helped or (isinstance(choice.request, Instead) and luck > 1 - NOT_MEANT):
                    await self.desk.reply(choice.request, PLACE, actor)

    async def _name(self, text: Text) -> str:
        ann, _ = self._moderators
        ((_, name),) = await self.desk.like(text.question, 1, PLACE, ann)
        return name
