"""Which commands a person's client offers in a place, and by whose install the bot is there."""

from typing import Any

from tests.e2e.fakes.discord_world import Account, Channel, Permission

Json = dict[str, Any]
P = Permission


def owners(where: Channel, person_id: str, installed: bool | None) -> dict[str, str]:
    """The installs that bring the bot: 0 the server's (or its DM), 1 the person's own."""
    server = where.server.id if where.server else "0"
    found = {"0": server} if where.bot_inside else {}
    if installed or (installed is None and not where.bot_inside):
        found["1"] = person_id
    return found


def hidden(item: Json, where: Channel, installs: dict[str, str], person: Account) -> str:
    """Why a command is not offered here, or nothing."""
    contexts = item.get("contexts")
    if contexts is not None and where.context not in contexts:
        return f"contexts are {contexts}, this is {where.context}"
    if not {int(key) for key in installs} & set(item.get("integration_types") or [0]):
        return "it is not installed this way"
    if where.server is None or where.server.opens(item["name"], person):
        return ""
    return _forbidden(item, where.may(person))


def _forbidden(item: Json, may: int) -> str:
    """Which permission a member of the server lacks for it."""
    needed = item.get("default_member_permissions")
    if may & P.ADMINISTRATOR:
        return ""
    if needed is not None and (int(needed) == 0 or int(needed) & ~may):
        return f"a member lacks the permissions {needed}"
    return "" if may & P.USE_APPLICATION_COMMANDS else "no application commands"
