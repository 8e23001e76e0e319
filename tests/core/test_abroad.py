"""A question in another language: answered, offered to, or told that English is wanted."""

from pathlib import Path

import pytest

from core.content.library import Library
from core.content.problem import ContentError
from core.content.reader import load, read
from core.dialogue.engine import Engine
from core.dialogue.request import Ask, ShowEntry
from tests.builders import Scripted, labels, requests, write_kettles
from tests.shared import ROOT

LANGUAGES = """
es: {in_english: "En inglés:", only_english: Solo inglés., emergency: Llama ya., safety_rules: true}
de: {in_english: "Englisch:", only_english: Nur Englisch., emergency: Ruf an., safety_rules: false}
"""
SPANISH = "¿por qué pita mi tetera cuando hierve el agua?"
GERMAN = "warum pfeift mein kessel, wenn das wasser kocht?"
KOREAN = "주전자에서 왜 소리가 나요?"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Kettles, with Spanish answered and German not."""
    return load(spoken(tmp_path))


def spoken(folder: Path, languages: str = LANGUAGES) -> Path:
    """The content folder of kettles with languages."""
    write_kettles(folder)
    (folder / "wording" / "languages.yaml").write_text(languages, encoding="utf-8")
    return folder


def test_an_answer_first_says_in_the_persons_language_that_it_is_english_and_whom_to_call(
    library: Library,
) -> None:
    english, foreign = Scripted("none"), Scripted("answer", "whistle")
    turn = Engine(library, english, foreign=foreign).reply(Ask(SPANISH))

    assert (foreign.asked, english.asked) == ([SPANISH], [])
    assert (turn.decision.kind, turn.decision.entry) == ("answer", "whistle")
    for reply in (turn.reply, turn.aloud):
        assert reply.title == library.entries["whistle"].question
        assert reply.paragraphs == ("En inglés:", "Llama ya.", library.entries["whistle"].short)


def test_an_offer_also_carries_the_emergency_line_in_that_language(library: Library) -> None:
    foreign = Scripted("clarify", "whistle", "odd-taste")
    turn = Engine(library, Scripted(), foreign=foreign).reply(Ask(SPANISH))

    assert turn.decision.kind == "clarify"
    assert turn.reply.paragraphs[:2] == ("En inglés:", "Llama ya.")
    assert requests(turn.reply)[:2] == [ShowEntry("whistle"), ShowEntry("odd-taste")]


def test_so_does_a_reply_that_there_is_nothing(library: Library) -> None:
    turn = Engine(library, Scripted(), foreign=Scripted("none")).reply(Ask(SPANISH))

    assert turn.decision.kind == "none"
    assert turn.reply.paragraphs[:2] == ("En inglés:", "Llama ya.")


def test_an_adults_only_answer_keeps_its_gate(library: Library) -> None:
    turn = Engine(library, Scripted(), foreign=Scripted("answer", "rewire")).reply(Ask(SPANISH))

    assert turn.reply.private and turn.reply.title == library.wording.screens.adults.title
    assert "I am 18 or over" in labels(turn.reply) and turn.aloud.paragraphs[0] == "En inglés:"


def test_a_language_without_its_safety_rules_is_not_answered(library: Library) -> None:
    english, foreign = Scripted("answer", "whistle"), Scripted("answer", "whistle")
    turn = Engine(library, english, foreign=foreign).reply(Ask(GERMAN))

    assert english.asked == foreign.asked == [] and turn.decision.kind == "none"
    assert turn.reply.title == library.wording.screens.only_english.title
    said = ("Nur Englisch.", "Ruf an.", library.wording.screens.only_english.text)
    assert turn.reply.paragraphs == (*said, library.wording.emergency)


def test_nor_is_any_without_the_extra(library: Library) -> None:
    turn = Engine(library, Scripted("answer", "whistle")).reply(Ask(SPANISH))

    assert turn.decision.kind == "none" and turn.reply.paragraphs[:2] == (
        "Solo inglés.",
        "Llama ya.",
    )


def test_a_language_we_have_no_words_in_is_told_so_in_english(library: Library) -> None:
    foreign = Scripted("answer", "whistle")
    turn = Engine(library, Scripted(), foreign=foreign).reply(Ask(KOREAN))

    assert foreign.asked == []
    assert (
        turn.reply.paragraphs[-1] == library.wording.emergency and len(turn.reply.paragraphs) == 2
    )


@pytest.mark.parametrize("text", ["why is it screaming at me", "wat maks it whsitle", "ok", "🫖"])
def test_english_and_what_cannot_be_told_go_the_usual_way(library: Library, text: str) -> None:
    english, foreign = Scripted(), Scripted()
    Engine(library, english, foreign=foreign).reply(Ask(text))

    assert (english.asked, foreign.asked) == ([text], [])


@pytest.mark.parametrize(
    ("languages", "rule"),
    [
        ("es: {in_english: x, only_english: y, emergency: z}", "missing-key"),
        (
            "es: {in_english: x, only_english: y, emergency: z, safety_rules: true, no: 1}",
            "unknown-key",
        ),
        ("- es", "wrong-kind"),
    ],
)
def test_what_is_wrong_with_the_languages_is_said(
    tmp_path: Path, languages: str, rule: str
) -> None:
    folder = spoken(tmp_path, languages)

    assert [problem.rule for problem in read(folder).problems] == [rule]
    with pytest.raises(ContentError):
        load(folder)


def test_every_language_that_ships_has_its_sentences() -> None:
    shipped = load(ROOT / "content").wording.languages

    assert set(shipped) == {"es", "pt", "ru", "de", "fr", "it", "tr", "ja", "zh"}
