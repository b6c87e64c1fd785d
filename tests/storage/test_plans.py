"""What must stay fast at a million tickets goes through the index that was made for it, without any statistics."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from storage import inbox, messages, once, outbox, summaries, tickets, timeline
from tests.storage.stores import sqlite_url

PLANS = [
    (tickets._QUEUE, "ix_ticket_queue"),
    (tickets._HELD_BY, "ix_ticket_held"),
    (tickets._OPEN_OF_REPORTER, "ix_ticket_reporter_open"),
    (tickets._ENDED_OF_REPORTER, "ix_ticket_reporter"),
    (tickets._ACTIVE_IN, "ix_ticket_active"),
    (tickets._ACTIVE_IN_CATEGORY, "ix_ticket_active_category"),
    (tickets._OUTAGES, "ix_ticket_outage"),
    (tickets._RESOLVED_BEFORE, "ix_ticket_resolved_waiting"),
    (tickets._UNCLAIMED_BEFORE, "ix_ticket_queue"),
    (tickets._WAITING_BEFORE, "ix_ticket_waiting_reporter"),
    (tickets._OF_DRAFT, "ix_ticket_draft"),
    (summaries._OPENED_BY, "COVERING INDEX ix_ticket_opened"),
    (summaries._RESOLVED_BY, "COVERING INDEX ix_ticket_resolved"),
    (summaries._ACTIVE, "ix_ticket_active"),
    (summaries._STILL_ACTIVE_COUNT, "ix_ticket_active"),
    (summaries._FINISHED_LATER_COUNT, "COVERING INDEX ix_ticket_span"),
    (inbox._DUE, "ix_inbox_oldest"),
    (inbox._BACKLOG, "ix_inbox_oldest"),
    (inbox._GIVEN_UP, "ix_inbox_quarantined"),
    (outbox._BACKLOGS, "ix_outbox_due"),
    (outbox._GIVEN_UP_BY_CHANNEL, "ix_outbox_given_up"),
    (once._NEWEST["sqlite"], "PRIMARY KEY (mark>? AND mark<?)"),
    (messages._STANDING_IN, "ix_message_slot"),
    (timeline._SINCE, "ix_message_seq"),
    (timeline._LAST, "ix_message_conversation"),
]


@pytest.mark.parametrize(("statement", "index"), PLANS)
def test_plan(tmp_path: Path, statement: Any, index: str) -> None:
    sqlite_url(tmp_path)
    sql = str(statement.compile(dialect=sqlite.dialect()))
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", [1] * sql.count("?"))]
    assert any(index in step for step in steps), steps
    assert not [step for step in steps if step.startswith("SCAN ") and "INDEX" not in step and "anon" not in step]
