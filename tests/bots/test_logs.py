"""Whatever happens, no token reaches a log."""

import logging
from collections.abc import Callable, Iterator

import pytest

from bots.logs import Redacted, configure

TOKEN = "123456:AAH-very-secret"
OTHER = "MTIz.discord.secret"
Written = Callable[[], str]
TALKATIVE = ("httpx", "httpcore", "discord", "telegram", "aiohttp", "asyncio", "aiosqlite")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Afterwards, logging is as it was before."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    levels = {name: logging.getLogger(name).level for name in (None, *TALKATIVE)}
    yield
    root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Written:
    """What has been written to standard error."""
    return lambda: capsys.readouterr().err


def test_a_line_has_a_time_a_level_a_name_and_what_happened(written: Written) -> None:
    configure("INFO", [])
    logging.getLogger("bots.kettle").info("boiled kind=%s", "water")
    lines = written()

    assert lines.endswith(" INFO bots.kettle boiled kind=water\n")


@pytest.mark.parametrize("secret", [TOKEN, OTHER])
def test_a_token_in_a_message_is_replaced(written: Written, secret: str) -> None:
    configure("DEBUG", [TOKEN, OTHER])
    log = logging.getLogger("bots.kettle")
    log.warning("POST https://api.telegram.org/bot%s/sendMessage", secret)
    log.debug(f"token {secret}, again {secret}")  # noqa: G004
    lines = written()

    assert secret not in lines
    assert lines.count("[token]") == 3


def test_a_token_in_a_traceback_is_replaced(written: Written) -> None:
    configure("INFO", [TOKEN])
    try:
        try:
            raise ValueError(f"first {TOKEN}")
        except ValueError as cause:
            raise RuntimeError(f"then {TOKEN}") from cause
    except RuntimeError:
        logging.getLogger("bots.kettle").exception("failed with %s", TOKEN)
    lines = written()

    assert TOKEN not in lines
    assert "RuntimeError: then [token]" in lines
    assert "ValueError: first [token]" in lines


def test_a_token_in_an_argument_that_is_an_error_is_replaced(written: Written) -> None:
    configure("INFO", [TOKEN])
    logging.getLogger("telegram.ext").error("polling failed: %r", OSError(f"/bot{TOKEN}/getMe"))
    lines = written()

    assert TOKEN not in lines
    assert "/bot[token]/getMe" in lines


@pytest.mark.parametrize("name", [*TALKATIVE, "telegram.ext.Updater", "discord.gateway"])
def test_the_libraries_speak_up_only_when_something_is_wrong(written: Written, name: str) -> None:
    configure("DEBUG", [])
    logging.getLogger(name).info("GET /bot…/getUpdates")
    logging.getLogger(name).warning("connection lost")
    lines = written()

    assert "getUpdates" not in lines
    assert "connection lost" in lines


@pytest.mark.parametrize("name", ["gateway", "state", "client", "http", "webhook.async_"])
def test_what_people_write_is_not_among_what_a_library_tells(written: Written, name: str) -> None:
    """At DEBUG the gateway would write down every event, messages included."""
    configure("DEBUG", [])
    log = logging.getLogger(f"discord.{name}")
    log.debug("For Shard ID %s: WebSocket Event: %s", None, {"content": "are they genetic"})

    assert not log.isEnabledFor(logging.INFO)
    assert "genetic" not in written()


def test_configuring_twice_writes_once(written: Written) -> None:
    configure("INFO", [])
    configure("INFO", [TOKEN])
    logging.getLogger("bots.kettle").info("boiled %s", TOKEN)
    lines = written()

    assert lines.count("boiled [token]") == 1
    assert TOKEN not in lines


def test_no_secrets_change_nothing() -> None:
    record = logging.LogRecord("a", logging.INFO, "a.py", 1, "a line", (), None)

    assert Redacted([""]).format(record).endswith(" INFO a a line")
