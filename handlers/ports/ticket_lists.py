"""Lists of tickets that are filtered, sorted and shown a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId, UnitId
from handlers.domain.rights import Scope
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import Order


def changes_in(unit: UnitId) -> str:
    """What is watched (`ChannelGateway.watch`) to hear of tickets that came, changed or left there."""
    return f"tickets:{unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tickets. None: whichever; an empty set: none at all."""

    scopes: Sequence[Scope]
    """What whoever asks may read: of nothing else is there a line or a count."""
    states: frozenset[State]
    units: frozenset[UnitId] | None = None
    priorities: frozenset[Priority] | None = None
    categories: frozenset[str | None] | None = None
    """None among them: those without a subject."""
    holders: frozenset[PersonId | None] | None = None
    """None among them: those that nobody holds."""
    departments: frozenset[str] | None = None
    """In each spelling."""
    words: str = ""
    """All of them, found as `Search.tickets` finds them: of security matters none."""
    notes: bool = True
    """Whether words in internal notes count."""
    newer_than: TicketId | None = None
    """Opened after that one."""
    opened_since: datetime | None = None
    moved_before: datetime | None = None
    """In its state, with its holder and its unit since before then."""
    finished_after: datetime | None = None
    """Since when nobody has to do anything any more."""
    due_after: datetime | None = None
    due_until: datetime | None = None
    """What counts now (the taking, then the solving) is due after the one and not after the other; what has no time
    is not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which row a page begins: by what the list is sorted, and the ticket."""

    key: tuple[int | datetime, ...]
    ticket: TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTicket:
    ticket: Ticket
    due: datetime | None
    """When what counts now is due or was, as it was last counted; None: it stands, has ended, or has no time."""
    of_claim: bool
    """It is the taking that is due then."""
    place: Place


@dataclass(frozen=True, slots=True)
class Standing:
    """As much of a ticket as tells whether it changed, and for whom."""

    version: int
    unit: UnitId
    restricted: bool
    holder: PersonId | None

    def is_within(self, scopes: Sequence[Scope]) -> bool:
        return any(one.covers_one(self.unit, restricted=self.restricted, holder=self.holder) for one in scopes)


class TicketLists(Protocol):
    def page(
        self, wanted: Wanted, order: Order, *, after: Place | None = None, limit: int = 50
    ) -> Sequence[ListedTicket]:
        """What stands behind `after`. Raises SearchTooSlow where `words` take too long.

        Orders other than NEWEST and OLDEST are for what is to be done only.
        """

    def count(self, wanted: Wanted, most: int) -> int:
        """How many, no further than `most`. Raises as `page`."""

    def held(self, wanted: Wanted) -> Mapping[PersonId, int]:
        """How many of them each has who holds any. Raises as `page`."""

    def versions(self, scopes: Sequence[Scope], tickets: Sequence[TicketId]) -> Mapping[TicketId, int]:
        """Of those of them that may be read."""

    def standing(
        self, tickets: Sequence[TicketId], *, newer_than: TicketId | None = None, most: int = 0
    ) -> Mapping[TicketId, Standing]:
        """Of these, and of the last `most` that were opened after that one; whoever may read them."""

    def newest(self) -> TicketId:
        """The last that was opened, whoever may read it; 0 before the first."""
