"""A request survives being written on a button, and a forged button is only a forged button."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.model import ID
from core.dialogue import token
from core.dialogue.request import (
    About,
    Ask,
    Browse,
    Forget,
    Help,
    Helpful,
    Instead,
    ListSources,
    Manage,
    Part,
    Request,
    SayMinor,
    ShowEntry,
    ShowPrivacy,
    Start,
    Step,
    Stop,
    mark,
)

slugs = st.from_regex(ID, fullmatch=True).filter(lambda id: len(id) <= 40)
longest = st.just("a" * 40)
communitys = st.from_regex(r"_[a-z0-9-]{1,40}", fullmatch=True)
ids = slugs | longest | communitys
pages = st.integers(0, 9_999)
tokens: st.SearchStrategy[Request] = st.one_of(
    st.builds(ShowEntry, ids, st.sampled_from(Part), st.booleans()),
    st.builds(Instead, st.none() | ids, st.none() | st.builds(mark, ids)),
    st.builds(Helpful, ids),
    st.sampled_from([ShowPrivacy(), Forget()]),
    st.builds(SayMinor, ids),
    st.builds(Browse, slugs | longest, pages),
    st.just(Browse()),
    st.builds(ListSources, pages),
    st.builds(Manage, st.from_regex(r"[A-Za-z0-9_-]{1,63}", fullmatch=True)),
    st.just(About()),
    st.just(Start()),
    st.builds(Start, slugs | longest),
    st.builds(Stop, slugs | longest),
    st.builds(
        Step,
        slugs.filter(lambda id: len(id) <= 14),
        st.from_regex(r"[A-Za-z0-9_-]{4}", fullmatch=True),
        st.lists(st.integers(0, 61), max_size=44).map(tuple),
        st.booleans(),
    ),
    st.just(Help()),
)


@settings(deadline=None)
@given(tokens)
def test_what_is_written_is_what_is_read(request: Request) -> None:
    assert token.read(token.write(request)) == request


@settings(deadline=None)
@given(tokens)
def test_a_token_fits_every_platform(request: Request) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", token.write(request))


@settings(deadline=None)
@given(tokens, tokens)
def test_two_requests_never_share_a_token(one: Request, other: Request) -> None:
    assert (token.write(one) == token.write(other)) == (one == other)


@pytest.mark.parametrize(
    ("request_", "written"),
    [
        (ShowEntry("whistle"), "ewhistle"),
        (ShowEntry("whistle", Part.MORE), "mwhistle"),
        (ShowEntry("whistle", Part.SOURCES), "swhistle"),
        (ShowEntry("whistle", Part.FIGURE), "pwhistle"),
        (ShowEntry("rewire", Part.FIGURE, of_age=True), "Prewire"),
        (ShowEntry("rewire", of_age=True), "Erewire"),
        (ShowEntry("_k3f9"), "e_k3f9"),
        (ShowEntry("_k3f9", Part.SOURCES, of_age=True), "S_k3f9"),
        (Instead("_k3f9"), "i_k3f9"),
        (Instead(), "i"),
        (SayMinor("_k3f9"), "u_k3f9"),
        (Browse(), "t"),
        (Browse("noise"), "tnoise"),
        (Browse("noise", 2), "tnoise_2"),
        (ListSources(3), "o3"),
        (About(), "a"),
        (Start(), "c"),
        (Start("is-it-safe"), "cis-it-safe"),
        (Stop("is-it-safe"), "nis-it-safe"),
        (Step("is-it-safe", "x_-9"), "qx_-9_is-it-safe"),
        (Step("is-it-safe", "x_-9", (0, 2, 61)), "qx_-9AC9_is-it-safe"),
        (Step("is-it-safe", "x_-9", (0,), why=True), "wx_-9A_is-it-safe"),
        (Help(), "h"),
    ],
)
def test_buttons_posted_by_an_earlier_version_stay_readable(
    request_: Request, written: str
) -> None:
    """Tokens are public the day a button is posted: a change here breaks buttons in every chat."""
    assert token.write(request_) == written
    assert token.read(written) == request_


def test_what_a_bot_can_see_is_of_the_place_and_not_of_the_token() -> None:
    assert token.write(Help("commands")) == token.write(Help("mentions")) == "h"


def test_a_question_has_no_token_because_words_are_not_kept() -> None:
    with pytest.raises(ValueError, match="no token"):
        token.write(Ask("am i normal"))


@pytest.mark.parametrize(
    "forged",
    [
        *("", " ", "e", "m", "p", "u", "o", "x", "xwhistle", "ah", "hh", "0"),
        *("eWhistle", "ewhistle ", "ewhistle\n", " ewhistle", "ewhis tle", "ewhistle_2"),
        *("e__k3f9", "e_", "t_k3f9", "tnoise_", "tnoise_x", "tnoise_-1", "tnoise_12345", "t_1"),
        *("o-1", "o12345", "o1.5", "o٣", "t\u00adnoise", "ewhistlé", "e" + "a" * 41, "e_" + "a" * 41),
        *("../../etc/passwd", "e'; drop table", "a" * 10_000, "\ud800", "\0"),
        *("q", "qx_-9", "qx_-9AC9", "qx_-9AC9is-it-safe", "qx_-9A_C_safe", "qé_-9A_safe", "n", "c_", "cA"),
        *("qx_-9AC9_", "qx_-9AC9_Safe", "q" + "A" * 60 + "_safe", "wx_-_safe", "x_-9AC9_is-it-safe"),
    ],
)  # fmt: skip
def test_a_forged_token_is_a_token_error(forged: str) -> None:
    with pytest.raises(token.TokenError):
        token.read(forged)


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[a-zEMSP][A-Za-z0-9_-]*", fullmatch=True))
def test_any_text_is_a_request_or_a_token_error(text: str) -> None:
    try:
        request = token.read(text)
    except token.TokenError:
        return
    assert token.read(token.write(request)) == request


def test_what_opens_for_others_begins_a_check_anew() -> None:
    assert token.opening("qx_-9AC9_is-it-safe") == "cis-it-safe"
    assert token.opening("wx_-9_is-it-safe") == "cis-it-safe"


@pytest.mark.parametrize("other", ["ewhistle", "cis-it-safe", "nis-it-safe", "Erewire", "zzz", ""])
def test_everything_else_opens_as_it_is(other: str) -> None:
    assert token.opening(other) == other
