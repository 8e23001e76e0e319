"""Rules on ids: said once, and pointing to something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from core.content.draft import Draft, Filed
from core.content.model import Record
from core.content.problem import Problem
from core.content.rules.rule import Rule, each


def _duplicates(drafts: Sequence[Draft], _: date) -> Iterator[Problem]:
    entries = [entry for draft in drafts for entry in draft.entries]
    claims = [claim for draft in drafts for claim in draft.claims]
    sources = [source for draft in drafts for source in draft.sources]
    yield from _said_twice([draft.card for draft in drafts], lambda card: card.id, "id", "pack")
    yield from _topics_twice(drafts)
    yield from _said_twice(sources, lambda source: source.id, "id", "source")
    yield from _said_twice(claims, lambda claim: claim.id, "id", "claim")
    yield from _said_twice(entries, lambda entry: entry.id, "id", "entry")
    yield from _said_twice(entries, lambda entry: entry.label.casefold(), "label", "button label")
    yield from _said_twice(entries, lambda entry: entry.question.casefold(), "question", "question")


def _said_twice(
    filed: Iterable[Filed[Record]], key: Callable[..., str], field: str, noun: str
) -> Iterator[Problem]:
    first: dict[str, Filed[Record]] = {}
    for one in filed:
        said = key(one.record)
        if said in first:
            what = f"{noun} `{said}` is also at {first[said].address((field,))}"
            yield one.problem((field,), "duplicate", what, "choose another")
        first.setdefault(said, one)


def _topics_twice(drafts: Sequence[Draft]) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for draft in drafts:
        for at, topic in enumerate(draft.card.record.topics):
            if topic.id in owner:
                what = f"topic `{topic.id}` is also in pack `{owner[topic.id]}`"
                yield draft.card.problem(("topics", at), "duplicate", what, "choose another")
            owner.setdefault(topic.id, draft.card.record.id)


def _dangling(draft: Draft) -> Iterator[Problem]:
    card = draft.card.record
    # What is written but could not be read has its own problem, and is not missing as well.
    sources = draft.unread | {source.record.id for source in draft.sources}
    claims = draft.unread | {claim.record.id for claim in draft.claims}
    entries = draft.unread | {entry.record.id for entry in draft.entries}
    for claim in draft.claims:
        yield from _missing(claim, "sources", claim.record.sources, sources, "source")
    for filed in draft.entries:
        entry = filed.record
        yield from _missing(filed, "claims", entry.claims, claims, "claim")
        yield from _missing(filed, "see_also", entry.see_also, entries, "entry")
        yield from _unknown(filed, "topic", entry.topic, {topic.id for topic in card.topics})
        yield from _unknown(filed, "figure", entry.figure, {figure.id for figure in card.figures})
    for case in draft.cases:
        yield from _missing(case, "finds", case.record.finds, entries, "entry")
    yield from _unknown(draft.card, "under_18", card.under_18, entries)


def _missing(
    filed: Filed[Record], field: str, ids: Sequence[str], known: set[str], noun: str
) -> Iterator[Problem]:
    for at, id in enumerate(ids):
        if id not in known:
            what = f"there is no {noun} `{id}`"
            yield filed.problem((field, at), "dangling", what, f"write it, or correct `{field}`")


def _unknown(
    filed: Filed[Record], field: str, id: str | None, known: set[str]
) -> Iterator[Problem]:
    if id is not None and id not in known:
        what = f"there is no {field.replace('_', ' ')} `{id}`"
        remedy = f"use one of {', '.join(sorted(known)) or 'none'}"
        yield filed.problem((field,), "dangling", what, remedy)


def _unused(draft: Draft) -> Iterator[Problem]:
    if draft.unread:
        return  # a claim that could not be read may have cited it
    cited = {code for filed in draft.claims for code in filed.record.sources}
    for filed in draft.sources:
        if filed.record.id not in cited:
            what = f"no claim cites source `{filed.record.id}`"
            yield filed.problem(("id",), "unused", what, "cite it or delete it")


def _itself(draft: Draft) -> Iterator[Problem]:
    for filed in draft.entries:
        if filed.record.id in filed.record.see_also:
            what = f"`{filed.record.id}` points to itself"
            yield filed.problem(("see_also",), "itself", what, "point to a neighbour")


def _pictures(draft: Draft) -> Iterator[Problem]:
    for at, figure in enumerate(draft.card.record.figures):
        if not draft.figure_path(figure).exists():
            what = f"figures/{figure.file} is missing"
            yield draft.card.problem(("figures", at), "no-picture", what, "draw it, or drop it")


DUPLICATE = Rule(
    "duplicate",
    "Buttons and lists name an entry by its id, label or question alone, over all packs.",
    'other: {label: "What are they?"}',
    _duplicates,
    stops=True,
)
DANGLING = Rule(
    "dangling",
    "What content points to (a source, a claim, an entry, a topic, a figure) is written somewhere.",
    "entry: {see_also: [nowhere]}",
    each(_dangling),
    stops=True,
)
UNUSED = Rule(
    "unused",
    "A source that no claim cites is a leftover, or a claim has lost its ground.",
    "claim: {sources: [S02]}",
    each(_unused),
)
ITSELF = Rule(
    "itself",
    "A button that leads back to where one is wastes a press.",
    "entry: {see_also: [what-they-are]}",
    each(_itself),
)
NO_PICTURE = Rule(
    "no-picture",
    "A figure of pack.yaml lies as a file in figures/.",
    "pack: {figures: [{id: drawing, file: drawing.png, alt: A drawing.}]}",
    each(_pictures),
    stops=True,
)
