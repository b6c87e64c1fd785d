"""The month's list of what the depot gave out, offered to who enters it into the official ledger: in the morning of the
first working day of the next month, and December's in the year's last morning that is worked (Taşınır Mal Yönetmeliği
m.30/3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from handlers.context import UseCaseContext
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.months import Month
from handlers.domain.officers import Office, answerable
from handlers.domain.working_time import WorkingTime
from handlers.spoken_time import month_name
from handlers.tickets import cards

FROM = time(9)
"""Offered from then on, on that day."""
_READ_BY = (Office.TASINIR_KAYIT, Office.AMBAR)


def offer(work: UseCaseContext) -> None:
    """For the clock, each minute; each month once, and never one in which nothing was used."""
    clock = work.working_time()
    today = clock.local_date(work.now)
    if work.now < clock.at(today, FROM) or not clock.is_working_day(today):
        return
    month = _due(clock, today)
    if month is None or work.uow.job_runs.until(JobName.STOCK_MONTH, str(month), month.first_day) is not None:
        return
    if not work.uow.job_runs.add(JobRun(JobName.STOCK_MONTH, str(month), month.first_day, work.now)):
        return
    since, until = (datetime.combine(one.first_day, time.min, work.desk.zone) for one in (month, month.following))
    known = {one.id: one for one in work.uow.stock.items()}
    used = {one.item for one in work.uow.stock.used(since, until) if known[one.item].kind.needs_slip}
    if not used:
        return
    without = sum(not known[one].movable_code for one in used)
    for place in dict.fromkeys(_places(work, today)):
        work.say(place, "stock_month", month=month, title=month_name(month), items=len(used), without=without)


def _due(clock: WorkingTime, today: date) -> Month | None:
    """The month before, on the first working day of one; this December, on the last of a year."""
    this = Month.of(today)
    if not any(clock.is_working_day(day) for day in _days(this.first_day, today)):
        return this.before
    rest = _days(today + timedelta(days=1), this.following.first_day)
    return this if this.number == 12 and not any(clock.is_working_day(day) for day in rest) else None


def _days(first: date, end: date) -> Iterator[date]:
    """Without `end` itself."""
    return (first + timedelta(days=place) for place in range((end - first).days))


def _places(work: UseCaseContext, today: date) -> Iterator[str]:
    officers = work.uow.officers.all()
    for office in _READ_BY:
        for one in answerable(officers, office, today):
            person = work.uow.people.get(one.person)
            if not person.gone:
                yield from cards.private_addresses_of(work, person)
