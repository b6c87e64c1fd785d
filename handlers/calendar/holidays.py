"""The public holidays, copied once a year from the list that the desk ships with: from then on corrected here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from handlers.context import UseCaseContext

_MIDNIGHT = time.min

YEARS_BEFORE, YEARS_AHEAD = 1, 1
"""Tickets of last year are still counted, and what is opened in December may be due in the next."""


def keep_holidays(work: UseCaseContext) -> None:
    """Those of the years around today that were never copied. A day that somebody withdrew does not come back."""
    known = {day.day.year for day in work.time_rules.calendar.special_days if day.decided_by is None}
    wanted = [year for year in _years(work) if year not in known]
    days = [day for year in wanted for day in work.desk.public_holidays(year)]
    if days:
        work.uow.calendars.add_days(days)
        first = work.working_time().at(days[0].day, _MIDNIGHT)
        work.uow.timings.count_anew(first)


def _years(work: UseCaseContext) -> Iterable[int]:
    year = work.desk.year(work.now)
    return range(year - YEARS_BEFORE, year + YEARS_AHEAD + 1)
