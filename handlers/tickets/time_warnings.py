"""Who is warned of a target that comes near or is past: once for each, in working time only, joined for each reader.

| when                         | who hears                |
|------------------------------|--------------------------|
| the claim is late            | the leads of the unit    |
| a quarter of the time is left | the holder              |
| the solving is late          | the holder and the leads |
| a wait is to be looked at    | the holder; put off for the third time, the leads too |
| its reporter was promised today | the holder            |
| its reporter expects somebody in a quarter of an hour | the holder |
| the promised day is over     | the holder and the leads |

Where the holder is away the leads hear what the holder would; where all leads are, the director.

That nobody has claimed it yet rings in the unit's room (`handlers.tickets.reminders`).
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.context import UseCaseContext
from handlers.domain.follow_ups import TOO_OFTEN, follow_up
from handlers.domain.idempotency import warned_of_time
from handlers.domain.people import Person
from handlers.domain.states import TicketEvent
from handlers.domain.ticket import Ticket
from handlers.domain.time_rules import timing_of
from handlers.messages import Button
from handlers.tickets import cards, presence, timing, visits
from handlers.tickets.timing import TimeWarning

_OF_THE_LEADS = (TimeWarning.CLAIM_LATE, TimeWarning.SOLVE_LATE, TimeWarning.PROMISE_LATE)
MAX_LISTED = 10
"""Tickets named in one warning; of the rest it says how many they are."""


def warn(work: UseCaseContext) -> None:
    """Of everything that is due by now, wherever its unit works now; what is left over waits until it does."""
    owed: dict[tuple[str, TimeWarning], list[Ticket]] = {}
    for ticket in work.uow.timings.to_warn(work.now):
        history = work.uow.tickets.history(ticket.id)
        counted = work.time_rules.countdowns(ticket, history)
        time = work.working_time(ticket.unit)
        if not time.is_working_at(work.now):
            work.uow.timings.keep(ticket.id, timing_of(counted, len(history)), time.next_opening(work.now))
            continue
        ahead = timing.warnings(work, ticket, history, counted)
        due = [(what, line) for what, at, line in ahead if at <= work.now]
        news = [what for what, line in due if work.uow.once.first(warned_of_time(ticket.id, what, line), work.now)]
        if TimeWarning.VISIT_NOW in news:
            visits.begin(work, ticket, visits.of(work, ticket).agreed or work.now)
        timing.keep(work, ticket, since=work.now)
        told = [what for what in news if what is not TimeWarning.VISIT_NOW]
        if news and not told:
            cards.refresh(work, ticket)
        if told:
            cards.refresh(work, ticket)
            for address in _who_hears(work, ticket, told[-1], history):
                owed.setdefault((address, told[-1]), []).append(ticket)
    for (address, what), tickets in owed.items():
        _tell(work, address, what, tickets)


def _who_hears(
    work: UseCaseContext, ticket: Ticket, what: TimeWarning, history: Sequence[TicketEvent]
) -> Sequence[str]:
    people: list[Person] = []
    if ticket.holder is not None and what is not TimeWarning.CLAIM_LATE:
        people.append(work.uow.people.get(ticket.holder))
    again = follow_up(ticket.state, history, work.working_time(ticket.unit))
    too_often = again is not None and again.postponed >= TOO_OFTEN
    people += presence.leaders_instead(work, ticket)
    if what in _OF_THE_LEADS or (what is TimeWarning.FOLLOW_UP and too_often):
        people += presence.leaders_at_work(work, ticket.unit)
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
        buttons=_choices(work, ticket, what, address),
        ticket=ticket,
        warning=what.value,
        title=work.desk.subject(ticket),
        holder=holder,
        standing=timing.standing(work, ticket),
        visit=visits.of(work, ticket),
        reporter=work.uow.people.get(ticket.reporter),
    )
    cards.show(work, ticket, address, fresh=True)


def _choices(work: UseCaseContext, ticket: Ticket, what: TimeWarning, address: str) -> Sequence[Button]:
    """Of those that this reader may press."""
    if what is TimeWarning.FOLLOW_UP:
        return (
            Button("Devam et", f"resume:{ticket.id}"),
            Button("2 gün daha", f"look_again:{ticket.id}:2"),
            Button("1 hafta daha", f"look_again:{ticket.id}:5"),
        )
    if what is TimeWarning.VISIT_SOON:
        return (Button("Yoldayım", f"set_off:{ticket.id}"), Button("Kapalıydı", f"closed:{ticket.id}"))
    if what is TimeWarning.CLAIM_LATE or ticket.holder is None:
        return ()
    hold = [Button("Beklet", f"menu:{ticket.id}:wait")] if what is TimeWarning.SOLVE_NEAR else []
    choices = [*hold, Button("Yardım iste", f"ask_for_help:{ticket.id}"), Button("Söz ver", f"promise:{ticket.id}")]
    return cards.offered_there(work, ticket, address, choices)
