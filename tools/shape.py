"""How long functions and modules are: `python -m tools.shape` (exit 1 beyond the bounds)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOMS = ("core", "bots", "tools")
MEDIAN, NINETIETH, LONGEST_MODULE = 8, 30, 300


@dataclass(frozen=True, order=True)
class Sized:
    """A function or module and its lines."""

    lines: int
    name: str


def functions(path: Path) -> Iterator[Sized]:
    """Every function and method of a module, decorators and docstring included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield Sized(node.end_lineno - node.lineno + 1, f"{path}:{node.lineno} {node.name}")


def main() -> int:
    """Print the shape of the code; 1 if a bound is broken."""
    paths = [path for room in ROOMS for path in sorted(Path(room).rglob("*.py"))]
    modules = sorted(Sized(len(p.read_text(encoding="utf-8").splitlines()), str(p)) for p in paths)
    sizes = sorted(size for path in paths for size in functions(path))
    median = sizes[len(sizes) // 2].lines
    ninetieth = sizes[int(len(sizes) * 0.9)].lines
    print(f"{len(modules)} modules, {sum(module.lines for module in modules)} lines")
    print(f"functions: {len(sizes)}, median {median} (at most {MEDIAN}),", end=" ")
    print(f"90th percentile {ninetieth} (at most {NINETIETH}), longest {sizes[-1].lines}")
    print(
        f"longest module: {modules[-1].lines} lines (at most {LONGEST_MODULE}), {modules[-1].name}"
    )
    kept = median <= MEDIAN and ninetieth <= NINETIETH and modules[-1].lines <= LONGEST_MODULE
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
