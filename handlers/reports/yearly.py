"""When the draft of last year's birim faaliyet raporu is due, and who gets it: the director, in private.

The unit's report is due to the head by the end of February: from 15 January on, in the morning of the first working
day, once a year. A desk that was down then sends it in the next morning that is worked, as long as it is of use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.context import Desk, UseCaseContext
from handlers.domain.job_run import JobName, JobRun
from handlers.domain.people import Role
from handlers.ports import Attachment, UnitOfWork
from handlers.reports.weekly import MORNING_OVER, Reader, an_hour_after, readers_of

REMINDS_ON = (1, 15)
LATE_ON = (3, 1)
"""From then on it would be of no use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    run: JobRun
    year: int
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """For one reader, whose rights decide."""

    opened: int
    solved: int
    recommended: bool
    """Whether öneri ve tedbirler stand already."""
    files: Sequence[Attachment]
    """Those that could be drawn; without any the sentence goes out alone."""


def due(desk: Desk, uow: UnitOfWork, now: datetime, at: time) -> Due | None:
    """What is owed by now and not posted yet; asked each minute, in a reader."""
    clock = desk.time_rules(uow).working_time()
    today = clock.local_date(now)
    begins, year = date(today.year, *REMINDS_ON), today.year - 1
    if not begins <= today < date(today.year, *LATE_ON) or not clock.is_working_day(today):
        return None
    if not clock.at(today, at) <= now < clock.at(today, max(MORNING_OVER, an_hour_after(at))):
        return None
    newest = uow.job_runs.latest(JobName.YEARLY, "")
    if (newest is not None and newest.day >= begins) or not uow.summaries.last_number(year):
        return None
    readers = readers_of(UseCaseContext(desk=desk, uow=uow, now=now), Role.DIRECTOR, None)
    return Due(run=JobRun(JobName.YEARLY, "", begins, now), year=year, readers=readers) if readers else None


def post(work: UseCaseContext, item: Due, made: Mapping[str, Made]) -> bool:
    """`made`: by address. False where another process was faster."""
    if not work.uow.job_runs.add(item.run):
        return False
    for reader in item.readers:
        one = made.get(reader.address)
        if one is None:
            continue
        for file in one.files:
            work.uow.attachments.add(file)
        work.say(
            reader.address,
            "yearly",
            files=[file.id for file in one.files],
            year=item.year,
            opened=one.opened,
            solved=one.solved,
            recommended=one.recommended,
            page=f"/panel/raporlar/{item.year}",
        )
    return True
