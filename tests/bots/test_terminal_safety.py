"""The safety rules at the keyboard, where nobody else looks on."""

import logging
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from bots.desk import Desk
from bots.terminal.app import chat
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.content.library import Library
from core.dialogue.engine import Engine
from tests.alarming import EMERGENCY, PAIN, SPANISH, WOUND, YOUNG, adult_labels, quoted, told
from tests.conftest import NOW

Talk = Callable[..., str]


def answered(desk: Desk, *lines: str) -> str:
    """What is seen behind the last line, however it was wrapped."""
    out = StringIO()
    chat(desk, StringIO("".join(f"{line}\n" for line in lines)), out)
    behind = out.getvalue().split("\n> ")[len(lines)]
    return " ".join(behind.removeprefix(lines[-1]).split())


@pytest.fixture
def talk(desk: Desk) -> Talk:
    """Says lines and returns what is seen behind the last one."""
    return lambda *lines: answered(desk, *lines)


@pytest.mark.parametrize(("text", "language"), [(EMERGENCY, "en"), (SPANISH, "es")])
def test_an_emergency_shows_its_text_and_nothing_to_pick(
    talk: Talk, library: Library, text: str, language: str
) -> None:
    seen, wanted = talk(text), told(library, "R1", "spine", language)
    assert seen.startswith(" ".join((wanted.title, *wanted.says)))
    assert "112" in seen and " 1. " not in seen and "Evidence" not in seen


def test_a_number_picks_nothing_after_an_emergency(talk: Talk, library: Library) -> None:
    first = library.entries[library.rules["R2"].messages[0].entries[0]].question
    assert talk(WOUND, "1").startswith(first)
    assert not talk(WOUND, EMERGENCY, "1").startswith(first)


def test_a_rule_that_stops_shows_its_entries_to_pick_from(talk: Talk, library: Library) -> None:
    seen, rule = talk(WOUND), library.rules["R2"]
    entries = [library.entries[id] for id in rule.messages[0].entries]
    assert seen.startswith(told(library, "R2", "wound").title)
    assert f"1. {entries[0].label} 2. {entries[1].label} 3. All topics" in seen
    assert talk(WOUND, "1").startswith(entries[0].question)


def test_a_rule_beside_stands_before_the_answer(talk: Talk, library: Library) -> None:
    entry, line = library.entries["pain-at-the-dimple"], told(library, "R4", "appointment").says[0]
    assert talk(PAIN).startswith(f"{entry.question} {line} {entry.short}")


@pytest.mark.parametrize("text", YOUNG)
def test_who_is_under_18_gets_no_procedures(talk: Talk, library: Library, text: str) -> None:
    seen = talk(text)
    assert told(library, "R7", "young").says[0] in seen
    assert not [label for label in adult_labels(library) if f". {label} " in seen]


def test_nothing_of_an_emergency_is_logged(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    talk(EMERGENCY)
    assert not quoted(EMERGENCY, caplog.text)


@pytest.mark.parametrize(("text", "rule"), [(EMERGENCY, ("R1", "spine")), (WOUND, ("R2", "wound"))])
def test_an_entry_of_the_operator_cannot_switch_a_rule_off(
    engine: Engine,
    shipped: Shipped,
    tmp_path: Path,
    text: str,
    rule: tuple[str, str],
) -> None:
    communities = Communities(Database(f"sqlite:///{tmp_path}/a.db"), shipped, lambda: NOW)
    desk, question = Desk(engine, communities), f"{text.capitalize()}, what now?"
    writing = ["/faq settings", "1", "/faq add", question, "Ask at the desk.", text, "-", "-", "1"]
    assert "Published." in answered(desk, *writing)
    for asked in (text, question):
        assert answered(desk, asked).startswith(told(shipped.library, *rule).title)
