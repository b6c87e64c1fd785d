"""What a page asks to be changed of the house's calendar and targets, read from the fields of its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from handlers import dates
from handlers.domain.calendar import SpecialKind, Week
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.keys import key_from
from handlers.domain.states import Priority
from handlers.domain.targets import Target
from handlers.domain.working_time import Window
from knowledge.language.folding import folded

MAX_DAYS = 366
"""Between the first day and the last; how many may be written down at once is for the use case to say."""
PARTS_OF_A_DAY = 2
"""Windows of a weekday that the form has: before and after lunch."""


class SettingAction(StrEnum):
    ADD_DAYS = "add_days"
    TAKE_BACK_DAY = "take_back_day"
    CONFIRM_DAYS = "confirm_days"
    CHANGE_WEEK = "change_week"
    TAKE_BACK_WEEK = "take_back_week"
    SET_TARGET = "set_target"
    APPLY_TARGET = "apply_target"
    TAKE_BACK_TARGET = "take_back_target"


@dataclass(frozen=True, slots=True)
class AskedSetting:
    action: SettingAction
    given: Mapping[str, str]
    """The fields of the form, as typed."""


@dataclass(frozen=True, slots=True)
class AskedDays:
    days: Sequence[date]
    kind: SpecialKind
    starts: time | None
    ends: time | None
    basis: str


@dataclass(frozen=True, slots=True)
class AskedTarget:
    target: Target
    category: str | None
    kind: str | None
    priority: Priority | None


def days_of(given: Mapping[str, str]) -> AskedDays:
    """`first`, `last` (ISO dates, the second may be empty), `kind`, `starts`, `ends` (HH:MM), `basis`.

    Raises Invalid.
    """
    first = _date(given, "first")
    last = _date(given, "last") if given.get("last") else first
    if last < first:
        raise Invalid("days_reversed", first=first, last=last)
    length = (last - first).days + 1
    if length > MAX_DAYS:
        raise Invalid("too_many_days", count=length, most=MAX_DAYS)
    if given.get("kind") not in set(SpecialKind):
        raise Invalid("day_kind_missing")
    return AskedDays(
        days=[first + timedelta(days=n) for n in range(length)],
        kind=SpecialKind(given["kind"]),
        starts=_time(given, "starts"),
        ends=_time(given, "ends"),
        basis=" ".join(given.get("basis", "").split()),
    )


def week_of(given: Mapping[str, str]) -> tuple[Week, date, date | None]:
    """`from_0_0`, `to_0_0` (Monday, before lunch) to `to_6_1`; `first`, `last`. Raises Invalid."""
    week = tuple(tuple(_windows(given, day)) for day in range(7))
    return week, _date(given, "first"), _date(given, "last") if given.get("last") else None


def _windows(given: Mapping[str, str], day: int) -> list[Window]:
    found = []
    for part in range(PARTS_OF_A_DAY):
        starts, ends = _time(given, f"from_{day}_{part}"), _time(given, f"to_{day}_{part}")
        if (starts is None) != (ends is None):
            raise Invalid("hours_half", weekday=day)
        if starts is not None and ends is not None:
            found.append((starts, ends))
    return found


def target_of(given: Mapping[str, str], full_day: timedelta) -> AskedTarget:
    """`claim`, `solve` ("30 dk", "4 sa", "3 gün", "yok"), `category`, `kind`, `priority` (empty: all). Raises Invalid,
    NotFound."""
    priority = given.get("priority", "")
    if priority and priority not in set(Priority):
        raise NotFound("priority", priority)
    return AskedTarget(
        target=Target(_length(given, "claim", full_day), _length(given, "solve", full_day)),
        category=given.get("category") or None,
        kind=given.get("kind") or None,
        priority=Priority(priority) if priority else None,
    )


def key_of(given: Mapping[str, str]) -> int:
    """Raises NotFound for what is no key."""
    typed = given.get("id", "")
    key = key_from(typed)
    if key is None:
        raise NotFound("setting", typed)
    return key


def _date(given: Mapping[str, str], name: str) -> date:
    typed = given.get(name, "").strip()
    if not typed:
        raise Invalid("day_missing")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Invalid("no_such_day", misread=typed[:20]) from None


def _time(given: Mapping[str, str], name: str) -> time | None:
    typed = given.get(name, "").strip()
    if not typed:
        return None
    try:
        return time.fromisoformat(typed.replace(".", ":").zfill(5)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Invalid("no_such_hour", misread=typed[:20]) from None


def _length(given: Mapping[str, str], name: str, full_day: timedelta) -> timedelta | None:
    said = dates.LENGTH.fullmatch(folded(given.get(name, "")).strip())
    if said is None:
        raise Invalid("target_unreadable")
    return dates.length_of(said, full_day)
