"""Özel günler: added with what they would change shown before, corrected, confirmed, and taken back.

A lead writes down the days of the own unit, director and admin those of the institution. Nothing is deleted: what is
taken back stays with the moment at which it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from handlers.calendar.changes import Change, of_calendar
from handlers.context import Acting, UseCaseContext
from handlers.domain.calendar import Calendar, SpecialDay, SpecialKind
from handlers.domain.errors import Invalid
from handlers.domain.months import Month
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, require, unit_of_calendar
from knowledge.language.folding import folded

MAX_DAYS_AT_ONCE = 31
FARTHEST = timedelta(days=2 * 366)
"""A day so far away, on either side, is a slip of the pen."""
TAKEN_BACK_WITHIN = timedelta(days=14)


def proposed(
    acting: Acting,
    days: Sequence[date],
    kind: SpecialKind,
    title: str,
    *,
    starts: time | None = None,
    ends: time | None = None,
    basis: str = "",
) -> Sequence[SpecialDay]:
    """For the unit or the institution of whoever asks; days on which nobody works anyway are left out.

    Raises NotAllowed; Invalid for days that cannot be meant.
    """
    require(acting.person, Action.KEEP_CALENDAR)
    if not days or len(days) > MAX_DAYS_AT_ONCE:
        raise Invalid("too_many_days", count=len(days), most=MAX_DAYS_AT_ONCE)
    unit = unit_of_calendar(acting.person)
    today = acting.working_time(unit).local_date(acting.now)
    if any(abs(day - today) > FARTHEST for day in days):
        raise Invalid("day_far_away", day=days[0])
    made = [
        SpecialDay(
            day=day,
            kind=kind,
            title=title,
            unit=unit,
            starts=starts,
            ends=ends,
            basis=basis,
            decided_at=acting.now,
            decided_by=acting.person.id,
        )
        for day in days
    ]
    if kind is SpecialKind.EVENT and not basis:
        raise Invalid("event_needs_title")
    different = [day for day in made if _changes_a_day(acting, day)]
    if not different:
        raise Invalid("day_as_it_is", day=days[0], kind=kind.value)
    return different


def _changes_a_day(acting: Acting, day: SpecialDay) -> bool:
    if day.kind is SpecialKind.EVENT:
        return all(_said(one) != _said(day) for one in on_day(acting, day.day))
    calendar = acting.time_rules.calendar
    without = _without(calendar, in_place_of(acting, day))
    return without.of(day.unit).windows(day.day) != _with(without, [day]).of(day.unit).windows(day.day)


def _said(day: SpecialDay) -> tuple[object, ...]:
    return day.kind, day.unit, folded(day.title), day.starts, day.ends


def in_place_of(work: UseCaseContext, day: SpecialDay) -> Sequence[SpecialDay]:
    """What is written down for that day, and would not go with it. Parts of leaves stand beside each other, a leave
    beside a half day or a holiday, an event beside everything."""
    beside = ({SpecialKind.ADMIN_LEAVE, SpecialKind.HALF}, {SpecialKind.ADMIN_LEAVE, SpecialKind.HOLIDAY})

    def stands_beside(other: SpecialDay) -> bool:
        if {day.kind, other.kind} in beside or SpecialKind.EVENT in (day.kind, other.kind):
            return True
        return day.kind is other.kind is SpecialKind.ADMIN_LEAVE and not (day.whole or other.whole)

    return [one for one in on_day(work, day.day) if one.unit == day.unit and not stands_beside(one)]


def on_day(work: UseCaseContext, day: date) -> Sequence[SpecialDay]:
    """What counts of that date, for whomever."""
    return [one for one in work.time_rules.calendar.special_days if one.day == day and one.withdrawn_at is None]


def events_over(work: UseCaseContext, unit: UnitId, starts: datetime, ends: datetime) -> Sequence[SpecialDay]:
    """Önemli günler of the institution and that unit, as far as they fall into that stretch; the first one first."""
    clock = work.working_time(unit)

    def falls_into(one: SpecialDay) -> bool:
        closes = clock.at(one.day, one.ends) if one.ends else clock.at(one.day + timedelta(days=1), time.min)
        return clock.at(one.day, one.starts or time.min) < ends and starts < closes

    days = work.time_rules.calendar.special_days
    found = [one for one in days if one.kind is SpecialKind.EVENT and one.withdrawn_at is None]
    return sorted((one for one in found if one.unit in (None, unit) and falls_into(one)), key=lambda one: one.day)


def coming(work: UseCaseContext, unit: UnitId | None, until: timedelta) -> Sequence[SpecialDay]:
    """From today on, of the institution and that unit; those of a past that is a fortnight away at most come along."""
    today = work.working_time(unit).local_date(work.now)
    first = today - TAKEN_BACK_WITHIN
    return [
        one
        for one in work.time_rules.calendar.special_days
        if one.withdrawn_at is None and one.unit in (None, unit) and first <= one.day <= today + until
    ]


def unconfirmed(work: UseCaseContext) -> Sequence[SpecialDay]:
    """Of the list that the desk ships with: feasts to come that nobody compared with the official calendar."""
    today = work.working_time().local_date(work.now)
    days = work.time_rules.calendar.special_days
    return [one for one in days if not one.confirmed and one.withdrawn_at is None and one.day >= today]


def feast(day: SpecialDay) -> str:
    """The feast that a day of the list belongs to: with its eve it is compared at once."""
    return day.title.split(" ile ")[-1].removesuffix(" arifesi")


def locked_months(work: UseCaseContext, days: Sequence[SpecialDay]) -> Sequence[Month]:
    """Those of these days whose report somebody signed: what was signed stays as it is."""
    months = list(dict.fromkeys(Month.of(one.day) for one in days))
    units = {unit for one in days for unit in ([one.unit] if one.unit is not None else work.desk.units)}
    return [month for month in months if any(work.uow.month_locks.standing(unit, month) for unit in sorted(units))]


# --- what it would change -------------------------------------------------------------------------
def preview(work: UseCaseContext, add: Sequence[SpecialDay] = (), withdraw: Sequence[SpecialDay] = ()) -> Change:
    """Counted as if it were so already."""
    changed = _with(_without(work.time_rules.calendar, withdraw), add)
    return of_calendar(work, changed, *_stretch(work, [*add, *withdraw]))


def _with(calendar: Calendar, days: Iterable[SpecialDay]) -> Calendar:
    return Calendar(patterns=calendar.patterns, special_days=(*calendar.special_days, *days))


def _without(calendar: Calendar, days: Iterable[SpecialDay]) -> Calendar:
    gone = {one.id for one in days}
    left = tuple(one for one in calendar.special_days if one.id not in gone)
    return Calendar(patterns=calendar.patterns, special_days=left)


def _stretch(work: UseCaseContext, days: Sequence[SpecialDay]) -> tuple[datetime, datetime]:
    time_of_house = work.working_time()
    first, last = min(one.day for one in days), max(one.day for one in days)
    return time_of_house.at(first, time.min), time_of_house.at(last + timedelta(days=1), time.min)


# --- writing it down ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Written:
    added: Sequence[SpecialDay]
    replaced: Sequence[SpecialDay]


def add(acting: Acting, days: Sequence[SpecialDay]) -> Written:
    """In place of what would not go with it. Raises NotAllowed."""
    _require_own(acting, days)
    replaced = list({one.id: one for day in days for one in in_place_of(acting, day)}.values())
    _withdraw(acting, replaced)
    added = acting.uow.calendars.add_days(
        [replace(day, decided_at=acting.now, decided_by=acting.person.id) for day in days]
    )
    acting.uow.timings.count_anew(*_stretch(acting, days))
    for day in added:
        _log(acting, "special_day_added", day)
    return Written(added, replaced)


def _require_own(acting: Acting, days: Sequence[SpecialDay]) -> None:
    require(acting.person, Action.KEEP_CALENDAR)
    if any(day.unit != unit_of_calendar(acting.person) for day in days):
        require(acting.person, Action.KEEP_CALENDAR_OF_ALL)


def take_back(
    acting: Acting, days: Sequence[SpecialDay], bring_back: Sequence[SpecialDay] = ()
) -> Sequence[SpecialDay]:
    """What somebody wrote down within a fortnight; a public holiday of the list that is wrong at any time. Those that
    were taken back already are left out. `bring_back`: what stood there before.

    Raises NotAllowed for days of others' units, Invalid(`too_late_to_take_back`).
    """
    standing = require_may_take_back(acting, days)
    _require_own(acting, bring_back)
    if not standing:
        return ()
    _withdraw(acting, standing)
    for day in bring_back:
        acting.uow.calendars.save_day(replace(day, withdrawn_at=None))
        _log(acting, "special_day_brought_back", day)
    return standing


def require_may_take_back(acting: Acting, days: Sequence[SpecialDay]) -> Sequence[SpecialDay]:
    """Those of them that stand. Raises NotAllowed, Invalid(`too_late_to_take_back`)."""
    standing = [day for day in days if day.withdrawn_at is None]
    _require_own(acting, standing)
    for day in standing:
        if day.decided_by and day.decided_at and acting.now - day.decided_at > TAKEN_BACK_WITHIN:
            raise Invalid("too_late_to_take_back", day=day.day)
    return standing


def _withdraw(acting: Acting, days: Sequence[SpecialDay]) -> None:
    for day in days:
        acting.uow.calendars.save_day(replace(day, withdrawn_at=acting.now))
        _log(acting, "special_day_withdrawn", day)
    if days:
        acting.uow.timings.count_anew(*_stretch(acting, days))


def confirm(acting: Acting, days: Sequence[SpecialDay]) -> Sequence[SpecialDay]:
    """Doğru: they are as the official calendar has them. Raises NotAllowed."""
    require(acting.person, Action.KEEP_CALENDAR_OF_ALL)
    doubtful = [day for day in days if not day.confirmed]
    for day in doubtful:
        acting.uow.calendars.save_day(replace(day, confirmed=True))
        _log(acting, "special_day_confirmed", day)
    return doubtful


def _log(acting: Acting, what: str, day: SpecialDay) -> None:
    hours = "" if day.whole else f" {day.starts or ''}-{day.ends or ''}"
    about = f"{day.day} {day.kind.value}{hours} {day.unit or '*'} {day.title} {day.basis}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about.strip(), acting.channel)
