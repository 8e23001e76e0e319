"""The routes that answer an interaction: the callback, the original answer, follow-ups."""

from typing import Any

from tests.e2e.fakes.discord_interaction import (
    COMMAND,
    FORM,
    PRESS,
    TOKEN_LIFE,
    TYPING,
    Interaction,
)
from tests.e2e.fakes.discord_limits import EPHEMERAL, LOADING
from tests.e2e.fakes.discord_messages import rewrite, write
from tests.e2e.fakes.discord_refusal import Problem, Refusal, invalid
from tests.e2e.fakes.discord_rest import Answer, Call, Route
from tests.e2e.fakes.discord_state import State
from tests.e2e.fakes.discord_world import Message

Json = dict[str, Any]
MESSAGE, DEFER, DEFER_EDIT, EDIT, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
POSSIBLE = {
    COMMAND: {MESSAGE, DEFER, MODAL},
    PRESS: {MESSAGE, DEFER, DEFER_EDIT, EDIT, MODAL},
    TYPING: {CHOICES},
    FORM: {MESSAGE, DEFER, DEFER_EDIT, EDIT},
}
HOOK = "/webhooks/{webhook_id}/{webhook_token}"


class Replies:
    """Answers to interactions."""

    def __init__(self, state: State) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Their routes, literal ones first."""
        original, one = f"{HOOK}/messages/@original", f"{HOOK}/messages/{{message_id}}"
        return [
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback", self.callback),
            ("POST", HOOK, self.follow_up),
            *(
                (method, at, handler)
                for at in (original, one)
                for method, handler in self._on_message()
            ),
        ]

    def _on_message(self) -> list[tuple[str, Any]]:
        return [("GET", self.get), ("PATCH", self.edit), ("DELETE", self.delete)]

    def callback(self, call: Call) -> Answer:
        """The first answer, in time and only once."""
        interaction = self._waiting(call)
        wanted = call.body["type"]
        if wanted not in POSSIBLE[interaction.kind]:
            raise invalid(
                Problem(
                    ("type",), "INTERACTION_TYPE", f"{wanted} does not answer a {interaction.kind}"
                )
            )
        if wanted in (EDIT, DEFER_EDIT) and interaction.source is None:
            raise invalid(Problem(("type",), "INTERACTION_TYPE", "there is no message to edit"))
        changed = self._carry_out(interaction, call)
        interaction.answered(call.body)
        if changed:
            interaction.shows(changed, edited=wanted == EDIT)
        if call.query.get("with_response", "").lower() not in ("1", "true"):
            return Answer(204)
        return Answer(200, _described(interaction, changed))

    def _waiting(self, call: Call) -> Interaction:
        interaction = self._state.interactions.get(call.path["interaction_token"])
        if interaction is None or interaction.id != call.path["interaction_id"]:
            raise Refusal(404, 10062)
        if interaction.expired:
            interaction.refused.set()
            raise Refusal(404, 10062, fault=False)
        if interaction.answer:
            raise Refusal(400, 40060)
        if interaction.age > interaction.deadline:
            raise Refusal(404, 10062, why=f"answered after {interaction.age:.1f} s")
        return interaction

    def _carry_out(self, interaction: Interaction, call: Call) -> Message | None:
        """Do what the answer says; the message that is to be seen at once, if any."""
        data, wanted = call.body.get("data") or {}, call.body["type"]
        if wanted == MESSAGE:
            interaction.original = write(
                self._state, self._blank(interaction, data), data, call.files
            )
            return interaction.original
        if wanted == DEFER:
            interaction.original = self._thinking(interaction, data)
        if wanted in (EDIT, DEFER_EDIT):
            interaction.original = interaction.source
        if wanted == EDIT and interaction.source:
            self._alive(interaction.source)
            return rewrite(self._state, interaction.source, data, call.files)
        return None

    def _blank(self, interaction: Interaction, data: Json) -> Message:
        """A message of this interaction with nothing in it yet."""
        wants_public = not (data.get("flags") or 0) & EPHEMERAL
        forced = interaction.ephemeral_only and wants_public
        message = Message(interaction.channel, self._state.bot, reference=interaction.source)
        message.kind = {COMMAND: 23 if interaction.target else 20}.get(interaction.kind, 19)
        message.metadata, message.audience = interaction.metadata(), interaction.person
        message.flags, message.forced_ephemeral = EPHEMERAL if forced else 0, forced
        return message

    def _thinking(self, interaction: Interaction, data: Json) -> Message:
        message = self._blank(interaction, data)
        message.flags |= (data.get("flags") or 0) & EPHEMERAL | LOADING
        message.loading = True
        message.channel.everything.append(message)
        return message

    def follow_up(self, call: Call) -> Answer:
        """Another message; the first one after "thinking" takes its place."""
        interaction = self._open(call)
        original = interaction.original
        if original and original.loading:
            message = rewrite(self._state, original, call.body, call.files)
        else:
            self._count(interaction)
            message = write(self._state, self._blank(interaction, call.body), call.body, call.files)
        interaction.shows(message, edited=False)
        return Answer(200, message.payload())

    def _count(self, interaction: Interaction) -> None:
        interaction.follow_ups += 1
        most = interaction.follow_up_limit
        if most is not None and interaction.follow_ups > most:
            raise Refusal(400, 40094, why=f"{most} follow-ups are allowed")

    def get(self, call: Call) -> Answer:
        """A message of this interaction."""
        return Answer(200, self._message(call)[1].payload())

    def edit(self, call: Call) -> Answer:
        """Change a message of this interaction."""
        interaction, message = self._message(call)
        edited = not message.loading
        rewrite(self._state, message, call.body, call.files)
        interaction.shows(message, edited=edited)
        return Answer(200, message.payload())

    def delete(self, call: Call) -> Answer:
        """Delete a message of this interaction."""
        self._message(call)[1].delete()
        return Answer(204)

    def _message(self, call: Call) -> tuple[Interaction, Message]:
        interaction = self._open(call)
        wanted = call.path.get("message_id")
        message = interaction.channel.find(wanted) if wanted else interaction.original
        if message is None or not _owns(interaction, message):
            raise Refusal(404, 10008)
        return interaction, self._alive(message)

    def _alive(self, message: Message) -> Message:
        """A message that still exists; one that a person dismissed or deleted is nobody's fault."""
        if message.deleted:
            raise Refusal(404, 10008, fault=False)
        return message

    def _open(self, call: Call) -> Interaction:
        """The interaction whose token this is, once it was answered and before it is too old."""
        interaction = self._state.interactions.get(call.path["webhook_token"])
        if interaction is None:
            raise Refusal(401, 50027)
        if interaction.age > TOKEN_LIFE:
            raise Refusal(401, 50027, fault=False)
        if call.path["webhook_id"] != self._state.bot.id or not interaction.answer:
            raise Refusal(404, 10015, why="before the first answer")
        return interaction


def _owns(interaction: Interaction, message: Message) -> bool:
    """A token reaches the messages of its interaction and the one that was pressed, no others."""
    made_here = (message.metadata or {}).get("id") == interaction.id
    return made_here or message in (interaction.original, interaction.source)


def _described(interaction: Interaction, changed: Message | None) -> Json:
    """The answer to a callback; only a sent or a changed message is a resource of it."""
    body: Json = {"interaction": interaction.response()}
    if changed:
        body["resource"] = {"type": interaction.answer_type, "message": changed.payload()}
    return body
