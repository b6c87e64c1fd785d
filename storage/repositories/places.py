"""The places of the house, and where tickets' matters are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, text, update

from handlers.domain.errors import NotFound, Stale
from handlers.domain.places import Place, PlaceId, PlaceMerge, Spot
from handlers.domain.ticket import TicketId
from knowledge.language.place_keys import building_key, floor_key, room_key
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.rows import columns
from storage.tables import place, ticket_place


class PlaceRow(NamedTuple):
    id: PlaceId
    building: str
    floor: str
    room: str
    merged_into: PlaceId | None
    merged_at: datetime | None


class CountRow(NamedTuple):
    place: PlaceId
    number: int


_COLUMNS = columns(place, PlaceRow)
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('places', 0))")
"""Two merges at once would make a circle; on SQLite nobody else writes."""
_ALL = prepared(select(*_COLUMNS).order_by(place.c.id), PlaceRow)
_GET = prepared(select(*_COLUMNS).where(place.c.id == bindparam("key")), PlaceRow, remembered=True)
_SOME = prepared(select(*_COLUMNS).where(in_list(place.c.id, "keys")), PlaceRow)
_IN_ROOM = prepared(
    select(*_COLUMNS)
    .where(place.c.building_key == bindparam("of_building"), place.c.room_key == bindparam("of_room"))
    .order_by(place.c.id),
    PlaceRow,
    remembered=True,
)
_MERGED = prepared_value(select(place.c.id).where(in_list(place.c.merged_into, "keys")), PlaceId)
_ADD = prepared(insert(place))
_SAVE = prepared(update(place).where(place.c.id == bindparam("key")))
_OF_TICKET = prepared_value(select(ticket_place.c.place).where(ticket_place.c.ticket == bindparam("key")), PlaceId)
_LOCATE = prepared(
    upsert(
        lambda insert: (
            insert(ticket_place)
            .values(ticket=bindparam("ticket"), place=bindparam("place"))
            .on_conflict_do_update(index_elements=["ticket"], set_={"place": bindparam("place")})
        )
    )
)
_FORGET = prepared(delete(ticket_place).where(ticket_place.c.ticket == bindparam("key")))
_TICKETS = prepared(select(ticket_place.c.place, func.count().label("number")).group_by(ticket_place.c.place), CountRow)


class SqlPlaces:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def hold(self) -> None:
        if self._transaction.locks_rows:
            self._transaction.execute(_ALONE)

    def all(self) -> Sequence[Place]:
        return [_place_of(row) for row in self._transaction.run(_ALL)]

    def get(self, place: PlaceId) -> Place:
        row = self._transaction.run(_GET, {"key": place}).first()
        if row is None:
            raise NotFound("place", place)
        return _place_of(row)

    def some(self, places: Collection[PlaceId]) -> Mapping[PlaceId, Place]:
        found = map(_place_of, self._transaction.run(_SOME, {"keys": list(places)})) if places else ()
        return {one.id: one for one in found}

    def add(self, place: Place) -> Place:
        self._require_free(place)
        return replace(place, id=PlaceId(self._transaction.new_id(_ADD, _values(place))))

    def save(self, place: Place) -> None:
        self._require_free(place)
        if self._transaction.run(_SAVE, {**_values(place), "key": place.id}).rowcount != 1:
            raise NotFound("place", place.id)

    def in_room(self, spot: Spot) -> Sequence[Place]:
        keys = {"of_building": building_key(spot.building), "of_room": room_key(spot.room)}
        return [_place_of(row) for row in self._transaction.run(_IN_ROOM, keys)]

    def merged_into(self, place: PlaceId) -> Sequence[PlaceId]:
        found: list[PlaceId] = []
        layer: Sequence[PlaceId] = [place]
        while layer := self._transaction.run(_MERGED, {"keys": list(layer)}).all():
            layer = [one for one in layer if one != place and one not in found]
            found += layer
            if not layer:
                break
        return found

    def locate(self, ticket: TicketId, place: PlaceId | None) -> None:
        if place is None:
            self._transaction.run(_FORGET, {"key": ticket})
        else:
            self._transaction.run(_LOCATE, {"ticket": ticket, "place": place})

    def of_ticket(self, ticket: TicketId) -> PlaceId | None:
        return self._transaction.run(_OF_TICKET, {"key": ticket}).first()

    def tickets(self) -> Mapping[PlaceId, int]:
        return {row.place: row.number for row in self._transaction.run(_TICKETS)}

    def _require_free(self, place: Place) -> None:
        """What another process adds at this moment the constraint refuses, and the work is done again."""
        floor = floor_key(place.spot.floor)
        for other in self.in_room(place.spot):
            if other.id != place.id and floor_key(other.spot.floor) == floor:
                raise Stale("place", str(place.spot))


def _place_of(row: PlaceRow) -> Place:
    merged = row.merged_into is not None and row.merged_at is not None
    merge = PlaceMerge(row.merged_into, row.merged_at) if merged else None  # type: ignore[arg-type] # asked above
    return Place(id=row.id, spot=Spot(row.building, row.floor, row.room), merge=merge)


def _values(one: Place) -> dict[str, object]:
    spot = one.spot
    return {
        "building": spot.building,
        "floor": spot.floor,
        "room": spot.room,
        "building_key": building_key(spot.building),
        "floor_key": floor_key(spot.floor),
        "room_key": room_key(spot.room),
        "merged_into": None if one.merge is None else one.merge.into,
        "merged_at": None if one.merge is None else one.merge.at,
    }
