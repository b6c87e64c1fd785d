"""The eight charts of Gösterge as values, and what is computed for them from counts alone.

Each is drawn from a period of whole weeks that ends with the running one; what it is compared with is the period of the
same weekdays a year before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.domain.months import FEW, Month, ranked
from handlers.domain.people import UnitId
from handlers.domain.states import State
from handlers.domain.working_time import DayKind, WorkingTime

WEEK = timedelta(weeks=1)
YEAR = 52 * WEEK
"""So that a Monday is compared with a Monday."""
PERIODS = (4, 12, 26, 52)
"""Weeks that may be asked for."""
USUAL_PERIOD = 12
MOST_MOMENTS = 13
"""So many ends of weeks are drawn of the open ones."""
AGES = ((0, 1), (2, 3), (4, 5), (6, 10), (11, None))
"""Working days, first and last of each band."""
MOST_LINES = MOST_COLUMNS = 10
"""Subjects and müdürlük that are shown against each other."""
REPEATED_DAYS = 90
REPEATED_OFTEN = 3
MOST_REPEATED = 20
DAYS_OF_A_WEEK, HOURS_OF_A_DAY = 7, 24


@dataclass(frozen=True, slots=True)
class Period:
    weeks: int
    first: date
    """A Monday."""

    @classmethod
    def until(cls, today: date, weeks: int) -> Period:
        """So many weeks, the one of that day the last."""
        return cls(weeks, today - timedelta(days=today.weekday()) - (weeks - 1) * WEEK)

    @property
    def end(self) -> date:
        """The first day that is not in it."""
        return self.first + self.weeks * WEEK

    @property
    def a_year_before(self) -> Period:
        return Period(self.weeks, self.first - YEAR)

    @property
    def mondays(self) -> Sequence[date]:
        return [self.first + place * WEEK for place in range(self.weeks)]

    @property
    def moments(self) -> Sequence[date]:
        """Ends of weeks at which the open ones are counted, the newest is the end of the period."""
        step = -(-self.weeks // MOST_MOMENTS)
        return [self.end - place * WEEK for place in range(0, self.weeks, step)][::-1]

    @property
    def months(self) -> Sequence[Month]:
        """Of which a day is in it."""
        found = [Month.of(self.first)]
        while found[-1].following.first_day < self.end:
            found.append(found[-1].following)
        return found


# --- 1, 2: what is open, what comes and goes ---------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OpenOnes:
    """At the end of a week; of one that goes on now."""

    at: date
    """The last day of that week."""
    queued: int
    held: int
    waiting: int
    before: int
    """All of them a year before."""

    @property
    def all(self) -> int:
        return self.queued + self.held + self.waiting


def in_groups(states: Mapping[State, int]) -> tuple[int, int, int]:
    """How many nobody has, somebody works on, and wait."""
    waiting = sum(count for state, count in states.items() if state.waiting)
    return states.get(State.OPEN, 0), states.get(State.CLAIMED, 0), waiting


@dataclass(frozen=True, slots=True)
class Week:
    first: date
    opened: int
    solved: int
    worked: float
    """Days of it that are worked, half ones as halves."""
    short: bool
    """Fewer than in other weeks: a holiday was in it."""
    running: bool
    opened_before: int
    solved_before: int


@lru_cache(maxsize=50_000)
def _local(hour: datetime, zone: ZoneInfo) -> tuple[date, int]:
    """Day and hour there; of two years the same ones are asked for each time."""
    there = hour.astimezone(zone)
    return there.date(), there.hour


def by_day(hours: Iterable[tuple[datetime, int]], clock: WorkingTime) -> Counter[date]:
    counts: Counter[date] = Counter()
    for hour, count in hours:
        counts[_local(hour, clock.zone)[0]] += count
    return counts


def by_week(days: Mapping[date, int]) -> Counter[date]:
    """By the Monday of each."""
    counts: Counter[date] = Counter()
    for day, count in days.items():
        counts[day - timedelta(days=day.weekday())] += count
    return counts


def worked_days(monday: date, clock: WorkingTime) -> float:
    return sum(clock.kind(monday + timedelta(days=place)) for place in range(DAYS_OF_A_WEEK)) / DayKind.FULL


# --- 3: how old what is open is ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AgeBand:
    """Open ones that are so many working days old."""

    first: int
    last: int | None
    queued: int
    held: int
    waiting: int
    opened_from: date | None
    """None: however long ago."""
    opened_to: date
    """The last day on which they were opened."""

    @property
    def all(self) -> int:
        return self.queued + self.held + self.waiting


def age_bands(active: Iterable[tuple[State, datetime, int]], today: date, clock: WorkingTime) -> Sequence[AgeBand]:
    """`active`: state, when opened, how many."""
    froms = [None if last is None else _earliest(today, last, clock) for _, last in AGES]
    counts: list[Counter[State]] = [Counter() for _ in AGES]
    for state, opened_at, count in active:
        day = clock.local_date(opened_at)
        band = next(place for place, earliest in enumerate(froms) if earliest is None or day >= earliest)
        counts[band][state] += count
    bands = []
    until = today
    for (first, last), earliest, states in zip(AGES, froms, counts, strict=True):
        bands.append(AgeBand(first, last, *in_groups(states), opened_from=earliest, opened_to=until))
        until = until if earliest is None else earliest - timedelta(days=1)
    return bands


def _earliest(today: date, days: int, clock: WorkingTime) -> date:
    """The first day since which not more than so many whole working days have passed."""
    halves, day = 0, today
    for _ in range(366):
        halves += clock.kind(day)
        if halves // 2 > days:
            return day
        day -= timedelta(days=1)
    return day


# --- 4: how long solving takes -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Lengths:
    """Of the solved ones of a subject, in working time without waits."""

    category: str | None
    count: int
    median: timedelta | None
    """None of few."""
    ninth: timedelta | None
    """Nine of ten took no longer; None of few."""
    with_target: int
    in_target: int
    target: timedelta | None
    """What ordinary ones of it are allowed now."""
    count_before: int = 0
    median_before: timedelta | None = None

    @property
    def few(self) -> bool:
        return self.count < FEW

    @property
    def share(self) -> int | None:
        """In target, of a hundred; None of few."""
        return 100 * self.in_target // self.with_target if self.with_target >= FEW else None


def median_and_ninth(seconds: Sequence[int]) -> tuple[timedelta | None, timedelta | None]:
    """None of few."""
    if len(seconds) < FEW:
        return None, None
    ordered = sorted(seconds)
    return (timedelta(seconds=ranked(ordered, 50) or 0), timedelta(seconds=ranked(ordered, 90) or 0))


# --- 5: what is waited for -----------------------------------------------------------------------------
class WorkedSince:
    """Working time since a moment, for many moments after it: each day and each moment is counted once."""

    def __init__(self, clock: WorkingTime, since: datetime) -> None:
        self._clock, self._since = clock, since
        self._last = clock.local_date(since)
        self._begun = {self._last: -clock.elapsed(clock.at(self._last, time.min), since)}
        """Worked before each day begins."""
        self._known: dict[datetime, timedelta] = {}

    def until(self, at: datetime) -> timedelta:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._until(at)
        return known

    def _until(self, at: datetime) -> timedelta:
        clock, day = self._clock, self._clock.local_date(at)
        while self._last < day:
            following = self._last + timedelta(days=1)
            whole = clock.elapsed(clock.at(self._last, time.min), clock.at(following, time.min))
            self._begun[following] = self._begun[self._last] + whole
            self._last = following
        return self._begun[day] + clock.elapsed(clock.at(day, time.min), at)


@dataclass(frozen=True, slots=True)
class WaitedFor:
    """Working time in one kind of wait."""

    state: State
    months: Sequence[timedelta]
    """Of each month of the period, as far as it is in it."""
    before: timedelta
    """A year before, all of it."""

    @property
    def all(self) -> timedelta:
        return sum(self.months, timedelta())


# --- 6: subject by müdürlük ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Crossing:
    """The most frequent subjects and müdürlük against each other, of what was opened."""

    subjects: Sequence[str | None]
    departments: Sequence[str]
    cells: Sequence[Sequence[int]]
    """Of each subject, in each müdürlük."""
    before: Sequence[Sequence[int]]
    """The same a year before."""
    rest: int
    """Opened beside those."""


def crossing(counts: Mapping[tuple[str | None, str], int], before: Mapping[tuple[str | None, str], int]) -> Crossing:
    of_subject: Counter[str | None] = Counter()
    of_department: Counter[str] = Counter()
    for (subject, department), count in counts.items():
        of_subject[subject] += count
        of_department[department] += count
    subjects = [one for one, _ in sorted(of_subject.items(), key=lambda it: (-it[1], it[0] or ""))[:MOST_LINES]]
    departments = [one for one, _ in sorted(of_department.items(), key=lambda it: (-it[1], it[0]))[:MOST_COLUMNS]]
    cells = [[counts.get((one, there), 0) for there in departments] for one in subjects]
    return Crossing(
        subjects=subjects,
        departments=departments,
        cells=cells,
        before=[[before.get((one, there), 0) for there in departments] for one in subjects],
        rest=sum(counts.values()) - sum(map(sum, cells)),
    )


# --- 7: when it comes ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class HourGrid:
    """How many came at which hour of which weekday."""

    counts: Sequence[Sequence[int]]
    """Of Monday to Sunday, each of 24 hours."""
    worked: Sequence[Sequence[bool]]
    """Whether any of that hour is worked in an ordinary week."""
    before: int
    """All that came a year before."""

    @property
    def all(self) -> int:
        return sum(map(sum, self.counts))

    @property
    def outside(self) -> int:
        """That came while nobody works."""
        return sum(
            count
            for counts, worked in zip(self.counts, self.worked, strict=True)
            for count, is_worked in zip(counts, worked, strict=True)
            if not is_worked
        )


def hour_grid(hours: Iterable[tuple[datetime, int]], before: int, period: Period, clock: WorkingTime) -> HourGrid:
    counts = [[0] * HOURS_OF_A_DAY for _ in range(DAYS_OF_A_WEEK)]
    for hour, count in hours:
        day, o_clock = _local(hour, clock.zone)
        counts[day.weekday()][o_clock] += count
    return HourGrid(counts, [_worked_hours(weekday, period, clock) for weekday in range(DAYS_OF_A_WEEK)], before)


def _worked_hours(weekday: int, period: Period, clock: WorkingTime) -> Sequence[bool]:
    """Of the newest such day of the period on which as much is worked as on any of them."""
    days = [monday + timedelta(days=weekday) for monday in reversed(period.mondays)]
    windows = clock.windows(max(days, key=clock.kind))
    return [
        any(start < time(hour, 59, 59) and end > time(hour) for start, end in windows) for hour in range(HOURS_OF_A_DAY)
    ]


# --- 8: the same once more -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Repeated:
    """The same device, or the same subject in one room or of one person."""

    kind: str
    """`cihaz`, `oda`, `kisi`."""
    what: str
    """Number of the device, room, name of the person."""
    category: str | None
    """Of the room and the person; of a device the most frequent one."""
    count: int
    newest: str
    """Number of the last ticket."""


# --- all of them -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ThisWeek:
    """The sentence on top."""

    opened: int
    solved: int
    waited_for: State | None
    """What most working time was waited for since Monday; None: nothing waited."""
    waited: timedelta
    subject: str | None
    """Of which most of that was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    period: Period
    units: Sequence[UnitId]
    this_week: ThisWeek
    open_ones: Sequence[OpenOnes]
    weeks: Sequence[Week]
    ages: Sequence[AgeBand]
    lengths: Sequence[Lengths]
    """Most solved first."""
    waits: Sequence[WaitedFor]
    """Longest first; kinds in which nothing waited are left out."""
    crossing: Crossing
    grid: HourGrid
    repeated: Sequence[Repeated]
    """Most often first."""
    repeated_before: int
    """How many there were a year before."""
    full_day: timedelta
    being_counted: bool
    """Time of many tickets is being counted anew: lengths are as they were before."""
    running: bool
    """The last week goes on. Of one that is over the open ones are those of its end; their ages are of today always."""
    today: date
