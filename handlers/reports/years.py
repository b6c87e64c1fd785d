"""A year of the house for its birim faaliyet raporu: what happened, counted from the record each time it is asked for.

Security matters are counted and never described: what names a subject, a place or a system has none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain.charts import REPEATED_OFTEN, WorkedSince
from handlers.domain.errors import Invalid
from handlers.domain.months import Month, MonthFigures, MonthLock, Waited
from handlers.domain.outages import Cause
from handlers.domain.people import Role, UnitId
from handlers.domain.recommendations import Recommendation
from handlers.domain.recurring import Every, Recurring, Rhythm
from handlers.domain.rights import Action, require
from handlers.domain.states import Priority, State
from handlers.domain.targets import REQUEST, Subject, Target
from handlers.ports.figures import Sameness
from handlers.reports import backup_book, months
from handlers.reports.backup_book import Book
from handlers.tickets import days_off, outage_news, outage_notes, recurring, systems

FIRST_YEAR, LAST_YEAR = 2000, 9998
MOST_SUBJECTS, MOST_DEPARTMENTS, MOST_REPEATED, MOST_OUTAGES = 20, 20, 15, 40
_STEP = timedelta(microseconds=1)
FAULT = "ariza"
"""The kind of a subject that is broken."""
_STAFF = (Role.LEAD, Role.TECHNICIAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitYear:
    unit: UnitId
    figures: MonthFigures
    """As of a month, of all of the year."""
    full_day: timedelta
    staff: Mapping[Role, int]
    """Who works there now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMonth:
    month: Month
    opened: int
    solved: int
    locks: Sequence[tuple[MonthLock, str]]
    """Of its units, with the names of who signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOutage:
    number: str
    system: str
    since: datetime
    worked: timedelta
    """Working time lost."""
    people: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Repeating:
    """`where`: `cihaz` or `oda`; a report that is passed on names no person."""

    where: str
    what: str
    category: str | None
    count: int


@dataclass(frozen=True, slots=True)
class YearWork:
    """What was done again and again."""

    unit: UnitId
    title: str
    rhythm: Rhythm
    opened: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    year: int
    made_at: datetime
    running: bool
    """The year is not over."""
    units: Sequence[UnitYear]
    directors: int
    served: int
    """People who may report."""
    offices: int
    """Müdürlük from which they are."""
    systems: Sequence[str]
    targets: Sequence[tuple[str, Priority, Target]]
    """By the kind of a subject (`ariza`, `talep`)."""
    full_day: timedelta
    months: Sequence[YearMonth]
    last_number: int
    subjects: Mapping[str | None, int]
    """Opened, without security matters."""
    departments: Sequence[tuple[str, int]]
    """As they are called here, the most first."""
    restricted: int
    """Security matters among what was opened."""
    waits: Sequence[Waited]
    repeating: Sequence[Repeating]
    outages: Sequence[YearOutage]
    unnamed_outages: int
    """Of security matters."""
    works: Sequence[YearWork]
    checks: Sequence[Book]
    """The yedek defteri, month by month."""
    recommendation: Recommendation | None

    @property
    def opened(self) -> int:
        return sum(one.figures.opened for one in self.units)

    @property
    def solved(self) -> int:
        return sum(one.figures.solved for one in self.units)


def require_may(acting: Acting) -> None:
    """Whoever answers for the months of all units. Raises NotAllowed."""
    require(acting.person, Action.UNLOCK_MONTH)


def years_of(acting: Acting) -> Sequence[int]:
    """Of which there is anything to tell, the newest first. Raises NotAllowed."""
    require_may(acting)
    this = acting.desk.year(acting.now)
    numbered = [year for year in range(this, this - 30, -1) if acting.uow.summaries.last_number(year)]
    return sorted({this, *numbered}, reverse=True)


def report(acting: Acting, year: int) -> YearReport:
    """Raises NotAllowed, Invalid(`year_ahead`) for one that is to come, or was before there were desks."""
    require_may(acting)
    require_year(acting, year)
    return _Year(acting, year).told()


def require_year(acting: Acting, year: int) -> None:
    """Raises Invalid(`year_ahead`)."""
    this = acting.desk.year(acting.now)
    if not FIRST_YEAR <= year <= this:
        raise Invalid("year_ahead", year=year, first=FIRST_YEAR, last=this)


@dataclass(frozen=True, slots=True)
class _Year:
    acting: Acting
    year: int

    @property
    def since(self) -> datetime:
        return self._begins(self.year)

    @property
    def until(self) -> datetime:
        return min(self._begins(self.year + 1), self.acting.now + _STEP)

    def _begins(self, year: int) -> datetime:
        return self.acting.working_time().at(date(year, 1, 1), time.min)

    def told(self) -> YearReport:
        acting, clock = self.acting, self.acting.working_time()
        subjects, departments = self._opened_of()
        units = [self._unit(unit) for unit in acting.desk.units]
        outages, unnamed = self._outages()
        people = [one for one in acting.uow.people.everybody() if not one.gone]
        last_day = clock.local_date(self.until - _STEP)
        return YearReport(
            year=self.year,
            made_at=acting.now,
            running=self._begins(self.year + 1) > acting.now,
            units=units,
            directors=sum(one.role is Role.DIRECTOR for one in people),
            served=len(people),
            offices=len(DepartmentNames.of(acting.uow).open),
            systems=[one.title for one in systems.every(acting)],
            targets=self._targets(),
            full_day=clock.days.full_day(last_day),
            months=[self._month(Month(self.year, number)) for number in range(1, last_day.month + 1)],
            last_number=acting.uow.summaries.last_number(self.year),
            subjects=subjects,
            departments=departments,
            restricted=sum(one.figures.opened for one in units) - sum(subjects.values()),
            waits=self._waits(),
            repeating=self._repeating(),
            outages=outages,
            unnamed_outages=unnamed,
            works=self._works(last_day),
            checks=self._checks(last_day),
            recommendation=acting.uow.recommendations.newest(self.year),
        )

    def _unit(self, unit: UnitId) -> UnitYear:
        acting, people = self.acting, self.acting.uow.people
        solved = months.solved_between(acting, unit, self.since, self.until)
        clock = acting.working_time(unit)
        return UnitYear(
            unit=unit,
            figures=months.figures_between(acting, unit, self.since, self.until, solved),
            full_day=clock.days.full_day(clock.local_date(self.until - _STEP)),
            staff={role: len(people.in_role(role, unit)) for role in _STAFF},
        )

    def _month(self, month: Month) -> YearMonth:
        acting, opened, solved, locks = self.acting, 0, 0, []
        for unit in acting.desk.units:
            clock = acting.working_time(unit)
            since, until = clock.at(month.first_day, time.min), clock.at(month.following.first_day, time.min)
            came, went = acting.uow.summaries.opened_and_resolved(unit, since, min(until, self.until))
            opened, solved = opened + came, solved + went
            lock = acting.uow.month_locks.standing(unit, month)
            if lock is not None:
                who = acting.uow.people.get(lock.locked_by)
                locks.append((lock, who.name or who.handle))
        return YearMonth(month=month, opened=opened, solved=solved, locks=locks)

    def _opened_of(self) -> tuple[Mapping[str | None, int], Sequence[tuple[str, int]]]:
        uow, subjects, written = self.acting.uow, Counter[str | None](), Counter[str]()
        for unit in self.acting.desk.units:
            for row in uow.figures.opened_of(unit, self.since, self.until):
                subjects[row.category] += row.number
                written[row.department] += row.number
        names = DepartmentNames.of(uow)
        counted = names.counted((name, count, 0) for name, count in written.items())
        return subjects, [(name, opened) for name, opened, _ in counted]

    def _targets(self) -> Sequence[tuple[str, Priority, Target]]:
        known, at = self.acting.time_rules.targets, self.until - _STEP
        return [
            (kind, priority, known.of(Subject(unit="", category=None, kind=kind, priority=priority), at, ()))
            for kind in (FAULT, REQUEST)
            for priority in reversed(Priority)
        ]

    def _waits(self) -> Sequence[Waited]:
        spent, tickets = Counter[State](), Counter[State]()
        for unit in self.acting.desk.units:
            worked = WorkedSince(self.acting.working_time(unit), self.since)
            for wait in self.acting.uow.figures.waits(unit, self.since, self.until):
                began, ended = max(wait.began, self.since), min(wait.ended or self.until, self.until)
                spent[wait.state] += (worked.until(ended) - worked.until(began)) // timedelta(seconds=1)
                tickets[wait.state] += 1
        found = [Waited(state, timedelta(seconds=length), tickets[state]) for state, length in spent.items()]
        return sorted(found, key=lambda one: (-one.spent, one.state))

    def _repeating(self) -> Sequence[Repeating]:
        found = [
            Repeating(one.by.value, one.what, self.acting.uow.tickets.get(one.newest).category, one.count)
            for unit in self.acting.desk.units
            for one in self.acting.uow.figures.repeated(
                unit, self.since, self.until, REPEATED_OFTEN, MOST_REPEATED, by=(Sameness.DEVICE, Sameness.ROOM)
            )
        ]
        return sorted(found, key=lambda one: (-one.count, one.where, one.what))[:MOST_REPEATED]

    def _outages(self) -> tuple[Sequence[YearOutage], int]:
        acting, found, unnamed = self.acting, [], 0
        for outage in acting.uow.outages.ended_since(self.since):
            if outage.ended_at is None or outage.ended_at >= self.until:
                continue
            head = acting.uow.tickets.get(outage.ticket)
            if head.restricted:
                unnamed += 1
                continue
            found.append(
                YearOutage(
                    number=head.number,
                    system=outage_news.title(acting, outage),
                    since=outage.since,
                    worked=acting.working_time(head.unit).elapsed(outage.since, outage.ended_at),
                    people=outage_notes.people(acting.uow, outage),
                    cause=outage.cause or Cause.UNKNOWN,
                )
            )
        return found, unnamed

    def _works(self, last: date) -> Sequence[YearWork]:
        found = []
        for made in self.acting.uow.recurring.standing():
            opened = done = 0
            for day in recurring.days_between(self.acting, made, self._first_of(made), last):
                ticket = self.acting.uow.tickets.of_draft(_draft_of(made, day))
                if ticket is not None:
                    opened += 1
                    done += not ticket.state.active
            found.append(YearWork(made.unit, made.title, made.rhythm, opened, done))
        return sorted(found, key=lambda one: (self.acting.desk.units.index(one.unit), one.title))

    def _first_of(self, made: Recurring) -> date:
        written = self.acting.working_time(made.unit).local_date(made.written_at)
        return max(date(self.year, 1, 1), written)

    def _checks(self, last: date) -> Sequence[Book]:
        books = [
            backup_book.open_book(self.acting, date(self.year, number, 1), self.acting.desk.units)
            for number in range(1, last.month + 1)
        ]
        return [book for book in books if book.lines]


def _draft_of(made: Recurring, day: date) -> str:
    """Lists of days off are opened another way: what is switched off stands for both of them."""
    if made.rhythm.every is Every.DAYS_OFF:
        return f"{days_off.CLOSES}:{made.unit}:{day.isoformat()}"
    return recurring.draft_of(made, day)
