"""An emergency is heard by somebody: by whoever is next where its unit has nobody, and further up the longer it waits.

In working time it rings in its room, and further up the longer it waits. Outside, smoke is told at night, too, but to
those whose night it is, in private, until somebody says **Gördüm**:

| after  | who is rung                                                    |
|--------|----------------------------------------------------------------|
| 0 min  | the first nöbetçi; where nobody is on call, lead and director  |
| 5 min  | the first again                                                |
| 10 min | the second                                                     |
| 15 min | the lead                                                       |
| 25 min | the director                                                   |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain import rota
from handlers.domain.channels import EMBEDDED
from handlers.domain.errors import WrongState
from handlers.domain.idempotency import climbed
from handlers.domain.people import Person, Role, UnitId
from handlers.domain.rights import Action, may, require
from handlers.domain.states import Change, Priority, State
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import NoWorkingTimeError
from handlers.messages import Button
from handlers.tickets import cards, presence, timing

RINGS_EVERY = timedelta(minutes=10)
"""How long an emergency goes unclaimed before it rings again."""
MAX_CLIMBING = 50
"""Emergencies at one time."""
LEADS_AFTER, DIRECTORS_AFTER = timedelta(minutes=20), timedelta(minutes=30)
"""From when on it rings those in private, too, however loud their group is."""


FIRST_AGAIN, SECOND_AFTER, LEAD_AFTER, DIRECTOR_AFTER = 5, 10, 15, 25
"""Minutes after which it climbs, outside working time."""


class Night(StrEnum):
    """What a reporter is told who reports one outside working time."""

    ON_CALL = "on_call"
    NOBODY = "nobody"


def is_emergency(ticket: Ticket) -> bool:
    return ticket.priority is Priority.URGENT


def nobody_hears(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whether its card reaches no human at all: then its reporter is asked to phone."""
    return not _is_heard(work, ticket) and not _stand_ins(work, ticket)


def find_somebody(work: UseCaseContext, ticket: Ticket) -> None:
    """The card, loud, to whoever is next, where nobody of its unit gets it."""
    if is_emergency(ticket) and climb(work, ticket):
        return
    if not _is_heard(work, ticket):
        for address in _stand_ins(work, ticket):
            cards.show(work, ticket, address, fresh=True, rings=True)


def ring_again(work: UseCaseContext, ticket: Ticket) -> None:
    """It is still unclaimed: in its room with the button that ends the ringing; to lead and director with its card."""
    night = outside_hours(work, ticket.unit)
    if night and was_seen(work, ticket):
        return
    waits = work.now - (ticket.changed_at or ticket.opened_at)
    private = [*_further_up(work, ticket, waits), *([] if _is_heard(work, ticket) else _stand_ins(work, ticket))]
    rooms = [address for address in cards.work_places(work, ticket) if address not in private]
    quiet = night and bool(_on_call(work, ticket))  # it is the nöbetçi's night alone
    for address in rooms:
        _ring(work, ticket, address, rings=not quiet)
    for address in dict.fromkeys(private):
        _ring(work, ticket, address, seen=night)
        cards.show(work, ticket, address, fresh=True, rings=False)


def _ring(work: UseCaseContext, ticket: Ticket, address: str, *, seen: bool = False, rings: bool = True) -> None:
    """`seen`: with Gördüm, which ends the climbing."""
    buttons = _bell_buttons(ticket, seen=seen)
    work.say(
        address,
        "work_unclaimed_urgent",
        buttons=cards.offered_there(work, ticket, address, buttons),
        slot=cards.bell(ticket),
        fresh=True,
        rings=rings,
        ticket=ticket,
        title=work.desk.subject(ticket),
        reporter=work.uow.people.get(ticket.reporter),
    )


def _bell_buttons(ticket: Ticket, *, seen: bool) -> list[Button]:
    """None once somebody has it."""
    if ticket.state is not State.OPEN:
        return []
    return [Button("Üstlen", f"claim:{ticket.id}"), *([Button("Gördüm", f"seen:{ticket.id}")] if seen else [])]


def ring_of_more(acting: Acting, ticket: Ticket, text: str) -> bool:
    """Its reporter wrote that it goes on: whoever holds it and the leads are rung in private, at night whose night it
    is; while nobody has it, its rooms too, at night in silence where somebody is on call. Where that reaches nobody,
    whoever of the unit can be written to, else who stands in. Whether anybody was rung."""
    night = outside_hours(acting, ticket.unit)
    private, quiet = _rung_of_more(acting, ticket, night=night)
    in_group = bool(_groups(acting, ticket.unit)) and not ticket.restricted
    rooms = cards.work_places(acting, ticket) if ticket.holder is None or not private else []
    if not private and not in_group:
        private = _places_of(acting, ticket, presence.workers_of(acting, ticket.unit)) or _stand_ins(acting, ticket)
    if night and ticket.state is State.OPEN:
        _climb_anew(acting, ticket)
    _tell_of_more(acting, ticket, text, [room for room in rooms if room not in private], seen=False, rings=not quiet)
    _tell_of_more(acting, ticket, text, private, seen=night, rings=True)
    return bool(private) or in_group


def _rung_of_more(work: UseCaseContext, ticket: Ticket, *, night: bool) -> tuple[Sequence[str], bool]:
    """Where, in private; and whether the night is somebody's, so that the rooms sleep."""
    holder = [] if ticket.holder is None else presence.at_work(work, [work.uow.people.get(ticket.holder)])
    called = _places_of(work, ticket, _on_call(work, ticket)) if night else []
    if called:
        leaders: Sequence[Person] = []
    elif night:
        leaders = [*presence.leads_of(work, ticket.unit), *presence.directors_of(work)]
    else:
        leaders = presence.leaders_at_work(work, ticket.unit)
    places = [*_places_of(work, ticket, holder), *called, *_places_of(work, ticket, leaders)]
    return list(dict.fromkeys(places)), bool(called)


def _tell_of_more(
    work: UseCaseContext, ticket: Ticket, text: str, places: Sequence[str], *, seen: bool, rings: bool
) -> None:
    for address in places:
        work.say(
            address,
            "work_emergency_goes_on",
            buttons=cards.offered_there(work, ticket, address, _bell_buttons(ticket, seen=seen)),
            slot=cards.bell(ticket),
            fresh=True,
            rings=rings,
            ticket=ticket,
            title=work.desk.subject(ticket),
            reporter=work.uow.people.get(ticket.reporter),
            holder=work.uow.people.get(ticket.holder) if ticket.holder else None,
            text=text,
        )


def _climb_anew(acting: Acting, ticket: Ticket) -> None:
    """What was seen goes on: Gördüm counts no more. The first step is this ringing."""
    if not was_seen(acting, ticket):
        return
    ticket.log(Change.CONTINUED, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    acting.uow.once.first(climbed(ticket.id, len(timing.history_of(acting, ticket)), 0), acting.now)


def _groups(work: UseCaseContext, unit: UnitId) -> Sequence[str]:
    """The unit's groups on a platform, which ring somebody's telephone."""
    rooms = work.uow.conversations.rooms(unit)
    return [room.address for room in rooms if not room.blocked and room.channel not in EMBEDDED]


def _is_heard(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whether somebody of its unit gets it: in the group of a platform, or as one who can be written to."""
    if ticket.restricted:
        leaders = [*presence.leads_of(work, ticket.unit), *presence.directors_of(work)]
        return bool(_places_of(work, ticket, leaders))
    workers = presence.workers_of(work, ticket.unit)
    return bool(_groups(work, ticket.unit) or _places_of(work, ticket, workers))


def _stand_ins(work: UseCaseContext, ticket: Ticket) -> Sequence[str]:
    """In private: the directors, else the administrators, who may read it."""
    for role in (Role.DIRECTOR, Role.ADMIN):
        if places := _places_of(work, ticket, work.uow.people.in_role(role)):
            return places
    return []


def _further_up(work: UseCaseContext, ticket: Ticket, waits: timedelta) -> Sequence[str]:
    people: list[Person] = []
    if outside_hours(work, ticket.unit):
        return []  # then it climbs by steps of its own
    if waits >= LEADS_AFTER:
        people += presence.leaders_at_work(work, ticket.unit)
    if waits >= DIRECTORS_AFTER:
        people += presence.directors_of(work)
    return _places_of(work, ticket, people)


# --- outside working time -------------------------------------------------------------------------
def outside_hours(work: UseCaseContext, unit: UnitId) -> bool:
    """Before the first hour of work of a day, after the last, on a day off; a pause is none of it."""
    time = work.working_time(unit)
    windows = time.windows(time.local_date(work.now))
    clock = work.now.astimezone(time.zone).time()
    return not windows or not windows[0][0] <= clock < windows[-1][1]


def night(work: UseCaseContext, ticket: Ticket) -> Night | None:
    """For its reporter. None in working time, and for what is no emergency."""
    if not is_emergency(ticket) or not outside_hours(work, ticket.unit):
        return None
    return Night.ON_CALL if _on_call(work, ticket) else Night.NOBODY


def opens_at(work: UseCaseContext, ticket: Ticket) -> datetime | None:
    """When somebody is there again; None: the calendar leaves no working time."""
    try:
        return work.working_time(ticket.unit).next_opening(work.now)
    except NoWorkingTimeError:
        return None


def climb_all(work: UseCaseContext) -> None:
    """Every minute: those that nobody took."""
    for ticket in work.uow.tickets.unclaimed_since({Priority.URGENT: work.now}, MAX_CLIMBING):
        climb(work, ticket)


def climb(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whoever is due by now is rung, each step once; whether anybody was. Nothing in working time, and once somebody
    saw it."""
    if not outside_hours(work, ticket.unit) or was_seen(work, ticket):
        return False
    rung = False
    waits = work.now - _goes_on_since(work, ticket)
    line = len(timing.history_of(work, ticket))
    for minutes, people in _steps(work, ticket):
        if waits >= timedelta(minutes=minutes) and work.uow.once.first(climbed(ticket.id, line, minutes), work.now):
            for address in dict.fromkeys(_places_of(work, ticket, people)):
                cards.show(work, ticket, address, fresh=True, rings=False)
                _ring(work, ticket, address, seen=True)
                rung = True
    return rung


def _steps(work: UseCaseContext, ticket: Ticket) -> Sequence[tuple[int, Sequence[Person]]]:
    called = _on_call(work, ticket)
    leads, directors = presence.leads_of(work, ticket.unit), presence.directors_of(work)
    if not called:
        return ((0, [*leads, *directors]), (LEAD_AFTER, leads), (DIRECTOR_AFTER, directors))
    first, second = called[:1], called[1:]
    return ((0, first), (FIRST_AGAIN, first), (SECOND_AFTER, second), (LEAD_AFTER, leads), (DIRECTOR_AFTER, directors))


def _on_call(work: UseCaseContext, ticket: Ticket) -> Sequence[Person]:
    duties = rota.on_duty(work.uow.rota.between(work.now, work.now), ticket.unit, work.now)
    people = [work.uow.people.get(one.person) for one in duties]
    return [one for one in presence.at_work(work, people) if not one.gone and may(one, Action.READ, ticket)]


def was_seen(work: UseCaseContext, ticket: Ticket) -> bool:
    """Gördüm, since it last moved, and since its reporter last wrote that it goes on."""
    for event in reversed(timing.history_of(work, ticket)):
        if event.what is Change.SEEN:
            return True
        if event.what.moves or event.what is Change.CONTINUED:
            return False
    return False


def _goes_on_since(work: UseCaseContext, ticket: Ticket) -> datetime:
    """From when on it climbs."""
    last = ticket.changed_at or ticket.opened_at
    return max([last, *(event.at for event in timing.history_of(work, ticket) if event.what is Change.CONTINUED)])


def see(acting: Acting, ticket: Ticket) -> Effect:
    """Gördüm: it climbs no further, and is still nobody's. Raises NotFound, NotAllowed, WrongState where it ended."""
    require(acting.person, Action.NOTE, ticket)
    if not ticket.state.active:
        raise WrongState(ticket.number, ticket.state, "see")
    if ticket.state is not State.OPEN or was_seen(acting, ticket):
        return Effect.NONE
    ticket.log(Change.SEEN, by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    for address in acting.uow.messages.standing_in(cards.bell(ticket)):
        acting.uow.messages.disable_buttons(address, cards.bell(ticket))
    cards.refresh(acting, ticket)
    return Effect.CHANGED


def _places_of(work: UseCaseContext, ticket: Ticket, people: Iterable[Person]) -> Sequence[str]:
    """Nobody who is away: they are not rung, and do not count as somebody who hears it."""
    readers = (person for person in presence.at_work(work, people) if may(person, Action.READ, ticket))
    return [address for person in readers for address in cards.private_addresses_of(work, person)]
