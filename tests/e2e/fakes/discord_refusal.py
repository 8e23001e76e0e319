"""How Discord says no: a status, a numeric code and, for a bad body, where it is bad."""

from typing import Any, NamedTuple

Json = dict[str, Any]

MESSAGES = {
    0: "401: Unauthorized",
    10003: "Unknown Channel",
    10004: "Unknown Guild",
    10008: "Unknown Message",
    10013: "Unknown User",
    10015: "Unknown Webhook",
    10062: "Unknown interaction",
    10063: "Unknown application command",
    30032: "Maximum number of application commands reached",
    40005: "Request entity too large",
    40094: "Maximum number of follow-up messages reached for this interaction",
    40060: "Interaction has already been acknowledged.",
    50001: "Missing Access",
    50005: "Cannot edit a message authored by another user",
    50006: "Cannot send an empty message",
    50007: "Cannot send messages to this user",
    50013: "Missing Permissions",
    50027: "Invalid Webhook Token",
    50035: "Invalid Form Body",
    130000: "API resource is currently overloaded. Try again a little later",
    160002: "Cannot reply without permission to read message history",
}


class Problem(NamedTuple):
    """One thing wrong with a body: where, Discord's word for it, and a sentence."""

    path: tuple[str | int, ...]
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'body'}: {self.code} {self.message}"


class Refusal(Exception):
    """Discord's answer to a request it does not accept."""

    def __init__(
        self, status: int, code: int, *problems: Problem, fault: bool = True, why: str = ""
    ) -> None:
        self.status, self.code, self.problems, self.fault = status, code, problems, fault
        self.message = MESSAGES[code]
        super().__init__(
            " ".join([f"{status} {code} {self.message}", *map(str, problems), why]).strip()
        )

    def body(self) -> Json:
        """The JSON error Discord sends."""
        body: Json = {"message": self.message, "code": self.code}
        if self.problems:
            body["errors"] = _nested(self.problems)
        return body


def invalid(*problems: Problem) -> Refusal:
    """400 with 50035, the answer to every body that breaks a rule."""
    return Refusal(400, 50035, *problems)


def _nested(problems: tuple[Problem, ...]) -> Json:
    tree: Json = {}
    paths = [[str(step) for step in problem.path or ("body",)] for problem in problems]
    for here, problem in zip(paths, problems, strict=True):
        if any(len(path) > len(here) and path[: len(here)] == here for path in paths):
            continue  # Discord reports the inner problem, not what holds it
        node = tree
        for step in here:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
    return tree
