"""What weeks that are over add to the charts, kept so that it is not counted each time that somebody looks.

What is kept is what `handlers.queries.week_figures.count` finds, and nothing else: the store forgets a week as soon as
anything changes that is counted in it. `masa verify` counts them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from handlers.domain.people import UnitId
from handlers.domain.states import State
from handlers.domain.ticket import TicketId
from handlers.ports.figures import SolvedOnSubject


@dataclass(frozen=True, slots=True)
class HoursOfBoth:
    """Side by side, not an object an hour: a year of two units has forty thousand of them."""

    hours: Sequence[datetime]
    every: Sequence[int]
    shared: Sequence[int]
    """Without security matters."""

    def counts(self, *, restricted: bool) -> Iterable[tuple[datetime, int]]:
        return zip(self.hours, self.every if restricted else self.shared, strict=True)


class StateOfBoth(NamedTuple):
    state: State
    every: int
    shared: int


class WaitOfBoth(NamedTuple):
    state: State
    month: str
    """`2026-11`: of the part of the week that lies in it."""
    every: timedelta
    """Working time."""
    shared: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """Of one unit. All of it in one order, so that what is counted twice is the same."""

    opened: HoursOfBoth
    resolved: HoursOfBoth
    subjects: Mapping[str, Mapping[str, int]]
    """How many were opened, by subject ("": none) and müdürlük as it was written; without security matters, as the
    lengths."""
    solved: Sequence[SolvedOnSubject]
    waited: Sequence[WaitOfBoth]
    standing: Sequence[StateOfBoth]
    """How many were in each state at its end."""
    waiting: Sequence[TicketId]
    """Those whose wait went on at its end, security matters among them."""
    repeated: int
    """How often something repeated itself in the days before its end, see `handlers.domain.charts.REPEATED_DAYS`."""


class WeeksOfFigures(Protocol):
    def kept(self, unit: UnitId, since: datetime, until: datetime) -> Mapping[datetime, WeekFigures]:
        """By their ends: those that end after `since` and not after `until`."""

    def ends(self, unit: UnitId, since: datetime) -> frozenset[datetime]:
        """Of those that are kept and end after `since`."""

    def begins(self, unit: UnitId) -> datetime | None:
        """When its first ticket was opened; None before that."""

    def announce(self, unit: UnitId, starts: datetime, ends: datetime) -> None:
        """It is going to be counted: if anything changes that is counted in it, `keep` will refuse it. Committed before
        the counting begins."""

    def keep(self, unit: UnitId, ends: datetime, counted: WeekFigures, alike: str) -> bool:
        """Whether it is kept: nothing changed since it was announced. `alike`: as `Figures.alike` told it."""

    def alike(self, unit: UnitId, ends: datetime) -> str | None:
        """As it was kept of that week; None where it was not."""

    def forget(self) -> None:
        """All of them: they are counted anew."""
