"""What is kept of tickets' time follows their history and the calendar; the public holidays are there unasked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from handlers.calendar import holidays
from handlers.context import UseCaseContext
from handlers.domain.calendar import SpecialDay, SpecialKind
from handlers.domain.ticket import Ticket
from handlers.domain.time_rules import Timing
from handlers.ports import UnitOfWork
from handlers.tickets import recounting, timing
from storage import Store
from tests.clock import FakeClock
from tests.fakes.store import FakeStore
from tests.handlers.domain.calendars import at
from tests.scenarios.stage import shared_desk
from tests.storage.builders import add_person, add_technician, open_ticket
from tests.storage.stores import open_sqlite

HOUR = timedelta(hours=1)


class Office:
    def __init__(self, store: FakeStore | Store) -> None:
        self.store, self.desk = store, shared_desk()
        self.store.write(add_person)
        self.worker = self.store.write(add_technician)

    def work(self, uow: UnitOfWork, now: str = "2026-12-01T10:00") -> UseCaseContext:
        return UseCaseContext(desk=self.desk, uow=uow, now=at(now).astimezone(UTC))

    def tick(self, now: str = "2026-12-01T10:00") -> int:
        self.store.write(lambda uow: holidays.keep_holidays(self.work(uow, now)))
        return self.store.write(lambda uow: recounting.count_outdated(self.work(uow, now)))

    def opens(self, when: str) -> Ticket:
        def open_one(uow: UnitOfWork) -> Ticket:
            reporter = uow.people.by_handle("ayse")
            assert reporter is not None
            return open_ticket(uow, reporter.id, at(when).astimezone(UTC))

        return self.store.write(open_one)

    def kept(self, ticket: Ticket) -> Timing | None:
        return self.store.read(lambda uow: uow.timings.of(ticket.id))

    def decree(self, day: date) -> None:
        def add(uow: UnitOfWork) -> None:
            uow.calendars.add_days([SpecialDay(day=day, kind=SpecialKind.ADMIN_LEAVE, title="İdari izin")])
            uow.timings.count_anew(datetime.combine(day, datetime.min.time(), UTC))

        self.store.write(add)


@pytest.fixture(params=["fake", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    match request.param:
        case "fake":
            store: FakeStore | Store = FakeStore()
        case "sqlite":
            store = open_sqlite(tmp_path)
        case _:
            store = Store.open(request.getfixturevalue("postgres_url"), clock=FakeClock())
    yield Office(store)
    store.close()


def special(office: Office) -> list[tuple[date, str]]:
    calendar = office.store.read(lambda uow: uow.calendars.calendar())
    return [(one.day, one.title) for one in calendar.special_days]


def test_the_holidays_of_three_years_are_there_once(office: Office) -> None:
    office.tick()
    known = special(office)
    assert {day.year for day, _ in known} == {2025, 2026, 2027}
    assert (date(2026, 10, 28), "Cumhuriyet Bayramı öncesi") in known
    office.tick()
    assert special(office) == known
    office.tick("2027-01-01T00:00")
    assert {day.year for day, _ in special(office)} == {2025, 2026, 2027, 2028}


def test_a_holiday_that_was_withdrawn_does_not_come_back(office: Office) -> None:
    office.tick()

    def withdraw(uow: UnitOfWork) -> None:
        for day in uow.calendars.calendar().special_days:
            if day.day == date(2026, 12, 31) or day.day.month == 1:
                uow.calendars.save_day(SpecialDay(**{**_fields(day), "withdrawn_at": at("2026-12-01T10:00")}))

    office.store.write(withdraw)
    before = special(office)
    office.tick()
    assert special(office) == before
    rules = office.store.read(lambda uow: office.work(uow).working_time())
    assert rules.is_working_day(date(2027, 1, 1))


def _fields(day: SpecialDay) -> dict[str, object]:
    return {name: getattr(day, name) for name in SpecialDay.__dataclass_fields__}


def test_a_ticket_is_counted_at_the_next_tick_and_again_when_its_history_goes_on(office: Office) -> None:
    office.tick()
    ticket = office.opens("2026-12-01T10:00")
    assert office.kept(ticket) is None
    assert office.tick() == 1
    kept = office.kept(ticket)
    assert kept is not None
    assert (kept.claim_due_at, kept.solve_due_at) == (at("2026-12-01T15:00"), at("2026-12-04T10:00"))
    assert office.tick() == 0

    def claim(uow: UnitOfWork) -> None:
        found = uow.tickets.get(ticket.id)
        found.claim(by=office.worker, at=at("2026-12-01T11:00").astimezone(UTC), channel="web")
        uow.tickets.save(found)

    office.store.write(claim)
    assert office.tick() == 1
    kept = office.kept(ticket)
    assert kept is not None
    assert (kept.claim_due_at, kept.spent, kept.lines) == (None, HOUR, 2)


def test_what_is_shown_does_not_wait_for_the_tick(office: Office) -> None:
    office.tick()
    ticket = office.opens("2026-12-01T10:00")
    shown = office.store.read(lambda uow: timing.countdowns(office.work(uow), uow.tickets.get(ticket.id)))
    assert shown.solve.due == at("2026-12-04T10:00")


def test_a_decree_moves_what_is_kept_of_those_whom_it_concerns(office: Office) -> None:
    office.tick()
    ticket = office.opens("2026-12-01T10:00")
    office.tick()
    office.decree(date(2026, 12, 3))
    assert office.tick() == 1
    kept = office.kept(ticket)
    assert kept is not None
    assert kept.solve_due_at == at("2026-12-07T10:00")


def test_what_another_process_changed_is_read_anew(office: Office) -> None:
    office.tick()
    ticket = office.opens("2026-12-01T10:00")
    other = shared_desk()

    def due(desk: object) -> datetime | None:
        def look(uow: UnitOfWork) -> datetime | None:
            work = UseCaseContext(desk=desk, uow=uow, now=at("2026-12-01T10:00"))  # type: ignore[arg-type] # one of both
            return timing.countdowns(work, uow.tickets.get(ticket.id)).solve.due

        return office.store.read(look)

    assert due(other) == due(office.desk) == at("2026-12-04T10:00")
    office.decree(date(2026, 12, 3))
    assert due(other) == due(office.desk) == at("2026-12-07T10:00")
