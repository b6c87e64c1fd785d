"""What a page of the settings asks for: shown before with what it would change, and done in its event's transaction.

It is what the commands `/takvim`, `/mesai` and `/hedef` call, under the same rights (decision 0060).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handlers.calendar import days, hours, targets
from handlers.calendar.changes import Change
from handlers.calendar.setting_forms import AskedSetting, SettingAction, days_of, key_of, target_of, week_of
from handlers.context import Acting, UseCaseContext
from handlers.domain.calendar import SpecialDay, SpecialKind, WorkPattern
from handlers.domain.errors import Invalid, NotAllowed, NotFound
from handlers.domain.idempotency import asked_by_page
from handlers.domain.months import Month
from handlers.domain.page_changes import Outcome
from handlers.domain.rights import Action, require, unit_of_calendar
from handlers.domain.targets import TargetRule
from handlers.terms import SPECIAL_TITLES

MAX_BASIS_LETTERS = 120
_REFUSALS = (NotFound, NotAllowed, Invalid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would be so, before somebody says yes to it."""

    special: Sequence[SpecialDay] = ()
    replaced: Sequence[SpecialDay] = ()
    """What these days would stand in place of."""
    pattern: WorkPattern | None = None
    change: Change | None = None
    """None: it is for tickets to come, or changes none."""
    locked: Sequence[Month] = ()


def proposal(acting: Acting, asked: AskedSetting) -> Proposal | None:
    """None for what is done without a question. Raises what doing it would raise."""
    match asked.action:
        case SettingAction.ADD_DAYS:
            special = _days(acting, asked.given)
            replaced = [one for day in special for one in days.in_place_of(acting, day)]
            is_event = special[0].kind is SpecialKind.EVENT
            return Proposal(
                special=special,
                replaced=replaced,
                change=None if is_event else days.preview(acting, special, replaced),
                locked=() if is_event else days.locked_months(acting, special),
            )
        case SettingAction.CHANGE_WEEK:
            pattern = _pattern(acting, asked.given)
            return Proposal(pattern=pattern, change=hours.preview(acting, pattern))
        case _:
            return None


def try_out(acting: Acting, asked: AskedSetting) -> None:
    """Whether it could be done now; nothing is changed. Raises NotAllowed, Invalid, NotFound."""
    require(acting.person, Action.KEEP_CALENDAR)
    _TRIES[asked.action](acting, asked.given)


def carry_out(acting: Acting, asked: AskedSetting) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        try_out(acting, asked)
        outcome = Outcome.DONE if _DOES[asked.action](acting, asked.given) else Outcome.NONE
    except _REFUSALS:
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


def full_day(work: UseCaseContext, unit: str | None) -> timedelta:
    """As a target counts one."""
    time = work.working_time(unit)
    return time.days.full_day(time.local_date(work.now))


# --- what is meant --------------------------------------------------------------------------------
def _days(acting: Acting, given: Mapping[str, str]) -> Sequence[SpecialDay]:
    asked = days_of(given)
    basis = asked.basis[:MAX_BASIS_LETTERS]
    named = basis and asked.kind is not SpecialKind.ADMIN_LEAVE
    return days.proposed(
        acting,
        asked.days,
        asked.kind,
        basis if named else SPECIAL_TITLES[asked.kind],
        starts=asked.starts,
        ends=asked.ends,
        basis=basis,
    )


def _pattern(acting: Acting, given: Mapping[str, str]) -> WorkPattern:
    return hours.proposed(acting, *week_of(given))


def _day(acting: Acting, given: Mapping[str, str]) -> SpecialDay:
    return acting.uow.calendars.day(key_of(given))


def _try_take_back_day(acting: Acting, given: Mapping[str, str]) -> None:
    days.require_may_take_back(acting, [_day(acting, given)])


def _try_week(acting: Acting, given: Mapping[str, str]) -> None:
    found = next((one for one in acting.time_rules.calendar.patterns if one.id == key_of(given)), None)
    if found is not None and found.unit != unit_of_calendar(acting.person):
        require(acting.person, Action.KEEP_CALENDAR_OF_ALL)


def _try_target(acting: Acting, given: Mapping[str, str]) -> None:
    asked = target_of(given, full_day(acting, unit_of_calendar(acting.person)))
    if asked.category is not None and acting.desk.category(asked.category) is None:
        raise NotFound("category", asked.category)
    if asked.kind not in (None, *targets.KINDS):
        raise NotFound("kind", asked.kind)


def _try_rule(acting: Acting, given: Mapping[str, str]) -> None:
    found = targets.rule(acting, key_of(given))
    if found is not None and found.unit != unit_of_calendar(acting.person):
        require(acting.person, Action.KEEP_CALENDAR_OF_ALL)


# --- done; whether anything changed ---------------------------------------------------------------
def _take_back_day(acting: Acting, given: Mapping[str, str]) -> bool:
    return bool(days.take_back(acting, [_day(acting, given)]))


def _confirm_days(acting: Acting, given: Mapping[str, str]) -> bool:
    """A feast of one year with its eve."""
    title, year = given.get("title", ""), given.get("year", "")
    meant = [one for one in days.unconfirmed(acting) if (days.feast(one), str(one.day.year)) == (title, year)]
    return bool(days.confirm(acting, meant))


def _set_target(acting: Acting, given: Mapping[str, str]) -> TargetRule:
    asked = target_of(given, full_day(acting, unit_of_calendar(acting.person)))
    return targets.set_target(acting, asked.target, category=asked.category, kind=asked.kind, priority=asked.priority)


def _apply_target(acting: Acting, given: Mapping[str, str]) -> bool:
    rule = targets.rule(acting, key_of(given))
    return rule is not None and targets.apply(acting, rule).changed > 0


_TRIES: Mapping[SettingAction, Callable[[Acting, Mapping[str, str]], object]] = {
    SettingAction.ADD_DAYS: _days,
    SettingAction.TAKE_BACK_DAY: _try_take_back_day,
    SettingAction.CONFIRM_DAYS: lambda acting, _: require(acting.person, Action.KEEP_CALENDAR_OF_ALL),
    SettingAction.CHANGE_WEEK: _pattern,
    SettingAction.TAKE_BACK_WEEK: _try_week,
    SettingAction.SET_TARGET: _try_target,
    SettingAction.APPLY_TARGET: _try_rule,
    SettingAction.TAKE_BACK_TARGET: _try_rule,
}
_DOES: Mapping[SettingAction, Callable[[Acting, Mapping[str, str]], object]] = {
    SettingAction.ADD_DAYS: lambda acting, given: days.add(acting, _days(acting, given)),
    SettingAction.TAKE_BACK_DAY: _take_back_day,
    SettingAction.CONFIRM_DAYS: _confirm_days,
    SettingAction.CHANGE_WEEK: lambda acting, given: hours.add(acting, _pattern(acting, given)),
    SettingAction.TAKE_BACK_WEEK: lambda acting, given: hours.take_back(acting, key_of(given)),
    SettingAction.SET_TARGET: _set_target,
    SettingAction.APPLY_TARGET: _apply_target,
    SettingAction.TAKE_BACK_TARGET: lambda acting, given: targets.take_back(acting, key_of(given)),
}
