"""Gösterge: the eight charts of a period, of one unit or of all that somebody sees figures of.

Security matters are counted for whoever may read those of the unit and for nobody else; what names a subject, a place
or a person never has them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from handlers.context import Acting
from handlers.department_names import DepartmentNames
from handlers.domain import charts
from handlers.domain.charts import Charts, Lengths, OpenOnes, Period, Repeated, ThisWeek, WaitedFor, Week, WorkedSince
from handlers.domain.errors import NotAllowed
from handlers.domain.people import PersonId, UnitId
from handlers.domain.rights import Action, require, sees_restricted, units_of_figures
from handlers.domain.states import Priority, State
from handlers.domain.targets import Subject
from handlers.domain.working_time import WorkingTime
from handlers.ports.figures import HourCount, Repetition, Sameness, SolvedOnSubject, SolvedTicket
from handlers.ports.week_figures import HoursOfBoth, WeekFigures
from handlers.queries.week_figures import Parts, ended_within, months_between, parts_of, repeated_until

COUNTED_HERE = 200
"""So many tickets of which time is out of date are counted while the page waits; of more the last count is shown."""

HourCounts = Sequence[tuple[datetime, int]]
_AT_ONCE = timedelta(microseconds=1)
"""What happens at this moment has happened."""


def units_of(acting: Acting) -> Sequence[UnitId]:
    """Of which they see figures, in the order of the house. Raises NotAllowed."""
    require(acting.person, Action.SEE_SUMMARY)
    own = units_of_figures(acting.person)
    return [unit for unit in acting.desk.units if own is None or unit in own]


def look(
    acting: Acting, weeks: int = charts.USUAL_PERIOD, only: UnitId | None = None, until: datetime | None = None
) -> Charts:
    """`only`: one of their units; `until`: the last moment of an earlier week with which it ends, whoever reads it now.
    Raises NotAllowed for another unit."""
    units = units_of(acting)
    if only is not None and only not in units:
        raise NotAllowed(Action.SEE_SUMMARY, acting.person.handle)
    units = units if only is None else [only]
    clock = acting.working_time(units[0] if len(units) == 1 else None)
    until = until or acting.now
    last = clock.local_date(until)
    return _Looking(acting, units, clock, until, last, Period.until(last, weeks), {}).drawn()


@dataclass(frozen=True, slots=True)
class _Wait:
    """As far as it is in the period."""

    state: State
    category: str | None
    began: datetime
    ended: datetime
    worked: WorkedSince

    def within(self, since: datetime, until: datetime) -> timedelta:
        """How much of it was working time in that stretch."""
        start, end = max(self.began, since), min(self.ended, until)
        return self.worked.until(end) - self.worked.until(start) if start < end else timedelta()


@dataclass(frozen=True, slots=True)
class _Looking:
    acting: Acting
    units: Sequence[UnitId]
    clock: WorkingTime
    """Of the one unit; of the institution where there are several."""
    until: datetime
    """What happened later is not counted."""
    last: date
    """Its day."""
    period: Period
    known: dict[tuple[UnitId, Period], Parts]
    """What was looked up."""

    @property
    def running(self) -> bool:
        return self.until == self.acting.now

    @property
    def today(self) -> date:
        return self.clock.local_date(self.acting.now)

    def drawn(self) -> Charts:
        before = self.period.a_year_before
        opened, opened_before = self._opened(self.period), self._opened(before)
        came, came_before = (charts.by_week(charts.by_day(rows, self.clock)) for rows in (opened, opened_before))
        solved, waits = self._solved(self.period), self._waits(self.period)
        lengths, being_counted = self._lengths(before)
        repeated = self._repeated()
        return Charts(
            period=self.period,
            units=self.units,
            this_week=self._this_week(came, solved, waits),
            open_ones=self._open_ones(),
            weeks=self._weeks(came, came_before, solved, self._solved(before)),
            ages=self._ages(),
            lengths=lengths,
            waits=self._waited_for(waits, before),
            crossing=charts.crossing(self._crossed(self.period), self._crossed(before)),
            grid=charts.hour_grid(opened, sum(count for _, count in opened_before), self.period, self.clock),
            repeated=self._named(repeated),
            repeated_before=self._repeated_before(),
            full_day=self.clock.days.full_day(self.last),
            being_counted=being_counted,
            running=self.running,
            today=self.today,
        )

    # --- asking the store ---------------------------------------------------------------------------
    def _at(self, day: date) -> datetime:
        return self.clock.at(day, time.min)

    def _span(self, period: Period) -> tuple[datetime, datetime]:
        """A year before it ends as far in its last week as this one does."""
        end = self.until if period == self.period else self.until - charts.YEAR
        return self._at(period.first), min(self._at(period.end), end + _AT_ONCE)

    def _restricted(self, unit: UnitId) -> bool:
        return sees_restricted(self.acting.person, unit)

    def _parts(self, unit: UnitId, period: Period) -> Parts:
        if (unit, period) not in self.known:
            since, until = self._span(period)
            ends = [self._at(monday) for monday in period.mondays[1:]]
            self.known[unit, period] = parts_of(self.acting.uow, unit, ends, since, until)
        return self.known[unit, period]

    def _of_units(
        self, kept: Callable[[WeekFigures], HoursOfBoth], ask: Callable[..., Sequence[HourCount]], of: Period
    ) -> HourCounts:
        found: list[tuple[datetime, int]] = []
        for unit in self.units:
            restricted, parts = self._restricted(unit), self._parts(unit, of)
            for week in parts.kept.values():
                found += kept(week).counts(restricted=restricted)
            for one in parts.stretches:
                found += ask(unit, one.since, one.until, restricted=restricted)
        return found

    def _opened(self, period: Period) -> HourCounts:
        return self._of_units(lambda week: week.opened, self.acting.uow.figures.opened_by_hour, period)

    def _solved(self, period: Period) -> Counter[date]:
        hours = self._of_units(lambda week: week.resolved, self.acting.uow.figures.resolved_by_hour, period)
        return charts.by_week(charts.by_day(hours, self.clock))

    # --- 1, 2, 3 --------------------------------------------------------------------------------------
    def _open_ones(self) -> Sequence[OpenOnes]:
        found = []
        for moment in self.period.moments:
            running = self.running and moment == self.period.end
            states: Counter[State] = Counter()
            for unit in self.units:
                restricted = self._restricted(unit)
                if running:
                    for one in self.acting.uow.figures.active(unit, restricted=restricted):
                        states[one.state] += one.count
                else:
                    states.update(self._states_then(unit, self.period, self._at(moment)))
            then = self.acting.now - charts.YEAR if running else self._at(moment - charts.YEAR)
            former = self.period.a_year_before
            before = sum(sum(self._states_then(unit, former, then).values()) for unit in self.units)
            queued, held, waiting = charts.in_groups(states)
            found.append(OpenOnes(moment - timedelta(days=1), queued, held, waiting, before))
        return found

    def _states_then(self, unit: UnitId, period: Period, at: datetime) -> Mapping[State, int]:
        restricted, week = self._restricted(unit), self._parts(unit, period).kept.get(at)
        if week is None:
            return self.acting.uow.summaries.states_at(unit, at, restricted=restricted)
        return {one.state: one.every if restricted else one.shared for one in week.standing}

    def _weeks(
        self,
        came: Mapping[date, int],
        came_before: Mapping[date, int],
        went: Mapping[date, int],
        went_before: Mapping[date, int],
    ) -> Sequence[Week]:
        worked = {monday: charts.worked_days(monday, self.clock) for monday in self.period.mondays}
        usual = max(worked.values())
        return [
            Week(
                first=monday,
                opened=came.get(monday, 0),
                solved=went.get(monday, 0),
                worked=worked[monday],
                short=worked[monday] < usual,
                running=self.running and monday + charts.WEEK == self.period.end,
                opened_before=came_before.get(monday - charts.YEAR, 0),
                solved_before=went_before.get(monday - charts.YEAR, 0),
            )
            for monday in self.period.mondays
        ]

    def _ages(self) -> Sequence[charts.AgeBand]:
        """As they are now, whenever the period ends."""
        active = [
            (one.state, one.hour, one.count)
            for unit in self.units
            for one in self.acting.uow.figures.active(unit, restricted=self._restricted(unit))
        ]
        return charts.age_bands(active, self.today, self.clock)

    # --- 4 --------------------------------------------------------------------------------------------
    def _lengths(self, before: Period) -> tuple[Sequence[Lengths], bool]:
        """And whether some are shown as they were before they are counted anew."""
        now, unsure = self._solved_on(self.period)
        then, _ = self._solved_on(before)
        found = []
        for (unit, category), tickets in now.items():
            one = replace(_lengths(category, tickets), target=self._target(unit, category))
            if (unit, category) in then:
                former = _lengths(category, then[unit, category])
                one = replace(one, count_before=former.count, median_before=former.median)
            found.append(one)
        return sorted(found, key=lambda one: (-one.count, one.category or "")), unsure

    def _solved_on(self, period: Period) -> tuple[Mapping[tuple[UnitId, str | None], list[SolvedOnSubject]], bool]:
        grouped: dict[tuple[UnitId, str | None], list[SolvedOnSubject]] = defaultdict(list)
        left, unsure = COUNTED_HERE, False
        figures = self.acting.uow.figures
        for unit in self.units:
            parts = self._parts(unit, period)
            known = [one for week in parts.kept.values() for one in week.solved]
            known += [one for part in parts.stretches for one in figures.solved(unit, part.since, part.until)]
            for part in parts.stretches:
                outdated = figures.solved_out_of_date(unit, part.since, part.until)
                counted = [*self._counted_anew(outdated[:left]), *outdated[left:]]
                left, unsure = max(left - len(outdated), 0), unsure or len(outdated) > left
                known += [SolvedOnSubject(one.category, one.has_target, one.missed, [one.seconds]) for one in counted]
            for alike in known:
                grouped[unit, alike.category].append(alike)
        return grouped, unsure

    def _counted_anew(self, outdated: Sequence[SolvedTicket]) -> Iterator[SolvedTicket]:
        keys, rules = [one.ticket for one in outdated], self.acting.time_rules
        tickets, histories = self.acting.uow.tickets.some(keys), self.acting.uow.tickets.histories(keys)
        for one in outdated:
            timing = rules.timing(tickets[one.ticket], histories[one.ticket])
            seconds, has_target = timing.spent // timedelta(seconds=1), timing.solve_target is not None
            yield replace(one, seconds=seconds, has_target=has_target, missed=timing.missed)

    def _target(self, unit: UnitId, category: str | None) -> timedelta | None:
        rules = self.acting.time_rules
        subject = Subject(
            unit=unit, category=category, kind=rules.kinds.get(category or "", ""), priority=Priority.NORMAL
        )
        return rules.targets.of(subject, self.until, ()).solve

    # --- 5 --------------------------------------------------------------------------------------------
    def _waits(self, period: Period) -> Sequence[_Wait]:
        """Of what is not kept: in seconds of working time since a stretch began, none of it outside."""
        _, end = self._span(period)
        found = []
        for unit in self.units:
            for part in self._parts(unit, period).stretches:
                worked = WorkedSince(self.acting.working_time(unit), part.since)
                for wait in self.acting.uow.figures.waits(
                    unit,
                    part.since,
                    part.until,
                    restricted=self._restricted(unit),
                    waiting=None if part.after is None else part.after.waiting,
                ):
                    ends = min(ended_within(wait), part.until, end - _AT_ONCE)
                    began = max(wait.began, part.since)
                    if began < ends:
                        found.append(_Wait(wait.state, wait.category, began, ends, worked))
        return found

    def _kept_waits(self, period: Period) -> Iterator[tuple[State, str, timedelta]]:
        """State, month and working time."""
        for unit in self.units:
            restricted = self._restricted(unit)
            for week in self._parts(unit, period).kept.values():
                for one in week.waited:
                    yield one.state, one.month, one.every if restricted else one.shared

    def _waited_for(self, waits: Sequence[_Wait], before: Period) -> Sequence[WaitedFor]:
        spans = months_between(self.clock, *self._span(self.period))
        places = {month: place for place, (month, _, _) in enumerate(spans)}
        months: dict[State, list[timedelta]] = defaultdict(lambda: [timedelta()] * len(spans))
        for wait in waits:
            for place, (_, start, end) in enumerate(spans):
                if wait.began < end and wait.ended > start:
                    months[wait.state][place] += wait.within(start, end)
        for state, month, worked in self._kept_waits(self.period):
            months[state][places[month]] += worked
        former: dict[State, timedelta] = defaultdict(timedelta)
        for wait in self._waits(before):
            former[wait.state] += wait.within(wait.began, wait.ended)
        for state, _, worked in self._kept_waits(before):
            former[state] += worked
        none = [timedelta()] * len(self.period.months)
        found = [
            WaitedFor(state, [*months.get(state, none), *none][: len(none)], former[state]) for state in months | former
        ]
        return sorted((one for one in found if one.all or one.before), key=lambda one: (-one.all, one.state))

    def _this_week(self, came: Mapping[date, int], solved: Mapping[date, int], waits: Sequence[_Wait]) -> ThisWeek:
        monday = self.period.end - charts.WEEK
        since, until = self._at(monday), self.until
        waited: dict[State, Counter[str | None]] = defaultdict(Counter)
        for wait in waits:
            if wait.ended > since:
                waited[wait.state][wait.category] += wait.within(since, until) // timedelta(seconds=1)
        state = max(waited, key=lambda it: (waited[it].total(), it), default=None)
        subjects = Counter[str | None]() if state is None else waited[state]
        return ThisWeek(
            opened=came.get(monday, 0),
            solved=solved.get(monday, 0),
            waited_for=state if subjects.total() else None,
            waited=timedelta(seconds=subjects.total()),
            subject=max(subjects, key=lambda it: (subjects[it], it or ""), default=None),
        )

    # --- 6 --------------------------------------------------------------------------------------------
    def _crossed(self, period: Period) -> Mapping[tuple[str | None, str], int]:
        """By subject, and müdürlük as it is called here."""
        names, known = DepartmentNames.of(self.acting.uow), dict[str, str]()
        written: dict[str | None, Counter[str]] = defaultdict(Counter)
        for unit in self.units:
            parts = self._parts(unit, period)
            for week in parts.kept.values():
                for category, departments in week.subjects.items():
                    written[category or None].update(departments)
            for part in parts.stretches:
                for row in self.acting.uow.figures.opened_of(unit, part.since, part.until):
                    written[row.category][row.department] += row.number
        counts: Counter[tuple[str | None, str]] = Counter()
        for subject, departments in written.items():
            for department, number in departments.items():
                if department not in known:
                    known[department] = names.name(department)
                counts[subject, known[department]] += number
        return counts

    # --- 8 --------------------------------------------------------------------------------------------
    def _repeated(self) -> Sequence[Repetition]:
        """Most often first; a ticket is one unit's alone."""
        today = self.last
        since, until = self._at(today - timedelta(days=charts.REPEATED_DAYS)), self._at(today + timedelta(days=1))
        figures, most = self.acting.uow.figures, charts.MOST_REPEATED
        found = [
            one for unit in self.units for one in figures.repeated(unit, since, until, charts.REPEATED_OFTEN, most)
        ]
        return sorted(found, key=lambda it: (-it.count, it.by.value, it.what, it.category or ""))[:most]

    def _repeated_before(self) -> int:
        """As the last whole week a year before had ended."""
        before, found = self.period.a_year_before, 0
        ended = self._at(before.end - charts.WEEK)
        for unit in self.units:
            week = self._parts(unit, before).kept.get(ended)
            found += repeated_until(self.acting.uow, unit, ended) if week is None else week.repeated
        return found

    def _named(self, repeated: Sequence[Repetition]) -> Sequence[Repeated]:
        named, newest_ones = [], self.acting.uow.tickets.some([one.newest for one in repeated])
        self.acting.uow.people.of_ids({one.reporter for one in newest_ones.values()})
        for one in repeated:
            newest = newest_ones[one.newest]
            what = self._name(newest.reporter) if one.by is Sameness.PERSON else one.what
            named.append(Repeated(one.by.value, what, newest.category, one.count, newest.number))
        return named

    def _name(self, person: PersonId) -> str:
        found = self.acting.uow.people.get(person)
        return found.name or found.handle


def _lengths(category: str | None, tickets: Sequence[SolvedOnSubject]) -> Lengths:
    seconds = [one for alike in tickets for one in alike.seconds]
    median, ninth = charts.median_and_ninth(seconds)
    return Lengths(
        category=category,
        count=len(seconds),
        median=median,
        ninth=ninth,
        with_target=sum(len(alike.seconds) for alike in tickets if alike.has_target),
        in_target=sum(len(alike.seconds) for alike in tickets if alike.has_target and not alike.missed),
        target=None,
    )
