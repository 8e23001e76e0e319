"""Turns the body of a request into a message; notes whom it would have pinged."""

from datetime import UTC, datetime
from typing import Any

from tests.e2e.fakes.discord_limits import (
    EPHEMERAL,
    LOADING,
    SELECTS,
    SENDABLE_FLAGS,
    objects,
    text,
    walk,
)
from tests.e2e.fakes.discord_refusal import Problem, Refusal, invalid
from tests.e2e.fakes.discord_state import Ping, State
from tests.e2e.fakes.discord_world import Message, mentioned, snowflake

Json = dict[str, Any]
Files = dict[str, tuple[str, bytes]]
SHOWN = ("content", "embeds", "components", "attachments")


def write(state: State, message: Message, body: Json, files: Files) -> Message:
    """Fill a new message and put it into its channel."""
    message.flags |= body.get("flags") or 0
    _apply(state, message, body, files)
    _refuse_empty(message)
    _ping(state, message, body)
    if message not in message.channel.everything:
        message.channel.everything.append(message)
        state.new.append(message)
    return message


def rewrite(state: State, message: Message, body: Json, files: Files) -> Message:
    """Change a message; filling in one that was "thinking" is not an edit."""
    before = {name: getattr(message, name) for name in SHOWN}
    filling = message.loading
    try:
        _apply(state, message, body, files)
        _refuse_empty(message)
    except Refusal:
        for name, value in before.items():
            setattr(message, name, value)
        raise
    if filling:
        message.loading, message.flags = False, message.flags & ~LOADING
        _ping(state, message, body)
    else:
        message.edited_at = datetime.now(UTC)
    return message


def _apply(state: State, message: Message, body: Json, files: Files) -> None:
    message.flags |= (body.get("flags") or 0) & SENDABLE_FLAGS
    if "content" in body:
        message.content = text(body["content"]).strip()
    if "components" in body:
        message.components = _components(body["components"])
    if "attachments" in body or files:
        _attach(state, message, objects(body.get("attachments", message.attachments)), files)
    if "embeds" in body:
        message.embeds = [
            _embed(message, embed, n) for n, embed in enumerate(objects(body["embeds"]))
        ]


def _refuse_empty(message: Message) -> None:
    if not (message.content or message.embeds or message.components or message.attachments):
        raise Refusal(400, 50006)


def _components(value: object) -> list[Json]:
    """As Discord returns them: without nulls, each with a number."""
    rows = [_clean(row) for row in objects(value)]
    for number, (_, part) in enumerate(walk(rows, ()), start=1):
        part["id"] = part.get("id") or number
        if part["type"] in SELECTS:
            part.pop("required", None)  # only forms have it
            part.update({"min_values": 1, "max_values": 1, **part})
            for preset in part.get("default_values", []):
                preset["id"] = str(preset["id"])
    return rows


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items() if item is not None}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _attach(state: State, message: Message, wanted: list[Json], files: Files) -> None:
    kept = {item["id"]: item for item in message.attachments}
    message.attachments = [kept[str(item["id"])] for item in wanted if str(item["id"]) in kept]
    names = {item["filename"] for item in message.attachments}
    for name in message.files.keys() - names:
        del message.files[name]
    described = {str(item["id"]): item for item in wanted}
    for number, (name, content) in files.items():
        about = described.get(number, {})
        called = about.get("filename") or name
        message.files[called] = content
        message.attachments.append(
            attachment(state, message.channel.id, called, content, about.get("description"))
        )


def attachment(
    state: State, channel_id: str, name: str, content: bytes, description: str | None = None
) -> Json:
    """An attachment object; the file can be fetched at its address."""
    number = snowflake()
    path = f"/attachments/{channel_id}/{number}/{name}"
    state.uploads[path] = content
    url = f"{state.base_url}{path}"
    body: Json = {
        "id": number,
        "filename": name,
        "size": len(content),
        "url": url,
        "proxy_url": url,
    }
    return {**body, "description": description} if description else body


def _embed(message: Message, embed: Json, number: int) -> Json:
    """An embed whose pictures are found among the files of the message."""
    urls = {f"attachment://{item['filename']}": item["url"] for item in message.attachments}
    shown: Json = _clean(embed)
    for part in ("image", "thumbnail"):
        url = shown.get(part, {}).get("url", "")
        if url.startswith("attachment://") and url not in urls:
            raise invalid(
                Problem(
                    ("embeds", number, part, "url"), "UNKNOWN_ATTACHMENT", f"{url} is not attached"
                )
            )
        if url in urls:
            shown[part]["url"] = urls[url]
    return shown


def _ping(state: State, message: Message, body: Json) -> None:
    """Record whom it notifies; an ephemeral message notifies nobody."""
    if message.flags & EPHEMERAL:
        return
    words = [message.content, *(text(part.get("content")) for part in message.parts())]
    allowed = body.get("allowed_mentions")
    whom = [name for name in mentioned("\n".join(words)) if _allows(allowed, name)]
    if (
        message.reference
        and message.reference.author is not state.bot
        and not message.metadata
        and _reply_pings(allowed)
    ):
        whom.append(f"user:{message.reference.author.id}")
    message.mention_everyone = "everyone" in whom
    message.mentions = [
        state.accounts[n[5:]] for n in whom if n.startswith("user:") and n[5:] in state.accounts
    ]
    if whom:
        state.pings.append(Ping(message, whom))


def _allows(allowed: Json | None, name: str) -> bool:
    """Whether `allowed_mentions` lets this mention through; without the field everything goes."""
    if allowed is None:
        return True
    kind, _, number = name.partition(":")
    plural = {"everyone": "everyone", "user": "users", "role": "roles"}[kind]
    return plural in (allowed.get("parse") or []) or number in [
        str(n) for n in allowed.get(plural) or []
    ]


def _reply_pings(allowed: Json | None) -> bool:
    return allowed is None or bool(allowed.get("replied_user"))
