"""Mesai düzeni: weekly hours of the institution or a lead's unit, from a day on: shown before, logged, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.calendar.changes import Change, of_calendar
from handlers.context import Acting, UseCaseContext
from handlers.domain.calendar import ALWAYS, Calendar, Week, WorkPattern
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require, unit_of_calendar
from handlers.spoken_time import hours_name

FARTHEST = timedelta(days=2 * 366)


def proposed(acting: Acting, week: Week, first_day: date, last_day: date | None, basis: str = "") -> WorkPattern:
    """For the unit or the institution of whoever asks. Raises NotAllowed; Invalid for hours that nobody can work."""
    require(acting.person, Action.KEEP_CALENDAR)
    today = acting.working_time().local_date(acting.now)
    if abs(first_day - today) > FARTHEST:
        raise Invalid("day_far_away", day=first_day)
    unit = unit_of_calendar(acting.person)
    return WorkPattern(first_day=first_day, last_day=last_day, week=week, unit=unit, basis=basis)


def first_of_house(acting: Acting, week: Week) -> WorkPattern:
    """Those that a house says before its first ticket hold from always: nothing was counted by others. Later ones
    hold from today. Raises as `proposed`."""
    today = acting.working_time().local_date(acting.now)
    found = proposed(acting, week, today, None)
    counted = bool(acting.time_rules.calendar.patterns) or bool(acting.uow.summaries.list(limit=1))
    return found if counted else replace(found, first_day=ALWAYS)


def of(work: UseCaseContext, unit: UnitId | None) -> Sequence[WorkPattern]:
    """Of that unit and the institution: those that hold today or will, the earliest first."""
    today = work.working_time(unit).local_date(work.now)
    known = [one for one in work.time_rules.calendar.patterns if one.unit in (None, unit)]
    return sorted(
        (one for one in known if one.last_day is None or one.last_day >= today), key=lambda one: one.first_day
    )


def preview(work: UseCaseContext, pattern: WorkPattern) -> Change:
    calendar = work.time_rules.calendar
    changed = Calendar(patterns=(*calendar.patterns, _newest(calendar, pattern)), special_days=calendar.special_days)
    return of_calendar(work, changed, *_stretch(work, pattern))


def _newest(calendar: Calendar, pattern: WorkPattern) -> WorkPattern:
    """With the id that it would have: of two that begin on one day the later written counts."""
    return replace(pattern, id=1 + max((one.id for one in calendar.patterns), default=0))


def add(acting: Acting, pattern: WorkPattern) -> WorkPattern:
    """From its first day on it counts before those that began earlier. Raises NotAllowed."""
    _require_own(acting, pattern)
    added = acting.uow.calendars.add_pattern(pattern)
    _counts_anew(acting, "work_pattern_added", added)
    return added


def take_back(acting: Acting, key: int) -> WorkPattern | None:
    """None where it is gone already. Raises NotAllowed."""
    found = next((one for one in acting.time_rules.calendar.patterns if one.id == key), None)
    if found is None:
        return None
    _require_own(acting, found)
    try:
        acting.uow.calendars.remove_pattern(key)
    except NotFound:
        return None
    _counts_anew(acting, "work_pattern_removed", found)
    return found


def _require_own(acting: Acting, pattern: WorkPattern) -> None:
    require(acting.person, Action.KEEP_CALENDAR)
    if pattern.unit != unit_of_calendar(acting.person):
        require(acting.person, Action.KEEP_CALENDAR_OF_ALL)


def _counts_anew(acting: Acting, what: str, pattern: WorkPattern) -> None:
    acting.uow.timings.count_anew(*_stretch(acting, pattern))
    hours = " | ".join(hours_name(windows) for windows in pattern.week)
    about = f"{pattern.first_day} {pattern.last_day or ''} {pattern.unit or '*'} {hours} {pattern.basis}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about.strip(), acting.channel)


def _stretch(work: UseCaseContext, pattern: WorkPattern) -> tuple[datetime, datetime | None]:
    at = work.working_time().at
    end = None if pattern.last_day is None else at(pattern.last_day + timedelta(days=1), time.min)
    return at(pattern.first_day, time.min), end
