"""An emergency is heard by somebody: by whoever is next where its unit has nobody, and further up the longer it waits.

None of it knows an hour of the day: smoke at night is told at night.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from handlers.context import UseCaseContext
from handlers.domain.channels import EMBEDDED
from handlers.domain.people import Person, Role
from handlers.domain.rights import Action, may
from handlers.domain.states import Priority
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import cards, presence

RINGS_EVERY = timedelta(minutes=10)
"""How long an emergency goes unclaimed before it rings again."""
LEADS_AFTER, DIRECTORS_AFTER = timedelta(minutes=20), timedelta(minutes=30)
"""From when on it rings those in private, too, however loud their group is."""


def is_emergency(ticket: Ticket) -> bool:
    return ticket.priority is Priority.URGENT


def nobody_hears(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whether its card reaches no human at all: then its reporter is asked to phone."""
    return not _is_heard(work, ticket) and not _stand_ins(work, ticket)


def find_somebody(work: UseCaseContext, ticket: Ticket) -> None:
    """The card, loud, to whoever is next, where nobody of its unit gets it."""
    if not _is_heard(work, ticket):
        for address in _stand_ins(work, ticket):
            cards.show(work, ticket, address, fresh=True, rings=True)


def ring_again(work: UseCaseContext, ticket: Ticket) -> None:
    """It is still unclaimed: in its room with the button that ends the ringing; to lead and director with its card."""
    waits = work.now - (ticket.changed_at or ticket.opened_at)
    private = [*_further_up(work, ticket, waits), *([] if _is_heard(work, ticket) else _stand_ins(work, ticket))]
    rooms = [address for address in cards.work_places(work, ticket) if address not in private]
    for address in rooms:
        _ring(work, ticket, address)
    for address in dict.fromkeys(private):
        _ring(work, ticket, address)
        cards.show(work, ticket, address, fresh=True, rings=False)


def _ring(work: UseCaseContext, ticket: Ticket, address: str) -> None:
    work.say(
        address,
        "work_unclaimed_urgent",
        buttons=cards.offered_there(work, ticket, address, [Button("Üstlen", f"claim:{ticket.id}")]),
        slot=cards.bell(ticket),
        fresh=True,
        ticket=ticket,
        title=work.desk.subject(ticket),
        reporter=work.uow.people.get(ticket.reporter),
    )


def _is_heard(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whether somebody of its unit gets it: in the group of a platform, or as one who can be written to."""
    if ticket.restricted:
        leaders = [*presence.leads_of(work, ticket.unit), *presence.directors_of(work)]
        return bool(_places_of(work, ticket, leaders))
    rooms = work.uow.conversations.rooms(ticket.unit)
    return any(not room.blocked and room.channel not in EMBEDDED for room in rooms) or bool(
        _places_of(work, ticket, presence.workers_of(work, ticket.unit))
    )


def _stand_ins(work: UseCaseContext, ticket: Ticket) -> Sequence[str]:
    """In private: the directors, else the administrators, who may read it."""
    for role in (Role.DIRECTOR, Role.ADMIN):
        if places := _places_of(work, ticket, work.uow.people.in_role(role)):
            return places
    return []


def _further_up(work: UseCaseContext, ticket: Ticket, waits: timedelta) -> Sequence[str]:
    people: list[Person] = []
    if waits >= LEADS_AFTER:
        people += presence.leaders_at_work(work, ticket.unit)
    if waits >= DIRECTORS_AFTER:
        people += presence.directors_of(work)
    return _places_of(work, ticket, people)


def _places_of(work: UseCaseContext, ticket: Ticket, people: Iterable[Person]) -> Sequence[str]:
    """Nobody who is away: they are not rung, and do not count as somebody who hears it."""
    readers = (person for person in presence.at_work(work, people) if may(person, Action.READ, ticket))
    return [address for person in readers for address in cards.private_addresses_of(work, person)]
