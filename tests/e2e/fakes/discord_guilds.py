"""What the gateway tells a bot with the intent for servers: those it is in, new ones, lost ones."""

from collections.abc import Iterator
from typing import Any

from tests.e2e.fakes.discord_session import Session
from tests.e2e.fakes.discord_spec import Book
from tests.e2e.fakes.discord_world import THREAD, Role, Server

Json = dict[str, Any]
GUILDS = 1 << 0
NOTHING = (
    *("icon", "description", "home_header", "splash", "discovery_splash", "banner"),
    *("application_id", "afk_channel_id", "system_channel_id", "widget_channel_id"),
    *("max_presences", "vanity_url_code", "rules_channel_id", "safety_alerts_channel_id"),
    *("public_updates_channel_id", "incidents_data"),
)
NONE_OF = ("system_channel_flags", "verification_level", "default_message_notifications")
PLAIN: Json = {
    **dict.fromkeys(NOTHING),
    **dict.fromkeys(NONE_OF, 0),
    **dict.fromkeys(("mfa_level", "explicit_content_filter", "premium_tier", "nsfw_level"), 0),
    **dict.fromkeys(("max_stage_video_channel_users", "premium_subscription_count"), 0),
    **dict.fromkeys(("widget_enabled", "premium_progress_bar_enabled", "nsfw"), False),
    "max_video_channel_users": 25,
    "max_members": 500_000,
    "afk_timeout": 300,
    "region": "deprecated",
    "features": [],
    "emojis": [],
    "stickers": [],
}
"""What does not matter to a bot that answers."""
LIVE: Json = {
    **{key: [] for key in ("voice_states", "members", "threads", "presences", "stage_instances")},
    **{key: [] for key in ("guild_scheduled_events", "soundboard_sounds")},
    "joined_at": "2024-01-01T00:00:00+00:00",
    "large": False,
    "member_count": 2,
}
"""What only the gateway adds to a server."""


def listens(session: Session) -> bool:
    """Whether the bot asked to hear of servers."""
    return bool(session.intents & GUILDS)


def concerns(session: Session, guild_id: str | None) -> bool:
    """Whether this shard hears about the guild; private channels belong to the first."""
    number, shards = session.shard
    return (int(guild_id or 0) >> 22) % shards == number


async def introduce(session: Session, server: Server, book: Book, *, old: bool) -> list[str]:
    """Tell of a server and its roles, once; `old`: the bot was in it when it connected.

    Comes back with what the fake itself got wrong.
    """
    if not listens(session) or not server.bot_inside or not concerns(session, server.id):
        return []
    if not server.available:
        return []
    if server.id in session.known:
        await _catch_up(session, server)
        return []
    session.known[server.id] = {role.id for role in server.roles}
    session.known[server.id] |= {channel.id for channel in server.channels}
    whole = _whole(server)
    live = {**LIVE, **_channels(server), "members": _itself(server)}
    await session.dispatch(
        "GUILD_CREATE", {**whole, **live, **({"unavailable": False} if old else {})}
    )
    return [*_wrong(book, server), *book.schema("GuildResponse", whole)] if book.available else []


async def part(session: Session, server: Server) -> None:
    """The bot was removed from a server."""
    if listens(session) and session.known.pop(server.id, None) is not None:
        await session.dispatch("GUILD_DELETE", {"id": server.id})


async def lose(session: Session, server: Server) -> None:
    """Discord itself has trouble with a server for a while; the bot is still in it."""
    if listens(session) and session.known.pop(server.id, None) is not None:
        await session.dispatch("GUILD_DELETE", {"id": server.id, "unavailable": True})


async def _catch_up(session: Session, server: Server) -> None:
    known = session.known[server.id]
    for role in server.roles:
        if role.id not in known:
            known.add(role.id)
            created = {"guild_id": server.id, "role": role.payload()}
            await session.dispatch("GUILD_ROLE_CREATE", created)
    for channel in server.channels:
        if channel.id not in known and channel.kind != THREAD:
            known.add(channel.id)
            await session.dispatch("CHANNEL_CREATE", channel.overwritten())
        elif channel.id not in known:
            known.add(channel.id)
            await session.dispatch("THREAD_CREATE", channel.payload())


def _channels(server: Server) -> Json:
    threads = [channel.payload() for channel in server.channels if channel.kind == THREAD]
    others = [channel.overwritten() for channel in server.channels if channel.kind != THREAD]
    return {"channels": others, "threads": threads}


def _wrong(book: Book, server: Server) -> Iterator[str]:
    """What the fake itself gets wrong about its channels."""
    for channel in _channels(server)["channels"]:
        yield from book.schema("GuildChannelResponse", channel)


def _itself(server: Server) -> list[Json]:
    """The one member that every bot is told of: itself."""
    assert server.bot
    state = {"nick": None, "avatar": None, "flags": 0, "pending": False, "premium_since": None}
    joined = {"joined_at": "2024-01-01T00:00:00+00:00", "deaf": False, "mute": False}
    return [{**state, **joined, "roles": [], "user": server.bot.payload()}]


def _whole(server: Server) -> Json:
    everyone = {**Role("@everyone").payload(), "id": server.id, "position": 0}
    roles = [everyone, *(role.payload() for role in server.roles)]
    about = {"id": server.id, "name": server.name, "owner_id": server.id, "roles": roles}
    return {**PLAIN, **about, "preferred_locale": server.locale}
