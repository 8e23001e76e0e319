"""Answers go into a file and come back; hostile files change nothing; two places share one FAQ."""

from datetime import timedelta

import pytest

from core.community.communities import Communities
from core.community.own import transfer
from core.community.own.overlay import needed
from core.community.own.text import Text
from core.community.protocol.command import ListEntries, NewEntry, SetAlone, ShowSettings
from core.community.protocol.curation import (
    Export,
    ExportOne,
    Hide,
    ImportFile,
    ListLessons,
    MakeCode,
    OpenNote,
    Sort,
    UseCode,
)
from core.content.library import Library
from core.dialogue.place import Place
from tests.moderating import HERE, WIFI, Clock, Person, asked, person, published_by

THERE = Place("telegram:-100")


@pytest.fixture
async def ann(communities: Communities) -> Person:
    """Who looks after a community with an answer."""
    ann = person(communities, "Ann", manages=True)
    return await published_by(ann, links="https://wifi.example/help")


@pytest.fixture
async def ben(communities: Communities) -> Person:
    """Who looks after another place, where nothing was written."""
    ben = person(communities, "Ben", manages=True)
    ben.place = THERE
    return await ben.does(SetAlone(1))


def _file(person: Person) -> bytes:
    file = person.seen[-1].file
    assert file and file.name == "faq.yaml"
    return file.text.encode()


async def test_a_whole_faq_goes_over_by_a_file(
    ann: Person, ben: Person, communities: Communities, library: Library
) -> None:
    free = next(id for id in library.entries if id not in needed(library))
    text = "what r those lil marks by the waistband"
    await ann.does(Sort(text))
    await ann.presses("An answer here fits")
    await ann.presses(next(one for one in ann.labels if "back dimples" in one.lower()))
    await ann.does(Hide(free))
    await ann.does(OpenNote("what-are-back-dimples"))
    await ann.fills(short="Ask Kim.")
    data = _file(await ann.does(Export()))
    await ben.does(ImportFile(data))
    assert "New: What is the wifi password?" in ben.text
    assert "Taught in the file: 3." in ben.text
    assert await asked(communities, "wifi code", THERE) is None
    await ben.presses("Take the whole file")
    assert "1 answers were taken" in ben.text
    turn = await asked(communities, "wifi code", THERE)
    assert turn and turn.decision.kind == "answer"
    taught = await asked(communities, text, THERE)
    assert taught and taught.decision.score == 1.0
    assert "3 in all" in (await ben.does(ListLessons())).text
    await ben.does(ImportFile(data))
    await ben.presses("Take the whole file")
    assert "3 in all" in (await ben.does(ListLessons())).text
    assert _file(await ben.does(Export())) == data


async def test_a_file_shows_what_differs_and_takes_one_alone(ann: Person) -> None:
    await ann.does(NewEntry())
    await ann.fills(question="Where is the pool?", short="Behind the house.", asks="")
    data = _file(await ann.does(Export()))
    assert ann.seen[-1].done is False
    await ann.does(ImportFile(data))
    assert ann.reply.title == "Nothing new in it"
    data = data.replace(b"Ask at the desk.", b"Ask Kim.").replace(b"Behind the house", b"Upstairs")
    await ann.does(ImportFile(data))
    assert "1. Changed: “What is the wifi password?” (Short answer)" in ann.text
    assert "2. Changed: “Where is the pool?” (Short answer)" in ann.text
    await ann.presses("Take number 2")
    await ann.does(ListEntries())
    await ann.presses("Where is the pool?")
    assert "Upstairs." in ann.text
    await ann.presses("History")
    assert "1. written by Ann" in ann.text
    await ann.does(ListEntries())
    await ann.presses("What is the wifi password?")
    assert "Ask at the desk." in ann.text


async def test_one_answer_alone_is_exported(ann: Person) -> None:
    await ann.does(NewEntry())
    await ann.fills(question="Where is the pool?", short="Behind the house.", asks="")
    await ann.does(ExportOne("where-is-the-pool"))
    assert b"pool" in _file(ann) and b"wifi" not in _file(ann)


async def test_where_a_second_moderator_is_asked_for_a_file_publishes_nothing(
    ann: Person, ben: Person, communities: Communities
) -> None:
    data = _file(await ann.does(Export()))
    await ben.does(SetAlone(0))
    await ben.does(ImportFile(data))
    await ben.presses("Take the whole file")
    assert await asked(communities, "wifi code", THERE) is None


LAUGHS = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nentries: [*b,*b]\n"
ENTRY = "- id: wifi\n  question: q?\n"
HOSTILE = [
    (b"entries:\n" + b"- {id: a, question: b}\n" * 500_000, "larger than 1000 kB"),
    (LAUGHS.encode(), "`&` and `*` are not read"),
    (b"entries: " + b"[" * 10_000, "deep"),
    (b"\xff\xfe\x00", "not UTF-8"),
    (b"", "nothing is written here"),
    (b"just words", "no export of answers"),
    (b"entries: 5\n", "is not a list"),
    (b"entries: [5, [], {}]\n", "wrong-kind"),
    (b"entries:\n- id: [1, 2]\n  question: {a: b}\n", ""),
    (b"entries:\n- id: ../../etc/passwd\n  question: q?\n", "id"),
    (f"entries:\n{ENTRY}{ENTRY}".encode(), "`wifi` is there 2 times"),
    (b"!!python/object/apply:os.system ['true']\n", "no export of answers"),
    (b"entries: []\nrules: [R1]\n", "`rules` is no part of an export"),
    (b"taught:\n- entry: a\n  kind: rule\n", "kind"),
    (b"entries:\n- id: a\n  question: " + b"q" * 5_000 + b"\n", "question"),
]


@pytest.mark.parametrize(("data", "said"), HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_file_changes_nothing_and_is_told_why(
    ann: Person, data: bytes, said: str
) -> None:
    await ann.does(ImportFile(data))
    assert ann.reply.title == "I can't take this file"
    assert said == "wrong-kind" or said in ann.text
    assert len(ann.text) < 2_500
    await ann.does(ListEntries())
    assert "1 in all." in ann.text


async def test_markup_in_a_file_is_text_and_keeps_it_from_being_published(
    ann: Person, communities: Communities
) -> None:
    data = b"""entries:
- id: html
  question: What is <b>this</b>?
  short: <script>alert(1)</script> {about} [x](http://y) @everyone
  asks: [html thing]
  state: published
taught:
- {entry: what-are-back-dimples, kind: note, texts: ["<b>guaranteed</b>"]}
- {entry: what-are-back-dimples, kind: asked, texts: [i cant feel my legs]}
- {entry: urgent-signs, kind: hidden}
- {entry: nothing-there, kind: hidden}
"""
    await ann.does(ImportFile(data))
    await ann.presses("Take the whole file")
    assert "Nothing yet." in (await ann.does(ListLessons())).text
    turn = await asked(communities, "html thing")
    assert turn and turn.decision.kind == "none"
    await ann.does(ListEntries())
    await ann.presses("What is <b>this</b>?")
    assert "please write plain sentences" in ann.text


async def test_a_file_waits_for_a_day(ann: Person, clock: Clock, communities: Communities) -> None:
    await ann.does(ImportFile(b"entries:\n- {id: a, question: What is a?}\n"))
    before = ann.seen[-1]
    clock.now += timedelta(days=1)
    await communities.tend()
    ann.seen.append(before)
    await ann.presses("Take the whole file")
    assert ann.reply.title == "That file is gone"


async def _code(ann: Person) -> str:
    await ann.does(MakeCode())
    return ann.reply.paragraphs[-1].removeprefix("The code: ")


async def test_two_places_share_one_faq_by_a_code_that_holds_once(
    ann: Person, ben: Person, communities: Communities
) -> None:
    code = await _code(ann)
    await ben.does(ShowSettings())
    await ben.presses("Join another place")
    await ben.fills(question=code.lower().replace("-", " "))
    assert ben.reply.title == "Joined"
    assert await asked(communities, "wifi code", THERE)
    await ben.does(ListEntries())
    await ben.presses("What is the wifi password?")
    await ben.presses("Change it")
    await ben.fills(short="Ask Ben.")
    await ben.presses("Publish")
    turn = await asked(communities, "wifi code", HERE)
    assert turn and "Ask Ben." in turn.reply.paragraphs[0]
    cem = person(communities, "Cem", manages=True)
    cem.place = Place("discord:3")
    await cem.does(UseCode(Text(question=code)))
    assert cem.reply.title == "That code doesn't fit"
    await ben.does(ShowSettings())
    await ben.presses("Leave the shared answers")
    assert await asked(communities, "wifi code", THERE) is None
    assert await asked(communities, "wifi code", HERE)


async def test_a_code_is_good_for_an_hour(ann: Person, ben: Person, clock: Clock) -> None:
    code = await _code(ann)
    clock.now += timedelta(hours=1)
    await ben.does(UseCode(Text(question=code)))
    assert ben.reply.title == "That code doesn't fit"


async def test_a_place_with_answers_of_its_own_is_not_joined(ann: Person, ben: Person) -> None:
    await ben.does(NewEntry())
    await ben.fills(**WIFI)
    await ben.does(UseCode(Text(question=await _code(ann))))
    assert ben.reply.title == "There are answers here already"


async def test_a_linked_place_that_is_left_takes_nothing_with_it(
    ann: Person, ben: Person, communities: Communities, clock: Clock
) -> None:
    await ben.does(UseCode(Text(question=await _code(ann))))
    await communities.keeping.left(HERE)
    clock.now += timedelta(days=31)
    await communities.tend()
    assert await asked(communities, "wifi code", THERE)
    await communities.keeping.left(THERE)
    clock.now += timedelta(days=31)
    await communities.tend()
    assert await asked(communities, "wifi code", THERE) is None


def test_a_file_with_as_many_answers_as_may_be_is_read() -> None:
    entries = (
        transfer.filed(
            f"e-{n}", Text(question="q" * 100, short="s" * 350, more="m" * 900), published=True
        )
        for n in range(500)
    )
    filing, problems = transfer.read(transfer.written(entries, ()).encode())
    assert len(filing.entries) == 500 and not problems
