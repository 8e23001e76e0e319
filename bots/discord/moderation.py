"""Looking after a server's own answers: commands, buttons and forms go to the desk as they are."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands

from bots.desk import Desk
from bots.discord import health, saying
from bots.discord.forms import modal, returned, values_in
from bots.discord.hearing import lately
from bots.discord.listed import Tree
from bots.discord.menus import MENUS, links, meant, under
from bots.discord.posting import attached, drawing
from bots.discord.surroundings import (
    data_of,
    facts_of,
    is_seen_by_one,
    may_look_back,
    place_of,
)
from core.community.own.text import Text
from core.community.own.transfer import LARGEST
from core.community.protocol.command import Command, NewEntry, NewProposal, OpenEdit
from core.community.protocol.curation import ImportFile, Sort
from core.community.protocol.outcome import Outcome
from core.community.protocol.overheard import Overheard
from core.community.protocol.speaking import Examine, Replay
from core.dialogue.reply import Reply
from core.dialogue.request import Manage

CHOICES, LONGEST_CHOICE = 25, 100
FORMS = (NewEntry, NewProposal, OpenEdit)  # nothing but a form can be the first answer then
_GONE = 10008


class Moderation:
    """What comes of everything a moderator or a proposer can set off."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def given(self, interaction: discord.Interaction, command: Command) -> None:
        """A command, from /faq or /propose, or a menu."""
        work = self.desk.manage(command, place_of(interaction), facts_of(interaction))
        if not isinstance(command, FORMS):
            work = saying.in_time(interaction, work, alone=True)
        await self._show(interaction, await work)

    async def saved(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """ "Save as FAQ": the form with a message in it; what it says is read as people see it."""
        text = Text.of({"short": message.clean_content})
        if text.short:
            await self.given(interaction, NewEntry(text))
        else:
            nothing = self.desk.screens.no_text()
            await saying.say(interaction, nothing, self.desk.wording, alone=True)

    async def sorted(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """A message as a question: which answer fits, and which never does."""
        await self.given(interaction, Sort(message.content))

    async def imported(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """A file of answers; what is too large to be one is not even fetched."""
        work = self._fetched(interaction, file)
        await self._show(interaction, await saying.in_time(interaction, work, alone=True))

    async def _fetched(self, interaction: discord.Interaction, file: discord.Attachment) -> Outcome:
        data = await file.read() if file.size <= LARGEST else b" " * (LARGEST + 1)
        place, facts = place_of(interaction), facts_of(interaction)
        return await self.desk.manage(ImportFile(data), place, facts)

    async def replayed(self, interaction: discord.Interaction, most: int) -> None:
        """/faq replay: what it would have said to the last messages of this channel."""
        work = self._replayed(interaction, most)
        await self._show(interaction, await saying.in_time(interaction, work, alone=True))

    async def _replayed(self, interaction: discord.Interaction, most: int) -> Outcome:
        me, where, said = interaction.client.user, interaction.channel, tuple[Overheard, ...]()
        readable = may_look_back(interaction)
        if me and isinstance(where, discord.abc.Messageable) and readable:
            said = await lately(where, most, me.id)
        wanted = Replay(said, readable)
        return await self.desk.manage(wanted, place_of(interaction), facts_of(interaction))

    async def examined(self, interaction: discord.Interaction, tree: Tree) -> None:
        """/faq doctor: how the bot is in this server, and in this channel."""
        work = self._examined(interaction, tree)
        await self._show(interaction, await saying.in_time(interaction, work, alone=True))

    async def _examined(self, interaction: discord.Interaction, tree: Tree) -> Outcome:
        place, facts = place_of(interaction), facts_of(interaction)
        told = await self.desk.log_channel(place)
        found = [point async for point in health.checked(interaction, tree, told)]
        return await self.desk.manage(Examine(tuple(found)), place, facts)

    async def typed(self, interaction: discord.Interaction, text: str) -> None:
        """The question of an entry is being typed: those to choose from."""
        place, facts = place_of(interaction), facts_of(interaction)
        found = await self.desk.like(text, CHOICES, place, facts)
        await interaction.response.autocomplete(
            [app_commands.Choice(name=shown(question), value=name) for question, name in found]
        )

    async def pressed(self, interaction: discord.Interaction, custom_id: str) -> None:
        """A button or a menu."""
        if custom_id in MENUS:
            await self.given(interaction, meant(interaction, custom_id))
            return
        pressed = Manage(custom_id[1:])
        work = self.desk.press_managed(pressed, place_of(interaction), facts_of(interaction))
        await self._show(interaction, await saying.in_time(interaction, work, alone=True))

    async def filled(self, interaction: discord.Interaction) -> None:
        """A form that was filled in."""
        sent, values = str(data_of(interaction).get("custom_id", "")), values_in(interaction)
        work = self.desk.fill(sent, values, place_of(interaction), facts_of(interaction))
        await self._show(interaction, await saying.in_time(interaction, work, alone=True))
        # A form is no place to ask for help, but somebody may.
        if turn := self.desk.emergency(values.get("question", "")):
            await saying.say(interaction, turn.reply, self.desk.wording, alone=True)

    async def apologise(self, interaction: discord.Interaction) -> None:
        """Say that the fault is ours; what was written into a form goes back to its writer."""
        reply, more = self._given_back(interaction, self.desk.screens.failure())
        await saying.say(interaction, reply, self.desk.wording, alone=True, more=more)

    def _given_back(
        self, interaction: discord.Interaction, reply: Reply
    ) -> tuple[Reply, list[discord.File]]:
        """A reply to a form that was not taken in, and what was written, for its writer to keep."""
        more = returned(values_in(interaction), self.desk.wording.moderation.fields)
        lines = [self.desk.wording.faq_commands.returned] if more else []
        return replace(reply, paragraphs=(*reply.paragraphs, *lines)), more

    async def _show(self, interaction: discord.Interaction, outcome: Outcome) -> None:
        if outcome.form and interaction.response.is_done():
            await self.apologise(interaction)  # a form only opens at once
        elif outcome.form:
            await interaction.response.send_modal(modal(outcome.form))
        elif outcome.reply:
            reply, more = outcome.reply, list[discord.File]()
            if not outcome.done:
                reply, more = self._given_back(interaction, reply)
            guild, said = interaction.guild, self.desk.wording.faq_commands
            extra = tuple(under(guild, outcome, said)) if guild else ()
            named = links(interaction, outcome.untold)
            reply = replace(reply, citations=(*reply.citations, *named))
            if outcome.insights:
                more.append(await drawing(outcome.insights))
            if outcome.file:
                more.append(attached(outcome.file))
            await self._say(interaction, reply, extra, more)
        await self._spread(interaction, outcome)

    async def _spread(self, interaction: discord.Interaction, outcome: Outcome) -> None:
        """Tell those who are not here, as far as they can be reached."""
        for told in outcome.told:
            await self.desk.send(told)
        if outcome.logged and not await self.desk.send(outcome.logged):
            said = self.desk.wording.faq_commands.unlogged
            closed = Reply(said.title, (said.text,), private=True)
            await saying.say(interaction, closed, self.desk.wording, alone=True)

    async def _say(
        self,
        interaction: discord.Interaction,
        reply: Reply,
        extra: saying.Items,
        more: list[discord.File],
    ) -> None:
        """In place of what was pressed, if that is still there."""
        wording = self.desk.wording
        if interaction.message is not None and is_seen_by_one(interaction):
            try:
                await saying.edit(interaction, reply, wording, extra=extra, more=more)
                return
            except discord.NotFound as error:
                # The message was dismissed while the form was open; what was written is kept.
                if error.code != _GONE:
                    raise
                for file in more:
                    file.reset()
        await saying.say(interaction, reply, wording, alone=True, extra=extra, more=more)


def shown(question: str) -> str:
    """A question as it fits among those to choose from."""
    if len(question) > LONGEST_CHOICE:
        return question[: LONGEST_CHOICE - 1] + "…"
    return question or "…"
