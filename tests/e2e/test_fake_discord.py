"""The fake Discord itself: the real client can live on it, and it refuses what Discord refuses."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import pytest_asyncio
import yarl
from discord import app_commands

from tests.e2e.fakes.discord_forms import NotFillable
from tests.e2e.fakes.discord_options import WrongOption
from tests.e2e.fakes.discord_person import NoAnswer, NotPossible, Person
from tests.e2e.fakes.discord_server import FakeDiscord
from tests.e2e.fakes.discord_spec import Book
from tests.e2e.fakes.discord_world import MEMBER, WRITING, Channel, Permission

pytestmark = pytest.mark.asyncio

Answer = Callable[[discord.Interaction, str], Awaitable[None]]
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BOTH = app_commands.AppInstallationType(guild=True, user=True)


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"t:(?P<word>.+)"):
    """A button that carries its own meaning, so that it survives a restart."""

    def __init__(self, word: str, label: str = "More") -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"t:{word}"))
        self.word = word

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: Any, match: Any
    ) -> "Press":
        return cls(match["word"])

    async def callback(self, interaction: discord.Interaction[Any]) -> Any:
        await interaction.client.on_press(interaction, self.word)


def view(*items: discord.ui.Item[Any]) -> discord.ui.View:
    made = discord.ui.View(timeout=None)
    for item in items:
        made.add_item(item)
    return made


class TinyBot(discord.Client):
    """As small as a bot can be; every test puts in what it wants to try."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=options.pop("intents", discord.Intents.none()), **options)
        self.tree = app_commands.CommandTree(
            self, allowed_contexts=EVERYWHERE, allowed_installs=BOTH
        )
        self.on_ask: Answer = repeat
        self.on_press: Answer = repeat
        self.suggestions = [app_commands.Choice(name="Can you?", value="can")]
        self.errors: list[BaseException] = []
        self._add_commands()

    def _add_commands(self) -> None:
        @self.tree.command(description="Ask a question")
        @app_commands.describe(question="In your own words", private="Only for you")
        async def ask(
            interaction: discord.Interaction, question: str, private: bool = False
        ) -> None:
            interaction.extras["private"] = private
            await self.on_ask(interaction, question)

        @ask.autocomplete("question")
        async def suggest(
            interaction: discord.Interaction, current: str
        ) -> list[app_commands.Choice[str]]:
            return self.suggestions

        @self.tree.context_menu(name="Answer this")
        async def this(interaction: discord.Interaction, message: discord.Message) -> None:
            await self.on_ask(interaction, message.content)

        @self.tree.error
        async def failed(
            interaction: discord.Interaction, error: app_commands.AppCommandError
        ) -> None:
            self.errors.append(getattr(error, "original", error))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Press)
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds before identifying again."""


async def repeat(interaction: discord.Interaction, words: str) -> None:
    private = bool(interaction.extras.get("private"))
    await interaction.response.send_message(
        f"You said: {words}", ephemeral=private, view=view(Press(words))
    )


def aim(monkeypatch: pytest.MonkeyPatch, fake: FakeDiscord) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", fake.api_url)
    monkeypatch.setattr(
        discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(fake.gateway_url)
    )


@asynccontextmanager
async def running(fake: FakeDiscord, bot: TinyBot) -> AsyncIterator[TinyBot]:
    task = asyncio.create_task(bot.start(fake.token))
    ready = asyncio.create_task(fake.bot_ready())
    await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        ready.cancel()
        task.result()
    await ready
    try:
        yield bot
    finally:
        await bot.close()
        await task


@pytest_asyncio.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        aim(monkeypatch, fake)
        yield fake


@pytest_asyncio.fixture
async def hasty(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    """A Discord that waits 0.2 s instead of 3 s for the first answer."""
    async with FakeDiscord(deadline=0.2) as fake:
        aim(monkeypatch, fake)
        yield fake


@pytest.fixture
def channel(fake: FakeDiscord) -> Channel:
    return fake.server("Gym").channel("general")


@pytest.fixture
def ann(fake: FakeDiscord) -> Person:
    return fake.person("ann")


@pytest.fixture
def bob(fake: FakeDiscord) -> Person:
    return fake.person("bob")


@pytest_asyncio.fixture
async def bot(fake: FakeDiscord) -> AsyncIterator[TinyBot]:
    async with running(fake, TinyBot()) as bot:
        yield bot


class TestWhatPeopleDo:
    """The happy path; nothing of it is a fault."""

    async def test_a_question_is_answered_in_public(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel
    ) -> None:
        answer = await fake.person("ann").slash(channel, "ask", question="why?", private=False)
        assert answer.content == "You said: why?"
        assert not answer.ephemeral
        assert not answer.edited
        assert answer.buttons == ["More"]
        assert answer.custom_ids == {"More": "t:why?"}
        assert [message.content for message in channel.messages] == ["You said: why?"]
        assert fake.faults == []

    async def test_a_private_answer_is_seen_by_nobody_else(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person, bob: Person
    ) -> None:
        answer = await ann.slash(channel, "ask", question="why?", private=True)
        assert answer.ephemeral
        assert channel.messages == []
        assert len(ann.sees(channel)) == 1
        assert bob.sees(channel) == []
        with pytest.raises(NotPossible, match="cannot see"):
            await bob.press(answer, "More")
        assert fake.faults == []

    async def test_typing_shows_suggestions_in_her_language(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel
    ) -> None:
        assert await fake.person("ann").typing(channel, "ask", question="can y") == [
            ("Can you?", "can")
        ]
        assert fake.faults == []

    async def test_the_apps_menu_answers_somebody_elses_message(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person, bob: Person
    ) -> None:
        message = channel.post(bob, "is it true?")
        assert (await ann.context_menu(message, "Answer this")).content == "You said: is it true?"
        assert [m.author.name for m in channel.messages] == ["bob", "fossae"]
        assert fake.faults == []

    async def test_a_press_can_edit_the_message(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person
    ) -> None:
        async def edit(interaction: discord.Interaction, word: str) -> None:
            await interaction.response.edit_message(content=f"changed {word}", view=None)

        bot.on_press = edit
        answer = await ann.slash(channel, "ask", question="a", private=True)
        changed = await ann.press(answer, "More")
        assert changed.edited
        assert changed.content == "changed a"
        assert changed.message_id == answer.message_id
        assert changed.buttons == []
        assert fake.faults == []

    async def test_a_press_can_bring_a_new_private_message(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person, bob: Person
    ) -> None:
        async def whisper(interaction: discord.Interaction, word: str) -> None:
            await interaction.response.send_message("only you", ephemeral=True)

        bot.on_press = whisper
        answer = await ann.slash(channel, "ask", question="a")
        seen = await bob.press(answer, "More")
        assert seen.ephemeral
        assert not seen.edited
        assert seen.message_id != answer.message_id
        assert len(bob.sees(channel)) == 2
        assert len(ann.sees(channel)) == 1
        assert fake.faults == []

    async def test_thinking_then_answering_then_following_up(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person
    ) -> None:
        async def slow(interaction: discord.Interaction, word: str) -> None:
            await interaction.response.defer(ephemeral=True)
            await interaction.edit_original_response(content="here it is")
            await interaction.followup.send("and more", ephemeral=True)

        bot.on_ask = slow
        answer = await ann.slash(channel, "ask", question="a")
        assert answer.content == "here it is"
        assert answer.ephemeral
        assert not answer.edited
        assert (await ann.eventually(channel, "and more")).ephemeral
        assert fake.faults == []
        assert channel.messages == []

    async def test_the_first_follow_up_takes_the_place_of_thinking(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel
    ) -> None:
        async def slow(interaction: discord.Interaction, word: str) -> None:
            await interaction.response.defer()
            await interaction.followup.send("here it is")

        bot.on_ask = slow
        assert (
            await fake.person("ann").slash(channel, "ask", question="a")
        ).content == "here it is"
        assert len(channel.messages) == 1
        assert fake.faults == []

    async def test_a_deferred_press_edits_later(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person
    ) -> None:
        async def slow(interaction: discord.Interaction, word: str) -> None:
            await interaction.response.defer()
            await interaction.edit_original_response(content="later")

        bot.on_press = slow
        changed = await ann.press(await ann.slash(channel, "ask", question="a"), "More")
        assert changed.edited
        assert changed.content == "later"
        assert fake.faults == []

    async def test_embeds_links_and_files_arrive(self, fake: FakeDiscord, bot: TinyBot) -> None:
        async def rich(interaction: discord.Interaction, word: str) -> None:
            embed = discord.Embed(
                title="Title", description="Words", colour=0x123456, url="https://example.org"
            )
            embed.add_field(name="Grade", value="low").set_footer(text="reviewed").set_image(
                url="attachment://a.png"
            )
            link = discord.ui.Button[Any](label="Source", url="https://example.org")
            file = discord.File(io.BytesIO(b"picture"), "a.png", description="a figure")
            await interaction.response.send_message(embed=embed, view=view(link), file=file)

        bot.on_ask = rich
        answer = await fake.person("ann").slash(
            fake.server("Gym").channel("general"), "ask", question="a"
        )
        assert answer.text.split("\n") == ["Title", "Words", "Grade", "low", "reviewed", "Source"]
        assert answer.links == {"Source": "https://example.org"}
        assert answer.files == {"a.png": b"picture"}
        assert answer.embeds[0]["image"]["url"].startswith("http://127.0.0.1")
        assert fake.faults == []

    async def test_a_form_pops_up_and_is_sent(
        self, fake: FakeDiscord, bot: TinyBot, ann: Person
    ) -> None:
        class Form(discord.ui.Modal, title="Suggest"):
            words: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Words", max_length=20)

            async def on_submit(self, interaction: discord.Interaction) -> None:
                await interaction.response.send_message(
                    f"thanks for {self.words.value}", ephemeral=True
                )

        async def ask_back(interaction: discord.Interaction, word: str) -> None:
            await interaction.response.send_modal(Form())

        bot.on_press = ask_back
        form = await ann.press(await ann.slash(fake.dm(), "ask", question="a"), "More")
        assert form.fields == ["Words"]
        assert (await ann.submit(form, {"Words": "a lot"})).content == "thanks for a lot"
        with pytest.raises(NotFillable, match="1 to 20"):
            await ann.submit(form, {"Words": "x" * 21})
        assert fake.faults == []

    async def test_a_subcommand_gets_a_file_and_a_person(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person, bob: Person
    ) -> None:
        group = app_commands.Group(name="faq", description="The FAQ")

        @group.command(name="import", description="Read a file")
        @app_commands.describe(file="What to read", thanks="Whose it is")
        async def read(
            interaction: discord.Interaction, file: discord.Attachment, thanks: discord.User
        ) -> None:
            words = (await file.read()).decode()
            await interaction.response.send_message(f"{words} by {thanks.name}")

        bot.tree.add_command(group)
        await bot.tree.sync()
        answer = await ann.slash(channel, "faq import", file=("a.txt", b"words"), thanks=bob)
        assert answer.content == "words by bob"
        assert fake.faults == []
        with pytest.raises(NotPossible, match="not a whole command"):
            await ann.slash(channel, "faq")

    async def test_a_menu_is_chosen_from(
        self, fake: FakeDiscord, bot: TinyBot, ann: Person
    ) -> None:
        async def offer(interaction: discord.Interaction, word: str) -> None:
            menu = discord.ui.Select[Any](
                placeholder="Topic",
                custom_id="topic",
                options=[discord.SelectOption(label="Hips", value="h")],
            )

            async def chosen(interaction: discord.Interaction) -> None:
                await interaction.response.edit_message(content=f"chosen {menu.values}", view=None)

            menu.callback = chosen  # type: ignore[method-assign]
            await interaction.response.send_message("Which?", view=view(menu))

        bot.on_ask = offer
        answer = await ann.slash(fake.server("Gym").channel("general"), "ask", question="a")
        assert "Hips" in answer.text
        assert (await ann.choose(answer, "Topic", "Hips")).content == "chosen ['h']"
        assert fake.faults == []

    async def test_two_presses_at_once_are_two_interactions(
        self, fake: FakeDiscord, bot: TinyBot, ann: Person
    ) -> None:
        answer = await ann.slash(fake.server("Gym").channel("general"), "ask", question="a")
        first, second = await asyncio.gather(ann.press(answer, "More"), ann.press(answer, "More"))
        assert first.message_id != second.message_id
        assert fake.faults == []

    async def test_an_expired_press_fails_without_blame(
        self, fake: FakeDiscord, bot: TinyBot, ann: Person
    ) -> None:
        caught: list[discord.NotFound] = []

        async def careful(interaction: discord.Interaction, word: str) -> None:
            try:
                await interaction.response.send_message("too late")
            except discord.NotFound as error:
                caught.append(error)

        bot.on_press = careful
        answer = await ann.slash(fake.server("Gym").channel("general"), "ask", question="a")
        assert (await ann.press(answer, "More", expire=True)).failed
        await wait_for(lambda: bool(caught))
        assert caught[0].code == 10062
        assert fake.faults == []

    async def test_a_forged_id_reaches_the_bot(
        self, fake: FakeDiscord, bot: TinyBot, ann: Person
    ) -> None:
        answer = await ann.slash(fake.server("Gym").channel("general"), "ask", question="a")
        assert (await ann.press_id(answer, "t:forged")).content == "You said: forged"
        assert fake.faults == []


async def wait_for(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not what():  # noqa: ASYNC110 - any condition
            await asyncio.sleep(0.005)


class TestPlaces:
    """Where the bot is used, and by whose install."""

    async def seen(self, fake: FakeDiscord, bot: TinyBot, where: Channel) -> discord.Interaction:
        found: list[discord.Interaction] = []

        async def note(interaction: discord.Interaction, words: str) -> None:
            found.append(interaction)
            await repeat(interaction, words)

        bot.on_ask = note
        await fake.person("ann", locale="de").slash(where, "ask", question="a")
        assert fake.faults == []
        return found[0]

    async def test_in_a_server_the_bot_is_a_guest_of_the_server(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        seen = await self.seen(fake, bot, fake.server("Gym", locale="fr").channel("general"))
        assert seen.is_guild_integration()
        assert not seen.is_user_integration()
        assert seen.context.guild
        assert seen.locale is discord.Locale.german
        assert seen.guild_locale is discord.Locale.french
        assert seen.app_permissions.send_messages
        assert seen.permissions.use_external_apps
        assert isinstance(seen.channel, discord.TextChannel)
        assert seen.user.name == "ann"

    async def test_elsewhere_only_the_person_brings_it(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        seen = await self.seen(
            fake, bot, fake.server("Elsewhere", bot_inside=False).channel("general")
        )
        assert seen.is_user_integration()
        assert not seen.is_guild_integration()
        assert not seen.app_permissions.send_messages

    async def test_a_dm_and_a_group_dm_have_their_contexts(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        assert (await self.seen(fake, bot, fake.dm())).context.dm_channel
        group = await self.seen(fake, bot, fake.private_channel())
        assert group.context.private_channel
        assert isinstance(group.channel, discord.GroupChannel)

    async def test_without_the_permission_an_external_app_answers_in_private(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        quiet = MEMBER & ~Permission.USE_EXTERNAL_APPS
        channel = fake.server("Elsewhere", bot_inside=False).channel(
            "general", member_permissions=quiet
        )
        answer = await fake.person("ann").slash(channel, "ask", question="a")
        assert answer.forced_ephemeral
        assert answer.ephemeral
        assert channel.messages == []
        inside = fake.server("Gym").channel("general", member_permissions=quiet)
        assert not (await fake.person("bob").slash(inside, "ask", question="a")).ephemeral

    async def test_a_command_is_offered_only_where_it_belongs(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        bot.tree.allowed_contexts = app_commands.AppCommandContext(guild=True)
        await bot.tree.sync()
        with pytest.raises(NotPossible, match="contexts"):
            await fake.person("ann").slash(fake.dm(), "ask", question="a")
        channel = fake.server("Elsewhere", bot_inside=False).channel("general")
        with pytest.raises(NotPossible, match="not installed"):
            await fake.person("bob", installed=False).slash(channel, "ask", question="a")

    async def test_some_commands_are_for_some_members(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        @bot.tree.command(description="For those who manage the server")
        @app_commands.default_permissions(manage_guild=True)
        async def manage(interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"{interaction.permissions.manage_guild}")

        await bot.tree.sync()
        gym, ann, bob = fake.server("Gym"), fake.person("ann"), fake.person("bob")
        channel = gym.channel("general")
        gym.grant(ann, Permission.MANAGE_GUILD)
        assert (await ann.slash(channel, "manage")).content == "True"
        with pytest.raises(NotPossible, match="lacks"):
            await bob.slash(channel, "manage")
        assert fake.faults == []

    async def test_her_client_checks_the_options(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, ann: Person
    ) -> None:
        for wrong in (
            {},
            {"question": "a", "colour": "b"},
            {"question": 5},
            {"question": "a", "private": "yes"},
        ):
            with pytest.raises(WrongOption):
                await ann.slash(channel, "ask", **wrong)


class TestTheGateway:
    """Connections come and go; nothing is lost."""

    async def test_buttons_live_through_a_restart(
        self, fake: FakeDiscord, channel: Channel, ann: Person
    ) -> None:
        async with running(fake, TinyBot()):
            answer = await ann.slash(channel, "ask", question="a")
        await fake.bot_gone()
        assert fake.stopped
        async with running(fake, TinyBot()):
            assert (await ann.press(answer, "More")).content == "You said: a"
        assert fake.faults == []
        assert fake.gateway.identifies == 2

    async def test_a_press_while_it_is_away_fails(self, hasty: FakeDiscord) -> None:
        dm, ann = hasty.dm(), hasty.person("ann")
        async with running(hasty, TinyBot()):
            pass
        with pytest.raises(NoAnswer, match="no answer"):
            await ann.slash(dm, "ask", question="a")

    async def test_op_7_resumes_the_session(self, fake: FakeDiscord, bot: TinyBot) -> None:
        await fake.ask_to_reconnect()
        assert (fake.gateway.identifies, fake.gateway.resumes) == (1, 1)
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        assert fake.faults == []

    async def test_a_lost_connection_replays_what_was_missed(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        dm = fake.dm()
        await fake.drop_connection()
        answer = await fake.person("ann").slash(dm, "ask", question="a")
        assert answer.content == "You said: a"
        assert (fake.gateway.identifies, fake.gateway.resumes) == (1, 1)
        assert fake.faults == []

    async def test_op_9_makes_it_identify_again(self, fake: FakeDiscord, bot: TinyBot) -> None:
        await fake.invalidate_session()
        assert fake.gateway.identifies == 2
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        assert fake.faults == []

    async def test_heartbeats_are_acknowledged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with FakeDiscord(heartbeat=0.05) as fake:
            aim(monkeypatch, fake)
            async with running(fake, TinyBot()) as bot:
                await wait_for(lambda: fake.gateway.heartbeats >= 4)
                assert bot.latency < 1
                assert fake.faults == []

    async def test_a_shard_hears_its_own_servers_only(self, fake: FakeDiscord) -> None:
        async with running(fake, TinyBot(shard_id=1, shard_count=2)):
            with pytest.raises(NoAnswer, match="not connected"):
                await fake.person("ann").slash(fake.dm(), "ask", question="a")

    async def test_events_arrive_in_order_after_a_resume(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        ann, dm, heard = fake.person("ann"), fake.dm(), list[str]()

        async def note(interaction: discord.Interaction, words: str) -> None:
            heard.append(words)
            await repeat(interaction, words)

        bot.on_ask = note
        await fake.drop_connection()
        await asyncio.gather(*(ann.slash(dm, "ask", question=str(n)) for n in range(30)))
        assert heard == [str(n) for n in range(30)]
        assert fake.faults == []

    async def test_a_wrong_token_is_turned_away(self, fake: FakeDiscord) -> None:
        async with TinyBot() as bot:
            with pytest.raises(discord.LoginFailure):
                await bot.start("wrong")
        assert [(r.status, r.code) for r in fake.refusals] == [(401, 0)]
        assert fake.faults == []

    async def test_a_privileged_intent_closes_the_connection(self, fake: FakeDiscord) -> None:
        async with TinyBot(intents=discord.Intents(message_content=True)) as bot:
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await bot.start(fake.token)
        assert "4014" in fake.faults[0]

    async def test_it_also_talks_without_compression(self, fake: FakeDiscord) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(fake.gateway_url) as plain,
        ):
            assert (await plain.receive_json())["op"] == 10
            await plain.send_json({"op": 2, "d": {"token": fake.token, "intents": 0}})
            assert (await plain.receive_json())["t"] == "READY"

    @pytest.mark.parametrize(
        ("code", "packet"),
        {
            4001: {"op": 99},
            4002: {"op": 1, "d": "x" * 5000},
            4003: {"op": 3, "d": {}},
            4004: {"op": 2, "d": {"token": "wrong", "intents": 0}},
        }.items(),
    )
    async def test_nonsense_closes_the_connection(
        self, fake: FakeDiscord, code: int, packet: dict[str, Any]
    ) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(fake.gateway_url) as plain,
        ):
            await plain.receive_json()
            await plain.send_json(packet)
            assert (await plain.receive()).data == code


class TestChannelMessages:
    """What the bot writes as itself."""

    def place(self, bot: TinyBot, channel: Channel) -> discord.PartialMessageable:
        return bot.get_partial_messageable(int(channel.id))

    async def test_it_replies_to_a_message(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, bob: Person
    ) -> None:
        question = channel.post(bob, "why?")
        target = self.place(bot, channel).get_partial_message(int(question.id))
        await target.reply("because", mention_author=False)
        assert channel.messages[-1].content == "because"
        assert channel.messages[-1].reference is question
        assert fake.pings == []
        assert fake.faults == []

    async def test_a_reply_pings_its_author_unless_told_otherwise(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, bob: Person
    ) -> None:
        question = channel.post(bob, "why?")
        await self.place(bot, channel).get_partial_message(int(question.id)).reply("because")
        assert [ping.whom for ping in fake.pings] == [[f"user:{bob.id}"]]

    async def test_mentions_ping_only_when_allowed(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, bob: Person
    ) -> None:
        words = f"@everyone and <@{bob.id}> and <@&5>"
        await self.place(bot, channel).send(words, allowed_mentions=discord.AllowedMentions.none())
        assert fake.pings == []
        await self.place(bot, channel).send(
            words, allowed_mentions=discord.AllowedMentions(users=True, everyone=False, roles=False)
        )
        await self.place(bot, channel).send(words)
        assert [ping.whom for ping in fake.pings] == [
            [f"user:{bob.id}"],
            ["everyone", f"user:{bob.id}", "role:5"],
        ]

    async def test_a_private_answer_pings_nobody(self, fake: FakeDiscord, bot: TinyBot) -> None:
        await fake.person("ann").slash(fake.dm(), "ask", question="@everyone", private=True)
        assert fake.pings == []
        await fake.person("bob").slash(fake.dm(), "ask", question="@everyone")
        assert [ping.whom for ping in fake.pings] == [["everyone"]]

    async def test_edits_and_deletes_its_own(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, bob: Person
    ) -> None:
        sent = await self.place(bot, channel).send("one")
        await sent.edit(content="two")
        assert channel.messages[0].content == "two"
        assert channel.messages[0].edited
        await sent.delete()
        assert channel.messages == []
        assert fake.faults == []
        theirs = self.place(bot, channel).get_partial_message(int(channel.post(bob, "mine").id))
        with pytest.raises(discord.Forbidden):
            await theirs.edit(content="yours")
        with pytest.raises(discord.Forbidden):
            await theirs.delete()

    async def test_a_missing_permission_is_refused_but_no_fault(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        silent = fake.server("Gym").channel(
            "rules", app_permissions=WRITING & ~Permission.SEND_MESSAGES
        )
        blind = fake.server("Gym").channel("staff", app_permissions=0)
        outside = fake.server("Elsewhere", bot_inside=False).channel("general")
        for channel, code in ((silent, 50013), (blind, 50001), (outside, 50001)):
            with pytest.raises(discord.Forbidden) as refused:
                await self.place(bot, channel).send("hello")
            assert refused.value.code == code
        assert [refusal.code for refusal in fake.refusals] == [50013, 50001, 50001]
        assert fake.faults == []

    async def test_embeds_and_files_need_their_permissions(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        plain = fake.server("Gym").channel(
            "plain", app_permissions=Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
        )
        for what in (
            {"embed": discord.Embed(title="a")},
            {"file": discord.File(io.BytesIO(b"a"), "a.png")},
        ):
            with pytest.raises(discord.Forbidden):
                await self.place(bot, plain).send("hello", **what)

    async def test_a_reply_to_nothing_is_refused(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel, bob: Person
    ) -> None:
        gone = channel.post(bob, "oops")
        gone.delete()
        with pytest.raises(discord.HTTPException, match="Unknown message"):
            await self.place(bot, channel).get_partial_message(int(gone.id)).reply("because")
        assert fake.faults == []  # somebody deleted it: nobody's fault
        with pytest.raises(discord.HTTPException, match="Unknown message"):
            await self.place(bot, channel).get_partial_message(5).reply("because")
        assert len(fake.faults) == 1

    async def test_it_can_open_a_dm(self, fake: FakeDiscord, bot: TinyBot, ann: Person) -> None:
        opened = await bot.create_dm(discord.Object(int(ann.id)))
        await opened.send("hello")
        assert [message.content for message in fake.dm(ann).messages] == ["hello"]
        assert fake.faults == []

    async def test_discord_itself_can_break_down(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel
    ) -> None:
        fake.break_down("/channels/", 503)
        with pytest.raises(discord.DiscordServerError):
            await self.place(bot, channel).send("hello")
        await self.place(bot, channel).send("hello again")
        assert len(channel.messages) == 1
        assert fake.faults == []

    async def test_a_rate_limit_is_waited_out(
        self, fake: FakeDiscord, bot: TinyBot, channel: Channel
    ) -> None:
        fake.rate_limit("/channels/", 0.05)
        await self.place(bot, channel).send("hello")
        assert len(channel.messages) == 1
        assert fake.faults == []
        assert [request.route for request in fake.requests].count(
            "/channels/{channel_id}/messages"
        ) == 2


def embed(**changes: Any) -> discord.Embed:
    return discord.Embed.from_dict({"title": "t", **changes})


def button(**options: Any) -> discord.ui.Button[Any]:
    return discord.ui.Button(**{"label": "a", "custom_id": "a", **options})


def raw_view(*parts: dict[str, Any]) -> Any:
    """Components that discord.py would not build."""
    made = discord.ui.View(timeout=None)
    made.to_components = lambda: list(parts)  # type: ignore[method-assign]
    return made


class RawMentions(discord.AllowedMentions):
    """Mentions that discord.py would not put together."""

    def to_dict(self) -> Any:
        return {"parse": ["users"], "users": [5]}


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


RAW = {"type": 2, "style": 1, "label": "a"}
FIELD = {"name": "n", "value": "v", "inline": True}
TOO_MUCH: dict[str, Callable[[], dict[str, Any]]] = {
    "content of 2001": lambda: {"content": "x" * 2001},
    "nothing at all": lambda: {"content": ""},
    "embed title of 257": lambda: {"embed": embed(title="x" * 257)},
    "embed description of 4097": lambda: {"embed": embed(description="x" * 4097)},
    "26 fields": lambda: {"embed": embed(fields=[FIELD] * 26)},
    "field name of 257": lambda: {"embed": embed(fields=[{**FIELD, "name": "x" * 257}])},
    "field value of 1025": lambda: {"embed": embed(fields=[{**FIELD, "value": "x" * 1025}])},
    "field without a value": lambda: {"embed": embed(fields=[{**FIELD, "value": ""}])},
    "footer of 2049": lambda: {"embed": embed(footer={"text": "x" * 2049})},
    "embeds of 6001 together": lambda: {
        "embeds": [
            embed(title="", description="x" * 3000),
            embed(title="x", description="x" * 3000),
        ]
    },
    "embed with a javascript address": lambda: {"embed": embed(url="javascript:alert(1)")},
    "picture that is not attached": lambda: {
        "embed": embed(image={"url": "attachment://none.png"})
    },
    "label of 81": lambda: {"view": raw_view(row({**RAW, "custom_id": "a", "label": "x" * 81}))},
    "custom_id of 101": lambda: {"view": raw_view(row({**RAW, "custom_id": "x" * 101}))},
    "custom_id of 0": lambda: {"view": raw_view(row({**RAW, "custom_id": ""}))},
    "custom_id twice": lambda: {
        "view": raw_view(row({**RAW, "custom_id": "a"}), row({**RAW, "custom_id": "a"}))
    },
    "6 buttons in a row": lambda: {
        "view": raw_view(row(*({**RAW, "custom_id": str(n)} for n in range(6))))
    },
    "6 rows": lambda: {"view": raw_view(*(row({**RAW, "custom_id": str(n)}) for n in range(6)))},
    "an empty row": lambda: {"view": raw_view(row())},
    "a button without a row": lambda: {"view": raw_view({**RAW, "custom_id": "a"})},
    "a button without a word": lambda: {
        "view": raw_view(row({"type": 2, "style": 1, "custom_id": "a"}))
    },
    "a link to ftp": lambda: {
        "view": raw_view(row({**RAW, "style": 5, "url": "ftp://example.org"}))
    },
    "a link with an id": lambda: {
        "view": raw_view(row({**RAW, "style": 5, "url": "https://example.org", "custom_id": "a"}))
    },
    "all users and one of them": lambda: {"content": "a", "allowed_mentions": RawMentions()},
    "an unknown field": lambda: {"view": raw_view(row({**RAW, "custom_id": "a", "colour": "red"}))},
}


def needs_the_document(fake: FakeDiscord, what: str) -> None:
    """Only the document knows all fields; the limits hold without it."""
    if what == "an unknown field" and not fake.book.available:
        pytest.skip("needs ../shared/specs")


class TestMessagesThatAreTooMuch:
    """Each is refused as Discord refuses it, wherever it is sent, and is a fault."""

    @pytest.mark.parametrize("what", TOO_MUCH)
    async def test_as_an_answer_and_as_a_message(
        self, fake: FakeDiscord, bot: TinyBot, what: str, channel: Channel
    ) -> None:
        needs_the_document(fake, what)

        async def overdo(interaction: discord.Interaction, words: str) -> None:
            with pytest.raises(discord.HTTPException) as refused:
                await interaction.response.send_message(**TOO_MUCH[what]())
            assert refused.value.status == 400
            assert refused.value.code in (50035, 50006)
            await interaction.response.send_message("sorry")

        bot.on_ask = overdo
        assert (await fake.person("ann").slash(channel, "ask", question="a")).content == "sorry"
        with pytest.raises(discord.HTTPException):
            await bot.get_partial_messageable(int(channel.id)).send(**TOO_MUCH[what]())
        assert len(fake.faults) == 2
        assert "breaks the spec" not in "".join(fake.faults)
        assert len(channel.messages) == 1

    @pytest.mark.parametrize("what", ["content of 2001", "custom_id twice"])
    async def test_as_an_edit(
        self, fake: FakeDiscord, bot: TinyBot, what: str, ann: Person
    ) -> None:
        async def overdo(interaction: discord.Interaction, words: str) -> None:
            with pytest.raises(discord.HTTPException):
                await interaction.response.edit_message(**TOO_MUCH[what]())
            await interaction.response.defer()
            with pytest.raises(discord.HTTPException):
                await interaction.edit_original_response(**TOO_MUCH[what]())
            with pytest.raises(discord.HTTPException):
                await interaction.followup.send(**TOO_MUCH[what]())
            await interaction.edit_original_response(content="sorry")

        bot.on_press = overdo
        answer = await ann.slash(fake.dm(), "ask", question="a")
        assert (await ann.press(answer, "More")).content == "sorry"
        assert len(fake.faults) == 3

    async def test_just_enough_is_accepted(self, fake: FakeDiscord, bot: TinyBot) -> None:
        async def fill(interaction: discord.Interaction, words: str) -> None:
            full = embed(
                title="x" * 256,
                description="x" * 4096,
                fields=[FIELD] * 25,
                footer={"text": "x" * 1598},
            )
            buttons = [button(custom_id=str(n).zfill(100), label="x" * 80) for n in range(25)]
            await interaction.response.send_message("x" * 2000, embed=full, view=view(*buttons))

        bot.on_ask = fill
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        assert fake.faults == []


class TestAnswersAtTheWrongTime:
    """Too late, twice, after the end."""

    async def test_silence_fails_the_caller(self, hasty: FakeDiscord) -> None:
        async def say_nothing(interaction: discord.Interaction, words: str) -> None:
            pass

        async with running(hasty, TinyBot()) as bot:
            bot.on_ask = say_nothing
            with pytest.raises(NoAnswer, match=r"no answer within 0\.2 s"):
                await hasty.person("ann").slash(hasty.dm(), "ask", question="a")

    async def test_a_late_answer_is_unknown(self, hasty: FakeDiscord) -> None:
        async def dawdle(interaction: discord.Interaction, words: str) -> None:
            await asyncio.sleep(0.3)
            await interaction.response.send_message("sorry, I was thinking")

        async with running(hasty, TinyBot()) as bot:
            bot.on_ask = dawdle
            with pytest.raises(NoAnswer):
                await hasty.person("ann").slash(hasty.dm(), "ask", question="a")
            await wait_for(lambda: bool(bot.errors))
            assert isinstance(bot.errors[0], discord.NotFound)
            assert bot.errors[0].code == 10062
            assert "10062" in hasty.faults[0]

    async def test_a_second_answer_is_refused(self, fake: FakeDiscord, bot: TinyBot) -> None:
        async def twice(interaction: discord.Interaction, words: str) -> None:
            await interaction.response.send_message("one")
            interaction.response._response_type = None
            await interaction.response.send_message("two")

        bot.on_ask = twice
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        await wait_for(lambda: bool(bot.errors))
        assert isinstance(bot.errors[0], discord.HTTPException)
        assert bot.errors[0].code == 40060
        assert len(fake.faults) == 1

    async def test_a_token_dies_after_a_quarter_of_an_hour(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        kept: list[discord.Interaction] = []

        async def keep(interaction: discord.Interaction, words: str) -> None:
            kept.append(interaction)
            await repeat(interaction, words)

        bot.on_ask = keep
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        fake.pass_time(14 * 60)
        await kept[0].edit_original_response(content="still")
        fake.pass_time(2 * 60)
        with pytest.raises(discord.HTTPException) as refused:
            await kept[0].edit_original_response(content="no more")
        assert (refused.value.status, refused.value.code) == (401, 50027)

    async def test_a_follow_up_before_the_answer_is_unknown(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        async def early(interaction: discord.Interaction, words: str) -> None:
            with pytest.raises(discord.NotFound):
                await interaction.followup.send("early")
            await repeat(interaction, words)

        bot.on_ask = early
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        assert "10015" in fake.faults[0]

    async def test_a_user_install_gets_five_follow_ups(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        async def chatter(interaction: discord.Interaction, words: str) -> None:
            await repeat(interaction, words)
            for number in range(6):
                await interaction.followup.send(f"{number}")

        bot.on_ask = chatter
        channel = fake.private_channel()
        await fake.person("ann").slash(channel, "ask", question="a")
        await wait_for(lambda: bool(bot.errors))
        assert len(channel.messages) == 6
        assert len(fake.faults) == 1


def option(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "name": "a", "description": "d", "required": False, **changes}


def command(**changes: Any) -> dict[str, Any]:
    return {"name": "a", "description": "d", "type": 1, **changes}


NOT_A_COMMAND: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "101 commands": lambda: [command(name=f"c{n}") for n in range(101)],
    "16 message menus": lambda: [{"name": f"C{n}", "type": 3} for n in range(16)],
    "upper case": lambda: [command(name="Ask")],
    "a space": lambda: [command(name="a b")],
    "name of 33": lambda: [command(name="x" * 33)],
    "no name": lambda: [command(name="")],
    "no description": lambda: [command(description="")],
    "description of 101": lambda: [command(description="x" * 101)],
    "the same name twice": lambda: [command(), command()],
    "26 options": lambda: [command(options=[option(name=f"o{n}") for n in range(26)])],
    "required after optional": lambda: [
        command(options=[option(), option(name="b", required=True)])
    ],
    "an option twice": lambda: [command(options=[option(), option()])],
    "option description of 101": lambda: [command(options=[option(description="x" * 101)])],
    "26 choices": lambda: [
        command(options=[option(choices=[{"name": f"{n}", "value": f"{n}"} for n in range(26)])])
    ],
    "choice of 101": lambda: [
        command(options=[option(choices=[{"name": "x" * 101, "value": "a"}])])
    ],
    "more than 8000 in all": lambda: [
        command(
            options=[
                option(
                    name=f"o{n}",
                    choices=[
                        {"name": f"{n:02}" + "x" * 98, "value": f"{m:02}" + "x" * 98}
                        for m in range(25)
                    ],
                )
                for n in range(2)
            ]
        )
    ],
    "a menu with a description": lambda: [{"name": "A", "type": 3, "description": "d"}],
    "an unknown language": lambda: [command(name_localizations={"xx": "b"})],
    "an upper case translation": lambda: [command(name_localizations={"de": "Fragen"})],
    "an unknown field": lambda: [command(colour="red")],
}


class TestCommands:
    """What may be registered."""

    async def put(self, fake: FakeDiscord, bot: TinyBot, commands: list[dict[str, Any]]) -> Any:
        return await bot.http.bulk_upsert_global_commands(int(fake.bot.id), commands)

    @pytest.mark.parametrize("what", NOT_A_COMMAND)
    async def test_these_are_refused(self, fake: FakeDiscord, bot: TinyBot, what: str) -> None:
        needs_the_document(fake, what)
        before = list(fake.commands)
        with pytest.raises(discord.HTTPException) as refused:
            await self.put(fake, bot, NOT_A_COMMAND[what]())
        assert refused.value.status == 400
        assert len(fake.faults) == 1
        assert fake.commands == before

    async def test_as_many_as_possible_are_accepted(self, fake: FakeDiscord, bot: TinyBot) -> None:
        menus = [{"name": f"Menu {n}", "type": kind} for n in range(15) for kind in (2, 3)]
        await self.put(fake, bot, [*menus, *(command(name=f"c{n}") for n in range(100))])
        assert len(fake.commands) == 130
        assert fake.faults == []

    async def test_a_synced_command_keeps_its_id(self, fake: FakeDiscord, bot: TinyBot) -> None:
        before = [item["id"] for item in fake.commands]
        await bot.tree.sync()
        assert [item["id"] for item in fake.commands] == before
        assert len(before) == 2
        assert [found.name for found in await bot.tree.fetch_commands()] == ["ask", "Answer this"]
        assert fake.faults == []

    @pytest.mark.parametrize("what", ["26", "name of 101", "value of 101", "name of 0"])
    async def test_bad_suggestions_are_refused(self, hasty: FakeDiscord, what: str) -> None:
        def choice(name: str = "a", value: str = "a") -> app_commands.Choice[str]:
            return app_commands.Choice(name=name, value=value)

        bad = {
            "26": [choice() for _ in range(26)],
            "name of 101": [choice(name="x" * 101)],
            "value of 101": [choice(value="x" * 101)],
            "name of 0": [choice(name="")],
        }
        async with running(hasty, TinyBot()) as bot:
            bot.suggestions = bad[what]
            with pytest.raises(NoAnswer):
                await hasty.person("ann").typing(hasty.dm(), "ask", question="a")
            await wait_for(lambda: bool(hasty.faults))
            assert "50035" in hasty.faults[0]


class TestTheFakeIsHonest:
    """It says what it does not know, and checks itself."""

    async def test_an_unknown_route_is_a_fault(self, fake: FakeDiscord, bot: TinyBot) -> None:
        with pytest.raises(discord.HTTPException):
            await bot.http.request(discord.http.Route("GET", "/voice/regions"))
        assert fake.faults == ["unknown route GET /api/v10/voice/regions"]

    async def test_it_counts_what_it_has_checked(self, fake: FakeDiscord, bot: TinyBot) -> None:
        if not fake.book.available:
            pytest.skip("needs ../shared/specs")
        before = fake.book.checked
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        assert fake.book.checked >= before + 4

    async def test_its_own_mistakes_are_faults(self, fake: FakeDiscord, bot: TinyBot) -> None:
        if not fake.book.available:
            pytest.skip("needs ../shared/specs")
        fake.bot.name = None  # type: ignore[assignment]
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        assert "breaks the spec" in fake.faults[0]

    async def test_without_the_document_the_limits_still_hold(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        fake.book.available = False
        assert Book(Path("/nowhere")).available is False
        dm = bot.get_partial_messageable(int(fake.dm().id))
        for what, message in TOO_MUCH.items():
            if what != "an unknown field":
                with pytest.raises(discord.HTTPException):
                    await dm.send(**message())
        for what, commands in NOT_A_COMMAND.items():
            if what != "an unknown field":
                with pytest.raises(discord.HTTPException):
                    await TestCommands().put(fake, bot, commands())

    async def test_the_application_can_be_misconfigured(
        self, fake: FakeDiscord, bot: TinyBot
    ) -> None:
        assert (await bot.application_info()).user_integration_config is not None
        del fake.application["integration_types_config"]["1"]
        assert (await bot.application_info()).user_integration_config is None
        assert fake.faults == []

    async def test_it_notes_every_request(self, fake: FakeDiscord, bot: TinyBot) -> None:
        await fake.person("ann").slash(fake.dm(), "ask", question="a")
        method, route, body = fake.requests[-1]
        assert (method, route) == (
            "POST",
            "/interactions/{interaction_id}/{interaction_token}/callback",
        )
        assert body["data"]["content"] == "You said: a"
