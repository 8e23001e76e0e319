"""What becomes of an entry: the steps of its life, from a draft to what members get, and back."""

from __future__ import annotations

from dataclasses import replace

from core.community.own.shelf import own_id, slug_for
from core.community.own.text import Text
from core.community.protocol.outcome import Outcome, Told
from core.community.store import records
from core.community.store.records import Acting
from core.community.store.schema import EntryRow
from core.community.views import Views
from core.content.moderation import Action, Moderation, State

MOST_ENTRIES, MOST_PROPOSALS, MOST_OF_ONE = 500, 50, 3


class Lives:
    """The lives of one community's entries; each step is taken `over` the change that was seen."""

    def __init__(self, said: Moderation, views: Views, acting: Acting) -> None:
        self._said, self._views, self._acting = said, views, acting
        self._boards, self._tag = views.boards, acting.community.tag

    async def add(self, text: Text, name: str = "") -> Outcome:
        """A new draft, by that name if it is free."""
        if await records.counted(self._acting, EntryRow.state != State.REMOVED) >= MOST_ENTRIES:
            return Outcome(self._boards.full(MOST_ENTRIES))
        taken = await records.slugs(self._acting)
        slug = name if name and name not in taken else slug_for(text.question, taken)
        entry = await records.begun(self._acting, slug, text, Action.ADDED)
        return Outcome(await self._views.entry(entry, self._said.leads[Action.ADDED]), done=True)

    async def propose(self, text: Text) -> Outcome:
        """A member's suggestion, for moderators to review."""
        actor = self._acting.facts.actor
        mine = await records.counted(self._acting, EntryRow.proposer == actor)
        if mine >= MOST_OF_ONE:
            return Outcome(self._boards.too_many_proposals(MOST_OF_ONE))
        if await records.counted(self._acting, EntryRow.proposer.is_not(None)) >= MOST_PROPOSALS:
            return Outcome(self._boards.too_many_proposals(MOST_PROPOSALS))
        slug = slug_for(text.question, await records.slugs(self._acting))
        await records.begun(self._acting, slug, text, Action.PROPOSED, proposer=actor)
        return Outcome(self._boards.thanks(), done=True)

    async def edit(self, entry: EntryRow, over: int, text: Text) -> Outcome:
        """Other words. A removed entry stays removed: its editor was too late, and the text is kept."""
        state = State.REVIEW if entry.proposer else State.DRAFT
        open_still = entry.state != State.REMOVED
        if open_still and await records.stepped(
            self._acting, entry, over, Action.EDITED, text, state=state
        ):
            return Outcome(
                await self._views.entry(entry, self._said.leads[Action.EDITED]), done=True
            )
        mine = await records.set_aside(self._acting, entry, text)
        return Outcome(self._boards.conflict(entry, mine), done=True)

    async def restore(self, entry: EntryRow, over: int, back: int) -> Outcome:
        """An earlier text is back; what was published once needs no second review."""
        text = await self._views.text(entry, back)
        if text is None:
            return Outcome(self._boards.gone())
        if not await records.stepped(
            self._acting, entry, over, Action.RESTORED, text, state=State.DRAFT
        ):
            return Outcome(self._boards.gone())
        done = Outcome(await self._views.entry(entry, self._said.leads[Action.RESTORED]), done=True)
        if await self._views.was_published(entry, text) and not await self._views.problems(
            entry, text
        ):
            return await self.publish(entry, entry.head, reviewed=True)
        return done

    async def publish(self, entry: EntryRow, over: int, *, reviewed: bool = False) -> Outcome:
        """From now on members get it; what was `reviewed` once may be published by any moderator."""
        text = await self._views.text(entry, over)
        if text is None or entry.state not in (State.DRAFT, State.REVIEW):
            return Outcome(self._boards.gone())
        if await self._views.problems(entry, text) or not (
            reviewed or await self._views.may_publish(entry)
        ):
            return Outcome(await self._views.entry(entry))
        values = {
            "state": State.PUBLISHED,
            "live": EntryRow.count + 1,
            "due": records.a_year_after(self._acting.now.date()),
        }
        if not await records.stepped(self._acting, entry, over, Action.PUBLISHED, text, **values):
            return Outcome(self._boards.gone())
        await records.noticed(self._acting)
        told = await self._decided(entry, self._said.accepted, text)
        shown = await self._views.entry(entry, self._said.leads[Action.PUBLISHED])
        return Outcome(shown, told=told, done=True, published=own_id(self._tag, entry.slug))

    async def confirm(self, entry: EntryRow, over: int) -> Outcome:
        """It was looked at and is still right, for another year."""
        text = await self._views.text(entry, over)
        if text is None or entry.state != State.PUBLISHED:
            return Outcome(self._boards.gone())
        due = records.a_year_after(self._acting.now.date())
        values = {"live": EntryRow.count + 1, "due": due}
        if not await records.stepped(self._acting, entry, over, Action.CONFIRMED, text, **values):
            return Outcome(self._boards.gone())
        await records.noticed(self._acting)
        shown = await self._views.entry(entry, self._said.leads[Action.CONFIRMED])
        return Outcome(shown, done=True)

    async def remove(self, entry: EntryRow, over: int) -> Outcome:
        """Members don't get it any more; its texts stay in the history."""
        text = await self._views.text(entry, over)
        if text is None or entry.state == State.REMOVED:
            return Outcome(self._boards.gone())
        values = {"state": State.REMOVED, "live": None, "due": None}
        if not await records.stepped(self._acting, entry, over, Action.REMOVED, text, **values):
            return Outcome(self._boards.gone())
        await records.noticed(self._acting)
        told = await self._decided(entry, self._said.declined, text)
        shown = await self._views.entry(entry, self._said.leads[Action.REMOVED])
        return Outcome(shown, told=told, done=True)

    async def submit(self, entry: EntryRow, over: int) -> Outcome:
        """A draft waits for another moderator."""
        return await self._move(entry, over, Action.SUBMITTED, State.REVIEW, {State.DRAFT})

    async def send_back(self, entry: EntryRow, over: int) -> Outcome:
        """What waited for review is a draft again."""
        return await self._move(entry, over, Action.SENT_BACK, State.DRAFT, {State.REVIEW})

    async def _move(
        self, entry: EntryRow, over: int, action: Action, to: State, out_of: set[State]
    ) -> Outcome:
        text = await self._views.text(entry, over)
        if text is None or entry.state not in out_of:
            return Outcome(self._boards.gone())
        if not await records.stepped(self._acting, entry, over, action, text, state=to):
            return Outcome(self._boards.gone())
        return Outcome(await self._views.entry(entry, self._said.leads[action]), done=True)

    async def _decided(self, entry: EntryRow, sentence: str, text: Text) -> tuple[Told, ...]:
        """Word for the proposer, who is forgotten with it."""
        proposer = entry.proposer
        if proposer is None:
            return ()
        await records.forget_proposer(self._acting, entry)
        said = sentence.format(question=text.question)
        return (Told(proposer, replace(self._boards.thanks(), paragraphs=(said,))),)
