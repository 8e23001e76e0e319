"""The menus of a message as a person's client lets her choose from them."""

from collections.abc import Iterator
from typing import Any

from tests.e2e.fakes.discord_world import Server

Json = dict[str, Any]
STRINGS, ROLES, CHANNELS = 3, 6, 8


class NotChoosable(AssertionError):
    """Discord's client would not let a person choose this."""


def chosen(menu: Json, labels: tuple[str, ...], server: Server | None) -> Json:
    """The data of an interaction in which the options with these labels were chosen."""
    offered = dict(_offered(menu, server))
    if set(labels) - set(offered):
        raise NotChoosable(f"{sorted(offered)} are offered, not {labels}")
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not least <= len(labels) <= most:
        raise NotChoosable(f"{least} to {most} can be chosen, not {len(labels)}")
    data = {name: menu[name] for name in ("custom_id", "id")}
    values = [offered[label] for label in labels]
    data |= {"component_type": menu["type"], "values": values}
    return data | ({"resolved": _resolved(values, server)} if menu["type"] != STRINGS else {})


def preset(menu: Json, server: Server) -> list[str]:
    """The names of the roles or channels that are chosen already when a menu is shown."""
    named = {role.id: role.name for role in server.roles}
    named |= {channel.id: channel.name for channel in server.channels}
    return [named[value["id"]] for value in menu.get("default_values", [])]


def _offered(menu: Json, server: Server | None) -> Iterator[tuple[str, str]]:
    if menu["type"] == ROLES and server:
        yield from ((role.name, role.id) for role in server.roles)
    elif menu["type"] == CHANNELS and server:
        kinds = menu.get("channel_types")
        offered = (one for one in server.channels if kinds is None or one.kind in kinds)
        yield from ((channel.name, channel.id) for channel in offered)
    elif menu["type"] == STRINGS:
        yield from ((option["label"], option["value"]) for option in menu["options"])
    else:
        raise NotChoosable(f"the driver cannot choose from a menu of type {menu['type']}")


def _resolved(values: list[str], server: Server | None) -> Json:
    assert server
    roles = {role.id: role.payload() for role in server.roles if role.id in values}
    channels = {one.id: one.payload() for one in server.channels if one.id in values}
    return {"roles": roles} if roles else {"channels": channels}
