"""Which links of a community's answers lead nowhere any more; looked at only when somebody wants it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from core.community.examining import examined
from core.community.own.settings import CommunitySettings
from core.community.own.text import Text
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts, may
from core.community.protocol.speaking import Checked, CheckLinks
from core.community.screens.boards import Boards
from core.community.store import records
from core.community.store.database import Database
from core.community.trying import NOBODY
from core.content.doctoring import Point
from core.content.wording import Wording
from core.dialogue.place import Place
from core.dialogue.reply import Reply

Reach = Callable[[str], Awaitable[bool]]

MOST, AT_ONCE = 50, 5


async def nowhere(_: str) -> bool:
    """Where nobody may look, nothing is said to be dead."""
    return True


class Links:
    """Looks at the links of a community, outside any transaction: that may take a while."""

    def __init__(self, database: Database, wording: Wording, reach: Reach) -> None:
        self._database, self._wording, self._reach = database, wording, reach

    async def checked(self, command: CheckLinks, place: Place, facts: Facts) -> Outcome:
        """The links that lead nowhere, each with the answer it stands in."""
        async with self._database.reading() as session:
            community = await records.community_at(session, place)
            chosen = CommunitySettings.model_validate(community.settings if community else {})
            found = await records.published(session, community) if community else []
        if not may(facts, chosen, command):
            return Outcome(Boards(self._wording, NOBODY).refused())
        texts = [Text.model_validate(change.text) for _, change in found]
        return Outcome(await self._looked(texts))

    async def _looked(self, texts: list[Text]) -> Reply:
        of = {link: text.question for text in texts for link in text.links}
        if not of:
            words = self._wording.doctoring
            return Reply(words.title, (words.no_links.format(number=0, said=""),), private=True)
        turns = asyncio.Semaphore(AT_ONCE)
        links = list(of)[:MOST]
        alive = await asyncio.gather(*(self._alive(link, turns) for link in links))
        dead = [link for link, found in zip(links, alive, strict=True) if not found]
        checked = tuple(
            Checked(Point.LINKS, fine=False, said=f"{link} ({of[link]})") for link in dead
        )
        fine = () if dead else (Checked(Point.LINKS, fine=True, said=str(len(links))),)
        return examined(self._wording.doctoring, (*checked, *fine))

    async def _alive(self, link: str, turns: asyncio.Semaphore) -> bool:
        async with turns:
            return await self._reach(link)
