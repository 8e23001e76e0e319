"""The form a bot pops up, as a person's client lets her fill it in."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.e2e.fakes.discord_limits import LABEL, TEXT_INPUT, walk

Json = dict[str, Any]


class NotFillable(AssertionError):
    """Discord's client would not send the form like this."""


def fields(form: Json) -> Iterator[tuple[str, Json]]:
    """Every text field of a form with its label."""
    for _, part in walk(form["components"], ()):
        if part["type"] == LABEL:
            yield part["label"], part["component"]
        elif part["type"] == TEXT_INPUT and part.get("label"):
            yield part["label"], part


def prefilled(form: Json) -> Iterator[tuple[str, str]]:
    """What stands in the fields already when a form pops up, by their labels."""
    return ((name, part.get("value") or "") for name, part in fields(form))


def filled(row: Json, answers: Mapping[str, str]) -> Json:
    """One row of a form with what was written into it."""
    if row["type"] == LABEL:
        return {
            "type": LABEL,
            "id": 0,
            "component": _field(row["component"], answers.get(row["label"])),
        }
    fields = [
        _field(part, answers.get(part.get("label", ""))) for part in row.get("components", [])
    ]
    return {"type": row["type"], "id": 0, "components": fields}


def _field(part: Json, given: str | None) -> Json:
    if part["type"] != TEXT_INPUT:
        raise NotFillable(f"the driver cannot fill in a component of type {part['type']}")
    value = part.get("value", "") if given is None else given
    least = part.get("min_length") or (1 if part.get("required", True) else 0)
    most = part.get("max_length") or 4000
    if not least <= len(value) <= most:
        raise NotFillable(f"a field takes {least} to {most} characters, not {len(value)}")
    return {"type": TEXT_INPUT, "id": 0, "custom_id": part["custom_id"], "value": value}
