"""An in-memory store. A work sees a copy of the tables, which takes their place when it succeeds and is dropped when it
raises: rollback really rolls back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from copy import deepcopy
from typing import TypeVar

from handlers.ports import Clock, StoreError
from storage.engine.change_feed import NO_CHANGES, ChangeSet
from tests.clock import FakeClock
from tests.fakes.absences import FakeAbsences
from tests.fakes.announcements import FakeAnnouncements
from tests.fakes.approvals import FakeApprovals
from tests.fakes.breaches import FakeBreaches
from tests.fakes.brought_lists import FakeDeviceImports, FakeStaffImports
from tests.fakes.bursts import FakeBursts
from tests.fakes.calendars import FakeCalendars, FakeTimings
from tests.fakes.canned_replies import FakeCannedReplies
from tests.fakes.checklists import FakeChecklists
from tests.fakes.counters import FakeCounters
from tests.fakes.counts import FakeCounts
from tests.fakes.departments import FakeDepartments
from tests.fakes.deputies import FakeDeputies
from tests.fakes.devices import FakeDevices, FakeTicketDevices
from tests.fakes.document_tracks import FakeDocumentTracks
from tests.fakes.figures import FakeFigures
from tests.fakes.handover_lists import FakeHandoverLists
from tests.fakes.handovers import FakeHandovers
from tests.fakes.histories import FakeAnchors, FakeStoreEvents
from tests.fakes.house_texts import FakeHouseTexts
from tests.fakes.leases import FakeLeases
from tests.fakes.maintenances import FakeMaintenances
from tests.fakes.messages import FakeMessages, FakeTimeline
from tests.fakes.month_locks import FakeMonthLocks
from tests.fakes.officers import FakeOfficers
from tests.fakes.outages import FakeOutages, FakeSystems
from tests.fakes.people import FakeCodes, FakeConversations, FakeDialogs, FakePeople, FakeSessions
from tests.fakes.people_joins import FakePeopleJoins
from tests.fakes.places import FakePlaces
from tests.fakes.programs import FakePrograms
from tests.fakes.push_subscriptions import FakePushSubscriptions
from tests.fakes.queues import FakeInbox, FakeOutbox
from tests.fakes.recommendations import FakeRecommendations
from tests.fakes.records import FakeAttachments, FakeAudit, FakeFeedback, FakeGroupChats, FakeJobRuns, FakeOnce
from tests.fakes.recounts import FakeRecounts
from tests.fakes.recurring import FakeRecurringWork
from tests.fakes.rota import FakeRota
from tests.fakes.saved_views import FakeSavedViews
from tests.fakes.scrap import FakeScrap
from tests.fakes.search import FakeSearch
from tests.fakes.services import FakeServiceVisits, FakeVendorWaits
from tests.fakes.sightings import FakeSightings
from tests.fakes.stock import FakeStock
from tests.fakes.stored_settings import FakeStoredSettings
from tests.fakes.symptoms import FakeSymptoms
from tests.fakes.tables import FakeTransaction, Tables
from tests.fakes.terms import FakeTerms, FakeVendors
from tests.fakes.ticket_lists import FakeTicketLists
from tests.fakes.tickets import FakeSummaries, FakeTickets
from tests.fakes.trainings import FakeTrainings
from tests.fakes.week_figures import FakeWeeksOfFigures

T = TypeVar("T")


class FakeUnitOfWork:
    """Implements `handlers.ports.UnitOfWork`."""

    def __init__(self, transaction: FakeTransaction) -> None:
        self.people = FakePeople(transaction)
        self.store_events = FakeStoreEvents(transaction)
        self.anchors = FakeAnchors(transaction)
        self.counters = FakeCounters(transaction)
        self.places = FakePlaces(transaction)
        self.devices = FakeDevices(transaction)
        self.device_imports = FakeDeviceImports(transaction)
        self.ticket_devices = FakeTicketDevices(transaction)
        self.announcements = FakeAnnouncements(transaction)
        self.trainings = FakeTrainings(transaction)
        self.document_tracks = FakeDocumentTracks(transaction)
        self.handovers = FakeHandovers(transaction)
        self.handover_lists = FakeHandoverLists(transaction)
        self.stock = FakeStock(transaction)
        self.sightings = FakeSightings(transaction)
        self.breaches = FakeBreaches(transaction)
        self.counts = FakeCounts(transaction)
        self.terms = FakeTerms(transaction)
        self.vendors = FakeVendors(transaction)
        self.scrap = FakeScrap(transaction)
        self.vendor_waits = FakeVendorWaits(transaction)
        self.service_visits = FakeServiceVisits(transaction)
        self.programs = FakePrograms(transaction)
        self.departments = FakeDepartments(transaction)
        self.conversations = FakeConversations(transaction)
        self.dialogs = FakeDialogs(transaction)
        self.tickets = FakeTickets(transaction)
        self.messages = FakeMessages(transaction)
        self.attachments = FakeAttachments(transaction)
        self.codes = FakeCodes(transaction)
        self.sessions = FakeSessions(transaction)
        self.audit = FakeAudit(transaction)
        self.once = FakeOnce(transaction)
        self.job_runs = FakeJobRuns(transaction)
        self.group_chats = FakeGroupChats(transaction)
        self.feedback = FakeFeedback(transaction)
        self.inbox = FakeInbox(transaction)
        self.outbox = FakeOutbox(transaction)
        self.bursts = FakeBursts(transaction, self.messages)
        self.leases = FakeLeases(transaction)
        self.timeline = FakeTimeline(transaction)
        self.summaries = FakeSummaries(transaction, self.tickets)
        self.search = FakeSearch(transaction, self.tickets, self.people)
        self.calendars = FakeCalendars(transaction)
        self.push_subscriptions = FakePushSubscriptions(transaction)
        self.recommendations = FakeRecommendations(transaction)
        self.saved_views = FakeSavedViews(transaction)
        self.staff_imports = FakeStaffImports(transaction)
        self.house_texts = FakeHouseTexts(transaction)
        self.ticket_lists = FakeTicketLists(transaction, self.tickets, self.search)
        self.timings = FakeTimings(transaction, self.tickets)
        self.figures = FakeFigures(transaction, self.tickets, self.timings)
        self.week_figures = FakeWeeksOfFigures(transaction, self.tickets, self.timings)
        self.absences = FakeAbsences(transaction)
        self.deputies = FakeDeputies(transaction)
        self.people_joins = FakePeopleJoins(transaction)
        self.month_locks = FakeMonthLocks(transaction)
        self.recounts = FakeRecounts(transaction)
        self.officers = FakeOfficers(transaction)
        self.rota = FakeRota(transaction)
        self.outages = FakeOutages(transaction)
        self.symptoms = FakeSymptoms(transaction)
        self.maintenances = FakeMaintenances(transaction)
        self.systems = FakeSystems(transaction)
        self.approvals = FakeApprovals(transaction)
        self.checklists = FakeChecklists(transaction)
        self.recurring = FakeRecurringWork(transaction)
        self.canned_replies = FakeCannedReplies(transaction)
        self.stored_settings = FakeStoredSettings(transaction)


class FakeStore:
    """Implements `handlers.ports.Transactions`; works run at once, in the thread that submits them."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or FakeClock()
        self._tables = Tables()
        self._writing = threading.RLock()
        self._in_work = False
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._bells: list[Callable[[], None]] = []
        self._unread = NO_CHANGES

    def submit(self, work: Callable[[FakeUnitOfWork], T], *, first: bool = False) -> Future[T]:  # nothing waits here
        future: Future[T] = Future()
        with self._writing:
            if self._in_work:
                raise StoreError("a work may not wait for another one: both need the writer")
            transaction = FakeTransaction(deepcopy(self._tables), self._clock, read_only=False)
            self._in_work = True
            try:
                result = work(FakeUnitOfWork(transaction))
            except Exception as error:  # noqa: BLE001 # whatever it is, it belongs to the future
                future.set_exception(error)
                return future
            finally:
                self._in_work = False
            self._tables = transaction.seen
            future.set_result(result)
        if transaction.touched:
            for listener in self._listeners:
                listener(frozenset(transaction.touched))
        if transaction.waiting:
            self._unread |= ChangeSet(waiting=frozenset(transaction.waiting))
            for bell in self._bells:
                bell()
        return future

    def write(self, work: Callable[[FakeUnitOfWork], T]) -> T:
        return self.submit(work).result()

    def read(self, work: Callable[[FakeUnitOfWork], T]) -> T:
        with self._writing:
            snapshot = deepcopy(self._tables)
        return work(FakeUnitOfWork(FakeTransaction(snapshot, self._clock, read_only=True)))

    def on_commit(self, listener: Callable[[frozenset[str]], None]) -> None:
        self._listeners.append(listener)

    def news(self) -> ChangeSet:
        """There is no other process."""
        news, self._unread = self._unread, NO_CHANGES
        return news

    def on_change(self, bell: Callable[[], None]) -> bool:
        self._bells.append(bell)
        return True

    def close(self) -> None:
        """Nothing is held."""
