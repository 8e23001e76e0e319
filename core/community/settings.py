"""What those who manage a community have chosen."""

from __future__ import annotations

from core.content.model import Record


class CommunitySettings(Record):
    """`alone`: a moderator may publish what they wrote; `curators`: roles that moderate the FAQ."""

    alone: bool = False
    curators: frozenset[str] = frozenset()
