"""Tickets and their files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import Priority, TicketEvent
from handlers.domain.ticket import Entry, Ticket, TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What somebody had written on tickets."""

    entries: Sequence[tuple[TicketId, Entry]]
    """As they were, with their tickets."""
    reported: Sequence[Ticket]
    """Those that they had reported."""
    joined: Sequence[Ticket]
    """Those of others on which they had written."""


class Tickets(Protocol):
    def add(self, ticket: Ticket, year: int) -> Ticket:
        """With its id and the next number of that year (gapless: the counter is a row of the same transaction)."""

    def moved(self) -> Sequence[Ticket]:
        """Those whose history went on in this transaction."""

    def get(self, ticket: TicketId | int) -> Ticket:
        """Raises NotFound."""

    def by_number(self, number: str) -> Ticket:
        """`2026-000123`. Raises NotFound."""

    def numbered(self, numbers: Sequence[str]) -> Sequence[Ticket]:
        """Those of these full numbers that there are, in the order of `numbers`."""

    def save(self, ticket: Ticket) -> None:
        """Also appends `fresh_events`, each chained to the one before by hash. Raises Stale."""

    def add_entry(self, ticket: TicketId, entry: Entry) -> Entry: ...
    def entries(self, ticket: TicketId) -> Sequence[Entry]: ...
    def entries_of(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[Entry]]:
        """Of each, asked for at once; of one that there is not, none."""

    def some(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Ticket]:
        """Those of them that there are, asked for at once."""

    def entry(self, entry: int) -> tuple[TicketId, Entry]:
        """Raises NotFound."""

    def entry_of_event(self, key: str) -> tuple[TicketId, Entry] | None:
        """What the event with this key wrote."""

    def rewrite_entry(self, entry: int, text: str) -> None:
        """An edit, or an erasure (empty text)."""

    def erase_written_by(self, person: PersonId, files: Collection[str] = ()) -> Erased:
        """On tickets that have ended: empty what this person wrote and what was told in their reports, and take these
        files off. The bytes of what was there leave the database's own files too, as far as it can."""

    def move_entries(self, guest: PersonId, person: PersonId) -> None:
        """What the guest wrote on tickets is that person's."""

    def of_draft(self, draft: str) -> Ticket | None:
        """The ticket that grew out of this report, where one did."""

    def merged_into(self, number: str) -> Sequence[Ticket]:
        """Those that were merged into the one of this number, not through others; oldest first."""

    def followed_by(self, person: PersonId) -> Sequence[Ticket]:
        """Those of whose end they wait to hear without having reported them, newest first."""

    def history(self, ticket: TicketId) -> Sequence[TicketEvent]: ...
    def histories(self, tickets: Sequence[TicketId]) -> Mapping[TicketId, Sequence[TicketEvent]]:
        """Of each, asked for at once; of one that there is not, none."""

    def mark(self, ticket: TicketId) -> str:
        """The hash of the last line of its history, which holds those of all before it. Raises NotFound."""

    def of_reporter(self, person: PersonId, limit: int = 10, skip: int = 0) -> Sequence[Ticket]:
        """Active and resolved ones first, then the newest of the ended."""

    def count_of_reporter(self, person: PersonId) -> int: ...

    def open_of_reporter(self, person: PersonId) -> Sequence[Ticket]:
        """Not ended, newest first (resolved ones included: they wait for a word)."""

    def held_by(self, person: PersonId) -> Sequence[Ticket]:
        """Active ones, most urgent first, then oldest first."""

    def queue(
        self, unit: UnitId, *, restricted: bool = True, after: Ticket | None = None, limit: int = 50
    ) -> Sequence[Ticket]:
        """Open and unheld, most urgent first, then oldest first; only what stands behind `after`. `restricted`:
        whether security matters are among them."""

    def count_queue(self, unit: UnitId, *, restricted: bool = True) -> int: ...
    def count_ahead(self, ticket: Ticket) -> int:
        """Of the queue of its unit, those that stand before its place in it."""

    def active_in(self, unit: UnitId, category: str | None = None, limit: int = 50) -> Sequence[Ticket]:
        """Any active state; of that category where one is named; newest first."""

    def outages(self) -> Sequence[Ticket]:
        """Active tickets declared a known outage, newest first."""

    def resolved_before(self, at: datetime, limit: int = 100) -> Sequence[Ticket]:
        """Still `resolved`, resolved before `at`: candidates for closing. Oldest first."""

    def unclaimed_since(self, since: Mapping[Priority, datetime], limit: int = 100) -> Sequence[Ticket]:
        """Open, unheld, neither changed nor reminded after the time of their priority; a priority that has none is
        left out. Most urgent first, then oldest first."""

    def waiting_reporter_between(self, after: datetime, until: datetime, limit: int = 100) -> Sequence[Ticket]:
        """Waiting for the reporter, last changed in (after, until] and not reminded after `until`. Oldest first."""


class Attachments(Protocol):
    """What is known of stored files; the bytes lie on disk under `id`."""

    def add(self, attachment: Attachment) -> None:
        """Where it is there already, only the uploader is taken over: a platform's file comes before its person."""

    def get(self, file: str) -> Attachment | None: ...
    def taken(self, since: datetime, *, uploader: PersonId | None = None, conversation: str | None = None) -> int:
        """Bytes of the files that came after that moment, of one uploader or in one conversation."""

    def taken_by_guests(self, since: datetime) -> int:
        """The same of everybody whom nobody vouches for, and of files whose uploader is not known yet."""

    def for_ticket(self, file: str, ticket: TicketId) -> None:
        """Who may read the ticket may read the file from now on."""

    def uploaded_by(self, person: PersonId) -> Sequence[Attachment]:
        """Also while the desk did not know them yet; oldest first."""

    def remove(self, files: Collection[str]) -> None:
        """Whatever shows them must stop before the transaction ends; their bytes are the caller's."""


@dataclass(slots=True, kw_only=True)
class Attachment:
    id: str
    """Random; also the name on disk."""
    name: str
    """As the sender called it, cleaned for showing."""
    media_type: str
    size: int
    sha256: str
    uploader: PersonId | None
    conversation: str
    at: datetime
    ticket: TicketId | None = None
    codes: tuple[str, ...] = ()
    """Read from the picture when it came: tokens of labels, and numbers of other codes. Only ever compared."""
