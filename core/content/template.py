"""Texts with `{fields}` that the core fills in, and no other field."""

from __future__ import annotations

from string import Formatter

from pydantic import AfterValidator


def only(*fields: str) -> AfterValidator:
    """Refuses a text with a `{field}` that the core does not fill in there."""

    def known(text: str) -> str:
        said = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        if unknown := said - set(fields):
            raise ValueError(f"{{{', '.join(sorted(unknown))}}} is filled in by nobody here")
        text.format(**dict.fromkeys(fields, ""))
        return text

    return AfterValidator(known)
