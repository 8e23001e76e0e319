"""The rules that content keeps beyond its shape, each a question asked of a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from core.content.draft import Draft, Filed
from core.content.model import STRENGTH, Claim, Entry, Record, evidence_for
from core.content.problem import Problem

FEWEST_ASKS = 5
LONGEST_TOPIC = 20

Rule = Callable[[Draft], Iterator[Problem]]


def faults(drafts: Sequence[Draft]) -> list[Problem]:
    """What keeps content from being served."""
    found = list(unique(drafts))
    for draft in drafts:
        for rule in RULES:
            found.extend(rule(draft))
    return found


def duties(draft: Draft, today: date) -> Iterator[Problem]:
    """What an author owes but members can live with: reviews that have come due."""
    for filed in draft.reviewed():
        review = filed.record.review
        if review.due < today:
            what = f"the review of `{filed.record.id}` was due on {review.due}"
            yield filed.problem(
                ("review",), "overdue", what, "read it again and set `on` and `due`"
            )


def unique(drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Ids are said once in all packs, because buttons carry them without their pack."""
    yield from _said_twice([s for d in drafts for s in d.sources], _id, "id", "source")
    yield from _said_twice([c for d in drafts for c in d.claims], _id, "id", "claim")
    entries = [entry for draft in drafts for entry in draft.entries]
    yield from _said_twice(entries, _id, "id", "entry")
    yield from _said_twice(entries, lambda e: e.label, "label", "button label")
    yield from _said_twice([draft.card for draft in drafts], _id, "id", "pack")
    yield from _topics_twice(drafts)
    yield from _asked_twice(entries)


def _id(record: Record) -> str:
    return str(getattr(record, "id"))  # noqa: B009 - every filed record has one


def _said_twice(
    filed: Iterable[Filed[Record]], key: Callable[..., str], field: str, noun: str
) -> Iterator[Problem]:
    first: dict[str, Filed[Record]] = {}
    for one in filed:
        said = key(one.record)
        if said in first:
            there = first[said].problem((field,), "", "", "")
            what = f"{noun} `{said}` is also at {there.file}:{there.line}"
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


def _asked_twice(entries: Iterable[Filed[Entry]]) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    for filed in entries:
        for at, ask in enumerate(filed.record.asks):
            said = ask.casefold().strip(" ?!.")
            if said in owner:
                what = f"`{ask}` is an ask of `{owner[said]}` already"
                yield filed.problem(("asks", at), "shared-ask", what, "give it to one entry only")
            owner.setdefault(said, filed.record.id)


def dangling(draft: Draft) -> Iterator[Problem]:
    """Every id that content points to is written somewhere."""
    card = draft.card.record
    # What is written but could not be read has its own problem, and is not missing as well.
    sources = draft.unread | {s.record.id for s in draft.sources}
    claims = draft.unread | {c.record.id for c in draft.claims}
    entries = draft.unread | {e.record.id for e in draft.entries}
    for claim in draft.claims:
        yield from _missing(claim, "sources", claim.record.sources, sources, "source")
    for filed in draft.entries:
        entry = filed.record
        yield from _missing(filed, "claims", entry.claims, claims, "claim")
        yield from _missing(filed, "see_also", entry.see_also, entries, "entry")
        yield from _unknown(filed, "topic", entry.topic, {t.id for t in card.topics})
        yield from _unknown(filed, "figure", entry.figure, {f.id for f in card.figures})
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
        yield filed.problem(
            (field,), "dangling", what, f"use one of {', '.join(sorted(known)) or 'none'}"
        )


def claims_told(draft: Draft) -> Iterator[Problem]:
    """Each claim is told by an entry or left out with a reason, and never both."""
    told = {id for filed in draft.entries for id in filed.record.claims}
    for filed in draft.claims:
        claim = filed.record
        if claim.id not in told and claim.left_out is None:
            what = f"no entry tells claim `{claim.id}`"
            yield filed.problem(
                ("id",), "untold", what, "cite it in an entry, or say why in `left_out`"
            )
        if claim.id in told and claim.left_out is not None:
            what = f"claim `{claim.id}` is left out and told"
            yield filed.problem(("left_out",), "untold", what, "remove `left_out` or the citation")


def claims_sourced(draft: Draft) -> Iterator[Problem]:
    """What we hold of a claim rests on a source; only a gap may have none."""
    for filed in draft.claims:
        claim = filed.record
        if not claim.sources and claim.verdict not in ("gap", "framing"):
            what = f"claim `{claim.id}` is {claim.verdict} and cites nothing"
            yield filed.problem(("id",), "unsourced", what, "add `sources`, or call it a gap")


def sources_used(draft: Draft) -> Iterator[Problem]:
    """A source nobody cites is a leftover; a claim that could not be read may have cited it."""
    if draft.unread:
        return
    cited = {code for filed in draft.claims for code in filed.record.sources}
    for filed in draft.sources:
        if filed.record.id not in cited:
            what = f"no claim cites source `{filed.record.id}`"
            yield filed.problem(("id",), "unused", what, "cite it or delete it")


def evidence_honest(draft: Draft) -> Iterator[Problem]:
    """An answer is never surer than the claim it rests on."""
    claims: dict[str, Claim] = {filed.record.id: filed.record for filed in draft.claims}
    for filed in draft.entries:
        entry = filed.record
        if not entry.claims:
            yield filed.problem(("claims",), "unfounded", f"`{entry.id}` cites no claim", "add one")
        elif first := claims.get(entry.claims[0]):
            most = evidence_for(first)
            if STRENGTH[entry.evidence] > STRENGTH[most]:
                what = f"`{entry.id}` says `{entry.evidence}`, its first claim allows `{most}`"
                yield filed.problem(("evidence",), "graded-up", what, "say what the claim allows")


def asks_enough(draft: Draft) -> Iterator[Problem]:
    """A question is asked in many ways; an ask that is also a `not_asks` contradicts itself."""
    for filed in draft.entries:
        entry = filed.record
        if len(entry.asks) < FEWEST_ASKS:
            what = f"`{entry.id}` has {len(entry.asks)} asks"
            yield filed.problem(("asks",), "few-asks", what, f"write at least {FEWEST_ASKS}")
        for ask in set(entry.asks) & set(entry.not_asks):
            what = f"`{ask}` is an ask and a not_ask of `{entry.id}`"
            yield filed.problem(("not_asks",), "contradiction", what, "keep it in one of them")


def topics_fit(draft: Draft) -> Iterator[Problem]:
    """A topic is a shelf one can look over: not empty, not endless."""
    sizes = Counter(filed.record.topic for filed in draft.entries)
    for at, topic in enumerate(draft.card.record.topics):
        if not 0 < sizes[topic.id] <= LONGEST_TOPIC:
            what = f"topic `{topic.id}` has {sizes[topic.id]} entries"
            remedy = f"give it 1 to {LONGEST_TOPIC}, or split or delete it"
            yield draft.card.problem(("topics", at), "topic-size", what, remedy)


def plain_text(draft: Draft) -> Iterator[Problem]:
    """Texts carry no markup and no links: each platform draws them in its own way."""
    for filed in draft.entries:
        for field in ("question", "label", "short", "more"):
            text = getattr(filed.record, field) or ""
            for mark in (
                "**",
                "__",
                "](",
                "http://",
                "https://",
                "</",
                "```",
                "@everyone",
                "@here",
            ):
                if mark in text:
                    what = f"`{field}` holds `{mark}`"
                    yield filed.problem((field,), "markup", what, "write plain sentences")


def reviews_sound(draft: Draft) -> Iterator[Problem]:
    """A review comes due after it was made, and a clinician has a name."""
    for filed in draft.reviewed():
        review = filed.record.review
        if review.due <= review.on:
            what = f"due on {review.due}, made on {review.on}"
            yield filed.problem(("review",), "review", what, "set `due` after `on`")
        if (review.status == "clinician") != (review.reviewer is not None):
            what = f"status `{review.status}` with reviewer `{review.reviewer}`"
            yield filed.problem(
                ("review",), "review", what, "name a reviewer for `clinician`, and only there"
            )


def young_people_safe(draft: Draft) -> Iterator[Problem]:
    """What someone under 18 gets instead of an adults-only answer is for anyone."""
    for filed in draft.entries:
        if filed.record.id == draft.card.record.under_18 and filed.record.audience != "anyone":
            what = f"`{filed.record.id}` is what someone under 18 gets"
            yield filed.problem(("audience",), "audience", what, "set it to `anyone`")


RULES: tuple[Rule, ...] = (
    dangling,
    claims_told,
    claims_sourced,
    sources_used,
    evidence_honest,
    asks_enough,
    topics_fit,
    plain_text,
    reviews_sound,
    young_people_safe,
)
