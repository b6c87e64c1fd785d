from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from handlers.domain.errors import NotFound, Stale
from handlers.domain.places import Place, PlaceId, Spot
from handlers.domain.ticket import TicketId
from knowledge.language.place_keys import building_key, floor_key, room_key
from knowledge.language.storable import storable
from tests.fakes.tables import FakeTransaction


def _room(spot: Spot) -> tuple[str, str]:
    return building_key(spot.building), room_key(spot.room)


class FakePlaces:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def hold(self) -> None:  # nobody else writes here
        pass

    def all(self) -> Sequence[Place]:
        return sorted(self._transaction.seen.places.values(), key=lambda one: one.id)

    def get(self, place: PlaceId) -> Place:
        found = self._transaction.seen.places.get(place)
        if found is None:
            raise NotFound("place", place)
        return found

    def some(self, places: Collection[PlaceId]) -> Mapping[PlaceId, Place]:
        return {one.id: one for one in self.all() if one.id in places}

    def add(self, place: Place) -> Place:
        self._require_free(place)
        added = replace(place, id=PlaceId(self._transaction.new_id()))
        self._put(added)
        return added

    def save(self, place: Place) -> None:
        self._require_free(place)
        self.get(place.id)
        self._put(place)

    def in_room(self, spot: Spot) -> Sequence[Place]:
        return [one for one in self.all() if _room(one.spot) == _room(spot)]

    def merged_into(self, place: PlaceId) -> Sequence[PlaceId]:
        found = [one.id for one in self.all() if one.merge is not None and one.merge.into == place]
        return [*found, *(other for one in found for other in self.merged_into(one))]

    def locate(self, ticket: TicketId, place: PlaceId | None) -> None:
        places = self._transaction.changing.ticket_places
        if place is None:
            places.pop(ticket, None)
        else:
            places[ticket] = place

    def of_ticket(self, ticket: TicketId) -> PlaceId | None:
        return self._transaction.seen.ticket_places.get(ticket)

    def tickets(self) -> Mapping[PlaceId, int]:
        return Counter(self._transaction.seen.ticket_places.values())

    def _put(self, place: Place) -> None:
        spot = Spot(*(storable(part) for part in (place.spot.building, place.spot.floor, place.spot.room)))
        self._transaction.changing.places[place.id] = replace(place, spot=spot)

    def _require_free(self, place: Place) -> None:
        floor = floor_key(place.spot.floor)
        if any(one.id != place.id and floor_key(one.spot.floor) == floor for one in self.in_room(place.spot)):
            raise Stale("place", str(place.spot))
