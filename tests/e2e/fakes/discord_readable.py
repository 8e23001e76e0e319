"""What a person can read and press in a message."""

from collections.abc import Iterator
from typing import Any

from tests.e2e.fakes.discord_limits import BUTTON, LINK, SELECTS, objects, walk

Json = dict[str, Any]


class Readable:
    """What a person can read and press in a message."""

    id: str
    content: str
    embeds: list[Json]
    components: list[Json]

    @property
    def message_id(self) -> str:
        """The id of the message."""
        return self.id

    def parts(self) -> Iterator[Json]:
        """Every component of the message."""
        return (part for _, part in walk(self.components, ()))

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, link buttons as well, in order."""
        return [label(part) for part in self.parts() if part["type"] == BUTTON]

    @property
    def custom_ids(self) -> dict[str, str]:
        """Label -> custom_id of every button and menu that can be used."""
        usable = (part for part in self.parts() if "custom_id" in part and not part.get("disabled"))
        return {label(part): part["custom_id"] for part in usable}

    @property
    def links(self) -> dict[str, str]:
        """Label -> address of its link buttons."""
        return {label(part): part["url"] for part in self.parts() if part.get("style") == LINK}

    @property
    def text(self) -> str:
        """Everything readable, a line each."""
        lines = [self.content]
        for embed in self.embeds:
            lines += [
                _line(embed, "author", "name"),
                embed.get("title", ""),
                embed.get("description", ""),
            ]
            for item in objects(embed.get("fields")):
                lines += [item["name"], item["value"]]
            lines.append(_line(embed, "footer", "text"))
        for part in self.parts():
            lines += [str(part.get("content", "")), label(part), *_options(part)]
        return "\n".join(line for line in lines if line)


def label(part: Json) -> str:
    """What is written on a component."""
    emoji = part["emoji"].get("name", "") if part.get("emoji") else ""
    return part.get("label") or part.get("placeholder") or emoji or ""


def _options(part: Json) -> list[str]:
    return (
        [str(option["label"]) for option in objects(part.get("options"))]
        if part["type"] in SELECTS
        else []
    )


def _line(embed: Json, part: str, name: str) -> str:
    return str((embed.get(part) or {}).get(name) or "")
