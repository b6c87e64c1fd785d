"""Who holds what, when the holder becomes somebody else to the unit: moved, left, or recognised."""

from __future__ import annotations

from handlers.context import UseCaseContext
from handlers.domain.people import Person
from handlers.domain.states import Change
from handlers.tickets import cards


def hand_back(work: UseCaseContext, person: Person, reason: str) -> int:
    """What they hold and may not work on any more goes back to the queue of its unit, which is told; how many tickets.

    `reason`: `holder_left` or `holder_moved`, for the history.
    """
    held = [ticket for ticket in work.uow.tickets.held_by(person.id) if not person.works_in(ticket.unit)]
    for ticket in held:
        ticket.release(by=work.actor, at=work.now, channel=work.channel, reason=reason)
        work.uow.tickets.save(ticket)
        cards.refresh(work, ticket)
        cards.tell_workers(work, ticket, "work_holder_left", holder=person)
    return len(held)


def pass_on(work: UseCaseContext, guest: Person, person: Person) -> None:
    """What the guest holds is held by who they turned out to be. Nobody is told: it is the same human."""
    for ticket in work.uow.tickets.held_by(guest.id):
        before, after = str(guest.id), str(person.id)
        ticket.log(
            Change.ASSIGNED,
            by=person.id,
            at=work.now,
            channel=work.channel,
            before=before,
            after=after,
            reason="recognised",
        )
        work.uow.tickets.save(ticket)
        cards.refresh(work, ticket)
