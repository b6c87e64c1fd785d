"""What the pages of working time and targets show, with who may change it applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.calendar import days, hours, targets
from handlers.calendar.page_settings import full_day
from handlers.calendar.targets import Reach
from handlers.context import Acting
from handlers.domain.calendar import SpecialDay, WorkPattern
from handlers.domain.people import UnitId
from handlers.domain.rights import Action, may, unit_of_calendar
from handlers.domain.states import Priority
from handlers.domain.targets import Target, TargetRule
from handlers.domain.working_time import Window

SHOWN_FOR = timedelta(days=400)
"""Days to come: this year's and the next New Year."""
APPLIED_WITHIN = timedelta(days=1)
"""So long it is counted, with a new target, what it would do to tickets that are open already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Who looks, and whose calendar is theirs."""

    unit: UnitId | None
    """None: the institution's."""
    changes: bool
    confirms: bool

    def owns(self, unit: UnitId | None) -> bool:
        """Whether they may take back what stands there."""
        return self.confirms or (self.changes and unit == self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    keeper: Keeper
    today: date
    windows: Sequence[Window]
    """Of today."""
    special: Sequence[SpecialDay]
    feasts: Sequence[tuple[str, int, Sequence[SpecialDay]]]
    """That nobody compared with the official calendar yet: each of a year, with its eve."""
    pattern: WorkPattern
    """That holds today."""
    patterns: Sequence[WorkPattern]
    outdated: int
    """Tickets whose time is being counted anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsPage:
    keeper: Keeper
    table: Mapping[str, Mapping[Priority, Target]]
    rules: Sequence[TargetRule]
    full_day: timedelta
    reach: Mapping[int, Reach]
    """Of a rule set lately: what it would do to tickets that are open already."""


def keeper_of(acting: Acting) -> Keeper:
    person = acting.person
    return Keeper(
        unit=unit_of_calendar(person) if may(person, Action.KEEP_CALENDAR) else None,
        changes=may(person, Action.KEEP_CALENDAR),
        confirms=may(person, Action.KEEP_CALENDAR_OF_ALL),
    )


def calendar(acting: Acting) -> CalendarPage:
    """A lead sees the institution's and the own unit's; who keeps or reads all of them, every unit's."""
    keeper = keeper_of(acting)
    time = acting.working_time(keeper.unit)
    today = time.local_date(acting.now)
    units = [keeper.unit] if keeper.unit is not None else [None, *acting.desk.units]
    special = {one.id: one for unit in units for one in days.coming(acting, unit, SHOWN_FOR)}
    patterns = {one.id: one for unit in units for one in hours.of(acting, unit)}
    feasts: dict[tuple[str, int], list[SpecialDay]] = {}
    for one in days.unconfirmed(acting):
        feasts.setdefault((days.feast(one), one.day.year), []).append(one)
    return CalendarPage(
        keeper=keeper,
        today=today,
        windows=time.windows(today),
        special=sorted(special.values(), key=lambda one: (one.day, one.id)),
        feasts=[(title, year, found) for (title, year), found in feasts.items()],
        pattern=acting.time_rules.calendar.of(keeper.unit).pattern(today),
        patterns=sorted(patterns.values(), key=lambda one: (one.first_day, one.id)),
        outdated=acting.uow.timings.count_outdated(),
    )


def own_rules(acting: Acting) -> Sequence[TargetRule]:
    """Those that this person may take back, the newest first."""
    keeper = keeper_of(acting)
    return [one for one in _rules(acting, keeper) if keeper.owns(one.unit)]


def _rules(acting: Acting, keeper: Keeper) -> Sequence[TargetRule]:
    units = [keeper.unit] if keeper.unit is not None else [None, *acting.desk.units]
    rules = {one.id: one for unit in units for one in targets.rules_of(acting, unit)}
    return sorted(rules.values(), key=lambda one: (one.valid_from, one.id), reverse=True)


def of_targets(acting: Acting) -> TargetsPage:
    keeper = keeper_of(acting)
    listed = _rules(acting, keeper)
    fresh = [one for one in listed[:1] if keeper.owns(one.unit) and acting.now - one.valid_from < APPLIED_WITHIN]
    return TargetsPage(
        keeper=keeper,
        table=targets.table(acting, keeper.unit),
        rules=listed,
        full_day=full_day(acting, keeper.unit),
        reach={one.id: targets.reach(acting, one) for one in fresh},
    )
