"""Who may do what: every role and every command, nothing allowed by omission."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from core.community.communities import Communities
from core.community.own.settings import CommunitySettings
from core.community.own.text import BLANK
from core.community.protocol.command import Command, NewEntry, SetCurators, SetLog, Try
from core.community.protocol.curation import Sort
from core.community.protocol.permissions import ALLOWED, Facts, Role, may, role_of
from core.community.protocol.presses import read, write
from core.community.protocol.speaking import Replay
from tests.moderating import person

SETTINGS = CommunitySettings(curators=frozenset({"helpers"}))
FACTS = {
    Role.MANAGER: Facts("a", "Ann", manages=True),
    Role.CURATOR: Facts("b", "Ben", roles=frozenset({"helpers", "others"})),
    Role.MEMBER: Facts("c", "Cem", roles=frozenset({"others"})),
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


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_the_table(role: Role, command: Command) -> None:
    name = type(command).__name__
    expected = name in MEMBERS or role == Role.MANAGER
    expected = expected or (role == Role.CURATOR and name not in MANAGERS_ONLY)
    assert role_of(FACTS[role], SETTINGS) == role
    assert may(FACTS[role], SETTINGS, command) is expected


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: type(one).__name__)
def test_who_is_not_known_to_be_there_may_do_nothing(command: Command) -> None:
    assert not any(may(replace(facts, member=False), SETTINGS, command) for facts in FACTS.values())


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
