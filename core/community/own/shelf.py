"""A community's published entries as a small pack, laid over the shipped ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from core.community.own.text import SHOWN, Text
from core.content.library import Library
from core.content.model import Evidence, PackCard, Review, Topic
from core.content.own import LONGEST_SLUG, OwnEntry
from core.content.pack import Pack

_WORD = re.compile(r"[a-z0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Written:
    """A text, the name it goes by in its community, and when it was and must be looked at."""

    slug: str
    text: Text
    on: date
    due: date


def own_entries(tag: str, written: Iterable[Written], library: Library) -> Iterator[OwnEntry]:
    """Texts as entries with a label of their own each; raises ValidationError."""
    taken = {entry.label.casefold() for entry in library.entries.values()}
    for one in written:
        label = _free(one.text.label, taken)
        taken.add(label.casefold())
        yield own_entry(tag, one, label)


def own_entry(tag: str, written: Written, label: str) -> OwnEntry:
    """A text held against the model of entries; raises ValidationError."""
    text = written.text
    review = Review(status="moderators", on=written.on, due=written.due)
    return OwnEntry(
        id=own_id(tag, written.slug),
        topic=topic_of(tag),
        question=text.question,
        label=label,
        asks=text.asks,
        short=text.short,
        more=text.more or None,
        evidence=Evidence.COMMUNITY,
        claims=(),
        review=review,
        links=text.links,
    )


def laid_over(library: Library, tag: str, entries: Iterable[OwnEntry]) -> Library:
    """The shipped library with a community's entries as one pack more."""
    own = Pack(card=_card(library, tag), sources=(), claims=(), entries=tuple(entries))
    return Library.of((*library.packs, own), library.wording, library.helplines)


def own_id(tag: str, slug: str) -> str:
    """What an entry is called among those of all packs and communities."""
    return f"_{tag}-{slug}"


def topic_of(tag: str) -> str:
    """The shelf of a community's own entries."""
    return f"own-{tag}"


def tag_of(id: str) -> str | None:
    """The community that an entry or a topic belongs to, if it is one's own."""
    found = re.match(r"(?:_|own-)([a-z0-9]{8})(?:-|$)", id)
    return found[1] if found else None


def slug_for(question: str, taken: Container[str]) -> str:
    """A short name for an entry, made of its question's words."""
    plain = unicodedata.normalize("NFKD", question.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "'’")
    room = LONGEST_SLUG - 4
    slug = "-".join(_WORD.findall(plain))
    if len(slug) > room:
        slug = slug[:room].rsplit("-", 1)[0]
    slug = slug.strip("-") or "answer"
    return next(name for name in _numbered(slug, "-{}") if name not in taken)


def _free(label: str, taken: Container[str]) -> str:
    room = label[: SHOWN - 5].rstrip() if label.casefold() in taken else label
    return next(name for name in _numbered(room, " ({})") if name.casefold() not in taken)


def _numbered(name: str, form: str) -> Iterator[str]:
    yield name
    yield from (name + form.format(number) for number in count(2))


def _card(library: Library, tag: str) -> PackCard:
    said, first = library.wording.moderation.shelf, library.packs[0].card
    return PackCard(
        id=topic_of(tag),
        title=said.title,
        language=first.language,
        covers=said.covers,
        not_covered=said.not_covered,
        about=said.about,
        under_18=first.under_18,
        topics=(Topic(id=topic_of(tag), label=said.title),),
    )
