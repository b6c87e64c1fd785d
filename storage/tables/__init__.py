"""The tables. What a query is measured by at a million tickets has a partial index of its own.

`finished_at` of a ticket is when nobody had to do anything any more (resolved, cancelled or merged): NULL means active.
`span` sorts the finished ones by how long they took, each class twice the one before: what was active on some day years
ago was opened within the length of its class before that day, so that few rows have to be looked at.
"""

from storage.tables.announcements import announcement, announcement_reader
from storage.tables.breaches import breach
from storage.tables.conversations import attachment, button, message, seen
from storage.tables.counts import inventory_count, inventory_count_line, inventory_counter
from storage.tables.device_imports import device_import, device_import_row
from storage.tables.devices import device, device_key, device_label, ticket_device
from storage.tables.document_tracks import document_track
from storage.tables.handovers import (
    depot_order,
    depot_order_line,
    handover,
    handover_code,
    handover_line,
    official_record,
    standing_order,
)
from storage.tables.histories import anchor, anchor_head, pending_head, store_event
from storage.tables.outages import maintenance, outage, outage_note, outage_ticket, outage_update, system
from storage.tables.people import account, conversation, department, department_name, dialog, people_join, person, place
from storage.tables.practice import (
    approval,
    canned_reply,
    canned_reply_use,
    checklist,
    house_text,
    recommendation,
    recurring,
    saved_view,
    ticket_checklist,
)
from storage.tables.presence import absence, absence_ticket, deputy, duty, officer
from storage.tables.programs import program, program_seat
from storage.tables.queues import inbox, lease, outbox
from storage.tables.records import (
    audit,
    chat_migration,
    feedback,
    figure_week,
    forum_topic,
    job_run,
    join_code,
    month_lock,
    once,
    push_subscription,
    session,
    setting,
    stored_setting,
    tip_solved,
)
from storage.tables.schema import metadata
from storage.tables.scrap import scrap_line, scrap_member, scrap_proposal
from storage.tables.services import service_visit, vendor_wait
from storage.tables.sightings import page_count, sighting, sighting_key
from storage.tables.staff_lists import staff_import, staff_import_row
from storage.tables.stock import pending_use, stock_item, stock_month_print, stock_move
from storage.tables.symptoms import outage_proposal, symptom
from storage.tables.terms import term, term_device, vendor
from storage.tables.tickets import (
    counter,
    ticket,
    ticket_entry,
    ticket_event,
    ticket_place,
    ticket_search,
    ticket_timing,
)
from storage.tables.trainings import training, training_participant
from storage.tables.working_time import recount, special_day, target, work_pattern

__all__ = [
    "absence",
    "absence_ticket",
    "account",
    "anchor",
    "anchor_head",
    "announcement",
    "announcement_reader",
    "approval",
    "attachment",
    "audit",
    "breach",
    "button",
    "canned_reply",
    "canned_reply_use",
    "chat_migration",
    "checklist",
    "conversation",
    "counter",
    "department",
    "department_name",
    "depot_order",
    "depot_order_line",
    "deputy",
    "device",
    "device_import",
    "device_import_row",
    "device_key",
    "device_label",
    "dialog",
    "document_track",
    "duty",
    "feedback",
    "figure_week",
    "forum_topic",
    "handover",
    "handover_code",
    "handover_line",
    "house_text",
    "inbox",
    "inventory_count",
    "inventory_count_line",
    "inventory_counter",
    "job_run",
    "join_code",
    "lease",
    "maintenance",
    "message",
    "metadata",
    "month_lock",
    "officer",
    "official_record",
    "once",
    "outage",
    "outage_note",
    "outage_proposal",
    "outage_ticket",
    "outage_update",
    "outbox",
    "page_count",
    "pending_head",
    "pending_use",
    "people_join",
    "person",
    "place",
    "program",
    "program_seat",
    "push_subscription",
    "recommendation",
    "recount",
    "recurring",
    "saved_view",
    "scrap_line",
    "scrap_member",
    "scrap_proposal",
    "seen",
    "service_visit",
    "session",
    "setting",
    "sighting",
    "sighting_key",
    "special_day",
    "staff_import",
    "staff_import_row",
    "standing_order",
    "stock_item",
    "stock_month_print",
    "stock_move",
    "store_event",
    "stored_setting",
    "symptom",
    "system",
    "target",
    "term",
    "term_device",
    "ticket",
    "ticket_checklist",
    "ticket_device",
    "ticket_entry",
    "ticket_event",
    "ticket_place",
    "ticket_search",
    "ticket_timing",
    "tip_solved",
    "training",
    "training_participant",
    "vendor",
    "vendor_wait",
    "work_pattern",
]
