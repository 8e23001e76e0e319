"""What the Bot API server answers when it will not do something."""

from typing import Any

Json = dict[str, Any]

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
}


class Refused(Exception):
    """A request that Telegram refuses; `bug` says that only a mistake in the bot can have led to it."""

    def __init__(self, status: int, reason: str, bug: bool = False, **parameters: float) -> None:
        title = TITLES.get(status, "")
        super().__init__(f"{title}: {reason}" if title and reason else title or reason)
        self.status, self.bug, self.parameters = status, bug, parameters

    def answer(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.status, "description": str(self)}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad(reason: str) -> Refused:
    """A bad request that happens to correct bots too: a message was deleted, a query is too old."""
    return Refused(400, reason)


def bug(reason: str) -> Refused:
    """A bad request that a correct bot never makes."""
    return Refused(400, reason, bug=True)
