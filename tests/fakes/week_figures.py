from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from handlers.domain.people import UnitId
from handlers.ports.week_figures import WeekFigures
from tests.fakes.calendars import FakeTimings
from tests.fakes.tables import FakeTransaction
from tests.fakes.tickets import FakeTickets


class FakeWeeksOfFigures:
    """Forgets a week as soon as anything changes on any ticket of its unit."""

    def __init__(self, transaction: FakeTransaction, tickets: FakeTickets, timings: FakeTimings) -> None:
        self._transaction, self._tickets, self._timings = transaction, tickets, timings

    def kept(self, unit: UnitId, since: datetime, until: datetime) -> Mapping[datetime, WeekFigures]:
        now = self._seen(unit)
        return {
            ends: counted
            for (of, ends), (seen, counted) in sorted(self._transaction.seen.week_figures.items())
            if of == unit and since < ends <= until and seen == now and counted is not None
        }

    def ends(self, unit: UnitId, since: datetime) -> frozenset[datetime]:
        return frozenset(self.kept(unit, since, datetime.max.replace(tzinfo=since.tzinfo)))

    def begins(self, unit: UnitId) -> datetime | None:
        return min((one.opened_at for one in self._tickets.where(lambda one: one.unit == unit)), default=None)

    def announce(self, unit: UnitId, starts: datetime, ends: datetime) -> None:  # the port's
        self._transaction.seen.week_figures[unit, ends] = (self._seen(unit), None)

    def keep(self, unit: UnitId, ends: datetime, counted: WeekFigures, alike: str) -> bool:
        seen, _ = self._transaction.seen.week_figures.get((unit, ends), ("", None))
        if seen != self._seen(unit):
            return False
        self._transaction.seen.week_figures[unit, ends] = (seen, counted)
        return True

    def alike(self, unit: UnitId, ends: datetime) -> str | None:
        return None

    def forget(self) -> None:
        self._transaction.seen.week_figures.clear()

    def _seen(self, unit: UnitId) -> str:
        tickets = self._tickets.where(lambda one: one.unit == unit)
        timings = [self._timings.of(one.id) for one in tickets]
        history = [self._transaction.seen.history[one.id] for one in tickets]
        return repr((tickets, timings, history))
