"""An outage: declared on a ticket, which is its head; followed by whoever has the same; over with one message to all.

`handlers.tickets.outage_news` tells those who have it, `handlers.tickets.outage_closing` closes their tickets together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.outages import Cause, JoinedTicket, Outage
from handlers.domain.people import PersonId
from handlers.domain.rights import Action, require
from handlers.domain.systems import System, SystemState
from handlers.domain.ticket import Ticket
from handlers.ports import UnitOfWork
from handlers.tickets import cards, merges, notifications, outage_news, systems

LOOKED_BACK = timedelta(hours=2)
"""What was reported of the system within this time before it was declared, or since the head, is of the outage."""
MAX_JOINED = 500


def declare(
    acting: Acting, ticket: Ticket, *, apart: bool = False, also: Sequence[Ticket] = (), of: System | None = None
) -> Effect:
    """Bilinen kesinti: that ticket is its head, the others of the system that came lately are of it too. Whoever
    reports it from now on may follow it instead of opening another ticket; who is just reporting it is asked whether it
    is that. `also`: tickets that are of it, whatever their subject; `of`: its system, where no subject says it.

    Nothing for a ticket that has ended, or is a head already. Raises Invalid(`outage_restricted`), and
    Invalid(`outage_open`) where its system has one, unless it is meant to stand `apart`.
    """
    require(acting.person, Action.DECLARE_OUTAGE, ticket)
    if not ticket.restricted and (ticket.outage or not ticket.state.active):
        return Effect.NONE
    system = of or systems.of_category(acting, ticket.category)
    require_declarable(acting, ticket, system, apart=apart)
    same = _of_the_same(acting, ticket, system, also)
    ticket.outage = True
    acting.uow.tickets.save(ticket)
    outage = acting.uow.outages.add(
        Outage(
            system=system.id if system else None,
            ticket=ticket.id,
            since=min(one.opened_at for one in (ticket, *same)),
            declared_at=acting.now,
            declared_by=acting.person.id,
            heard_at=acting.now,
            tickets=tuple(JoinedTicket(ticket=one.id) for one in same),
        )
    )
    cards.refresh(acting, ticket)
    outage_news.tell_known(acting, outage, [ticket, *same])
    outage_news.ask_drafts(acting, outage, categories_of(acting, outage))
    return Effect.CHANGED


def require_declarable(acting: Acting, ticket: Ticket, system: System | None = None, *, apart: bool = False) -> None:
    """Raises Invalid(`outage_restricted`, `outage_open`)."""
    if ticket.restricted:
        raise Invalid("outage_restricted")
    system = system or systems.of_category(acting, ticket.category)
    other = None if apart or system is None else of_system(acting, system)
    if system is not None and other is not None:
        raise Invalid("outage_open", title=system.title, number=head(acting.uow, other).number, outage=other.id)


def _of_the_same(acting: Acting, ticket: Ticket, system: System | None, also: Sequence[Ticket]) -> list[Ticket]:
    """Tickets of no other outage that came lately."""
    categories = system.categories if system else (ticket.category,) if ticket.category else ()
    since = min(ticket.opened_at, acting.now - LOOKED_BACK)
    taken = {one.ticket for other in acting.uow.outages.open() for one in other.tickets}
    found = [one for one in also if one.state.active]
    for category in categories:
        known = acting.desk.category(category)
        unit = ticket.unit if category == ticket.category or known is None else known.unit
        found += [
            one for one in acting.uow.tickets.active_in(unit, category, limit=MAX_JOINED) if one.opened_at >= since
        ]
    others = {one.id: one for one in found if one.id != ticket.id and one.id not in taken}
    return [one for one in others.values() if not one.restricted and not one.outage]


def categories_of(work: UseCaseContext, outage: Outage) -> Sequence[str]:
    """Subjects of which a report may be of it."""
    own, system = head(work.uow, outage).category, systems.find(work, outage.system)
    return [*dict.fromkeys([*([own] if own else []), *(system.categories if system else ())])]


def covering(work: UseCaseContext, category: str | None) -> Outage | None:
    """The open one of which a report of that subject may be."""
    if category is None:
        return None
    return next((one for one in work.uow.outages.open() if category in categories_of(work, one)), None)


def of_system(work: UseCaseContext, system: System) -> Outage | None:
    """The open one, of several the oldest."""
    return next((one for one in work.uow.outages.open() if one.system == system.id), None)


def head(uow: UnitOfWork, outage: Outage) -> Ticket:
    return uow.tickets.get(outage.ticket)


def join(acting: Acting, ticket: Ticket, outage: Outage) -> Effect:
    """Ona ekle: the ticket of somebody who has the same; its reporter hears what the others hear. Nothing for one that
    is of it already. Raises Invalid(`outage_over`, `outage_restricted`)."""
    require(acting.person, Action.DECLARE_OUTAGE, ticket)
    if ticket.restricted:
        raise Invalid("outage_restricted")
    if not outage.is_open or not ticket.state.active:
        raise Invalid("outage_over", ended_at=outage.ended_at)
    joined = outage.with_ticket(ticket.id)
    if joined == outage or ticket.outage:
        return Effect.NONE
    acting.uow.outages.save(joined)
    outage_news.tell_known(acting, joined, [ticket])
    return Effect.CHANGED


def follow(acting: Acting, ticket: Ticket, conversation: str) -> Effect:
    """Ben de yaşıyorum: no ticket of one's own, but word in that conversation when it is over. Nothing for whoever is
    concerned by it already, from whatever account.

    Open to everybody while the outage is declared. Raises Invalid(`outage_over`).
    """
    if not ticket.outage or not ticket.state.active:
        last = acting.uow.outages.latest_of_head(ticket.id)
        raise Invalid("outage_over", ended_at=last.ended_at if last else None)
    if is_known_to_concern(acting.uow, acting.person.id, ticket):
        return Effect.NONE
    ticket.follow(by=acting.person.id, conversation=conversation, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def is_known_to_concern(uow: UnitOfWork, person: PersonId, ticket: Ticket) -> bool:
    """Whether they reported it, or something that lives on in it or is of its outage, or wait for word already."""
    together = (ticket, *merges.parts(uow, ticket))
    if any(person == one.reporter or one.owes_word_to(person) for one in together):
        return True
    outage = uow.outages.of_head(ticket.id) if ticket.outage else None
    return outage is not None and any(one.reporter == person for one in outage_news.joined(uow, outage))


def set_state(acting: Acting, outage: Outage, state: SystemState) -> Effect:
    """Yavaş, Kısmen çalışmıyor, Çalışmıyor: how much of the system is lost."""
    require(acting.person, Action.DECLARE_OUTAGE, head(acting.uow, outage))
    if not outage.is_open or outage.state is state:
        return Effect.NONE
    acting.uow.outages.save(replace(outage, state=state))
    return Effect.CHANGED


# --- its end --------------------------------------------------------------------------------------
def end(acting: Acting, ticket: Ticket, cause: Cause = Cause.UNKNOWN, line: str = "") -> Effect:
    """Kesinti bitti: who follows it hears so, with that line; whose own ticket is of it hears when that is closed."""
    require(acting.person, Action.DECLARE_OUTAGE, ticket)
    outage = acting.uow.outages.of_head(ticket.id)
    if outage is None:
        return Effect.NONE
    if line:
        outage = outage_news.with_line(acting, outage, line)
    acting.uow.outages.save(outage.end(by=acting.person.id, at=acting.now, cause=cause))
    ticket.outage = False
    acting.uow.tickets.save(ticket)
    notifications.outage_over(acting, ticket, line)
    outage_news.announce_end(acting, outage)
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def head_ended(acting: Acting, ticket: Ticket) -> None:
    """The head is done or cancelled: so is the outage. The ticket is not saved here."""
    outage = acting.uow.outages.of_head(ticket.id) if ticket.outage else None
    ticket.outage = False
    if outage is not None:
        acting.uow.outages.save(outage.end(by=acting.person.id, at=acting.now))
        outage_news.announce_end(acting, outage)


def head_moved(acting: Acting, ticket: Ticket, other: Ticket) -> None:
    """The head was merged into another ticket, which is the head from now on; two outages that meet so are one. Neither
    ticket is saved here."""
    outage = acting.uow.outages.of_head(ticket.id) if ticket.outage else None
    ticket.outage = False
    if outage is None:
        return
    there = acting.uow.outages.of_head(other.id)
    if other.restricted or there is not None:
        acting.uow.outages.save(outage.end(by=acting.person.id, at=acting.now))
    if there is not None:
        for one in outage.tickets:
            there = there.with_ticket(one.ticket)
        acting.uow.outages.save(there)
    elif not other.restricted:
        other.outage = True
        rest = tuple(one for one in outage.tickets if one.ticket != other.id)
        acting.uow.outages.save(replace(outage, ticket=other.id, tickets=rest))


def end_unseen(work: UseCaseContext, ticket: Ticket) -> None:
    """Its head turned out to be a security matter: nobody is told."""
    outage = work.uow.outages.of_head(ticket.id)
    if outage is not None:
        work.uow.outages.save(outage.end(by=None, at=work.now))


def with_those_beside(uow: UnitOfWork, outage: Outage) -> Sequence[PersonId]:
    """Everybody who has it, each once."""
    first = head(uow, outage)
    tickets = (first, *outage_news.joined(uow, outage))
    people = {one.reporter for one in tickets}
    return sorted(people.union(*(merges.people_beside(uow, one) for one in tickets)))
