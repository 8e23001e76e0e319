"""The fake Discord's servers, roles, menus and forms: the real client can live on them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.e2e.discord.bot import addresses, until
from tests.e2e.fakes import discord_limits
from tests.e2e.fakes.discord_menus import NotChoosable, preset
from tests.e2e.fakes.discord_person import NotPossible
from tests.e2e.fakes.discord_server import FakeDiscord
from tests.e2e.fakes.discord_spec import Book
from tests.e2e.fakes.discord_world import Permission

ROLES = discord.ui.RoleSelect[discord.ui.View]


class Listener(discord.Client):
    """Writes down what it hears of servers; its one command shows a menu of roles."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0)
        self.heard: list[str] = []
        self.roles: list[str] = []
        self.tree = app_commands.CommandTree(self)
        self.tree.command(description="Show the roles")(self.menu)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def menu(self, interaction: discord.Interaction) -> None:
        """A menu in which the person's own roles are chosen already."""
        assert isinstance(interaction.user, discord.Member)
        self.roles = [role.name for role in interaction.user.roles]
        mine = [role for role in interaction.user.roles if not role.is_default()]
        view = discord.ui.View()
        menu = ROLES(placeholder="Roles", min_values=0, max_values=2, default_values=mine)
        menu.callback = self.chosen  # type: ignore[method-assign]
        view.add_item(menu)
        view.stop()
        await interaction.response.send_message("pick", view=view)

    async def chosen(self, interaction: discord.Interaction[Any]) -> None:
        """Not reached: the view listens to nothing."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """What was chosen."""
        if interaction.type is discord.InteractionType.component:
            data: Any = interaction.data
            await interaction.response.send_message(",".join(data["values"]) or "none")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.heard.append(f"joined {guild.name}")

    async def on_guild_available(self, guild: discord.Guild) -> None:
        if self.is_ready():
            self.heard.append(f"{guild.name} again")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.heard.append(f"removed from {guild.name}")

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        self.heard.append(f"no {guild.name}")


@asynccontextmanager
async def listening(fake: FakeDiscord, **intents: bool) -> AsyncIterator[Listener]:
    """The client, connected."""
    with addresses():
        discord.http.Route.BASE = fake.api_url
        client = Listener(discord.Intents(**intents))
        task = asyncio.create_task(client.start(fake.token))
        await fake.bot_ready()
        try:
            yield client
        finally:
            await client.close()
            await task


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """A Discord where the client finds the gateway by asking."""
    async with FakeDiscord() as fake:
        with addresses():
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = _address(fake)
            yield fake
        assert fake.faults == []


def _address(fake: FakeDiscord) -> Any:
    return type(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY)(fake.gateway_url)


async def test_a_bot_hears_of_the_servers_it_is_in_joins_and_leaves(fake: FakeDiscord) -> None:
    gym, hall = fake.server("Gym"), fake.server("Hall", bot_inside=False)
    async with listening(fake, guilds=True) as client:
        await until(lambda: [guild.name for guild in client.guilds] == ["Gym"])
        await until(client.is_ready)
        await fake.outage(gym)
        await fake.recovery(gym)
        await fake.invite(hall)
        await fake.remove(gym)
        await fake.remove(gym)
        await until(lambda: len(client.heard) == 4)
        assert client.heard == ["no Gym", "Gym again", "joined Hall", "removed from Gym"]


async def test_without_the_intent_it_hears_of_none(fake: FakeDiscord) -> None:
    gym = fake.server("Gym")
    async with listening(fake) as client:
        await fake.remove(gym)
        await fake.invite(gym)
        assert client.heard == [] and fake.gateway.sessions[0].events[1:] == []


async def test_a_member_has_the_roles_that_were_given(fake: FakeDiscord) -> None:
    gym, ann = fake.server("Gym"), fake.person("ann")
    channel = gym.channel("general")
    gym.role("Old", ann)
    async with listening(fake, guilds=True) as client:
        gym.role("New", ann)
        gym.role("Other")
        shown = await ann.slash(channel, "menu")
        assert sorted(client.roles) == ["@everyone", "New", "Old"]
        (menu,) = (part for part in shown.parts() if part["type"] == 6)
        assert sorted(preset(menu, gym)) == ["New", "Old"]
        assert (await ann.choose(shown, "Roles", "Other")).content == gym.roles[-1].id
        assert (await ann.choose(shown, "Roles")).content == "none"
        with pytest.raises(NotChoosable, match="0 to 2"):
            await ann.choose(shown, "Roles", "Old", "New", "Other")
        with pytest.raises(NotChoosable, match="are offered"):
            await ann.choose(shown, "Roles", "Nobody's")


async def test_a_role_may_be_let_use_a_command(fake: FakeDiscord) -> None:
    gym, ann = fake.server("Gym"), fake.person("ann")
    channel = gym.channel("general")
    async with listening(fake, guilds=True):
        fake.commands[0]["default_member_permissions"] = str(int(Permission.MANAGE_GUILD))
        with pytest.raises(NotPossible, match="lacks"):
            await ann.slash(channel, "menu")
        gym.open("menu", gym.role("Helpers", ann))
        assert (await ann.slash(channel, "menu")).content == "pick"


# Forms that Discord refuses


def field(**more: Any) -> dict[str, Any]:
    """A labelled field of a form."""
    written = {"type": 4, "custom_id": "words", "style": 1, **more.pop("written", {})}
    return {"type": 18, "label": "Words", "component": written, **more}


def form(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A form that pops up."""
    return {
        "type": 9,
        "data": {"custom_id": "a", "title": "Form", "components": [*fields], **more},
    }


def six() -> dict[str, Any]:
    """A field too many."""
    return form(*(field(written={"custom_id": str(number)}) for number in range(6)))


REFUSED: dict[str, Callable[[], dict[str, Any]]] = {
    "no field": form,
    "six fields": six,
    "the same field twice": lambda: form(field(), field()),
    "a title of 46": lambda: form(field(), title="x" * 46),
    "no title": lambda: form(field(), title=""),
    "a custom_id of 101": lambda: form(field(), custom_id="x" * 101),
    "a label of 46": lambda: form(field(label="x" * 46)),
    "a description of 101": lambda: form(field(description="x" * 101)),
    "a field's custom_id of 101": lambda: form(field(written={"custom_id": "x" * 101})),
    "a placeholder of 101": lambda: form(field(written={"placeholder": "x" * 101})),
    "a value of 4001": lambda: form(field(written={"value": "x" * 4001})),
    "a value longer than it may be": lambda: form(
        field(written={"value": "x" * 21, "max_length": 20})
    ),
    "room for 4001": lambda: form(field(written={"max_length": 4001})),
    "room for none": lambda: form(field(written={"max_length": 0})),
}


def complaints(body: dict[str, Any]) -> list[str]:
    """What is wrong with an answer to an interaction."""
    route = "/interactions/{interaction_id}/{interaction_token}/callback"
    found = [str(problem) for problem in discord_limits.callback(body)]
    return [*found, *Book().request("POST", route, body)]


@pytest.mark.parametrize("what", REFUSED)
def test_a_form_that_is_too_much_is_refused(what: str) -> None:
    if not Book().available and what in ("no field", "room for 4001", "room for none"):
        pytest.skip("needs ../shared/specs")
    assert complaints(REFUSED[what]())


def test_a_form_that_is_just_enough_is_accepted() -> None:
    full = {"value": "x" * 4_000, "max_length": 4_000, "placeholder": "x" * 100}
    fields = (
        field(
            label="x" * 45,
            description="x" * 100,
            written={"custom_id": str(n).zfill(100), **full},
        )
        for n in range(5)
    )
    assert complaints(form(*fields, title="x" * 45, custom_id="x" * 100)) == []
