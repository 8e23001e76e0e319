"""Telegram's Bot API specification turned into JSON Schemas that every request and answer must meet."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.shared import SHARED

Json = dict[str, Any]

SPECIFICATION = SHARED / "specs" / "telegram-bot-api.json"
SIMPLE: dict[str, Json] = {
    "String": {"type": "string"},
    "Integer": {"type": "integer"},
    "Float": {"type": "number"},
    "Boolean": {"type": "boolean"},
    "InputFile": {"type": "string"},  # an uploaded part is put down as attach://<name of the part>
}
STRINGS = re.compile(
    r"_query_id$|^(text|caption|url|name|description|short_description|parse_mode|action|photo|document|file_id"
    r"|inline_message_id|language_code|start_parameter|next_offset|secret_token)$"
)


class Bytes:
    """The keyword x-bytes: the most bytes a string may take in UTF-8."""

    def __init__(self, parent: Json, value: int, schema_path: list[str | int]) -> None:
        self.most = value

    def validate(self, instance: object) -> None:
        """Raise when the string is longer."""
        if isinstance(instance, str) and len(instance.encode("utf-8", "replace")) > self.most:
            raise ValueError(f"{instance!r} is longer than {self.most} bytes")


def number(text: str) -> int:
    """1,024 as a number."""
    return int(text.replace(",", ""))


def string_limits(prose: str) -> Json:
    """The length limits that the description of a string names."""
    if found := re.search(r"(\d[\d,]*)-(\d[\d,]*) (characters|bytes)", prose, re.IGNORECASE):
        least, most = number(found[1]), number(found[2])
        if found[3].lower() == "bytes":
            return {"minLength": least, "x-bytes": most}
        if "pars" in prose[found.end() :]:
            return {"minLength": least}  # counted after parsing: see telegram_limits
        return {"minLength": least, "maxLength": most}
    if found := re.search(r"length can't exceed (\d+) bytes", prose):
        return {"x-bytes": number(found[1])}
    return {}


def array_limits(prose: str) -> Json:
    """The number of items that the description of an array names."""
    if found := re.search(r"(?:list of|include|List of) (\d+)-(\d+) ", prose):
        return {"minItems": number(found[1]), "maxItems": number(found[2])}
    if found := re.search(r"At most (\d+) ", prose):
        return {"maxItems": number(found[1])}
    return {}


def number_limits(prose: str) -> Json:
    """The range that the description of a number names."""
    found = re.search(r"(?:between|,|;|\.) (\d+)-(\d+)(?=[.;,]| are accepted|$)", prose)
    if not found or "emoji" in prose:
        return {}
    return {"minimum": number(found[1]), "maximum": number(found[2])}


def words(prose: str) -> Json:
    """The only values that the description of a string allows."""
    if found := re.search(r"(?:must be|always) \"?(\w+)\"?$", prose.strip()):
        return {"const": found[1]}
    found = re.search(r"(?:[Mm]ust be one of|can be either) (\".*?)(?:\. |$)", prose)
    values = re.findall(r'"([\w/]+)"', found[1]) if found else []
    return {"enum": values} if values else {}


LIMITS: dict[str, Callable[[str], Json]] = {
    "String": lambda prose: {**string_limits(prose), **words(prose)},
    "Integer": number_limits,
    "Float": number_limits,
}


@dataclass(eq=False)
class Book:
    """The specification: what it knows, what it checked."""

    path: Path = SPECIFICATION
    checked: int = 0
    _validators: dict[str, jsonschema_rs.Draft202012Validator] = field(default_factory=dict)

    @property
    def available(self) -> bool:
        """Whether this machine has the specification; without it nothing is checked."""
        return self.path.exists()

    @cached_property
    def pages(self) -> Json:
        """The specification as it was written."""
        empty: Json = {"methods": {}, "types": {}, "version": "none"}
        return json.loads(self.path.read_text("utf-8")) if self.available else empty

    @cached_property
    def names(self) -> dict[str, str]:
        """Method names by their lower-case form: the real server does not mind the case."""
        return {name.lower(): name for name in self.pages["methods"]}

    def request(self, method: str, params: Json) -> list[str]:
        """What is wrong with a request."""
        return self._problems(
            f"request {method}", params, lambda: self._object(self.pages["methods"][method])
        )

    def answer(self, method: str, result: object) -> list[str]:
        """What is wrong with a result that the fake gives."""
        types = self.pages["methods"].get(method, {}).get("returns", [])
        return self._problems(f"answer {method}", result, lambda: self._any(types))

    def value(self, type_name: str, value: object) -> list[str]:
        """What is wrong with a value of a named type, such as an Update."""
        return self._problems(type_name, value, lambda: self._type(type_name))

    def decode(self, method: str, raw: Json) -> Json:
        """Form fields whose values are JSON, read by the types of the specification."""
        fields = {
            f["name"]: f["types"] for f in self.pages["methods"].get(method, {}).get("fields", [])
        }
        return {
            name: decoded(value, fields.get(name) or guessed(name)) for name, value in raw.items()
        }

    def _problems(self, what: str, value: object, schema: Callable[[], Json]) -> list[str]:
        if not self.available:
            return []
        self.checked += 1
        if what not in self._validators:
            self._validators[what] = self._compiled(schema())
        errors = self._validators[what].iter_errors(value)
        return [problem(what, error) for found in errors for error in explained(found)]

    def _compiled(self, schema: Json) -> jsonschema_rs.Draft202012Validator:
        definitions = {name: self._definition(name) for name in self._reached(schema)}
        return jsonschema_rs.Draft202012Validator(
            {**schema, "$defs": definitions}, keywords={"x-bytes": Bytes}
        )

    def _reached(self, schema: Json) -> set[str]:
        found: set[str] = set()
        ahead = references(schema)
        while ahead:
            found |= ahead
            ahead = set().union(*(references(self._definition(name)) for name in ahead)) - found
        return found

    @cache  # noqa: B019  one book lives as long as the process
    def _definition(self, name: str) -> Json:
        page = self.pages["types"][name]
        return self._union(page["subtypes"]) if page.get("subtypes") else self._object(page)

    def _object(self, page: Json) -> Json:
        fields = page.get("fields", [])
        properties = {f["name"]: self._field(f) for f in fields}
        required = [f["name"] for f in fields if f["required"]]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _field(self, page: Json) -> Json:
        types, prose = page["types"], page["description"]
        if page["name"] == "message_text":
            prose += " after entities parsing"  # the only text whose description leaves that out
        if len(types) == 1 and types[0] in LIMITS:
            return {**SIMPLE[types[0]], **LIMITS[types[0]](prose)}
        return {**self._any(types), **(array_limits(prose) if types[0].startswith("Array") else {})}

    def _any(self, types: list[str]) -> Json:
        return (
            self._type(types[0])
            if len(types) == 1
            else {"anyOf": [self._type(name) for name in types]}
        )

    def _type(self, name: str) -> Json:
        if name.startswith("Array of "):
            return {"type": "array", "items": self._type(name.removeprefix("Array of "))}
        return SIMPLE.get(name) or {"$ref": f"#/$defs/{name}"}

    def _union(self, names: list[str]) -> Json:
        """Any of the types; chosen by the field that tells them apart where there is one, for better errors."""
        for tag in ("type", "status", "source"):
            tags = {name: self._tag(name, tag) for name in names}
            if all(tags.values()):
                return self._chosen(tag, tags)
        return self._any(names)

    def _tag(self, name: str, tag: str) -> str | None:
        found = (f for f in self.pages["types"].get(name, {}).get("fields", []) if f["name"] == tag)
        return next((words(f["description"]).get("const") for f in found), None)

    def _chosen(self, tag: str, tags: dict[str, str | None]) -> Json:
        values = sorted({value for value in tags.values() if value})
        branches = [
            {
                "if": {"properties": {tag: {"const": value}}},
                "then": self._any([name for name in tags if tags[name] == value]),
            }
            for value in values
        ]
        return {
            "type": "object",
            "required": [tag],
            "properties": {tag: {"enum": values}},
            "allOf": branches,
        }


def references(schema: object) -> set[str]:
    """The types that a schema names."""
    if isinstance(schema, list):
        return set().union(*map(references, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].rpartition("/")[2]} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(references, schema.values()))


def explained(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
    """The errors of the branch that was probably meant, where none of several would do."""
    branches: list[list[jsonschema_rs.ValidationError]] = getattr(error.kind, "context", [])
    if not branches:
        return [error]
    meant = max(
        branches, key=lambda branch: (min(len(e.instance_path) for e in branch), -len(branch))
    )
    return [deeper for inner in meant for deeper in explained(inner)]


def problem(what: str, error: jsonschema_rs.ValidationError) -> str:
    """One line that says where and what."""
    where = "".join(f"[{step!r}]" for step in error.instance_path)
    return f"{what}{where}: {str(error.message)[:300]}"


def guessed(name: str) -> list[str]:
    """The types of a field that the specification does not know (or all of them, where there is none)."""
    return ["String"] if STRINGS.search(name) else ["Unknown"]


def decoded(value: object, types: Iterable[str]) -> object:
    """A form value as the first of `types` that it can be read as; what cannot be read stays a string."""
    if not isinstance(value, str):
        return value
    for name in sorted(types, key=lambda name: name in ("String", "InputFile")):
        reading = read(value, name)
        if reading is not None:
            return reading
    return value


def read(value: str, name: str) -> object:
    """The value as one type, None when it is not of that type."""
    if name in ("String", "InputFile"):
        return value
    if name == "Boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower())
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if name != "Integer" or isinstance(found, int) else None


book = Book()
