"""What an operator sets wrong is told at once, in words, and without the value."""

import os
from pathlib import Path

import pytest

from bots.settings import LOOSEST, PREFIX, STRICTEST, Settings, SettingsError, read
from core.matching.calibrator import shipped

NO_FILE = Path("there-is-no-such-file.env")
SECRET = "123456:AAH-very-secret"


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting comes from the machine the tests run on."""
    for name in list(os.environ):
        if name.upper().startswith(PREFIX):
            monkeypatch.delenv(name)


def wrong(env_file: Path = NO_FILE) -> list[str]:
    """What is said about the settings, line by line."""
    with pytest.raises(SettingsError) as caught:
        read(env_file)
    return str(caught.value).splitlines()


def test_nothing_has_to_be_set() -> None:
    settings = read(NO_FILE)

    assert settings.discord_api_url == "https://discord.com/api/v10"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.content / "packs").is_dir()
    assert settings.secrets == ()
    assert settings.database_url.startswith("sqlite:////")


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOSSAE_LOG_LEVEL", "chatty")
    monkeypatch.setenv("FOSSAE_DISCORD_API_URL", "discord.com")
    monkeypatch.setenv("FOSSAE_DISCORD_GATEWAY_URL", "https://gateway.discord.gg")
    monkeypatch.setenv("FOSSAE_TELEGRAM_API_URL", "https://")
    monkeypatch.setenv("FOSSAE_DISCORD_MESSAGES", "perhaps")
    monkeypatch.setenv("FOSSAE_DISCRD_TOKEN", "x")
    monkeypatch.setenv("FOSSAE_DATABASE_URL", "mysql://me:secret@db/fossae")

    assert sorted(wrong()) == [
        "FOSSAE_DATABASE_URL can't be used: write sqlite:////data/fossae.db, or postgresql://user:password@host/name",
        "FOSSAE_DISCORD_API_URL can't be used: write an address such as https://discord.com/api/v10",
        "FOSSAE_DISCORD_GATEWAY_URL can't be used: write an address such as wss://gateway.discord.gg/",
        "FOSSAE_DISCORD_MESSAGES can't be used: write true or false",
        "FOSSAE_DISCRD_TOKEN is no setting: did you mean FOSSAE_DISCORD_TOKEN?",
        "FOSSAE_LOG_LEVEL can't be used: use DEBUG, INFO, WARNING or ERROR",
        "FOSSAE_TELEGRAM_API_URL can't be used: write an address such as https://api.telegram.org",
    ]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("FOSSAE_TELEGRAM_TOKN", "FOSSAE_TELEGRAM_TOKEN"),
        ("FOSSAE_LOGLEVEL", "FOSSAE_LOG_LEVEL"),
        ("FOSSAE_TELEGRAM_URL", "FOSSAE_TELEGRAM_API_URL"),
        ("FOSSAE_CACHES", "FOSSAE_CACHE"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_known_one(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "x")

    assert wrong() == [f"{name} is no setting: did you mean {meant}?"]


def test_a_name_like_no_other_comes_with_all_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FOSSAE_XYZZYXYZZYXYZZYXYZZY", "x")
    (said,) = wrong()

    assert all(PREFIX + name.upper() in said for name in Settings.model_fields)


@pytest.mark.parametrize(
    ("written", "share"),
    [("5%", 0.05), (" 2.5 % ", 0.025), ("0.02", 0.02), ("20%", 0.2), ("1%", 0.01)],
)
def test_the_accepted_rate_is_a_percentage_or_a_share(
    monkeypatch: pytest.MonkeyPatch, written: str, share: float
) -> None:
    monkeypatch.setenv("FOSSAE_ACCEPTED_WRONG", written)

    assert read(NO_FILE).accepted_wrong == pytest.approx(share)


@pytest.mark.parametrize(("written", "hears"), [("true", True), ("1", True), ("false", False)])
def test_hearing_messages_is_switched_on_and_off(
    monkeypatch: pytest.MonkeyPatch, written: str, hears: bool
) -> None:
    assert read(NO_FILE).discord_messages is False
    monkeypatch.setenv("FOSSAE_DISCORD_MESSAGES", written)

    assert read(NO_FILE).discord_messages is hears


def test_without_one_five_in_a_hundred_are_accepted() -> None:
    assert read(NO_FILE).accepted_wrong == 0.05


@pytest.mark.parametrize(
    "written", ["5", "0", "0%", "0.5%", "21%", "-5%", "five", "%", "nan%", "nan", "0,05", "5%%"]
)
def test_an_accepted_rate_that_nobody_can_keep_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("FOSSAE_ACCEPTED_WRONG", written)

    (said,) = wrong()

    assert said.startswith(
        "FOSSAE_ACCEPTED_WRONG can't be used: write a percentage from 1% to 20%,"
    )


def test_the_rates_that_may_be_set_are_those_that_were_measured() -> None:
    measured = [float(rate) for rate in shipped().usual]

    assert (min(measured), max(measured)) == (STRICTEST, LOOSEST)


def test_names_of_other_programs_are_none_of_our_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    monkeypatch.setenv("OTHER_LOG_LEVEL", "chatty")

    assert read(NO_FILE).secrets == ()


@pytest.mark.parametrize("name", [PREFIX + name.upper() for name in Settings.model_fields])
def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    usual = read(NO_FILE)
    monkeypatch.setenv(name, "")

    assert read(NO_FILE) == usual


@pytest.mark.parametrize("name", ["FOSSAE_DISCORD_TOKEN", "FOSSAE_TELEGRAM_TOKEN"])
def test_a_blank_token_counts_as_unset(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, " ")

    assert read(NO_FILE).secrets == ()


@pytest.mark.parametrize("name", [PREFIX + name.upper() for name in Settings.model_fields])
def test_a_secret_in_the_wrong_place_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, SECRET)
    monkeypatch.setenv("FOSSAE_TOKEN_DISCORD", SECRET)

    assert not any(SECRET in line for line in wrong())


def test_a_secret_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOSSAE_TELEGRAM_TOKEN", SECRET)
    settings = read(NO_FILE)

    assert settings.secrets == (SECRET,)
    assert SECRET not in repr(settings) + str(settings)


def test_settings_are_read_from_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# ours\nFOSSAE_DISCORD_TOKEN={SECRET}\nFOSSAE_LOG_LEVEL=\nPATH=elsewhere\n")
    settings = read(file)

    assert settings.secrets == (SECRET,)
    assert settings.log_level == "INFO"


def test_the_environment_stands_above_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("FOSSAE_LOG_LEVEL=DEBUG\n")
    monkeypatch.setenv("FOSSAE_LOG_LEVEL", "ERROR")

    assert read(tmp_path / ".env").log_level == "ERROR"


def test_mistakes_in_the_file_are_told_with_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"FOSSAE_LOG_LEVL={SECRET}\nFOSSAE_DISCORD_API_URL={SECRET}\n")
    monkeypatch.setenv("FOSSAE_LOG_LEVEL", "chatty")
    said = wrong(tmp_path / ".env")

    assert len(said) == 3
    assert "did you mean FOSSAE_LOG_LEVEL?" in said[0]
    assert SECRET not in "".join(said)
