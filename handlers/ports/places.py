"""The places of the house, and which tickets are about what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from handlers.domain.places import Place, PlaceId, Spot
from handlers.domain.ticket import TicketId


class Places(Protocol):
    """None is ever deleted: it is merged."""

    def hold(self) -> None:
        """Nobody else changes what is there until this is over: what is read from now on still holds when it is
        written."""

    def all(self) -> Sequence[Place]:
        """Merged ones too, in the order in which they were added."""

    def get(self, place: PlaceId) -> Place:
        """Raises NotFound."""

    def some(self, places: Collection[PlaceId]) -> Mapping[PlaceId, Place]:
        """Those that there are."""

    def add(self, place: Place) -> Place:
        """With its id. Raises Stale where another has its spot, in any spelling."""

    def save(self, place: Place) -> None:
        """Raises NotFound, Stale."""

    def in_room(self, spot: Spot) -> Sequence[Place]:
        """Those of that building and room, on whatever floor; merged ones too."""

    def merged_into(self, place: PlaceId) -> Sequence[PlaceId]:
        """Those that are one with it, however many steps ago."""

    def locate(self, ticket: TicketId, place: PlaceId | None) -> None:
        """Where the ticket's matter is; None: that is not known (any more)."""

    def of_ticket(self, ticket: TicketId) -> PlaceId | None: ...

    def tickets(self) -> Mapping[PlaceId, int]:
        """How many point to each, as it was written."""
