"""The commands that Discord lists, beside those that this version has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord import app_commands

Tree = app_commands.CommandTree[Any]


async def out_of_step(wanted: Tree, listed: Tree) -> list[str]:
    """The names of commands that differ; `listed` is any tree of a client that is logged in."""
    ours = {_told(command.to_dict(wanted)) for command in wanted.get_commands()}
    different = ours ^ {_told(command.to_dict()) for command in await listed.fetch_commands()}
    return sorted({name for name, *_ in different})


def _told(command: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person is told of a command: its name, what it does, and the same of all inside it."""
    said = (command["name"], command.get("description") or "")
    inside = (_told(option) for option in command.get("options") or ())
    return sum(inside, said)
