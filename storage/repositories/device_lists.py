"""Which devices a list shows, and which a message may mean."""

from __future__ import annotations

from sqlalchemy import ColumnElement, TextClause, and_, or_, select, text

from handlers.domain.devices import CustodyKind, Ending, Life
from handlers.ports.devices import DevicesWanted
from storage.engine.like import contains
from storage.tables import device, sighting

LIVING = text("device.living")
"""In the words of the indexes of living ones: `living = 1` finds none of them on SQLite."""
_CUSTODIES = {
    Life.IN_DEPOT: CustodyKind.DEPOT,
    Life.AT_SERVICE: CustodyKind.SERVICE,
    Life.AWAY: CustodyKind.AWAY,
}
_ENDINGS = {Life.LOST: Ending.LOST, Life.WRITTEN_OFF: Ending.WRITTEN_OFF, Life.WITHDRAWN: Ending.WITHDRAWN}


def matching(wanted: DevicesWanted) -> list[ColumnElement[bool] | TextClause]:
    found = [*_words(wanted), *_states(wanted)]
    if wanted.kinds:
        found.append(device.c.kind.in_(wanted.kinds))
    if wanted.departments is not None:
        found.append(device.c.department.in_(wanted.departments))
    if wanted.places:
        found.append(device.c.place.in_(wanted.places))
    if wanted.holder is not None:
        found.append(device.c.holder == wanted.holder)
    if wanted.keeper is not None:
        found.append(device.c.keeper == wanted.keeper)
    if wanted.unresolved_holder:
        found += [device.c.holder_text != "", device.c.holder.is_(None)]
    if wanted.warranty_before is not None:
        found.append(device.c.warranty_until < wanted.warranty_before)
    if wanted.unseen_since is not None:
        of_it = select(sighting.c.id).where(sighting.c.device == device.c.id)
        found += [of_it.exists(), ~of_it.where(sighting.c.last_seen >= wanted.unseen_since).exists()]
    if wanted.without_asset_no:
        found.append(device.c.asset_no == "")
    if wanted.without_place:
        found += [device.c.place.is_(None), device.c.place_text == ""]
    return found


def _words(wanted: DevicesWanted) -> list[ColumnElement[bool]]:
    return [contains(device.c.search, word) for word in wanted.words.split()]


def _states(wanted: DevicesWanted) -> list[ColumnElement[bool] | TextClause]:
    found: list[ColumnElement[bool] | TextClause] = [device.c.merged_into.is_(None)]
    if wanted.custody is not None:
        found.append(device.c.custody == wanted.custody.value)
    if wanted.condition is not None:
        found.append(device.c.condition == wanted.condition.value)
    if not wanted.lives:
        return [*found, LIVING]
    return [*found, or_(*(_in(life) for life in wanted.lives if life is not Life.WITHDRAWN), device.c.id < 0)]


def _in(life: Life) -> ColumnElement[bool]:
    if (ending := _ENDINGS.get(life)) is not None:
        return device.c.ending == ending.value
    custody = _CUSTODIES.get(life)
    here = device.c.custody == custody.value if custody is not None else device.c.custody.in_(_IN_USE)
    return and_(device.c.ending.is_(None), here)


_IN_USE = (CustodyKind.PERSON.value, CustodyKind.SHARED.value)
