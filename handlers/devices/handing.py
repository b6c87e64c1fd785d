"""Handing devices over: made, confirmed by whoever receives them, and only then in their custody; a devir, which both
confirm or nothing moves; and taking back.

Of two who hand one over at once the second hears of the first. A line that is wrong falls out, and the rest is
confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers import device_names
from handlers.context import Acting, UseCaseContext
from handlers.devices import access, depot_orders, handover_news, history, recording
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Custody, CustodyKind, Device, DeviceId
from handlers.domain.errors import Invalid, NotAllowed
from handlers.domain.handovers import (
    MAX_LETTERS,
    SWAP_KEPT,
    Direction,
    Handover,
    HandoverId,
    HandoverLine,
    HandoverState,
    How,
    OrderId,
    Problem,
    Returned,
    require_lines,
)
from handlers.domain.numbers import Number, Series
from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId
from handlers.people.officers import today_of
from knowledge.device_kinds import kind_title
from knowledge.language.folding import one_line


def make(
    acting: Acting,
    devices: Sequence[DeviceId],
    receiver: PersonId,
    *,
    common: bool = False,
    accessories: Mapping[DeviceId, str] | None = None,
    ticket: TicketId | None = None,
) -> Handover:
    """To be confirmed by the receiver; of a common area (`common`) by its keeper. No custody changes yet.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_held`, `handover_under_way`, `handover_order_missing`,
    `handover_receiver_left`) and as `require_lines` and `recording.changeable`.
    """
    access.require(acting, DeviceAction.HAND_OVER)
    require_lines(devices)
    depot_orders.require_here(acting, receiver)
    with_them = accessories or {}
    lines = []
    for key in devices:
        device = _free(acting, key)
        order = _leaving(acting, device, receiver)
        said = one_line(with_them.get(key, ""))[:MAX_LETTERS]
        lines.append(HandoverLine(device=key, accessories=said, order=order))
    return _add(acting, Direction.GIVE, lines, receiver=receiver, common=common, ticket=ticket)


def swap(acting: Acting, devices: Sequence[DeviceId], receiver: PersonId) -> Handover:
    """Devir: from whoever holds them to another; both confirm within seven days, or nothing moves. Whoever holds them
    may begin it.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_under_way`, `handover_not_one_holder`,
    `handover_receiver_left`) and as `require_lines` and `recording.changeable`.
    """
    require_lines(devices)
    found = [_untouched(acting, key) for key in devices]
    holders = {one.custody.holder for one in found}
    giver = next(iter(holders))
    if len(holders) != 1 or giver is None or giver == receiver:
        raise Invalid("handover_not_one_holder")
    if giver != acting.person.id:
        access.require(acting, DeviceAction.HAND_OVER)
    depot_orders.require_here(acting, receiver)
    lines = [HandoverLine(device=key) for key in devices]
    return _add(acting, Direction.SWAP, lines, giver=giver, receiver=receiver)


def confirm(acting: Acting, key: HandoverId, digest: str) -> Handover:
    """By whoever acts, as its receiver or the giver of a devir. `digest`: of the text that they read. Unchanged where
    they did it before; custody changes with the last who must.

    Raises NotFound, Stale, Invalid(`handover_not_yours`, `handover_changed`, `handover_unverified`, `handover_over`)
    and as `make`.
    """
    one = acting.uow.handovers.get(key)
    theirs = _place_of(acting, one)
    if one.state is HandoverState.CONFIRMED:
        return one
    _require_open(acting, one)
    if digest != one.digest:
        raise Invalid("handover_changed", number=one.number)
    if not acting.person.verified:
        raise Invalid("handover_unverified")
    if getattr(one, theirs) is not None:
        return one
    said = replace(one, receiver_at=acting.now) if theirs == "receiver_at" else replace(one, giver_at=acting.now)
    return _settle(acting, said, How.CHAT) if said.whole else acting.uow.handovers.save(said)


def confirm_on_paper(acting: Acting, key: HandoverId) -> Handover:
    """Whoever hands over says that everybody signed the paper. Raises NotAllowed and as `confirm`."""
    access.require(acting, DeviceAction.HAND_OVER)
    one = acting.uow.handovers.get(key)
    if one.state is HandoverState.CONFIRMED:
        return one
    _require_open(acting, one)
    signed = replace(one, receiver_at=one.receiver_at or acting.now)
    if one.direction is Direction.SWAP:
        signed = replace(signed, giver_at=one.giver_at or acting.now)
    return _settle(acting, signed, How.PAPER)


def fall_out(acting: Acting, key: HandoverId, device: DeviceId, problem: Problem, note: str = "") -> Handover:
    """Whoever must confirm says that a line is wrong: the rest is a new list, to be confirmed again. Unchanged where
    that line fell out before.

    Raises NotFound, Stale, Invalid(`handover_not_yours`, `handover_over`, `handover_no_such_line`).
    """
    one = acting.uow.handovers.get(key)
    _place_of(acting, one)
    if any(line.device == device and line.problem is not None for line in one.lines):
        return one
    _require_open(acting, one)
    if all(line.device != device for line in one.standing):
        raise Invalid("handover_no_such_line", number=one.number)
    less = one.without(device, problem, one_line(note)[:MAX_LETTERS])
    if not less.standing:
        less = replace(less, state=HandoverState.REFUSED, ended_at=acting.now)
    else:
        less = replace(less, text=_text(acting, less.number, less.standing))
    return acting.uow.handovers.save(less)


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


def take_back(
    acting: Acting, came: Mapping[DeviceId, Returned], *, note: str = "", ticket: TicketId | None = None
) -> Handover:
    """Into the depot, each as it came; all from one person, or from common areas. It is done at once; its number is the
    person's proof.

    Raises NotAllowed, NotFound, Stale, Invalid(`handover_in_depot`, `handover_not_one_holder`, `handover_under_way`,
    `handover_return_note`) and as `require_lines` and `recording.changeable`.
    """
    in_place_of = access.require(acting, DeviceAction.HAND_OVER)
    require_lines(list(came))
    found = [_untouched(acting, key) for key in came]
    for device in found:
        if device.custody.kind is CustodyKind.DEPOT:
            raise Invalid("handover_in_depot", number=device.number)
    holders = {one.custody.holder for one in found}
    if len(holders) != 1:
        raise Invalid("handover_not_one_holder")
    said = one_line(note)[:MAX_LETTERS]
    if not said and any(how is not Returned.WHOLE for how in came.values()):
        raise Invalid("handover_return_note")
    lines = [
        HandoverLine(device=key, returned=how, note=said if how is not Returned.WHOLE else "")
        for key, how in came.items()
    ]
    made = _add(acting, Direction.RETURN, lines, giver=next(iter(holders)), ticket=ticket, done=True)
    for device in found:
        _moved(acting, "returned", device, Custody(kind=CustodyKind.DEPOT, since=today_of(acting)), made, in_place_of)
    return made


def _settle(acting: Acting, one: Handover, how: How) -> Handover:
    """Everybody confirmed: now it is so. What was done to a device meanwhile is looked at once more."""
    assert one.receiver is not None  # a return does not wait
    receiver = acting.uow.people.get(one.receiver)
    depot_orders.require_here(acting, receiver.id)
    day = today_of(acting)
    if one.common:
        custody = Custody(kind=CustodyKind.SHARED, keeper=receiver.id, since=day)
    else:
        custody = Custody(kind=CustodyKind.PERSON, holder=receiver.id, since=day)
    lines = list(one.lines)
    for place, line in enumerate(lines):
        if line.problem is not None:
            continue
        device = recording.changeable(acting, line.device)
        if one.direction is Direction.SWAP:
            if device.custody.holder != one.giver:
                raise Invalid("handover_not_one_holder")
            in_depot = Custody(kind=CustodyKind.DEPOT, since=today_of(acting))
            device = _moved(acting, "returned", device, in_depot, one, ())
        else:
            _require_nobodys(acting, device)
            # where it lies now: an order by which it leaves is used up, even if it lay elsewhere when this was made
            lines[place] = replace(line, order=_leaving(acting, device, receiver.id))
        placed = replace(device, department=receiver.department or device.department)
        _moved(acting, "handed_over", placed, custody, one, (), before=device)
    done = replace(one, lines=tuple(lines), state=HandoverState.CONFIRMED, how=how, ended_at=acting.now)
    return acting.uow.handovers.save(done)


def _moved(
    acting: Acting,
    what: str,
    device: Device,
    custody: Custody,
    by: Handover,
    in_place_of: tuple[PersonId, ...],
    *,
    before: Device | None = None,
) -> Device:
    saved = acting.uow.devices.save(replace(device, custody=custody))
    history.note(acting, what, saved, before or device, ref=str(by.number), acting_for=in_place_of)
    return saved


def _add(
    acting: Acting,
    direction: Direction,
    lines: Sequence[HandoverLine],
    *,
    giver: PersonId | None = None,
    receiver: PersonId | None = None,
    common: bool = False,
    ticket: TicketId | None = None,
    done: bool = False,
) -> Handover:
    number = acting.uow.counters.next(Series.HANDOVER, today_of(acting).year)
    return acting.uow.handovers.add(
        Handover(
            number=number,
            direction=direction,
            giver=giver,
            receiver=receiver,
            common=common,
            lines=tuple(lines),
            ticket=ticket,
            text=_text(acting, number, lines),
            made_by=acting.person.id,
            made_at=acting.now,
            state=HandoverState.CONFIRMED if done else HandoverState.WAITING,
            ended_at=acting.now if done else None,
        )
    )


def _text(acting: Acting, number: Number, lines: Sequence[HandoverLine]) -> str:
    """`1. Monitör, Dell P2422H · D-00108 · seri …`, a line a device."""
    return "\n".join([str(number), *(f"{place}. {_said(acting, line)}" for place, line in enumerate(lines, 1))])


def _said(acting: Acting, line: HandoverLine) -> str:
    device = acting.uow.devices.get(line.device)
    kind, name = kind_title(device.description.kind), device_names.name(device)
    serial = f"seri {device.description.serial}" if device.description.serial else ""
    named = name if name == kind else f"{kind}, {name}"
    return " · ".join(filter(None, (named, str(device.number), serial, line.accessories)))


def _untouched(acting: Acting, key: DeviceId) -> Device:
    """No other handover of it waits."""
    device = recording.changeable(acting, key)
    other = acting.uow.handovers.open_of(key)
    if other is not None and other.lapsed_at(acting.now):
        _lapsed(acting, other)
        other = None
    if other is not None:
        who = acting.uow.people.get(other.made_by)
        raise Invalid("handover_under_way", number=device.number, who=who.name or who.handle, handover=other.number)
    return device


def _free(acting: Acting, key: DeviceId) -> Device:
    device = _untouched(acting, key)
    _require_nobodys(acting, device)
    return device


def _require_nobodys(acting: Acting, device: Device) -> None:
    if device.custody.holder is not None:
        holder = acting.uow.people.get(device.custody.holder)
        raise Invalid("handover_held", number=device.number, who=holder.name or holder.handle)


def _leaving(acting: Acting, device: Device, receiver: PersonId) -> OrderId | None:
    """The order by which it leaves the depot; None: it is not there."""
    if device.custody.kind is not CustodyKind.DEPOT:
        return None
    order = depot_orders.standing(acting, device.id, receiver)
    if order is None:
        raise Invalid("handover_order_missing", number=device.number)
    return order.id


def require_theirs_and_open(acting: Acting, one: Handover) -> None:
    """Whoever acts must confirm it, and still can. Raises Invalid(`handover_not_yours`, `handover_over`)."""
    _place_of(acting, one)
    _require_open(acting, one)


def _place_of(acting: Acting, one: Handover) -> str:
    """Which of its confirmations is theirs. Raises Invalid(`handover_not_yours`)."""
    if one.receiver == acting.person.id:
        return "receiver_at"
    if one.direction is Direction.SWAP and one.giver == acting.person.id:
        return "giver_at"
    raise Invalid("handover_not_yours", number=one.number)


def _require_open(acting: Acting, one: Handover) -> None:
    if not one.is_open or one.lapsed_at(acting.now):
        raise Invalid("handover_over", number=one.number, state=HandoverState.LAPSED if one.is_open else one.state)
