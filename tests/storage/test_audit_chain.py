"""What was changed in a history behind the desk's back shows at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.storage.builders import add_person, open_ticket
from tests.storage.stores import open_sqlite


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE ticket_event SET reason = 'other' WHERE ticket = 2 AND position = 1",
        "UPDATE ticket_event SET what = 'nothing' WHERE ticket = 2 AND position = 1",
        "DELETE FROM ticket_event WHERE ticket = 2 AND position = 2",
        "DELETE FROM ticket_event WHERE ticket = 2",
    ],
)
def test_a_changed_history_is_named(tmp_path: Path, done: str) -> None:
    store = open_sqlite(tmp_path)

    def fill(uow):
        ayse = add_person(uow)
        for _ in range(3):
            ticket = open_ticket(uow, ayse)
            ticket.cancel("other", by=ayse, at=ticket.opened_at, channel="web")
            uow.tickets.save(ticket)

    store.write(fill)
    assert store.read(lambda uow: uow.audit.broken_chains(200)) == []
    with closing(sqlite3.connect(tmp_path / "masa.db")) as connection:
        connection.execute(done)
        connection.commit()
    assert store.read(lambda uow: uow.audit.broken_chains(200)) == ["2026-000002"]
    assert store.read(lambda uow: uow.audit.broken_chains(1)) == []
    store.close()
