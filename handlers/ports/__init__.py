"""What the use cases need from outside, as narrow Protocols in the desk's own words.

`storage/` implements the repositories (fakes in `tests/fakes/` pass the same contract tests), `bot/` the rest.
A repository returns plain objects: change one, then `save` it; nothing is written behind one's back.
"""

from handlers.ports.absences import Absences
from handlers.ports.announcements import Announcements
from handlers.ports.approvals import Approvals
from handlers.ports.breaches import Breaches
from handlers.ports.brought_lists import DeviceImports, StaffImports
from handlers.ports.calendars import Calendars, Timings
from handlers.ports.canned_replies import CannedReplies
from handlers.ports.checklists import Checklists
from handlers.ports.conversations import Conversation, Conversations, Dialogs, Messages, Timeline
from handlers.ports.counters import Counters
from handlers.ports.counts import Counts
from handlers.ports.departments import Departments
from handlers.ports.deputies import Deputies
from handlers.ports.devices import Devices, DevicesWanted, Known, Near, TicketDevices
from handlers.ports.document_tracks import DocumentTracks
from handlers.ports.errors import HandlerTimedOut, OutcomeUnknown, SearchTooSlow, StoreError, StoreUnavailable
from handlers.ports.handover_lists import HandoverLists, HandoversWanted, Named, OrdersWanted
from handlers.ports.handovers import Handovers
from handlers.ports.histories import Anchors, StoreEvents
from handlers.ports.house_texts import HouseTexts
from handlers.ports.maintenances import Maintenances
from handlers.ports.month_locks import MonthLocks
from handlers.ports.officers import Officers
from handlers.ports.outages import Outages, Systems
from handlers.ports.people import DirectoryEntry, JoinCode, JoinCodes, People, PeopleWanted, Session, Sessions
from handlers.ports.people_joins import PeopleJoins
from handlers.ports.places import Places
from handlers.ports.programs import Programs
from handlers.ports.push import PushSubscriptions
from handlers.ports.queues import Arrival, Backlog, Bursts, Inbox, Leases, Outbox, Receipt, WaitingPost
from handlers.ports.recommendations import Recommendations
from handlers.ports.records import Audit, Feedback, GroupChats, IdempotencyMarks, JobRuns
from handlers.ports.recounts import Recounts
from handlers.ports.recurring import RecurringWork
from handlers.ports.reports import EffortOnSubject, RegisterRow, Summaries, Tally
from handlers.ports.rota import Rota
from handlers.ports.saved_views import SavedViews
from handlers.ports.scrap import Scrap
from handlers.ports.search import Found, Search
from handlers.ports.service_visits import ServiceVisits, VendorWaits, VisitsWanted
from handlers.ports.services import ArticleDrafts, Clock, HouseSettings, PublicHolidays, Randomness, StoredFiles, Texts
from handlers.ports.sightings import SightingCounts, Sightings, SightingsWanted
from handlers.ports.stock import Stock, Used
from handlers.ports.stored_settings import StoredSettings
from handlers.ports.symptoms import Symptoms
from handlers.ports.terms import Terms, TermsWanted, Vendors
from handlers.ports.ticket_lists import ListedTicket, Place, TicketLists, Wanted
from handlers.ports.tickets import Attachment, Attachments, Erased, Tickets
from handlers.ports.trainings import Trainings
from handlers.ports.unit_of_work import Transactions, UnitOfWork

__all__ = [
    "Absences",
    "Anchors",
    "Announcements",
    "Approvals",
    "Arrival",
    "ArticleDrafts",
    "Attachment",
    "Attachments",
    "Audit",
    "Backlog",
    "Breaches",
    "Bursts",
    "Calendars",
    "CannedReplies",
    "Checklists",
    "Clock",
    "Conversation",
    "Conversations",
    "Counters",
    "Counts",
    "Departments",
    "Deputies",
    "DeviceImports",
    "Devices",
    "DevicesWanted",
    "Dialogs",
    "DirectoryEntry",
    "DocumentTracks",
    "EffortOnSubject",
    "Erased",
    "Feedback",
    "Found",
    "GroupChats",
    "HandlerTimedOut",
    "HandoverLists",
    "Handovers",
    "HandoversWanted",
    "HouseSettings",
    "HouseTexts",
    "IdempotencyMarks",
    "Inbox",
    "JobRuns",
    "JoinCode",
    "JoinCodes",
    "Known",
    "Leases",
    "ListedTicket",
    "Maintenances",
    "Messages",
    "MonthLocks",
    "Named",
    "Near",
    "Officers",
    "OrdersWanted",
    "Outages",
    "Outbox",
    "OutcomeUnknown",
    "People",
    "PeopleJoins",
    "PeopleWanted",
    "Place",
    "Places",
    "Programs",
    "PublicHolidays",
    "PushSubscriptions",
    "Randomness",
    "Receipt",
    "Recommendations",
    "Recounts",
    "RecurringWork",
    "RegisterRow",
    "Rota",
    "SavedViews",
    "Scrap",
    "Search",
    "SearchTooSlow",
    "ServiceVisits",
    "Session",
    "Sessions",
    "SightingCounts",
    "Sightings",
    "SightingsWanted",
    "StaffImports",
    "Stock",
    "StoreError",
    "StoreEvents",
    "StoreUnavailable",
    "StoredFiles",
    "StoredSettings",
    "Summaries",
    "Symptoms",
    "Systems",
    "Tally",
    "Terms",
    "TermsWanted",
    "Texts",
    "TicketDevices",
    "TicketLists",
    "Tickets",
    "Timeline",
    "Timings",
    "Trainings",
    "Transactions",
    "UnitOfWork",
    "Used",
    "VendorWaits",
    "Vendors",
    "VisitsWanted",
    "WaitingPost",
    "Wanted",
]
