"""A contender put to a FAQ's questions, and the figures of that."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf, sqrt

from tools.bench.contender import Contender, Kind, Supplies
from tools.bench.measures import (
    ASKED,
    Judged,
    Point,
    accuracy,
    operating_point,
    reciprocal_rank,
    separation,
    useful_coverage,
)
from tools.bench.sets import Faq, Question

Tick = Callable[[str, int, int], None]
SEED, EVERY = 20261122, 100


@dataclass(frozen=True, slots=True)
class Result:
    """A contender's figures on a FAQ; all but `asked`, `outside` and `points` are shares."""

    faq: str
    source: str
    kind: Kind
    asked: int
    outside: int
    first: float
    margin: float
    three: float
    reciprocal: float
    separation: float
    coverage: dict[float, float]
    points: dict[float, Point]


def compete(faq: Faq, kind: Kind, supplies: Supplies, tick: Tick) -> Result:
    """Build a contender over a FAQ and ask it everything."""
    contender = kind.make(faq, supplies)
    questions = _sampled(faq.questions, kind.sample)
    return _result(faq, kind, list(_judge(contender, kind, questions, tick)))


def takes_part(kind: Kind, faq: Faq) -> bool:
    """Whether a contender is quick enough for a FAQ."""
    return kind.skips is None or kind.skips not in faq.name


def _sampled(questions: Sequence[Question], count: int | None) -> Sequence[Question]:
    if count is None or count >= len(questions):
        return questions
    return random.Random(SEED).sample(questions, count)  # noqa: S311 - a sample, no secret


def _judge(
    contender: Contender, kind: Kind, questions: Sequence[Question], tick: Tick
) -> Iterator[Judged]:
    for done, question in enumerate(questions):
        if done % EVERY == 0:
            tick(kind.name, done, len(questions))
        yield _judged(contender, kind, question)


def _judged(contender: Contender, kind: Kind, question: Question) -> Judged:
    ranking = contender.rank(question.text)
    names = [entry for entry, _ in ranking]
    place = names.index(question.entry) + 1 if question.entry in names else 0
    confidence = ranking[0][1] if ranking else -inf
    return Judged(question.entry, place, confidence, _answers(contender, kind, question.text))


def _answers(contender: Contender, kind: Kind, text: str) -> dict[float, str | None]:
    if not kind.rule:
        return {}
    if kind.heeds:
        return {asked: contender.decide(text, asked) for asked in ASKED}
    return dict.fromkeys(ASKED, contender.decide(text, ASKED[0]))


def _result(faq: Faq, kind: Kind, judged: list[Judged]) -> Result:
    inside = sum(one.entry is not None for one in judged)
    first = accuracy(judged, 1)
    return Result(
        faq=faq.name,
        source=faq.source,
        kind=kind,
        asked=len(judged),
        outside=len(judged) - inside,
        first=first,
        margin=1.96 * sqrt(first * (1 - first) / inside),
        three=accuracy(judged, 3),
        reciprocal=reciprocal_rank(judged),
        separation=separation(judged),
        coverage={asked: useful_coverage(judged, asked) for asked in ASKED},
        points={asked: operating_point(judged, asked) for asked in ASKED} if kind.rule else {},
    )
