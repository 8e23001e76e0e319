"""The menus of a message as a person's client lets her choose from them."""

from collections.abc import Iterator
from typing import Any

from tests.e2e.fakes.discord_world import Server

Json = dict[str, Any]
STRINGS, ROLES = 3, 6


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
    return data | ({"resolved": _resolved(values, server)} if menu["type"] == ROLES else {})


def preset(menu: Json, server: Server) -> list[str]:
    """The names of the roles that are chosen already when a menu is shown."""
    named = {role.id: role.name for role in server.roles}
    return [named[value["id"]] for value in menu.get("default_values", [])]


def _offered(menu: Json, server: Server | None) -> Iterator[tuple[str, str]]:
    if menu["type"] == ROLES and server:
        yield from ((role.name, role.id) for role in server.roles)
    elif menu["type"] == STRINGS:
        yield from ((option["label"], option["value"]) for option in menu["options"])
    else:
        raise NotChoosable(f"the driver cannot choose from a menu of type {menu['type']}")


def _resolved(values: list[str], server: Server | None) -> Json:
    roles = server.roles if server else []
    return {"roles": {role.id: role.payload() for role in roles if role.id in values}}
