"""A matter that may have touched personal data: its clock, who is reminded of it, and that the Board was told
(KVKK m.12/5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.breaches import Breach
from handlers.domain.errors import NotAllowed, NotFound
from handlers.domain.numbers import Series
from handlers.domain.officers import Office
from handlers.domain.people import Person
from handlers.domain.rights import Action, may
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.people import officers
from handlers.tickets import cards, correspondence, presence

_HOUR = timedelta(hours=1)


def begin(acting: Acting, ticket: Ticket) -> Breach:
    """The clock runs, from when the ticket was opened. The one that runs already, where one does."""
    if (known := acting.uow.breaches.of_ticket(ticket.id)) is not None:
        return known
    year = acting.desk.year(acting.now)
    return acting.uow.breaches.add(
        Breach(
            number=acting.uow.counters.next(Series.PRIVACY_CASE, year),
            ticket=ticket.id,
            learned_at=ticket.opened_at,
            begun_at=acting.now,
            begun_by=acting.person.id,
        )
    )


def report(acting: Acting, ticket: Ticket) -> tuple[Breach, bool]:
    """The Board was told, now; and whether that is news. A note of the ticket says so, and whether it was late.

    Raises NotAllowed, NotFound, Stale.
    """
    if not _may_report(acting, ticket):
        raise NotAllowed("report_breach", acting.person.handle)
    known = acting.uow.breaches.of_ticket(ticket.id)
    if known is None:
        raise NotFound("breach", ticket.number)
    if known.reported_at is not None:
        return known, False
    saved = acting.uow.breaches.save(replace(known, reported_at=acting.now, reported_by=acting.person.id))
    local = acting.now.astimezone(acting.desk.zone)
    late = "; 72 saat geçmişti, nedeni yazılmalı" if saved.is_late else ""
    said = f"{saved.number}: Kurula bildirildi, {local:%d.%m.%Y %H:%M}{late} ({acting.person.short_name})."
    correspondence.add_note(acting, acting.uow.tickets.get(ticket.id), said)
    return saved, True


def remind(work: UseCaseContext) -> None:
    """A tick: after 24, 48 and 66 hours, and when the 72 are over; each once, whenever it ticks again."""
    for one in work.uow.breaches.waiting():
        step = one.step_at(work.now)
        if step is None:
            continue
        work.uow.breaches.save(replace(one, reminded=step))
        ticket = work.uow.tickets.get(one.ticket)
        for person in answerable(work, ticket):
            for address in cards.private_addresses_of(work, person):
                work.say(
                    address,
                    "breach_reminder",
                    buttons=[Button("Kurula bildirildi", f"breach_reported:{ticket.id}")],
                    slot=f"breach_clock:{ticket.id}",
                    fresh=True,
                    ticket=ticket,
                    breach=one.number,
                    hours=max(0, -((work.now - one.due_at) // _HOUR)),
                    until=one.due_at.astimezone(work.desk.zone),
                    late=work.now >= one.due_at,
                )


def answerable(work: UseCaseContext, ticket: Ticket) -> list[Person]:
    """Whoever leads its unit, the director, and who holds the office of KVKK; each once."""
    keepers = [work.uow.people.get(one.person) for one in officers.answerable_now(work, Office.KVKK)]
    people = (*presence.leads_of(work, ticket.unit), *presence.directors_of(work), *keepers)
    return list({one.id: one for one in people}.values())


def _may_report(acting: Acting, ticket: Ticket) -> bool:
    is_theirs = any(one.id == acting.person.id for one in answerable(acting, ticket))
    return is_theirs or may(acting.person, Action.NOTE, ticket)
