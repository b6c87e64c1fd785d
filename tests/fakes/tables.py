"""What the fake store holds, and what one transaction of it sees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.domain.absences import Absence, Choice
from handlers.domain.anchors import Anchor, Head
from handlers.domain.announcements import Announcement, AnnouncementId, Reader
from handlers.domain.approvals import Approval, ApprovalKind
from handlers.domain.breaches import Breach
from handlers.domain.calendar import SpecialDay, WorkPattern
from handlers.domain.canned_replies import CannedReply
from handlers.domain.checklists import Checklist, TicketChecklist
from handlers.domain.counts import Count, CountId, CountLine
from handlers.domain.departments import Department
from handlers.domain.deputies import Deputy
from handlers.domain.device_lists import DeviceImport, ListedDevice
from handlers.domain.devices import Device, DeviceId, Label, TicketDevice
from handlers.domain.dialog import Dialog
from handlers.domain.document_tracks import DocumentId, DocumentTrack
from handlers.domain.handovers import (
    DepotOrder,
    Handover,
    HandoverCode,
    HandoverId,
    OrderId,
    StandingOrder,
    StandingOrderId,
)
from handlers.domain.house_settings import StoredSetting
from handlers.domain.house_texts import HouseText
from handlers.domain.job_run import JobName
from handlers.domain.maintenances import Maintenance
from handlers.domain.months import Month, MonthLock
from handlers.domain.numbers import Series
from handlers.domain.officers import Officer
from handlers.domain.official_records import OfficialRecord
from handlers.domain.outages import Outage
from handlers.domain.people import Account, Person, PersonId, UnitId
from handlers.domain.people_joins import PeopleJoin
from handlers.domain.places import Place, PlaceId
from handlers.domain.programs import Program, ProgramId, Seat, SeatId
from handlers.domain.push import PushSubscription
from handlers.domain.recommendations import Recommendation
from handlers.domain.recounts import Recount
from handlers.domain.recurring import Recurring
from handlers.domain.rota import Duty
from handlers.domain.saved_views import SavedView
from handlers.domain.scrap import ScrapId, ScrapProposal
from handlers.domain.services import ServiceVisit, VendorWait, VisitId, WaitId
from handlers.domain.sightings import PageCount, Sighting, SightingId
from handlers.domain.staff_lists import ListedRow, StaffImport
from handlers.domain.states import TicketEvent
from handlers.domain.stock import Item, ItemId, MonthPrint, MoveId, PendingUse, StockMove
from handlers.domain.store_events import StoreEvent, Stream
from handlers.domain.symptoms import Proposal, Symptom
from handlers.domain.systems import System
from handlers.domain.targets import TargetRule
from handlers.domain.terms import Term, TermId
from handlers.domain.ticket import Entry, Ticket, TicketId
from handlers.domain.time_rules import Timing
from handlers.domain.trainings import Participant, Training, TrainingId
from handlers.domain.vendors import Vendor, VendorId
from handlers.ports import Attachment, Clock, Conversation, JoinCode, Session
from handlers.ports.week_figures import WeekFigures
from storage.errors import ReadOnly


@dataclass(slots=True, kw_only=True)
class StoredMessage:
    id: int
    conversation: str
    seq: int
    first_seq: int
    author: PersonId | None
    at: datetime
    text: str
    files: tuple[str, ...] = ()
    kind: str = ""
    ticket: int | None = None
    rings: bool = True
    slot: str | None = None
    reply_to: int | None = None
    native_ref: str | None = None
    event_key: str = ""
    minimal: str | None = None
    confidential: bool = True
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class StoredButton:
    token: str
    message: int
    action: str
    label: str
    position: int
    live: bool = True


@dataclass(slots=True, kw_only=True)
class StoredEvent:
    """A row of the inbox."""

    id: int
    key: str
    channel: str
    conversation: str
    payload: str
    received_at: datetime
    due_at: datetime
    state: str = "waiting"
    attempts: int = 0
    owner: str | None = None
    leased_until: datetime | None = None
    error: str = ""


@dataclass(slots=True, kw_only=True)
class StoredDelivery:
    """A row of the outbox."""

    id: int
    conversation: str
    message: int
    created_at: datetime
    due_at: datetime
    state: str = "due"
    attempts: int = 0
    owner: str | None = None
    leased_until: datetime | None = None
    error: str = ""
    may_have_arrived: bool = False


@dataclass(slots=True)
class Tables:
    people: dict[PersonId, Person] = field(default_factory=dict)
    accounts: dict[Account, PersonId] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    dialogs: dict[tuple[str, PersonId], Dialog] = field(default_factory=dict)
    tickets: dict[int, Ticket] = field(default_factory=dict)
    departments: dict[int, str] = field(default_factory=dict)
    """Of the reporter when the ticket was opened, by ticket."""
    department_list: dict[int, Department] = field(default_factory=dict)
    history: dict[int, list[TicketEvent]] = field(default_factory=dict)
    entries: dict[int, tuple[int, Entry]] = field(default_factory=dict)
    counters: Counter[tuple[Series, int]] = field(default_factory=Counter)
    store_events: dict[tuple[Stream, int], list[StoreEvent]] = field(default_factory=dict)
    places: dict[PlaceId, Place] = field(default_factory=dict)
    ticket_places: dict[TicketId, PlaceId] = field(default_factory=dict)
    device_imports: dict[str, DeviceImport] = field(default_factory=dict)
    device_import_rows: dict[tuple[int, int], ListedDevice] = field(default_factory=dict)
    devices: dict[DeviceId, Device] = field(default_factory=dict)
    device_labels: dict[str, Label] = field(default_factory=dict)
    ticket_devices: dict[tuple[TicketId, DeviceId], TicketDevice] = field(default_factory=dict)
    announcements: dict[AnnouncementId, Announcement] = field(default_factory=dict)
    announcement_readers: dict[tuple[AnnouncementId, PersonId], Reader] = field(default_factory=dict)
    trainings: dict[TrainingId, Training] = field(default_factory=dict)
    training_participants: dict[tuple[TrainingId, PersonId], Participant] = field(default_factory=dict)
    document_tracks: dict[DocumentId, DocumentTrack] = field(default_factory=dict)
    handovers: dict[HandoverId, Handover] = field(default_factory=dict)
    depot_orders: dict[OrderId, DepotOrder] = field(default_factory=dict)
    standing_orders: dict[StandingOrderId, StandingOrder] = field(default_factory=dict)
    handover_codes: dict[HandoverId, HandoverCode] = field(default_factory=dict)
    official_records: dict[HandoverId, OfficialRecord] = field(default_factory=dict)
    stock_items: dict[ItemId, Item] = field(default_factory=dict)
    stock_moves: dict[MoveId, StockMove] = field(default_factory=dict)
    scrap: dict[ScrapId, ScrapProposal] = field(default_factory=dict)
    counts: dict[CountId, Count] = field(default_factory=dict)
    count_lines: dict[tuple[CountId, int], CountLine] = field(default_factory=dict)
    month_prints: list[MonthPrint] = field(default_factory=list)
    terms: dict[TermId, Term] = field(default_factory=dict)
    vendor_waits: dict[WaitId, VendorWait] = field(default_factory=dict)
    service_visits: dict[VisitId, ServiceVisit] = field(default_factory=dict)
    programs: dict[ProgramId, Program] = field(default_factory=dict)
    program_seats: dict[SeatId, Seat] = field(default_factory=dict)
    vendors: dict[VendorId, Vendor] = field(default_factory=dict)
    pending_uses: dict[int, PendingUse] = field(default_factory=dict)
    breaches: dict[TicketId, Breach] = field(default_factory=dict)
    sightings: dict[SightingId, Sighting] = field(default_factory=dict)
    page_counts: dict[tuple[SightingId, Month], PageCount] = field(default_factory=dict)
    officers: dict[int, Officer] = field(default_factory=dict)
    pending_heads: dict[tuple[Stream, int], Head] = field(default_factory=dict)
    anchors: list[Anchor] = field(default_factory=list)
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    buttons: dict[str, StoredButton] = field(default_factory=dict)
    seen: dict[tuple[str, PersonId], int] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    codes: dict[str, JoinCode] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    audit: list[tuple[datetime, PersonId | None, str, str, str]] = field(default_factory=list)
    once: dict[str, datetime] = field(default_factory=dict)
    job_runs: dict[tuple[JobName, str, date], datetime] = field(default_factory=dict)
    chat_migrations: dict[tuple[int, int], datetime] = field(default_factory=dict)
    """By old and new id."""
    forum_topics: dict[tuple[int, int], tuple[int, int, datetime]] = field(default_factory=dict)
    """Ticket, card and time, by chat and thread."""
    feedback: list[tuple[datetime, str, str, str, PersonId | None]] = field(default_factory=list)
    tips: list[tuple[datetime, str, str]] = field(default_factory=list)
    inbox: dict[str, StoredEvent] = field(default_factory=dict)
    outbox: dict[int, StoredDelivery] = field(default_factory=dict)
    outbox_held: bool = False
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    """Owner and end, by name."""
    patterns: dict[int, WorkPattern] = field(default_factory=dict)
    special_days: dict[int, SpecialDay] = field(default_factory=dict)
    targets: dict[int, TargetRule] = field(default_factory=dict)
    calendar_version: str = ""
    timings: dict[int, tuple[Timing, datetime | None] | tuple[None, None]] = field(default_factory=dict)
    """What was counted of each ticket, and when somebody is to be warned of it."""
    outdated_timings: set[int] = field(default_factory=set)
    """Of which time is counted differently by now."""
    staff_imports: dict[str, StaffImport] = field(default_factory=dict)
    staff_import_rows: dict[tuple[int, int], ListedRow] = field(default_factory=dict)
    """By list and place."""
    push_subscriptions: dict[str, PushSubscription] = field(default_factory=dict)
    recommendations: dict[tuple[int, int], Recommendation] = field(default_factory=dict)
    saved_views: dict[int, SavedView] = field(default_factory=dict)
    stored_settings: dict[str, StoredSetting] = field(default_factory=dict)
    house_texts: dict[int, HouseText] = field(default_factory=dict)
    house_texts_version: str = ""
    people_joins: dict[PersonId, PeopleJoin] = field(default_factory=dict)
    month_locks: dict[int, MonthLock] = field(default_factory=dict)
    week_figures: dict[tuple[UnitId, datetime], tuple[str, WeekFigures | None]] = field(default_factory=dict)
    recounts: dict[int, Recount] = field(default_factory=dict)
    deputies: dict[int, Deputy] = field(default_factory=dict)
    outages: dict[int, Outage] = field(default_factory=dict)
    symptoms: dict[int, Symptom] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    maintenances: dict[int, Maintenance] = field(default_factory=dict)
    systems: dict[str, System] = field(default_factory=dict)
    duties: dict[int, Duty] = field(default_factory=dict)
    absences: dict[int, Absence] = field(default_factory=dict)
    absence_choices: dict[tuple[int, int], Choice] = field(default_factory=dict)
    """By absence and ticket."""
    approvals: dict[int, Approval] = field(default_factory=dict)
    automatic_approvals: dict[str, ApprovalKind] = field(default_factory=dict)
    checklists: dict[int, Checklist] = field(default_factory=dict)
    ticket_checklists: dict[int, TicketChecklist] = field(default_factory=dict)
    recurring: dict[int, Recurring] = field(default_factory=dict)
    canned_replies: dict[int, CannedReply] = field(default_factory=dict)
    canned_reply_uses: Counter[tuple[int, str]] = field(default_factory=Counter)
    """By reply and subject."""
    last_id: int = 0


class FakeTransaction:
    """A copy of the tables that becomes the tables when the work succeeds."""

    def __init__(self, tables: Tables, clock: Clock, *, read_only: bool) -> None:
        self._tables = tables
        self._clock = clock
        self._read_only = read_only
        self.touched: set[str] = set()
        self.waiting: set[str] = set()

    @property
    def seen(self) -> Tables:
        return self._tables

    @property
    def changing(self) -> Tables:
        if self._read_only:
            raise ReadOnly("a reader may not write")
        return self._tables

    def new_id(self) -> int:
        self.changing.last_id += 1
        return self._tables.last_id

    def now(self) -> datetime:
        return self._clock.now()
