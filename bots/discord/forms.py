"""The core's forms as Discord's, and what was written into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import discord

from bots.discord.surroundings import data_of
from core.community.protocol.outcome import Field, Form
from core.content.moderation import Fields

RETURNED, FEWEST_LOST = "what-you-wrote.txt", 2


def modal(form: Form) -> discord.ui.Modal:
    """A form that pops up; it comes back by its custom_id, also after a restart."""
    drawn = discord.ui.Modal(title=form.title, custom_id=form.sent)
    for field in form.fields:
        drawn.add_item(_label(field))
    # The library would keep it; Bot.on_interaction understands it by itself.
    drawn.stop()
    return drawn


def _label(field: Field) -> discord.ui.Label[discord.ui.Modal]:
    style = discord.TextStyle.paragraph if field.lines else discord.TextStyle.short
    written: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=field.name,
        style=style,
        default=field.value or None,
        required=field.required,
        max_length=field.longest,
    )
    return discord.ui.Label(text=field.label, description=field.hint, component=written)


def values_in(interaction: discord.Interaction) -> dict[str, str]:
    """What was written, by the names of the fields; nothing where no form was sent."""
    return dict(_written(data_of(interaction).get("components") or ()))


def _written(parts: Any) -> Iterator[tuple[str, str]]:
    for part in parts:
        if "value" in part:
            yield str(part["custom_id"]), str(part["value"] or "")
        yield from _written(part.get("components") or ())
        yield from _written([part["component"]] if "component" in part else ())


def returned(values: Mapping[str, str], fields: Fields) -> list[discord.File]:
    """What was written, as a file to copy it from; a question alone is soon written again."""
    labels = {name: words["label"] for name, words in fields.model_dump().items()}
    lines = [f"{labels[name]}\n{values[name]}" for name in labels if values.get(name)]
    if len(lines) < FEWEST_LOST:
        return []
    return [discord.File(BytesIO("\n\n".join(lines).encode()), RETURNED)]
