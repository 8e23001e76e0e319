"""What an operator sets: environment variables that begin with FOSSAE_, and a .env file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from platformdirs import user_cache_path, user_data_path
from pydantic import BeforeValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.matching.fused import ACCEPTED

PREFIX = "FOSSAE_"
ROOT = Path(__file__).resolve().parent.parent

Web = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]
Socket = Annotated[str, StringConstraints(pattern=r"^wss?://[^\s/]+(/\S*)?$")]


Database = Annotated[str, StringConstraints(pattern=r"^(sqlite|postgresql)://\S+$")]


def _own_file() -> str:
    """A file that needs no set-up."""
    return f"sqlite:///{user_data_path('fossae') / 'fossae.db'}"


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _share(value: object) -> object:
    """A percentage such as "5 %" as a share; everything else as it is."""
    said = value.strip() if isinstance(value, str) else ""
    if not said.endswith("%"):
        return value
    return str(float(said.removesuffix("%")) / 100)


# Beyond these nobody has measured which threshold keeps the rate (calibrator.json, `usual`).
STRICTEST, LOOSEST = 0.01, 0.2
Share = Annotated[float, BeforeValidator(_share), Field(ge=STRICTEST, le=LOOSEST)]
Secret = Annotated[SecretStr | None, BeforeValidator(_blank_is_none)]


class SettingsError(Exception):
    """Settings nobody can start with; the message lists all that is wrong, a line each."""


class Settings(BaseSettings):
    """All settings, read once; none of them is looked up again later."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    discord_token: Secret = None
    discord_api_url: Web = "https://discord.com/api/v10"
    discord_gateway_url: Socket = "wss://gateway.discord.gg/"
    discord_messages: bool = False
    telegram_token: Secret = None
    telegram_api_url: Web = "https://api.telegram.org"
    content: Path = ROOT / "content"
    database_url: Database = Field(default_factory=_own_file)
    cache: Path = Field(default_factory=lambda: user_cache_path("fossae"))
    accepted_wrong: Share = ACCEPTED
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written anywhere."""
        tokens = (self.discord_token, self.telegram_token)
        return tuple(token.get_secret_value() for token in tokens if token)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What no log may hold: the tokens, and a database's address with its password."""
        return (*self.secrets, self.database_url)


def read(env_file: Path = Path(".env")) -> Settings:
    """The settings of this process; raises SettingsError with everything that is wrong."""
    written = {**dotenv_values(env_file), **os.environ} if env_file.exists() else {**os.environ}
    wrong = list(_unknown(written))
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        wrong += [_in_words(str(detail["loc"][0]), detail["msg"]) for detail in error.errors()]
        raise SettingsError("\n".join(wrong)) from None
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


def _unknown(written: Mapping[str, str | None]) -> Iterator[str]:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(written):
        if name.startswith(PREFIX) and name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(known))}"
            yield f"{name} is no setting: {hint}"


_FORMS = {
    "discord_api_url": "write an address such as https://discord.com/api/v10",
    "discord_gateway_url": "write an address such as wss://gateway.discord.gg/",
    "discord_messages": "write true or false",
    "telegram_api_url": "write an address such as https://api.telegram.org",
    "accepted_wrong": "write a percentage from 1% to 20%, or a share from 0.01 to 0.2",
    "database_url": "write sqlite:////data/fossae.db, or postgresql://user:password@host/name",
    "log_level": "use DEBUG, INFO, WARNING or ERROR",
}


def _in_words(field: str, message: str) -> str:
    """What is wrong, without the value: it may be a secret in the wrong place."""
    return f"{PREFIX}{field.upper()} can't be used: {_FORMS.get(field, message)}"
