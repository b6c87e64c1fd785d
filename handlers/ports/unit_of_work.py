"""One transaction, and the store that runs it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol, TypeVar

from handlers.ports.absences import Absences
from handlers.ports.approvals import Approvals
from handlers.ports.brought_lists import DeviceImports, StaffImports
from handlers.ports.calendars import Calendars, Timings
from handlers.ports.canned_replies import CannedReplies
from handlers.ports.checklists import Checklists
from handlers.ports.conversations import Conversations, Dialogs, Messages, Timeline
from handlers.ports.counters import Counters
from handlers.ports.counts import Counts
from handlers.ports.departments import Departments
from handlers.ports.deputies import Deputies
from handlers.ports.devices import Devices, TicketDevices
from handlers.ports.document_tracks import DocumentTracks
from handlers.ports.figures import Figures
from handlers.ports.handover_lists import HandoverLists
from handlers.ports.handovers import Handovers
from handlers.ports.histories import Anchors, StoreEvents
from handlers.ports.house_texts import HouseTexts
from handlers.ports.maintenances import Maintenances
from handlers.ports.month_locks import MonthLocks
from handlers.ports.officers import Officers
from handlers.ports.outages import Outages, Systems
from handlers.ports.people import JoinCodes, People, Sessions
from handlers.ports.people_joins import PeopleJoins
from handlers.ports.places import Places
from handlers.ports.push import PushSubscriptions
from handlers.ports.queues import Bursts, Inbox, Leases, Outbox
from handlers.ports.recommendations import Recommendations
from handlers.ports.records import Audit, Feedback, GroupChats, IdempotencyMarks, JobRuns
from handlers.ports.recounts import Recounts
from handlers.ports.recurring import RecurringWork
from handlers.ports.reports import Summaries
from handlers.ports.rota import Rota
from handlers.ports.saved_views import SavedViews
from handlers.ports.scrap import Scrap
from handlers.ports.search import Search
from handlers.ports.sightings import Sightings
from handlers.ports.stock import Stock
from handlers.ports.stored_settings import StoredSettings
from handlers.ports.symptoms import Symptoms
from handlers.ports.terms import Terms, Vendors
from handlers.ports.ticket_lists import TicketLists
from handlers.ports.tickets import Attachments, Tickets
from handlers.ports.week_figures import WeeksOfFigures

T = TypeVar("T")


class UnitOfWork(Protocol):
    """One transaction. The worker commits it; an exception undoes it all."""

    @property
    def people(self) -> People: ...
    @property
    def store_events(self) -> StoreEvents: ...
    @property
    def anchors(self) -> Anchors: ...
    @property
    def counters(self) -> Counters: ...
    @property
    def places(self) -> Places: ...
    @property
    def devices(self) -> Devices: ...
    @property
    def ticket_devices(self) -> TicketDevices: ...
    @property
    def device_imports(self) -> DeviceImports: ...
    @property
    def document_tracks(self) -> DocumentTracks: ...
    @property
    def handovers(self) -> Handovers: ...
    @property
    def handover_lists(self) -> HandoverLists: ...
    @property
    def stock(self) -> Stock: ...

    @property
    def counts(self) -> Counts: ...

    @property
    def scrap(self) -> Scrap: ...
    @property
    def sightings(self) -> Sightings: ...
    @property
    def terms(self) -> Terms: ...
    @property
    def vendors(self) -> Vendors: ...
    @property
    def departments(self) -> Departments: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def dialogs(self) -> Dialogs: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def ticket_lists(self) -> TicketLists: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def attachments(self) -> Attachments: ...
    @property
    def codes(self) -> JoinCodes: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def once(self) -> IdempotencyMarks: ...
    @property
    def job_runs(self) -> JobRuns: ...
    @property
    def group_chats(self) -> GroupChats: ...
    @property
    def feedback(self) -> Feedback: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def bursts(self) -> Bursts: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def summaries(self) -> Summaries: ...
    @property
    def search(self) -> Search: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def week_figures(self) -> WeeksOfFigures: ...
    @property
    def calendars(self) -> Calendars: ...
    @property
    def timings(self) -> Timings: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def deputies(self) -> Deputies: ...
    @property
    def officers(self) -> Officers: ...
    @property
    def rota(self) -> Rota: ...
    @property
    def outages(self) -> Outages: ...
    @property
    def systems(self) -> Systems: ...
    @property
    def maintenances(self) -> Maintenances: ...
    @property
    def symptoms(self) -> Symptoms: ...
    @property
    def approvals(self) -> Approvals: ...
    @property
    def checklists(self) -> Checklists: ...
    @property
    def recurring(self) -> RecurringWork: ...
    @property
    def push_subscriptions(self) -> PushSubscriptions: ...
    @property
    def recommendations(self) -> Recommendations: ...
    @property
    def saved_views(self) -> SavedViews: ...
    @property
    def staff_imports(self) -> StaffImports: ...
    @property
    def house_texts(self) -> HouseTexts: ...
    @property
    def canned_replies(self) -> CannedReplies: ...
    @property
    def people_joins(self) -> PeopleJoins: ...
    @property
    def month_locks(self) -> MonthLocks: ...
    @property
    def recounts(self) -> Recounts: ...
    @property
    def stored_settings(self) -> StoredSettings: ...


class Transactions(Protocol):
    """The store as the worker, the relay and the commands use it. What a work itself raises comes out as it is; what
    goes wrong in the store is a StoreError."""

    def submit(self, work: Callable[[UnitOfWork], T], *, first: bool = False) -> Future[T]:
        """Run `work` in a transaction of the writer; the future holds its result once the commit is on disk. `first`:
        before what waits, as long as that is not held up for ever; so what people send is acknowledged at once.

        Works that arrive together share one commit. When one of them, or the commit, fails, all of it is rolled back
        and each is done again alone, so `work` may run twice and must have no effect but through its unit of work.
        """

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """`submit` and wait."""

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """In a reader's snapshot, in the calling thread; never takes the write lock."""

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` (from a thread of the store) with the conversations whose timeline a commit changed: each
        commit here, and what the database tells of other processes'."""
