"""What an operator can mend about a database, told without loading what one needs."""

from __future__ import annotations


class DatabaseError(Exception):
    """A database that can't be used; the message says why, without its address."""
