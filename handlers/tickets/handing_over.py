"""What somebody holds goes to the unit or to a colleague, because they are away: with what the next must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.context import UseCaseContext
from handlers.domain.absences import STAYS, Choice, Fate
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action, may
from handlers.domain.ticket import EntryKind, Ticket, TicketId
from handlers.tickets import cards, notifications

REASON = "on_leave"
"""In the history."""
MAX_LISTED = 10
"""Tickets named in one message; of the rest it says how many they are."""


@dataclass(slots=True)
class HandedOver:
    released: list[Ticket] = field(default_factory=list)
    given: dict[PersonId, list[Ticket]] = field(default_factory=dict)
    stayed: list[Ticket] = field(default_factory=list)

    @property
    def moved(self) -> int:
        return len(self.released) + sum(map(len, self.given.values()))


def note_for_the_next(work: UseCaseContext, ticket: Ticket) -> str:
    """Devir notu: the newest internal note, which whoever is to leave may still write."""
    notes = [entry.text for entry in work.uow.tickets.entries(ticket.id) if entry.kind is EntryKind.NOTE and entry.text]
    return notes[-1] if notes else ""


def hand_over(
    work: UseCaseContext, person: Person, choices: Mapping[TicketId, Choice], otherwise: Choice | None
) -> HandedOver:
    """All that they hold. Whoever gets something is told of each ticket with its devir notu, a room of what is in the
    queue again, reporters as of any such change."""
    done = HandedOver()
    for ticket in work.uow.tickets.held_by(person.id):
        _hand_over(work, ticket, choices.get(ticket.id, otherwise or STAYS), done)
    for receiver, tickets in done.given.items():
        _tell_receiver(work, person, work.uow.people.get(receiver), tickets)
    _tell_rooms(work, person, done.released)
    return done


def _hand_over(work: UseCaseContext, ticket: Ticket, choice: Choice, done: HandedOver) -> None:
    if choice.fate is Fate.STAYS:
        done.stayed.append(ticket)
        return
    receiver = _receiver(work, ticket, choice)
    if receiver is None:
        ticket.release(by=work.actor, at=work.now, channel=work.channel, reason=REASON)
        done.released.append(ticket)
    else:
        ticket.assign(receiver.id, by=work.actor, at=work.now, channel=work.channel, reason=REASON)
        done.given.setdefault(receiver.id, []).append(ticket)
    work.uow.tickets.save(ticket)
    cards.refresh(work, ticket)
    if receiver is None:
        notifications.reporter(work, ticket, "update_released", unit=work.desk.unit_title(ticket.unit))
    else:
        notifications.reporter(work, ticket, "update_claimed", holder=receiver)


def _receiver(work: UseCaseContext, ticket: Ticket, choice: Choice) -> Person | None:
    """None: nobody who is there and may work on it; then it is the unit's."""
    if choice.fate is not Fate.TO_PERSON or choice.to is None:
        return None
    other = work.uow.people.get(choice.to)
    return other if may(other, Action.CLAIM, ticket) and not work.is_away(other) else None


def _tell_receiver(work: UseCaseContext, person: Person, receiver: Person, tickets: Sequence[Ticket]) -> None:
    for address in cards.private_addresses_of(work, receiver):
        for place, ticket in enumerate(tickets[:MAX_LISTED]):
            work.say(
                address,
                "handed_over",
                ticket=ticket,
                title=work.desk.subject(ticket),
                person=person,
                note=note_for_the_next(work, ticket),
                more=max(len(tickets) - MAX_LISTED, 0) if place == MAX_LISTED - 1 else 0,
                rings=place == 0,
            )
            cards.show(work, ticket, address, fresh=True)


def _tell_rooms(work: UseCaseContext, person: Person, released: Sequence[Ticket]) -> None:
    places: dict[str, list[Ticket]] = {}
    for ticket in released:
        for address in cards.work_places(work, ticket):
            places.setdefault(address, []).append(ticket)
    for address, tickets in places.items():
        work.say(address, "work_left_behind", person=person, tickets=tickets[:MAX_LISTED], count=len(tickets))
