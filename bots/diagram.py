"""`fossae check --diagram`: the guided checks for a clinician to review, drawn and in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bots.checking import Examined
from bots.decision_table import svg
from bots.sheet import STYLE, bullets, claim_line, room, signature
from core.assessment.proof import Proof
from core.content.assessment import Assessment, Condition, Invariant, Outcome, Passage, Question
from core.content.library import Library

MORE_STYLE = "svg { width: 100%; height: auto; } .when { color: var(--mark); font-size: .8rem; }"
_WIDE = "body { max-width: 62rem; }"


def draw(examined: Examined, file: Path) -> str:
    """Write the drawing (.svg) or the page (anything else); a line that says what was done."""
    library = examined.library
    if library is None or not library.assessments:
        return "No guided check can be drawn: mend the problems first, or write assessments/*.yaml."
    if file.suffix == ".svg" and len(library.assessments) > 1:
        return (
            f"A drawing holds one guided check and there are {len(library.assessments)}: use .html."
        )
    if file.suffix == ".svg":
        ((id, check),) = library.assessments.items()
        file.write_text(svg(check, examined.proofs[id]), encoding="utf-8")
    else:
        file.write_text(_page(library, examined), encoding="utf-8")
    return f"Wrote {file}: open it in a browser, and print it from there."


def _page(library: Library, examined: Examined) -> str:
    blocks = (
        block
        for id, check in library.assessments.items()
        for block in _blocks(library, check, examined.proofs[id])
    )
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    )
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<title>Guided checks</title>'
        f"<style>{STYLE}{MORE_STYLE}{_WIDE}</style></head><body>\n{''.join(blocks)}\n</body></html>\n"
    )


def _blocks(library: Library, check: Assessment, proof: Proof) -> Iterator[str]:
    words = _words(check)
    yield f"<h1>Guided check: {escape(check.title)}</h1>{_parts(check.intro)}{signature()}"
    yield f"<h2>Decision table</h2>{svg(check, proof)}"
    yield "<h2>What must always hold</h2>" + bullets(_kept(check, proof, words))
    yield "<h2>Questions</h2>"
    yield from (_question(number, one) for number, one in enumerate(check.questions, 1))
    yield "<h2>Outcomes</h2>"
    yield from (_outcome(library, one, check, proof, words) for one in check.outcomes)


def _words(check: Assessment) -> dict[str, str]:
    """Each answer as people read it."""
    return {
        answer: f"{question.text} {option.label}"
        for question in check.questions
        for answer, option in zip(question.answers, question.options, strict=True)
    }


def _kept(check: Assessment, proof: Proof, words: dict[str, str]) -> Iterator[str]:
    titles = {outcome.id: outcome.title for outcome in check.outcomes}
    broken = {fault.at: fault.what for fault in proof.faults}
    for kind in ("always", "never"):
        invariants: Sequence[Invariant] = getattr(check, kind)
        for at, one in enumerate(invariants):
            ends = "; ".join(titles[id] for id in one.outcomes)
            failed = broken.get((kind, at))
            verdict = f"FAILS: {failed}" if failed else f"holds for all {proof.combinations:,}"
            said = f"If {_condition(one.when, words)}: {kind} {ends}."
            yield f"{escape(said)} <em>{escape(one.because)}</em> <b>({escape(verdict)})</b>"


def _question(number: int, question: Question) -> str:
    options = bullets(
        f"<b>{escape(option.label)}</b>{': ' + escape(option.text) if option.text else ''}"
        for option in question.options
    )
    why = f'<div class="label">Why we ask: {escape(question.why)}</div>'
    return f"<article><h3>{number}. {escape(question.text)}</h3>{options}{why}{room()}</article>"


def _outcome(
    library: Library, outcome: Outcome, check: Assessment, proof: Proof, words: dict[str, str]
) -> str:
    said = "".join(_passage(one, words) for one in _said(check, outcome))
    claims = bullets(claim_line(library, library.claims[id]) for id in outcome.claims)
    leads = [
        escape(lead.label or library.entries[lead.entry].label)
        + (
            f' <span class="when">if {escape(_condition(lead.when, words))}</span>'
            if lead.when
            else ""
        )
        for lead in outcome.leads
    ]
    onward = f'<div class="label">Leads on to</div>{bullets(leads)}' if leads else ""
    return (
        f"<article><h3>{escape(outcome.title)}</h3>"
        f'<div class="id">{outcome.id} &middot; {proof.ends[outcome.id]:,} combinations &middot; '
        f"evidence: {outcome.evidence} &middot; {_traits(outcome)}</div>{said}{onward}"
        f'<div class="label">Rests on</div>{claims}{room()}</article>'
    )


def _said(check: Assessment, outcome: Outcome) -> Iterator[Passage]:
    """All that an outcome may say, in the order in which it is shown."""
    added = [one for one in check.additions if outcome.id in one.outcomes]
    yield from (Passage(text=one.text, when=one.when) for one in added if one.place == "before")
    yield from outcome.says
    yield from (Passage(text=one.text, when=one.when) for one in added if one.place == "after")


def _traits(outcome: Outcome) -> str:
    traits = {
        "for adults": outcome.audience == "adults",
        "ends the check at once": outcome.at_once,
        "nothing else on screen": outcome.alone,
    }
    return ", ".join(trait for trait, has in traits.items() if has) or "for anyone"


def _passage(passage: Passage, words: dict[str, str]) -> str:
    when = (
        f'<div class="when">If {escape(_condition(passage.when, words))}:</div>'
        if passage.when
        else ""
    )
    return when + _parts(passage.text)


def _parts(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n") if part)


def _condition(when: Condition | None, words: dict[str, str]) -> str:
    """A condition as a sentence would say it."""
    if when is None:
        return "nothing above held"
    any_of = " or ".join(f"“{words[answer]}”" for answer in when.any_of)
    parts = [
        *(f"“{words[answer]}”" for answer in when.all_of),
        *([any_of] if any_of else []),
        *(f"not “{words[answer]}”" for answer in when.none_of),
    ]
    return " and ".join(parts)
