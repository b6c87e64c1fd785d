"""How much of a day the Turkish calendar leaves for work: all, half (28 October, the eves of the feasts) or nothing."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import country_holidays
from holidays.constants import HALF_DAY, PUBLIC

from handlers.domain.working_time import DayKind


def holiday(day: date) -> DayKind:
    """For `WorkingTime`, which knows weekends by itself. A half day that falls on a whole holiday is off."""
    return _year(day.year).get(day, DayKind.FULL)


@lru_cache(maxsize=32)
def _year(year: int) -> dict[date, DayKind]:
    halves = country_holidays("TR", years=year, categories=(HALF_DAY,))
    offs = country_holidays("TR", years=year, categories=(PUBLIC,))
    return dict.fromkeys(halves, DayKind.HALF) | dict.fromkeys(offs, DayKind.OFF)
