"""Reads what papers and pages say of handovers (`handover_papers`), as far as whoever asks may know it. Raises
NotFound for what they may not know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers import device_names, place_names
from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.devices import access, clearing, depot_orders, identifying
from handlers.devices.handover_texts import title
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import CustodyKind, Device, DeviceId, Ending
from handlers.domain.errors import NotFound
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverState,
    How,
    OrderId,
    OrderState,
    Returned,
)
from handlers.domain.people import Person, PersonId
from handlers.domain.places import PlaceId
from handlers.domain.ticket import TicketId
from handlers.ports import DevicesWanted
from handlers.queries.handover_papers import (
    Act,
    ActLine,
    CameBack,
    ClearanceState,
    Confirmation,
    CustodyList,
    DayOrders,
    DeviceState,
    ListedDevice,
    Order,
    PlaceList,
    Side,
)
from handlers.stock.access import shown_ticket

MOST_LISTED = 2000


def act(acting: Acting, number: str) -> Act:
    """For its sides, whoever made it, and who sees every device, as the list of them has it. Raises NotFound."""
    one = acting.uow.handovers.by_number(number.strip().upper())
    if one is None or not _may_read(acting, one):
        raise NotFound("handover", number)
    shown = _Shown(acting)
    listed = shown.listed(acting.uow.devices.several({line.device for line in one.lines}), with_acts=False)
    devices = {device.device: device for device in listed}
    orders = {line.order: acting.uow.handovers.order(line.order) for line in one.lines if line.order is not None}
    return Act(
        number=str(one.number),
        direction=one.direction,
        state=one.state,
        made_by=shown.side(one.made_by),
        made_at=one.made_at,
        giver=None if one.giver is None else shown.side(one.giver),
        receiver=_receiver(shown, one),
        common=one.common,
        outside=bool(one.outside),
        due_back=one.due_back,
        stands_at=one.stands_at,
        ticket=_ticket(acting, one.ticket),
        lines=_lines(one, devices, orders),
        orders=[shown.order(order) for order in orders.values()],
        text=one.text,
        digest=one.digest,
        confirmations=_confirmations(shown, one),
        has_page=bool(one.page),
        page=one.page,
        ended_at=one.ended_at,
        came_back=_came_back(acting, one),
        read_at=acting.now,
    )


def custody_of(acting: Acting, person: PersonId) -> CustodyList:
    """One's own, and of everybody for who sees whole devices. Raises NotAllowed, NotFound."""
    if person != acting.person.id:
        access.require(acting, DeviceAction.SEE_WHOLE)
    found, shown = clearing.of(acting, acting.uow.people.get(person)), _Shown(acting)
    return CustodyList(
        person=shown.side(person),
        devices=shown.listed(found.devices),
        kept=shown.listed(found.kept),
        waiting=[str(one.number) for one in found.waiting],
        read_at=acting.now,
    )


def place_list(acting: Acting, place: PlaceId) -> PlaceList:
    """With what stands in places that became one with it. Raises NotAllowed, NotFound."""
    access.require(acting, DeviceAction.SEE_WHOLE)
    here = place_names.standing(acting.uow.places.get, acting.uow.places.get(place))
    every = {one.id: one for one in acting.uow.places.all()}
    same = [one.id for one in every.values() if place_names.standing(every.__getitem__, one).id == here.id]
    wanted = DevicesWanted(places=frozenset(same), custody=CustodyKind.SHARED)
    found = list(acting.uow.devices.page(wanted, limit=MOST_LISTED))[::-1]
    held = list(acting.uow.devices.page(replace(wanted, custody=CustodyKind.PERSON), limit=MOST_LISTED))[::-1]
    shown = _Shown(acting)
    names = [shown.departments.name(one.department) for one in found if one.department]
    keepers = dict.fromkeys(one.custody.keeper for one in found if one.custody.keeper is not None)
    return PlaceList(
        place=device_names.name_of_place(acting.uow, place),
        department=max(names, key=names.count) if names else "",
        keepers=[shown.side(key) for key in keepers],
        devices=shown.listed(found),
        held=shown.listed(held),
        read_at=acting.now,
    )


def device_state(acting: Acting, number: str) -> DeviceState:
    """Of one that may be seen whole. Raises NotFound."""
    seen = identifying.find_one(acting, number)
    if not seen.whole:
        raise NotFound("device", number)
    shown, one = _Shown(acting), seen.device
    holder = one.custody.holder
    return DeviceState(
        device=shown.listed([one])[0],
        condition=one.condition,
        holder=None if holder is None else shown.side(holder),
        department=shown.departments.name(one.department) if one.department else "",
    )


def clearance(acting: Acting, person: PersonId) -> ClearanceState:
    """Raises NotAllowed, NotFound."""
    found, shown = clearing.look(acting, person), _Shown(acting)
    returns = [one for one in acting.uow.handovers.of_person(person) if one.direction is Direction.RETURN]
    return ClearanceState(
        person=shown.side(person),
        devices=shown.listed(found.devices),
        kept=shown.listed(found.kept),
        waiting=[str(one.number) for one in found.waiting],
        tickets=[one.number for one in found.tickets],
        last_return=str(returns[0].number) if returns else "",
        read_at=acting.now,
    )


def day_orders(acting: Acting, day: date) -> DayOrders:
    """That were given on that local day. For who gives orders, hands over or sees whole devices. Raises NotAllowed."""
    if not access.may(acting, DeviceAction.ORDER_OUT) and not access.may(acting, DeviceAction.HAND_OVER):
        access.require(acting, DeviceAction.SEE_WHOLE)
    since, until = (depot_orders.midnight(acting, one) for one in (day, day + timedelta(days=1)))
    decided = acting.uow.handovers.orders_decided(since, until)
    given, shown = [one for one in decided if one.state is OrderState.GIVEN], _Shown(acting)
    return DayOrders(
        day=day,
        orders=[shown.order(one) for one in given],
        signed=all(one.signed_at is not None or one.standing is not None for one in given),
    )


class _Shown:
    """Names of people and devices, each asked for once."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._people: dict[PersonId, Person] = {}
        self.departments = DepartmentNames.of(acting.uow)

    def person(self, key: PersonId) -> Person:
        if key not in self._people:
            self._people[key] = self._acting.uow.people.get(key)
        return self._people[key]

    def side(self, key: PersonId) -> Side:
        one = self.person(key)
        department = self.departments.name(one.department) if one.department else ""
        return Side(name=one.name or one.handle, staff_no=one.staff_no, department=department, room=one.room)

    def order(self, one: DepotOrder) -> Order:
        receiver = Side(name=one.outside) if one.outside else self.side(one.receiver)
        return Order(
            number=str(one.number),
            devices=self.listed(self._acting.uow.devices.several(one.devices), with_acts=False),
            receiver=receiver,
            outside=bool(one.outside),
            asked_by=self.person(one.asked_by).short_name,
            asked_at=one.asked_at,
            state=one.state,
            decided_by=depot_orders.decided_as(self._acting, one),
            decided_at=one.decided_at,
            channel=one.channel,
            reason=one.reason,
            document=one.document,
            signed_at=one.signed_at,
            standing=one.standing is not None,
            ticket=_ticket(self._acting, one.ticket),
        )

    def listed(self, devices: Sequence[Device], *, with_acts: bool = True) -> Sequence[ListedDevice]:
        places = device_names.place_names(self._acting.uow, devices)
        return [
            ListedDevice(
                device=one.id,
                number=str(one.number),
                asset_no=one.description.asset_no,
                title=title(one),
                serial=one.description.serial,
                place=places[one.id],
                lost=one.ending is Ending.LOST,
                since=one.custody.since,
                act=self._act_of(one) if with_acts else "",
            )
            for one in devices
        ]

    def _act_of(self, device: Device) -> str:
        """The newest that stands, where it led to the custody in which it is now."""
        done = (
            one
            for one in self._acting.uow.handovers.of_device(device.id)
            if one.state is HandoverState.CONFIRMED and any(line.device == device.id for line in one.standing)
        )
        last = next(done, None)
        if last is None or last.direction is Direction.RETURN:
            return ""
        theirs = device.custody.keeper if last.common else device.custody.holder
        return str(last.number) if last.outside or last.receiver == theirs else ""


def _may_read(acting: Acting, one: Handover) -> bool:
    if acting.person.id in (one.giver, one.receiver, one.made_by):
        return True
    return access.sees_all_whole(acting)


def _ticket(acting: Acting, key: TicketId | None) -> str:
    """Its number; empty where it is a security matter by now that they may not read."""
    return "" if key is None else shown_ticket(acting.person, acting.uow.tickets.get(key)) or ""


def _receiver(shown: _Shown, one: Handover) -> Side | None:
    if one.outside:
        return Side(name=one.outside)
    return None if one.receiver is None else shown.side(one.receiver)


def _lines(
    one: Handover, devices: dict[DeviceId, ListedDevice], orders: dict[OrderId, DepotOrder]
) -> Sequence[ActLine]:
    return [
        ActLine(
            place=place,
            device=devices[line.device],
            accessories=line.accessories,
            order="" if line.order is None else str(orders[line.order].number),
            problem=line.problem,
            returned=line.returned,
            note=line.note,
        )
        for place, line in enumerate(one.lines, 1)
    ]


def _confirmations(shown: _Shown, one: Handover) -> Sequence[Confirmation]:
    said: Iterable[tuple[PersonId | None, datetime | None, bool]] = (
        (one.giver if one.direction is Direction.SWAP else None, one.giver_at, True),
        (one.receiver, one.receiver_at, False),
    )
    return [
        Confirmation(
            side=Side(name=one.outside) if one.outside else shown.side(who),
            giving=giving,
            at=at,
            how=one.how or How.CHAT,
            channel=one.channel,
        )
        for who, at, giving in said
        if who is not None and at is not None
    ]


def _came_back(acting: Acting, one: Handover) -> Sequence[CameBack]:
    """The first return of each device after it was handed over by this act."""
    found = []
    for line in one.standing if one.state is HandoverState.CONFIRMED and one.direction is not Direction.RETURN else ():
        later = [other for other in acting.uow.handovers.of_device(line.device) if other.id > one.id]
        done = [other for other in reversed(later) if other.state is HandoverState.CONFIRMED]
        first = next(iter(done), None)
        if first is None or first.direction is not Direction.RETURN:
            continue
        back = next(each for each in first.lines if each.device == line.device)
        found.append(
            CameBack(
                device=line.device,
                act=str(first.number),
                at=first.made_at,
                returned=back.returned or Returned.WHOLE,
                note=back.note,
                taken_by=acting.uow.people.get(first.made_by).short_name,
            )
        )
    return found
