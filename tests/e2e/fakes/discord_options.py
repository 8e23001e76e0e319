"""The options of a slash command as a person's client fills them in and sends them."""

from dataclasses import dataclass
from typing import Any

from tests.e2e.fakes.discord_messages import attachment
from tests.e2e.fakes.discord_state import State
from tests.e2e.fakes.discord_world import Account, Channel

Json = dict[str, Any]
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER, FILE = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    10,
    11,
)
PLAIN: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}


class WrongOption(AssertionError):
    """Discord's client would not let a person send these options."""


@dataclass(frozen=True)
class Upload:
    """Where a file given to a command goes."""

    state: State
    channel: Channel

    def __call__(self, name: str, content: bytes) -> Json:
        """The attachment object of an uploaded file."""
        return attachment(self.state, self.channel.id, name, content)


def path(item: Json, names: list[str]) -> list[Json] | None:
    """The command and its subcommands by name, if they lead to something that can be used."""
    steps = [item]
    for name in names:
        inner = [option for option in steps[-1].get("options", []) if option["name"] == name]
        if not inner or inner[0]["type"] not in (SUBCOMMAND, GROUP):
            return None
        steps.append(inner[0])
    more = any(option["type"] in (SUBCOMMAND, GROUP) for option in steps[-1].get("options", []))
    return None if more else steps


def nested(item: Json, steps: list[Json], values: list[Json]) -> Json:
    """The data of an interaction: the command, the subcommands in it, the values in the last."""
    for step in reversed(steps[1:]):
        values = [{"name": step["name"], "type": step["type"], "options": values}]
    data = {"id": item["id"], "name": item["name"], "type": 1, "options": values}
    return {**data, "guild_id": item["guild_id"]} if "guild_id" in item else data


def filled(item: Json, given: dict[str, Any], upload: Upload) -> tuple[list[Json], Json]:
    """The values of a whole command, and the objects they refer to."""
    known = _known(item, given)
    missing = [
        name for name, option in known.items() if option.get("required") and name not in given
    ]
    if missing:
        raise WrongOption(f"/{item['name']} needs {missing}")
    resolved: Json = {}
    values = [_value(known[name], value, resolved, upload) for name, value in given.items()]
    return values, resolved


def focused(item: Json, given: dict[str, str]) -> list[Json]:
    """The values while typing: the last option has the cursor."""
    known, *_, last = _known(item, given), *given
    if not known[last].get("autocomplete"):
        raise WrongOption(f"{last!r} of /{item['name']} has no suggestions")
    values = [
        {"name": name, "type": known[name]["type"], "value": value} for name, value in given.items()
    ]
    values[-1]["focused"] = True
    return values


def _known(item: Json, given: dict[str, Any]) -> dict[str, Json]:
    known = {option["name"]: option for option in item.get("options", [])}
    if set(given) - set(known):
        raise WrongOption(
            f"/{item['name']} has no option {sorted(set(given) - set(known))}, only {sorted(known)}"
        )
    return known


def _value(option: Json, value: Any, resolved: Json, upload: Upload) -> Json:
    kind = option["type"]
    if kind in PLAIN:
        _plain(option, value)
    elif kind == USER and isinstance(value, Account):
        resolved.setdefault("users", {})[value.id] = value.payload()
        value = value.id
    elif kind == CHANNEL and isinstance(value, Channel):
        resolved.setdefault("channels", {})[value.id] = value.payload(value.member_permissions)
        value = value.id
    elif kind == FILE and isinstance(value, tuple):
        uploaded = upload(*value)
        resolved.setdefault("attachments", {})[uploaded["id"]] = uploaded
        value = uploaded["id"]
    else:
        raise WrongOption(f"{option['name']!r} (type {kind}) cannot be {value!r}")
    return {"name": option["name"], "type": kind, "value": value}


def _plain(option: Json, value: Any) -> None:
    name, kind, fits = option["name"], option["type"], type(value) in PLAIN[option["type"]]
    if not fits:
        raise WrongOption(f"{name!r} cannot be {value!r}")
    if kind == STRING and not option.get("min_length", 0) <= len(value) <= option.get(
        "max_length", 6000
    ):
        raise WrongOption(f"{name!r} does not take {len(value)} characters")
    if kind == STRING and option.get("required") and not value.strip():
        raise WrongOption(f"{name!r} is empty")
    if kind in (INTEGER, NUMBER) and not option.get("min_value", value) <= value <= option.get(
        "max_value", value
    ):
        raise WrongOption(f"{name!r} does not take {value}")
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise WrongOption(f"{value!r} is not a choice of {name!r}")
