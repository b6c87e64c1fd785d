"""What was seen in the network, and which devices it is of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.devices import DeviceId
from handlers.domain.people import PersonId
from handlers.domain.sightings import ItemType, PageCount, Sighting, SightingId, SightingKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingsWanted:
    """What a list shows; what is None or empty does not matter."""

    words: str = ""
    """Folded; each is a part of its name, make, model, serial or of one of its addresses."""
    types: frozenset[ItemType] = frozenset()
    linked: bool | None = None
    ignored: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingCounts:
    number: int
    unlinked: int
    """Without those that somebody said to ignore."""
    newest: datetime | None
    """When anything was seen last."""


class Sightings(Protocol):
    def get(self, key: SightingId) -> Sighting:
        """Raises NotFound."""

    def add(self, sighting: Sighting) -> Sighting:
        """With its id."""

    def save(self, sighting: Sighting) -> Sighting:
        """With its next version. Raises NotFound, Stale."""

    def known_by(self, keys: Collection[SightingKey]) -> Sequence[Sighting]:
        """Those that have one of these keys, each once, the last seen first."""

    def of_devices(self, devices: Collection[DeviceId]) -> Sequence[Sighting]:
        """The last seen first."""

    def page(self, wanted: SightingsWanted, *, after: SightingId | None = None, limit: int = 50) -> Sequence[Sighting]:
        """The newest first, those behind `after`."""

    def count(self, wanted: SightingsWanted) -> int: ...

    def counts(self) -> SightingCounts: ...

    def count_of(self, person: PersonId) -> int:
        """Of devices in their custody, and those that they linked or said to ignore."""

    def twins(self, since: datetime) -> frozenset[SightingId]:
        """Those seen since then that have the agent, UUID or serial of another one that was."""

    def note_pages(self, count: PageCount) -> None:
        """In the place of what was noted of that month."""

    def pages(self, sightings: Collection[SightingId]) -> Sequence[PageCount]:
        """The newest month first."""

    def forget(self, before: datetime) -> int:
        """Those of no device, or of one that is written off or withdrawn, that were not seen since then, with their
        counters. How many."""

    def move(self, guest: PersonId, person: PersonId) -> None:
        """What one account of somebody decided was decided by the other."""
