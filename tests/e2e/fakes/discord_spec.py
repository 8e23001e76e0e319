"""Checks what the bot sends and what the fake answers against Discord's own OpenAPI document."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import jsonschema_rs

from tests.shared import SHARED

Json = dict[str, Any]
HOME = "urn:discord"
INTEGER = {"type": "integer"}
NUMBER = {"type": ["integer", "string"], "pattern": "^[0-9]+$"}
NUMBERS = {"type": ["array", "null"], "items": NUMBER, "maxItems": 100}


class Gap(NamedTuple):
    """A field the live API accepts or sends and the document does not have."""

    schema: str
    field: str
    allows: Json
    reason: str


OVERLAY = [
    Gap(
        "ApplicationCommandCreateRequest",
        "nsfw",
        {"type": "boolean"},
        "in the docs; discord.py sends it always",
    ),
    Gap(
        "ApplicationCommandUpdateRequest",
        "nsfw",
        {"type": "boolean"},
        "in the docs; discord.py sends it always",
    ),
    Gap(
        "ApplicationCommandPatchRequestPartial",
        "nsfw",
        {"type": "boolean"},
        "in the docs; discord.py sends it",
    ),
    Gap("RichEmbed", "flags", INTEGER, "discord.py always sends embeds[].flags = 0"),
    Gap(
        "IncomingWebhookUpdateRequestPartial",
        "tts",
        {"const": False},
        "discord.py sends tts = false in a PATCH",
    ),
    Gap(
        "MessageEditRequestPartial",
        "tts",
        {"const": False},
        "discord.py sends tts = false in a PATCH",
    ),
    Gap(
        "IncomingWebhookUpdateForInteractionCallbackRequestPartial",
        "tts",
        {"const": False},
        "discord.py sends tts = false when it edits by callback",
    ),
    Gap("MessageAttachmentRequest", "id", NUMBER, "discord.py numbers new files 0, 1, ..."),
    Gap(
        "MessageReferenceRequest",
        "message_id",
        NUMBER,
        "discord.py sends ids as numbers when it replies",
    ),
    Gap(
        "MessageReferenceRequest",
        "channel_id",
        NUMBER,
        "discord.py sends ids as numbers when it replies",
    ),
    Gap(
        "MessageReferenceRequest",
        "guild_id",
        NUMBER,
        "discord.py sends ids as numbers when it replies",
    ),
    Gap("MessageAllowedMentionsRequest", "users", NUMBERS, "discord.py sends ids as numbers"),
    Gap("MessageAllowedMentionsRequest", "roles", NUMBERS, "discord.py sends ids as numbers"),
    Gap("ChannelSelectDefaultValue", "id", NUMBER, "discord.py sends the id as a number"),
    Gap("RoleSelectDefaultValue", "id", NUMBER, "discord.py sends the id as a number"),
    Gap(
        "CreatePrivateChannelRequest", "recipient_id", NUMBER, "discord.py sends the id as a number"
    ),
    Gap(
        "Error",
        "code",
        {"type": ["integer", "string"]},
        "inner codes are words such as BASE_TYPE_MAX_LENGTH",
    ),
]

_INTERACTION_FIELDS = {
    "id": {"$ref": f"{HOME}#/components/schemas/SnowflakeType"},
    "application_id": {"$ref": f"{HOME}#/components/schemas/SnowflakeType"},
    "type": {"enum": [2, 3, 4, 5]},
    "token": {"type": "string", "minLength": 1},
    "version": {"const": 1},
    "data": {"type": "object"},
    "guild": {"type": "object", "required": ["id", "locale", "features"]},
    "guild_id": {"$ref": f"{HOME}#/components/schemas/SnowflakeType"},
    "guild_locale": {"$ref": f"{HOME}#/components/schemas/AvailableLocalesEnum"},
    "channel": {"type": "object"},
    "channel_id": {"$ref": f"{HOME}#/components/schemas/SnowflakeType"},
    "member": {"type": "object", "required": ["permissions"]},
    "user": {"$ref": f"{HOME}#/components/schemas/UserResponse"},
    "message": {"$ref": f"{HOME}#/components/schemas/MessageResponse"},
    "app_permissions": {"type": "string", "pattern": "^[0-9]+$"},
    "locale": {"$ref": f"{HOME}#/components/schemas/AvailableLocalesEnum"},
    "entitlements": {"type": "array"},
    "authorizing_integration_owners": {"type": "object", "propertyNames": {"enum": ["0", "1"]}},
    "context": {"enum": [0, 1, 2]},
    "attachment_size_limit": INTEGER,
}
_SOMETIMES = {"guild", "guild_id", "guild_locale", "member", "user", "message"}
INTERACTION = {
    "type": "object",
    "properties": _INTERACTION_FIELDS,
    "required": sorted(set(_INTERACTION_FIELDS) - _SOMETIMES),
    "additionalProperties": False,
    "oneOf": [{"required": ["member", "guild"]}, {"required": ["user"]}],
}
"""INTERACTION_CREATE by receiving-and-responding.mdx; the document has no schema for it."""


class Book:
    """The document, opened once; it counts the bodies it has checked."""

    def __init__(self, path: Path = SHARED / "specs" / "discord-openapi.json") -> None:
        self.available = path.exists()
        self.checked = 0
        self._path = path

    def request(self, method: str, template: str, body: object) -> list[str]:
        """What is wrong with a request body; an operation without a body accepts none."""
        operation = self._operation(method, template)
        if operation is None:
            return []
        if "requestBody" not in operation:
            return [f"{method} {template} takes no body"] if body else []
        pointer = f"{_pointer(method, template)}/requestBody/content/application~1json/schema"
        return self._check({"$ref": f"{HOME}#{pointer}"}, body)

    def answer(self, method: str, template: str, status: int, body: object) -> list[str]:
        """What is wrong with an answer of the fake itself."""
        operation = self._operation(method, template)
        if operation is None:
            return []
        if status >= 400:
            return self.schema("RatelimitedResponse" if status == 429 else "ErrorResponse", body)
        if str(status) not in operation["responses"]:
            return [f"{method} {template} never answers {status}"]
        if "content" not in operation["responses"][str(status)]:
            return [] if body is None else [f"{status} has no body"]
        pointer = (
            f"{_pointer(method, template)}/responses/{status}/content/application~1json/schema"
        )
        return self._check({"$ref": f"{HOME}#{pointer}"}, body)

    def schema(self, name: str, body: object) -> list[str]:
        """What is wrong with `body` as the schema `name`."""
        return self._check({"$ref": f"{HOME}#/components/schemas/{name}"}, body)

    def interaction(self, body: Json) -> list[str]:
        """What is wrong with an interaction the fake is about to send."""
        problems = self._check(INTERACTION, body)
        for name, part in _parts(body):
            problems += [f"{name}: {problem}" for problem in self.schema(name, part)]
        return problems

    def _operation(self, method: str, template: str) -> Json | None:
        if not self.available:
            return None
        operation = _document(self._path)["paths"].get(template, {}).get(method.lower())
        return operation if isinstance(operation, dict) else None

    def _check(self, schema: Json, body: object) -> list[str]:
        if not self.available:
            return []
        self.checked += 1
        errors = _validator(self._path, json.dumps(schema)).iter_errors(body)
        return [line for error in errors for line in _explain(error)]


def _parts(body: Json) -> Iterator[tuple[str, object]]:
    kinds = {1: "PrivateChannelResponse", 3: "PrivateGroupChannelResponse", 11: "ThreadResponse"}
    yield kinds.get(body["channel"]["type"], "GuildChannelResponse"), body["channel"]
    if "member" in body:
        yield "GuildMemberResponse", {k: v for k, v in body["member"].items() if k != "permissions"}
    resolved = body["data"].get("resolved", {})
    for name, schema in (("messages", "MessageResponse"), ("users", "UserResponse")):
        yield from ((schema, value) for value in resolved.get(name, {}).values())


def _pointer(method: str, template: str) -> str:
    return f"/paths/{quote(template.replace('/', '~1'))}/{method.lower()}"


@cache
def _document(path: Path) -> Json:
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    for gap in OVERLAY:
        schemas[gap.schema]["properties"][gap.field] = gap.allows
    _close(document)
    del schemas["Error"][
        "unevaluatedProperties"
    ]  # it is a part of ErrorResponse, which is closed itself
    return document


def _close(node: object) -> None:
    """Make unknown fields an error in every object that lists its fields."""
    if isinstance(node, list):
        for child in node:
            _close(child)
    if not isinstance(node, dict):
        return
    for key, child in node.items():
        if key not in ("allOf", "examples", "example"):
            _close(child)
    listed = isinstance(node.get("properties"), dict) or "allOf" in node
    if listed and node.get("type") == "object" and "additionalProperties" not in node:
        node["unevaluatedProperties"] = False


@cache
def _registry(path: Path) -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry([(HOME, _document(path))], draft=jsonschema_rs.Draft202012)


@cache
def _validator(path: Path, schema: str) -> Any:
    return jsonschema_rs.Draft202012Validator(
        json.loads(schema), registry=_registry(path), validate_formats=True
    )


def _explain(error: Any) -> Iterator[str]:
    """The error in words; of a oneOf only the branch that was meant."""
    branches = getattr(error.kind, "context", None)
    if not branches:
        path = ".".join(str(step) for step in error.instance_path)
        yield f"{path or 'body'}: {error.message[:300]}"
        return
    for inner in min(branches, key=_distance):
        yield from _explain(inner)


def _distance(branch: list[Any]) -> tuple[bool, bool, int]:
    """How far a branch is from what was meant: a wrong `type` field or JSON type puts it last."""
    other = any(list(error.instance_path)[-1:] == ["type"] for error in branch)
    return other, any(error.kind.name == "type" for error in branch), len(branch)
