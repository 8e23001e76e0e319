"""What commands choose, as the settings keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from core.community.own.settings import ALIKE, DAYS
from core.community.protocol.command import (
    SetAlike,
    SetAlone,
    SetCurators,
    SetDays,
    SetLog,
    StopLog,
)

LONGEST_CHANNEL = 100

Setting = SetAlone | SetDays | SetAlike | SetLog | StopLog | SetCurators


def values(command: Setting) -> Mapping[str, object]:
    """The settings that a command changes; a number out of bounds is brought into them."""
    match command:
        case SetAlone(alone):
            return {"alone": bool(alone)}
        case SetDays(days):
            return {"days": min(max(days, DAYS[0]), DAYS[-1])}
        case SetAlike(alike):
            return {"alike": min(max(alike, ALIKE[0]), ALIKE[-1])}
        case SetLog(channel):
            return {"log": channel[:LONGEST_CHANNEL]}
        case StopLog():
            return {"log": ""}
        case SetCurators(roles):
            return {"curators": sorted(roles)}
        case _:
            assert_never(command)
