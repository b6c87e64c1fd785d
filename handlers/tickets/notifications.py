"""Who hears what: the reporter of every change, where the ticket was opened; who was promised word of its end, then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from handlers.context import UseCaseContext
from handlers.domain.people import PersonId
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import merges


class Reach(StrEnum):
    """Whether the reporter hears what is written to them; the values name words in `handlers.terms`."""

    TOLD = "told"
    UNTOLD = "untold"
    """They wanted no messages, or have no place to be written to."""
    BLOCKED = "blocked"
    """They shut the only place that the desk knows of them."""
    LEFT = "left"


def notifies_reporter(ticket: Ticket) -> bool:
    """Whether what happens to it is said to the reporter. Whether that arrives: `reach`."""
    return bool(ticket.conversation) and not ticket.untold


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """Somebody whom a ticket concerns, and where they hear of it; empty: nowhere."""

    ticket: Ticket
    person: PersonId
    conversation: str


def reporter_of(ticket: Ticket) -> Concerned:
    conversation = ticket.conversation if notifies_reporter(ticket) else ""
    return Concerned(ticket=ticket, person=ticket.reporter, conversation=conversation)


def whom_it_concerns(work: UseCaseContext, ticket: Ticket, person: PersonId | None) -> Concerned:
    """That person, by what they reported or follow of the ticket and those that live on in it; else its reporter."""
    for one in (ticket, *merges.parts(work.uow, ticket)):
        if person == one.reporter:
            return reporter_of(one)
        for follower in one.followers:
            if person == follower.person:
                return Concerned(ticket=one, person=follower.person, conversation=follower.conversation)
    return reporter_of(ticket)


def reach(work: UseCaseContext, concerned: Concerned) -> Reach:
    """As far as the desk knows, for whoever has to phone else."""
    if not concerned.conversation:
        return Reach.UNTOLD
    if work.uow.people.get(concerned.person).gone:
        return Reach.LEFT
    place = work.uow.conversations.get(_place(work, concerned))
    return Reach.BLOCKED if place is not None and place.blocked else Reach.TOLD


def _place(work: UseCaseContext, concerned: Concerned) -> str:
    """Where they said so, as long as they can be reached there; else where they last spoke with the desk."""
    place = work.uow.conversations.get(concerned.conversation)
    if place is None or not place.blocked:
        return concerned.conversation
    places = work.uow.conversations.private_of(concerned.person)
    return next((p.address for p in places if not p.blocked and p.active_at is not None), concerned.conversation)


def reporter(work: UseCaseContext, ticket: Ticket, template: str, /, **data: Any) -> None:
    """Tell whoever reported it; nobody where it was opened untold. `data` as of `UseCaseContext.say`."""
    tell(work, reporter_of(ticket), template, **data)


def tell(work: UseCaseContext, concerned: Concerned, template: str, /, **data: Any) -> None:
    """As `reporter`, anybody whom it concerns."""
    if concerned.conversation:
        ticket = concerned.ticket
        work.say(_place(work, concerned), template, ticket=ticket, title=work.desk.subject(ticket), **data)


def ended(work: UseCaseContext, ticket: Ticket) -> None:
    """Everybody but its reporter who was promised word of its end, each once: whose own ticket lives on in it hears it
    of that one, and who followed it."""
    told = {ticket.reporter} if notifies_reporter(ticket) else set()
    for part in merges.parts(work.uow, ticket):
        if part.reporter not in told and notifies_reporter(part):
            told.add(part.reporter)
            _ended_elsewhere(work, part, ticket)
    _followers(work, ticket, told)


def _ended_elsewhere(work: UseCaseContext, part: Ticket, ticket: Ticket) -> None:
    over = ticket.state is State.CANCELLED
    reporter(
        work,
        part,
        "update_merged_ended",
        buttons=[] if over else [Button("Hâlâ bozuk", f"still_broken:{part.id}")],
        slot=f"ended:{part.id}",
        fresh=True,
        other=ticket,
    )


def outage_over(work: UseCaseContext, ticket: Ticket, line: str = "") -> None:
    """Who followed it hears it once, whether the outage is declared over or the ticket ends first."""
    _followers(work, ticket, set(), line)


def _followers(work: UseCaseContext, ticket: Ticket, told: set[PersonId], line: str = "") -> None:
    cancelled = ticket.state is State.CANCELLED
    for one in (ticket, *merges.parts(work.uow, ticket)):
        waiting = [follower for follower in one.followers if follower.waits]
        for follower in waiting:
            if follower.person not in told:
                told.add(follower.person)
                concerned = whom_it_concerns(work, one, follower.person)
                tell(work, concerned, "outage_ended", cancelled=cancelled, line=line)
        if waiting:
            one.followers_told()
            work.uow.tickets.save(one)
