"""The log of a running adapter, as an operator would read it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bots import logs
from bots.settings import Settings

LIBRARIES = [*logs._TALKATIVE, "discord.state", "discord.app_commands.tree"]


class Journal(logging.Handler):
    """The log as an operator would read it."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self.setFormatter(logs.Redacted(secrets))
        self.records: list[logging.LogRecord] = []
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record and how it is written."""
        self.records.append(record)
        self.lines.append(self.format(record))

    @property
    def written(self) -> str:
        """Everything that stands in the log."""
        return "\n".join(self.lines)

    def loud(self) -> list[str]:
        """What is a warning or worse, and was not taken yet."""
        return [self.format(each) for each in self.records if each.levelno >= logging.WARNING]

    def take(self, level: str) -> list[logging.LogRecord]:
        """The records of a level; a test that takes them expects them."""
        taken = [each for each in self.records if each.levelname == level]
        self.records = [each for each in self.records if each.levelname != level]
        return taken


@contextmanager
def logged(settings: Settings) -> Iterator[Journal]:
    """The log, set up as `fossae run` does it; what was set up before comes back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in LIBRARIES}
    root.handlers = []
    logs.configure("DEBUG", settings.secrets)
    root.handlers = [*handlers, journal := Journal(settings.secrets)]
    try:
        yield journal
    finally:
        root.handlers = handlers
        root.setLevel(level)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
