"""The public holidays of Turkey and their half days (28 October, the eves of the feasts): a list to begin with. A house
keeps its own copy and corrects that. The feasts of years to come are computed, until Diyanet has printed them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import country_holidays
from holidays.constants import HALF_DAY, PUBLIC

from handlers.domain.calendar import SpecialDay, SpecialKind

_FROM_13 = " (saat 13.00'ten)"
_FEASTS = ("Ramazan Bayramı", "Kurban Bayramı")


@lru_cache(maxsize=32)
def special_days(year: int) -> tuple[SpecialDay, ...]:
    """In order. Whoever seeds them marks the feasts as not compared with the official calendar yet."""
    offs = country_holidays("TR", years=year, categories=(PUBLIC,), language="tr")
    halves = country_holidays("TR", years=year, categories=(HALF_DAY,), language="tr")
    days = [_off(day, str(name)) for day, name in offs.items()]
    days += [_half(day, str(name)) for day, name in halves.items() if day not in offs]
    return tuple(sorted(days, key=lambda one: one.day))


def is_off(day: date) -> bool:
    """Whether it is a whole public holiday by that list."""
    return any(one.day == day and one.kind is SpecialKind.HOLIDAY for one in special_days(day.year))


def _off(day: date, name: str) -> SpecialDay:
    title = name.replace("; ", " ile ")
    return SpecialDay(day=day, kind=SpecialKind.HOLIDAY, title=title, confirmed=not _is_feast(name))


def _half(day: date, name: str) -> SpecialDay:
    title = name.removesuffix(_FROM_13)
    title += " arifesi" if _is_feast(name) else " öncesi"
    return SpecialDay(day=day, kind=SpecialKind.HALF, title=title, confirmed=not _is_feast(name))


def _is_feast(name: str) -> bool:
    return any(feast in name for feast in _FEASTS)
