"""What the doctor found: in order, or how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` is None when it is in order."""

    what: str
    remedy: str | None = None

    def __str__(self) -> str:
        if self.remedy is None:
            return f"  ok    {self.what}"
        return f"  mend  {self.what}\n        {self.remedy}"
