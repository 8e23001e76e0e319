"""The counts of the last weeks, added up for those who moderate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from core.community.protocol.insights import DAYS, MOST, Insights, Listed
from core.community.store.inbox import Group
from core.community.store.schema import CountRow
from core.content.curating import InsightWords, What


def gathered(
    rows: Iterable[CountRow],
    questions: Mapping[str, str],
    groups: Sequence[Group],
    today: date,
    words: InsightWords,
) -> Insights:
    """The counts of the last days; `questions` by entry, `groups` of what was asked in vain."""
    trend: dict[date, Counter[What]] = {}
    for back in range(DAYS - 1, -1, -1):
        trend[today - timedelta(days=back)] = Counter()
    entries: Counter[str] = Counter()
    for row in rows:
        trend[row.day][What(row.what)] += row.number
        if row.what == What.ANSWERED and row.entry:
            entries[questions.get(row.entry, row.entry)] += row.number
    return Insights(
        tuple(trend.values()),
        tuple(Listed(said, number) for said, number in entries.most_common(MOST)),
        tuple(Listed(group.wordings[0], group.number) for group in groups[:MOST]),
        words,
    )
