"""Logging: one line an event, key=value, and never a token, a message or a person's id."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable

# Their INFO lines hold request addresses, and Telegram's addresses hold the token; a database's
# driver writes every statement with what people wrote.
_TALKATIVE = (
    *("httpx", "httpcore", "discord", "telegram", "aiohttp", "asyncio"),
    *("alembic", "sqlalchemy", "aiosqlite", "asyncpg"),
)


class Redacted(logging.Formatter):
    """Writes a record with its traceback, every secret replaced."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[token]")
        return line


def configure(level: str, secrets: Iterable[str]) -> None:
    """Log to standard error at `level`; the libraries only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
