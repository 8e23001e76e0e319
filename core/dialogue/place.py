"""Where a request comes from: a server, a group, a private chat, a terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An opaque name for a community's place; equal keys are the same place."""

    key: str
