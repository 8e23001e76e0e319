"""The review sheet: all that a pack says is on it, as text, and nothing comes from outside."""

import base64
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bots.cli import main
from bots.sheet import page
from core.content.library import Library
from core.content.reader import load
from tests.builders import card, claim, draw, entry, source, write_pack

# What a page may be made of.
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "h3",
    "article",
    "div",
    "p",
    "br",
}
TAGS |= {"span", "b", "strong", "em", "a", "img", "ul", "li"}
VOID = {"br", "img", "meta"}


class Sheet(HTMLParser):
    """A page read as a browser would: its tags, its addresses, and what a person reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.images: list[dict[str, str]] = []
        self.said = ""
        self.feed(html)
        self.close()
        self.words = " ".join(self.said.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.links += [value for name, value in given.items() if name in ("href", "srcset")]
        assert not [name for name in given if name.startswith("on")]
        if tag == "img":
            self.images.append(given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said += f" {data}" if self.open and self.open[-1] == "li" else data


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def shipped(library: Library) -> Sheet:
    """The sheet of the content as it ships."""
    return Sheet(page(library))


def test_every_entry_is_on_it_whole(library: Library, shipped: Sheet) -> None:
    for one in library.entries.values():
        for said in (one.id, one.question, one.short, *(one.more or "").split("\n")):
            assert flat(said) in shipped.words, one.id
    assert shipped.tags.count("article") == len(library.entries) + len(library.figures)


def test_every_claim_is_on_it_with_verdict_grade_and_what_would_change_our_mind(
    library: Library, shipped: Sheet
) -> None:
    told = {id for one in library.entries.values() for id in one.claims}
    for id, one in library.claims.items():
        assert f"{id} {flat(one.text)}" in shipped.words, id
        if id in told:
            assert f"[{one.verdict}, grade {one.grade};" in shipped.words
            assert flat(one.revise_if or "") in shipped.words, id
        else:
            assert flat(one.left_out or "?") in shipped.words, id


def test_every_source_is_on_it_with_its_address_and_what_was_read(
    library: Library, shipped: Sheet
) -> None:
    for id, one in library.sources.items():
        assert f"{id} {flat(one.title)} ({one.kind}; read: {one.read})" in shipped.words, id
        assert flat(one.says) in shipped.words, id
        assert one.url in shipped.links


def test_there_is_room_for_remarks_at_every_answer_and_a_place_to_sign(shipped: Sheet) -> None:
    rooms = shipped.tags.count("article")

    assert shipped.words.count("Remarks") == rooms
    assert shipped.tags.count("span") == 3 * rooms
    for line in ("Name and profession", "Registration", "Date", "Signature"):
        assert line in shipped.words


def test_the_drawing_is_in_the_page_with_its_words(library: Library, shipped: Sheet) -> None:
    (figure,) = library.figures.values()
    (image,) = shipped.images
    kind, _, data = image["src"].partition(";base64,")

    assert kind == "data:image/png"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert image["alt"] == figure.alt


def test_nothing_is_run_and_nothing_is_fetched(library: Library, shipped: Sheet) -> None:
    addresses = {one.url for one in library.sources.values()}

    assert set(shipped.tags) <= TAGS
    assert shipped.open == []
    assert set(shipped.links) <= addresses
    assert "<script" not in page(library)
    assert "url(" not in page(library) and "@import" not in page(library)


NASTY = """<b>Tom & "Jerry's"</b> <script>alert(1)</script>"""
QUOTED = "'<b>Tom & \"Jerry''s\"</b> <script>alert(1)</script>'"


@pytest.fixture
def nasty(tmp_path: Path) -> Library:
    """A pack whose every text holds what is markup in a page."""
    brief = "'<i>&\"Tom''s\"</i>'"
    folder = write_pack(
        tmp_path,
        pack=card(
            f"title: {brief}\ncovers: {QUOTED}\nnot_covered: {QUOTED}\nabout: {QUOTED}\n"
            f"topics: [{{id: care, label: {brief}}}]\n"
            f"figures: [{{id: spout, file: spout.svg, alt: {QUOTED}}}]"
        ),
        sources=source(f"label: {brief}\ntitle: {QUOTED}\nsays: {QUOTED}\nurl: https://a.org/?a=\"<b>&c='"),
        claims=claim(f"text: {QUOTED}\nrevise_if: {QUOTED}")
        + claim(f"id: C02\ntext: {QUOTED}\nleft_out: {QUOTED}"),
        entries=entry("question: Is it <i>, & why?\nlabel: '\"<&>\"'\nshort: 1 < 2 & 3 > 2.\nmore: \"'<i>'\""),
    )  # fmt: skip
    draw(folder, drawn="<svg/>")
    return load(folder)


def test_no_text_of_a_pack_is_taken_for_markup(nasty: Library) -> None:
    sheet = Sheet(page(nasty))

    assert set(sheet.tags) <= TAGS
    assert "i" not in sheet.tags
    assert sheet.open == []
    assert sheet.words.count(NASTY) == 9
    assert "Is it <i>, & why?" in sheet.words
    assert "1 < 2 & 3 > 2." in sheet.words
    assert sheet.images[0]["alt"] == NASTY
    assert sheet.links == ["https://a.org/?a=\"<b>&c='"]


def test_a_drawing_as_svg_is_in_the_page_too(nasty: Library) -> None:
    (image,) = Sheet(page(nasty)).images

    assert image["src"] == f"data:image/svg+xml;base64,{base64.b64encode(b'<svg/>').decode()}"


def test_the_command_writes_the_page(
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["sheet"]) == 0
    assert (tmp_path / "review-sheet.html").read_text(encoding="utf-8") == page(library)
    assert "review-sheet.html" in capsys.readouterr().out
    assert main(["sheet", "mine.html"]) == 0
    assert (tmp_path / "mine.html").exists()
