from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from handlers.domain.people import PersonId
from handlers.domain.rights import Scope
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.ticket_filter import Order
from handlers.ports import ListedTicket, Place, Wanted
from handlers.ports.ticket_lists import Standing
from tests.fakes.search import FakeSearch
from tests.fakes.tables import FakeTransaction
from tests.fakes.tickets import FakeTickets

NEVER = datetime(9000, 1, 1, tzinfo=UTC)


class FakeTicketLists:
    def __init__(self, transaction: FakeTransaction, tickets: FakeTickets, search: FakeSearch) -> None:
        self._transaction, self._tickets, self._search = transaction, tickets, search

    def page(
        self, wanted: Wanted, order: Order, *, after: Place | None = None, limit: int = 50
    ) -> Sequence[ListedTicket]:
        down = order in (Order.NEWEST, Order.CHANGED)
        found = [self._listed(ticket, order) for ticket in self._tickets.where(lambda one: self._fits(one, wanted))]
        found.sort(key=_place, reverse=down)
        if after is not None:
            where = (*after.key, after.ticket)
            found = [one for one in found if (_place(one) < where if down else _place(one) > where)]
        return found[:limit]

    def count(self, wanted: Wanted, most: int) -> int:
        return min(most, len(self._tickets.where(lambda one: self._fits(one, wanted))))

    def held(self, wanted: Wanted) -> Mapping[PersonId, int]:
        found = self._tickets.where(lambda one: self._fits(one, wanted))
        return Counter(one.holder for one in found if one.holder is not None)

    def versions(self, scopes: Sequence[Scope], tickets: Sequence[TicketId]) -> Mapping[TicketId, int]:
        found = self._tickets.where(lambda one: one.id in tickets and any(scope.covers(one) for scope in scopes))
        return {one.id: one.version for one in found}

    def standing(
        self, tickets: Sequence[TicketId], *, newer_than: TicketId | None = None, most: int = 0
    ) -> Mapping[TicketId, Standing]:
        newer = self._tickets.where(lambda one: newer_than is not None and one.id > newer_than)
        newest = sorted(newer, key=lambda one: one.id)[-most:] if most else []
        found = [*self._tickets.where(lambda one: one.id in tickets), *newest]
        return {one.id: Standing(one.version, one.unit, one.restricted, one.holder) for one in found}

    def newest(self) -> TicketId:
        return TicketId(max(self._transaction.seen.tickets, default=0))

    def _fits(self, ticket: Ticket, wanted: Wanted) -> bool:
        due, _ = self._due(ticket)
        department = self._transaction.seen.departments[ticket.id]
        return (
            any(scope.covers(ticket) for scope in wanted.scopes)
            and ticket.state in wanted.states
            and (wanted.units is None or ticket.unit in wanted.units)
            and (wanted.priorities is None or ticket.priority in wanted.priorities)
            and (wanted.categories is None or ticket.category in wanted.categories)
            and (wanted.holders is None or ticket.holder in wanted.holders)
            and (wanted.departments is None or department in wanted.departments)
            and (not wanted.words or self._is_found(ticket, wanted))
            and (wanted.newer_than is None or ticket.id > wanted.newer_than)
            and (wanted.opened_since is None or ticket.opened_at >= wanted.opened_since)
            and (wanted.moved_before is None or (ticket.changed_at or ticket.opened_at) < wanted.moved_before)
            and (wanted.finished_after is None or _finished(ticket) > wanted.finished_after)
            and (wanted.due_after is None or (due is not None and due > wanted.due_after))
            and (wanted.due_until is None or (due is not None and due <= wanted.due_until))
        )

    def _is_found(self, ticket: Ticket, wanted: Wanted) -> bool:
        return not ticket.restricted and self._search.has(ticket, wanted.words, notes=wanted.notes)

    def _due(self, ticket: Ticket) -> tuple[datetime | None, bool]:
        timing = self._transaction.seen.timings.get(ticket.id, (None, None))[0]
        if timing is None:
            return None, False
        of_claim = timing.claim_due_at is not None and (
            timing.solve_due_at is None or timing.claim_due_at <= timing.solve_due_at
        )
        return (timing.claim_due_at if of_claim else timing.solve_due_at), of_claim

    def _listed(self, ticket: Ticket, order: Order) -> ListedTicket:
        due, of_claim = self._due(ticket)
        key: tuple[int | datetime, ...] = {
            Order.URGENCY: (ticket.priority.rank, ticket.opened_at),
            Order.DUE: (due or NEVER, ticket.priority.rank),
            Order.CHANGED: (ticket.changed_at or ticket.opened_at,),
        }.get(order, ())
        return ListedTicket(
            ticket=ticket, due=due if ticket.state.active else None, of_claim=of_claim, place=Place(key, ticket.id)
        )


def _finished(ticket: Ticket) -> datetime:
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    return long_ago if ticket.state.active else ticket.resolved_at or ticket.ended_at or long_ago


def _place(listed: ListedTicket) -> tuple[object, ...]:
    return (*listed.place.key, listed.place.ticket)
