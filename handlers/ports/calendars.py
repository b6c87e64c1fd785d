"""The calendar and the targets, and what is kept of how tickets stand against them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.calendar import Calendar, SpecialDay, WorkPattern
from handlers.domain.people import UnitId
from handlers.domain.states import Change
from handlers.domain.targets import TargetRule, Targets
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.time_rules import Timing


class Calendars(Protocol):
    """Mesai düzenleri, özel günler, hedefler. Each change gives the whole of them another version."""

    def version(self) -> str:
        """Never the same for different contents; empty: nothing was ever written."""

    def calendar(self) -> Calendar: ...
    def targets(self) -> Targets: ...
    def add_pattern(self, pattern: WorkPattern) -> WorkPattern:
        """With its id."""

    def remove_pattern(self, key: int) -> None:
        """Raises NotFound."""

    def add_days(self, days: Sequence[SpecialDay]) -> Sequence[SpecialDay]:
        """With their ids."""

    def save_day(self, day: SpecialDay) -> None:
        """Raises NotFound. None is ever deleted: it is withdrawn."""

    def day(self, key: int) -> SpecialDay:
        """Raises NotFound."""

    def add_target(self, rule: TargetRule) -> TargetRule:
        """With its id."""

    def remove_target(self, key: int) -> None:
        """Raises NotFound."""


class Timings(Protocol):
    """What is kept of tickets' countdowns, to be found by it. Anything here can be counted again."""

    def of(self, ticket: TicketId) -> Timing | None:
        """None where it was never counted, or must be counted anew."""

    def last(self, ticket: TicketId) -> Timing | None:
        """What was counted last, also where it is out of date by now; None where it never was."""

    def keep(self, ticket: TicketId, timing: Timing, warn_at: datetime | None) -> None:
        """`warn_at`: when somebody is to be warned of it next."""

    def outdated(self, limit: int = 500) -> Sequence[Ticket]:
        """Those whose history went on, or for which time is counted differently by now; the oldest first."""

    def count_outdated(self) -> int: ...
    def to_warn(self, now: datetime, limit: int = 500) -> Sequence[Ticket]:
        """Those of which somebody is to be warned by now, the most overdue first."""

    def past_due(self, unit: UnitId, now: datetime) -> Sequence[Ticket]:
        """Active ones of that unit whose claim or solving was due by now, as it was last counted; oldest first."""

    def count_past_due(self, unit: UnitId, now: datetime, *, restricted: bool = True) -> int:
        """How many those are. `restricted`: whether security matters are counted, too."""

    def quiet_since(
        self, unit: UnitId, before: datetime, *, after: Change | None = None, limit: int = 1_000
    ) -> Sequence[Ticket]:
        """Claimed ones of that unit to which nothing has happened after that moment; `after`: the last that happened
        was that, by whoever reported it. The oldest first."""

    def count_anew(self, since: datetime, until: datetime | None = None) -> int:
        """Time is counted differently in that stretch: those that it concerns are outdated. How many they are."""

    def lately(self, unit: UnitId, category: str | None, since: datetime, limit: int = 20) -> Sequence[Ticket]:
        """The newest of that subject in that unit that were opened since then, whatever became of them."""

    def solved(self, unit: UnitId, since: datetime, until: datetime) -> Sequence[tuple[TicketId, Timing | None]]:
        """Those of that unit that were resolved in [since, until) and were not reopened, by id; with what is kept of
        them, None where it must be counted anew."""

    def alive(self, since: datetime, until: datetime | None = None) -> Sequence[Ticket]:
        """Those that it would concern: counted ones, opened before its end and not finished before its beginning;
        active ones first."""
