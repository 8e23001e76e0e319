"""Communities that nobody ever wrote: their texts, and a database full of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import insert

from bots.desk import Desk
from bots.runtime import build_shipped
from bots.settings import Settings
from core.community.communities import Communities
from core.community.own.text import Text
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.community.store.schema import ChangeRow, CommunityRow, EntryRow, PlaceRow
from core.content.moderation import Action, State
from core.dialogue.place import Place
from tools.bench import sets

COMMUNITIES, ENTRIES, ASKS = 1_000, 100, 3
# So many differ; the public sets have no more texts. What is warm at once is never alike.
DISTINCT = 32
WRITTEN, DUE = datetime(2026, 1, 1), date(2027, 1, 1)  # noqa: DTZ001 - as the database keeps it
LONGEST, LONGEST_ASK = 95, 200


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a part of the benchmark plays: the sets, the vectors kept, and the database."""

    data: Path
    cache: Path
    database: Path

    def shipped(self) -> Shipped:
        """What all communities share."""
        return build_shipped(Settings(cache=self.cache))

    def desk(self, shipped: Shipped, name: str | None = None) -> Desk:
        """A desk on the full database, or on another one beside it."""
        file = self.database.with_name(name) if name else self.database
        return Desk(shipped.engine(), Communities(Database(_url(file)), shipped))


def place(at: int) -> Place:
    """Where community `at` is."""
    return Place(f"discord:{at}")


def tag(at: int) -> str:
    """What community `at` goes by."""
    return f"{at:08d}"


def slug(at: int) -> str:
    """What entry `at` goes by in its community."""
    return f"entry-{at}"


def texts(data: Path) -> list[list[Text]]:
    """The entries of every community that differs from the others."""
    asks = [text for text, _ in sets.made_up(data, DISTINCT * ENTRIES, ASKS).asks]
    entries = [_entry(asks[at : at + ASKS]) for at in range(0, len(asks), ASKS)]
    # Dealt out in turn, so that each has something of every set and topic.
    return [entries[at::DISTINCT] for at in range(DISTINCT)]


async def fill(scene: Scene) -> None:
    """Write all communities, every entry of them published."""
    written = [[text.model_dump(mode="json") for text in own] for own in texts(scene.data)]
    database = Database(_url(scene.database))
    await database.upgrade()
    async with database.writing() as session:
        await session.execute(insert(CommunityRow), [_community(at) for at in _all()])
        await session.execute(insert(PlaceRow), [_place(at) for at in _all()])
        for at in _all():
            await session.execute(insert(EntryRow), list(_entries(at)))
            await session.execute(insert(ChangeRow), list(_changes(at, written[at % DISTINCT])))
    await database.close()


def _entry(asks: Sequence[str]) -> Text:
    question, *others = sorted(asks, key=len)
    kept = tuple(other[:LONGEST_ASK].strip() for other in others)
    return Text(question=question[:LONGEST].strip(), short="Nobody ever wrote this.", asks=kept)


def _all() -> range:
    return range(COMMUNITIES)


def _community(at: int) -> dict[str, object]:
    chosen = {"alone": True}
    return {"id": at + 1, "tag": tag(at), "version": 1, "settings": chosen, "created": WRITTEN}


def _place(at: int) -> dict[str, object]:
    return {"key": place(at).key, "community_id": at + 1}


def _entries(at: int) -> Iterator[dict[str, object]]:
    same = {"state": State.PUBLISHED, "head": 1, "count": 1, "live": 1, "due": DUE}
    for entry in range(ENTRIES):
        ids = {"id": at * ENTRIES + entry + 1, "community_id": at + 1}
        yield {**ids, **same, "slug": slug(entry)}


def _changes(at: int, written: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    same = {"number": 1, "action": Action.PUBLISHED, "at": WRITTEN}
    for entry, text in enumerate(written):
        yield {**same, "entry_id": at * ENTRIES + entry + 1, "text": text}


def _url(file: Path) -> str:
    return f"sqlite:///{file}"
