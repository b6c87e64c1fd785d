"""What a count expects by the record: what is gone through, and what is taken from it (m.32/5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.counts import Count, Scope
from handlers.domain.devices import CustodyKind, Device, Life
from handlers.domain.places import PlaceId
from handlers.domain.stock import Item
from handlers.place_names import standing
from handlers.ports import DevicesWanted

_AT_A_TIME = 500
_LIVES = frozenset({Life.IN_USE, Life.IN_DEPOT, Life.AT_SERVICE, Life.AWAY})
_GONE_THROUGH = frozenset({CustodyKind.DEPOT, CustodyKind.SHARED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    to_see: list[Device]
    """In the depot and in common areas."""
    by_record: list[Device]
    """With people, at a firm, away."""
    items: list[Item]


def expected(acting: Acting, count: Count) -> Expected:
    """By their numbers."""
    devices = sorted(_devices(acting, count), key=lambda one: one.number.place)
    kept = [one for one in acting.uow.stock.items() if one.active] if count.scope.has_items else []
    return Expected(
        to_see=[one for one in devices if one.custody.kind in _GONE_THROUGH],
        by_record=[one for one in devices if one.custody.kind not in _GONE_THROUGH],
        items=kept,
    )


def _devices(acting: Acting, count: Count) -> Iterator[Device]:
    wanted, after = _wanted(acting, count), None
    while True:
        found = acting.uow.devices.page(wanted, after=after, limit=_AT_A_TIME)
        yield from found
        if len(found) < _AT_A_TIME:
            return
        after = found[-1].id


def _wanted(acting: Acting, count: Count) -> DevicesWanted:
    asked: dict[str, Any] = {"lives": _LIVES}
    match count.scope:
        case Scope.DEPOT:
            asked["custody"] = CustodyKind.DEPOT
        case Scope.DEPARTMENT:
            names = DepartmentNames.of(acting.uow)
            meant = names.settled(count.department)
            spelled = [one for one in acting.uow.devices.departments() if names.settled(one) == meant]
            asked["departments"] = frozenset([*spelled, count.department])
        case Scope.ROOM:
            asked["places"] = _one_with(acting, count.place)
        case Scope.ALL:
            pass
    return DevicesWanted(**asked)


def _one_with(acting: Acting, place: PlaceId | None) -> frozenset[PlaceId]:
    """That place, and those that became one with it."""
    if place is None:
        return frozenset()
    target = standing(acting.uow.places.get, acting.uow.places.get(place)).id
    return frozenset([target, *acting.uow.places.merged_into(target)])
