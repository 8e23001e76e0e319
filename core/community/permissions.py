"""Who may do what in a community: one table, and nothing that it doesn't say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.community import curation
from core.community.command import (
    AddEntry,
    Command,
    Confirm,
    EditEntry,
    History,
    ListEntries,
    NewEntry,
    NewProposal,
    OpenEdit,
    OpenTry,
    Propose,
    Publish,
    Remove,
    Restore,
    SendBack,
    SetAlike,
    SetAlone,
    SetCurators,
    SetDays,
    SetLog,
    ShowChange,
    ShowMenu,
    ShowOwn,
    ShowSettings,
    StopLog,
    Submit,
    Try,
)
from core.community.settings import CommunitySettings


@dataclass(frozen=True, slots=True)
class Facts:
    """What an adapter knows of whoever acts, at this moment.

    `actor` is opaque and the same for the same person; `manages`: Manage Server on Discord, an
    administrator on Telegram, the operator in a terminal; `roles` are the platform's own.
    """

    actor: str
    name: str
    manages: bool = False
    roles: frozenset[str] = frozenset()


class Role(StrEnum):
    """What somebody is in a community."""

    MANAGER = "manager"
    CURATOR = "curator"
    MEMBER = "member"


_ANYONE = frozenset(Role)
_CURATORS = frozenset({Role.MANAGER, Role.CURATOR})
_MANAGERS = frozenset({Role.MANAGER})

ALLOWED: Mapping[type[Command], frozenset[Role]] = {
    ShowMenu: _CURATORS,
    NewEntry: _CURATORS,
    AddEntry: _CURATORS,
    OpenEdit: _CURATORS,
    EditEntry: _CURATORS,
    ShowOwn: _CURATORS,
    ListEntries: _CURATORS,
    History: _CURATORS,
    ShowChange: _CURATORS,
    Submit: _CURATORS,
    Publish: _CURATORS,
    SendBack: _CURATORS,
    Remove: _CURATORS,
    Restore: _CURATORS,
    NewProposal: _ANYONE,
    Propose: _ANYONE,
    OpenTry: _CURATORS,
    Try: _CURATORS,
    ShowSettings: _MANAGERS,
    SetAlone: _MANAGERS,
    SetCurators: _MANAGERS,
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
    Confirm: _CURATORS,
    SetDays: _MANAGERS,
    SetAlike: _MANAGERS,
    SetLog: _MANAGERS,
    StopLog: _MANAGERS,
}


def role_of(facts: Facts, settings: CommunitySettings) -> Role:
    """What `facts` make of somebody here."""
    if facts.manages:
        return Role.MANAGER
    return Role.CURATOR if facts.roles & settings.curators else Role.MEMBER


def may(facts: Facts, settings: CommunitySettings, command: Command) -> bool:
    """Whether the table lets somebody do this."""
    return role_of(facts, settings) in ALLOWED.get(type(command), frozenset())
