"""Places: each is kept under what it is called, and what was merged leads to one that stands."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from knowledge.language.place_keys import building_key, floor_key, room_key
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import place

_PLACES = select(*place.c).order_by(place.c.id)


def keys_and_merges(ground: InvariantContext) -> Iterator[Finding]:
    known = {row.id: row for row in ground.rows(_PLACES)}
    for key, row in known.items():
        ground.advance(1)
        where = f"place {key}"
        called = (building_key(row.building), floor_key(row.floor), room_key(row.room))
        if called != (row.building_key, row.floor_key, row.room_key):
            yield where, "is kept under a name that it does not have"
        if (row.merged_into is None) != (row.merged_at is None):
            yield where, "was merged into nothing, or at no time"
        passed, at = {key}, row
        while at.merged_into is not None:
            if at.merged_into in passed or at.merged_into not in known:
                yield where, f"was merged in a circle, or into place {at.merged_into}, which there is not"
                break
            passed.add(at.merged_into)
            at = known[at.merged_into]
