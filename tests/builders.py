"""A tiny content folder about kettles, and defaults for whatever a test does not care about.

Snippets are the YAML an author would write. A comment `# <- rule` in one says that a problem of
that rule must be found on that line, and nowhere else.
"""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Literal

from core.assessment.edition import edition
from core.assessment.proof import prove
from core.content.assessment import Assessment
from core.content.library import Library
from core.content.problem import Problem
from core.content.reader import load
from core.dialogue.engine import Engine
from core.dialogue.reply import Reply, Turn
from core.dialogue.request import (
    About,
    Browse,
    Forget,
    Help,
    Helpful,
    Instead,
    ListSources,
    Part,
    Request,
    SayMinor,
    ShowEntry,
    ShowPrivacy,
    Start,
    Step,
    Stop,
)
from core.matching.match import Candidate, Match
from tests.shared import ROOT

Address = tuple[str, int, str]
Kind = Literal["answer", "clarify", "none"]

_MARK = re.compile(r"# <- ([a-z0-9, -]+)$")
_REVIEW = "{status: editorial, on: 2026-11-22, due: 2027-11-22}"
_PACK = {
    "id": "kettles",
    "title": "Kettles",
    "language": "en",
    "covers": "Kettles of every kind.",
    "not_covered": "Teapots and mugs.",
    "about": "Written at a kitchen table.",
    "under_18": "descale",
    "topics": "[{id: care, label: Care}]",
}
_SOURCE = {
    "id": "S01",
    "label": "Kettle Institute 2024",
    "title": "A hundred kettles",
    "url": "https://kettles.example/hundred",
    "kind": "study",
    "read": "original",
    "says": "They boiled a hundred kettles.",
}
_CLAIM = {
    "id": "C01",
    "text": "Limescale comes off with vinegar.",
    "verdict": "supported",
    "grade": "B",
    "sources": "[S01]",
    "review": _REVIEW,
    "revise_if": "A trial in which it stays.",
}

_RULE = {
    "id": "R1",
    "name": "Scalds",
    "notices": "Anyone who has been scalded.",
    "messages": "[{id: scald, mode: emergency, helplines: [emergency]}]",
    "claims": "[C01]",
    "review": _REVIEW,
}
_LEXICON = {
    "language": "en",
    "review": _REVIEW,
    "door": "{title: In private, says: Call for help if it can't wait., open: Open it}",
    "places": "{GB: the UK}",
    "helpline": '"If you are in {place}: {number} (checked {on})"',
    "named_helpline": '"If you are in {place}: {name}, {number} (checked {on})"',
    "signs": "[{rule: R1, message: scald, all_of: [[burn*, scald*]]}]",
    "texts": "[{rule: R1, message: scald, title: Get help now, says: [Cool it and call for help.]}]",
    "examples": "[{rule: R1, message: scald, fires: [i scalded my arm], silent: [my tea is cold]}]",
}


def card(written: str = "") -> str:
    """pack.yaml: what is written, and defaults for the rest."""
    return _filled(written, _PACK) + "\n"


def source(written: str = "") -> str:
    """One item of sources.yaml."""
    return _item(written, _SOURCE)


def case(text: str, *finds: str) -> str:
    """One item of cases.yaml."""
    return f"- {{text: {text}, finds: [{', '.join(finds)}]}}\n"


def claim(written: str = "") -> str:
    """One item of a claims file."""
    return _item(written, _CLAIM)


def entry(written: str = "") -> str:
    """One item of an entries file; its default texts hold its id, so that none is said twice."""
    named = re.search(r"^\s*id: *([\w-]+)", written, re.MULTILINE)
    id = named[1] if named else "descale"
    asks = ", ".join(f"{id} {n}" for n in ("one", "two", "three", "four", "five"))
    defaults = {
        "id": id,
        "topic": "care",
        "question": f"What about {id}?",
        "label": f"About {id}",
        "asks": f"[{asks}]",
        "short": f"This is what there is to say about {id}.",
        "evidence": "some",
        "claims": "[C01]",
        "review": _REVIEW,
    }
    return _item(written, defaults)


def rule(written: str = "") -> str:
    """One item of safety.yaml: a scald is an emergency."""
    return _item(written, _RULE)


def lexicon(written: str = "") -> str:
    """The words of the rules in one language."""
    return _filled(written, _LEXICON) + "\n"


def without(key: str, written: str) -> str:
    """A built text without one of its keys."""
    return re.sub(rf"^( *(?:- )?){key}:.*\n", "", written, flags=re.MULTILINE)


def write_pack(
    folder: Path,
    *,
    entries: str | bytes | None = None,
    claims: str | bytes | None = None,
    sources: str | bytes | None = None,
    pack: str | bytes | None = None,
    wording: str | bytes | None = None,
    cases: str | None = None,
    check: str | None = None,
    rules: str | None = None,
    lexicons: Mapping[str, str] | None = None,
    helplines: str | None = None,
    home: str = "kettles",
) -> Path:
    """Write a content folder, valid where nothing else is given; returns it."""
    texts = {
        f"packs/{home}/pack.yaml": card() if pack is None else pack,
        f"packs/{home}/sources.yaml": source() if sources is None else sources,
        f"packs/{home}/claims/all.yaml": claim() if claims is None else claims,
        f"packs/{home}/entries/all.yaml": entry() if entries is None else entries,
        "wording/en.yaml": shipped_wording() if wording is None else wording,
    }
    if cases is not None:
        texts[f"packs/{home}/cases.yaml"] = cases
    if check is not None:
        texts[f"packs/{home}/assessments/check.yaml"] = check
    if rules is not None:
        texts[f"packs/{home}/safety.yaml"] = rules
    if helplines is not None:
        texts["helplines.yaml"] = helplines
    for language, lexicon in (lexicons or {}).items():
        texts[f"packs/{home}/safety/{language}.yaml"] = lexicon
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def draw(
    folder: Path, file: str = "spout.svg", drawn: str = "<svg/>", home: str = "kettles"
) -> Path:
    """Put a drawing into a pack; returns its path."""
    path = folder / "packs" / home / "figures" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(drawn, encoding="utf-8")
    return path


def shipped_wording() -> str:
    """Our own sentences as they ship; they name no topic."""
    return (ROOT / "content" / "wording" / "en.yaml").read_text(encoding="utf-8")


def marked(folder: Path) -> list[Address]:
    """Where the files of a folder say that a problem must be found."""
    return sorted(
        (str(path), line, rule)
        for path in folder.rglob("*.yaml")
        for line, rule in marks(path.read_text(encoding="utf-8", errors="replace"))
    )


def marks(text: str) -> list[tuple[int, str]]:
    """The lines of a text that are marked, each with its rule."""
    found = ((at, _MARK.search(line)) for at, line in enumerate(text.splitlines(), 1))
    return [(at, rule) for at, mark in found if mark for rule in mark[1].split(", ")]


def addresses(problems: Iterable[Problem]) -> list[Address]:
    """Where problems were found."""
    return sorted((problem.file, problem.line, problem.rule) for problem in problems)


def _item(written: str, defaults: Mapping[str, str]) -> str:
    return "- " + _filled(written, defaults).replace("\n", "\n  ") + "\n"


def _filled(written: str, defaults: Mapping[str, str]) -> str:
    said = dedent(written).strip("\n")
    keys = set(re.findall(r"^(\w+):", said, re.MULTILINE))
    rest = [f"{key}: {value}" for key, value in defaults.items() if key not in keys]
    return "\n".join([*said.splitlines(), *rest])


KETTLE_PACK = card(
    """
    under_18: ask-a-grown-up
    topics:
      - {id: care, label: Care}
      - {id: noise, label: Noises}
      - {id: wiring, label: "Wiring (18+)"}
    """
)
KETTLE_SOURCES = source() + source(
    """
    id: S02
    label: Wiring handbook
    url: https://wiring.example/mains
    audience: adults
    """
)
KETTLE_CLAIMS = "".join(
    [
        claim(),
        claim("id: C02\ntext: A whistle is steam in a narrow hole.\ngrade: A"),
        claim("id: C03\ntext: Mains voltage can kill.\nsources: [S02]"),
    ]
)
KETTLE_ENTRIES = "".join(
    [
        entry(
            """
            id: descale
            question: How do I get limescale out of a kettle?
            label: Getting limescale out
            asks:
              - white crust in my kettle how do i clean it
              - how to descale a kettle
              - chalky white crust floating in my kettle
              - does vinegar take the scale off
              - my kettle is furry inside
            not_asks:
              - how do i descale a coffee machine
            short: Boil vinegar and water in it, wait an hour, and rinse it twice.
            more: >-
              Lemon juice works too, only slower.

              Hard water brings the scale back in a few weeks.
            claims: [C01, C03]
            see_also: [odd-taste, rewire]
            """
        ),
        entry(
            """
            id: odd-taste
            question: Why does the water taste odd?
            label: Odd taste
            asks:
              - my new kettle makes the water taste of plastic
              - tea tastes like metal
              - the boiled water has a funny flavour
              - why does my tea taste weird since the new kettle
              - plastic taste wont go away
            see_also: [descale]
            """
        ),
        entry(
            """
            id: whistle
            topic: noise
            question: Why does a kettle whistle?
            label: Why it whistles
            asks:
              - what makes the whistling sound
              - why is my kettle screaming
              - how does a whistling kettle work
              - it shrieks when it boils
              - where does the whistle noise come from
            evidence: strong
            claims: [C02]
            """
        ),
        entry(
            """
            id: boiled-dry
            topic: noise
            question: I let it boil dry. Was it my fault?
            label: It boiled dry
            asks:
              - i forgot the kettle and it burnt
              - i left it on the stove and ruined it
              - am i stupid for letting the kettle boil dry
              - the bottom is black because i fell asleep
              - i nearly set the kitchen on fire
            sensitivity: private
            """
        ),
        entry(
            """
            id: rewire
            topic: wiring
            question: How do I rewire a kettle?
            label: Rewiring it
            asks:
              - replace the mains cable of my kettle
              - the plug wire is broken can i swap it
              - which wire goes to earth
              - diy electric kettle cord repair
              - how to change the power lead
            more: Live, neutral and earth each have their own place.
            claims: [C03]
            see_also: [fuse, descale]
            audience: adults
            """
        ),
        entry(
            """
            id: fuse
            topic: wiring
            question: Which fuse does a kettle need?
            label: Which fuse?
            asks:
              - what amp fuse for a kettle plug
              - 13 amp or 3 amp
              - the fuse blew when i switched it on
              - what size fuse do i buy
              - fuse keeps tripping
            claims: [C03]
            audience: adults
            """
        ),
        entry(
            """
            id: ask-a-grown-up
            question: I'm a kid and want to use the kettle. What now?
            label: For anyone under 18
            asks:
              - im 9 can i make tea
              - am i old enough to boil water
              - my mum wont let me use the kettle
              - is it safe for children to make tea
              - can kids use a kettle
            see_also: [descale]
            """
        ),
    ]
)


def write_kettles(folder: Path) -> Path:
    """A pack with something of everything: related, private and adults-only entries, two shelves."""
    return write_pack(
        folder,
        pack=KETTLE_PACK,
        sources=KETTLE_SOURCES,
        claims=KETTLE_CLAIMS,
        entries=KETTLE_ENTRIES,
    )


KETTLE_CHECK = """\
id: is-it-safe
label: "Guided check: is it safe?"
title: Is my kettle safe to use?
intro: Three short questions about your kettle.
review: {status: editorial, on: 2026-11-22, due: 2027-11-22}
questions:
  - id: smoke
    text: Is there smoke?
    why: Smoke can't wait.
    options:
      - {id: much, label: A lot, text: so that you can't see the kettle.}
      - {id: none, label: None}
      - {id: not-said, label: I'd rather not say}
  - id: who
    text: Who boils the water?
    why: Some of it is for adults.
    options:
      - {id: grown-up, label: A grown-up}
      - {id: kid, label: A kid}
      - {id: not-said, label: I'd rather not say}
  - id: lid
    text: How is the lid?
    why: A loose lid spits.
    options:
      - {id: loose, label: Loose}
      - {id: tight, label: Tight}
      - {id: not-said, label: I'd rather not say}
table:
  - {outcome: fire, when: {all_of: [smoke=much]}}
  - {outcome: repair, when: {all_of: [lid=loose], any_of: [who=grown-up]}}
  - {outcome: ask, when: {all_of: [lid=loose]}}
  - {outcome: fine}
outcomes:
  - id: fire
    title: Call the fire brigade
    at_once: true
    alone: true
    evidence: some
    claims: [C01]
    says: [{text: Get out and call for help.}]
  - id: repair
    title: Mend the lid
    audience: adults
    evidence: some
    claims: [C01, C03]
    says: [{text: Pull the plug first.}]
    leads: [{entry: rewire}, {entry: descale, label: Clean it first}]
  - id: ask
    title: Ask a grown-up
    evidence: some
    claims: [C01]
    says:
      - {text: The lid is loose.}
      - {text: You are not too small to ask., when: {all_of: [who=kid]}}
    leads: [{entry: ask-a-grown-up}]
  - id: fine
    title: It matches what people call a sound kettle
    evidence: some
    claims: [C01]
    says: [{text: Enjoy your tea.}]
additions:
  - place: before
    when: {all_of: [smoke=not-said]}
    outcomes: [repair, ask, fine]
    text: If there is smoke, call for help.
  - {place: after, when: {none_of: [lid=tight]}, outcomes: [fine], text: Look at the lid now and then.}
always:
  - {when: {all_of: [smoke=much]}, outcomes: [fire], because: Fire comes first.}
never:
  - {when: {none_of: [who=grown-up]}, outcomes: [repair], because: Kids do not mend kettles.}
"""


SMALL_CHECK = """\
id: is-it-open
label: Is it open?
title: Is my kettle open?
intro: One question.
review: {status: editorial, on: 2026-11-22, due: 2027-11-22}
questions:
  - id: lid
    text: Is the lid open?
    why: An open lid spits.
    options:
      - id: open
        label: Open
      - id: shut
        label: Shut
      - id: not-said
        label: I'd rather not say
table:
  - outcome: hot
    when:
      all_of: [lid=open]
  - outcome: fine
outcomes:
  - id: hot
    title: Mind the steam
    says: [{text: Close the lid.}]
    evidence: some
    claims: [C01]
    leads:
      - entry: descale
  - id: fine
    title: Fine
    says:
      - text: Enjoy your tea.
    evidence: some
    claims: [C01]
"""


def write_check(folder: Path, written: str = KETTLE_CHECK, home: str = "kettles") -> Path:
    """Put a guided check into a pack; returns the content folder."""
    path = folder / "packs" / home / "assessments" / "check.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")
    return folder


def kettles(folder: Path) -> Library:
    """The library of `write_kettles`."""
    return load(write_kettles(folder))


class Scripted:
    """A matcher that says what it was told to say, and remembers what it was asked."""

    def __init__(self, kind: Kind = "none", *entries: str) -> None:
        self.asked: list[str] = []
        scores = (round(0.9 - n / 10, 1) for n in range(len(entries)))
        found = (Candidate(id, score, "an ask") for id, score in zip(entries, scores, strict=True))
        self._match = Match(kind, tuple(found))

    def match(self, text: str) -> Match:
        """The one decision, whatever the text."""
        self.asked.append(text)
        return self._match


def pressed(engine: Engine, reply: Reply, label: str) -> Turn:
    """The turn after pressing the choice of a reply that says `label`."""
    (request,) = (choice.request for choice in reply.choices if choice.label == label)
    return engine.reply(request)


def labels(reply: Reply) -> list[str]:
    """What the choices of a reply say."""
    return [choice.label for choice in reply.choices]


def requests(reply: Reply) -> list[Request]:
    """What the choices of a reply stand for."""
    return [choice.request for choice in reply.choices]


def steps(check: Assessment) -> list[Request]:
    """A step to each different screen of a guided check: questions, outcomes, and why."""
    paths = list(prove(check).screens.values())
    long = max(paths, key=len)
    paths += [long[:count] for count in range(len(long))]
    code = edition(check)
    return [Step(check.id, code, picks, why) for picks in paths for why in (False, True)]


def reachable(engine: Engine) -> dict[Request, Turn]:
    """Every turn that buttons, links and commands can lead to."""
    library = engine.library
    starts: list[Request] = [Start(), About(), Browse(), ListSources(), Instead()]
    starts += [ShowPrivacy(), Forget()]
    starts += [Help("private"), Help("mentions"), Help("commands")]
    for id in library.entries:
        starts += [ShowEntry(id, part, of_age) for part in Part for of_age in (False, True)]
        starts += [Instead(id), SayMinor(id), Helpful(id)]
    for check in library.assessments.values():
        starts += [Stop(check.id), Step(check.id, "AAAA"), *steps(check)]
    found: dict[Request, Turn] = {}
    waiting = deque(starts)
    while waiting:
        request = waiting.popleft()
        if request not in found:
            found[request] = turn = engine.reply(request)
            onward = [*requests(turn.reply), *requests(turn.aloud)]
            # A check has tens of thousands of steps; each different screen is among the starts.
            waiting += [each for each in onward if not isinstance(each, Step)]
    return found


def every_reply(engine: Engine) -> list[Reply]:
    """Every different screen there is, with those that no request leads to."""
    screens = engine.screens
    few = list(engine.library.entries.values())[:3]
    shown = [reply for turn in reachable(engine).values() for reply in (turn.reply, turn.aloud)]
    loose = [screens.clarify(few), screens.nothing(), screens.nothing_else(), screens.stale()]
    faults = [screens.failure(), screens.shared(), screens.no_text()]
    faults += [screens.only_english(code) for code in (*engine.library.wording.languages, "ko")]
    return list(dict.fromkeys([*shown, *loose, *faults]))
