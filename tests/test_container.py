"""What an operator is handed: the image, the compose file, .env.example and docs/setup.md."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import discord
import pytest

from bots import settings
from bots.settings import PREFIX, Settings
from tests.shared import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
SETUP = (ROOT / "docs" / "setup.md").read_text("utf-8")
NAMES = [PREFIX + name.upper() for name in Settings.model_fields]

# Never whole, or this file would hold what it looks for.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("docker", "io"),
        ("hub", "docker", "com"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("gcr", "io"),
        ("mcr", "microsoft", "com"),
        ("public", "ecr", "aws"),
        ("proxy", "golang", "org"),
        ("deb", "debian", "org"),
        ("conda", "anaconda", "org"),
        ("static", "crates", "io"),
    )
]
PATHS = ["/".join(("", folder, "")) for folder in ("work", "root")]


def _run(*command: Path | str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - programs of the development environment, named in full
        command, capture_output=True, text=True, check=False, timeout=60, **options
    )


# The image


def test_the_dockerfile_is_clean() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    found = _run(hadolint, "--no-color", ROOT / "Dockerfile", cwd=ROOT)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_the_linter_would_have_said_so(tmp_path: Path) -> None:
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python:latest\nRUN cd /tmp && pip install numpy\n", "utf-8")
    assert _run(Path(sys.executable).parent / "hadolint", bad).returncode == 1


def _instructions() -> list[tuple[str, str]]:
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(name, " ".join(rest.split())) for name, rest in lines]


def _environment() -> dict[str, str]:
    """What the image sets."""
    pairs = [pair for name, rest in _instructions() if name == "ENV" for pair in rest.split()]
    return dict(pair.split("=", 1) for pair in pairs)


def test_the_base_is_pinned_and_serves_every_stage() -> None:
    first, *others = [rest for name, rest in _instructions() if name == "FROM"]
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+ AS base", first)
    assert {other.split()[0] for other in others} == {"base"}


def test_the_process_is_a_numbered_user_and_gets_its_signals() -> None:
    last = dict(_instructions())
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", last["USER"])
    assert [*json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])] == ["fossae", "run"]


def test_what_is_copied_is_there_and_let_through() -> None:
    let_through = set(
        re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    )
    copied = {
        source
        for name, rest in _instructions()
        if name == "COPY" and "--from" not in rest
        for source in [word for word in rest.split() if not word.startswith("--")][:-1]
    }
    assert copied == let_through
    assert all((ROOT / source).exists() for source in copied)


def test_with_what_the_image_sets_nothing_is_left_outside_the_cache(tmp_path: Path) -> None:
    """Libraries that report on their users keep an identifier in the home folder."""
    home, cache = tmp_path / "home", tmp_path / "cache"
    home.mkdir()
    given = {**_environment(), "HOME": str(home), "FOSSAE_CACHE": str(cache)}
    given |= {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    told = _run(sys.executable, "-m", "bots.cli", "ask", "hello", env=given, cwd=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert [each for each in home.rglob("*") if each.is_file()] == []
    kept = {each.name.partition("-")[0] for each in cache.iterdir()}
    assert "vectors" in kept
    assert kept <= {"vectors", "number", "safety"}


# The compose file


def _compose(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Compose's own check of a folder; its Python wrapper would drop the exit status."""
    spec = importlib.util.find_spec("compose")
    assert spec is not None and spec.origin is not None
    program = Path(spec.origin).with_name("docker-compose")
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return _run(program, "config", *arguments, cwd=folder, env=clean)


@pytest.fixture
def deployed(tmp_path: Path) -> Path:
    """A folder with the compose file and a .env as docs/setup.md says to make it."""
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    return tmp_path


def test_the_compose_file_is_valid(deployed: Path) -> None:
    found = _compose(deployed, "-q")
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


def test_without_env_compose_says_what_is_missing(deployed: Path) -> None:
    (deployed / ".env").unlink()
    found = _compose(deployed, "-q")
    assert found.returncode == 1
    assert ".env not found" in found.stderr


def test_compose_would_have_refused_a_mistyped_key(deployed: Path) -> None:
    file = deployed / "docker-compose.yml"
    file.write_text(file.read_text("utf-8").replace("cap_drop", "capdrop"), "utf-8")
    assert _compose(deployed, "-q").returncode == 1


def test_the_one_service_may_do_nothing_but_write_to_its_volume(deployed: Path) -> None:
    (deployed / ".env").write_text("FOSSAE_TELEGRAM_TOKEN=1:a\nFOSSAE_CACHE=/home/me\n", "utf-8")
    services = json.loads(_compose(deployed, "--format", "json").stdout)["services"]
    assert list(services) == ["fossae"]
    service = services["fossae"]
    assert service["environment"] == {
        "FOSSAE_TELEGRAM_TOKEN": "1:a",
        "FOSSAE_CACHE": "/data/cache",
    }
    assert [(each["type"], each["target"]) for each in service["volumes"]] == [("volume", "/data")]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - a folder of the container
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert not {"ports", "privileged", "cap_add", "network_mode"} & set(service)


# The settings


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_is_explained(name: str) -> None:
    assert re.search(rf"^# .+\n#?{name}=", EXAMPLE, re.MULTILINE)
    assert re.search(rf"^\| `{name}` \| .+ \| .+ \|$", SETUP, re.MULTILINE)


@pytest.mark.parametrize("text", [EXAMPLE, SETUP, DOCKERFILE], ids=["example", "setup", "image"])
def test_no_setting_is_named_that_does_not_exist(text: str) -> None:
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]+", text)) <= set(NAMES)


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without any setting."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


@pytest.mark.usefixtures("unset")
def test_the_example_as_it_is_sets_nothing() -> None:
    assert settings.read(ROOT / ".env.example") == settings.read(ROOT / "no.env")


@pytest.mark.usefixtures("unset")
def test_the_example_shows_what_holds_without_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.replace(f"#{PREFIX}", PREFIX), "utf-8")
    shown, default = settings.read(tmp_path / ".env"), settings.read(tmp_path / "no.env")
    places = {"cache", "content", "database_url"}
    assert shown.model_dump(exclude=places) == default.model_dump(exclude=places)
    assert (ROOT / shown.content).resolve() == default.content


def test_the_written_install_link_asks_for_the_permissions_in_the_table() -> None:
    table = re.findall(r"^ +\| ([A-Z][\w ]+) \| to ", SETUP, re.MULTILINE)
    table += re.findall(r"^ +\| ([A-Z][\w ]+) \| (?:the same|answers)", SETUP, re.MULTILINE)
    names = {
        name.lower().replace(" ", "_").replace("view_channels", "view_channel") for name in table
    }
    wanted = discord.Permissions(**dict.fromkeys(names, True))
    assert len(names) == 5
    assert f"&permissions={wanted.value}`" in SETUP


# What must not stand anywhere


@pytest.mark.parametrize("word", [*HOSTS, *PATHS])
def test_no_file_names_a_registry_or_a_path_of_one_machine(word: str) -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout")
    listed = _run(git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    assert listed.returncode == 0, listed.stderr
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    assert files
    naming = [
        file.relative_to(ROOT)
        for file in files
        if file.is_file() and word.encode() in file.read_bytes()
    ]
    assert naming == []
