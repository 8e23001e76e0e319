"""Entries as replies: the short answer, more of it, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from core.content.assessment import Outcome
from core.content.library import Library
from core.content.model import Claim, Entry, Figure, Review, Source
from core.content.own import OwnEntry
from core.content.wording import Wording
from core.dialogue.reply import Choice, Citation, Reply
from core.dialogue.request import Browse, Part, ShowEntry

CITED_AT_ONCE = 3


def answer(library: Library, entry: Entry, show: ShowEntry, extra: Iterable[Choice] = ()) -> Reply:
    """An entry as the reply to `show`, with `extra` choices before the way back to the topics."""
    if show.part is Part.SOURCES:
        return _grounds(library, entry, show)
    if show.part is Part.FIGURE and entry.figure:
        return _pictured(library, entry, library.figures[entry.figure], show)
    wording = library.wording
    full = show.part is Part.MORE
    return Reply(
        title=entry.question,
        paragraphs=(
            entry.short,
            *paragraphs(entry.more if full else None),
            *_noted(library, entry),
        ),
        evidence=(wording.evidence[entry.evidence], reviewed(wording, entry.review)),
        citations=tuple(cited(library, entry, of_age=show.of_age)),
        choices=(*_onward(library, entry, show), *extra, Choice(wording.buttons.topics, Browse())),
        notice=wording.notice,
        private=is_private(entry),
    )


def paragraphs(text: str | None) -> list[str]:
    """A blank line in a folded YAML text is where a paragraph ends."""
    return [part for part in (text or "").split("\n") if part]


def _noted(library: Library, entry: Entry) -> Iterable[str]:
    """What the moderators of a community add, said to be theirs."""
    if said := library.notes.get(entry.id):
        yield library.wording.curating.note.format(said=said, entry="")


def is_private(entry: Entry) -> bool:
    """Whether only the person who asked may see this entry."""
    return entry.sensitivity == "private" or entry.audience == "adults"


def said_date(day: date) -> str:
    """A date as people say it: 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def reviewed(wording: Wording, review: Review) -> str:
    """Who checked a text, when, and when it is due again."""
    return wording.review[review.status].format(
        on=said_date(review.on), due=said_date(review.due), reviewer=review.reviewer
    )


def cited(library: Library, told: Entry | Outcome, *, of_age: bool) -> Iterable[Citation]:
    """The first source of each claim in turn, so that no claim crowds out another."""
    if isinstance(told, OwnEntry):
        yield from (linked(library.wording, url) for url in told.links)
        return
    firsts = (library.claims[id].sources[:1] for id in told.claims)
    codes = dict.fromkeys(code for codes in firsts for code in codes)
    for code in list(codes)[:CITED_AT_ONCE]:
        yield citation(library.sources[code], of_age=of_age)


def linked(wording: Wording, url: str) -> Citation:
    """A page that a community's moderators point to, named by its site."""
    return Citation(urlsplit(url).hostname or url, wording.moderation.link, url)


def citation(source: Source, *, of_age: bool = False) -> Citation:
    """A source as it is shown under a reply: one about procedures leads only adults there."""
    open_to_reader = of_age or source.audience == "anyone"
    return Citation(source.label, source.title, source.url if open_to_reader else None)


def _onward(library: Library, entry: Entry, show: ShowEntry) -> Iterable[Choice]:
    buttons = library.wording.buttons
    if entry.more and show.part is Part.SHORT:
        yield Choice(buttons.more, ShowEntry(entry.id, Part.MORE, show.of_age))
    if entry.figure:
        yield Choice(buttons.figure, ShowEntry(entry.id, Part.FIGURE, show.of_age))
    if entry.claims:
        yield Choice(buttons.sources, ShowEntry(entry.id, Part.SOURCES, show.of_age))
    for other in entry.see_also:
        if related := library.entries.get(other):
            yield Choice(related.label, ShowEntry(related.id, of_age=_keeps_age(related, show)))


def _keeps_age(related: Entry, show: ShowEntry) -> bool:
    """Someone who said to be 18 is not asked again on the way to a related answer."""
    return show.of_age and related.audience == "adults"


def _grounds(library: Library, entry: Entry, show: ShowEntry) -> Reply:
    wording = library.wording
    claims = [library.claims[id] for id in entry.claims]
    back = ShowEntry(entry.id, Part.SHORT, show.of_age)
    return Reply(
        title=entry.question,
        paragraphs=tuple(judged(wording, claim) for claim in claims),
        evidence=(wording.evidence[entry.evidence], reviewed(wording, entry.review)),
        citations=tuple(
            citation(source, of_age=show.of_age) for source in library.sources_of(entry)
        ),
        choices=(Choice(wording.buttons.back, back), Choice(wording.buttons.topics, Browse())),
        notice=wording.notice,
        private=is_private(entry),
    )


def _pictured(library: Library, entry: Entry, figure: Figure, show: ShowEntry) -> Reply:
    wording = library.wording
    back = ShowEntry(entry.id, Part.SHORT, show.of_age)
    return Reply(
        title=entry.question,
        paragraphs=(),
        choices=(Choice(wording.buttons.back, back), Choice(wording.buttons.topics, Browse())),
        notice=wording.notice,
        figure=figure,
        drawing=library.pack_of[entry.id].home / "figures" / figure.file,
        private=is_private(entry),
    )


def judged(wording: Wording, claim: Claim) -> str:
    return f"{claim.text} ({wording.verdicts[claim.verdict]}; {wording.grades[claim.grade]})"
