"""What people wrote on tickets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.ticket import Entry, TicketId
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import columns
from storage.repositories.ticket_rows import EntryRow, entry_of
from storage.tables import ticket, ticket_entry

_COLUMNS = columns(ticket_entry, EntryRow)
_KEY = ticket_entry.c.id == bindparam("key")
_ADD = prepared(insert(ticket_entry))
_OF_TICKET = prepared(
    select(*_COLUMNS).where(ticket_entry.c.ticket == bindparam("key")).order_by(ticket_entry.c.id), EntryRow
)
_GET = prepared(select(*_COLUMNS).where(_KEY), EntryRow)
_OF_EVENT = prepared(
    select(*_COLUMNS)
    .where(ticket_entry.c.message_key == bindparam("key"), ticket_entry.c.message_key.is_not(None))
    .order_by(ticket_entry.c.id)
    .limit(1),
    EntryRow,
)
_REWRITE = prepared(update(ticket_entry).where(_KEY).values(text=bindparam("new_text")))
_TO_ERASE = (
    ticket_entry.c.author == bindparam("person"),
    ticket_entry.c.text != "",
    ticket_entry.c.ticket.in_(select(ticket.c.id).where(ticket.c.ended_at.is_not(None))),
)
_TICKETS_TO_ERASE = prepared_value(select(ticket_entry.c.ticket).where(*_TO_ERASE).distinct(), int)
_ERASE = prepared(update(ticket_entry).where(*_TO_ERASE).values(text=""))
_MOVE = prepared(
    update(ticket_entry).where(ticket_entry.c.author == bindparam("of_guest")).values(author=bindparam("to_person"))
)


class TicketEntries:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, ticket: TicketId, entry: Entry) -> int:
        """Its id."""
        values = {
            "ticket": ticket,
            "kind": entry.kind.value,
            "at": entry.at,
            "author": entry.author,
            "text": entry.text,
            "files": entry.files,
            "message_key": entry.message_key,
        }
        return self._transaction.new_id(_ADD, values)

    def of(self, ticket: TicketId) -> Sequence[Entry]:
        return [entry_of(row) for row in self._transaction.run(_OF_TICKET, {"key": ticket})]

    def get(self, entry: int) -> tuple[TicketId, Entry]:
        """Raises NotFound."""
        row = self._transaction.run(_GET, {"key": entry}).first()
        if row is None:
            raise NotFound("entry", entry)
        return row.ticket, entry_of(row)

    def of_event(self, key: str) -> tuple[TicketId, Entry] | None:
        row = self._transaction.run(_OF_EVENT, {"key": key}).first()
        return None if row is None else (row.ticket, entry_of(row))

    def rewrite(self, entry: int, text: str) -> TicketId:
        """On which ticket it stands. Raises NotFound."""
        ticket, _ = self.get(entry)
        self._transaction.run(_REWRITE, {"key": entry, "new_text": text})
        return ticket

    def erase_of(self, person: PersonId) -> tuple[int, Sequence[TicketId]]:
        """On tickets that have ended: how many entries, and on which tickets."""
        touched = [TicketId(one) for one in self._transaction.run(_TICKETS_TO_ERASE, {"person": person})]
        return self._transaction.run(_ERASE, {"person": person}).rowcount, touched

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._transaction.run(_MOVE, {"of_guest": guest, "to_person": person})
