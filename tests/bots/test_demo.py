"""A newcomer looks around in a made-up week."""

import asyncio
from datetime import timedelta
from io import StringIO
from pathlib import Path

from bots.demo import live, read
from bots.desk import Desk
from bots.terminal.app import chat
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.library import Library
from core.dialogue.engine import Engine
from tests.conftest import NOW
from tests.shared import ROOT

LINES = ["/faq", "1", "/faq inbox", "/faq insights", "/faq taught", "/faq due", "opening hours"]


async def _lived(shipped: Shipped, url: str) -> None:
    await live(shipped, url, read(ROOT / "content" / "demo.yaml"), NOW)


def test_inbox_insights_and_history_have_something_at_once(
    engine: Engine, shipped: Shipped, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/demo.db"
    asyncio.run(_lived(shipped, url))
    out = StringIO()
    now = NOW + timedelta(minutes=1)
    chat(
        Desk(engine, Communities(Database(url), shipped, lambda: now)),
        StringIO("\n".join(LINES)),
        out,
    )
    said = " ".join(out.getvalue().split())
    assert "5 in all." in said
    assert "where can i park my car (3)" in said
    assert "Answers helped" in said and "Asked most: " in said
    assert "Note on “What exercises give you back dimples?”" in said
    assert "On weekdays from 6 to 22" in said


def test_the_week_speaks_of_entries_that_there_are(library: Library) -> None:
    week = read(ROOT / "content" / "demo.yaml")
    assert {week.note.entry, week.taught.entry} <= set(library.entries)
