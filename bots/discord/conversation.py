"""What the bot says on Discord: an interaction goes to the desk, the turn back to the person."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord import saying
from bots.discord.buttons import Press, Share, meaning, read, view
from bots.discord.render import embed
from bots.discord.surroundings import (
    actor_of,
    facts_of,
    is_between_us,
    is_seen_by_one,
    link_to,
    may_post,
    may_speak_publicly,
    place_of,
)
from core.dialogue import token
from core.dialogue.reply import Reply, Turn
from core.dialogue.request import Ask, Dismiss, Quiet, Request, ShowEntry

log = logging.getLogger(__name__)

CHOICES = 25


class Conversation:
    """The replies to everything a person can set off."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def asked(self, interaction: discord.Interaction, text: str, *, private: bool) -> None:
        """/ask: to everyone, or to the person alone if asked for or if the answer is private."""
        turn = await self._reply(interaction, Ask(text), alone=private)
        # Everyone has seen by now that an answer comes: it is the one that may be said aloud.
        waited = interaction.response.is_done() and not is_between_us(interaction)
        reply = turn.aloud if waited and not private else turn.reply
        await self._say(interaction, reply, alone=private or reply.private)

    async def typed(self, interaction: discord.Interaction, text: str) -> None:
        """A question that is being typed: reviewed ones to choose from."""
        found = await self.desk.suggest(text, CHOICES, place_of(interaction))
        await interaction.response.autocomplete(
            [app_commands.Choice(name=one.question, value=one.question) for one in found]
        )

    async def opened(self, interaction: discord.Interaction, request: Request) -> None:
        """/topics, /sources, /about, /check: for the person alone, to be leafed through in place."""
        turn = await self._reply(interaction, request)
        await self._say(interaction, turn.reply, alone=True)

    async def asked_about(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """ "Answer this": for the presser alone, with a button that shows it to everyone."""
        if not message.content.strip():
            await self._say(interaction, self.desk.screens.no_text(), alone=True)
            return
        turn = await self._reply(interaction, Ask(message.content))
        extra = self._share_buttons(interaction, message.id, turn)
        await self._say(interaction, turn.reply, alone=True, extra=extra)

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """A button: edited in place where only the presser sees it, privately otherwise."""
        match read(custom_id):
            case Share() as share if is_seen_by_one(interaction):
                await self._share(interaction, share)
            case _ if is_seen_by_one(interaction):
                turn = await self._press(interaction, custom_id)
                await self._edit(interaction, turn.reply)
            case _:
                await self._pressed_in_public(interaction, custom_id)

    async def _pressed_in_public(self, interaction: discord.Interaction, custom_id: str) -> None:
        match meaning(custom_id):
            case Dismiss() as wanted:
                await self._dismissed(interaction, wanted)
            case Quiet() as wanted:  # it is about nobody but the presser
                turn = await self._reply(interaction, wanted)
                await self._say(interaction, turn.reply, alone=True)
            case _:
                turn = await self._press(interaction, token.opening(custom_id))
                await self._say(interaction, turn.reply, alone=True)

    async def _dismissed(self, interaction: discord.Interaction, wanted: Dismiss) -> None:
        """Take away what was said unasked, or tell the presser alone why not."""
        await interaction.response.defer()
        place, facts = place_of(interaction), facts_of(interaction)
        if await self.desk.may_dismiss(wanted, place, facts):
            await interaction.delete_original_response()
        else:
            turn = await self.desk.reply(wanted, place, facts.actor)
            await self._say(interaction, turn.reply, alone=True)

    async def _reply(
        self, interaction: discord.Interaction, request: Request, *, alone: bool = True
    ) -> Turn:
        work = self.desk.reply(request, place_of(interaction), actor_of(interaction))
        return await saying.in_time(interaction, work, alone=alone)

    async def _press(self, interaction: discord.Interaction, written: str) -> Turn:
        work = self.desk.press(written, place_of(interaction), actor_of(interaction))
        return await saying.in_time(interaction, work, alone=True)

    async def _say(
        self,
        interaction: discord.Interaction,
        reply: Reply,
        *,
        alone: bool,
        extra: Iterable[Press] = (),
    ) -> None:
        await saying.say(interaction, reply, self.desk.wording, alone=alone, extra=extra)

    async def _edit(self, interaction: discord.Interaction, reply: Reply) -> None:
        await saying.edit(interaction, reply, self.desk.wording)

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
        turn = await self._press(interaction, share.token)
        if turn.aloud == self.desk.screens.stale():
            await self._edit(interaction, turn.reply)
            return
        if not interaction.response.is_done():
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
        channel = interaction.client.get_partial_messageable(
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
