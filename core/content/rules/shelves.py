"""Rules on topics and audiences: shelves one can look over, and doors that hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from core.content.draft import Draft
from core.content.problem import Problem
from core.content.rules.rule import Rule, each

LONGEST = 20


def _topic_size(draft: Draft) -> Iterator[Problem]:
    sizes = Counter(filed.record.topic for filed in draft.entries)
    for at, topic in enumerate(draft.card.record.topics):
        if not 0 < sizes[topic.id] <= LONGEST:
            what = f"topic `{topic.id}` has {sizes[topic.id]} entries"
            remedy = f"give it 1 to {LONGEST}, or split or delete it"
            yield draft.card.problem(("topics", at), "topic-size", what, remedy)


def _minors(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        if filed.record.id == draft.card.record.under_18 and filed.record.audience != "anyone":
            what = f"`{filed.record.id}` is what someone under 18 gets"
            yield filed.problem(("audience",), "minors", what, "set it to `anyone`")


def _adult_links(draft: Draft) -> Iterator[Problem]:
    adult = {filed.record.id for filed in draft.entries if filed.record.audience == "adults"}
    for filed in draft.entries:
        if filed.record.id == draft.card.record.under_18:
            for at, id in enumerate(filed.record.see_also):
                if id in adult:
                    what = f"the entry for minors leads to `{id}`, which is for adults"
                    yield filed.problem(("see_also", at), "minors", what, "lead elsewhere")


TOPIC_SIZE = Rule(
    "topic-size",
    "A topic is a shelf one can look over: not empty, not endless.",
    "pack: {topics: [{id: basics, label: Basics}, {id: empty, label: Empty}]}",
    each(_topic_size),
)
MINORS = Rule(
    "minors",
    "What someone under 18 gets in place of an adults-only answer is for anyone, and stays so.",
    "other: {audience: adults}\nentry: {see_also: [another]}\npack: {under_18: what-they-are}",
    each(lambda draft: (p for check in (_minors, _adult_links) for p in check(draft))),
    stops=True,
)
