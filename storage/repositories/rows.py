"""What statements bring, as typed rows: the fields of each are the columns that its statement selects, in order."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Column, Table

from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


def columns(table: Table, row: type[NamedTuple]) -> list[Column[object]]:
    """Those of the table that the row has fields for."""
    return [table.c[name] for name in row._fields]


class OpenedRow(NamedTuple):
    category: str | None
    department: str
    number: int


class EffortRow(NamedTuple):
    category: str | None
    minutes: int
    tickets: int


class ResolvedRow(NamedTuple):
    resolved_by: PersonId | None
    department: str
    number: int


class OpenedAndResolvedRow(NamedTuple):
    opened: int
    resolved: int


class ActiveRow(NamedTuple):
    state: str
    number: int
    oldest: datetime
    """When the one that waits longest last moved."""


class LastMoveRow(NamedTuple):
    id: TicketId
    unit: str
    opened_at: datetime
    restricted: bool
    what: str
    after: str | None
    at: datetime


class RegisterTicketRow(NamedTuple):
    number: str
    opened_at: datetime
    department: str
    facts: dict[str, str]
    unit: str
    category: str | None
    text: str
    priority: str
    state: str
    resolution: str
    ended_at: datetime | None
    restricted: bool
    reporter_name: str
    reporter_handle: str
    reporter_room: str
    holder_name: str | None
    holder_handle: str | None


class PersonRow(NamedTuple):
    id: PersonId
    handle: str
    name: str
    role: str
    unit: str | None
    department: str
    room: str
    phone: str
    email: str
    staff_no: str
    verified: bool
    notice_version: int | None
    notice_shown_at: datetime | None
    left_at: datetime | None
    became: PersonId | None
    former_role: str | None
    former_unit: str | None
    left_by_list: bool
    role_until: datetime | None
    then_role: str | None
    then_unit: str | None
    end_of_day: bool
    search: str


class CountRow(NamedTuple):
    number: int


class DirectoryRow(NamedTuple):
    id: PersonId
    name: str
    department: str
    staff_no: str
    left_at: datetime | None


class NameRow(NamedTuple):
    id: PersonId
    name: str


class AccountRow(NamedTuple):
    channel: str
    name: str


class StoredConversation(NamedTuple):
    address: str
    channel: str
    person: PersonId | None
    unit: str | None
    title: str
    is_room: bool
    blocked: bool
    last_seq: int
    active_at: datetime | None


class DialogRow(NamedTuple):
    conversation: str
    person: PersonId
    data: str
    version: int


class StandingRow(NamedTuple):
    id: int
    conversation: str
    author: PersonId | None
    ticket: int | None
    slot: str | None
    kind: str
    text: str
    event_key: str


class OfferedRow(NamedTuple):
    action: str
    token: str


class PressRow(NamedTuple):
    id: int
    conversation: str
    author: PersonId | None
    ticket: int | None
    slot: str | None
    kind: str
    text: str
    event_key: str
    button_action: str
    button_label: str
    button_live: bool


class PlaceRow(NamedTuple):
    id: int
    conversation: str
    has_text: bool


class SeqRow(NamedTuple):
    address: str
    channel: str
    last_seq: int
    left: bool
    """Whose private conversation it is has left."""


class StoredMessageRow(NamedTuple):
    """What a change of a message may change, and what it needs."""

    id: int
    conversation: str
    author: PersonId | None
    native_ref: str | None
    text: str
    files: list[str]
    kind: str
    ticket: int | None
    rings: bool
    slot: str | None
    minimal: str | None
    confidential: bool
    deleted: bool


class ButtonRow(NamedTuple):
    token: str
    message: int
    action: str
    label: str
    position: int


class ShownRow(NamedTuple):
    id: int
    seq: int
    first_seq: int
    conversation: str
    author: PersonId | None
    text: str
    files: list[str]
    reply_to: int | None
    at: datetime
    kind: str
    ticket: int | None
    rings: bool
    deleted: bool
    event_key: str
    author_name: str


class UnreadRow(NamedTuple):
    address: str
    unread: int


class ReadRow(NamedTuple):
    channel: str
    told: int
    read: int


class ShownButtonRow(NamedTuple):
    message: int
    label: str
    token: str


class AttachmentRow(NamedTuple):
    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploader: PersonId | None
    conversation: str
    at: datetime
    ticket: TicketId | None
    codes: list[str]


class JoinCodeRow(NamedTuple):
    code_hash: str
    role: str
    unit: str | None
    name: str
    person: PersonId | None
    expires_at: datetime
    used_at: datetime | None
    used_by: PersonId | None
    made_by: PersonId | None
    made_at: datetime | None
    revoked_at: datetime | None


class SessionRow(NamedTuple):
    token_hash: str
    person: PersonId
    created_at: datetime
    seen_at: datetime
    user_agent: str
    ended_at: datetime | None
    rights: str
    renewed_with: str


class AuditRow(NamedTuple):
    at: datetime
    who: PersonId | None
    what: str
    about: str
    channel: str


class ExampleRow(NamedTuple):
    text: str
    category: str
    source: str


class JobRunRow(NamedTuple):
    job: str
    scope: str
    day: date
    until: datetime


class LeaseRow(NamedTuple):
    name: str
    owner: str
    over: bool


class ArrivalRow(NamedTuple):
    id: int
    key: str
    channel: str
    conversation: str
    payload: str
    received_at: datetime
    attempts: int
    error: str


class BacklogRow(NamedTuple):
    waiting: int
    oldest: datetime | None


class LastArrivalRow(NamedTuple):
    channel: str
    last: datetime


class ChannelBacklogRow(NamedTuple):
    channel: str
    waiting: int
    oldest: datetime | None


class ChannelCountRow(NamedTuple):
    channel: str
    number: int


class DeliveryRow(NamedTuple):
    id: int
    conversation: str
    message: int
    created_at: datetime
    attempts: int
    owner: str | None
    error: str
    may_have_arrived: bool


class ContentRow(NamedTuple):
    id: int
    conversation: str
    text: str
    files: list[str]
    kind: str
    ticket: int | None
    rings: bool
    slot: str | None
    native_ref: str | None
    minimal: str | None
    confidential: bool
    channel: str


class CardRow(NamedTuple):
    conversation: str
    ticket: int | None
    native_ref: str | None


class DeliveredRow(NamedTuple):
    conversation: str
    due_at: datetime


class WaitingPostRow(NamedTuple):
    id: int
    message: int
    kind: str
    text: str
    files: list[str]
    rings: bool
    minimal: str | None
    priority: str | None
    state: str | None
    pressable: bool


class OutboxPlaceRow(NamedTuple):
    id: int
    message: int
    created_at: datetime
