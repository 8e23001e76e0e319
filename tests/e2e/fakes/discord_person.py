"""A person who uses the bot: types, presses, fills in forms, and sees only what she may see."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.fakes import discord_forms as forms
from tests.e2e.fakes import discord_menus as menus
from tests.e2e.fakes import discord_offer as offer
from tests.e2e.fakes import discord_options as options
from tests.e2e.fakes.discord_interaction import (
    COMMAND,
    FORM,
    PRESS,
    TYPING,
    Interaction,
    member_payload,
)
from tests.e2e.fakes.discord_limits import BUTTON, LINK, SELECTS
from tests.e2e.fakes.discord_readable import Readable, label
from tests.e2e.fakes.discord_state import State
from tests.e2e.fakes.discord_talk import Talk, Talker
from tests.e2e.fakes.discord_world import Account, Channel, Message

Json = dict[str, Any]
Send = Callable[[Interaction], Awaitable[bool]]
PATIENCE = 10.0


class NoAnswer(AssertionError):
    """The bot did not answer in time; the person saw "The application did not respond"."""


class NotPossible(AssertionError):
    """Discord's own client would not let the person do this."""


@dataclass(frozen=True)
class Shown(Readable):
    """What the person saw, as it was at that moment."""

    id: str
    channel: Channel
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    ephemeral: bool = False
    edited: bool = False
    forced_ephemeral: bool = False
    failed: bool = False
    form: Json | None = None
    interaction: Interaction | None = None

    @property
    def fields(self) -> list[str]:
        """The labels of the form that popped up."""
        return [name for name, _ in forms.fields(self.form)] if self.form else []


def shown(
    message: Message, edited: bool | None = None, interaction: Interaction | None = None
) -> Shown:
    """A message as a person sees it now."""
    return Shown(
        message.id,
        message.channel,
        message.content,
        message.embeds,
        message.components,
        dict(message.files),
        message.ephemeral,
        message.edited if edited is None else edited,
        message.forced_ephemeral,
        interaction=interaction,
    )


class Person(Talker):
    """Somebody with a Discord account; `installed` says whether she added the app to it."""

    def __init__(
        self,
        state: State,
        talk: Talk,
        send: Send,
        name: str,
        locale: str,
        *,
        installed: bool | None,
    ) -> None:
        super().__init__(talk, name, locale)
        self.installed, self._state, self._send = installed, state, send

    async def slash(self, where: Channel, command: str, /, **given: Any) -> Shown:
        """Use a slash command; a subcommand is named with its command: `faq add`."""
        item, path = self._command(where, command)
        values, resolved = options.filled(path[-1], given, self._upload(where))
        data = options.nested(item, path, values)
        return await self._use(
            COMMAND, where, {**data, **({"resolved": resolved} if resolved else {})}
        )

    async def typing(self, where: Channel, command: str, /, **given: str) -> list[tuple[str, Any]]:
        """Type into a command's option, the last one given; the suggestions in her language."""
        item, path = self._command(where, command)
        data = options.nested(item, path, options.focused(path[-1], given))
        interaction = await self._start(TYPING, where, data)
        await self._acknowledged(interaction)
        assert interaction.answer
        found = interaction.answer["data"].get("choices") or []
        return [
            (
                (choice.get("name_localizations") or {}).get(self.locale, choice["name"]),
                choice["value"],
            )
            for choice in found
        ]

    async def context_menu(self, target: Readable | Account, command: str) -> Shown:
        """Use an entry of the Apps menu on a message."""
        if isinstance(target, Account):
            raise NotPossible("use user_menu(where, target, command) on a person")
        message = self._see(target)
        item = self._offered(message.channel, command, 3)
        resolved = {"messages": {message.id: message.payload()}}
        data = {
            "id": item["id"],
            "name": command,
            "type": 3,
            "target_id": message.id,
            "resolved": resolved,
        }
        return await self._use(COMMAND, message.channel, data, target=message)

    async def user_menu(self, where: Channel, target: Account, command: str) -> Shown:
        """Use an entry of the Apps menu on a person."""
        item = self._offered(where, command, 2)
        resolved: Json = {"users": {target.id: target.payload()}}
        if where.server:
            member = member_payload(target, where)
            resolved["members"] = {
                target.id: {
                    name: member[name] for name in member if name not in ("user", "mute", "deaf")
                }
            }
        data = {
            "id": item["id"],
            "name": command,
            "type": 2,
            "target_id": target.id,
            "resolved": resolved,
        }
        return await self._use(COMMAND, where, data)

    async def press(self, on: Readable, button: str, expire: bool = False) -> Shown:
        """Press the button with this label on a message she can see."""
        found = [
            part
            for part in self._see(on).parts()
            if part["type"] == BUTTON and label(part) == button
        ]
        if len(found) != 1:
            raise NotPossible(f"{len(found)} buttons are called {button!r}; there are {on.buttons}")
        if found[0]["style"] == LINK or found[0].get("disabled"):
            raise NotPossible(f"{button!r} is a link or disabled")
        return await self.press_id(on, found[0]["custom_id"], expire)

    async def press_id(self, on: Readable, custom_id: str, expire: bool = False) -> Shown:
        """Press by custom_id, also a forged one: then the bot sees a message that has it."""
        data = {
            "custom_id": custom_id,
            "component_type": BUTTON,
            "id": _number(self._see(on), custom_id),
        }
        return await self._use(
            PRESS, self._see(on).channel, data, source=self._see(on), expired=expire
        )

    async def choose(self, on: Readable, menu: str, *labels: str) -> Shown:
        """Choose from the menu with this placeholder."""
        message = self._see(on)
        found = [
            part for part in message.parts() if part["type"] in SELECTS and label(part) == menu
        ]
        if len(found) != 1:
            raise NotPossible(f"{len(found)} menus are called {menu!r}")
        data = menus.chosen(found[0], labels, message.channel.server)
        return await self._use(PRESS, message.channel, data, source=message)

    async def choose_forged(
        self, on: Readable, custom_id: str, kind: int, values: list[str]
    ) -> Shown:
        """Choose from a menu what it doesn't offer, as only a forged client does."""
        message = self._see(on)
        data = {"custom_id": custom_id, "component_type": kind, "values": values}
        data["id"] = _number(message, custom_id)
        return await self._use(PRESS, message.channel, data, source=message)

    async def submit(self, form: Shown, answers: Mapping[str, str]) -> Shown:
        """Fill in the form that popped up, by label, and send it."""
        if not form.form or not form.interaction:
            raise NotPossible("nothing popped up")
        unknown = set(answers) - set(form.fields)
        if unknown:
            raise NotPossible(f"the form has no {unknown}, only {form.fields}")
        filled = [forms.filled(row, answers) for row in form.form["components"]]
        data = {"custom_id": form.form["custom_id"], "components": filled}
        return await self._use(FORM, form.channel, data, source=form.interaction.source)

    def sees(self, where: Channel) -> list[Shown]:
        """Everything she can see in a channel, her own ephemeral messages as well."""
        return [shown(message) for message in where.everything if self._visible(message)]

    def look(self, at: Readable) -> Shown:
        """A message as it is now."""
        return shown(self._see(at))

    def dismiss(self, what: Readable) -> None:
        """Dismiss an ephemeral message, or delete one of her own."""
        message = self._see(what)
        if not message.ephemeral and message.author is not self:
            raise NotPossible("not hers to delete")
        message.delete()

    async def eventually(self, where: Channel, words: str, seconds: float = PATIENCE) -> Shown:
        """The newest message with these words, as soon as she sees one."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not (found := [item for item in self.sees(where) if words in item.text]):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                return found[-1]
        raise NoAnswer(f"{self.name} never saw {words!r} in {where.name}")

    def _visible(self, message: Message) -> bool:
        return (
            not message.deleted
            and not message.loading
            and (not message.ephemeral or message.audience is self)
        )

    def _see(self, what: Readable) -> Message:
        for channel in self._state.all_channels().values():
            message = channel.find(what.message_id)
            if message and self._visible(message):
                return message
        raise NotPossible(f"{self.name} cannot see that message")

    def _command(self, where: Channel, name: str) -> tuple[Json, list[Json]]:
        first, *rest = name.split()
        item = self._offered(where, first, 1)
        path = options.path(item, rest)
        if path is None:
            raise NotPossible(f"/{name} is not a whole command")
        return item, path

    def _offered(self, where: Channel, name: str, kind: int) -> Json:
        """The command as her client offers it here."""
        inside = self._state.guild_commands.get(where.server.id, []) if where.server else []
        known = {
            item["name"]: item for item in [*self._state.commands, *inside] if item["type"] == kind
        }
        if name not in known:
            raise NotPossible(f"no command {name!r}, only {sorted(known)}")
        reason = offer.hidden(known[name], where, self._owners(where), self)
        if reason:
            raise NotPossible(f"{name!r} is not offered in {where.name}: {reason}")
        return known[name]

    def _owners(self, where: Channel) -> dict[str, str]:
        return offer.owners(where, self.id, self.installed)

    def _upload(self, where: Channel) -> options.Upload:
        return options.Upload(self._state, where)

    async def _use(self, kind: int, where: Channel, data: Json, **more: Any) -> Shown:
        interaction = await self._start(kind, where, data, **more)
        if interaction.expired:
            return await self._failed(interaction)
        await self._acknowledged(interaction)
        assert interaction.answer
        if interaction.answer_type == 9:
            return Shown("", where, form=interaction.answer["data"], interaction=interaction)
        return await self._result(interaction)

    async def _start(self, kind: int, where: Channel, data: Json, **more: Any) -> Interaction:
        self._enter(where)
        owners = self._owners(where)
        interaction = Interaction(
            kind, self, where, data, owners, self._state.bot, self._state.deadline, **more
        )
        if not await self._send(interaction):
            raise NoAnswer("the bot is not connected")
        return interaction

    def _enter(self, where: Channel) -> None:
        """A private channel learns who is in it."""
        if where.kind == 1 and where.people and self not in where.people:
            raise NotPossible(f"this is the DM of {where.people[0].name}")
        if not where.server and self not in where.people:
            where.people.append(self)

    async def _acknowledged(self, interaction: Interaction) -> None:
        try:
            await asyncio.wait_for(
                interaction.acknowledged.wait(), interaction.deadline - interaction.age
            )
        except TimeoutError:
            raise NoAnswer(
                self._silence(interaction, f"no answer within {interaction.deadline} s")
            ) from None

    async def _failed(self, interaction: Interaction) -> Shown:
        """She sees that it failed, once the bot has tried in vain."""
        try:
            await asyncio.wait_for(interaction.refused.wait(), interaction.deadline)
        except TimeoutError:
            raise NoAnswer(self._silence(interaction, "the bot did not even try")) from None
        source = interaction.source.id if interaction.source else ""
        return Shown(
            source, interaction.channel, "This interaction failed", ephemeral=True, failed=True
        )

    async def _result(self, interaction: Interaction) -> Shown:
        try:
            effect = await asyncio.wait_for(interaction.effects.get(), PATIENCE)
        except TimeoutError:
            if interaction.answer_type == 6 and interaction.source:
                return shown(interaction.source, edited=False, interaction=interaction)
            raise NoAnswer(self._silence(interaction, "still thinking")) from None
        return shown(effect.message, effect.edited, interaction)

    def _silence(self, interaction: Interaction, words: str) -> str:
        what = interaction.data.get("name") or interaction.data.get("custom_id")
        return f"{words} to {what!r} of {self.name}; faults so far: {self._state.faults}"


def _number(message: Message, custom_id: str) -> int:
    found = (part["id"] for part in message.parts() if part.get("custom_id") == custom_id)
    return next(found, 0)
