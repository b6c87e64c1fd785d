"""How far the checklists on a ticket are, as its history says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.context import UseCaseContext
from handlers.domain.checklists import Item, Tick, TicketChecklist, remarks, ticks
from handlers.domain.ticket import Ticket
from handlers.tickets import timing


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one list on a ticket is."""

    checklist: TicketChecklist
    ticked: Mapping[int, Tick]
    remarks: Mapping[int, Sequence[int]]
    """Entries, by the place of their line."""

    @property
    def open_required(self) -> Sequence[Item]:
        items = self.checklist.items
        return [item for place, item in enumerate(items) if item.required and place not in self.ticked]


def of_ticket(work: UseCaseContext, ticket: Ticket) -> Sequence[Progress]:
    hung = work.uow.checklists.of_ticket(ticket.id)
    history = timing.history_of(work, ticket) if hung else ()
    return [Progress(one, ticks(history, one), remarks(history, one)) for one in hung]


def counts(work: UseCaseContext, ticket: Ticket) -> tuple[int, int] | None:
    """Lines that are ticked, and all of them; None where no list hangs on it."""
    hung = of_ticket(work, ticket)
    if not hung:
        return None
    return sum(len(one.ticked) for one in hung), sum(len(one.checklist.items) for one in hung)
