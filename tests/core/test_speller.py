"""What people mistype is read as they meant it; what they mean is left alone."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.matching.lexicon import english
from core.matching.prose import words
from core.matching.slips import cost
from core.matching.speller import LONGEST, MOST_DOUBTFUL, Mending, Speller
from core.matching.vocabulary import Vocabulary
from tools.typos import KINDS, neighbour

ASKS = (
    "what are back dimples",
    "how do i get back dimples",
    "are venus dimples genetic",
    "does zepbound melt them",
    "can u get them w surgery",
)
SPELLER = Speller(ASKS)
TYPED = """what are how do i get back dimpels venus genetc teh adn cn u ur w bc tehm dim ples howdo surgrey
    zepbuond suut up the my thsi. Waht! `teh` 3rd BACK Dimpels hola que i'm dont"""
SLIPS = "teh adn ples dim ur w tehm"
ENGLISH = st.lists(
    st.sampled_from(TYPED.split()),
    max_size=30,
).map(" ".join)


def read(text: str) -> str:
    return SPELLER.mend(text).text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("what are back dimpels", "what are back dimples"),
        ("waht are bakc dimples", "what are back dimples"),
        ("how do i gett back dimplws", "how do i get back dimples"),
        ("are they genetc", "are they genetic"),
        ("howdo i get dimples", "how do i get dimples"),
        ("how do i get dim ples", "how do i get dimples"),
        ("how do i get myback dimples", "how do i get my back dimples"),
        ("can you remvoe them tomorrow mornign", "can you remove them tomorrow morning"),
        ("what's teh matter, isn't it genetc?", "what's the matter, isn't it genetic?"),
        ("DIMPELS", "dimples"),
    ],
)
def test_slips_are_mended(written: str, meant: str) -> None:
    assert read(written) == meant


def test_a_mending_says_what_it_changed() -> None:
    assert SPELLER.mend("howdo i get dimpels bc i want them") == Mending(
        "how do i get dimples because i want them",
        (("howdo", "how do"), ("dimpels", "dimples"), ("bc", "because")),
    )


def test_what_people_type_in_chats_is_read_in_full_unless_the_faq_types_it_too() -> None:
    assert read("ppl say ur back dimples r cute rn") == (
        "people say your back dimples are cute right now"
    )
    assert read("can u get them w surgery") == "can u get them w surgery"


def test_a_missing_space_is_no_reason_to_lose_a_word() -> None:
    """ "myback" is nearer to "back" than to "my back", and is not the same."""
    assert read("are mydimples genetic") == "are my dimples genetic"
    assert read("canthey be genetic") == "can they be genetic"


@pytest.mark.parametrize(
    "text",
    [
        "does zepbound melt them",
        "my friend Rohit has back dimples",
        "ask @jhon or see https://exmaple.com/teh or /hlep or me@exmpale.com",
        "what is `teh` in ```adn so on``` for",
        "is 2nd degre4 normal :dimpels: #bakc <@1234>",
        "😀😀 what are back dimples 😀",
        "i dont know, im gonna ask my mom tbf",
        "favorite colour of my neighbour's neighborhood",
        "lol omg kinda cute",
    ],
)
def test_what_is_meant_is_left_alone(text: str) -> None:
    assert SPELLER.mend(text) == Mending(text)


@pytest.mark.parametrize(
    "text",
    [
        "hola amigos como estan todos, que son los hoyuelos de venus",
        "ist das normal wenn man keine venus gruebchen hat",
        "est ce que c'est genetique les fossettes",
        "apakah lesung pipi itu bisa dibuat dengan operasi",
        "sirtimdaki gamzeler kaybolur mu",
        "czy dolki na plecach sa genetyczne",
        "они передаются по наследству?",
        "背中のえくぼは遺伝ですか",
        "está genético",
        "gracias",
    ],
)
def test_another_language_is_left_alone(text: str) -> None:
    assert SPELLER.mend(text) == Mending(text)


def test_no_question_in_another_language_is_changed() -> None:
    """The frozen translations; the speller was not tuned on them."""
    lines = Path("tests/data/translations.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert [text for text in texts if SPELLER.mend(text).changes] == []


def test_where_no_word_is_english_only_the_faqs_own_words_are_near() -> None:
    assert read("dimpels") == "dimples"
    assert read("kamelo") == "kamelo"


@given(st.text(max_size=3000))
@example("`" * 500 + ":a" * 500)
def test_any_text_gets_a_mending_and_a_second_one_changes_nothing(text: str) -> None:
    once = SPELLER.mend(text)
    assert SPELLER.mend(once.text) == Mending(once.text)


@given(ENGLISH)
def test_a_mended_question_needs_no_mending(text: str) -> None:
    once = SPELLER.mend(text)
    assert SPELLER.mend(once.text) == Mending(once.text)


@given(ENGLISH, st.lists(st.sampled_from(SLIPS.split()), max_size=3))
def test_a_protected_word_is_never_changed(text: str, own: list[str]) -> None:
    """Each word of the FAQ is written, read or not, as often after the mending as before."""
    speller = Speller([*ASKS, " ".join(own)])
    protected = {word.text for ask in [*ASKS, *own] for word in words(ask)}
    mending = speller.mend(text)
    assert not [
        (written, now)
        for written, now in mending.changes
        if protected.intersection(word.text for word in words(written))
    ]


@given(st.text("abcdefghij ", max_size=LONGEST))
def test_the_cost_of_a_text_is_bounded(text: str) -> None:
    looked_up: list[str] = []
    real = Vocabulary.near

    def near(self: Vocabulary, written: str) -> set[str]:
        looked_up.append(written)
        return real(self, written)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vocabulary, "near", near)
        SPELLER.mend(text)
    assert len(set(looked_up)) <= MOST_DOUBTFUL


def test_a_text_too_long_for_a_question_is_not_read() -> None:
    text = "what are bakc dimples " * 100
    assert len(text) > LONGEST
    assert SPELLER.mend(text) == Mending(text)


def test_a_faq_of_nothing_still_mends_english() -> None:
    assert Speller(()).mend("waht is teh time").text == "what is the time"


def test_likelier_slips_cost_less() -> None:
    assert cost("dimplws", "dimples") < cost("dimplqs", "dimples")
    assert cost("bakc", "back") < cost("bask", "back")
    assert cost("dimplees", "dimples") < cost("dimplges", "dimples")
    assert cost("vack", "back") > cost("bavk", "back")
    assert cost("dmples", "dimples") < cost("dmpls", "dimples") < cost("dimplesxy", "dimples")


def test_every_neighbouring_key_is_one() -> None:
    assert neighbour in KINDS
    assert {cost(slip, "dimples") for slip in neighbour("dimples")} == {cost("dimplws", "dimples")}


def test_what_a_shortening_stands_for_needs_no_reading() -> None:
    speller = Speller(())
    for meant in english().shortenings.values():
        assert speller.mend(meant) == Mending(meant)
