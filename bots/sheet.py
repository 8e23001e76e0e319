"""The review sheet: everything a pack says on one printable page, with room for a clinician."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from html import escape

from core.content.library import Library
from core.content.model import Claim, Entry, Figure, Source
from core.content.pack import Pack
from core.dialogue.answers import said_date

STYLE = """
  :root { --ink: #1d2a33; --soft: #5d6b77; --line: #c9d1d8; --mark: #1f6f8b; }
  * { box-sizing: border-box; }
  body { font: 15px/1.45 Georgia, 'Times New Roman', serif; color: var(--ink); max-width: 46rem;
    margin: 0 auto; padding: 1.2rem; }
  h1, h2, h3, th, .label, .id { font-family: Helvetica, Arial, sans-serif; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.4rem; border-bottom: 2px solid var(--mark); }
  h3 { font-size: 1rem; margin: 0 0 .3rem; }
  article { border: 1px solid var(--line); border-radius: 6px; padding: .8rem 1rem; margin: .9rem 0;
    break-inside: avoid; }
  .id, .label { color: var(--soft); font-size: .75rem; }
  .room { border-top: 1px dashed var(--line); margin-top: .7rem; padding-top: .3rem; min-height: 4.6rem; }
  .box { display: inline-block; width: .9rem; height: .9rem; border: 1.5px solid var(--ink);
    vertical-align: -2px; margin: 0 .25rem 0 .9rem; }
  ul { margin: .3rem 0; padding-left: 1.2rem; } li { margin: .15rem 0; overflow-wrap: anywhere; }
  .sign { display: grid; grid-template-columns: 1fr 1fr; gap: 1.6rem 2rem; margin: 1.4rem 0; }
  .sign div { border-top: 1px solid var(--ink); padding-top: .2rem; }
  img { max-width: 100%; border: 1px solid var(--line); }
  a { color: inherit; }
  @media print { body { max-width: none; padding: 0; font-size: 9pt; } h2 { break-before: page; } }
"""


def page(library: Library) -> str:
    """The whole sheet as one HTML document without scripts or outside files."""
    packs = "\n".join(block for pack in library.packs for block in _pack(library, pack))
    title = escape(", ".join(pack.card.title for pack in library.packs))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Review sheet: {title}</title><style>{STYLE}</style></head><body>\n"
        f"{packs}\n</body></html>\n"
    )


def _pack(library: Library, pack: Pack) -> Iterator[str]:
    card = pack.card
    yield f"<h1>Review sheet: {escape(card.title)}</h1>"
    yield f"<p>{escape(card.covers)} Not covered: {escape(card.not_covered)}</p>"
    yield f"<p>{escape(card.about)}</p>"
    yield _how()
    yield _signature()
    yield from (_figure(pack, figure) for figure in card.figures)
    for topic in card.topics:
        yield f"<h2>{escape(topic.label)}</h2>"
        yield from (_entry(library, entry) for entry in library.shelf(topic.id))
    yield "<h2>Claims that no answer tells</h2>"
    yield from (_left_out(claim) for claim in pack.claims if claim.left_out)
    yield "<h2>Sources</h2>"
    yield _list(_source(source) for source in pack.sources)


def _how() -> str:
    return (
        "<p>For each answer, please tick one box and write what should change. Evidence is how well the "
        "answer is founded: strong, some, experts' opinion, contested, none. The grade stands behind the "
        "verdict: A direct human data or a label, B related data, textbook or official body, C expert "
        "opinion or one small study, D often repeated with no study found.</p>"
    )


def _signature() -> str:
    lines = ("Name and profession", "Registration", "Date", "Signature")
    return f'<div class="sign">{"".join(f"<div>{line}</div>" for line in lines)}</div>'


def _figure(pack: Pack, figure: Figure) -> str:
    kind = "svg+xml" if figure.file.endswith("svg") else "png"
    data = base64.b64encode((pack.home / "figures" / figure.file).read_bytes()).decode()
    image = f'<img src="data:image/{kind};base64,{data}" alt="{escape(figure.alt)}">'
    return f"<article><h3>Drawing: {escape(figure.id)}</h3>{image}{_room()}</article>"


def _entry(library: Library, entry: Entry) -> str:
    claims = _list(_claim(library, library.claims[id]) for id in entry.claims)
    said = "".join(f"<p>{escape(part)}</p>" for part in (entry.more or "").split("\n") if part)
    return (
        f"<article><h3>{escape(entry.question)}</h3>"
        f'<div class="id">{entry.id} &middot; {_traits(entry)}</div>'
        f"<p><strong>{escape(entry.short)}</strong></p>{said}"
        f'<div class="label">Rests on</div>{claims}{_room()}</article>'
    )


def _traits(entry: Entry) -> str:
    review = entry.review
    traits = [
        f"evidence: {entry.evidence}",
        "adults only" if entry.audience == "adults" else "",
        "private" if entry.sensitivity == "private" else "",
        f"checked ({review.status}) {said_date(review.on)}, due {said_date(review.due)}",
    ]
    return " &middot; ".join(escape(trait) for trait in traits if trait)


def _claim(library: Library, claim: Claim) -> str:
    sources = (
        "; ".join(escape(library.sources[code].label) for code in claim.sources) or "no source"
    )
    revise = (
        f" <em>We would change our mind for: {escape(claim.revise_if)}</em>"
        if claim.revise_if
        else ""
    )
    return (
        f"<b>{claim.id}</b> {escape(claim.text)} "
        f"[{claim.verdict}, grade {claim.grade}; {sources}]{revise}"
    )


def _left_out(claim: Claim) -> str:
    return f"<p><b>{claim.id}</b> {escape(claim.text)} <em>{escape(claim.left_out or '')}</em></p>"


def _source(source: Source) -> str:
    url = escape(source.url)
    return (
        f"<b>{source.id}</b> {escape(source.title)} ({source.kind}; read: {source.read}) "
        f'<a href="{url}">{url}</a><br>{escape(source.says)}'
    )


def _room() -> str:
    boxes = "".join(f'<span class="box"></span>{word}' for word in ("right", "change", "take out"))
    return f'<div class="room label">Remarks {boxes}</div>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
