"""A form at a keyboard: one line a field, `-` leaves it as it is, ` | ` begins a new line."""

from __future__ import annotations

from core.community.protocol.outcome import Form

KEEP = "-"


class Filling:
    """A form that is being filled in."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.values = {field.name: field.value for field in form.fields}
        self._left = list(form.fields)

    @property
    def prompt(self) -> str:
        """What is to be written next; empty when all is written."""
        if not self._left:
            return ""
        field = self._left[0]
        now = field.value.replace("\n", " | ")
        return f"{field.label} ({field.hint}){f': {now}' if now else ''}"

    def write(self, line: str) -> None:
        """Fill in the next field."""
        field = self._left.pop(0)
        if line != KEEP:
            self.values[field.name] = line.replace(" | ", "\n")
