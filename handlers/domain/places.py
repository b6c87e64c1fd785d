"""Yerler: the buildings, floors and rooms of the house, as things that a ticket, a device or a count can point to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

PlaceId = NewType("PlaceId", int)
MERGE_KEPT = timedelta(days=14)
"""So long a merge can be taken back."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is, as far as it was said. Empty: not said; without a building it is the main one."""

    building: str = ""
    floor: str = ""
    """`3`, `zemin`, `bodrum`."""
    room: str = ""
    """`312`, `B-14`, `arşiv`."""

    def __str__(self) -> str:
        """`Ek bina · 3. kat · 312`."""
        floor = self.floor and f"{self.floor}{'.' if self.floor.isdigit() else ''} kat"
        return " · ".join(filter(None, (self.building, floor, self.room)))


@dataclass(frozen=True, slots=True)
class PlaceMerge:
    """It is one with another now: what pointed to it means that one."""

    into: PlaceId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """No two have one spot, however it is spelt."""

    spot: Spot
    merge: PlaceMerge | None = None
    id: PlaceId = PlaceId(0)

    @property
    def open(self) -> bool:
        return self.merge is None
