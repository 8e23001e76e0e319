"""Which links of a community's answers lead nowhere any more; looked at only when somebody wants it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from core.community.own.settings import CommunitySettings
from core.community.own.text import Text
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts, may
from core.community.protocol.speaking import Checked, CheckLinks
from core.community.screens.checkup import Checkup
from core.community.store import records
from core.community.store.database import Database
from core.community.trying import NOBODY
from core.content.doctoring import Point
from core.content.wording import Wording
from core.dialogue.place import Place

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
            return Outcome(Checkup(self._wording, NOBODY).refused())
        texts = [Text.model_validate(change.text) for _, change in found]
        screens = Checkup(self._wording, community.tag if community else NOBODY)
        return Outcome(screens.links(await self._looked(texts)))

    async def _looked(self, texts: list[Text]) -> tuple[Checked, ...]:
        """Those that lead nowhere; or else one word for all of them, if there are any."""
        of = {link: text.question for text in texts for link in text.links}
        turns, links = asyncio.Semaphore(AT_ONCE), list(of)[:MOST]
        alive = await asyncio.gather(*(self._alive(link, turns) for link in links))
        dead = [link for link, found in zip(links, alive, strict=True) if not found]
        if links and not dead:
            return (Checked(Point.LINKS, fine=True, said=str(len(links))),)
        return tuple(Checked(Point.LINKS, fine=False, said=f"{one} ({of[one]})") for one in dead)

    async def _alive(self, link: str, turns: asyncio.Semaphore) -> bool:
        async with turns:
            return await self._reach(link)
