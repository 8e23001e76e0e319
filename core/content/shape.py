"""Plain values held against a model: every mismatch in an author's words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.content.document import Document, Path
from core.content.problem import Problem

Model = TypeVar("Model", bound=BaseModel)

_CONTAINERS = {"tuple_type": "a list", "model_type": "keys and values", "string_type": "a text"}


def shaped(document: Document, data: Any, model: type[Model], at: Path) -> Model | None:
    """`data` as a `model`, or None with every reason among the document's problems."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            document.problems.append(_problem(document, detail, model, data, at))
        return None


def _problem(
    document: Document, detail: ErrorDetails, model: type[BaseModel], data: Any, at: Path
) -> Problem:
    where = tuple(detail["loc"])
    rule, what, remedy = _words(detail, model, where)
    return document.problem((*at, *where), rule, f"{_name(model, data)}: {what}", remedy)


def _name(model: type[BaseModel], data: Any) -> str:
    called = data.get("id") if isinstance(data, dict) else None
    kind = "pack" if model.__name__ == "PackCard" else model.__name__.lower()
    return f"{kind} `{called}`" if called else kind


def _words(detail: ErrorDetails, model: type[BaseModel], where: Path) -> tuple[str, str, str]:
    key = ".".join(map(str, where)) or "it"
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    match kind:
        case "missing":
            return "missing-key", f"`{key}` is missing", f"add `{where[-1]}`"
        case "extra_forbidden":
            return (
                "unknown-key",
                f"`{key}` is no key here",
                _nearest(str(where[-1]), _inner(model, where)),
            )
        case "string_too_long":
            longest = context["max_length"]
            what = f"`{key}` has {len(str(given).strip())} characters, at most {longest} are shown"
            return "too-long", what, "say it shorter"
        case "string_too_short":
            return "empty-text", f"`{key}` is empty", "write it or leave the key out"
        case "string_pattern_mismatch":
            return "bad-form", f"`{key}` is `{given}`", f"write it as {context['pattern']}"
        case "enum" | "literal_error":
            return "unknown-value", f"`{key}` is `{given}`", f"use {context['expected']}"
        case "date_from_datetime_parsing" | "date_parsing" | "date_type":
            return "bad-date", f"`{key}` is `{given}`", "write a date as 2026-11-22"
        case _:
            wanted = _CONTAINERS.get(kind, detail["msg"])
            return "wrong-kind", f"`{key}` is not what belongs here", f"write {wanted}"


def _inner(model: type[BaseModel], where: Path) -> type[BaseModel]:
    """The model of the record in which the last key of `where` is written."""
    for key in where[:-1]:
        field = model.model_fields.get(str(key))
        if field is not None:
            model = next(_models(field.annotation), model)
    return model


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models named in a type such as `tuple[Topic, ...]` or `Promise | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _nearest(key: str, model: type[BaseModel]) -> str:
    known = sorted(model.model_fields)
    close = get_close_matches(key, known, n=1)
    return f"write `{close[0]}`" if close else f"use one of {', '.join(known)}"
