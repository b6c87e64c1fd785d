"""Sayım (bylaw 11/49, Taşınır Mal Yönetmeliği m.32): what of the depot, of a room, of a müdürlük or of the whole house
was seen, against what the record says.

Common areas and the depot are gone through; what is with people is taken from the record (m.32/5). What differs is
counted once more (m.32/6). Nothing of what is missing changes by itself: the director's press writes the differences of
malzeme, and a device is said to be lost by somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from handlers.domain.devices import DeviceId
from handlers.domain.errors import Invalid
from handlers.domain.numbers import Number
from handlers.domain.people import PersonId
from handlers.domain.places import PlaceId
from handlers.domain.stock import ItemId

CountId = NewType("CountId", int)
FEWEST_OF_BOARD = 3
MOST_OF_BOARD = 12
MAX_LETTERS = 200
"""Of what is written to a line."""


class Scope(StrEnum):
    DEPOT = "depot"
    """Devices in the depot, and its malzeme."""
    DEPARTMENT = "department"
    ROOM = "room"
    ALL = "all"

    @property
    def has_items(self) -> bool:
        return self in (Scope.DEPOT, Scope.ALL)


class SeenBy(StrEnum):
    """How something came to be counted."""

    LABEL = "label"
    """Its code was scanned, or read from a photo."""
    HAND = "hand"
    """Ticked in a list, or its number typed."""
    RECORD = "record"
    """With a person, at a firm or away: from the record (m.32/5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Somebody who counts."""

    person: PersonId
    board: bool = True
    """Of the sayım kurulu."""
    place: PlaceId | None = None
    """Where they are counting now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """Of one device, of one item, or of something that is in no record (neither of both)."""

    device: DeviceId | None = None
    item: ItemId | None = None
    expected: int = 0
    """What the record said when it was counted: of a device 1, or 0 where it belongs elsewhere."""
    seen: int | None = None
    """The first number; of a device 1, or 0 once the count is closed without it. None: only explained so far."""
    again: int | None = None
    """The second number, which is final."""
    place: PlaceId | None = None
    """Where it was seen."""
    recorded: PlaceId | None = None
    """Where the record said that it is."""
    by: PersonId | None = None
    at: datetime | None = None
    how: SeenBy | None = None
    note: str = ""
    """Why it is missing, or what was found."""
    file: str = ""
    """A photo of it."""
    id: int = 0

    @property
    def number(self) -> int | None:
        return self.seen if self.again is None else self.again

    @property
    def difference(self) -> int:
        """More (positive) or less than the record said."""
        return 0 if self.number is None else self.number - self.expected

    @property
    def waits_for_second(self) -> bool:
        """Of an item: the first number differs."""
        return self.item is not None and self.seen is not None and self.again is None and self.seen != self.expected

    @property
    def elsewhere(self) -> bool:
        """It was seen in another place than the record says."""
        return self.device is not None and bool(self.seen) and self.place is not None and self.place != self.recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    number: Number
    scope: Scope
    department: str = ""
    """Of `DEPARTMENT` alone, as it is called."""
    place: PlaceId | None = None
    """Of `ROOM` alone."""
    counters: tuple[Counter, ...]
    opened_by: PersonId
    opened_at: datetime
    freeze_asked_until: datetime | None = None
    """So long the depot's movements are to rest, if the director orders it."""
    frozen_until: datetime | None = None
    frozen_by: PersonId | None = None
    """Whoever ordered it, or opened the depot again."""
    closed_by: PersonId | None = None
    closed_at: datetime | None = None
    written_by: PersonId | None = None
    """By whose press the differences of malzeme became movements."""
    written_at: datetime | None = None
    version: int = 0
    id: CountId = CountId(0)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def board(self) -> Sequence[PersonId]:
        return [one.person for one in self.counters if one.board]

    def is_frozen(self, now: datetime) -> bool:
        return self.is_open and self.frozen_until is not None and now < self.frozen_until

    def counter(self, person: PersonId) -> Counter | None:
        return next((one for one in self.counters if one.person == person), None)

    def standing_in(self, person: PersonId, place: PlaceId) -> Count:
        """That person counts there from now on."""
        known = self.counter(person)
        there = Counter(person=person, board=known is not None and known.board, place=place)
        return replace(self, counters=(*(one for one in self.counters if one.person != person), there))

    def place_of(self, person: PersonId) -> PlaceId | None:
        """Where what that person sees is."""
        known = self.counter(person)
        return self.place if known is None or known.place is None else known.place


def require_board(board: Collection[PersonId], registrars: Collection[PersonId]) -> None:
    """`registrars`: those who hold the office tasinir_kayit. Raises Invalid(`count_board`, `count_board_large`)."""
    people = set(board)
    if len(people) < FEWEST_OF_BOARD or not people & set(registrars):
        raise Invalid("count_board")
    if len(people) > MOST_OF_BOARD:
        raise Invalid("count_board_large", most=MOST_OF_BOARD)
