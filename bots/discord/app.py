"""The Discord bot: every interaction goes to the desk, every turn back to the person."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any

import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord import commands
from bots.discord.buttons import Press, Share, read, view
from bots.discord.render import embed
from bots.discord.surroundings import (
    is_between_us,
    is_seen_by_one,
    link_to,
    may_post,
    may_speak_publicly,
    place_of,
)
from core.dialogue import token
from core.dialogue.reply import Reply, Turn
from core.dialogue.request import Ask, Request, ShowEntry

log = logging.getLogger(__name__)

# An interaction nobody waits for any more, that was answered already, or whose message is gone.
_LATE = {10062: "expired", 10015: "expired", 50027: "expired", 40060: "answered", 10008: "gone"}


class Bot(discord.Client):
    """A client without privileged or any other intents: interactions are all it needs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            intents=discord.Intents.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            # Without an intent no server is ever announced, so there is none to wait for.
            guild_ready_timeout=0,
        )
        self.desk = desk
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self._failed)
        self._at_work: set[asyncio.Task[Any]] = set()
        self.add_dynamic_items(Press)
        commands.plant(self)

    async def setup_hook(self) -> None:
        """Bring the command list into step."""
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Say so in the log."""
        log.info("discord ready")

    async def asked(self, interaction: discord.Interaction, text: str, *, private: bool) -> None:
        """/ask: to everyone, or to the person alone if asked for or if the answer is private."""
        turn = await self.desk.reply(Ask(text), place_of(interaction))
        await self._say(interaction, turn.reply, alone=private or turn.reply.private)

    async def typed(self, interaction: discord.Interaction, text: str) -> None:
        """A question that is being typed: reviewed ones to choose from."""
        found = await self.desk.suggest(text, commands.CHOICES, place_of(interaction))
        await interaction.response.autocomplete(
            [app_commands.Choice(name=one.question, value=one.question) for one in found]
        )

    async def opened(self, interaction: discord.Interaction, request: Request) -> None:
        """/topics, /sources, /about: for the person alone, to be leafed through in place."""
        turn = await self.desk.reply(request, place_of(interaction))
        await self._say(interaction, turn.reply, alone=True)

    async def asked_about(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """ "Answer this": for the presser alone, with a button that shows it to everyone."""
        if not message.content.strip():
            await self._say(interaction, self.desk.screens.no_text(), alone=True)
            return
        turn = await self.desk.reply(Ask(message.content), place_of(interaction))
        extra = self._share_buttons(interaction, message.id, turn)
        await self._say(interaction, turn.reply, alone=True, extra=extra)

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """A button: edited in place where only the presser sees it, privately otherwise."""
        match read(custom_id):
            case Share() as share if is_seen_by_one(interaction):
                await self._share(interaction, share)
            case _:
                turn = await self.desk.press(custom_id, place_of(interaction))
                if is_seen_by_one(interaction):
                    await self._edit(interaction, turn.reply)
                else:
                    await self._say(interaction, turn.reply, alone=True)

    async def guarded(
        self, interaction: discord.Interaction, work: Coroutine[Any, Any, None]
    ) -> None:
        """The error boundary around everything a person sets off."""
        if task := asyncio.current_task():
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)
        try:
            await work
        except discord.HTTPException as error:
            if error.code not in _LATE:
                await self._fault(interaction, error)
            else:
                log.warning("discord late reason=%s action=dropped", _LATE[error.code])
        except Exception as error:  # noqa: BLE001 - this is the boundary
            await self._fault(interaction, error)

    async def finish(self, seconds: float) -> None:
        """Let what was begun be finished, if it does not take too long."""
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=seconds)

    async def _failed(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        """What discord.py itself could not do with a command."""
        await self._fault(interaction, error)

    async def _fault(self, interaction: discord.Interaction, error: Exception) -> None:
        log.error("discord fault kind=%s", interaction.type.name, exc_info=error)
        if interaction.type is discord.InteractionType.autocomplete:
            return  # nothing can be said to someone who is typing
        try:
            await self._say(interaction, self.desk.screens.failure(), alone=True)
        except Exception as again:  # noqa: BLE001 - whatever it is, there is nobody left to tell
            log.warning("discord apology failed error=%s", type(again).__name__)

    async def _say(
        self,
        interaction: discord.Interaction,
        reply: Reply,
        *,
        alone: bool,
        extra: Iterable[Press] = (),
    ) -> None:
        send: Any = interaction.response.send_message
        if interaction.response.is_done():
            send = interaction.followup.send
        await send(
            embed=embed(reply, self.desk.wording),
            view=view(reply, extra),
            ephemeral=alone and not is_between_us(interaction),
        )

    async def _edit(self, interaction: discord.Interaction, reply: Reply) -> None:
        await interaction.response.edit_message(
            embed=embed(reply, self.desk.wording), view=view(reply)
        )

    def _share_buttons(
        self, interaction: discord.Interaction, message: int, turn: Turn
    ) -> list[Press]:
        entry = turn.decision.entry
        if entry is None or turn.reply.private or not may_speak_publicly(interaction):
            return []
        share = Share(message, token.write(ShowEntry(entry)))
        return [Press(str(share), self.desk.wording.buttons.share)]

    async def _share(self, interaction: discord.Interaction, share: Share) -> None:
        """Show everyone what may be said aloud: as a reply to the message, or with a link to it."""
        turn = await self.desk.press(share.token, place_of(interaction))
        if turn.aloud == self.desk.screens.stale():
            await self._edit(interaction, turn.reply)
            return
        await interaction.response.defer()
        posted = await self._posted(interaction, share.message, turn.aloud)
        if posted or await self._linked(interaction, share.message, turn.aloud):
            done = self.desk.screens.shared()
            await interaction.edit_original_response(
                embed=embed(done, self.desk.wording), view=view(done)
            )

    async def _posted(self, interaction: discord.Interaction, message: int, reply: Reply) -> bool:
        """Whether the reply could be posted under the message, as a message of the bot's own."""
        if interaction.channel_id is None or interaction.message is None:
            return False
        if not may_post(interaction):
            return False
        channel = self.get_partial_messageable(
            interaction.channel_id, guild_id=interaction.guild_id
        )
        try:
            await channel.send(
                embed=embed(reply, self.desk.wording),
                view=view(reply),
                reference=discord.MessageReference(
                    message_id=message, channel_id=channel.id, fail_if_not_exists=False
                ),
                nonce=interaction.message.id,  # two presses on one message post once
            )
        except discord.HTTPException as error:
            log.warning(
                "discord post refused status=%s code=%s action=link", error.status, error.code
            )
            return False
        return True

    async def _linked(self, interaction: discord.Interaction, message: int, reply: Reply) -> bool:
        """Whether everyone sees the reply and a link to the message; Discord may have hidden it."""
        sent = await interaction.followup.send(
            link_to(interaction, message),
            embed=embed(reply, self.desk.wording),
            view=view(reply),
            wait=True,
        )
        return not sent.flags.ephemeral
