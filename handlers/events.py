"""What comes in, neutral of the channel. A channel translates its payload to one of these and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.domain.people import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What all events share."""

    key: str
    """Unique for ever: `telegram:<bot>:<update_id>`, `web:<uuid>` …"""
    at: datetime
    """When it was accepted, aware, UTC."""
    sender: Account
    sender_name: str = ""
    """What the channel calls them; a hint, never an identity."""
    conversation: str
    """Address of the conversation: `web:p:ayse` (private), `terminal:r:donanim` (a room)."""
    in_room: bool = False

    @property
    def channel(self) -> str:
        return self.sender.channel


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that could not be kept. `reason` names a template of `errors/`, `data` fills it."""

    reason: str
    data: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(Happening):
    text: str
    files: tuple[str, ...] = ()
    """Ids of attachments, already on disk for good."""
    refused: tuple[RefusedFile, ...] = ()
    """Files that came with it and are not wanted: said to the sender, the rest of the message counts."""
    reply_to: str | None = None
    """Ref of the message it answers: the desk's own id, or the platform's."""
    threaded: bool = False
    """`reply_to` is the first message of a thread: which of its messages is answered, nobody can tell."""
    native_ref: str | None = None
    """The platform's id of this message, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Happening):
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Happening):
    native_ref: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(Happening):
    native_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactShared(Happening):
    """The platform vouches for how somebody is reached: Telegram for the number they shared, Slack for an e-mail."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachChanged(Happening):
    """The platform says that this conversation can be reached no more (the bot was blocked or put out), or again."""

    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenAnonymously(Happening):
    """Words in a room whose platform hides who wrote them: `sender` is nobody."""

    text: str
    reply_to: str | None = None
    """As in MessageReceived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Happening):
    """The platform says that the organisation closed this account: whoever spoke from it has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAsked(Happening):
    """A page asks for one change of a ticket (`handlers.domain.page_changes`). `conversation` is none in which anybody
    speaks: it orders what one person asks for."""

    ticket: str
    """Its number."""
    action: str
    text: str = ""
    to: str = ""
    seen: int = 0
    anyway: bool = False
    files: tuple[str, ...] = ()
    """Ids of attachments, already on disk for good."""
    undoes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingAsked(Happening):
    """A page asks for a change of the calendar or the targets (`handlers.calendar.page_settings`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationAsked(Happening):
    """A page asks that this be written under the figures of a year (`handlers.reports.recommendations`)."""

    year: int
    text: str
    seen: int
    """The version that stood there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthAsked(Happening):
    """A page asks that a unit's month be locked, or unlocked with a reason (`handlers.reports.month_changes`)."""

    unit: str
    month: str
    """`2026-11`."""
    unlocks: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingAsked(Happening):
    """A page asks for a change of what the house keeps for its work (`handlers.tickets.page_keeping`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked(Happening):
    """A page asks for something to be done about people (`handlers.people.page_people`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form; of a code its hash only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAsked(Happening):
    """A page asks for something to be done about devices (`handlers.devices.page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAsked(Happening):
    """A page asks for something to be done in a count (`handlers.counts.page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapAsked(Happening):
    """A page asks for something to be done about a hurda teklifi (`handlers.scrap.page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperworkAsked(Happening):
    """A page asks for something to be done about documents to be answered (`handlers.documents.page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAsked(Happening):
    """A page asks for something to be done in the depot (`handlers.stock.page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAsked(Happening):
    """A page asks for something to be done about handovers, orders out of the depot and the official ledger
    (`handlers.devices.handover_page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractAsked(Happening):
    """A page asks for something to be done about süreli kayıtlar or firmalar (`handlers.contracts.page`)."""

    action: str
    given: Mapping[str, str]
    """The fields of its form."""


Event = (
    MessageReceived
    | ButtonPressed
    | MessageEdited
    | MessageDeleted
    | ContactShared
    | ReachChanged
    | SpokenAnonymously
    | AccountClosed
    | ChangeAsked
    | SettingAsked
    | KeepingAsked
    | RecommendationAsked
    | MonthAsked
    | PersonAsked
    | DeviceAsked
    | HandoverAsked
    | PaperworkAsked
    | StockAsked
    | CountAsked
    | ContractAsked
    | ScrapAsked
)
