"""What those who manage a community have chosen."""

from __future__ import annotations

from core.content.model import Record


class CommunitySettings(Record):
    """`alone`: a moderator may publish what they wrote; `curators`: roles that moderate the FAQ.

    `days`: how long unanswered questions are kept; `alike`: how many must mean the same to be shown.
    """

    alone: bool = False
    curators: frozenset[str] = frozenset()
    days: int = 30
    alike: int = 2
