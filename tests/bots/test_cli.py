"""The `fossae` command as a process: what it prints, where, and how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.matching.fused import FusedMatcher
from tests.builders import case, entry, write_kettles, write_pack
from tests.shared import ROOT

Done = subprocess.CompletedProcess[str]
Fossae = Callable[..., Done]

WHISTLE = "why does a kettle whistle"


@pytest.fixture
def fossae(tmp_path: Path, vectors: Path, matcher: FusedMatcher) -> Fossae:
    """Runs the command in an empty folder, with nothing set but what is said."""
    home = tmp_path / "home"
    home.mkdir()

    def fossae(*arguments: str, said: str | bytes = "", **settings: str | Path) -> Done:
        clean = {name: value for name, value in os.environ.items() if "FOSSAE" not in name}
        set_ = {f"FOSSAE_{name.upper()}": str(value) for name, value in settings.items()}
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "bots.cli", *arguments],
            input=said if isinstance(said, bytes) else said.encode(),
            cwd=home,
            env={**clean, "PYTHONPATH": str(ROOT), "FOSSAE_CACHE": str(vectors), **set_},
            capture_output=True,
            timeout=60,
            check=False,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return fossae


@pytest.fixture
def kettles(tmp_path: Path) -> Path:
    """A content folder about kettles."""
    return write_kettles(tmp_path / "content")


# ask


def test_ask_answers_one_question(fossae: Fossae, kettles: Path) -> None:
    done = fossae("ask", WHISTLE, content=kettles)

    assert done.stdout.startswith("Why does a kettle whistle?\n\n")
    assert "How sure: strong evidence." in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_ask_answers_every_line_of_standard_input(fossae: Fossae, kettles: Path) -> None:
    done = fossae("ask", "-", said=f"{WHISTLE}\nwho won the cup", content=kettles)

    assert done.stdout.index("Why does a kettle whistle?") < done.stdout.index(
        "No reviewed answer yet"
    )
    assert done.returncode == 0


def test_ask_json_prints_one_object_a_question(fossae: Fossae, kettles: Path) -> None:
    texts = [
        WHISTLE,
        "who won the cup",
        "",
        "a “quoted” <b>🫖</b> text",
        "how do i rewire a kettle",
    ]
    done = fossae(
        "ask", "-", "--json", said="".join(f"{text}\n" for text in texts), content=kettles
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]

    assert [one["text"] for one in said] == texts
    assert [one["decision"] for one in said] == ["answer", "none", "none", "none", "answer"]
    assert [one["entry"] for one in said] == ["whistle", None, None, None, "rewire"]


KEYS = ["text", "decision", "entry", "claims", "rule", "score", "candidates", "reply"]


def test_ask_json_has_the_keys_of_the_map(fossae: Fossae, kettles: Path) -> None:
    done = fossae("ask", WHISTLE, "--json", content=kettles)
    (line,) = done.stdout.splitlines()
    said: dict[str, Any] = json.loads(line)

    assert list(said) == KEYS
    assert said["claims"] == ["C02"]
    assert said["rule"] is None
    assert said["score"] == 1.0
    assert said["candidates"] == [{"entry": "whistle", "score": 1.0, "claims": ["C02"]}]
    assert said["reply"]["title"] == "Why does a kettle whistle?"
    assert said["reply"]["citations"][0]["url"] == "https://kettles.example/hundred"


def test_ask_json_of_the_shipped_pack_names_the_claims_it_rests_on(fossae: Fossae) -> None:
    done = fossae("ask", "--json", "are back dimples genetic")
    said = json.loads(done.stdout)

    assert list(said) == KEYS
    assert said["decision"] in ("answer", "clarify")
    assert all(set(one) == {"entry", "score", "claims"} for one in said["candidates"])
    assert all(one["claims"] for one in said["candidates"])


def test_ask_explain_says_how_it_was_read_and_why(fossae: Fossae, kettles: Path) -> None:
    done = fossae("ask", "--explain", "what makes the wistling sound", content=kettles)
    reply, _, account = done.stdout.partition("\nread        ")

    assert reply.startswith("Why does a kettle whistle?\n\n")
    assert account.startswith("“wistling” as “whistling”\n")
    assert "\nsafety      no rule noticed anything\n" in account
    assert "\ndecision    answer `whistle`\n" in account
    assert "meant to keep wrong answers under 5 %: answered\n" in account
    assert (done.returncode, done.stderr) == (0, "")


def test_ask_explain_names_the_accepted_rate_that_was_set(fossae: Fossae, kettles: Path) -> None:
    asked = ("ask", "--explain", "what makes the wistling sound")
    done = fossae(*asked, content=kettles, accepted_wrong="2%")

    assert "meant to keep wrong answers under 2 %" in done.stdout


def test_ask_explain_json_adds_an_object_for_each_question(fossae: Fossae, kettles: Path) -> None:
    said = "what makes the wistling sound\nhello\n"
    done = fossae("ask", "-", "--json", "--explain", said=said, content=kettles)
    matched, greeted = (json.loads(line) for line in done.stdout.splitlines())

    assert list(matched) == [*KEYS, "explain"]
    assert matched["explain"]["route"] == "matching"
    assert matched["explain"]["changes"] == [["wistling", "whistling"]]
    assert set(matched["explain"]["candidates"][0]) == {"entry", "score", "ask", "cosine"}
    assert 0 < matched["explain"]["threshold"] < 1
    assert greeted["explain"]["route"] == "greeting"
    assert greeted["explain"]["why"].endswith("matching was not asked")
    assert greeted["explain"]["candidates"] == []


def test_what_comes_after_a_closed_pipe_is_not_missed(kettles: Path, vectors: Path) -> None:
    command = f"yes '{WHISTLE}' | head -500 | '{sys.executable}' -m bots.cli ask - | head -1"
    done = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", command],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "FOSSAE_CONTENT": str(kettles),
            "FOSSAE_CACHE": str(vectors),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert done.stdout == "Why does a kettle whistle?\n"
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [("ask", "-"), ("ask", "-", "--json"), ("chat",)])
def test_bytes_that_are_no_text_are_no_error(
    fossae: Fossae, kettles: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:strict")
    done = fossae(*arguments, said=b"\xff\xfe?\n", content=kettles)

    assert done.returncode == 0
    assert "Traceback" not in done.stderr


# check


def test_check_has_nothing_to_say_about_sound_content(fossae: Fossae) -> None:
    done = fossae("check")

    assert done.stdout.startswith("Nothing to mend: ")
    assert "\nCases: " in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_what_an_operator_accepts_changes_nothing_about_the_content(fossae: Fossae) -> None:
    done = fossae("check", accepted_wrong="1%")

    assert done.stdout.startswith("Nothing to mend: ")
    assert done.returncode == 0


def test_check_lists_each_case_when_told_to(fossae: Fossae, kettles: Path) -> None:
    cases = kettles / "packs" / "kettles" / "cases.yaml"
    cases.write_text(case(WHISTLE, "whistle") + case("who won the cup"))
    done = fossae("check", "--cases", content=kettles)

    assert done.stdout.splitlines()[:2] == [
        f"right     {WHISTLE}  (should find: whistle)",
        "withheld  who won the cup  (should find: nothing)",
    ]
    assert done.returncode == 0


def test_check_lists_everything_that_is_wrong(fossae: Fossae, tmp_path: Path) -> None:
    content = write_pack(
        tmp_path / "content", entries=entry("evidence: strong\nsee_also: [nobody]")
    )
    done = fossae("check", content=content)
    file = content / "packs" / "kettles" / "entries" / "all.yaml"

    assert done.stdout == (
        f"{file}:1: graded-up: `descale` says `strong`, its first claim allows `some`: "
        "say what the claim allows\n"
        f"{file}:2: dangling: there is no entry `nobody`: write it, or correct `see_also`\n"
        "2 problem(s).\n"
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_an_overdue_review_fails_the_check_and_not_the_bot(fossae: Fossae, tmp_path: Path) -> None:
    review = "review: {status: editorial, on: 2020-01-01, due: 2021-01-01}"
    content = write_pack(tmp_path / "content", entries=entry(review))

    assert "overdue" in fossae("check", content=content).stdout
    assert fossae("check", content=content).returncode == 1
    assert fossae("ask", "hello", content=content).returncode == 0


@pytest.mark.parametrize(
    "command", [("ask", "hello"), ("chat",), ("run",), ("evaluate",), ("sheet",)]
)
def test_broken_content_is_not_served(
    fossae: Fossae, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = fossae(*command, content=write_pack(tmp_path / "content", entries=entry("shrot: a")))

    assert done.returncode == 2
    assert "unknown-key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_content_folder_is_named(fossae: Fossae, tmp_path: Path) -> None:
    done = fossae("check", content=tmp_path / "nowhere")

    assert done.returncode == 1
    assert f"{tmp_path / 'nowhere'}:1: no-pack" in done.stdout


# evaluate


def test_evaluate_leaves_each_ask_out_once(fossae: Fossae) -> None:
    done = fossae("evaluate")

    assert re.search(r"^\d+ questions$", done.stdout, re.MULTILINE)
    for outcome in ("right", "offered", "wrong", "withheld"):
        row = rf"^  {outcome} +\d+  \d+\.\d% \(\d+\.\d% to \d+\.\d%\)$"
        assert re.search(row, done.stdout, re.MULTILINE)
    assert re.search(r"^wrong of the \d+ answers given: ", done.stdout, re.MULTILINE)
    assert (done.returncode, done.stderr) == (0, "")


def test_evaluate_reads_labelled_questions(fossae: Fossae, kettles: Path, tmp_path: Path) -> None:
    file = tmp_path / "labelled.jsonl"
    file.write_text(
        '{"text": "what makes the whistling sound", "entry": "whistle"}\n\n'
        '{"text": "who won the cup", "entry": null}\n'
        '{"text": "how to descale a kettle", "entry": "fuse"}\n'
    )
    done = fossae("evaluate", "--misses", str(file), content=kettles)

    assert done.stdout.splitlines()[-6:] == [
        "3 questions",
        "  right        1  33.3% (6.1% to 79.2%)",
        "  offered      0  0.0% (0.0% to 56.2%)",
        "  wrong        1  33.3% (6.1% to 79.2%)",
        "  withheld     1  33.3% (6.1% to 79.2%)",
        "wrong of the 2 answers given: 50.0% (9.5% to 90.5%)",
    ]
    assert "wrong     fuse: how to descale a kettle  -> descale" in done.stdout


def test_evaluate_draws_what_other_thresholds_would_come_to(
    fossae: Fossae, kettles: Path, tmp_path: Path
) -> None:
    done = fossae("evaluate", "--plot", str(tmp_path / "curve.png"), content=kettles)

    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")
    assert done.stderr == f"Drew {tmp_path / 'curve.png'}.\n"
    assert done.stdout.splitlines()[0].endswith(" questions")
    assert done.returncode == 0


def test_a_picture_that_cannot_be_drawn_is_told_before_anything_is_measured(
    fossae: Fossae, kettles: Path
) -> None:
    done = fossae("evaluate", "--plot", "curve.jpg", content=kettles)

    assert done.stderr == "--plot draws PNG: call it curve.png\n"
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("content", [None, "not json\n", '{"text": "a"}\n', "[1]\n", b"\xff\n"])
def test_a_file_that_evaluate_cannot_read_is_named(
    fossae: Fossae, kettles: Path, tmp_path: Path, content: str | bytes | None
) -> None:
    file = tmp_path / "labelled.jsonl"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = fossae("evaluate", str(file), content=kettles)

    assert done.returncode == 2
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr


# run and chat


def test_run_without_tokens_talks_here_and_says_how_to_add_one(fossae: Fossae) -> None:
    done = fossae("run")

    assert "FOSSAE_DISCORD_TOKEN or FOSSAE_TELEGRAM_TOKEN" in done.stdout
    assert "Ask me a question" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_run_answers_what_is_piped_in(fossae: Fossae, kettles: Path) -> None:
    done = fossae("run", said=f"{WHISTLE}\n/quit\n", content=kettles)

    assert "Why does a kettle whistle?" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("command", ["run", "chat"])
def test_a_closed_standard_input_is_the_end_of_input(
    kettles: Path, vectors: Path, command: str
) -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", f"'{sys.executable}' -m bots.cli {command} <&-"],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "FOSSAE_CONTENT": str(kettles),
            "FOSSAE_CACHE": str(vectors),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "Ask me a question" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


# settings and the line itself


def test_bad_settings_are_told_at_once_without_their_values(fossae: Fossae) -> None:
    done = fossae("run", log_level="chatty", discord_tokn="my-secret", telegram_api_url="my-secret")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "FOSSAE_DISCORD_TOKN is no setting: did you mean FOSSAE_DISCORD_TOKEN?",
        "FOSSAE_TELEGRAM_API_URL can't be used: write an address such as https://api.telegram.org",
        "FOSSAE_LOG_LEVEL can't be used: use DEBUG, INFO, WARNING or ERROR",
    ]


def test_settings_are_read_from_env_in_the_folder(fossae: Fossae, tmp_path: Path) -> None:
    (tmp_path / "home" / ".env").write_text("FOSSAE_LOG_LEVEL=chatty\n")

    assert fossae("check").returncode == 2
    assert fossae("check", log_level="DEBUG").returncode == 0


def test_a_cache_that_cannot_be_written_is_no_error(fossae: Fossae, kettles: Path) -> None:
    done = fossae("ask", WHISTLE, content=kettles, cache="/dev/null/cache")

    assert done.stdout.startswith("Why does a kettle whistle?")
    assert "cache=unwritable" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    "arguments", [(), ("boil",), ("ask",), ("check", "twice"), ("check", "--format", "xml")]
)
def test_a_line_that_is_not_understood_is_explained(
    fossae: Fossae, arguments: tuple[str, ...]
) -> None:
    done = fossae(*arguments)

    assert done.returncode == 2
    assert done.stderr.startswith("usage: fossae")


def test_help_lists_the_commands(fossae: Fossae) -> None:
    done = fossae("--help")

    assert done.returncode == 0
    for command in ("run", "chat", "ask", "check", "sheet", "evaluate", "doctor"):
        assert f"\n    {command} " in done.stdout


def test_the_database_is_brought_up_to_date(fossae: Fossae, tmp_path: Path) -> None:
    file = tmp_path / "new" / "fossae.db"
    done = fossae("db", "upgrade", database_url=f"sqlite:///{file}")
    assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")
    assert file.exists()


def test_a_database_that_cannot_be_reached_is_said_and_its_password_is_not(fossae: Fossae) -> None:
    done = fossae("run", database_url="postgresql://me:hidden@127.0.0.1:1/nowhere")
    assert done.returncode == 2
    assert done.stderr.startswith("FOSSAE_DATABASE_URL can't be opened:")
    assert "hidden" not in done.stderr and "Traceback" not in done.stderr


def test_answers_are_moved_between_databases_by_a_file(fossae: Fossae, tmp_path: Path) -> None:
    here, there = (f"sqlite:///{tmp_path / name}.db" for name in ("here", "there"))
    file = str(tmp_path / "faq.yaml")
    lines = "/faq settings\n1\n/faq add\nWhere is the pool?\nUpstairs.\n-\n-\n-\n1\n"
    fossae("chat", said=lines, database_url=here)
    fossae("chat", said="/faq settings\n1\n", database_url=there)
    assert fossae("db", "export", file, database_url=here).stdout == f"Wrote {file}.\n"
    dry = fossae("db", "import", file, "--dry-run", database_url=there)
    assert "New: Where is the pool?" in dry.stdout and "were taken" not in dry.stdout
    assert "1 answers were taken" in fossae("db", "import", file, database_url=there).stdout
    asked = fossae("chat", said="where is the pool\n", database_url=there)
    assert "Upstairs." in asked.stdout


def test_whose_answers_are_meant_has_to_be_said(fossae: Fossae, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    done = fossae("db", "export", str(tmp_path / "faq.yaml"), database_url=url)
    assert done.returncode == 2
    assert "Say which with --place. Known are: none yet" in done.stderr


def test_a_file_that_cannot_be_taken_is_an_error_in_words(fossae: Fossae, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'here.db'}"
    fossae("chat", said="/faq settings\n", database_url=url)
    hostile = tmp_path / "faq.yaml"
    hostile.write_text("entries: &a [*a]\n")
    done = fossae("db", "import", str(hostile), database_url=url)
    assert done.returncode == 2
    assert "are not read" in done.stderr and "Traceback" not in done.stderr
