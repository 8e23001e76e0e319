"""Text with Telegram's HTML: what people see of it and its entities, refusing what Telegram refuses."""

import re
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
TAG = re.compile(r"<([^\s>]*)")
NAME = re.compile(r"\s*([^\s=>]*)")
VALUE = re.compile(r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>]))""")
END = re.compile(r"</([^\s>]*)\s*>")
LINK = re.compile(
    r"^((https?|tg|ton|tonsite)://[^\s]+|[^\s/]+\.[^\s/]{2,}(/[^\s]*)?)$", re.IGNORECASE
)
DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?P<mention>(?<![\w@])@\w{3,32})"
    r"|(?P<url>https?://[^\s<>]+)"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)


class Unparsable(ValueError):
    """Telegram cannot parse the markup; the message is Telegram's."""


@dataclass
class Formatted:
    """A text without its markup."""

    text: str = ""
    entities: list[Json] = field(default_factory=list)
    # What Telegram swallows, though nobody can have meant it.
    complaints: list[str] = field(default_factory=list)


@dataclass
class Open:
    """A tag that waits for its end."""

    name: str
    start: int  # in UTF-16 units of the text
    begun: int  # in characters of the text
    given: dict[str, str]


def length(text: str) -> int:
    """The length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def from_html(html: str) -> Formatted:
    """The text and entities of `html`."""
    return trimmed(Parser(html).parsed())


def plain(text: str) -> Formatted:
    """A text that has no markup."""
    return trimmed(Formatted(text))


def trimmed(formatted: Formatted) -> Formatted:
    """Without the white space at both ends, which Telegram drops."""
    cut = len(formatted.text) - len(formatted.text.lstrip())
    text = formatted.text.strip()
    entities = [moved(entity, -cut, length(text)) for entity in formatted.entities]
    kept = [entity for entity in entities if entity["length"] > 0]
    return Formatted(text, kept, formatted.complaints)


def moved(entity: Json, by: int, end: int) -> Json:
    """The entity shifted, and kept inside the text."""
    start = max(entity["offset"] + by, 0)
    stop = min(entity["offset"] + by + entity["length"], end)
    return {**entity, "offset": start, "length": stop - start}


def detected(text: str) -> list[Json]:
    """The entities that Telegram finds in what people write."""
    found = DETECTED.finditer(text)
    return [
        {
            "type": match.lastgroup,
            "offset": length(text[: match.start()]),
            "length": length(match[0]),
        }
        for match in found
    ]


class Parser:
    """Reads HTML as Telegram's server does (td/telegram/MessageEntity.cpp, parse_html)."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.out: list[str] = []
        self.size = 0
        self.stack: list[Open] = []
        self.found = Formatted()

    def parsed(self) -> Formatted:
        """The text and its entities."""
        while self.at < len(self.html):
            self.step()
        if self.stack:
            raise Unparsable(
                f'Can\'t find end tag corresponding to start tag "{self.stack[-1].name}"'
            )
        self.found.text = "".join(self.out)
        self.found.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self.found

    def step(self) -> None:
        """Read a character, an entity or a tag."""
        character = self.html[self.at]
        if character == "&":
            self.ampersand()
        elif self.html.startswith("</", self.at):
            self.end()
        elif character == "<":
            self.start()
        else:
            self.put(character, 1)

    def put(self, text: str, read: int) -> None:
        """Write `text` for the next `read` characters."""
        self.out.append(text)
        self.size += length(text)
        self.at += read

    def ampersand(self) -> None:
        """An entity of HTML, or a stray & that Telegram shows as it is."""
        match = ENTITY.match(self.html, self.at)
        text = unescaped(match) if match else None
        if match is None or text is None:
            self.complain("& that begins no entity")
            self.put("&", 1)
            return
        if not match[0].endswith(";"):
            self.complain(f"entity {match[0]} without a semicolon")
        self.put(text, len(match[0]))

    def start(self) -> None:
        """The start of a tag with its attributes."""
        begin, match = self.at, TAG.match(self.html, self.at)
        name = match[1].lower() if match else ""
        if match is None or match.end() >= len(self.html):
            raise Unparsable(f"Unclosed start tag at byte offset {self.offset(begin)}")
        if name not in KINDS:
            raise Unparsable(f'Unsupported start tag "{name}" at byte offset {self.offset(begin)}')
        self.at = match.end()
        given = self.attributes(name, begin)
        if name == "span" and given.get("class") != "tg-spoiler":
            raise Unparsable(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self.offset(begin)}'
            )
        self.stack.append(Open(name, self.size, len(self.out), given))

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        """The attributes up to the end of the tag."""
        given: dict[str, str] = {}
        while not self.closed():
            name = self.match(NAME, f"Unclosed start tag at byte offset {self.offset(begin)}")[1]
            if not name:
                raise Unparsable(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self.offset(begin)}'
                )
            given[name] = (
                "" if (tag, name) == ("blockquote", "expandable") else self.value(tag, begin)
            )
        return given

    def closed(self) -> bool:
        """Whether the tag ends here; then behind its end."""
        rest = self.html[self.at :].lstrip()
        if not rest:
            raise Unparsable(f"Unclosed start tag at byte offset {self.offset(self.at)}")
        if rest[0] == ">":
            self.at = len(self.html) - len(rest) + 1
        return rest[0] == ">"

    def value(self, tag: str, begin: int) -> str:
        """The value of an attribute."""
        where = f'"{tag}" at byte offset {self.offset(begin)}'
        if "=" not in self.html[self.at :].lstrip()[:1]:
            raise Unparsable(
                f"Expected equal sign in declaration of an attribute of the tag {where}"
            )
        match = self.match(VALUE, f"Unclosed start tag {where}")
        quoted = match[1] if match[1] is not None else match[2]
        return (
            match[3].lower()
            if quoted is None
            else ENTITY.sub(lambda m: unescaped(m) or m[0], quoted)
        )

    def match(self, pattern: re.Pattern[str], otherwise: str) -> re.Match[str]:
        """What `pattern` finds here; then behind it."""
        match = pattern.match(self.html, self.at)
        if match is None:
            raise Unparsable(otherwise)
        self.at = match.end()
        return match

    def end(self) -> None:
        """The end of a tag: an entity, unless nothing is in it."""
        where = f"at byte offset {self.offset(self.at)}"
        if not self.stack:
            raise Unparsable(f"Unexpected end tag {where}")
        name = self.match(END, f"Unclosed end tag {where}")[1].lower()
        opened = self.stack.pop()
        if name not in ("", opened.name):
            raise Unparsable(
                f'Unmatched end tag {where}, expected "</{opened.name}>", found "</{name}>"'
            )
        if self.size > opened.start:
            self.close(opened)

    def close(self, opened: Open) -> None:
        """Put down the entity of a tag that has ended."""
        entity: Json = {
            "type": KINDS[opened.name],
            "offset": opened.start,
            "length": self.size - opened.start,
            **self.details(opened),
        }
        if entity["type"] == "text_link" and not LINK.match(entity["url"]):
            self.complain(f"link {entity['url']!r}, which Telegram drops,")
        else:
            self.found.entities.append(entity)

    def details(self, opened: Open) -> Json:
        """What an entity says besides its place."""
        given = opened.given
        if opened.name == "a":
            return {"url": given.get("href") or "".join(self.out[opened.begun :])}
        if opened.name == "tg-emoji":
            return {"custom_emoji_id": given.get("emoji-id", "")}
        if opened.name == "tg-time":
            return {
                "unix_time": int(given.get("unix", "0")),
                "date_time_format": given.get("format", ""),
            }
        if "expandable" in given:
            return {"type": "expandable_blockquote"}
        language = given.get("class", "").removeprefix("language-")
        return {"language": language} if opened.name == "pre" and language else {}

    def complain(self, what: str) -> None:
        """Remember what Telegram tolerates in silence."""
        self.found.complaints.append(
            f"{what} at byte offset {self.offset(self.at)} of {self.html[:60]!r}"
        )

    def offset(self, at: int) -> int:
        """The place in bytes, as Telegram counts it."""
        return len(self.html[:at].encode("utf-8", "surrogatepass"))


def unescaped(match: re.Match[str]) -> str | None:
    """The character of an entity, None for one that Telegram does not know."""
    if match[3]:
        return NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    if 0xD800 <= code <= 0xDFFF:
        raise Unparsable("Text contains invalid Unicode characters after decoding HTML entities")
    return chr(code) if 0 < code < 0x10FFFF else None
