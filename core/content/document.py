"""A YAML file as plain text values, with the line on which each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from core.content.problem import Problem

Path = tuple[str | int, ...]

# A loader without schema: every scalar is text, so `no`, `on` and `010` mean what they say.
DEEPEST = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Document:
    """What a file says (text, lists and mappings only) and where it says it."""

    file: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing around it that is written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, rule: str, what: str, remedy: str) -> Problem:
        """A problem addressed to the line of `path`."""
        return Problem(self.file, self.line(path), rule, what, remedy)


def parse(file: str, text: str) -> Document:
    """Read YAML text; what cannot be read becomes problems of the document."""
    document = Document(file)
    try:
        _refuse_tricks(document, text)
        root = None if document.problems else yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(file, error))
        return document
    if root is None and not document.problems:
        document.problems.append(
            Problem(file, 1, "empty-file", "nothing is written here", "fill it or delete it")
        )
    if root is not None:
        document.data = _value(document, root, ())
    return document


def _refuse_tricks(document: Document, text: str) -> None:
    """No anchors, and no nesting that only a machine would write; both can be made to explode."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            what, remedy = f"lists within lists, {DEEPEST} deep", "write it flatter"
            document.problems.append(Problem(document.file, line, "too-deep", what, remedy))
            return
        if getattr(event, "anchor", None) is not None:
            line = event.start_mark.line + 1 if event.start_mark else 1
            document.problems.append(
                Problem(document.file, line, "anchor", "`&` and `*` are not read", "write it out")
            )


def _syntax_problem(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error)
    return Problem(
        file,
        mark.line + 1 if mark else 1,
        "syntax",
        f"this is not YAML ({what})",
        "check the indentation; quote a text that holds `: ` or begins with a special character",
    )


def _value(document: Document, node: yaml.Node, path: Path) -> Any:
    document.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(document, node, path))
    if isinstance(node, yaml.SequenceNode):
        return [_value(document, child, (*path, at)) for at, child in enumerate(node.value)]
    return node.value


def _pairs(document: Document, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        if here in document.lines:
            twice = f"`{key}` is written twice, first on line {document.lines[here]}"
            line = key_node.start_mark.line + 1
            document.problems.append(
                Problem(document.file, line, "duplicate-key", twice, "keep one of them")
            )
            continue
        document.lines[here] = key_node.start_mark.line + 1
        yield key, _value(document, value_node, here)
