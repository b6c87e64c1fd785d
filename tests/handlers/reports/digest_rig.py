"""A house with tickets on chosen days, whose summaries are asked for at chosen times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import demo
from bot.config import Schedule
from handlers.calendar import holidays
from handlers.context import Desk, UseCaseContext
from handlers.domain.calendar import WorkPattern
from handlers.domain.people import Person, PersonId
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import plain
from handlers.ports import UnitOfWork
from handlers.reports import digest, digest_figures
from tests.fakes.store import FakeStore
from tests.scenarios.stage import shared_desk
from tests.storage.builders import open_ticket

ISTANBUL = ZoneInfo("Europe/Istanbul")

TIMES = Schedule()

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)

ROOM, LEAD, DIRECTOR = "web:r:donanim", "web:p:fatma", "web:p:kemal"


def at(day: date, clock: str, zone: ZoneInfo = ISTANBUL) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone).astimezone(UTC)


class DigestRig:
    """The demo people and rooms, a desk, and a clock that the test moves by hand."""

    def __init__(self, desk: Desk | None = None, patterns: Sequence[WorkPattern] = ()) -> None:
        self.desk = desk or shared_desk()
        self.store = FakeStore()
        self.store.write(lambda uow: demo.seed(uow, self.desk.catalogue.units))
        begun = at(MONDAY, "00:00")
        self.store.write(lambda uow: holidays.keep_holidays(UseCaseContext(desk=self.desk, uow=uow, now=begun)))
        for pattern in patterns:
            self.store.write(lambda uow, pattern=pattern: uow.calendars.add_pattern(pattern))  # type: ignore[misc] # mypy does not see through the default

    def who(self, handle: str) -> PersonId:
        return self.store.read(lambda uow: _person(uow, handle).id)

    def opens(self, when: datetime, reporter: str = "ayse", **about: Any) -> Ticket:
        person = self.who(reporter)
        return self.store.write(lambda uow: open_ticket(uow, person, when, **about))

    def claims(self, ticket: Ticket, handle: str, when: datetime) -> Ticket:
        return self._changes(ticket, lambda found, who: found.claim(by=who, at=when, channel="web"), handle)

    def resolves(self, ticket: Ticket, handle: str, when: datetime) -> Ticket:
        self.claims(ticket, handle, when - timedelta(minutes=5))
        return self._changes(ticket, lambda found, who: found.resolve("bitti", by=who, at=when, channel="web"), handle)

    def waits(self, ticket: Ticket, state: State, handle: str, when: datetime) -> Ticket:
        self.claims(ticket, handle, when - timedelta(minutes=5))
        return self._changes(ticket, lambda found, who: found.wait(state, "", by=who, at=when, channel="web"), handle)

    def _changes(self, ticket: Ticket, change: Any, handle: str) -> Ticket:
        def work(uow: UnitOfWork) -> Ticket:
            found = uow.tickets.get(ticket.id)
            change(found, _person(uow, handle).id)
            uow.tickets.save(found)
            return found

        return self.store.write(work)

    def tick(self, now: datetime, times: Schedule = TIMES) -> list[str]:
        """The clock's job; what was posted."""
        items = self.store.read(lambda uow: digest.due(self.desk, uow, now, times))
        return [
            str(item.run)
            for item in items
            if self.store.write(
                lambda uow, item=item: digest.post(UseCaseContext(desk=self.desk, uow=uow, now=now), item)
            )  # type: ignore[misc] # mypy does not see through the default
        ]

    def said(self, address: str, kind: str | None = None) -> list[str]:
        page = self.store.read(lambda uow: uow.timeline.page(address))
        return [plain(message.text) for message in page if kind in (None, message.kind)]

    def digest(self, day: date, unit: str = "donanim") -> digest_figures.Digest:
        def query(uow: UnitOfWork) -> digest_figures.Digest:
            since, until = digest.stretch(self.desk, uow, unit, day, TIMES)
            return digest_figures.compose(self.desk, uow, unit, day=day, since=since, until=until, times=TIMES)

        return self.store.read(query)


def _person(uow: UnitOfWork, handle: str) -> Person:
    found = uow.people.by_handle(handle)
    assert found is not None
    return found
