"""Calendars, targets and what is counted of tickets' time: the same from every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.domain.calendar import ORDINARY_WEEK, SpecialDay, SpecialKind, WorkPattern, weekdays
from handlers.domain.errors import NotFound
from handlers.domain.people import UnitId
from handlers.domain.states import Change, Priority
from handlers.domain.targets import NO_TARGET, Target, TargetRule
from handlers.domain.ticket import TicketId
from handlers.domain.time_rules import Timing
from handlers.ports import Transactions, UnitOfWork
from tests.clock import START
from tests.storage.builders import add_person, add_room, add_technician, open_ticket

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FRIDAY = date(2026, 12, 4)
SUMMER = WorkPattern(
    first_day=date(2026, 6, 15),
    last_day=date(2026, 9, 11),
    week=weekdays((time(7, 30), time(15, 30))),
    unit="donanim",
    name="Kesintisiz yaz mesaisi",
    basis="2026/7 sayılı genelge",
)
LEAVE = SpecialDay(
    day=FRIDAY,
    kind=SpecialKind.ADMIN_LEAVE,
    title="İdari izin ❄",
    unit="yazilim",
    starts=time(13, 30),
    basis="Valilik kararı",
    decided_at=START,
)
SEEDED = SpecialDay(day=date(2027, 3, 9), kind=SpecialKind.HOLIDAY, title="Ramazan Bayramı", confirmed=False)
TIMING = Timing(
    lines=1,
    claim_due_at=START + 4 * HOUR,
    solve_due_at=START + 72 * HOUR,
    spent=3 * HOUR,
    running_since=START,
    solve_target=24 * HOUR,
    missed=False,
)


def test_what_is_written_down_comes_back(store: Transactions) -> None:
    person = store.write(add_person)

    def write(uow: UnitOfWork) -> tuple[WorkPattern, list[SpecialDay], TargetRule]:
        days = [replace(LEAVE, decided_by=person), SEEDED]
        rule = TargetRule(target=Target(90 * MINUTE, None), valid_from=START, category="ekran", priority=Priority.LOW)
        return uow.calendars.add_pattern(SUMMER), list(uow.calendars.add_days(days)), uow.calendars.add_target(rule)

    pattern, days, rule = store.write(write)
    assert (pattern.id, days[0].id, rule.id) != (0, 0, 0)
    calendar, targets = store.read(lambda uow: (uow.calendars.calendar(), uow.calendars.targets()))
    assert (list(calendar.patterns), list(calendar.special_days)) == ([pattern], days)
    assert (list(targets.rules), targets.since) == ([rule], None)
    assert store.read(lambda uow: uow.calendars.day(days[0].id)) == days[0]


def test_a_day_is_corrected_and_withdrawn_and_stays(store: Transactions) -> None:
    (day,) = store.write(lambda uow: uow.calendars.add_days([SEEDED]))
    changed = replace(day, day=date(2027, 3, 10), confirmed=True, withdrawn_at=START)
    store.write(lambda uow: uow.calendars.save_day(changed))
    assert store.read(lambda uow: uow.calendars.calendar()).special_days == (changed,)


def test_a_pattern_is_removed(store: Transactions) -> None:
    pattern = store.write(lambda uow: uow.calendars.add_pattern(replace(SUMMER, last_day=None, week=ORDINARY_WEEK)))
    assert store.read(lambda uow: uow.calendars.calendar()).patterns == (pattern,)
    store.write(lambda uow: uow.calendars.remove_pattern(pattern.id))
    assert store.read(lambda uow: uow.calendars.calendar()).patterns == ()


def test_a_target_is_removed(store: Transactions) -> None:
    rule = store.write(lambda uow: uow.calendars.add_target(TargetRule(target=NO_TARGET, valid_from=START)))
    store.write(lambda uow: uow.calendars.remove_target(rule.id))
    assert store.read(lambda uow: uow.calendars.targets()).rules == ()


def test_what_is_not_there_is_not_found(store: Transactions) -> None:
    for missing in (
        lambda uow: uow.calendars.day(7),
        lambda uow: uow.calendars.save_day(replace(SEEDED, id=7)),
        lambda uow: uow.calendars.remove_pattern(7),
        lambda uow: uow.calendars.remove_target(7),
    ):
        with pytest.raises(NotFound):
            store.write(missing)


def test_every_change_is_another_version_and_one_undone_never_comes_back(store: Transactions) -> None:
    def version() -> str:
        return store.read(lambda uow: uow.calendars.version())

    def undone(uow: UnitOfWork) -> None:
        uow.calendars.add_days([SEEDED])
        seen.append(uow.calendars.version())
        raise NotFound("anything", 0)

    seen = [version()]
    with pytest.raises(NotFound):
        store.write(undone)
    assert version() == seen[0] == ""
    for change in (
        lambda uow: uow.calendars.add_days([SEEDED]),
        lambda uow: uow.calendars.add_pattern(SUMMER),
        lambda uow: uow.calendars.add_target(TargetRule(target=NO_TARGET, valid_from=START)),
    ):
        store.write(change)
        seen.append(version())
    assert len(set(seen)) == len(seen)


# --- what is counted ------------------------------------------------------------------------------
@pytest.fixture
def tickets(store: Transactions) -> list[TicketId]:
    """Three: opened an hour after one another."""

    def make(uow: UnitOfWork) -> list[TicketId]:
        person = add_person(uow)
        add_room(uow)
        return [open_ticket(uow, person, START + n * HOUR).id for n in range(3)]

    return store.write(make)


def outdated(store: Transactions) -> list[TicketId]:
    return store.read(lambda uow: [ticket.id for ticket in uow.timings.outdated()])


def keep(store: Transactions, ticket: TicketId, timing: Timing = TIMING, warn_at: datetime | None = None) -> None:
    store.write(lambda uow: uow.timings.keep(ticket, timing, warn_at))


def test_a_new_ticket_is_to_be_counted_and_so_is_one_whose_history_went_on(
    store: Transactions, tickets: list[TicketId]
) -> None:
    assert outdated(store) == tickets
    assert store.read(lambda uow: uow.timings.last(tickets[0])) is None
    for ticket in tickets:
        keep(store, ticket)
    assert outdated(store) == []
    assert store.read(lambda uow: uow.timings.of(tickets[0])) == TIMING

    def claim(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(tickets[1])
        ticket.claim(by=ticket.reporter, at=START + 4 * HOUR, channel="web")
        uow.tickets.save(ticket)

    store.write(claim)
    assert outdated(store) == [tickets[1]]
    assert store.read(lambda uow: uow.timings.of(tickets[1])) is None
    assert store.read(lambda uow: uow.timings.last(tickets[1])) == TIMING


def test_what_is_counted_without_a_target_has_empty_places(store: Transactions, tickets: list[TicketId]) -> None:
    empty = replace(TIMING, claim_due_at=None, solve_due_at=None, running_since=None, solve_target=None, missed=True)
    keep(store, tickets[0], empty)
    assert store.read(lambda uow: uow.timings.of(tickets[0])) == empty


def test_who_is_to_be_warned_of_the_most_overdue_first(store: Transactions, tickets: list[TicketId]) -> None:
    now = START + 9 * HOUR
    for ticket, at in zip(tickets, (now, now - HOUR, now + MINUTE), strict=True):
        keep(store, ticket, warn_at=at)
    found = store.read(lambda uow: [ticket.id for ticket in uow.timings.to_warn(now)])
    assert found == [tickets[1], tickets[0]]
    keep(store, tickets[1], warn_at=None)
    assert store.read(lambda uow: [ticket.id for ticket in uow.timings.to_warn(now, limit=5)]) == [tickets[0]]


def test_claimed_ones_to_which_nothing_happened(store: Transactions, tickets: list[TicketId]) -> None:
    def work(uow: UnitOfWork) -> None:
        for key, change in ((tickets[0], Change.NOTED), (tickets[1], Change.REPLIED)):
            ticket = uow.tickets.get(key)
            ticket.claim(by=ticket.reporter, at=START + 3 * HOUR, channel="web")
            ticket.log(change, by=ticket.reporter, at=START + 4 * HOUR, channel="web")
            uow.tickets.save(ticket)

    store.write(work)

    def quiet(unit: str, before: datetime, after: Change | None = None) -> list[TicketId]:
        return store.read(lambda uow: [one.id for one in uow.timings.quiet_since(unit, before, after=after)])

    assert quiet("donanim", START + 4 * HOUR) == tickets[:2]
    assert quiet("donanim", START + 4 * HOUR, Change.REPLIED) == [tickets[1]]
    assert quiet("donanim", START + 3 * HOUR) == []
    assert quiet("yazilim", START + 9 * HOUR) == []


def test_time_counted_differently_concerns_whatever_was_alive_then(
    store: Transactions, tickets: list[TicketId]
) -> None:
    def cancel(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(tickets[0])
        ticket.cancel("other", by=ticket.reporter, at=START + 10 * MINUTE, channel="web")
        uow.tickets.save(ticket)

    store.write(cancel)
    keep(store, tickets[0], replace(TIMING, lines=2))
    for ticket in tickets[1:]:
        keep(store, ticket, warn_at=START)

    def concerned(since: datetime, until: datetime | None = None) -> list[TicketId]:
        return store.read(lambda uow: [ticket.id for ticket in uow.timings.alive(since, until)])

    assert concerned(START - HOUR, START) == []
    assert concerned(START - HOUR) == [tickets[1], tickets[2], tickets[0]]
    assert concerned(START, START + 90 * MINUTE) == [tickets[1], tickets[0]]
    assert concerned(START + 10 * MINUTE, START + HOUR) == [], "it ended before, the others came after"
    assert store.write(lambda uow: uow.timings.count_anew(START + HOUR, datetime(2026, 12, 1, tzinfo=UTC))) == 2
    assert outdated(store) == tickets[1:]


def test_what_was_due_by_now_of_a_unit_is_found_while_it_is_active(
    store: Transactions, tickets: list[TicketId]
) -> None:
    now = START + 9 * HOUR
    dues = ((now, None), (None, now), (now + MINUTE, None))
    for ticket, (claim, solve) in zip(tickets, dues, strict=True):
        keep(store, ticket, replace(TIMING, claim_due_at=claim, solve_due_at=solve))

    def found(unit: str = "donanim") -> list[TicketId]:
        return store.read(lambda uow: [ticket.id for ticket in uow.timings.past_due(unit, now)])

    assert found() == tickets[:2]
    assert found("yazilim") == []

    def cancel(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(tickets[0])
        ticket.cancel("other", by=ticket.reporter, at=now, channel="web")
        uow.tickets.save(ticket)

    store.write(cancel)
    assert found() == tickets[1:2]


def test_what_was_due_by_now_is_counted_with_security_matters_or_without(
    store: Transactions, tickets: list[TicketId]
) -> None:
    now = START + 9 * HOUR
    secret = store.write(lambda uow: open_ticket(uow, add_person(uow, "gizli"), START, restricted=True).id)
    for ticket in (*tickets[:2], secret):
        keep(store, ticket, replace(TIMING, claim_due_at=now, solve_due_at=now))
    keep(store, tickets[2], replace(TIMING, claim_due_at=now + MINUTE, solve_due_at=None))

    def counted(unit: str = "donanim", **how: bool) -> int:
        return store.read(lambda uow: uow.timings.count_past_due(unit, now, **how))

    assert (counted(), counted(restricted=False), counted("yazilim")) == (3, 2, 0)
    assert len(store.read(lambda uow: uow.timings.past_due("donanim", now))) == 3


def test_the_newest_of_a_subject_come_first(store: Transactions, tickets: list[TicketId]) -> None:
    (category,) = {store.read(lambda uow, own=own: uow.tickets.get(own).category) for own in tickets}  # type: ignore[misc] # mypy does not see through the default

    def lately(category: str | None, since: datetime = START, limit: int = 5) -> list[TicketId]:
        return store.read(lambda uow: [one.id for one in uow.timings.lately("donanim", category, since, limit)])

    assert lately(category) == tickets[::-1]
    assert lately(category, limit=2) == tickets[:0:-1]
    assert lately(category, START + MINUTE) == tickets[:0:-1]
    assert lately("toner-degisim") == lately(None) == []


def test_a_hundred_forgotten_tickets_hide_no_other(store: Transactions) -> None:
    """Those that were asked about stay quiet, and stand before it."""

    def forgotten(uow: UnitOfWork) -> list[TicketId]:
        reporter, worker = add_person(uow, "unutulan"), add_technician(uow, "unutan")
        found = []
        for _ in range(120):
            one = open_ticket(uow, reporter)
            one.claim(by=worker, at=START, channel="web")
            uow.tickets.save(one)
            found.append(one.id)
        return found

    made = store.write(forgotten)
    quiet = store.read(lambda uow: [one.id for one in uow.timings.quiet_since(UnitId("donanim"), START + 4 * HOUR)])
    assert set(made) <= set(quiet)
