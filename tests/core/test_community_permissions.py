"""Who may do what: every role and every command, nothing allowed by omission."""

from typing import Any, get_args

import pytest

from bots.terminal.app import OPERATOR
from core.community.communities import Communities
from core.community.own.settings import CommunitySettings
from core.community.own.text import BLANK
from core.community.protocol.command import Command, NewEntry, SetCurators, SetLog, Try
from core.community.protocol.curation import Sort
from core.community.protocol.permissions import ALLOWED, Facts, Role, may, role_of
from core.community.protocol.presses import read, write
from core.community.protocol.speaking import Replay
from tests.moderating import person


def _with(actor: str, *roles: str) -> Facts:
    return Facts(actor, "Ben", roles=frozenset(roles))


SETTINGS = CommunitySettings(curators=frozenset({"helpers"}))
# Who there is on each platform, as its adapter tells it, and what the table takes them for.
PEOPLE: dict[str, tuple[Facts, Role | None]] = {
    "discord, Manage Server": (Facts("discord:1", "Ann", manages=True), Role.MANAGER),
    "discord, a chosen role": (_with("discord:2", "helpers", "others"), Role.CURATOR),
    "discord, another role": (_with("discord:3", "others"), Role.MEMBER),
    "discord, no role": (Facts("discord:4", "Dan"), Role.MEMBER),
    "telegram, administrator": (Facts("telegram:1", "Eve", manages=True), Role.MANAGER),
    "telegram, in the group's name": (Facts("telegram:-9", "Gym", manages=True), Role.MANAGER),
    "telegram, member": (Facts("telegram:2", "Flo"), Role.MEMBER),
    "telegram, who has left": (Facts("telegram:3", "Gil", member=False), None),
    "terminal, operator": (OPERATOR, Role.MANAGER),
}
EXAMPLES: dict[str, tuple[Any, ...]] = {
    "AddEntry": (BLANK,),
    "Propose": (BLANK,),
    "EditEntry": ("a", 1, BLANK),
    "Try": ("wifi code",),
    "Sort": ("wifi code",),
    "AddAnswer": (1, BLANK),
    "SetNote": ("a", BLANK),
    "Confirm": ("a", 1),
    "SetLog": ("discord:5",),
    "ShowChannel": ("discord:5",),
    "SetMode": ("telegram:-1005", 3),
    "SetPause": (6,),
    "Replay": ((),),
    "ImportFile": (b"",),
    "TakeOne": (1, 1),
    "Judge": (1, 0),
    "UseCode": (BLANK,),
    "Teach": ("a", 1, 0),
    "Never": ("a", 1, 1),
    "SetAlone": (1,),
    "SetCurators": (frozenset({"helpers"}),),
    "OpenEdit": ("a",),
    "ShowOwn": ("a",),
    "History": ("a",),
    "Restore": ("a", 2, 1),
} | dict.fromkeys(("ShowChange", "Submit", "Publish", "SendBack", "Remove"), ("a", 1))
EXAMPLES |= dict.fromkeys(
    (
        "ShowQuestion",
        "DraftAnswer",
        "PickAnswer",
        "PickNever",
        "Ignore",
        "Undo",
        "Recheck",
        "SetDays",
        "SetAlike",
        "ShowImport",
        "TakeFile",
    ),
    (1,),
)
EXAMPLES |= dict.fromkeys(("ShowShipped", "Hide", "OpenNote", "ExportOne"), ("a",))
COMMANDS = [kind(*EXAMPLES.get(kind.__name__, ())) for kind in get_args(Command)]
MANAGERS_ONLY = {
    "ShowSettings",
    "SetAlone",
    "SetCurators",
    "SetDays",
    "SetAlike",
    "SetLog",
    "StopLog",
}
MANAGERS_ONLY |= {"ImportFile", "OpenImport", "ShowImport", "TakeFile", "TakeOne"}
MANAGERS_ONLY |= {"MakeCode", "OpenCode", "UseCode", "Unlink"}
MANAGERS_ONLY |= {"ShowChannels", "ShowChannel", "SetMode", "SetPause"}
MEMBERS = {"NewProposal", "Propose"}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_the_table(who: str, command: Command) -> None:
    (facts, role), name = PEOPLE[who], type(command).__name__
    expected = name in MEMBERS or role == Role.MANAGER
    expected = expected or (role == Role.CURATOR and name not in MANAGERS_ONLY)
    assert role is None or role_of(facts, SETTINGS) == role
    assert may(facts, SETTINGS, command) is (expected and role is not None)


def test_every_command_is_in_the_table() -> None:
    assert set(ALLOWED) == set(get_args(Command))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
async def test_the_community_asks_the_table(communities: Communities, command: Command) -> None:
    member = await person(communities, "Cem").does(command)
    refused = bool(member.seen[-1].reply) and member.reply.title == "This is for moderators"
    assert refused is (type(command).__name__ not in MEMBERS)


async def test_a_chosen_role_moderates(communities: Communities) -> None:
    ben = person(communities, "Ben", roles=frozenset({"helpers"}))
    await person(communities, "Ann", manages=True).does(SetCurators(frozenset({"helpers"})))
    assert (await ben.does(NewEntry())).form.title == "Add an answer"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_a_command_is_written_short_and_read_back(command: Command) -> None:
    if isinstance(command, SetCurators | SetLog | Sort | Replay):
        return  # only a command gives it
    if isinstance(command, Try):
        command = Try("")  # its text is in the form
    written = write("abcdefgh", command)
    assert len(written) < 64
    pressed = read(written, BLANK)
    assert pressed and (pressed.tag, pressed.command) == ("abcdefgh", command)


@pytest.mark.parametrize(
    "written", ["", "p", "pabcdefgh", "pabcdefgh-a", "pabcdefgh-a_1_2", "zabcdefgh", "habcdefgh_1"]
)
def test_what_was_made_up_leads_nowhere(written: str) -> None:
    assert read(written, BLANK) is None
