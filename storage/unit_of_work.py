"""One transaction with its repositories.

Works that share a commit share it too, one after the other: `begin_work` lets each load its own objects, while what the
earlier ones wrote and is not flushed yet is seen by all.
"""

from __future__ import annotations

from functools import cached_property

from storage.engine.transaction import Transaction
from storage.repositories.absences import SqlAbsences
from storage.repositories.announcements import SqlAnnouncements
from storage.repositories.approvals import SqlApprovals
from storage.repositories.attachments import SqlAttachments
from storage.repositories.audit import SqlAudit
from storage.repositories.breaches import SqlBreaches
from storage.repositories.bursts import SqlBursts
from storage.repositories.calendars import CalendarVersion, SqlCalendars
from storage.repositories.canned_replies import SqlCannedReplies
from storage.repositories.checklists import SqlChecklists
from storage.repositories.conversations import SqlConversations
from storage.repositories.counters import SqlCounters
from storage.repositories.counts import SqlCounts
from storage.repositories.departments import SqlDepartments
from storage.repositories.deputies import SqlDeputies
from storage.repositories.device_imports import SqlDeviceImports
from storage.repositories.devices import SqlDevices
from storage.repositories.dialogs import SqlDialogs
from storage.repositories.document_tracks import SqlDocumentTracks
from storage.repositories.feedback import SqlFeedback
from storage.repositories.figures import SqlFigures
from storage.repositories.group_chats import SqlGroupChats
from storage.repositories.handover_lists import SqlHandoverLists
from storage.repositories.handovers import SqlHandovers
from storage.repositories.histories import SqlAnchors, SqlStoreEvents
from storage.repositories.house_texts import SqlHouseTexts
from storage.repositories.idempotency_keys import SqlIdempotencyMarks
from storage.repositories.inbox import SqlInbox
from storage.repositories.job_runs import SqlJobRuns
from storage.repositories.join_codes import SqlJoinCodes
from storage.repositories.leases import SqlLeases
from storage.repositories.maintenances import SqlMaintenances
from storage.repositories.messages import SqlMessages
from storage.repositories.month_locks import SqlMonthLocks
from storage.repositories.officers import SqlOfficers
from storage.repositories.outages import SqlOutages, SqlSystems
from storage.repositories.outbox import SqlOutbox
from storage.repositories.people import SqlPeople
from storage.repositories.people_joins import SqlPeopleJoins
from storage.repositories.places import SqlPlaces
from storage.repositories.programs import SqlPrograms
from storage.repositories.push_subscriptions import SqlPushSubscriptions
from storage.repositories.recommendations import SqlRecommendations
from storage.repositories.recounts import SqlRecounts
from storage.repositories.recurring import SqlRecurringWork
from storage.repositories.rota import SqlRota
from storage.repositories.saved_views import SqlSavedViews
from storage.repositories.scrap import SqlScrap
from storage.repositories.search import SqlSearch
from storage.repositories.service_visits import SqlServiceVisits
from storage.repositories.sessions import SqlSessions
from storage.repositories.sightings import SqlSightings
from storage.repositories.staff_lists import SqlStaffImports
from storage.repositories.stock import SqlStock
from storage.repositories.stored_settings import SqlStoredSettings
from storage.repositories.symptoms import SqlSymptoms
from storage.repositories.terms import SqlTerms
from storage.repositories.ticket_devices import SqlTicketDevices
from storage.repositories.ticket_lists import SqlTicketLists
from storage.repositories.ticket_queries import SqlSummaries
from storage.repositories.tickets import SqlTickets
from storage.repositories.timeline import SqlTimeline
from storage.repositories.timings import SqlTimings
from storage.repositories.trainings import SqlTrainings
from storage.repositories.vendor_waits import SqlVendorWaits
from storage.repositories.vendors import SqlVendors
from storage.repositories.week_figures import SqlWeeksOfFigures


class SqlUnitOfWork:
    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self.people = SqlPeople(transaction)
        self.conversations = SqlConversations(transaction)
        self.dialogs = SqlDialogs(transaction)
        self.tickets = SqlTickets(transaction)
        self.messages = SqlMessages(transaction)
        self.inbox = SqlInbox(transaction)

    def begin_work(self) -> None:
        self.transaction.forget_answers()
        self.people.forget()
        self.conversations.forget()
        self.dialogs.forget()
        self.tickets.forget()

    def flush(self) -> None:
        self.conversations.flush()
        self.dialogs.flush()
        self.messages.flush()
        self.inbox.flush()

    @cached_property
    def store_events(self) -> SqlStoreEvents:
        return SqlStoreEvents(self.transaction)

    @cached_property
    def anchors(self) -> SqlAnchors:
        return SqlAnchors(self.transaction)

    @cached_property
    def counters(self) -> SqlCounters:
        return SqlCounters(self.transaction)

    @cached_property
    def places(self) -> SqlPlaces:
        return SqlPlaces(self.transaction)

    @cached_property
    def devices(self) -> SqlDevices:
        return SqlDevices(self.transaction)

    @cached_property
    def device_imports(self) -> SqlDeviceImports:
        return SqlDeviceImports(self.transaction)

    @cached_property
    def ticket_devices(self) -> SqlTicketDevices:
        return SqlTicketDevices(self.transaction)

    @cached_property
    def announcements(self) -> SqlAnnouncements:
        return SqlAnnouncements(self.transaction)

    @cached_property
    def trainings(self) -> SqlTrainings:
        return SqlTrainings(self.transaction)

    @cached_property
    def document_tracks(self) -> SqlDocumentTracks:
        return SqlDocumentTracks(self.transaction)

    @cached_property
    def handovers(self) -> SqlHandovers:
        return SqlHandovers(self.transaction)

    @cached_property
    def handover_lists(self) -> SqlHandoverLists:
        return SqlHandoverLists(self.transaction, self.handovers)

    @cached_property
    def stock(self) -> SqlStock:
        return SqlStock(self.transaction)

    @cached_property
    def breaches(self) -> SqlBreaches:
        return SqlBreaches(self.transaction)

    @cached_property
    def sightings(self) -> SqlSightings:
        return SqlSightings(self.transaction)

    @cached_property
    def counts(self) -> SqlCounts:
        return SqlCounts(self.transaction)

    @cached_property
    def terms(self) -> SqlTerms:
        return SqlTerms(self.transaction)

    @cached_property
    def vendors(self) -> SqlVendors:
        return SqlVendors(self.transaction)

    @cached_property
    def scrap(self) -> SqlScrap:
        return SqlScrap(self.transaction)

    @cached_property
    def vendor_waits(self) -> SqlVendorWaits:
        return SqlVendorWaits(self.transaction)

    @cached_property
    def service_visits(self) -> SqlServiceVisits:
        return SqlServiceVisits(self.transaction)

    @cached_property
    def programs(self) -> SqlPrograms:
        return SqlPrograms(self.transaction)

    @cached_property
    def departments(self) -> SqlDepartments:
        return SqlDepartments(self.transaction)

    @cached_property
    def attachments(self) -> SqlAttachments:
        return SqlAttachments(self.transaction)

    @cached_property
    def codes(self) -> SqlJoinCodes:
        return SqlJoinCodes(self.transaction)

    @cached_property
    def sessions(self) -> SqlSessions:
        return SqlSessions(self.transaction)

    @cached_property
    def audit(self) -> SqlAudit:
        return SqlAudit(self.transaction)

    @cached_property
    def once(self) -> SqlIdempotencyMarks:
        return SqlIdempotencyMarks(self.transaction)

    @cached_property
    def job_runs(self) -> SqlJobRuns:
        return SqlJobRuns(self.transaction)

    @cached_property
    def group_chats(self) -> SqlGroupChats:
        return SqlGroupChats(self.transaction)

    @cached_property
    def feedback(self) -> SqlFeedback:
        return SqlFeedback(self.transaction)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self.transaction, self.messages)

    @cached_property
    def bursts(self) -> SqlBursts:
        return SqlBursts(self.transaction, self.messages)

    @cached_property
    def leases(self) -> SqlLeases:
        return SqlLeases(self.transaction)

    @cached_property
    def timeline(self) -> SqlTimeline:
        return SqlTimeline(self.transaction, self.messages)

    @cached_property
    def summaries(self) -> SqlSummaries:
        return SqlSummaries(self.transaction, self.tickets)

    @cached_property
    def search(self) -> SqlSearch:
        return SqlSearch(self.transaction, self.tickets, self.people)

    @cached_property
    def figures(self) -> SqlFigures:
        return SqlFigures(self.transaction)

    @cached_property
    def week_figures(self) -> SqlWeeksOfFigures:
        return SqlWeeksOfFigures(self.transaction)

    @cached_property
    def _calendar_version(self) -> CalendarVersion:
        return CalendarVersion(self.transaction)

    @cached_property
    def calendars(self) -> SqlCalendars:
        return SqlCalendars(self.transaction, self._calendar_version)

    @cached_property
    def push_subscriptions(self) -> SqlPushSubscriptions:
        return SqlPushSubscriptions(self.transaction)

    @cached_property
    def recommendations(self) -> SqlRecommendations:
        return SqlRecommendations(self.transaction)

    @cached_property
    def saved_views(self) -> SqlSavedViews:
        return SqlSavedViews(self.transaction)

    @cached_property
    def staff_imports(self) -> SqlStaffImports:
        return SqlStaffImports(self.transaction)

    @cached_property
    def house_texts(self) -> SqlHouseTexts:
        return SqlHouseTexts(self.transaction)

    @cached_property
    def ticket_lists(self) -> SqlTicketLists:
        return SqlTicketLists(self.transaction, self.tickets)

    @cached_property
    def timings(self) -> SqlTimings:
        return SqlTimings(self.transaction, self.tickets)

    @cached_property
    def absences(self) -> SqlAbsences:
        return SqlAbsences(self.transaction)

    @cached_property
    def people_joins(self) -> SqlPeopleJoins:
        return SqlPeopleJoins(self.transaction)

    @cached_property
    def month_locks(self) -> SqlMonthLocks:
        return SqlMonthLocks(self.transaction)

    @cached_property
    def recounts(self) -> SqlRecounts:
        return SqlRecounts(self.transaction)

    @cached_property
    def deputies(self) -> SqlDeputies:
        return SqlDeputies(self.transaction)

    @cached_property
    def officers(self) -> SqlOfficers:
        return SqlOfficers(self.transaction)

    @cached_property
    def rota(self) -> SqlRota:
        return SqlRota(self.transaction, self._calendar_version)

    @cached_property
    def outages(self) -> SqlOutages:
        return SqlOutages(self.transaction)

    @cached_property
    def systems(self) -> SqlSystems:
        return SqlSystems(self.transaction)

    @cached_property
    def symptoms(self) -> SqlSymptoms:
        return SqlSymptoms(self.transaction)

    @cached_property
    def maintenances(self) -> SqlMaintenances:
        return SqlMaintenances(self.transaction)

    @cached_property
    def canned_replies(self) -> SqlCannedReplies:
        return SqlCannedReplies(self.transaction)

    @cached_property
    def approvals(self) -> SqlApprovals:
        return SqlApprovals(self.transaction)

    @cached_property
    def checklists(self) -> SqlChecklists:
        return SqlChecklists(self.transaction)

    @cached_property
    def recurring(self) -> SqlRecurringWork:
        return SqlRecurringWork(self.transaction)

    @cached_property
    def stored_settings(self) -> SqlStoredSettings:
        return SqlStoredSettings(self.transaction)
