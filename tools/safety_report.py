"""How often the safety rules fire rightly: `python -m tools.safety_report [--misses]`.

Prints totals for the sets of tests/data/safety with 95 % intervals: how often the right rule was named,
and how often its text was told, be it behind another rule's. `--misses` lists the texts of
the open half that went wrong; those of the others are never shown.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bots import settings
from bots.runtime import build_guard
from core.content.reader import load
from core.matching.interval import shown
from core.safety.guard import Alarm, Guard

HOME = Path("tests/data/safety")
SETS = ("open", "frozen", "second", "third")


@dataclass(frozen=True)
class Trial:
    """A labelled text, the rule that was named for it, and those whose texts a person is told."""

    text: str
    language: str
    wanted: tuple[str, ...]
    named: str | None
    told: frozenset[str]

    @property
    def right(self) -> bool:
        """Whether one of the wanted rules was named; for a harmless text, none."""
        return self.named in self.wanted if self.wanted else self.named is None

    @property
    def heard(self) -> bool:
        """Whether a person is told what one of the wanted rules has to say."""
        return not self.told.isdisjoint(self.wanted)


def trials(file: Path, guard: Guard) -> list[Trial]:
    """Every labelled text of a file, tried."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_tried(json.loads(line), guard) for line in lines if line.strip()]


def report(half: Iterable[Trial]) -> Iterator[str]:
    """A line for each language and rule, and one for the false alarms of each language."""
    groups: dict[tuple[str, str], list[Trial]] = {}
    for trial in half:
        rule = trial.wanted[0] if trial.wanted else "none"
        groups.setdefault((trial.language, rule), []).append(trial)
    for (language, rule), group in sorted(groups.items(), key=_order):
        right = sum(trial.right for trial in group)
        if rule == "none":
            yield _line(language, "false alarms", len(group) - right, len(group))
        else:
            told = sum(trial.heard for trial in group)
            yield f"{_line(language, rule, right, len(group))}; told: {told}"


def main() -> int:
    """Print the report."""
    using = settings.read()
    guard = build_guard(using, load(using.content))
    named = [name for name in SETS if name in sys.argv[1:]]
    for half in named or SETS:
        tried = trials(HOME / f"{half}.jsonl", guard)
        print(f"{half}: {len(tried)} texts", *report(tried), sep="\n  ")
        if half == "open" and "--misses" in sys.argv:
            print(*(_miss(trial) for trial in tried if not trial.right), sep="\n")
    return 0


def _tried(said: dict[str, object], guard: Guard) -> Trial:
    also = said.get("also") or []
    assert isinstance(also, list)
    wanted = (str(said["rule"]), *map(str, also)) if said["rule"] else ()
    alarm = guard.look(str(said["text"]))
    named = alarm.first.rule.id if alarm else None
    return Trial(str(said["text"]), str(said["language"]), wanted, named, _told(alarm))


def _told(alarm: Alarm | None) -> frozenset[str]:
    """A text that stops is told alone; those that stand beside an answer, together."""
    if alarm is None:
        return frozenset()
    told = (alarm.stop,) if alarm.stop else alarm.told
    return frozenset(one.rule.id for one in told)


def _order(item: tuple[tuple[str, str], object]) -> tuple[bool, str, int]:
    (language, rule), _ = item
    return language != "en", language, int(rule[1:]) if rule[1:].isdigit() else 99


def _line(language: str, name: str, part: int, whole: int) -> str:
    return f"{language} {name}: {part} of {whole} = {shown(part, whole)}"


def _miss(trial: Trial) -> str:
    wanted = "/".join(trial.wanted) or "none"
    return f"{trial.language} wanted {wanted}, got {trial.named or 'none'}: {trial.text}"


if __name__ == "__main__":
    sys.exit(main())
