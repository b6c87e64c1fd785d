"""Handing devices over: to a person, a common area or somebody outside; and a devir, from one person to another.

Nothing moves before it is confirmed (`confirming`). Of two who hand one over at once the second hears of the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.devices import access, depot_orders, handover_news, handover_texts, recording
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device, DeviceId, Ending
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.handovers import (
    MAX_LETTERS,
    SWAP_KEPT,
    Direction,
    Handover,
    HandoverId,
    HandoverLine,
    HandoverPlan,
    HandoverState,
    require_lines,
)
from handlers.domain.numbers import Series
from handlers.domain.people import PersonId
from handlers.domain.security_matters import NONE
from handlers.domain.ticket import TicketId
from handlers.people.officers import today_of
from knowledge.language.folding import one_line

JUST_NOW = timedelta(hours=1)
_LOOKED_THROUGH = 20
LONGEST_OUTSIDE = timedelta(days=366)


def make(
    acting: Acting,
    devices: Sequence[DeviceId],
    receiver: PersonId,
    *,
    common: bool = False,
    stands_at: str = "",
    accessories: Mapping[DeviceId, str] | None = None,
    ticket: TicketId | None = None,
) -> Handover:
    """To be confirmed by the receiver; of a common area (`common`, where it is: `stands_at`) by its keeper. No custody
    changes yet.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_held`, `handover_under_way`, `handover_order_missing`,
    `handover_order_unsigned`, `handover_receiver_left`) and as `require_lines` and `untouched`.
    """
    lines = _leaving(acting, devices, receiver, accessories or {})
    place = one_line(stands_at)[:MAX_LETTERS] if common else ""
    return add(acting, Direction.GIVE, lines, receiver=receiver, common=common, stands_at=place, ticket=ticket)


def make_outside(
    acting: Acting,
    devices: Sequence[DeviceId],
    outside: str,
    due_back: date,
    *,
    accessories: Mapping[DeviceId, str] | None = None,
    ticket: TicketId | None = None,
) -> Handover:
    """To somebody who is no official of the house, or to a firm (m.23/7): they sign paper, and whoever hands it over
    answers for its coming back. Raises as `make`, and Invalid(`handover_outside_who`, `handover_due_back`)."""
    who = one_line(outside)[:MAX_LETTERS]
    if not who:
        raise Invalid("handover_outside_who")
    today = today_of(acting)
    if not today <= due_back <= today + LONGEST_OUTSIDE:
        raise Invalid("handover_due_back", days=LONGEST_OUTSIDE.days)
    lines = _leaving(acting, devices, acting.person.id, accessories or {}, who)
    about = {"receiver": acting.person.id, "outside": who, "due_back": due_back, "ticket": ticket}
    return add(acting, Direction.GIVE, lines, **about)  # type: ignore[arg-type] # fields of a handover


def make_as(acting: Acting, plan: HandoverPlan) -> Handover:
    """For the ticket that it is about, if there is one. Raises as `make` and `make_outside`."""
    ticket = ticket_behind(acting, plan)
    if plan.receiver is None:
        due = plan.due_back or today_of(acting)
        return make_outside(acting, plan.devices, plan.outside, due, accessories=plan.with_them(), ticket=ticket)
    return make(
        acting,
        plan.devices,
        plan.receiver,
        common=plan.common,
        stands_at=plan.stands_at,
        accessories=plan.with_them(),
        ticket=ticket,
    )


def ticket_behind(acting: Acting, plan: HandoverPlan) -> TicketId | None:
    """The newest open ticket of the receiver that is surely about one of the devices; no security matter."""
    for key in acting.uow.ticket_devices.tickets(plan.devices, _LOOKED_THROUGH, NONE):
        ticket = acting.uow.tickets.get(key)
        if ticket.state.active and ticket.reporter == plan.receiver:
            return ticket.id
    return None


def swap(acting: Acting, devices: Sequence[DeviceId], receiver: PersonId) -> Handover:
    """Devir: from whoever holds them to another; both confirm within seven days, or nothing moves. Whoever holds them
    may begin it.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_under_way`, `handover_not_one_holder`, `handover_oneself`,
    `handover_receiver_left`) and as `require_lines` and `untouched`.
    """
    require_lines(devices)
    found = [untouched(acting, key) for key in devices]
    holders = {one.custody.holder for one in found}
    giver = next(iter(holders))
    if len(holders) != 1 or giver is None:
        raise Invalid("handover_not_one_holder")
    if giver != acting.person.id:
        access.require(acting, DeviceAction.HAND_OVER)
    if giver == receiver:
        raise Invalid("handover_oneself", number=found[0].number)
    depot_orders.require_here(acting, receiver)
    lines = [HandoverLine(device=key) for key in devices]
    return add(acting, Direction.SWAP, lines, giver=giver, receiver=receiver)


def cancel(acting: Acting, key: HandoverId) -> bool:
    """It is not handed over after all. False where it is over. Whoever made it may, and who moves custody. Raises
    NotAllowed, NotFound, Stale."""
    one = acting.uow.handovers.get(key)
    if not may_cancel(acting, one):
        raise NotAllowed("cancel_handover", acting.person.handle)
    if not one.is_open:
        return False
    acting.uow.handovers.save(replace(one, state=HandoverState.CANCELLED, ended_at=acting.now))
    return True


def may_cancel(acting: Acting, one: Handover) -> bool:
    return one.made_by == acting.person.id or access.may(acting, DeviceAction.CHANGE_CUSTODY)


def lapse(work: UseCaseContext) -> Sequence[Handover]:
    """A tick: each devir that one side left unconfirmed for seven days. Nothing moved, and nothing will; both hear of
    it."""
    return [_lapsed(work, one) for one in work.uow.handovers.swaps_before(work.now - SWAP_KEPT)]


def _lapsed(work: UseCaseContext, one: Handover) -> Handover:
    ended = work.uow.handovers.save(replace(one, state=HandoverState.LAPSED, ended_at=work.now))
    handover_news.tell_lapsed(work, ended)
    return ended


# --- what the others of these stand on ----------------------------------------------------------------
def add(
    acting: Acting,
    direction: Direction,
    lines: Sequence[HandoverLine],
    *,
    giver: PersonId | None = None,
    receiver: PersonId | None = None,
    common: bool = False,
    stands_at: str = "",
    outside: str = "",
    due_back: date | None = None,
    ticket: TicketId | None = None,
    done: bool = False,
) -> Handover:
    """With its number and its text. `done`: nobody confirms it."""
    made = Handover(
        number=acting.uow.counters.next(Series.HANDOVER, today_of(acting).year),
        direction=direction,
        giver=giver,
        receiver=receiver,
        common=common,
        stands_at=stands_at,
        outside=outside,
        due_back=due_back,
        lines=tuple(lines),
        ticket=ticket,
        text="",
        made_by=acting.person.id,
        made_at=acting.now,
        state=HandoverState.CONFIRMED if done else HandoverState.WAITING,
        ended_at=acting.now if done else None,
    )
    return acting.uow.handovers.add(replace(made, text=handover_texts.written(acting, made)))


def untouched(acting: Acting, key: DeviceId) -> Device:
    """No other handover of it waits, and it is not lost. Raises Invalid(`handover_under_way`, `device_lost`) and as
    `recording.changeable`."""
    device = recording.changeable(acting, key)
    if device.ending is Ending.LOST:
        raise Invalid("device_lost", number=device.number)
    other = acting.uow.handovers.open_of(key)
    if other is not None and other.lapsed_at(acting.now):
        _lapsed(acting, other)
        other = None
    if other is not None:
        who, just = acting.uow.people.get(other.made_by), acting.now - other.made_at < JUST_NOW
        day = acting.working_time().local_date(other.made_at)
        about = {"who": who.short_name, "handover": other.number, "just": just, "day": day}
        raise Invalid("handover_under_way", number=device.number, **about)
    return device


def require_nobodys(acting: Acting, device: Device) -> None:
    """Raises Invalid(`handover_held`)."""
    if device.custody.holder is not None:
        holder = acting.uow.people.get(device.custody.holder)
        raise Invalid("handover_held", number=device.number, who=holder.name or holder.handle)


def _leaving(
    acting: Acting,
    devices: Sequence[DeviceId],
    receiver: PersonId,
    accessories: Mapping[DeviceId, str],
    outside: str = "",
) -> list[HandoverLine]:
    """Each free to go, with the order by which it leaves the depot."""
    access.require(acting, DeviceAction.HAND_OVER)
    require_lines(devices)
    depot_orders.require_here(acting, receiver)
    found = [untouched(acting, key) for key in devices]
    for device in found:
        require_nobodys(acting, device)
    depot_orders.cover(acting, found, receiver, outside)
    return [
        HandoverLine(
            device=device.id,
            accessories=one_line(accessories.get(device.id, ""))[:MAX_LETTERS],
            order=depot_orders.leaving(acting, device, receiver, outside),
        )
        for device in found
    ]
