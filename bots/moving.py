"""`fossae db export` and `import`: a community's answers as a file, for the operator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bots.desk import Desk
from bots.refusal import Refused
from bots.runtime import build_desk
from bots.settings import Settings
from bots.terminal.render import render
from core.community.protocol.curation import Export, ImportFile
from core.community.protocol.outcome import Outcome
from core.community.protocol.permissions import Facts
from core.dialogue.place import Place
from core.dialogue.request import Manage

OPERATOR = Facts("operator", "the operator", manages=True)


def take_out(using: Settings, file: Path, place: str | None, *, dry: bool = False) -> str:
    """Write a place's answers to a file; raises Refused."""
    text = asyncio.run(_exported(using, place))
    if dry:
        return text
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{file} can't be written: {error.strerror}") from None
    return f"Wrote {file}."


def bring(using: Settings, file: Path, place: str | None, *, dry: bool = False) -> str:
    """Show what a file would change and, but for a dry run, take it whole; raises Refused."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file} can't be read: {error.strerror}") from None
    return asyncio.run(_imported(using, data, place, dry=dry))


async def _exported(using: Settings, place: str | None) -> str:
    async with _opened(using) as desk:
        outcome = await desk.manage(Export(), await _place(desk, place), OPERATOR)
    assert outcome.file
    return outcome.file.text


async def _imported(using: Settings, data: bytes, place: str | None, *, dry: bool) -> str:
    async with _opened(using) as desk:
        return await _brought(desk, data, await _place(desk, place), dry=dry)


@asynccontextmanager
async def _opened(using: Settings) -> AsyncIterator[Desk]:
    desk = build_desk(using)
    await desk.open()
    try:
        yield desk
    finally:
        await desk.close()


async def _brought(desk: Desk, data: bytes, place: Place, *, dry: bool) -> str:
    shown = await desk.manage(ImportFile(data), place, OPERATOR)
    said = _said(desk, shown)
    words = desk.wording.curating.transfer
    if shown.reply and shown.reply.title == words.problems.title:
        raise Refused(said)
    for choice in shown.reply.choices if shown.reply and not dry else ():
        if choice.label == words.take_all and isinstance(choice.request, Manage):
            taken = await desk.press_managed(choice.request, place, OPERATOR)
            said += "\n\n" + _said(desk, taken)
    return said


async def _place(desk: Desk, key: str | None) -> Place:
    known = [place.key for place in await desk.known("")]
    if key is None and len(known) == 1:
        return Place(known[0])
    if key in known:
        assert key is not None
        return Place(key)
    places = ", ".join(known) or "none yet: somebody has to write /faq there first"
    raise Refused(f"Say which with --place. Known are: {places}")


def _said(desk: Desk, outcome: Outcome) -> str:
    return render(replace(outcome.reply, choices=()), desk.wording) if outcome.reply else ""
