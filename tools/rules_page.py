"""Writes docs/rules.md from the rules themselves: `python -m tools.rules_page` (--check: compare)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from core.content.rules import RULES
from core.content.rules.rule import Rule
from core.matching.rules import RULES as MATCHING_RULES
from core.matching.rules import MatchingRule
from core.safety.rules import RULES as GUARD_RULES
from core.safety.rules import GuardRule

PAGE = Path("docs/rules.md")
HEAD = """# The rules of content

Written by `python -m tools.rules_page` from the rules in `core/content/rules/`,
`core/matching/rules.py` and `core/safety/rules.py`; don't edit it here. `fossae check` names a rule with
every problem. A rule that *stops* keeps a bot from starting; the others are an author's duty. An entry, claim
or source may break one of those others on purpose if it says why: `exempt: {rule: reason}`.

Each example breaks its rule when its keys are laid over a sound pack; `other` is a second entry, `rule` and
`lexicon` a safety rule and its words, `other_rule` a second one, and a key without a value is taken away.
"""


def main() -> int:
    """Write the page; with --check 1 if it is out of date."""
    text = "\n".join([HEAD, *_pages()])
    if "--check" in sys.argv:
        stale = PAGE.read_text(encoding="utf-8") != text
        if stale:
            print(f"{PAGE} is out of date: run `python -m tools.rules_page`", file=sys.stderr)
        return int(stale)
    PAGE.write_text(text, encoding="utf-8")
    return 0


def _pages() -> Iterator[str]:
    rules: tuple[Rule | MatchingRule | GuardRule, ...] = (*RULES, *MATCHING_RULES, *GUARD_RULES)
    for rule in rules:
        stops = " (stops)" if isinstance(rule, Rule) and rule.stops else ""
        yield f"## {rule.id}{stops}\n\n{rule.reason}\n\n{_example(rule)}\n"


def _example(rule: Rule | MatchingRule | GuardRule) -> str:
    return f"```yaml\n{rule.example}\n```"


if __name__ == "__main__":
    sys.exit(main())
