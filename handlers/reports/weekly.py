"""When the weekly report is due, and who gets it: leads their unit's, the director all units', in private.

In the morning of the first working day of a week, about the week before; once a unit and week, whatever process is
first. A desk that was down then sends it in the next morning that is worked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from handlers.context import Desk, UseCaseContext
from handlers.domain.charts import ThisWeek
from handlers.domain.device_rights import UNIT_OF_DEVICES
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.officers import Office, answerable
from handlers.domain.people import PersonId, Role, UnitId
from handlers.ports import Attachment, UnitOfWork
from handlers.tickets import cards, presence

DIRECTOR = "director"
MOST_LOW = 20
"""Items below their minimum that are named; the page has them all."""
MORNING_OVER = time(12)
"""From then on it waits for the next morning."""
_WEEK, INSTANT = timedelta(weeks=1), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Reader:
    person: PersonId
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    run: JobRun
    unit: UnitId | None
    """None: of all units."""
    monday: date
    """Of the week that it is about."""
    until: datetime
    """The last moment of that week."""
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """For one reader, whose rights decide what is counted."""

    week: ThisWeek
    report: Attachment | None
    """None: it could not be drawn, and the sentence goes out alone."""


def due(desk: Desk, uow: UnitOfWork, now: datetime, at: time | None) -> list[Due]:
    """What is owed by now and not posted yet; asked each minute, in a reader. `at`: when; None: never."""
    clock = desk.time_rules(uow).working_time()
    today = clock.local_date(now)
    monday = today - timedelta(days=today.weekday())
    if at is None or not clock.is_working_day(today):
        return []
    if not clock.at(today, at) <= now < clock.at(today, max(MORNING_OVER, an_hour_after(at))):
        return []
    work = UseCaseContext(desk=desk, uow=uow, now=now)
    found = []
    for unit in (*desk.units, None):
        scope = unit or DIRECTOR
        newest = uow.job_runs.latest(JobName.WEEKLY, scope)
        if newest is not None and newest.day >= monday:
            continue
        readers = readers_of(work, Role.DIRECTOR if unit is None else Role.LEAD, unit)
        if readers:
            found.append(
                Due(
                    run=JobRun(JobName.WEEKLY, scope, monday, now),
                    unit=unit,
                    monday=monday - _WEEK,
                    until=clock.at(monday, time.min) - INSTANT,
                    readers=readers,
                )
            )
    return found


def an_hour_after(at: time) -> time:
    return at.replace(hour=at.hour + 1) if at.hour < 23 else time(23, 59, 59)


def readers_of(work: UseCaseContext, role: Role, unit: UnitId | None) -> tuple[Reader, ...]:
    """Whoever has the role, and who deputises for one of them now; once each, where they speak with the desk."""
    people = [*work.uow.people.in_role(role, unit), *(person for person, _ in presence.deputising(work, role, unit))]
    places = {place: person.id for person in people for place in cards.private_addresses_of(work, person)}
    return tuple(Reader(person, place) for place, person in places.items())


def post(work: UseCaseContext, item: Due, made: Mapping[str, Made]) -> bool:
    """`made`: by address. False where another process was faster."""
    if not work.uow.job_runs.add(item.run):
        return False
    for reader in item.readers:
        one = made.get(reader.address)
        if one is None:
            continue
        if one.report is not None:
            work.uow.attachments.add(one.report)
        work.say(
            reader.address,
            "weekly",
            files=[] if one.report is None else [one.report.id],
            week=one.week,
            monday=item.monday,
            sunday=item.monday + timedelta(days=6),
            units=[item.unit] if item.unit else list(work.desk.units),
            page="/panel/gosterge" + (f"?birim={item.unit}" if item.unit else ""),
        )
    _tell_what_runs_low(work, item)
    return True


def _tell_what_runs_low(work: UseCaseContext, item: Due) -> None:
    """What of the depot is below its minimum still: to the director and the leads of donanim, and with the director's
    to whoever holds the office ambar (Taşınır Mal Yönetmeliği m.6/4-f)."""
    if item.unit not in (None, UNIT_OF_DEVICES):
        return
    stock = work.uow.stock
    left = stock.left()
    today = work.working_time().local_date(work.now)
    short = [one for one in stock.items() if one.is_low(left.get(one.id, 0)) and not one.is_awaited(today)]
    low = [(one, left.get(one.id, 0)) for one in short]
    if not low:
        return
    places = {reader.address: None for reader in item.readers}
    if item.unit is None:
        for one in answerable(work.uow.officers.all(), Office.AMBAR, today):
            person = work.uow.people.get(one.person)
            if not person.gone:
                places |= dict.fromkeys(cards.private_addresses_of(work, person))
    for place in places:
        work.say(place, "stock_low_week", lines=low[:MOST_LOW], more=max(len(low) - MOST_LOW, 0), rings=False)
