"""Texts that imply someone under 18, and texts that do not."""

import pytest

from core.content.library import Library
from core.safety.age import gives_minor_age, implies_minor

UNDER_18 = """
    im 15 | i'm 15 | I’m 15 | i am only 15 | im just 14 | i'm almost 17 | IM FIFTEEN | I am thirteen | im 9
    she is 16 | she's 16 and wants it | he's 17 | they're 15 | i was 14 | my daughter is 12 | aged 13
    turning 17 | im turning 17 | just turned 17 | I turned sixteen last week | i'm 17, nearly 18
    15 yo | 15yo | 15 y/o | 16-year-old | 16 year old | sixteen year olds | 13yr old | 13 yrs old
    my 14 year-old sister | im 8 years old | 15f | F15 | m16 | 17 m
    under 18 | under-18 | underage | under age | I'm a minor | can minors get it | not 18 yet | not yet 18
    teen | teens | teenager | teenage girl | preteen | tween
    in high school | middle school | highschool | secondary school | 9th grade | grade 10 | year 11
    my mum says no | my mom won't let me | my parents don't let me | my dad doesnt know
"""
MISSED = """
    im like 15 | im15 | im 16yrs | im １５ | 14 here | 15 male | sixteen years of age
    i turn 18 in march | almost 18 | nearly 18 | under eighteen | younger than 18 | below 18
    high schooler | 10th grader | tenth grade | can you get the op at 15 | my mum wouldn't let me
    im 15 am i too young | im 12 pm me | can i get it at 15 am i allowed
    my lad is 14 | son, 16, sore back | our girl (15) wants studs | daughter 17 asks | stepson 16 asks
    my mate who's 14 did it | my lil bro's 13 | he's like 15 i think | a girl of 15 | nephew (15) lifts
    i have 14 years, is it normal | mi have 14 years | im 1️⃣5️⃣ lol | twin girls, 16, want ink
    is it safe for 16 year olds | any lipo for 15 yo | for 15 yrs old girls | not for 14yo
    asking for the 15f in my group | can i get ink, 16 years old | want a tattoo 15 years old
    my niece whos 14 asked | me n my friend are both 12 | son, who's fifteen, does deadlifts
"""
ADULTS = """
    im 25 | i am 18 | I'm 19 | 32 year old | 45f | m 52 | im 50 | im 180 cm | i am 117 kg | i'm 170 lbs
    15% body fat | 15 percent body fat | is 14% ok | i lost 15 kg | is 15 kg enough | im 15 kg heavier
    i'm 5'4 | im 16 weeks pregnant | my baby is 8 weeks old | it was 5 years ago | is 10 weeks enough
    only 12 reps | just 5 minutes | after 12 weeks | is 6 months long enough | only 7 people have it
    are they 5 cm apart | im 10/10 | size 10 | im size 12 | L5 | my L5-S1 disc | i have 2 kids
    my mother has them | newborn | level 10 | 15 min workout | how deep are they
"""
FALSE_ALARMS = """
    is it minor surgery | what are the minor side effects | is it a minor operation
    my mother will turn 60 | im 5 foot 4 | my bmi is 17 | are ten squats enough
    it went off at 9 pm | can you do it at 10am | i have it at 11 a.m.
    im 14 wks pregnant | I'm 12w | i was 8 wks and she went deep | he's 15 mo | im 12+3 today
    tattoo there is 10 years old | the ink on my back is 7 yrs old | my mattress is 12 years old
    manual labour for 10 yrs | married over 12 yrs | out of school for 15 yrs now | in the last 10 yrs
    my piercing is 5 years old | tattoo healed 6 yrs | whisky, 16 years old | 8 yrs together
    ten yrs after my last baby | 5 yrs experience | i have 10 years of experience | -15 here
    my sister 15 years older has them | my brother, 12 years younger
    i jumped off the 10m tower | A minor or E minor for a sad song | year 12 of marriage
    i teach at a secondary school | i teach primary school | my sister has 12 cousins | my son has 10 fingers
"""


def texts(table: str) -> list[str]:
    """The texts of a table."""
    return [text.strip() for line in table.strip().splitlines() for text in line.split("|")]


@pytest.mark.parametrize("text", texts(UNDER_18))
def test_someone_under_18_is_noticed(text: str) -> None:
    assert implies_minor(text)
    assert implies_minor(f"Hello! {text.upper()}... what can I do?")


@pytest.mark.parametrize("text", texts(MISSED))
def test_someone_under_18_is_noticed_in_other_words_too(text: str) -> None:
    assert implies_minor(text)


@pytest.mark.parametrize("text", texts(ADULTS))
def test_a_number_is_not_yet_an_age(text: str) -> None:
    assert not implies_minor(text)


@pytest.mark.parametrize("text", texts(FALSE_ALARMS))
def test_an_adult_is_not_taken_for_a_child(text: str) -> None:
    assert not implies_minor(text)


@pytest.mark.parametrize(
    "text",
    [
        "no i'm not under 18, im 22, next question",
        "when i was 14 the girls at school called them potholes. 41 now and i like them",
        "I'm 16 weeks pregnant and my back aches",
        "i’m 12 weeks gone",
        "i play guitar, a minor is the only chord my hands know",
        "i am NOT under 18 before u ask. 24",
        "brain numb after a double shift, explain dimples like im 5",
        "a spinal fusion in my teens, now 32 and pregnant",
        "had a brace all through my teen years, im 31 now",
    ],
)
def test_what_is_said_not_to_be_so_is_not(text: str) -> None:
    assert not implies_minor(text)


@pytest.mark.parametrize(
    "text", ["im 15", "my daughter is 12", "16-year-old", "F15", "i'm a minor", "not 18 yet"]
)
def test_an_age_is_told_from_a_hint(text: str) -> None:
    assert gives_minor_age(text)


@pytest.mark.parametrize("text", ["teen spirit", "my high school reunion", "my mum says hi"])
def test_a_hint_is_no_age(text: str) -> None:
    assert implies_minor(text)
    assert not gives_minor_age(text)


def test_no_ask_of_an_adults_only_answer_sounds_like_someone_under_18(library: Library) -> None:
    """Else the people it was written for could never reach it in these words."""
    adults = [entry for entry in library.entries.values() if entry.audience == "adults"]
    young = [ask for entry in adults for ask in (entry.question, *entry.asks) if implies_minor(ask)]

    assert young == []


def test_a_long_text_is_read_quickly_and_to_its_end() -> None:
    assert implies_minor("i am " * 1_190 + "im 15")
    assert not implies_minor("i am only just almost " * 270)
