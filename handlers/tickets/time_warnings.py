"""Who is warned of a target that comes near or is past: once for each, in working time only, joined for each reader.

| when                         | who hears                |
|------------------------------|--------------------------|
| the claim is late            | the leads of the unit    |
| a quarter of the time is left | the holder              |
| the solving is late          | the holder and the leads |

That nobody has claimed it yet rings in the unit's room (`handlers.tickets.reminders`).
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import UseCaseContext
from handlers.domain.idempotency import warned_of_time
from handlers.domain.people import Person, Role
from handlers.domain.ticket import Ticket
from handlers.domain.time_rules import timing_of
from handlers.tickets import cards, timing
from handlers.tickets.timing import TimeWarning

MAX_LISTED = 10
"""Tickets named in one warning; of the rest it says how many they are."""


def warn(work: UseCaseContext) -> None:
    """Of everything that is due by now, wherever its unit works now; what is left over waits until it does."""
    owed: dict[tuple[str, TimeWarning], list[Ticket]] = {}
    for ticket in work.uow.timings.to_warn(work.now):
        counted = timing.countdowns(work, ticket)
        time = work.working_time(ticket.unit)
        if not time.is_working_at(work.now):
            lines = len(work.uow.tickets.history(ticket.id))
            work.uow.timings.keep(ticket.id, timing_of(counted, lines), time.next_opening(work.now))
            continue
        due = [(what, line) for what, at, line in timing.warnings(ticket, counted) if at <= work.now]
        news = [what for what, line in due if work.uow.once.first(warned_of_time(ticket.id, what, line), work.now)]
        timing.keep(work, ticket, since=work.now)
        if news:
            cards.refresh(work, ticket)
            for address in _who_hears(work, ticket, news[-1]):
                owed.setdefault((address, news[-1]), []).append(ticket)
    for (address, what), tickets in owed.items():
        _tell(work, address, what, tickets)


def _who_hears(work: UseCaseContext, ticket: Ticket, what: TimeWarning) -> Sequence[str]:
    people: list[Person] = []
    if ticket.holder is not None and what is not TimeWarning.CLAIM_LATE:
        people.append(work.uow.people.get(ticket.holder))
    if what is not TimeWarning.SOLVE_NEAR:
        people += work.uow.people.in_role(Role.LEAD, ticket.unit)
    places = [address for person in people for address in cards.private_addresses_of(work, person)]
    return list(dict.fromkeys(places))


def _tell(work: UseCaseContext, address: str, what: TimeWarning, tickets: Sequence[Ticket]) -> None:
    if len(tickets) > 1:
        work.say(address, "warn_many", warning=what.value, tickets=tickets[:MAX_LISTED], count=len(tickets))
        return
    (ticket,) = tickets
    holder = None if ticket.holder is None else work.uow.people.get(ticket.holder)
    work.say(
        address,
        "warn_one",
        ticket=ticket,
        warning=what.value,
        title=work.desk.title(ticket.category),
        holder=holder,
        standing=timing.standing(work, ticket),
    )
    cards.show(work, ticket, address, fresh=True)
