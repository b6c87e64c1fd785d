"""Which devices a list shows, and which a message may mean."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, true

from handlers.domain.devices import CustodyKind, Ending, Life
from handlers.ports.devices import DevicesWanted, Near
from storage.engine.like import contains
from storage.tables import device

_CUSTODIES = {
    Life.IN_DEPOT: CustodyKind.DEPOT,
    Life.AT_SERVICE: CustodyKind.SERVICE,
    Life.AWAY: CustodyKind.AWAY,
}
_ENDINGS = {Life.LOST: Ending.LOST, Life.WRITTEN_OFF: Ending.WRITTEN_OFF, Life.WITHDRAWN: Ending.WITHDRAWN}


def matching(wanted: DevicesWanted) -> list[ColumnElement[bool]]:
    found = [*_words(wanted), *_states(wanted)]
    if wanted.kinds:
        found.append(device.c.kind.in_(wanted.kinds))
    if wanted.departments is not None:
        found.append(device.c.department.in_(wanted.departments))
    if wanted.places:
        found.append(device.c.place.in_(wanted.places))
    if wanted.holder is not None:
        found.append(device.c.holder == wanted.holder)
    if wanted.unresolved_holder:
        found += [device.c.holder_text != "", device.c.holder.is_(None)]
    if wanted.warranty_before is not None:
        found.append(device.c.warranty_until < wanted.warranty_before)
    if wanted.without_asset_no:
        found.append(device.c.asset_no == "")
    if wanted.without_place:
        found += [device.c.place.is_(None), device.c.place_text == ""]
    return found


def near(near: Near) -> list[ColumnElement[bool]]:
    """What lies nowhere that is asked for is not found."""
    where: list[ColumnElement[bool]] = []
    if near.holder is not None:
        where.append(device.c.holder == near.holder)
    if near.places:
        where.append(device.c.place.in_(near.places))
    if near.departments:
        where.append(device.c.department.in_(near.departments))
    kinds = device.c.kind.in_(near.kinds) if near.kinds else true()
    return [device.c.living, kinds, or_(*where) if where else device.c.id < 0]


def _words(wanted: DevicesWanted) -> list[ColumnElement[bool]]:
    return [contains(device.c.search, word) for word in wanted.words.split()]


def _states(wanted: DevicesWanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [device.c.merged_into.is_(None)]
    if wanted.custody is not None:
        found.append(device.c.custody == wanted.custody.value)
    if wanted.condition is not None:
        found.append(device.c.condition == wanted.condition.value)
    if not wanted.lives:
        return [*found, device.c.living]
    return [*found, or_(*(_in(life) for life in wanted.lives if life is not Life.WITHDRAWN), device.c.id < 0)]


def _in(life: Life) -> ColumnElement[bool]:
    if (ending := _ENDINGS.get(life)) is not None:
        return device.c.ending == ending.value
    custody = _CUSTODIES.get(life)
    here = device.c.custody == custody.value if custody is not None else device.c.custody.in_(_IN_USE)
    return and_(device.c.ending.is_(None), here)


_IN_USE = (CustodyKind.PERSON.value, CustodyKind.SHARED.value)
