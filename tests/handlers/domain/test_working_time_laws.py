"""What holds for whatever calendar, start and length: laws of adding and measuring working time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind, WorkPattern
from handlers.domain.working_time import Window, WorkingTime
from tests.handlers.domain.calendars import ISTANBUL, at

MINUTE = timedelta(minutes=1)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = st.builds(lambda minutes: at("2026-01-01T00:00") + minutes * MINUTE, st.integers(0, 2 * 365 * 24 * 60))
LENGTHS = st.integers(1, 20 * 480).map(lambda minutes: minutes * MINUTE)
CLOCKS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))


@st.composite
def days_of_work(draw: st.DrawFn) -> tuple[Window, ...]:
    moments = sorted(draw(st.sets(CLOCKS, min_size=2, max_size=6)))
    return tuple(zip(moments[::2], moments[1::2], strict=False))


@st.composite
def special_days(draw: st.DrawFn) -> SpecialDay:
    kind = draw(st.sampled_from(SpecialKind))
    starts, ends = sorted(draw(st.sets(CLOCKS, min_size=2, max_size=2)))
    whole = kind in (SpecialKind.HOLIDAY, SpecialKind.HALF) or draw(st.booleans())
    part = (None, None) if whole else (starts, ends)
    return SpecialDay(day=draw(DAYS), kind=kind, title="Gün", starts=part[0], ends=part[1])


@st.composite
def patterns(draw: st.DrawFn) -> WorkPattern:
    week = (*(draw(days_of_work()) for _ in range(5)), (), ())
    return WorkPattern(first_day=draw(DAYS), last_day=None, week=week)


SPECIAL = st.lists(special_days(), max_size=12)
CALENDARS = st.builds(
    lambda shapes, special: Calendar(patterns=tuple(shapes), special_days=tuple(special)),
    st.lists(patterns(), max_size=3),
    SPECIAL,
)
TIMES = CALENDARS.map(lambda calendar: WorkingTime(ISTANBUL, calendar.of(None)))


@given(TIMES, MOMENTS, LENGTHS)
def test_what_is_added_has_passed_by_then_and_not_before(time: WorkingTime, start: datetime, length: timedelta) -> None:
    due = time.add(start, length)
    assert time.elapsed(start, due) == length
    assert time.elapsed(start, due - MINUTE) < length
    assert time.elapsed(time.subtract(due, length), due) == length


@given(TIMES, MOMENTS, MOMENTS, MOMENTS)
def test_a_span_is_as_long_as_its_parts(time: WorkingTime, a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted((a, b, c))
    assert time.elapsed(first, last) == time.elapsed(first, middle) + time.elapsed(middle, last)


@given(TIMES, MOMENTS, MOMENTS, LENGTHS)
def test_who_starts_later_is_due_no_earlier(time: WorkingTime, a: datetime, b: datetime, length: timedelta) -> None:
    assert time.add(min(a, b), length) <= time.add(max(a, b), length)


@given(TIMES, MOMENTS)
def test_the_next_opening_is_the_first_moment_of_work(time: WorkingTime, start: datetime) -> None:
    opening = time.next_opening(start)
    assert time.is_working_at(opening)
    assert time.elapsed(start, opening) == timedelta()


@given(st.lists(special_days(), max_size=6), DAYS, st.randoms())
def test_the_order_of_decrees_does_not_matter(special: list[SpecialDay], day: date, order: Random) -> None:
    others = list(special)
    order.shuffle(others)
    same = [Calendar(special_days=tuple(days)).of(None).windows(day) for days in (special, others)]
    assert same[0] == same[1]


@given(TIMES, DAYS)
def test_windows_stand_in_order_and_apart(time: WorkingTime, day: date) -> None:
    moments = [moment for window in time.windows(day) for moment in window]
    assume(moments)
    assert moments == sorted(moments)
    assert all(start < end for start, end in time.windows(day))
