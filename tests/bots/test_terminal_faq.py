"""The operator looks after this terminal's own FAQ with the same commands as moderators."""

from io import StringIO
from pathlib import Path

from bots.desk import Desk
from bots.terminal.app import chat
from core.community.communities import Communities
from core.community.serving.engines import Shipped
from core.community.store.database import Database
from core.dialogue.engine import Engine
from tests.conftest import NOW

LINES = [
    "/faq settings",
    "1",
    "/faq add",
    "What is the wifi password?",
    "Ask at the desk. It is written on the board.",
    "wifi code | how do i get online here",
    "-",
    "https://wifi.example/help",
    "1",
    "/faq",
    "whats the wifi code pls",
]


def test_an_answer_is_added_published_and_given(
    engine: Engine, shipped: Shipped, tmp_path: Path
) -> None:
    communities = Communities(Database(f"sqlite:///{tmp_path}/a.db"), shipped, lambda: NOW)
    out = StringIO()
    chat(Desk(engine, communities), StringIO("\n".join(LINES)), out)
    said = out.getvalue()
    assert "Question (As a member would ask it)" in said
    assert "Published. Members get this answer from now on." in said
    assert "1 in all. Page 1 of 1." in said
    answer = said.partition("> whats the wifi code pls")[2]
    assert "Ask at the desk." in answer and "https://wifi.example/help" in answer


INBOX = [
    "/faq settings",
    "/faq inbox",
    "where can i park my car",
    "can i park my car here",
    "/faq inbox",
    "1",
    "1",
    "Where can I park?",
    "Behind the house.",
    "-",
    "-",
    "-",
    "/faq sort what r those lil marks by the waistband",
    "2",
    "1",
    "/faq taught",
]


def test_what_was_asked_in_vain_is_answered_from_the_inbox(
    engine: Engine, shipped: Shipped, tmp_path: Path
) -> None:
    communities = Communities(Database(f"sqlite:///{tmp_path}/a.db"), shipped, lambda: NOW)
    out = StringIO()
    chat(Desk(engine, communities), StringIO("\n".join(INBOX)), out)
    said = " ".join(out.getvalue().split())
    assert "where can i park my car (2)" in said
    assert "Saved as a draft." in said
    assert "also answers: “what r those lil marks by the waistband” (the operator," in said
