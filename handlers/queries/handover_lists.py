"""Handovers and orders out of the depot as pages list them, one of them whole, and what waits for whom.

Whoever sees every device sees every act; a technician of another unit those that they made, give or receive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.context import Acting
from handlers.devices import access, confirming, depot_orders, handing
from handlers.domain.device_rights import DeviceAction
from handlers.domain.devices import Device, DeviceId
from handlers.domain.errors import NotFound
from handlers.domain.handovers import (
    DepotOrder,
    Direction,
    Handover,
    HandoverId,
    HandoverLine,
    HandoverState,
    OrderId,
    OrderState,
)
from handlers.domain.numbers import Number
from handlers.domain.official_records import OfficialRecord
from handlers.domain.people import Person, PersonId
from handlers.ports import DevicesWanted, HandoversWanted, Named, OrdersWanted
from handlers.queries import handovers
from handlers.queries.handover_papers import Act
from knowledge.language.folding import folded

ROWS = 50
"""On one page."""
_MOST_NAMED = 200
"""People, and devices, that typed words may mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverRow:
    handover: Handover
    devices: Mapping[DeviceId, Device]
    maker: Person
    giver: Person | None
    receiver: Person | None
    waits_for: Sequence[Person]
    """Who must still confirm, while it waits."""
    official: OfficialRecord | None

    @property
    def to(self) -> str:
        """The receiver, or who is outside; empty: the depot."""
        return self.handover.outside or ("" if self.receiver is None else self.receiver.name or self.receiver.handle)

    def device(self, line: HandoverLine) -> Device:
        return self.devices[line.device]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage:
    rows: Sequence[HandoverRow]
    number: int
    """Of all that were found."""
    after: HandoverId | None
    """Behind which the next page begins; None: this is the last."""
    waiting: int
    unrecorded: int
    """Confirmed, and not in the official ledger yet."""
    enters: bool
    """Whether the reader may say where acts stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverShown:
    """One act, with what may be pressed."""

    row: HandoverRow
    act: Act
    """As papers say it."""
    confirms: bool
    signs: bool
    """May say that the paper is signed."""
    cancels: bool
    enters: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    order: DepotOrder
    devices: Sequence[Device]
    receiver: Person
    asked_by: Person
    to: str
    """The receiver, or who is outside."""
    decided_by: str
    """`Zeynep A. (Müdür V.)`; empty: nobody yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPage:
    rows: Sequence[OrderRow]
    number: int
    after: OrderId | None
    asked: int
    """How many wait for a decision."""
    decides: bool
    signs: bool
    """May say that a day's page is signed."""


def look(
    acting: Acting, wanted: HandoversWanted, *, words: str = "", after: HandoverId | None = None, limit: int = ROWS
) -> HandoverPage:
    """`words`: as typed. Raises NotAllowed."""
    access.require(acting, DeviceAction.SEE)
    whose = None if access.sees_all_whole(acting) else acting.person.id
    asked = replace(wanted, of=whose, named=named(acting, words))
    lists = acting.uow.handover_lists
    found = lists.page(asked, after=after, limit=limit + 1)
    return HandoverPage(
        rows=_rows(acting, found[:limit]),
        number=lists.count(asked),
        after=found[limit - 1].id if len(found) > limit else None,
        waiting=lists.count(HandoversWanted(states=frozenset({HandoverState.WAITING}), of=whose)),
        unrecorded=lists.count(HandoversWanted(official=False, of=whose)),
        enters=access.may(acting, DeviceAction.RECONCILE),
    )


def every(acting: Acting, wanted: HandoversWanted, most: int, *, words: str = "") -> Sequence[HandoverRow]:
    """The newest first, `most` at most. Raises NotAllowed."""
    rows: list[HandoverRow] = []
    after = None
    while len(rows) < most:
        page = look(acting, wanted, words=words, after=after, limit=min(500, most - len(rows)))
        rows += page.rows
        if (after := page.after) is None:
            break
    return rows


def one(acting: Acting, written: str) -> HandoverShown:
    """Raises NotFound, also for one that the reader may not know of."""
    number = Number.parse(written)
    if number is None:
        raise NotFound("handover", written)
    act = acting.uow.handover_lists.numbered(number)
    if not access.sees_all_whole(acting) and acting.person.id not in (act.made_by, act.giver, act.receiver):
        raise NotFound("handover", written)
    (row,) = _rows(acting, [act])
    opens = act.is_open and not act.lapsed_at(acting.now)
    return HandoverShown(
        row=row,
        act=handovers.act(acting, written),
        confirms=opens and acting.person.id in [person.id for person in row.waits_for],
        signs=opens and confirming.signs(acting, act),
        cancels=opens and handing.may_cancel(acting, act),
        enters=act.state is HandoverState.CONFIRMED and access.may(acting, DeviceAction.RECONCILE),
    )


def of_device(acting: Acting, device: DeviceId) -> Sequence[HandoverRow]:
    """The newest first; none where the reader may not see whose it was."""
    shown = access.shown(acting, acting.uow.devices.get(device))
    if shown is None or not shown.whole:
        return []
    return _rows(acting, acting.uow.handovers.of_device(device))


def orders(
    acting: Acting, wanted: OrdersWanted, *, words: str = "", after: OrderId | None = None, limit: int = ROWS
) -> OrderPage:
    """Raises NotAllowed."""
    decides = access.may(acting, DeviceAction.ORDER_OUT)
    whose = None
    if not decides and not access.sees_all_whole(acting):
        access.require(acting, DeviceAction.HAND_OVER)
        whose = acting.person.id
    asked = replace(wanted, asked_by=whose, named=named(acting, words))
    lists = acting.uow.handover_lists
    found = lists.orders(asked, after=after, limit=limit + 1)
    return OrderPage(
        rows=[order_row(acting, order) for order in found[:limit]],
        number=lists.count_orders(asked),
        after=found[limit - 1].id if len(found) > limit else None,
        asked=lists.count_orders(OrdersWanted(states=frozenset({OrderState.ASKED}), asked_by=whose)),
        decides=decides,
        signs=decides or access.may(acting, DeviceAction.HAND_OVER),
    )


def named(acting: Acting, words: str) -> Named | None:
    """Which acts typed words may mean: a number of one, somebody's name, whatever stands on a device. None: nothing
    was typed."""
    typed = words.strip()
    if not typed:
        return None
    people = acting.uow.people.named(typed)[:_MOST_NAMED]
    devices = acting.uow.devices.page(DevicesWanted(words=folded(typed)), limit=_MOST_NAMED)
    return Named(
        number=Number.parse(typed.upper().replace(" ", "")),
        people=frozenset(person.id for person in people),
        devices=frozenset(device.id for device in devices),
    )


def order_row(acting: Acting, order: DepotOrder) -> OrderRow:
    people = _people(acting, (order.receiver, order.asked_by))
    receiver = people[order.receiver]
    return OrderRow(
        order=order,
        devices=acting.uow.devices.several(order.devices),
        receiver=receiver,
        asked_by=people[order.asked_by],
        to=order.outside or receiver.name or receiver.handle,
        decided_by=depot_orders.decided_as(acting, order),
    )


def _rows(acting: Acting, acts: Sequence[Handover]) -> list[HandoverRow]:
    people = _people(acting, (key for act in acts for key in (act.made_by, act.giver, act.receiver)))
    found = acting.uow.devices.several({line.device for act in acts for line in act.lines})
    devices = {device.id: device for device in found}
    official = acting.uow.handover_lists.official([act.id for act in acts])
    return [
        HandoverRow(
            handover=act,
            devices={line.device: devices[line.device] for line in act.lines},
            maker=people[act.made_by],
            giver=None if act.giver is None else people[act.giver],
            receiver=None if act.receiver is None else people[act.receiver],
            waits_for=[people[key] for key in _silent(act)] if act.is_open else [],
            official=official.get(act.id),
        )
        for act in acts
    ]


def _silent(act: Handover) -> Iterable[PersonId]:
    if act.direction is Direction.SWAP and act.giver is not None and act.giver_at is None:
        yield act.giver
    if act.receiver is not None and act.receiver_at is None and not act.outside:  # who is outside signs paper
        yield act.receiver


def _people(acting: Acting, keys: Iterable[PersonId | None]) -> Mapping[PersonId, Person]:
    return acting.uow.people.of_ids({key for key in keys if key is not None})
