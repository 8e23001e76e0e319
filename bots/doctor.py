"""What is misconfigured on either platform, as far as an API can tell, and how to mend it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bots.finding import Finding
from bots.runtime import build_desk
from bots.settings import Settings
from core.content.wording import Wording
from core.matching.multilingual import installed


def examine(settings: Settings) -> int:
    """Print every finding; returns 1 if something needs mending."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> int:
    ill = 0
    for platform, findings in _checkups(settings).items():
        print(platform)
        async for finding in findings:
            print(finding, flush=True)
            ill += finding.remedy is not None
    return 1 if ill else 0


def _checkups(settings: Settings) -> dict[str, AsyncIterator[Finding]]:
    desk = build_desk(settings)
    checkups = {
        "Discord": _none("DISCORD"),
        "Telegram": _none("TELEGRAM"),
        "Languages": _languages(desk.wording),
    }
    if settings.discord_token:
        from bots.discord import checkup as discord  # noqa: PLC0415

        checkups["Discord"] = discord.examine(settings, desk)
    if settings.telegram_token:
        from bots.telegram import checkup as telegram  # noqa: PLC0415

        checkups["Telegram"] = telegram.examine(settings, desk.wording)
    return checkups


async def _languages(wording: Wording) -> AsyncIterator[Finding]:
    """English alone is in order: the extra is a choice, and a language waits for its safety rules."""
    answered = [code for code, spoken in wording.languages.items() if spoken.safety_rules]
    extra = "the extra `languages` is " + ("installed" if installed() else "not installed")
    said = f"answered beside English: {', '.join(answered)}" if installed() and answered else ""
    yield Finding(f"{extra}; {said or 'only English is answered'}")


async def _none(platform: str) -> AsyncIterator[Finding]:
    """A platform without a token is not used, which is in order."""
    yield Finding(f"no FOSSAE_{platform}_TOKEN is set, so this bot does not run")
