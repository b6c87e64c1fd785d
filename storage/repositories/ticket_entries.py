"""What people wrote on tickets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, bindparam, insert, literal_column, or_, select, update

from handlers.domain.errors import NotFound
from handlers.domain.people import PersonId
from handlers.domain.ticket import Entry, EntryKind, TicketId
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared
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
_OF_TICKETS = prepared(
    select(*_COLUMNS).where(in_list(ticket_entry.c.ticket, "tickets")).order_by(ticket_entry.c.id), EntryRow
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
_TOLD = or_(*(ticket_entry.c.kind == literal_column(f"'{kind.value}'") for kind in (EntryKind.REPORT, EntryKind.FACT)))
"""What a reporter says of their trouble, whoever writes it down for them."""
_TO_ERASE = prepared(
    select(*_COLUMNS)
    .join(ticket, ticket.c.id == ticket_entry.c.ticket)
    .where(
        ticket.c.ended_at.is_not(None),
        or_(
            ticket_entry.c.author == bindparam("person"),
            and_(ticket.c.reporter == bindparam("person"), _TOLD),
        ),
        or_(ticket_entry.c.text != "", literal_column("ticket_entry.files != '[]'")),
    )
    .order_by(ticket_entry.c.id),
    EntryRow,
)
_ERASE = prepared(update(ticket_entry).where(_KEY).values(text="", files=bindparam("left")))
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

    def of_each(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[Entry]]:
        found: dict[TicketId, list[Entry]] = {one: [] for one in tickets}
        for row in self._transaction.run(_OF_TICKETS, {"tickets": list(tickets)}):
            found[row.ticket].append(entry_of(row))
        return found

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

    def erase_of(self, person: PersonId, files: Collection[str]) -> Sequence[tuple[TicketId, Entry]]:
        """On tickets that have ended: what this person wrote and what was told in their reports; as it was. These
        files are taken off."""
        rows = self._transaction.run(_TO_ERASE, {"person": person}).all()
        if rows:
            left = [{"key": row.id, "left": [file for file in row.files if file not in files]} for row in rows]
            self._transaction.run(_ERASE, left)
        return [(row.ticket, entry_of(row)) for row in rows]

    def move(self, guest: PersonId, person: PersonId) -> None:
        self._transaction.run(_MOVE, {"of_guest": guest, "to_person": person})
