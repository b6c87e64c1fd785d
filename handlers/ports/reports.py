"""Figures for summaries, and the fault register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.domain.people import PersonId, UnitId
from handlers.domain.states import State
from handlers.domain.ticket import Ticket, TicketId


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What happened in a unit in a stretch of time."""

    opened: int
    resolved: int
    solved_by_tip: int
    active: int
    """Not ended at the end of the stretch."""
    unclaimed: int
    waits: Mapping[str, int]
    """`waiting_parts` → 3, at the end of the stretch."""
    waits_since: Mapping[str, datetime]
    """Since when the oldest of each wait lasts; `open`: the oldest of the unclaimed ones (`changed_at`)."""
    oldest: Sequence[Ticket]
    by_category: Sequence[tuple[str | None, int]]
    """Opened, most frequent first."""
    by_department: Sequence[tuple[str, int, int]]
    """(müdürlük, opened, resolved), most opened first."""
    resolved_by: Sequence[tuple[PersonId, int]] = ()
    """For lead and director only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One line of the fault register (bylaw 11/5)."""

    number: str
    opened_at: datetime
    department: str
    room: str
    reporter: str
    unit: UnitId
    category: str | None
    text: str
    priority: str
    state: str
    holder: str
    resolution: str
    ended_at: datetime | None
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class EffortOnSubject:
    """What people say they spent on tickets of a subject."""

    category: str | None
    minutes: int
    tickets: int


class Summaries(Protocol):
    def tally(self, unit: UnitId, since: datetime, until: datetime) -> Tally: ...
    def opened_and_resolved(self, unit: UnitId, since: datetime, until: datetime) -> tuple[int, int]:
        """Two numbers only: for the comparison with earlier days."""

    def efforts(self, units: Sequence[UnitId], since: datetime) -> Sequence[EffortOnSubject]:
        """Of tickets of these units that were opened since then, the most spent first; without security matters."""

    def active_at(self, unit: UnitId, at: datetime) -> int:
        """How many were opened before `at` and not finished by then (the queue of an earlier day)."""

    def states_at(self, unit: UnitId, at: datetime, *, restricted: bool = True) -> Mapping[State, int]:
        """How many were in each active state then. `restricted`: whether security matters are counted, too."""

    def register(self, first: datetime, last: datetime) -> Iterable[RegisterRow]:
        """Every ticket opened in [first, last), by number. Security tickets without text and resolution."""

    def last_number(self, year: int) -> int:
        """What the counter of that year says; 0 where nothing was opened."""

    def list(
        self,
        *,
        unit: UnitId | None = None,
        state: str | None = None,
        limit: int = 200,
        before: TicketId | None = None,
    ) -> Sequence[Ticket]: ...
