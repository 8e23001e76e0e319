"""Who may do what in a community: one table, and nothing that it doesn't say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.community.own.settings import CommunitySettings
from core.community.protocol import command as editorial
from core.community.protocol import curation, speaking
from core.community.protocol.command import Command


@dataclass(frozen=True, slots=True)
class Facts:
    """What an adapter knows of whoever acts, at this moment.

    `actor` is opaque and the same for the same person; `manages`: Manage Server on Discord, an
    administrator on Telegram, the operator in a terminal; `roles` are the platform's own. `hears`:
    whether the bot is given there what is said without calling it; `channel`: the one they act in.
    Not `member`: a platform was asked, and doesn't say that they are there.
    """

    actor: str
    name: str
    manages: bool = False
    roles: frozenset[str] = frozenset()
    hears: bool = False
    channel: str = ""
    member: bool = True


class Role(StrEnum):
    """What somebody is in a community."""

    MANAGER = "manager"
    CURATOR = "curator"
    MEMBER = "member"


_ANYONE = frozenset(Role)
_CURATORS = frozenset({Role.MANAGER, Role.CURATOR})
_MANAGERS = frozenset({Role.MANAGER})

ALLOWED: Mapping[type[Command], frozenset[Role]] = {
    editorial.ShowMenu: _CURATORS,
    editorial.NewEntry: _CURATORS,
    editorial.AddEntry: _CURATORS,
    editorial.OpenEdit: _CURATORS,
    editorial.EditEntry: _CURATORS,
    editorial.ShowOwn: _CURATORS,
    editorial.ListEntries: _CURATORS,
    editorial.History: _CURATORS,
    editorial.ShowChange: _CURATORS,
    editorial.Submit: _CURATORS,
    editorial.Publish: _CURATORS,
    editorial.SendBack: _CURATORS,
    editorial.Remove: _CURATORS,
    editorial.Restore: _CURATORS,
    editorial.NewProposal: _ANYONE,
    editorial.Propose: _ANYONE,
    editorial.OpenTry: _CURATORS,
    editorial.Try: _CURATORS,
    editorial.ShowSettings: _MANAGERS,
    editorial.SetAlone: _MANAGERS,
    editorial.SetCurators: _MANAGERS,
    curation.ShowInbox: _CURATORS,
    curation.ShowQuestion: _CURATORS,
    curation.Sort: _CURATORS,
    curation.DraftAnswer: _CURATORS,
    curation.AddAnswer: _CURATORS,
    curation.PickAnswer: _CURATORS,
    curation.Teach: _CURATORS,
    curation.PickNever: _CURATORS,
    curation.Never: _CURATORS,
    curation.Ignore: _CURATORS,
    curation.ListLessons: _CURATORS,
    curation.Undo: _CURATORS,
    curation.Judge: _CURATORS,
    curation.ShowInsights: _CURATORS,
    curation.Export: _CURATORS,
    curation.ExportOne: _CURATORS,
    curation.ImportFile: _MANAGERS,
    curation.OpenImport: _MANAGERS,
    curation.ShowImport: _MANAGERS,
    curation.TakeFile: _MANAGERS,
    curation.TakeOne: _MANAGERS,
    curation.MakeCode: _MANAGERS,
    curation.OpenCode: _MANAGERS,
    curation.UseCode: _MANAGERS,
    curation.Unlink: _MANAGERS,
    curation.ListShipped: _CURATORS,
    curation.ShowShipped: _CURATORS,
    curation.Hide: _CURATORS,
    curation.OpenNote: _CURATORS,
    curation.SetNote: _CURATORS,
    curation.ListDue: _CURATORS,
    curation.Recheck: _CURATORS,
    editorial.Confirm: _CURATORS,
    editorial.SetDays: _MANAGERS,
    editorial.SetAlike: _MANAGERS,
    editorial.SetLog: _MANAGERS,
    editorial.StopLog: _MANAGERS,
    speaking.ShowChannels: _MANAGERS,
    speaking.ShowChannel: _MANAGERS,
    speaking.SetMode: _MANAGERS,
    speaking.SetPause: _MANAGERS,
    speaking.Replay: _CURATORS,
    speaking.Examine: _CURATORS,
    speaking.CheckLinks: _CURATORS,
}


def role_of(facts: Facts, settings: CommunitySettings) -> Role:
    """What `facts` make of somebody here."""
    if facts.manages:
        return Role.MANAGER
    return Role.CURATOR if facts.roles & settings.curators else Role.MEMBER


def may(facts: Facts, settings: CommunitySettings, command: Command) -> bool:
    """Whether the table lets somebody do this; a stranger may do nothing."""
    return facts.member and role_of(facts, settings) in ALLOWED.get(type(command), frozenset())
