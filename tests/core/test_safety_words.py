"""Words, phrases and negation: what a sign of a rule can and can't see in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.content.safety import Lexicon, Negation, Sign
from core.safety.phrases import PhraseBook
from core.safety.signs import Spotter
from core.safety.words import words_of

REVIEW = {"status": "editorial", "on": "2026-11-25", "due": "2027-05-25"}


def spotter(*groups: tuple[str, ...], **more: object) -> Spotter:
    """One sign about scalds, in a language that negates as English does."""
    sign = {"rule": "R1", "message": "scald", "all_of": groups, **more}
    return Spotter(
        Lexicon.model_validate(
            {
                "language": "en",
                "review": REVIEW,
                "door": {"title": "In private", "says": "Call now.", "open": "Open it"},
                "helpline": "{place}",
                "named_helpline": "{place}",
                "negation": {
                    "before": ["no", "not", "without", "dont"],
                    "after": ["is gone"],
                    "ends": ["but"],
                    "not_negation": ["dont know", "not only"],
                },
                "figures": ["burnt out"],
                "words": {"hot": ["burnt", "scald*"]},
                "signs": [sign],
                "texts": [],
            }
        )
    )


def fires(spotter: Spotter, text: str) -> bool:
    """Whether the sign is found in a text."""
    return bool(spotter.spot(words_of(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("cant feel", "I CAN’T feel it"),
        ("cant feel", "i caaaan't... i cant feel"),
        ("cant/cannot feel", "i cannot feel"),
        ("numb*", "numbness"),
        ("feel (my) legs", "i feel legs and i feel my legs"),
        ("hot ... kettle", "a hot old steel kettle"),
        ("sangre", "SANGRÉ"),
        ("ağrı", "agri"),
        ("死にたい", "もう死にたいです"),
        ("死 ... たい", "死んでしまいたい"),
        ("15 year old", "my 15-year-old"),
        ("# year old", "my 15-year-old"),
        ("took # pills", "took 30 pills"),
        ("self harm", "self-harm"),
    ],
)
def test_a_phrase_is_found_however_it_is_typed(phrase: str, text: str) -> None:
    assert PhraseBook([phrase]).find(words_of(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("numb", "number"),
        ("cant feel", "cant. feel"),
        ("hot ... kettle", "a hot one of those big old steel kettle things"),
        ("cant/cannot feel", "couldnt feel"),
        ("hot kettle", "kettle hot"),
    ],
)
def test_a_phrase_is_not_found_in_what_only_resembles_it(phrase: str, text: str) -> None:
    assert not PhraseBook([phrase]).find(words_of(text))


@pytest.mark.parametrize("phrase", ["...", "... leg", "leg ...", "*", "a*b", "(my)", "a/", "{a b}"])
def test_a_phrase_nobody_can_read_is_refused_where_it_is_written(phrase: str) -> None:
    with pytest.raises(ValidationError):
        Sign.model_validate({"rule": "R1", "message": "scald", "all_of": [[phrase]]})


def test_every_group_must_be_there_in_one_sentence() -> None:
    sign = spotter(("{hot}",), ("arm", "hand"))
    assert fires(sign, "i scalded my hand")
    assert not fires(sign, "i scalded it")
    assert not fires(sign, "it is burnt toast. my arm is fine")


def test_groups_may_be_a_few_sentences_apart_where_a_sign_says_so() -> None:
    sign = spotter(("{hot}",), ("arm",), within="text")
    assert fires(sign, "it burnt. now look. my arm")
    assert not fires(sign, "it burnt." + " and on it goes" * 30 + " my arm")


def test_what_is_said_not_to_be_so_does_not_count() -> None:
    sign = spotter(("{hot}",))
    assert not fires(sign, "i am not burnt, just curious")
    assert not fires(sign, "no blisters and nothing burnt")
    assert not fires(sign, "the scald is gone")
    assert fires(sign, "no idea why but i am burnt")
    assert fires(sign, "i dont know how i burnt it")
    assert fires(sign, "not only burnt")
    assert fires(sign, "no. i am burnt")


def test_negation_can_be_beside_the_point() -> None:
    assert fires(spotter(("{hot}",), negatable="no"), "not burnt")


def test_a_figure_of_speech_is_no_sign() -> None:
    sign = spotter(("{hot}",))
    assert not fires(sign, "i am burnt out from work")
    assert fires(sign, "i am burnt out, and i burnt my hand")


def test_what_is_barred_silences_a_sign_in_its_sentence() -> None:
    sign = spotter(("{hot}",), none_of=("toast",))
    assert not fires(sign, "burnt toast")
    assert fires(sign, "the toast is fine. i am burnt")


def test_a_language_need_not_negate_at_all() -> None:
    assert Negation() == Negation(before=(), after=(), ends=(), not_negation=())


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    read = words_of(text)
    assert len(read.words) == len(read.sentences)
    spotter(("{hot}",)).spot(read)
