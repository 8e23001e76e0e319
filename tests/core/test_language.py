"""Languages are told apart; an English question stays English, however it is typed."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.library import Library
from core.matching.language import language
from tests.shared import ROOT, shared
from tools.typos import typos

# A false alarm costs an English question its answer.
MISREAD = 0.005


def misread(texts: list[str]) -> float:
    """The share of English texts that are taken for another language."""
    return sum(language(text) not in ("en", None) for text in texts) / len(texts)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("why do i only have them on one side", "en"),
        ("¿por qué solo tengo uno en un lado?", "es"),
        ("porque eu só tenho de um lado", "pt"),
        ("warum hab ich das nur auf einer seite", "de"),
        ("pourquoi j'en ai seulement d'un côté", "fr"),
        ("perché ce l'ho solo da un lato", "it"),
        ("neden sadece bir tarafta var", "tr"),
        ("waarom heb ik het maar aan één kant", "nl"),
        ("dlaczego mam to tylko po jednej stronie", "pl"),
        ("почему у меня только с одной стороны", "ru"),
        ("чому тільки з одного боку, і що це", "uk"),
        ("なんで片方だけなの", "ja"),
        ("为什么只有一边有", "zh"),
        ("왜 한쪽에만 있어요", "ko"),
        ("لماذا في جانب واحد فقط", "ar"),
        ("ทำไมมีแค่ข้างเดียว", "th"),
    ],
)
def test_a_question_is_in_its_language(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "ok", "🙂👍", "1234", "?!", "<@12345>", "https://x.example/y"]
)
def test_what_is_no_language_is_none(text: str) -> None:
    assert language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "wat r back dimples lol",
        "idk y i hav thm on 1 side onyl",
        "r they a sgin of good healt??",
        "can u get em w/o surgery tbh",
        "dimples of venus meaning",
        "HOW DEEP ARE THEY",
    ],
)
def test_slang_and_slips_stay_english(text: str) -> None:
    assert language(text) in ("en", None)


def test_most_of_a_mixed_text_decides() -> None:
    assert language("what does the word hoyuelos mean, my friend said it") == "en"
    assert language("mi amiga dice que eso se llama back dimples, es verdad?") == "es"
    assert language("back dimplesって誰でもできるものなの？") == "ja"


def test_a_word_said_often_is_no_more_telling() -> None:
    assert language("x " * 500) is None
    assert language("zzz " * 200) is None


def test_how_letters_are_typed_does_not_matter() -> None:
    assert language("¿POR QUÉ SOLO TENGO UNO?") == "es"
    assert language("¿Por que\u0301 solo tengo uno?") == "es"


def test_the_frozen_translations_are_told_apart() -> None:
    lines = (ROOT / "tests/data/translations.jsonl").read_text(encoding="utf-8").splitlines()
    told = [(said["language"], language(said["text"])) for said in map(json.loads, lines)]

    assert [pair for pair in told if pair[0] != pair[1]] == []


@pytest.mark.parametrize("slips", [0, 2])
def test_the_packs_own_asks_stay_english(library: Library, slips: int) -> None:
    asks = [typos(ask, slips, 3) for entry in library.entries.values() for ask in entry.asks]

    assert misread(asks) <= MISREAD


@pytest.mark.parametrize("slips", [0, 2])
@pytest.mark.parametrize("name", ["clinc", "bank", "hwu"])
def test_english_questions_stay_english(name: str, slips: int) -> None:
    data = json.loads(Path(shared(f"bench/{name}.json")).read_text(encoding="utf-8"))
    texts = [text for text, _ in data["test"]] + list(data.get("oos", []))

    assert misread([typos(text, slips, 5) for text in texts]) <= MISREAD


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    told = language(text)

    assert told is None or len(told) == 2
