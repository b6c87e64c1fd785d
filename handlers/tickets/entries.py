"""What somebody writes on a ticket, kept beside its history."""

from __future__ import annotations

from handlers.context import Acting
from handlers.domain.ticket import Entry, EntryKind, Ticket

_SLOT = "entry:"


def slot(entry: Entry) -> str:
    """Of the message that shows it to others."""
    return f"{_SLOT}{entry.id}"


def is_slot(slot: str) -> bool:
    return slot.startswith(_SLOT)


def of_slot(acting: Acting, slot: str | None) -> Entry | None:
    """What the message in that slot shows; None: it shows no entry."""
    if slot is None or not slot.startswith(_SLOT):
        return None
    return acting.uow.tickets.entry(int(slot.removeprefix(_SLOT)))[1]


def write(
    acting: Acting, ticket: Ticket, kind: EntryKind, text: str, files: tuple[str, ...] = (), *, key: str | None = None
) -> Entry:
    """By the one who acts. `key`: of the event that brought the words, where it was an earlier one than this."""
    return acting.uow.tickets.add_entry(
        ticket.id,
        Entry(
            kind=kind,
            at=acting.now,
            author=acting.person.id,
            text=text,
            files=files,
            message_key=key or acting.event_key,
        ),
    )
