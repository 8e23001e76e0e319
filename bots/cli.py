"""The `fossae` command: what an operator and an author type."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from bots import logs, plot, settings
from bots.account import Account
from bots.evaluating import LabelledError, evaluate, misses
from bots.plot import PlotError
from bots.refusal import Refused
from bots.runtime import build_desk, build_engine, build_matcher
from bots.settings import Settings, SettingsError
from core.community.protocol.mistake import DatabaseError
from core.content.library import Library
from core.content.problem import ContentError
from core.content.reader import load
from core.dialogue.reply import Turn
from core.dialogue.request import Ask
from core.matching.encoder import ModelError

INTERRUPTED = 130

Asking = Callable[[str], tuple[Turn, Account | None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    parsed = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = parsed.command
    _read_any_bytes()
    try:
        using = settings.read()
        logs.configure(using.log_level, using.hidden)
        return command(parsed, using)
    except (
        SettingsError,
        ContentError,
        ModelError,
        DatabaseError,
        LabelledError,
        PlotError,
        Refused,
    ) as mistake:
        print(mistake, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("fossae", description="Reviewed answers, with their evidence.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[..., int], help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(command=command)
        return added

    add("run", _run, "every adapter that has a token; with none, talk in this terminal")
    add("chat", _chat, "talk to it in this terminal")
    _add_ask(add("ask", _ask, "answer one question, or one a line from standard input"))
    _add_check(add("check", _check, "everything wrong with the content: file:line, rule, remedy"))
    sheet = add("sheet", _sheet, "one printable page for a clinician to review and sign")
    sheet.add_argument("file", nargs="?", type=Path, default=Path("review-sheet.html"))
    _add_evaluate(
        add("evaluate", _evaluate, "how often matching is right, offers, is wrong, withholds")
    )
    add("train", _train, "learn the safety rules' training texts, after they have changed")
    add("demo", _demo, "a made-up week of a community, to look around in; nothing of it stays")
    add("doctor", _doctor, "what is misconfigured on either platform, and how to mend it")
    _add_db(add("db", _db, "the database of communities: upgrade, export, import"))
    return parser


def _add_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("text", help="the question; - reads questions from standard input")
    ask.add_argument("--json", action="store_true", help="one JSON object a question")
    ask.add_argument("--explain", action="store_true", help="also how it was read, and why")


def _add_check(check: argparse.ArgumentParser) -> None:
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    check.add_argument("--cases", action="store_true", help="also list what became of each case")
    diagram = "also draw the guided checks: .svg for the decision table, .html for a page to review"
    check.add_argument("--diagram", type=Path, metavar="FILE", help=diagram)


def _add_evaluate(evaluate: argparse.ArgumentParser) -> None:
    lines = 'JSON lines {"text": ..., "entry": id or null}; without it, each ask is left out once'
    evaluate.add_argument("file", nargs="?", type=Path, help=lines)
    evaluate.add_argument("--misses", action="store_true", help="also list what went wrong")
    curve = "also draw what other thresholds would come to: .png"
    evaluate.add_argument("--plot", type=Path, metavar="FILE", help=curve)


def _add_db(database: argparse.ArgumentParser) -> None:
    wanted = "bring its tables to the newest shape, or move answers"
    database.add_argument("what", choices=("upgrade", "export", "import"), help=wanted)
    database.add_argument("file", nargs="?", type=Path, default=Path("faq.yaml"))
    place = "whose answers; without it, those of the only place there is"
    database.add_argument("--place", help=place)
    database.add_argument("--dry-run", action="store_true", help="only show what would change")


def _run(_: argparse.Namespace, using: Settings) -> int:
    if not using.secrets:
        print("No bot token is set, so here is the bot in your terminal. To run the bots, put")
        print("FOSSAE_DISCORD_TOKEN or FOSSAE_TELEGRAM_TOKEN into .env (docs/setup.md says how).")
        return _chat(_, using)
    from bots.process import serve  # noqa: PLC0415 - only a bot needs the client libraries

    return serve(using)


def _chat(_: argparse.Namespace, using: Settings) -> int:
    from bots.terminal.app import chat  # noqa: PLC0415

    chat(build_desk(using))
    return 0


def _ask(parsed: argparse.Namespace, using: Settings) -> int:
    from bots.answering import as_json, as_text, questions  # noqa: PLC0415

    library, reply = _asking(using, explain=parsed.explain)
    for text in questions(parsed.text):
        turn, account = reply(text)
        said = (
            as_json(library, text, turn, account)
            if parsed.json
            else as_text(library, turn, account)
        )
        print(said, flush=True)
    return 0


def _asking(using: Settings, *, explain: bool) -> tuple[Library, Asking]:
    """The library, and what gives the turn for a text, with its account where that is wanted."""
    if explain:
        from bots.explaining import explainer  # noqa: PLC0415

        explaining = explainer(using)
        return explaining.engine.library, explaining.reply
    engine = build_engine(using)
    return engine.library, lambda text: (engine.reply(Ask(text)), None)


def _check(parsed: argparse.Namespace, using: Settings) -> int:
    from bots.checking import examine, report  # noqa: PLC0415

    examined = examine(using, datetime.now(UTC).date())
    print(report(examined, parsed.format, cases=parsed.cases))
    if parsed.diagram:
        from bots.diagram import draw  # noqa: PLC0415

        print(draw(examined, parsed.diagram), file=sys.stderr)
    return 1 if examined.problems else 0


def _train(_: argparse.Namespace, using: Settings) -> int:
    from bots.training import train  # noqa: PLC0415

    for line in train(using):
        print(line)
    return 0


def _sheet(parsed: argparse.Namespace, using: Settings) -> int:
    from bots.sheet import page  # noqa: PLC0415

    parsed.file.write_text(page(load(using.content)), encoding="utf-8")
    print(f"Wrote {parsed.file}: open it in a browser, and print it from there.")
    return 0


def _evaluate(parsed: argparse.Namespace, using: Settings) -> int:
    if parsed.plot:
        plot.prepare(parsed.plot)
    report = evaluate(build_matcher(using, load(using.content)), parsed.file)
    listed = misses(report) if parsed.misses else ()
    print(*listed, report, sep="\n")
    if parsed.plot:
        plot.draw(report, using.accepted_wrong, parsed.plot)
        print(f"Drew {parsed.plot}.", file=sys.stderr)
    return 0


def _read_any_bytes() -> None:
    """Bytes on standard input that are no text are shown as such, and are no error."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def _doctor(_: argparse.Namespace, using: Settings) -> int:
    from bots.doctor import examine  # noqa: PLC0415

    return examine(using)


def _demo(_: argparse.Namespace, using: Settings) -> int:
    from bots.demo import demo  # noqa: PLC0415

    demo(using)
    return 0


def _db(parsed: argparse.Namespace, using: Settings) -> int:
    if parsed.what != "upgrade":
        from bots import moving  # noqa: PLC0415

        move = moving.bring if parsed.what == "import" else moving.take_out
        print(move(using, parsed.file, parsed.place, dry=parsed.dry_run))
        return 0
    asyncio.run(_upgrade(using))
    print("The database is up to date.")
    return 0


async def _upgrade(using: Settings) -> None:
    from core.community.store.database import Database  # noqa: PLC0415 - most commands need none

    database = Database(using.database_url)
    try:
        await database.upgrade()
    finally:
        await database.close()


if __name__ == "__main__":
    sys.exit(main())
