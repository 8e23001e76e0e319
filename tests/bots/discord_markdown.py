"""Discord's Markdown as its client reads it: what a person sees, and what was markup.

The rules are those of the client's parser (simple-markdown with Discord's own): a backslash takes
the meaning from the next character, but only from one that is no letter, digit or space.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LABEL = r"(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*"
_TARGET = r"\s*<?(?:\([^)]*\)|[^\s\\]|\\.)*?>?(?:\s+['\"][\s\S]*?['\"])?\s*"
_LINK = re.compile(rf"\[(?P<label>{_LABEL})\]\((?P<target>{_TARGET})\)")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_QUOTE = re.compile(r" *>(?:>>)? ")
_BLOCKS = {
    "heading": re.compile(r" *#{1,3}\s"),
    "small print": re.compile(r" *-#\s"),
    "list": re.compile(r"\s*(?:[-*+]|\d+\.)\s"),
}
_INLINE = {
    "bold": re.compile(r"\*\*[\s\S]+?\*\*"),
    "underline": re.compile(r"__[\s\S]+?__"),
    "italics": re.compile(r"\*\S[\s\S]*?\*|_[\s\S]+?_(?!\w)"),
    "struck out": re.compile(r"~~[\s\S]+?~~"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
    "code": re.compile(r"(`+)[\s\S]*?[^`]\1(?!`)"),
    "mention": re.compile(r"<(?:@[!&]?|#|id:|/[^:>]+:)\w+>|@(?:everyone|here)\b"),
    "custom emoji": re.compile(r"<a?:\w+:\d+>"),
    "time": re.compile(r"<t:-?\d+(?::\w)?>"),
    "address": re.compile(r"<?(?:https?|steam|discord)://[^\s<]*[^<.,:;\"')\]\s]>?"),
    "emoji": re.compile(r":[A-Za-z0-9_+\-]+:"),
}


@dataclass
class Drawn:
    """What a text looks like: its words, where its links lead, which lines are quoted."""

    text: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)


def drawn(source: str, *, blocks: bool = True) -> Drawn:
    """The text as drawn; `blocks` are quotes, lists and headings, which a title does not have."""
    seen = Drawn()
    lines = [_line(line, seen, blocks=blocks) for line in source.split("\n")]
    seen.text = "\n".join(lines)
    return seen


def _line(line: str, seen: Drawn, *, blocks: bool) -> str:
    quote = _QUOTE.match(line) if blocks else None
    rest = line[quote.end() :] if quote else line
    for name, rule in _BLOCKS.items() if blocks else ():
        if rule.match(rest):
            seen.markup.append(f"{name}: {rest[:40]}")
    words = "".join(_inline(rest, seen))
    if quote:
        seen.quoted.append(words)
    return words


def _inline(source: str, seen: Drawn) -> Iterator[str]:
    at = 0
    while at < len(source):
        if escape := _ESCAPE.match(source, at):
            yield escape[1]
            at = escape.end()
        elif link := _LINK.match(source, at):
            label = "".join(_inline(link["label"], seen))
            seen.links.append((label, link["target"]))
            yield label
            at = link.end()
        else:
            seen.markup += _marks(source, at)
            yield source[at]
            at += 1


def _marks(source: str, at: int) -> Iterator[str]:
    for name, rule in _INLINE.items():
        if (found := rule.match(source, at)) and not (name == "address" and _within(source, at)):
            yield f"{name}: {found[0][:40]}"


def _within(source: str, at: int) -> bool:
    """Whether an address would begin in the middle of a word, where none begins."""
    return at > 0 and source[at - 1].isalnum()
