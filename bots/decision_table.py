"""The decision table of a guided check as a drawing: a row a rule, a column a question."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from core.assessment.proof import Proof
from core.content.assessment import Assessment, Condition, Outcome, Question

NUMBER, CELL, END, COUNT = 34, 148, 190, 84
LINE, PADDING, LETTERS = 15, 9, 23
TOP = 64
_STYLE = """
  text { font: 12px Helvetica, Arial, sans-serif; fill: #1d2a33; }
  .head { font-weight: bold; } .soft { fill: #5d6b77; } .title { font-size: 18px; font-weight: bold; }
  line { stroke: #c9d1d8; }
"""
_FILLS = {"now": "#f8d5d2", "soon": "#fdebc8", "adults": "#e5def3", "others": "#dcebf0"}
_LEGEND = (
    "Rows are tried from the top; the first one that holds decides. An empty cell: any answer. "
    "Cells that begin with EITHER: one of them is enough."
)
_COLOURS = "Red: shown alone, at once. Yellow: ends the check at once. Violet: adults only."


def svg(check: Assessment, proof: Proof) -> str:
    """The drawing, as wide as its questions need."""
    rows = list(_rows(check, proof))
    width = NUMBER + CELL * len(check.questions) + END + COUNT + 20
    drawn: list[str] = []
    bottom = TOP
    for row in rows:
        height = PADDING * 2 + LINE * max(len(lines) for _, lines, _ in row)
        drawn.extend(_row(row, bottom, height, width))
        bottom += height
    foot = _text(10, bottom + 24, _LEGEND, "soft") + _text(10, bottom + 42, _COLOURS, "soft")
    title = _text(10, 26, check.title, "title") + _text(10, 46, _counted(proof), "soft")
    size = f'width="{width}" height="{bottom + 56}" viewBox="0 0 {width} {bottom + 56}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n<style>{_STYLE}</style>\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{title}\n{"".join(drawn)}\n{foot}\n</svg>\n'
    )


Cell = tuple[str, list[str], str]  # a class, the lines, a fill


def _counted(proof: Proof) -> str:
    return f"All {proof.combinations:,} combinations of answers were tried; {proof.paths:,} paths."


def _rows(check: Assessment, proof: Proof) -> Iterator[Sequence[Cell]]:
    asked: list[Cell] = [("head", _wrapped(one.text), "") for one in check.questions]
    yield [("head", ["#"], ""), *asked, ("head", ["Ends at"], ""), ("head", ["Decides"], "")]
    outcomes = {outcome.id: outcome for outcome in check.outcomes}
    for at, row in enumerate(check.table):
        outcome = outcomes[row.outcome]
        cells: list[Cell] = [("", _cell(row.when, one), "") for one in check.questions]
        if row.when is None:
            cells[0] = ("soft", ["everyone who is left"], "")
        ends = ("", _wrapped(outcome.title, 28), _FILLS[_urgency(outcome)])
        yield [("soft", [str(at + 1)], ""), *cells, ends, ("soft", [f"{proof.rows[at]:,}"], "")]


def _urgency(outcome: Outcome) -> str:
    if outcome.at_once:
        return "now" if outcome.alone else "soon"
    return "adults" if outcome.audience == "adults" else "others"


def _cell(when: Condition | None, question: Question) -> list[str]:
    """What a row asks of one question, in the words of its buttons."""
    if when is None:
        return [""]
    either = "EITHER " if len({answer.split("=")[0] for answer in when.any_of}) > 1 else ""
    parts = (
        ("", " AND ", when.all_of),
        (either, " OR ", when.any_of),
        ("NOT ", " NOR ", when.none_of),
    )
    said = (
        before + between.join(labels)
        for before, between, answers in parts
        if (labels := _labels(question, answers))
    )
    return [line for part in said for line in _wrapped(part)] or [""]


def _labels(question: Question, answers: Sequence[str]) -> list[str]:
    options = zip(question.answers, question.options, strict=True)
    return [option.label for answer, option in options if answer in answers]


def _wrapped(text: str, width: int = LETTERS) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _row(row: Sequence[Cell], top: int, height: int, width: int) -> Iterator[str]:
    left = 10
    widths = [NUMBER, *[CELL] * (len(row) - 3), END, COUNT]
    for (kind, lines, fill), wide in zip(row, widths, strict=True):
        if fill:
            yield (
                f'<rect x="{left - 4}" y="{top + 3}" width="{wide - 6}" height="{height - 6}" '
                f'rx="4" fill="{fill}"/>'
            )
        for number, line in enumerate(lines):
            yield _text(left, top + PADDING + 11 + LINE * number, line, kind)
        left += wide
    yield f'<line x1="6" y1="{top + height}" x2="{width - 10}" y2="{top + height}"/>\n'


def _text(x: int, y: int, text: str, kind: str) -> str:
    return f'<text x="{x}" y="{y}" class="{kind}">{escape(text)}</text>' if text else ""
