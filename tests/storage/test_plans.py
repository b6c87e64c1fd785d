"""What must stay fast at a million tickets goes through the index that was made for it, without any statistics."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from handlers.domain.people import PersonId
from handlers.domain.rights import Scope
from handlers.domain.states import ACTIVE, State
from handlers.domain.ticket_filter import Order
from handlers.ports import Wanted
from storage.engine.prepared import Prepared
from storage.repositories import (
    absences,
    attachments,
    deputies,
    devices,
    group_chats,
    inbox,
    job_runs,
    maintenances,
    messages,
    outages,
    outbox,
    rota,
    search,
    symptoms,
    ticket_devices,
    ticket_lists,
    ticket_queries,
    ticket_queue,
    tickets,
    timeline,
    timings,
)
from storage.tables import ticket
from tests.clock import START
from tests.storage.stores import sqlite_url

PLANS = [
    (ticket_queue.QUEUE, "ix_ticket_queue"),
    (devices._KNOWN, "USING PRIMARY KEY (key=?)"),
    (devices._HELD, "ix_device_holder"),
    (devices._PLACED, "ix_device_place_kind"),
    (devices._THEIRS, "ix_device_department_kind"),
    (ticket_devices._COUNTS, "ix_ticket_device_device"),
    (ticket_devices._TICKETS, "ix_ticket_device_device"),
    (tickets._HELD_BY, "ix_ticket_held"),
    (tickets._OPEN_OF_REPORTER, "ix_ticket_reporter_open"),
    (tickets._ENDED_OF_REPORTER, "ix_ticket_reporter"),
    (tickets._ACTIVE_IN, "ix_ticket_active"),
    (tickets._ACTIVE_IN_CATEGORY, "ix_ticket_active_category"),
    (tickets._OUTAGES, "ix_ticket_outage"),
    (tickets._RESOLVED_BEFORE, "ix_ticket_resolved_waiting"),
    (tickets._UNCLAIMED_SINCE, "ix_ticket_queue"),
    (tickets._WAITING_BETWEEN, "ix_ticket_waiting_reporter"),
    (timings._OUTDATED, "ix_ticket_timing_outdated"),
    (timings._TO_WARN, "ix_ticket_timing_warn_at"),
    (timings._ALIVE_FINISHED, "ix_ticket_finished"),
    (timings._COUNT_OUTDATED, "ix_ticket_timing_outdated"),
    (timings._SOLVED, "ix_ticket_resolved"),
    (timings._QUIET, "ix_ticket_active"),
    (absences._BETWEEN, "ix_absence_standing"),
    (absences._TO_BEGIN, "ix_absence_to_begin"),
    (deputies._BETWEEN, "ix_deputy_ends"),
    (rota._BETWEEN, "ix_duty_standing"),
    (outages._ALL_OPEN, "ix_outage_ended_at"),
    (maintenances._BETWEEN, "ix_maintenance_standing"),
    (outages._ENDED, "ix_outage_ended_at"),
    (symptoms._PEOPLE, "COVERING INDEX ix_symptom_category"),
    (symptoms._AMONG, "ix_symptom_category"),
    (symptoms._BY_DAY, "COVERING INDEX ix_symptom_usual"),
    (symptoms._WITHOUT_SUBJECT, "ix_symptom_without_subject"),
    (symptoms._RENEW, "ix_symptom_draft"),
    (symptoms._PROPOSALS, "ix_outage_proposal_changed_at"),
    (tickets._OF_DRAFT, "ix_ticket_draft"),
    (tickets._FOLLOWED, "ix_ticket_followed"),
    (tickets._MERGED_INTO, "ix_ticket_merged_into"),
    (ticket_queries._OPENED_BY, "COVERING INDEX ix_ticket_opened"),
    (ticket_queries._RESOLVED_BY, "COVERING INDEX ix_ticket_resolved"),
    (ticket_queries._ACTIVE, "ix_ticket_active"),
    (ticket_queries._ACTIVE_COUNT, "ix_ticket_active"),
    (ticket_queries._ACTIVE_COUNT, "COVERING INDEX ix_ticket_span"),
    (inbox._DUE, "ix_inbox_oldest"),
    (inbox._BACKLOG, "ix_inbox_oldest"),
    (inbox._GIVEN_UP, "ix_inbox_quarantined"),
    (outbox._BACKLOGS, "ix_outbox_due"),
    (outbox._GIVEN_UP_BY_CHANNEL, "ix_outbox_given_up"),
    (job_runs._LATEST_BEFORE, "PRIMARY KEY (job=? AND scope=? AND day<?)"),
    (group_chats._FROM, "ix_chat_migration_new_chat"),
    (group_chats._TOPIC_OF, "COVERING INDEX ix_forum_topic_ticket"),
    (messages._STANDING_IN, "ix_message_slot"),
    (messages._OF_TICKETS, "ix_message_ticket"),
    (messages._LISTS, "ix_message_list"),
    (attachments._UPLOADED_BY, "ix_attachment_uploader"),
    (timeline._SINCE, "ix_message_seq"),
    (timeline._LAST, "ix_message_conversation"),
]


def _steps(folder: Path, statement: Any) -> list[str]:
    sqlite_url(folder)
    if isinstance(statement, Prepared):
        statement = statement.on("sqlite")
    sql = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}))
    with closing(sqlite3.connect(folder / "masa.db")) as connection:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", [1] * sql.count("?"))]


@pytest.mark.parametrize(("statement", "index"), PLANS)
def test_plan(tmp_path: Path, statement: Any, index: str) -> None:
    steps = _steps(tmp_path, statement)
    assert any(index in step for step in steps), steps
    scans = [step for step in steps if step.startswith("SCAN ") and step != "SCAN CONSTANT ROW"]
    assert not [step for step in scans if "INDEX" not in step and "anon" not in step]


@pytest.mark.parametrize("limits", [(), (ticket.c.unit == "donanim",), (ticket.c.reporter == 7,)])
def test_a_search_takes_the_newest_from_its_index_and_sorts_nothing(tmp_path: Path, limits: Any) -> None:
    query, place = search._query("sqlite", ["words"])
    steps = _steps(tmp_path, query.where(place < 9, *limits).order_by(place.desc()).limit(10))
    assert steps[0].startswith("SCAN ticket_fts VIRTUAL TABLE INDEX")
    assert all("INTEGER PRIMARY KEY (rowid=?)" in step for step in steps[1:]), steps


@pytest.mark.parametrize(
    ("wanted", "order", "steps"),
    [
        ({"states": frozenset({State.OPEN})}, Order.URGENCY, ["ix_ticket_queue (unit=?)"]),
        ({"holders": frozenset({PersonId(7)})}, Order.URGENCY, ["ix_ticket_held (holder=?"]),
        ({}, Order.URGENCY, ["ix_ticket_active", "TEMP B-TREE"]),
        ({"states": frozenset(State)}, Order.NEWEST, ["SCAN ticket"]),
        (
            {"states": frozenset({State.RESOLVED, State.CLOSED}), "finished_after": START},
            Order.NEWEST,
            ["ix_ticket_finished (finished_at>?)", "TEMP B-TREE"],
        ),
        ({"states": frozenset(State), "categories": {"kep"}}, Order.NEWEST, ["ix_ticket_category (category=?)"]),
        (
            {"states": frozenset(State), "departments": {"Zabıta"}},
            Order.NEWEST,
            ["ix_ticket_department (department=?)"],
        ),
        ({"states": frozenset(State), "holders": {PersonId(7)}}, Order.OLDEST, ["ix_ticket_holder (holder=?)"]),
    ],
)
def test_a_list_of_the_panel_goes_through_what_is_to_be_done_or_from_the_end(
    tmp_path: Path, wanted: dict[str, Any], order: Order, steps: list[str]
) -> None:
    """Of the newest of all nothing is sorted, and the first that fit are enough."""
    scope = Scope("donanim", restricted=False, held_by=PersonId(7))
    asked = Wanted(**{"scopes": [scope], "states": ACTIVE, **wanted})
    found = _steps(tmp_path, ticket_lists.page_query(asked, order, None, 50))
    assert len(found) == len(steps), found
    assert all(step in one for step, one in zip(steps, found, strict=True)), found


@pytest.mark.parametrize("scopes", [[Scope(None, restricted=True)], [Scope("donanim", restricted=True)]])
def test_what_somebody_holds_is_counted_among_what_is_to_be_done(tmp_path: Path, scopes: list[Scope]) -> None:
    """Not among all that they ever held."""
    asked = Wanted(scopes=scopes, states=ACTIVE, holders=frozenset({PersonId(7)}))
    for query in (
        ticket_lists.count_query(asked, 10_000),
        ticket_lists.count_query(replace(asked, states=frozenset({State.CLAIMED})), 10_000),
        ticket_lists.page_query(asked, Order.DUE, None, 50),
        ticket_lists.held_query(replace(asked, holders=frozenset({PersonId(7), PersonId(8)}))),
    ):
        steps = _steps(tmp_path, query)
        assert any("ix_ticket_held (holder=?" in step for step in steps), steps
