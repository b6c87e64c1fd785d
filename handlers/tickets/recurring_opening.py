"""The ticket of a düzenli iş: in whose name it is opened, and who has it at once: a person, the nöbetçi of that day, or
nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.people import Person, Role, UnitId
from handlers.domain.recurring import Recurring, Whose
from handlers.domain.rota import FIRST
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.tickets import cards, opening, presence
from handlers.tickets.opening import NewTicket, Written

REASON = "recurring"
NO_FACTS: Mapping[str, str] = {}


def open_ticket(
    work: UseCaseContext,
    unit: UnitId,
    title: str,
    draft: str,
    category: str | None = None,
    facts: Mapping[str, str] = NO_FACTS,
) -> Ticket | None:
    """In the name of whoever leads the unit, who hears nothing of how it goes; None where there is nobody."""
    people = [*work.uow.people.in_role(Role.LEAD, unit), *work.uow.people.in_role(Role.DIRECTOR)]
    people += work.uow.people.in_role(Role.TECHNICIAN, unit)
    if not people:
        return None
    acting = Acting(
        desk=work.desk, uow=work.uow, now=work.now, person=people[0], channel="desk", event_key=f"desk:{draft}"
    )
    return opening.open_ticket(
        acting,
        NewTicket(
            written=(Written(title),),
            reporter=people[0].id,
            category=category,
            unit=unit,
            priority=Priority.NORMAL,
            facts=facts,
            conversation="",
            untold=True,
            draft=draft,
            learns=False,
        ),
    )


def give(work: UseCaseContext, ticket: Ticket, made: Recurring) -> None:
    """Whoever gets it hears of it in private; where nobody can, the room hears why it waits in the queue."""
    if made.whose is Whose.NOBODY:
        return
    meant = _meant(work, made)
    person = meant if meant is None or not work.is_away(meant) else _instead(work, meant)
    if person is None or person.gone or not person.works_in(ticket.unit):
        cards.tell_workers(work, ticket, "recurring_unheld", who=meant, title=ticket.text)
        return
    ticket.assign(person.id, by=None, at=work.now, channel=work.channel, reason=REASON)
    work.uow.tickets.save(ticket)
    cards.refresh(work, ticket)
    for private in cards.private_addresses_of(work, person):
        work.say(private, "recurring_yours", ticket=ticket, title=ticket.text, who=meant, person=person)
        cards.show(work, ticket, private, fresh=True)


def _meant(work: UseCaseContext, made: Recurring) -> Person | None:
    if made.whose is Whose.PERSON:
        return None if made.person is None else work.uow.people.get(made.person)
    return on_duty(work, made)


def on_duty(work: UseCaseContext, made: Recurring) -> Person | None:
    """The first nöbetçi now, else the one whose duty begins today."""
    time_of_unit = work.working_time(made.unit)
    tomorrow = time_of_unit.at(time_of_unit.local_date(work.now) + timedelta(days=1), time.min)
    known = [
        one
        for one in work.uow.rota.between(work.now, tomorrow)
        if one.unit == made.unit and one.place == FIRST and one.withdrawn_at is None
    ]
    known.sort(key=lambda one: (one.starts, one.id))
    return work.uow.people.get(known[0].person) if known else None


def _instead(work: UseCaseContext, meant: Person) -> Person | None:
    absence = presence.absence_of(work, meant)
    return None if absence is None else presence.stand_in(work, absence)
